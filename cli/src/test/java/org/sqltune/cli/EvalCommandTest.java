package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        assertThat(code).isEqualTo(1);
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
}
