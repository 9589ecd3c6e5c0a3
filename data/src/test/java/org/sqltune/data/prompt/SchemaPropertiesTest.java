package org.sqltune.data.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.schema.Table;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.sql.syntax.SqlToken.Kind;

/** What holds of every schema, however odd its names, comments and values are. */
class SchemaPropertiesTest {
    private static final int SCHEMAS = 150;
    private static final List<String> WORDS = List.of(
            "order",
            "customer id",
            "a\"b",
            "naïve",
            "sélect",
            "x'y",
            "line-no",
            "Größe",
            "名前",
            "], [",
            "*/ --",
            "a,b(c)",
            "select",
            "name",
            "city",
            "price",
            "T1",
            "year",
            "1st",
            "per%cent");

    @Test
    void createTableIsReadBackByteForByteWhateverElseIsShown(@TempDir Path folder) throws Exception {
        for (int seed = 0; seed < SCHEMAS; seed++) {
            Schema schema = schema(seed);
            SchemaSerializer serializer = new SchemaSerializer(
                    SchemaFormat.CREATE_TABLE, new SchemaSettings(true, true, true, 3, null), String::length);
            Path file = folder.resolve("d.sqlite");
            Files.deleteIfExists(file);
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate(serializer.serialize(schema));
                assertThat(new SchemaReader().read(connection, "d"))
                        .as("schema %d", seed)
                        .isEqualTo(bare(schema));
            }
        }
    }

    @Test
    void compactLinesNameEveryTableAndColumnInOrder() {
        SchemaSerializer serializer = new SchemaSerializer(SchemaFormat.COMPACT);
        for (int seed = 0; seed < SCHEMAS; seed++) {
            Schema schema = schema(seed);
            List<String> names = SqlScanner.scan(serializer.serialize(schema)).stream()
                    .filter(token -> token.kind() == Kind.WORD || token.kind() == Kind.DOUBLE_QUOTED)
                    .map(SqlToken::content)
                    .toList();
            assertThat(names)
                    .as("schema %d", seed)
                    .containsExactlyElementsOf(schema.tables().stream()
                            .flatMap(table -> Stream.concat(
                                    Stream.of(table.name()),
                                    table.columns().stream().map(Column::name)))
                            .toList());
        }
    }

    @Test
    void everyFormatHasALineATableAndIsTheSameForEveryQuestion() {
        for (SchemaFormat format : SchemaFormat.values()) {
            for (int seed = 0; seed < SCHEMAS; seed++) {
                Schema schema = schema(seed);
                SchemaSerializer plain =
                        new SchemaSerializer(format, new SchemaSettings(null, false, true, 2, null), String::length);
                assertThat(plain.serialize(schema).lines())
                        .hasSize(schema.tables().size());
                assertThat(plain.serialize(schema, "Which city?"))
                        .isEqualTo(plain.serialize(schema(seed), "How many?"));
                SchemaSerializer roomy = new SchemaSerializer(
                        format, new SchemaSettings(null, false, true, 2, 1_000_000), String::length);
                assertThat(roomy.serialize(schema, "Which city?")).isEqualTo(plain.serialize(schema));
            }
        }
    }

    @Test
    void aShortenedSchemaIsAPartOfTheWholeThatKeepsKeysAndWhatTheQuestionSpeaksOf() {
        Random random = new Random(7);
        int shortened = 0;
        for (int seed = 0; seed < SCHEMAS; seed++) {
            Schema schema = schema(seed);
            int budget = 40 + random.nextInt(400);
            SchemaWriter writer =
                    SchemaWriter.of(SchemaFormat.TABLE, SchemaDetail.of(SchemaFormat.TABLE, SchemaSettings.DEFAULTS));
            SchemaPruner pruner = new SchemaPruner(writer, budget, String::length);
            Column asked = schema.tables().get(0).columns().get(0);
            String question = "What is the " + asked.name() + " of each "
                    + schema.tables().get(0).name() + "?";
            Schema pruned = pruner.prune(schema, question);

            assertThat(pruner.prune(schema, question)).isEqualTo(pruned);
            assertThat(schema.foreignKeys()).containsAll(pruned.foreignKeys());
            for (Table table : pruned.tables()) {
                Table whole = schema.table(table.name()).orElseThrow();
                assertThat(whole.columns()).containsSubsequence(table.columns());
                assertThat(table.columns()).containsAll(keys(whole, schema));
            }
            if (!pruned.equals(schema)) {
                shortened++;
                assertThat(writer.write(pruned).length())
                        .isLessThan(writer.write(schema).length());
            }
            if (Set.of("city", "price", "customer id").contains(asked.name())) {
                assertThat(pruned.tables()).anyMatch(table -> table.columns().contains(asked));
            }
        }
        assertThat(shortened).isGreaterThan(SCHEMAS / 4);
    }

    /** Mostly small schemas of odd names; every column is of one table only by its place. */
    private static Schema schema(int seed) {
        Random random = new Random(seed);
        List<Table> tables = new ArrayList<>();
        Set<String> tableNames = new HashSet<>();
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            String name = word(random) + " " + i;
            if (tableNames.add(name.toLowerCase(Locale.ROOT))) {
                tables.add(new Table(name, columns(random)));
            }
        }
        List<ForeignKey> keys = new ArrayList<>();
        for (int i = 1; i < tables.size(); i++) {
            Table from = tables.get(i);
            Table to = tables.get(random.nextInt(i));
            keys.add(new ForeignKey(
                    from.name(),
                    from.columns().get(0).name(),
                    to.name(),
                    to.columns().get(0).name()));
        }
        return new Schema("d", tables, keys);
    }

    private static List<Column> columns(Random random) {
        List<Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 2 + random.nextInt(8); i++) {
            String name = word(random);
            if (names.add(name.toLowerCase(Locale.ROOT))) {
                columns.add(new Column(
                        name,
                        List.of("integer", "text", "varchar(20)", "").get(random.nextInt(4)),
                        i == 0 && random.nextBoolean(),
                        random.nextBoolean() ? word(random) + "\n" + word(random) : "",
                        random.nextBoolean() ? List.of(word(random), "12", "it's\r\nlong") : List.of()));
            }
        }
        return columns;
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private static List<Column> keys(Table table, Schema schema) {
        return table.columns().stream()
                .filter(column -> column.primaryKey()
                        || schema.foreignKeys().stream()
                                .anyMatch(key -> (key.table().equals(table.name())
                                                && key.column().equals(column.name()))
                                        || (key.referencedTable().equals(table.name())
                                                && key.referencedColumn().equals(column.name()))))
                .toList();
    }

    /** Without what a database doesn't hold. */
    private static Schema bare(Schema schema) {
        return new Schema(
                "d",
                schema.tables().stream()
                        .map(table -> new Table(
                                table.name(),
                                table.columns().stream()
                                        .map(column -> new Column(column.name(), column.type(), column.primaryKey()))
                                        .toList()))
                        .toList(),
                schema.foreignKeys());
    }
}
