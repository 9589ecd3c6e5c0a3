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
import org.sqltune.data.source.OwnFilesSource;
import org.sqltune.synthesis.demo.DemoDatabases;

class DataConvertCommandTest {
    @TempDir
    private Path folder;

    private TestCli cli;

    @BeforeEach
    void makeCli() {
        cli = new TestCli(folder.resolve("cache"));
    }

    @Test
    void rowsOfAFileAreConvertedProvedAndCounted() throws IOException {
        DemoDatabases databases = new DemoDatabases(folder.resolve("databases"));
        databases.materialise();
        String id = DemoDatabases.IDS.get(0);
        Path rows = Files.writeString(
                folder.resolve("rows.jsonl"),
                row(id, "SELECT count(*) FROM sqlite_master")
                        + row(id, "SELECT 1 LIMIT 0, 1")
                        + row("none", "SELECT 1"));
        Path target = folder.resolve("converted");
        assertThat(cli.run(
                        "data",
                        "convert",
                        "--to",
                        "postgres",
                        "--input=" + rows,
                        "--databases=" + databases.folder(),
                        "--output-dir=" + target))
                .as(cli.err())
                .isZero();
        assertThat(cli.out())
                .containsPattern("proved +\\| +1 \\|  33.3 %")
                .containsPattern("conversion +\\| +1")
                .containsPattern("no_database +\\| +1");
        assertThat(OwnFilesSource.read(target.resolve("rows_postgres.jsonl")))
                .singleElement()
                .satisfies(example -> assertThat(example.sql()).isEqualTo("SELECT 1 LIMIT 1 OFFSET 0"));
        assertThat(target.resolve("schemas").resolve(id + ".sql")).isNotEmptyFile();
    }

    @Test
    void databasesMustBeNamed() throws IOException {
        Path rows = Files.writeString(folder.resolve("rows.jsonl"), row("a", "SELECT 1"));
        assertThat(cli.run("data", "convert", "--to", "postgres", "--input=" + rows))
                .isEqualTo(ExitCodes.MISUSE);
        assertThat(cli.err()).contains("--databases");
    }

    @Test
    void anotherServerMustBePostgresql() throws IOException {
        Path rows = Files.writeString(folder.resolve("rows.jsonl"), row("a", "SELECT 1"));
        assertThat(cli.run(
                        "data",
                        "convert",
                        "--to=postgres",
                        "--input=" + rows,
                        "--databases=" + folder,
                        "--jdbc-url=jdbc:mysql://localhost/x"))
                .isEqualTo(ExitCodes.MISUSE);
        assertThat(cli.err()).contains("jdbc:postgresql:");
    }

    private static String row(String database, String sql) {
        return "{\"db_id\": \"" + database + "\", \"question\": \"?\", \"schema\": \"\", \"sql\": \"" + sql + "\"}\n";
    }
}
