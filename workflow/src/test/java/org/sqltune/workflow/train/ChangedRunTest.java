package org.sqltune.workflow.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.io.FolderLock;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.training.ResumeChange.Kind;
import org.sqltune.training.Resumption;
import org.sqltune.training.StopRequest;
import org.sqltune.training.TrainingListener;
import org.sqltune.training.checkpoint.ResumeRefusedException;
import org.sqltune.workflow.RunRequest;
import org.sqltune.workflow.TestWorkspace;
import org.sqltune.workflow.Workspace;

/** What is said when a run is resumed that is not what it was: nothing goes on silently. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangedRunTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private static Path folder;

    private Path original = Path.of("original");
    private Path run = Path.of("run");
    private Path rows = Path.of("rows.jsonl");
    private Path model = Path.of("model");
    private Workspace workspace = Workspace.ofUser();

    /** Fourteen changes and a few more: what is changed, what must be allowed, and what the line says. */
    enum Change {
        TRAINING_ROW(Kind.DATA, "the training data changed from sha256 "),
        VALIDATION_ROW(Kind.DATA, "the validation data changed from sha256 "),
        PROMPT_FORMAT(Kind.DATA, "data.prompt_format changed from inst to plain", "data.prompt_format=plain"),
        BASE_WEIGHTS(Kind.BASE, "the base model changed from sha256 "),
        QUANTIZATION(Kind.BASE, "model.quantization changed from none to int8", "model.quantization=int8"),
        TARGETS(
                Kind.TARGETS,
                "lora.target_modules changed from [\"q_proj\",\"v_proj\"] to [\"q_proj\",\"k_proj\"]",
                "lora.target_modules=[q_proj, k_proj]"),
        DORA(Kind.TARGETS, "lora.use_dora changed from false to true", "lora.use_dora=true"),
        RANK(Kind.RANK, "lora.r changed from 2 to 4", "lora.r=4"),
        ALPHA(Kind.ALPHA, "lora.lora_alpha changed from 16.0 to 32.0", "lora.lora_alpha=32"),
        SEED(Kind.BATCH_ORDER, "training.seed changed from 42 to 7", "training.seed=7"),
        BATCH(
                Kind.BATCH_ORDER,
                "training.examples_per_step changed from 2 to 4",
                "training.per_device_train_batch_size=4"),
        SHUFFLE(Kind.BATCH_ORDER, "data.shuffle changed from true to false", "data.shuffle=false"),
        DTYPE(Kind.DTYPE, "the arithmetic changed from float32 to bfloat16", "model.dtype=bf16"),
        LEARNING_RATE(null, "training.learning_rate changed from 2.0E-4 to 0.001", "training.learning_rate=1e-3"),
        LENGTH(null, "training.max_steps changed from 4 to 6", "training.max_steps=6"),
        DROPOUT(null, "lora.lora_dropout changed from 0.05 to 0.0", "lora.lora_dropout=0"),
        ACCUMULATION(
                null,
                "training.gradient_accumulation_steps changed from 1 to 2",
                "training.per_device_train_batch_size=1",
                "training.gradient_accumulation_steps=2");

        private final @Nullable Kind kind;
        private final String line;
        private final List<String> keys;

        Change(@Nullable Kind kind, String line, String... keys) {
            this.kind = kind;
            this.line = line;
            this.keys = List.of(keys);
        }
    }

    @BeforeAll
    void train() throws IOException {
        workspace = TestWorkspace.in(folder);
        original = folder.resolve("original");
        run = folder.resolve("run");
        rows = folder.resolve("rows.jsonl");
        model = folder.resolve("model");
        writeRows("");
        copy(TestWorkspace.tinyModel(), model);
        train(List.of(), Resumption.NONE);
        copy(run, original);
        AtomicFiles.deleteFolder(original.resolve("checkpoint-4"));
    }

    @AfterAll
    void close() {
        workspace.close();
    }

    @BeforeEach
    void interrupted() throws IOException {
        writeRows("");
        AtomicFiles.deleteRecursively(model);
        copy(TestWorkspace.tinyModel(), model);
        AtomicFiles.deleteRecursively(run);
        copy(original, run);
    }

    @ParameterizedTest
    @EnumSource
    void everyChangeIsNamedAndThoseThatMatterAreRefused(Change change) throws IOException {
        change(change);
        if (change.kind != null) {
            String config = Files.readString(run.resolve("config.yaml"));
            assertThatThrownBy(() -> train(change.keys, Resumption.STRICT))
                    .isInstanceOf(ResumeRefusedException.class)
                    .hasMessageContaining("in checkpoint-2 and is")
                    .hasMessageContaining("--allow-changes " + change.kind);
            assertThat(changes(runJson().path("refused_resume")))
                    .anyMatch(each -> each.startsWith("Since checkpoint-2, " + change.line));
            assertThat(runJson().path("status").asText()).isEqualTo("finished");
            assertThat(run.resolve("config.yaml")).hasContent(config);
            assertThat(run.resolve("checkpoint-4")).doesNotExist();
        }
        Set<Kind> allowed = change.kind == null ? Set.of() : EnumSet.of(change.kind);
        List<String> said = train(change.keys, new Resumption(true, allowed));
        assertThat(said).anyMatch(line -> line.startsWith("Since checkpoint-2, " + change.line));
        assertThat(changes(runJson())).isNotEmpty().allMatch(said::contains);
        assertThat(runJson().path("resumed_at_step").asInt()).isEqualTo(2);
        assertThat(run.resolve("checkpoint-4/SHA256SUMS")).exists();
        boolean reshaped = change == Change.TARGETS || change == Change.RANK || change == Change.DORA;
        assertThat(said.stream().anyMatch(line -> line.contains("begin anew"))).isEqualTo(reshaped);
    }

    @Test
    void anAdapterDoesNotBecomeAWholeModel() {
        assertThatThrownBy(
                        () -> train(List.of("training.method=full"), new Resumption(true, EnumSet.allOf(Kind.class))))
                .isInstanceOf(ResumeRefusedException.class)
                .hasMessageContaining("training.method was lora in checkpoint-2 and is full now")
                .hasMessageContaining("start a new run");
    }

    @Test
    void withoutAChangeNothingIsSaidAndTheBitsAreEqual() throws IOException {
        List<String> said = train(List.of(), Resumption.STRICT);
        assertThat(said).noneMatch(line -> line.contains("checkpoint-2") || line.contains("--allow"));
        assertThat(changes(runJson())).isEmpty();
        assertThat(run.resolve("final_model/adapter_model.safetensors"))
                .hasSameBinaryContentAs(original.resolve("final_model/adapter_model.safetensors"));
    }

    @Test
    void whatIsAllowedInVainIsSaid() throws IOException {
        assertThat(train(List.of(), new Resumption(true, EnumSet.of(Kind.RANK))))
                .contains("--allow-changes rank does nothing: there is no such change since checkpoint-2");
        assertThatThrownBy(() -> new Resumption(false, EnumSet.of(Kind.RANK)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--allow-changes: is for --resume");
    }

    @Test
    void theFolderOfARunThatGoesOnIsNotTakenByAnother() throws IOException {
        String log = Files.readString(run.resolve("metrics.jsonl"));
        try (FolderLock other = FolderLock.inside(run, "training.output_dir")) {
            assertThatThrownBy(() -> train(List.of(), Resumption.NONE))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(run + ": is in use by another run of this process, "
                            + ProcessHandle.current().pid());
        }
        assertThat(run.resolve("metrics.jsonl")).hasContent(log);
        assertThat(run.resolve("set_aside")).doesNotExist();
    }

    private void change(Change change) throws IOException {
        switch (change) {
            case TRAINING_ROW -> writeRows("other ");
            case VALIDATION_ROW -> Files.writeString(folder.resolve("validation.jsonl"), row("of nobody", 9));
            case BASE_WEIGHTS -> {
                Path weights = model.resolve("model.safetensors");
                byte[] content = Files.readAllBytes(weights);
                content[content.length - 2] ^= 1;
                Files.write(weights, content);
            }
            default -> {
                // Keys alone.
            }
        }
    }

    private void writeRows(String word) throws IOException {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            all.append(row(i == 5 ? word : "", i));
        }
        Files.writeString(rows, all);
        Files.writeString(folder.resolve("validation.jsonl"), row("held out", 9));
    }

    private static String row(String word, int number) {
        return "{\"question\": \"Who is " + word + number
                + "?\", \"schema\": \"TABLE: staff ( name (text) )\", \"sql\": \"SELECT " + number + "\"}\n";
    }

    /** Runs and returns what was said. */
    private List<String> train(List<String> keys, Resumption resumption) {
        List<String> all = new ArrayList<>(List.of(
                "model.name=" + model,
                "model.device=cpu",
                "model.dtype=fp32",
                "lora.r=2",
                "data.train_file=" + rows,
                "data.validation_file=" + folder.resolve("validation.jsonl"),
                "evaluation.metrics=exact_match",
                "inference.max_new_tokens=1",
                "training.output_dir=" + run,
                "training.max_steps=4",
                "training.save_steps=2",
                "training.per_device_train_batch_size=2",
                "training.gradient_accumulation_steps=1",
                "training.check_memory=false",
                "training.report_to=none"));
        all.addAll(keys);
        List<String> said = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public ProgressListener began(String task) {
                return ProgressListener.NONE;
            }

            @Override
            public TrainingListener settled(RunConfig config) {
                return new TrainingListener() {
                    @Override
                    public void warned(String message) {
                        said.add(message);
                    }
                };
            }
        };
        new Train(workspace).run(new TrainRequest(RunRequest.of(null, all), resumption), listener, new StopRequest());
        return said;
    }

    private JsonNode runJson() throws IOException {
        return JSON.readTree(run.resolve("run.json").toFile());
    }

    /** The changes that a record names, as lines. */
    private static List<String> changes(JsonNode record) {
        return StreamSupport.stream(record.path("changes").spliterator(), false)
                .map(each -> "Since checkpoint-2, " + each.path("key").asText() + " changed from "
                        + each.path("before").asText() + " to "
                        + each.path("now").asText())
                .toList();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                if (!each.endsWith(FolderLock.NAME)) {
                    Files.copy(each, to.resolve(from.relativize(each).toString()));
                }
            }
        }
    }
}
