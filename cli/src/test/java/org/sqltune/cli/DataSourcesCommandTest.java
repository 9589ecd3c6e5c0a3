package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.cli.console.ExitCodes;
import org.sqltune.core.example.Example;
import org.sqltune.data.source.OwnFilesSource;

/** {@code data prepare}, {@code verify} and {@code download} over files in the data sets' own forms. */
class DataSourcesCommandTest {
    @TempDir
    private Path folder;

    private TestCli cli;
    private Path out;

    @BeforeEach
    void makeCli() {
        cli = new TestCli(folder.resolve("cache"));
        out = folder.resolve("out");
    }

    @Test
    void spiderIsPreparedWithItsSchemasAndCounted() throws IOException {
        Path spider = spider();

        assertThat(prepare("data.dataset=spider", "data.path=" + spider)).isZero();

        assertThat(cli.out()).contains("train_spider.json").contains("of a database that tables.json lacks");
        assertThat(out.resolve("train.jsonl")).content().contains("[INST]").hasLineCount(1);
        assertThat(out.resolve("schemas/zoo.sql")).hasContent("CREATE TABLE animals (name text);");
        assertThat(out.resolve("schema_index.json"))
                .content()
                .contains("\"zoo\"", "\"file\" : \"schemas/zoo.sql\"", "\"questions\" : 2");
    }

    @Test
    void questionsCanBeWrittenAndReadAgain() throws IOException {
        assertThat(prepare("data.dataset=spider", "data.path=" + spider(), "--rows", "questions"))
                .isZero();

        List<Example> rows = OwnFilesSource.read(out.resolve("train.jsonl"));

        assertThat(rows).extracting(Example::question).containsExactly("How many?");
        assertThat(rows).extracting(Example::databaseId).containsExactly("zoo");
    }

    @Test
    void birdWithoutSchemasSaysWhatIsMissingAndWritesNothing() throws IOException {
        Path bird = Files.createDirectory(folder.resolve("bird"));
        Files.writeString(bird.resolve("dev.json"), """
                [{"question_id": 0, "db_id": "x", "question": "?", "evidence": "", "SQL": "SELECT 1", "difficulty": "simple"}]
                """);

        assertThat(prepare("data.dataset=bird", "data.path=" + bird)).isEqualTo(ExitCodes.FAILED);

        assertThat(cli.err())
                .contains("No row of bird became an example")
                .contains("dev_tables.json or dev_databases/")
                .contains("https://bird-bench.github.io");
        assertThat(out).doesNotExist();
    }

    @Test
    void aMissingDataSetSaysWhereToGetItBeforeAnythingIsRead() {
        assertThat(prepare("data.dataset=wikisql", "data.path=" + folder.resolve("nowhere")))
                .isEqualTo(ExitCodes.MISUSE);
        assertThat(cli.err())
                .contains("data.path")
                .contains("get data.tar.bz2 from https://github.com/salesforce/WikiSQL");
    }

    @Test
    void ownRowsAskAnOwnDatabase() throws Exception {
        Path database = folder.resolve("mine.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE staff (name TEXT, age INTEGER)");
        }
        Path rows = Files.writeString(
                folder.resolve("mine.csv"), "utterance,query\nHow old?,SELECT age FROM staff\n,broken\n");
        String[] arguments = {
            "data.train_file=" + rows,
            "data.columns.question=utterance",
            "data.columns.sql=query",
            "data.database=" + database
        };

        assertThat(prepare(arguments)).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("mine.csv line 3: \"utterance\" is missing");

        cli = new TestCli(folder.resolve("cache"));
        assertThat(prepare(arguments[0], arguments[1], arguments[2], arguments[3], "--skip-bad"))
                .isZero();
        assertThat(cli.out()).contains("broken");
        assertThat(out.resolve("train.jsonl"))
                .content()
                .contains("TABLE: staff ( name (text), age (integer) )")
                .hasLineCount(1);
    }

    @Test
    void verifyFailsWhereSomethingIsBrokenAndWritesItsSummary() throws IOException {
        Path spider = spider();
        Files.createDirectories(spider.resolve("database/zoo"));
        Files.writeString(spider.resolve("database/zoo/zoo.sqlite"), "no database");
        Path summary = folder.resolve("download_summary.json");

        assertThat(cli.run(
                        "data",
                        "verify",
                        "data.dataset=spider",
                        "data.path=" + spider,
                        "--summary",
                        summary.toString()))
                .isEqualTo(ExitCodes.FAILED);

        assertThat(cli.out()).contains("other number of rows").contains("0 of 1 databases can be read");
        assertThat(cli.err()).contains("zoo.sqlite").contains("isn't whole");
        assertThat(summary).content().contains("\"whole\" : false", "\"published_rows\" : 7000");
    }

    @Test
    void downloadSaysWhereToGetWhatNoProgramMayFetch() {
        assertThat(cli.run(
                        "data",
                        "download",
                        "spider",
                        "--path",
                        folder.resolve("s").toString()))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("https://yale-lily.github.io/spider").contains("at " + folder.resolve("s"));
        assertThat(cli.run("data", "download", "demo")).isEqualTo(ExitCodes.MISUSE);
    }

    private int prepare(String... arguments) {
        String[] all = new String[arguments.length + 4];
        all[0] = "data";
        all[1] = "prepare";
        all[2] = "--output-dir";
        all[3] = out.toString();
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return cli.run(all);
    }

    private Path spider() throws IOException {
        Path spider = Files.createDirectory(folder.resolve("spider"));
        Files.writeString(spider.resolve("tables.json"), """
                [{"db_id": "zoo", "table_names_original": ["animals"], "column_names_original": [[-1, "*"], [0, "name"]],
                  "column_types": ["text", "text"], "primary_keys": [], "foreign_keys": []}]
                """);
        Files.writeString(spider.resolve("train_spider.json"), """
                [{"db_id": "zoo", "question": "How many?", "query": "SELECT count(*) FROM animals"},
                 {"db_id": "moon", "question": "How far?", "query": "SELECT 1"}]
                """);
        Files.writeString(spider.resolve("dev.json"), """
                [{"db_id": "zoo", "question": "Who?", "query": "SELECT name FROM animals"}]
                """);
        return spider;
    }
}
