package org.sqltune.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.cli.TestCli;
import org.sqltune.cli.console.ExitCodes;

/** What {@code data prepare}, {@code verify} and {@code download} print, and how they end. */
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
    void whatBecameOfEveryFilesRowsIsPrintedBeforeTheFilesWritten() throws IOException {
        assertThat(prepare("data.dataset=spider", "data.path=" + spider())).isZero();

        assertThat(cli.out().lines().map(String::strip))
                .anyMatch(line -> line.matches("\\| train_spider.json \\| +2 \\| +1 \\| +1 \\| of a database .*"))
                .contains(out.resolve("train.jsonl") + ": 1 rows", out.resolve("schema_index.json") + ": 1 schemas");
        assertThat(cli.err()).startsWith("Preparing …\n");
    }

    @Test
    void aBrokenRowFailsUnlessItIsSkipped() throws IOException {
        Path rows =
                Files.writeString(folder.resolve("mine.csv"), "question,schema,sql\nHow old?,t,SELECT 1\n,t,broken\n");

        assertThat(prepare("data.train_file=" + rows)).isEqualTo(ExitCodes.FAILED);
        assertThat(cli.err()).contains("mine.csv line 3");
        assertThat(prepare("data.train_file=" + rows, "data.validation_split=0", "--skip-bad", "--rows=questions"))
                .isZero();
        assertThat(out.resolve("train.jsonl"))
                .content()
                .contains("\"question\"")
                .hasLineCount(1);
    }

    @Test
    void aMissingDataSetIsWrongUsage() {
        assertThat(prepare("data.dataset=wikisql", "data.path=" + folder.resolve("nowhere")))
                .isEqualTo(ExitCodes.MISUSE);
        assertThat(cli.err()).contains("data.path").contains("get data.tar.bz2 from");
    }

    @Test
    void verifyFailsWhereSomethingIsBrokenAndWritesItsSummary() throws IOException {
        Path spider = spider();
        Files.createDirectories(spider.resolve("database/zoo"));
        Files.writeString(spider.resolve("database/zoo/zoo.sqlite"), "no database");
        String summary = folder.resolve("download_summary.json").toString();

        assertThat(cli.run("data", "verify", "data.dataset=spider", "data.path=" + spider, "--summary", summary))
                .isEqualTo(ExitCodes.FAILED);

        assertThat(cli.out())
                .contains("other number of rows")
                .contains("0 of 1 databases can be read")
                .endsWith(summary + "\n");
        assertThat(cli.err()).contains("zoo.sqlite").contains("isn't whole");
    }

    @Test
    void verifyAndDownloadWithoutAPlaceAreWrongUsage() {
        assertThat(cli.run("data", "verify")).isEqualTo(ExitCodes.MISUSE);
        assertThat(cli.err()).contains("verify what?");
        String nowhere = folder.resolve("s").toString();
        assertThat(cli.run("data", "download", "spider", "--path", nowhere)).isEqualTo(ExitCodes.MISUSE);
        assertThat(cli.err()).contains("https://yale-lily.github.io/spider").contains("at " + nowhere);
        assertThat(cli.run("data", "download", "demo")).isEqualTo(ExitCodes.MISUSE);
        assertThat(cli.run("data", "download", "spidr")).isEqualTo(ExitCodes.MISUSE);
        assertThat(cli.err()).contains("did you mean spider?");
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
