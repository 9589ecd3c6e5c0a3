package org.sqltune.workflow.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.ConfigException;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.evaluate.PredictionsRequest.Benchmark;
import org.sqltune.workflow.evaluate.PredictionsRequest.Options;

class ScorePredictionsTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void makeFiles() throws IOException, SQLException {
        Path database = Files.createDirectories(folder.resolve("database/zoo")).resolve("zoo.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE animal (name text, legs integer)");
            statement.executeUpdate("INSERT INTO animal VALUES ('ant', 6), ('cat', 4)");
        }
        String tables = "[{'db_id':'zoo','table_names_original':['animal'],'foreign_keys':[],"
                + "'column_names_original':[[-1,'*'],[0,'name'],[0,'legs']]}]";
        write("tables.json", tables.replace('\'', '"'));
        write("gold.sql", "SELECT name FROM animal\tzoo\nSELECT legs FROM animal\tzoo\n");
        write("pred.sql", "SELECT name FROM animal\nSELECT name FROM animal\n");
    }

    @Test
    void withoutAReportSpidersTablesAreAllThatIsMade() throws IOException {
        Path rows = folder.resolve("rows.jsonl");
        PredictionsResult result = new ScorePredictions().run(request(ReportRequest.NONE, rows), TaskListener.NONE);
        assertThat(result.report()).isNull();
        assertThat(result.official().tables()).isNotEmpty();
        assertThat(Files.readAllLines(rows)).hasSize(2).first().asString().contains("\"exact_match\":1");
    }

    @Test
    void aReportHasTheOfficialScoresAndSaysWhichFilesWereScored() {
        PredictionsResult result =
                new ScorePredictions().run(request(ReportRequest.into(folder.resolve("out")), null), TaskListener.NONE);
        assertThat(result.report()).isNotNull();
        assertThat(result.report().value("exact_set_match")).hasValue(0.5);
        assertThat(result.report().value("execution_original")).hasValue(0.5);
        assertThat(result.report().provenance().data()).containsKey("gold_sha256");
        assertThat(result.report().provenance().model()).containsKey("predictions_sha256");
        assertThat(folder.resolve("out/report.html")).isNotEmptyFile();
    }

    @Test
    void rowsOfABenchmarkWithoutAFormOfItsOwnHaveItsScoresByName() throws IOException {
        write(
                "dev.json",
                "[{\"question_id\":0,\"db_id\":\"zoo\",\"question\":\"Who?\",\"evidence\":\"\","
                        + "\"SQL\":\"SELECT name FROM animal\",\"difficulty\":\"simple\"}]");
        write("pred.json", "{\"0\":\"SELECT name FROM animal\\t----- bird -----\\tzoo\"}");
        Path rows = folder.resolve("rows.jsonl");
        new ScorePredictions()
                .run(
                        new PredictionsRequest(
                                Benchmark.BIRD,
                                folder.resolve("pred.json"),
                                folder.resolve("dev.json"),
                                null,
                                folder.resolve("database"),
                                Options.OFFICIAL,
                                rows,
                                ReportRequest.NONE),
                        TaskListener.NONE);
        assertThat(Files.readAllLines(rows))
                .singleElement()
                .asString()
                .contains("\"db_id\":\"zoo\"", "\"execution_bird\":1", "\"soft_f1\":1.0");
    }

    @Test
    void everyFaultOfARequestIsReportedBeforeAnythingIsRead() {
        assertThatThrownBy(() -> new PredictionsRequest(
                        Benchmark.SPIDER,
                        folder.resolve("pred.sq"),
                        folder.resolve("gold.sql"),
                        null,
                        folder.resolve("database"),
                        new Options(0.0, -1, false, false),
                        null,
                        ReportRequest.NONE))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.faults())
                                .containsExactly(
                                        "--predictions " + folder.resolve("pred.sq")
                                                + ": there is no such file; did you mean " + folder.resolve("pred.sql")
                                                + "?",
                                        "--query-timeout is 0.0; it must be above 0",
                                        "--ves-runs is -1; it must be 0 or more",
                                        "--tables is missing; name Spider's tables.json"));
    }

    @Test
    void whatTheBenchmarkHasNoUseForIsRefused() {
        assertThatThrownBy(() -> new PredictionsRequest(
                        Benchmark.WIKISQL,
                        folder.resolve("pred.sql"),
                        folder.resolve("gold.sql"),
                        folder.resolve("tables.json"),
                        folder.resolve("database"),
                        new Options(null, 3, true, true),
                        null,
                        ReportRequest.NONE))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.faults())
                                .extracting(fault -> fault.split("[, ]")[0])
                                .containsExactly("--tables", "--keep-distinct", "--plug-value", "--ves-runs"));
    }

    private PredictionsRequest request(ReportRequest reports, @Nullable Path rows) {
        return new PredictionsRequest(
                Benchmark.SPIDER,
                folder.resolve("pred.sql"),
                folder.resolve("gold.sql"),
                folder.resolve("tables.json"),
                folder.resolve("database"),
                Options.OFFICIAL,
                rows,
                reports);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
