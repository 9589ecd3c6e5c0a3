package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private TestCli cli;

    @BeforeEach
    void makeCli() {
        cli = new TestCli(folder.resolve("cache"));
    }

    @Test
    void theLossIsOneJsonObjectOnOneLineAndEqualsTransformers() throws IOException {
        Path model = TestCli.tinyModel();
        int code = cli.run(
                "eval",
                "--metrics",
                "loss",
                "--model",
                model.toString(),
                "--data",
                model.resolve("data.jsonl").toString(),
                "--dtype",
                "fp32");
        assertThat(code).isZero();
        assertThat(cli.out().lines()).hasSize(1);
        JsonNode found = JSON.readTree(cli.out());
        JsonNode expected = JSON.readTree(model.resolve("expected_eval.json").toFile());
        assertThat(found.get("loss").asDouble()).isCloseTo(expected.get("loss").asDouble(), within(1e-5));
        assertThat(found.get("token_accuracy").asDouble())
                .isCloseTo(expected.get("token_accuracy").asDouble(), within(1e-9));
        assertThat(found.get("target_tokens")).isEqualTo(expected.get("target_tokens"));
    }

    @Test
    void questionsAreAnsweredScoredAndReported() throws IOException {
        Path scores = folder.resolve("scores");
        Path report = folder.resolve("report.json");
        int code = cli.run(
                "eval",
                "--model",
                TestCli.tinyModel().toString(),
                "--max-samples",
                "3",
                "--output-dir",
                scores.toString(),
                "--report",
                report.toString(),
                "inference.max_new_tokens=4");
        assertThat(code).isZero();
        assertThat(cli.out()).contains("| category ").contains("| all ").contains("execution accuracy");
        assertThat(scores.resolve("predictions.jsonl")).content().hasLineCount(3);
        assertThat(report).hasSameTextualContentAs(scores.resolve("report.json"));
    }

    @Test
    void promptsCantBeScoredByExecution() {
        Path model = TestCli.tinyModel();
        int code =
                cli.run("eval", "--metrics=exact_match", "--model=" + model, "--data=" + model.resolve("data.jsonl"));
        assertThat(code).isEqualTo(2);
        assertThat(cli.err()).contains("scored by --metrics loss");
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void aMissingDataFileIsAMisuse() {
        Path missing = folder.resolve("missing.jsonl");
        assertThat(Files.exists(missing)).isFalse();
        assertThat(cli.run("eval", "--data", missing.toString())).isEqualTo(2);
        assertThat(cli.err()).contains("data.test_file is '" + missing + "': there is no such file");
    }

    @Test
    void aFileOfPredictionsIsScoredRowByRow() throws IOException, SQLException {
        Path database = Files.createDirectories(folder.resolve("database/zoo")).resolve("zoo.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE animal (name text, legs integer)");
            statement.executeUpdate("INSERT INTO animal VALUES ('ant', 6), ('bee', 6), ('cat', 4)");
        }
        String tables = "[{'db_id':'zoo','table_names_original':['animal'],'foreign_keys':[],"
                + "'column_names_original':[[-1,'*'],[0,'name'],[0,'legs']]},"
                + "{'db_id':'lost','table_names_original':['x'],'foreign_keys':[],"
                + "'column_names_original':[[-1,'*'],[0,'y']]}]";
        write("tables.json", tables.replace('\'', '"'));
        write("gold.sql", "SELECT name FROM animal\tzoo\nSELECT legs FROM animal\tzoo\nSELECT y FROM x\tlost\n");
        write("pred.sql", "select name from animal\nSELECT DISTINCT abs(legs) FROM animal\nSELECT y FROM x\n");
        assertThat(cli.run(predictionArguments("--rows=" + folder.resolve("rows.jsonl"), "--components")))
                .isZero();
        assertThat(folder.resolve("rows.jsonl")).hasContent("""
                {"index":0,"db_id":"zoo","hardness":"easy","exact_match":1,"execution_original":1,"execution_test_suite":1,"unparseable":false}
                {"index":1,"db_id":"zoo","hardness":"easy","exact_match":0,"execution_original":0,"execution_test_suite":1,"unparseable":true}
                {"index":2,"db_id":"lost","hardness":"easy","exact_match":1,"execution_original":null,"execution_test_suite":null,"unparseable":false}
                """);
        assertThat(cli.out())
                .containsPattern("execution \\(original\\) *\\| *0.500")
                .contains("group(no Having)")
                .contains("1 predictions can't be read")
                .contains("lost (1 rows)");
    }

    @Test
    void predictionsWithoutGoldAreAMisuse() {
        assertThat(cli.run("eval", "--predictions=pred.sql")).isEqualTo(2);
        assertThat(cli.err()).contains("--gold");
    }

    private String[] predictionArguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "eval",
                "--predictions=" + folder.resolve("pred.sql"),
                "--gold=" + folder.resolve("gold.sql"),
                "--tables=" + folder.resolve("tables.json"),
                "--databases=" + folder.resolve("database")));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
