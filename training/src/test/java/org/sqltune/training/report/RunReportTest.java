package org.sqltune.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;

/** A report that is told of a run, with real files in the run's folder. */
class RunReportTest {
    @TempDir
    private Path folder;

    private Path output;
    private Path rows;
    private ReportedRun run;

    @BeforeEach
    void begin() throws IOException {
        output = folder.resolve("out");
        rows = Files.writeString(folder.resolve("rows.jsonl"), "{}\n");
        run = new ReportedRun(output, rows);
    }

    @Test
    void theEndIsTold() throws IOException {
        run.toTheEnd();
        JsonNode record = record();
        assertThat(record.path("format").asInt()).isOne();
        assertThat(record.path("status").asText()).isEqualTo("finished");
        assertThat(record.path("end_reason").asText()).isEqualTo("all_steps");
        assertThat(record.path("error").isNull()).isTrue();
        assertThat(record.path("config").path("lora").path("lora_alpha").asDouble())
                .isEqualTo(16);
        assertThat(record.path("versions").path("sqltune").asText()).isEqualTo("1.2.3");
        assertThat(record.path("versions").path("java").asText()).startsWith(System.getProperty("java.version"));
        assertThat(record.path("machine").path("device").asText()).isEqualTo("cpu");
        assertThat(record.path("machine").path("arithmetic").asText()).isEqualTo("float32");
        assertThat(record.path("machine").path("threads").asInt()).isPositive();
        assertThat(record.path("model").path("trainable_parameters").asLong()).isEqualTo(10);
        JsonNode training = record.path("training");
        assertThat(training.path("steps").asInt()).isEqualTo(2);
        assertThat(training.path("total_steps").asInt()).isEqualTo(2);
        assertThat(training.path("examples_per_second").asDouble()).isEqualTo(8);
        assertThat(training.path("tokens_per_second").asDouble()).isEqualTo(200);
        assertThat(training.path("loss").asDouble()).isEqualTo(0.5);
        assertThat(training.path("eval_loss").asDouble()).isEqualTo(0.75);
        assertThat(record.path("best").toString()).isEqualTo("{\"metric\":\"eval_loss\",\"value\":0.625,\"step\":1}");
        assertThat(record.path("warnings").toString()).isEqualTo("[\"mind the gap\"]");
    }

    @Test
    void theDataIsHashed() throws IOException {
        run.toTheEnd();
        JsonNode data = record().path("data");
        JsonNode file = data.path("files").path(0);
        assertThat(file.path("key").asText()).isEqualTo("data.train_file");
        assertThat(file.path("bytes").asLong()).isEqualTo(3);
        assertThat(file.path("sha256").asText())
                .isEqualTo(Hashing.sha256()
                        .hashString("{}\n", StandardCharsets.UTF_8)
                        .toString());
        JsonNode train = data.path("train");
        assertThat(train.path("examples").asInt()).isEqualTo(2);
        assertThat(train.path("tokens").asInt()).isEqualTo(9);
        assertThat(train.path("target_tokens").asInt()).isEqualTo(4);
        assertThat(train.path("shortened").asInt()).isEqualTo(1);
        assertThat(train.path("sha256").asText())
                .isEqualTo(Hashing.sha256()
                        .hashString("p1\0SELECT 1\0p2\0SELECT 2\0", StandardCharsets.UTF_8)
                        .toString());
        assertThat(data.path("validation").isNull()).isTrue();
    }

    @Test
    void scoresBeforeAndAfterAreThere() throws IOException {
        run.toTheEnd();
        assertThat(record().path("scores").toString())
                .isEqualTo(
                        "[{\"set\":\"test\",\"metric\":\"exact_match\",\"questions\":2,\"before\":0.0,\"after\":0.5}]");
    }

    @Test
    void aFailedRunSaysWhyAndKeepsWhatIsKnown() throws IOException {
        run.toStep(1);
        run.report().failed(new SqlTuneException("Can't write x: no room"));
        JsonNode record = record();
        assertThat(record.path("status").asText()).isEqualTo("failed");
        assertThat(record.path("error").asText()).isEqualTo("Can't write x: no room");
        assertThat(record.path("training").path("steps").asInt()).isEqualTo(1);
        assertThat(page()).contains("Can&#39;t write x: no room");
    }

    @Test
    void aCheckpointBringsRecordAndPageUpToDate() throws IOException {
        run.toStep(1);
        assertThat(record().path("training").isNull()).isTrue();
        run.report().saved(output.resolve("checkpoint-1"));
        assertThat(record().path("status").asText()).isEqualTo("running");
        assertThat(record().path("training").path("steps").asInt()).isOne();
        assertThat(page()).contains("http-equiv=\"refresh\"");
    }

    @Test
    void aResumedRunWithNothingLeftToDoKnowsItsNumbersFromTheLog() throws IOException {
        run.toTheEnd();
        ReportedRun again = new ReportedRun(output, rows);
        again.resumeAtTheEnd();
        assertThat(record().path("resumed_at_step").asInt()).isEqualTo(2);
        assertThat(record().path("training").path("examples").asLong()).isEqualTo(8);
    }

    @Test
    void everythingHostileIsOnlyText() throws IOException {
        run.toTheEnd();
        String page = page();
        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .contains("&lt;img src=x onerror=alert(2)&gt;")
                .doesNotContain("<script")
                .doesNotContain("<img")
                .doesNotContain("\u0007");
        assertThat(page.replaceAll("href=\"\\./[^\"]*\"", ""))
                .doesNotContain("href=")
                .doesNotContain("http://", "src=\"");
    }

    @Test
    void aFolderThatTakesNoFilesStopsNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        ReportedRun impossible = new ReportedRun(file, rows);
        assertThatNoException().isThrownBy(impossible::startAndFail);
    }

    @Test
    void fieldNamesStay() throws IOException {
        run.toTheEnd();
        assertThat(names(record()))
                .containsExactlyInAnyOrderElementsOf(List.of(
                        "format",
                        "status",
                        "end_reason",
                        "error",
                        "started_at",
                        "updated_at",
                        "resumed_at_step",
                        "changes",
                        "config",
                        "data",
                        "versions",
                        "machine",
                        "model",
                        "training",
                        "best",
                        "scores",
                        "warnings",
                        "peak_memory_bytes",
                        "wall_seconds"));
        assertThat(names(record().path("machine")))
                .containsExactlyInAnyOrder(
                        "device", "arithmetic", "processor", "logical_processors", "threads", "memory_bytes", "os");
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private JsonNode record() throws IOException {
        return new ObjectMapper().readTree(output.resolve("run.json").toFile());
    }

    private String page() throws IOException {
        return Files.readString(output.resolve("run.html"));
    }
}
