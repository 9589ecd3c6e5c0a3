package org.sqltune.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.workflow.RunRequest.Preset;
import org.sqltune.workflow.evaluate.PredictionsRequest;
import org.sqltune.workflow.evaluate.ReportRequest;

/** Which configuration a request means. */
class RequestsTest {
    private final RunConfigLoader loader = new RunConfigLoader(path -> true);

    @TempDir
    private Path folder;

    @Test
    void officialScoresNeedTheFolderOfTheBenchmarksFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("one.sqlite"), "");
        assertThatThrownBy(() -> predictions(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "--databases " + file + " is one file, but each question names its database: name the"
                                + " folder that holds <db_id>/<db_id>.sqlite");
        assertThatThrownBy(() -> predictions(Path.of("jdbc:postgresql://localhost/shop")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "--databases is a URL: the official scores are those of the benchmark's SQLite files")
                .hasMessageContaining("data.database=URL");
    }

    private PredictionsRequest predictions(Path databases) throws IOException {
        Path rows = Files.writeString(folder.resolve("rows.txt"), "");
        return new PredictionsRequest(
                PredictionsRequest.Benchmark.SPIDER,
                rows,
                rows,
                rows,
                databases,
                PredictionsRequest.Options.OFFICIAL,
                null,
                ReportRequest.NONE);
    }

    @Test
    void withoutAFileTheDemoIsMeant() {
        RunConfig config = RunRequest.of(null, List.of("training.max_steps=3")).load(loader);
        assertThat(config.data().dataset()).isEqualTo(Dataset.DEMO);
        assertThat(config.training().length().maxSteps()).isEqualTo(3);
        assertThat(config.training().outputDir()).isEqualTo(Path.of("outputs/demo"));
    }

    @Test
    void keysThatNameDataLeaveTheDemoBehind() {
        RunConfig config =
                RunRequest.of(null, List.of("data.train_file=mine.jsonl")).load(loader);
        assertThat(config.data().dataset()).isEqualTo(Dataset.FILES);
        assertThat(config.training().outputDir()).isEqualTo(Path.of("outputs/run"));
    }

    @Test
    void weakerKeysGiveWayToThoseThatAreThere() {
        RunRequest request = RunRequest.of(null, List.of("training.seed=1"))
                .withWeaker(List.of("training.seed=2", "training.max_steps=4"));
        assertThat(request.load(loader).training().seed()).isEqualTo(1);
        assertThat(request.load(loader).training().length().maxSteps()).isEqualTo(4);
    }

    @Test
    void aPresetKeepsTheExamplesOfAStepAndGivesWayToKeys() {
        RunConfig cpu = new RunRequest(null, List.of("model.dtype=fp32"), Preset.CPU).load(loader);
        assertThat(cpu.training().batches().perDeviceTrainBatchSize()).isEqualTo(1);
        assertThat(cpu.training().batches().examplesPerStep()).isEqualTo(32);
        assertThat(cpu.model().dtype().name()).isEqualTo("FP32");
    }

    @Test
    void anAdapterIsUsedWithTheConfigurationOfItsRun() throws IOException {
        Path adapter = run("plain");
        RunConfig config = ModelRequest.of(null, adapter).load(loader, ConfigSource.demo());
        assertThat(config.data().promptFormat()).isEqualTo(PromptFormat.PLAIN);
        RunRequest whole = RunRequest.of(null, List.of("model.name=" + adapter));
        assertThat(new ModelRequest(whole, null)
                        .load(loader, ConfigSource.demo())
                        .data()
                        .promptFormat())
                .isEqualTo(PromptFormat.PLAIN);
    }

    @Test
    void aFileThatIsNamedComesBeforeTheRuns() throws IOException {
        Path adapter = run("plain");
        Path file = Files.writeString(folder.resolve("other.yaml"), "data: {prompt_format: inst}");
        assertThat(ModelRequest.of(file, adapter)
                        .load(loader, ConfigSource.demo())
                        .data()
                        .promptFormat())
                .isEqualTo(PromptFormat.INST);
    }

    @Test
    void anAdapterFromElsewhereNamesItsBase() throws IOException {
        Path adapter = Files.createDirectories(folder.resolve("peft"));
        Files.writeString(
                adapter.resolve("adapter_config.json"),
                "{\"base_model_name_or_path\": \"owner/base\", \"revision\": \"v2\"}");
        RunConfig config = ModelRequest.of(null, adapter).load(loader, ConfigSource.demo());
        assertThat(config.model().name()).isEqualTo("owner/base");
        assertThat(config.model().revision()).isEqualTo("v2");
    }

    @Test
    void anAdapterThatIsNotThereIsNamedWithTheNearest() throws IOException {
        Path adapter = run("inst");
        Path wrong = adapter.resolveSibling("final_modle");
        assertThatThrownBy(() -> ModelRequest.of(null, wrong).load(loader, ConfigSource.demo()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--adapter-path " + wrong + ": there is no such folder; did you mean " + adapter);
    }

    @Test
    void everyMissingPathIsReportedAtOnce() throws IOException {
        Path file = Files.createFile(folder.resolve("here.json"));
        assertThatThrownBy(() -> new NamedPaths()
                        .file("--gold", folder.resolve("far-away"))
                        .folder("--adapter a", file)
                        .file("--rows", null)
                        .exists("TUNED", folder.resolve("hear.json"))
                        .check())
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.faults())
                                .containsExactly(
                                        "--gold " + folder.resolve("far-away") + ": there is no such file",
                                        "--adapter a " + file + ": is a file; name a folder",
                                        "TUNED " + folder.resolve("hear.json")
                                                + ": there is no such file or folder; did you mean " + file + "?"));
    }

    private Path run(String promptFormat) throws IOException {
        Path run = Files.createDirectories(folder.resolve("run"));
        Files.writeString(run.resolve("config.yaml"), "data: {prompt_format: " + promptFormat + "}");
        Files.writeString(run.resolve("metrics.jsonl"), "");
        return Files.createDirectories(run.resolve("final_model"));
    }
}
