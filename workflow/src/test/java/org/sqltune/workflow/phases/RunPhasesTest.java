package org.sqltune.workflow.phases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.training.StopRequest;
import org.sqltune.training.TrainingListener;
import org.sqltune.workflow.RunRequest;
import org.sqltune.workflow.TestWorkspace;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.deploy.FakeOllama;
import org.sqltune.workflow.deploy.FakeOllama.Fault;
import org.sqltune.workflow.phases.PhasesResult.Ended;
import org.sqltune.workflow.train.RunListener;
import org.sqltune.workflow.train.TrainRequest;

/** Two steps of the tiny model, brought to an Ollama that records everything. */
class RunPhasesTest {
    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();
    private int logs;
    private FakeOllama ollama;
    private Workspace workspace;

    @BeforeEach
    void open() throws IOException {
        ollama = new FakeOllama();
        workspace = TestWorkspace.in(folder);
        workspace.demo().materialise();
        rows("train.jsonl", 4);
        rows("test.jsonl", 2);
    }

    private void rows(String name, int count) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            rows.append("{\"id\": \"")
                    .append(i)
                    .append("\", \"question\": \"How many orders, ")
                    .append(name)
                    .append(i)
                    .append("?\", \"sql\": \"SELECT count(*) FROM orders\"}\n");
        }
        Files.writeString(folder.resolve(name), rows);
    }

    @AfterEach
    void close() {
        workspace.close();
        ollama.close();
    }

    private PhasesResult run(Mode mode, boolean resume, String... keys) {
        List<String> all = new ArrayList<>(List.of(
                "model.name=" + TestWorkspace.tinyModel(),
                "model.dtype=fp32",
                "data.train_file=" + folder.resolve("train.jsonl"),
                "data.test_file=" + folder.resolve("test.jsonl"),
                "data.validation_split=0",
                "data.database=" + workspace.demo().file("ecommerce"),
                "training.output_dir=" + folder.resolve("shop"),
                "training.max_steps=2",
                "training.per_device_train_batch_size=2",
                "training.gradient_accumulation_steps=1",
                "inference.max_new_tokens=4",
                "inference.engine_timeout_seconds=60",
                "inference.engine_url=" + ollama.url()));
        all.addAll(List.of(keys));
        TrainRequest train = new TrainRequest(RunRequest.of(null, all), resume);
        return new RunPhases(workspace).run(new PhasesRequest(train, mode, null), new Recorded(), new StopRequest());
    }

    private final class Recorded implements RunListener {
        @Override
        public TrainingListener settled(RunConfig config) {
            logs++;
            return TrainingListener.NONE;
        }

        @Override
        public ProgressListener began(String task) {
            return ProgressListener.NONE;
        }

        @Override
        public void noted(String message) {
            notes.add(message);
        }
    }

    @Test
    void allPhasesRunInTheirOrderAndAResumedRunGoesOnWhereOneFailed() throws IOException {
        ollama.failing("/api/create", Fault.ERROR);
        assertThatThrownBy(() -> run(Mode.FULL, false))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith("Phase deploy failed: " + ollama.url() + " answers 500")
                .hasMessageContaining("--resume");
        Path shop = folder.resolve("shop");
        assertThat(shop.resolve("final_model/adapter_model.safetensors")).exists();
        assertThat(shop.resolve("phases.json"))
                .content()
                .contains("\"TRAIN\"", "\"FAILED\"")
                .doesNotContain("\"TEST\"");

        ollama.healed();
        notes.clear();
        PhasesResult result = run(Mode.FULL, true);
        assertThat(result.trained()).isNull();
        assertThat(result.phases()).extracting(Ended::phase).containsExactly(Phase.TRAIN, Phase.DEPLOY, Phase.TEST);
        assertThat(result.phases()).extracting(Ended::skipped).containsExactly(true, false, false);
        assertThat(ollama.models()).containsExactly("shop:latest");
        assertThat(result.tested().report().value("execution_accuracy")).hasValue(1.0);
        assertThat(shop.resolve("deployment/test/report.html")).isNotEmptyFile();
        assertThat(notes).anyMatch(each -> each.startsWith("Phase train: done before"));
        assertThat(result.summary()
                        .tables()
                        .get(result.summary().tables().size() - 1)
                        .rows())
                .hasSize(3);
        assertThat(logs).isEqualTo(2);

        PhasesResult third = run(Mode.FULL, true);
        assertThat(third.phases()).extracting(Ended::skipped).containsExactly(true, true, true);
        PhasesResult changed = run(Mode.FULL, true, "training.max_steps=4");
        assertThat(changed.trained()).isNotNull();
        assertThat(changed.phases()).extracting(Ended::skipped).containsExactly(false, false, false);
        assertThat(run(Mode.TEST, false).phases()).extracting(Ended::phase).containsExactly(Phase.TEST);
    }

    @Test
    void whatCantBeDeployedIsntTrained() {
        ollama.version("0.1.0");
        assertThatThrownBy(() -> run(Mode.FULL, false)).hasMessageContaining("too old");
        ollama.version("0.30.0");
        assertThatThrownBy(() -> run(Mode.DEPLOY, false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no trained model");
        ollama.close();
        assertThatThrownBy(() -> run(Mode.FULL, false)).hasMessageContaining("Can't reach");
        assertThat(folder.resolve("shop")).doesNotExist();
        assertThat(logs).isZero();
    }
}
