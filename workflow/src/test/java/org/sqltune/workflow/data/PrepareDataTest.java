package org.sqltune.workflow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.PreparedFiles.Written;
import org.sqltune.data.rows.RowCount;
import org.sqltune.data.source.OwnFilesSource;
import org.sqltune.data.source.PromptCompletionFile;
import org.sqltune.workflow.data.PrepareData.Rows;

class PrepareDataTest {
    @TempDir
    private Path folder;

    private DataFixture fixture;
    private Path out;

    @BeforeEach
    void makeFixture() {
        fixture = new DataFixture(folder);
        out = folder.resolve("out");
    }

    @AfterEach
    void closeFixture() {
        fixture.close();
    }

    @Test
    void questionsBecomePromptsWithTheConfiguredForm() {
        Path rows = fixture.file(
                "rows.jsonl",
                DataFixture.row("zoo", "How many?", "SELECT count(*) FROM animals")
                        + DataFixture.row("zoo", "Who?", "SELECT name FROM animals"));

        PrepareData.Result result = prepare(
                DataFixture.config("data.train_file=" + rows, "data.validation_split=0.5", "data.prompt_format=plain"),
                Rows.PROMPTS);

        assertThat(result.files())
                .containsExactly(
                        new Written(out.resolve("train.jsonl"), 1), new Written(out.resolve("validation.jsonl"), 1));
        assertThat(PromptCompletionFile.read(out.resolve("train.jsonl")))
                .singleElement()
                .satisfies(row ->
                        assertThat(row.prompt()).contains("TABLE: animals").doesNotContain("[INST]"));
        assertThat(fixture.tasks).containsExactly("Preparing");
        assertThat(fixture.progress).containsExactly("1/3", "2/3", "3/3");
    }

    @Test
    void spiderIsCountedAndItsSchemasAreWritten() {
        PrepareData.Result result = prepare(spider(), Rows.PROMPTS);

        assertThat(result.counts())
                .extracting(RowCount::file, RowCount::rowsIn, RowCount::rowsOut)
                .contains(tuple("train_spider.json", 2, 1));
        assertThat(result.schemas()).isEqualTo(1);
        assertThat(result.schemaIndex()).isEqualTo(out.resolve("schema_index.json"));
        assertThat(out.resolve("schemas/zoo.sql")).hasContent("CREATE TABLE animals (name text);");
        assertThat(out.resolve("schema_index.json"))
                .content()
                .contains("\"zoo\"", "\"file\" : \"schemas/zoo.sql\"", "\"questions\" : 2");
    }

    @Test
    void schemaFilesCarryTheCommentsThatPromptsShow() throws SQLException {
        Path database = fixture.folder.resolve("mine.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE part (a INT, b INT, -- how many
                      twice INT AS (b * 2), PRIMARY KEY (b, a)) WITHOUT ROWID""");
            statement.execute("CREATE TABLE \"order\" (x INT, y INT, FOREIGN KEY (x, y) REFERENCES part (b, a))");
            statement.execute("CREATE VIEW many AS SELECT a FROM part WHERE b > 10");
        }
        String rows = fixture.file("rows.jsonl", "{\"question\": \"How many?\", \"sql\": \"SELECT 1\"}")
                .toString();

        prepare(DataFixture.config("data.train_file=" + rows, "data.database=" + database), Rows.PROMPTS);
        String bare = """
                CREATE TABLE part (a int, b int, twice int GENERATED ALWAYS AS (b * 2) VIRTUAL, PRIMARY KEY (b, a)) \
                WITHOUT ROWID;
                CREATE TABLE "order" (x int, y int, FOREIGN KEY (x, y) REFERENCES part (b, a));
                CREATE VIEW many (a /* int */) AS SELECT a FROM part WHERE b > 10;
                """;
        assertThat(out.resolve("schemas/mine.sql")).hasContent(bare);

        prepare(
                DataFixture.config("data.train_file=" + rows, "data.database=" + database, "data.schema_comments=true"),
                Rows.PROMPTS);
        assertThat(out.resolve("schemas/mine.sql")).hasContent(bare.replace("b int,", "b int /* how many */,"));
    }

    @Test
    void questionsCanBeWrittenAndReadAgain() {
        prepare(spider(), Rows.QUESTIONS);

        assertThat(OwnFilesSource.read(out.resolve("train.jsonl")))
                .extracting(Example::question, Example::databaseId)
                .containsExactly(tuple("How many?", "zoo"));
    }

    @Test
    void promptsStayPromptsAndHaveNoSchemas() {
        Path rows = fixture.file("ready.jsonl", "{\"prompt\": \"p\", \"completion\": \"c\"}\n");

        PrepareData.Result result =
                prepare(DataFixture.config("data.train_file=" + rows, "data.validation_split=0"), Rows.QUESTIONS);

        assertThat(result.files()).containsExactly(new Written(out.resolve("train.jsonl"), 1));
        assertThat(PromptCompletionFile.read(out.resolve("train.jsonl")))
                .extracting(PromptCompletion::prompt)
                .containsExactly("p");
        assertThat(result.schemaIndex()).isNull();
        assertThat(fixture.progress).containsExactly("1/2", "2/2");
    }

    @Test
    void schemasOfAnOwnDatabaseShowItsCommentsAndValues() {
        Path database = fixture.database(
                "mine.sqlite",
                "CREATE TABLE staff (name TEXT -- as on the badge\n, age INTEGER)",
                "INSERT INTO staff VALUES ('Ada', 36)");
        Path rows = fixture.file("mine.csv", "utterance,query\nHow old?,SELECT age FROM staff\n");

        prepare(
                DataFixture.config(
                        "data.train_file=" + rows,
                        "data.columns.question=utterance",
                        "data.columns.sql=query",
                        "data.database=" + database,
                        "data.validation_split=0",
                        "data.schema_comments=true",
                        "data.schema_sample_values=2"),
                Rows.PROMPTS);

        assertThat(PromptCompletionFile.read(out.resolve("train.jsonl")))
                .singleElement()
                .satisfies(row -> assertThat(row.prompt()).contains("as on the badge", "Ada", "36"));
    }

    @Test
    void aBrokenRowIsNamedWithItsLineAndNothingIsWritten() {
        Path rows = fixture.file("mine.csv", "question,schema,sql\nHow old?,t,SELECT 1\n,t,broken\n");

        assertThatThrownBy(() -> prepare(DataFixture.config("data.train_file=" + rows), Rows.PROMPTS))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("mine.csv line 3");
        assertThat(out).doesNotExist();

        PrepareData.Result skipped = prepare(
                DataFixture.config("data.train_file=" + rows, "data.skip_bad=true", "data.validation_split=0"),
                Rows.PROMPTS);
        assertThat(skipped.counts())
                .singleElement()
                .satisfies(count -> assertThat(count.rejects()).hasSize(1));
    }

    @Test
    void birdWithoutSchemasSaysWhatIsMissing() {
        Path bird = fixture.file("bird/dev.json", """
                        [{"question_id": 0, "db_id": "x", "question": "?", "evidence": "", "SQL": "SELECT 1", "difficulty": "simple"}]
                        """).getParent();

        assertThatThrownBy(() -> prepare(DataFixture.config("data.dataset=bird", "data.path=" + bird), Rows.PROMPTS))
                .hasMessageContaining("No row of bird became an example")
                .hasMessageContaining("dev_tables.json or dev_databases/");
        assertThat(out).doesNotExist();
    }

    @Test
    void aMissingDataSetIsAFaultOfTheConfiguration() {
        assertThatThrownBy(() -> DataFixture.config("data.dataset=wikisql", "data.path=" + folder.resolve("nowhere")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("data.path")
                .hasMessageContaining("https://github.com/salesforce/WikiSQL");
    }

    private PrepareData.Result prepare(RunConfig config, Rows rows) {
        return new PrepareData(fixture.workspace).run(new PrepareData.Request(config, out, rows), fixture);
    }

    /** Two training rows, one of a database that nobody knows, and one row of dev. */
    private RunConfig spider() {
        fixture.file("spider/tables.json", """
                [{"db_id": "zoo", "table_names_original": ["animals"], "column_names_original": [[-1, "*"], [0, "name"]],
                  "column_types": ["text", "text"], "primary_keys": [], "foreign_keys": []}]
                """);
        fixture.file("spider/train_spider.json", """
                [{"db_id": "zoo", "question": "How many?", "query": "SELECT count(*) FROM animals"},
                 {"db_id": "moon", "question": "How far?", "query": "SELECT 1"}]
                """);
        fixture.file("spider/dev.json", """
                [{"db_id": "zoo", "question": "Who?", "query": "SELECT name FROM animals"}]
                """);
        return DataFixture.config("data.dataset=spider", "data.path=" + folder.resolve("spider"));
    }
}
