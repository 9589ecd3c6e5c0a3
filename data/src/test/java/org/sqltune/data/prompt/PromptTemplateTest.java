package org.sqltune.data.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.example.ValueLink;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.prompt.places.PromptPlaces;

class PromptTemplateTest {
    private static final Schema SHOP = new Schema(
            "shop",
            List.of(
                    new Table(
                            "customers",
                            List.of(new Column("customer_id", "integer", true), new Column("name", "text", false))),
                    new Table(
                            "orders",
                            List.of(new Column("order_id", "integer", true), new Column("total", "real", false)))),
            List.of());

    private static final SqlQuestion HOW_MANY =
            new SqlQuestion("q1", "shop", "How many customers are there?", SHOP, new QuestionContext("retail", "easy"));

    private static final List<String> STATEMENTS = List.of(
            "SELECT count(*) FROM customers",
            "select name from customers where name = 'a; b -- c' and \"x;y\" = 'it''s'",
            "SELECT name\nFROM customers\n\nWHERE total > 1.5\n  AND name <> '```'",
            "WITH big AS (\n  SELECT * FROM orders WHERE total > 9\n)\nSELECT count(*) FROM big",
            "SELECT a FROM t\nUNION ALL\nSELECT b FROM u -- the rest",
            "SELECT a FROM t\nWHERE b IN (\nSELECT c FROM u)",
            "SELECT [it's], `a``b` FROM \"t\"\"u\" /* it's ; here */ LIMIT 3",
            "SELECT name FROM customers WHERE note = 'Explanation: none' ORDER BY 1",
            "(SELECT 1) EXCEPT (SELECT 2)",
            "SELECT \"Question: \" || name FROM \"größe\" WHERE x LIKE '%[/]%'");

    @Test
    void instIsExactlyWhatTheBundledModelIsTrainedWith() {
        assertThat(template(PromptFormat.INST).render(HOW_MANY)).isEqualTo("""
                        [INST] Write the SQL query.
                        Schema:
                        TABLE: customers ( customer_id (integer), name (text) )
                        TABLE: orders ( order_id (integer), total (real) )
                        Question: How many customers are there? [/INST]""");
    }

    @Test
    void valueLinksStandBetweenTheSharedSchemaAndTheQuestionInEveryForm() {
        SqlQuestion linked = HOW_MANY.withContext(HOW_MANY.context()
                .withValues(List.of(
                        new ValueLink("customers", "name", "O'Neil\nJr."),
                        new ValueLink("order", "full name", "1500", true),
                        new ValueLink("orders", "total", "one too many"))));
        for (PromptFormat format : EnumSet.complementOf(EnumSet.of(PromptFormat.TEMPLATE))) {
            SchemaSettings two = SchemaSettings.DEFAULTS.withValueLinks(2);
            PromptTemplate template = PromptTemplate.of(format, SchemaFormat.TABLE, two, String::length);

            assertThat(template.prefix(linked)).isEqualTo(template(format).prefix(HOW_MANY));
            assertThat(template.request(linked))
                    .contains("Values: customers.name = 'O''Neil Jr.', \"order\".\"full name\" = 1500\n")
                    .doesNotContain("one too many");
            assertThat(template.render(HOW_MANY)).isEqualTo(template(format).render(HOW_MANY));
            assertThat(template(format).render(linked))
                    .isEqualTo(template(format).render(HOW_MANY));
        }
    }

    @Test
    void aRepeatedLineOfValuesIsNoPartOfTheSql() {
        assertThat(template(PromptFormat.INST).extractSql("SELECT 1\nValues: a.b = 'c'\nQuestion: More?"))
                .isEqualTo("SELECT 1");
    }

    @Test
    void expertShowsTheDomainBehindTheSchema() {
        assertThat(template(PromptFormat.EXPERT).render(HOW_MANY)).isEqualTo("""
                        You are an expert SQL generator. Answer the request with one SQL query.

                        Database Schema:
                        TABLE: customers ( customer_id (integer), name (text) )
                        TABLE: orders ( order_id (integer), total (real) )

                        Domain: retail
                        Request: How many customers are there?
                        """);
    }

    @Test
    void expertTellsTheComplexityOnlyWhenAsked() {
        ExpertTemplate expert = new ExpertTemplate(new SchemaSerializer(SchemaFormat.TABLE), true);

        assertThat(expert.request(HOW_MANY))
                .isEqualTo("Domain: retail\nComplexity: easy\nRequest: How many customers are there?\n");
    }

    @Test
    void expertIsCompletedByAFenceAndAnExplanation() {
        Example explained = new Example("e", "shop", "?", SHOP, "SELECT 1", null, "Counts them.\n");

        assertThat(template(PromptFormat.EXPERT).completion(explained))
                .isEqualTo("```sql\nSELECT 1\n```\nExplanation: Counts them.");
        assertThat(template(PromptFormat.EXPERT).completion(example("SELECT 1")))
                .isEqualTo("```sql\nSELECT 1\n```");
    }

    @Test
    void postgresNamesTheDatabaseAndEndsWithASemicolon() {
        PromptTemplate postgres = template(PromptFormat.POSTGRES);

        assertThat(postgres.render(HOW_MANY)).isEqualTo("""
                        [INST] You are a PostgreSQL expert. Write one PostgreSQL query that answers the question.
                        Database: shop
                        TABLE: customers ( customer_id (integer), name (text) )
                        TABLE: orders ( order_id (integer), total (real) )
                        Question: How many customers are there? [/INST]""");
        assertThat(postgres.completion(example("SELECT 1"))).isEqualTo("SELECT 1;");
        assertThat(postgres.completion(example("SELECT 1 -- one"))).isEqualTo("SELECT 1 -- one\n;");
    }

    @Test
    void plainIsAnSqlScriptWhateverTheSchemaFormat() {
        SqlQuestion twoLines = new SqlQuestion("q", "shop", "How many?\nDROP TABLE customers", SHOP);

        assertThat(template(PromptFormat.PLAIN).render(twoLines)).isEqualTo("""
                        CREATE TABLE customers (customer_id integer PRIMARY KEY, name text);
                        CREATE TABLE orders (order_id integer PRIMARY KEY, total real);

                        -- How many?
                        -- DROP TABLE customers
                        """);
    }

    @ParameterizedTest
    @EnumSource
    void everythingBeforeTheRequestIsTheSameForAllQuestionsOfASchema(PromptFormat format) {
        SqlQuestion other = new SqlQuestion(
                "q2", "shop", "Which is the largest order?", SHOP, new QuestionContext("games", "hard"));
        PromptTemplate template = template(format);

        assertThat(template.prefix(other)).isEqualTo(template.prefix(HOW_MANY)).endsWith("\n");
        assertThat(template.render(other)).isEqualTo(template.prefix(HOW_MANY) + template.request(other));
        assertThat(template.request(other)).contains("Which is the largest order?");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TEMPLATE")
    void aQuestionWithoutSchemaHasNoEmptySchemaSection(PromptFormat format) {
        SqlQuestion bare = new SqlQuestion("q", "", "How many?", new VerbatimSchema(""));

        assertThat(template(format).render(bare))
                .doesNotContain("Schema:", "Database:")
                .doesNotContain("\n\n\n");
    }

    @ParameterizedTest
    @MethodSource
    void extractingTheSqlOfACompletionGivesTheGoldSql(PromptFormat format, String sql) {
        PromptTemplate template = template(format);
        Example explained = new Example("e", "shop", "?", SHOP, sql, null, "It's a query; see 'docs'.");

        assertThat(template.extractSql(template.completion(example(sql)))).isEqualTo(sql);
        assertThat(template.extractSql(template.completion(explained))).isEqualTo(sql);
    }

    static Stream<Arguments> extractingTheSqlOfACompletionGivesTheGoldSql() {
        return Stream.of(PromptFormat.values())
                .flatMap(format -> STATEMENTS.stream().map(sql -> Arguments.of(format, sql)));
    }

    private static PromptTemplate template(PromptFormat format) {
        if (format == PromptFormat.TEMPLATE) {
            return OwnTemplate.of(
                    PromptPlaces.read("{schema}\n{question}\n"),
                    OwnTemplate.SQLITE,
                    SchemaFormat.TABLE,
                    SchemaSettings.DEFAULTS,
                    String::length);
        }
        return PromptTemplate.of(format, SchemaFormat.TABLE);
    }

    private static Example example(String sql) {
        return new Example("e", "shop", "?", SHOP, sql);
    }
}
