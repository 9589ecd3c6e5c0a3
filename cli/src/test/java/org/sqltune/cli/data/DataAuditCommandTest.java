package org.sqltune.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.cli.TestCli;
import org.sqltune.cli.console.ExitCodes;

class DataAuditCommandTest {
    @TempDir
    private Path folder;

    @Test
    void devQuestionsInATrainingFileAreFoundByThemselvesAndFailTheBuild() throws IOException {
        Path csv = Files.writeString(folder.resolve("pairs.csv"), """
                text_query,sql_command
                Who sings?,SELECT name FROM singer
                "How many, then?",SELECT count(*) FROM singer
                """);
        Files.writeString(folder.resolve("dev.json"), """
                [{"db_id": "concert", "question": "How many, then?", "query": "SELECT count(*) FROM singer", "sql": {}},
                 {"db_id": "concert", "question": "Who?", "query": "SELECT name FROM stadium", "sql": {}}]""");
        TestCli cli = new TestCli(folder.resolve("cache"));
        assertThat(cli.run("data", "audit", "--train", csv.toString(), "--fail-on", "leakage"))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(cli.out()).contains("pairs.csv holds 1 of the 2 rows of dev.json");
        assertThat(cli.err()).isEqualTo("Auditing …\n");
    }

    @Test
    void theDemoPassesAndItsAuditIsWrittenAsJson() throws IOException {
        Path output = folder.resolve("audit.json");
        TestCli cli = new TestCli(folder.resolve("cache"));
        assertThat(cli.run(
                        "data",
                        "audit",
                        "--max-samples=100",
                        "--fail-on=failing,columns,empty,leakage",
                        "--json",
                        "--output",
                        output.toString()))
                .isZero();
        assertThat(cli.out()).isEqualTo(Files.readString(output) + "");
        assertThat(output).content().contains("\"findings\" : [ ]").contains("\"held_out\" : \"test\"");
    }
}
