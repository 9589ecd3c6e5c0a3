package org.sqltune.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.SafetensorsWriter;
import org.sqltune.model.torch.Torch;

/**
 * {@code checkpoint-N} folders in a run's folder, laid out like the Hugging Face Trainer's. A checkpoint is whole or not
 * there: it is filled under another name, synced and moved.
 */
final class CheckpointStore {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String STATE = "trainer_state.json";
    private static final String OPTIMIZER = "optimizer.safetensors";

    private final Torch torch;
    private final Path runFolder;
    private final CheckpointFolders folders;

    CheckpointStore(Torch torch, Path runFolder) {
        this.torch = torch;
        this.runFolder = runFolder;
        this.folders = new CheckpointFolders(runFolder);
    }

    /** The run's checkpoints as folders. */
    CheckpointFolders folders() {
        return folders;
    }

    /** Writes a checkpoint and deletes the oldest beyond the limit, never the best one. */
    Path save(TrainableModel model, Optimizer optimizer, TrainerState state, RunPlan plan, @Nullable Integer limit) {
        Path target = folders.of(state.globalStep());
        AtomicFiles.writeFolder(target, folder -> {
            model.writeCheckpoint(folder);
            new SafetensorsWriter(torch).writeDirectly(folder.resolve(OPTIMIZER), optimizer.state());
            write(folder.resolve("scheduler.json"), scheduler(plan, state));
            write(folder.resolve("rng_state.json"), JSON.createObjectNode().put("seed", plan.seed()));
            write(folder.resolve(STATE), trainerState(state, plan));
        });
        folders.discardSetAside();
        folders.trim(limit, state.bestStep());
        return target;
    }

    private static void write(Path file, ObjectNode json) throws IOException {
        JSON.writeValue(file.toFile(), json);
    }

    private static ObjectNode scheduler(RunPlan plan, TrainerState state) {
        ObjectNode json = JSON.createObjectNode();
        json.put("lr_scheduler_type", plan.schedule().type().name().toLowerCase(java.util.Locale.ROOT));
        json.put("learning_rate", plan.schedule().peak());
        json.put("warmup_steps", plan.schedule().warmupSteps());
        json.put("max_steps", plan.schedule().totalSteps());
        json.put("last_step", state.globalStep());
        return json;
    }

    private ObjectNode trainerState(TrainerState state, RunPlan plan) {
        ObjectNode json = JSON.createObjectNode();
        json.put("global_step", state.globalStep());
        json.put("epoch", (double) state.globalStep() / plan.stepsPerEpoch());
        json.put("max_steps", plan.schedule().totalSteps());
        json.put("num_train_epochs", Math.ceil((double) plan.schedule().totalSteps() / plan.stepsPerEpoch()));
        json.put("best_metric", state.bestMetric());
        json.put("best_global_step", state.bestStep());
        json.put(
                "best_model_checkpoint",
                state.bestStep() == null ? null : folders.of(state.bestStep()).toString());
        json.put("examples_seen", state.examples());
        json.put("num_input_tokens_seen", state.numTokens());
        json.put("train_seconds", state.seconds());
        json.putObject("unlogged_loss")
                .put("sum", state.window().lossSum())
                .put("target_tokens", state.window().targets());
        json.set("log_history", JSON.valueToTree(MetricsLog.read(runFolder.resolve("metrics.jsonl"))));
        return json;
    }

    /** The newest checkpoint that is whole. */
    Optional<Integer> latest(TrainingListener listener) {
        for (int step : folders.steps()) {
            String fault = fault(step);
            if (fault == null) {
                return Optional.of(step);
            }
            listener.warned(folders.of(step) + " can't be used (" + fault + "); trying the one before");
        }
        return Optional.empty();
    }

    private @Nullable String fault(int step) {
        try (Stream<Path> files = Files.list(folders.of(step))) {
            readState(step);
            for (Path file : files.filter(CheckpointStore::isSafetensors).toList()) {
                SafetensorsReader.ofFile(torch, file).close();
            }
            return Files.exists(folders.of(step).resolve(OPTIMIZER)) ? null : "no " + OPTIMIZER;
        } catch (SqlTuneException | IOException e) {
            return e.getMessage();
        }
    }

    private static boolean isSafetensors(Path file) {
        return file.getFileName().toString().endsWith(".safetensors");
    }

    /** Puts model and optimizer where the checkpoint left them, and returns the rest of its state. */
    TrainerState restore(int step, TrainableModel model, Optimizer optimizer) {
        TrainerState state = readState(step);
        model.restore(folders.of(step));
        try (SafetensorsReader moments =
                SafetensorsReader.ofFile(torch, folders.of(step).resolve(OPTIMIZER))) {
            optimizer.restore(moments, state.globalStep());
        }
        return state;
    }

    private TrainerState readState(int step) {
        Path file = folders.of(step).resolve(STATE);
        try {
            JsonNode json = JSON.readTree(file.toFile());
            JsonNode best = json.path("best_metric");
            JsonNode bestStep = json.path("best_global_step");
            return new TrainerState(
                    json.path("global_step").asInt(step),
                    json.path("examples_seen").asLong(),
                    json.path("num_input_tokens_seen").asLong(),
                    json.path("train_seconds").asDouble(),
                    new LossWindow(
                            json.path("unlogged_loss").path("sum").asDouble(),
                            json.path("unlogged_loss").path("target_tokens").asLong()),
                    best.isNumber() ? best.asDouble() : null,
                    bestStep.isNumber() ? bestStep.asInt() : null);
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + e.getMessage(), e);
        }
    }
}
