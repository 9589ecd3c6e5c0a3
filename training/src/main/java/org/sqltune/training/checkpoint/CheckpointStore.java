package org.sqltune.training.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.ScheduleSettings.LrSchedulerKwargs;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.SafetensorsWriter;
import org.sqltune.model.torch.Torch;
import org.sqltune.training.TrainingListener;
import org.sqltune.training.optimizer.Optimizer;

/**
 * Writes and reads {@code checkpoint-N} folders in a run's folder, in the Hugging Face Trainer's layout. A checkpoint
 * is written under a temporary name, synced and moved into place, so that it is complete or absent.
 */
public final class CheckpointStore {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String RNG = "rng_state.json";
    private static final String OPTIMIZER = "optimizer.safetensors";

    private final Torch torch;
    private final Path runFolder;
    private final CheckpointFolders folders;

    public CheckpointStore(Torch torch, Path runFolder) {
        this.torch = torch;
        this.runFolder = runFolder;
        this.folders = new CheckpointFolders(runFolder);
    }

    /** Returns the folders of the run's checkpoints. */
    public CheckpointFolders folders() {
        return folders;
    }

    /** Writes a checkpoint, then deletes the oldest ones beyond the limit, except the best. Returns the new folder. */
    public Path save(
            TrainableModel model, Optimizer optimizer, TrainerState state, RunPlan plan, @Nullable Integer limit) {
        Path target = folders.of(state.globalStep());
        AtomicFiles.writeFolder(target, folder -> {
            model.writeCheckpoint(folder);
            new SafetensorsWriter(torch).writeDirectly(folder.resolve(OPTIMIZER), optimizer.state());
            write(folder.resolve("scheduler.json"), scheduler(plan, state));
            write(folder.resolve(RNG), randomness(plan));
            new TrainerStateFile(folder).write(state, plan, bestCheckpoint(state), logHistory());
        });
        folders.discardSetAside();
        folders.trim(limit, state.evaluations().bestStep());
        return target;
    }

    private @Nullable Path bestCheckpoint(TrainerState state) {
        Integer best = state.evaluations().bestStep();
        return best == null ? null : folders.of(best);
    }

    private List<ObjectNode> logHistory() {
        return MetricsLog.read(runFolder.resolve(MetricsLog.NAME));
    }

    /** Records the number of threads too: floating-point sums depend on it in their last digits. */
    private static ObjectNode randomness(RunPlan plan) {
        return JSON.createObjectNode().put("seed", plan.seed()).put("threads", Torch.threads());
    }

    private static void write(Path file, ObjectNode json) throws IOException {
        JSON.writeValue(file.toFile(), json);
    }

    private static ObjectNode scheduler(RunPlan plan, TrainerState state) {
        ObjectNode json = JSON.createObjectNode();
        json.put("lr_scheduler_type", plan.schedule().type().name().toLowerCase(java.util.Locale.ROOT));
        json.put("learning_rate", plan.schedule().peak());
        json.set("lr_scheduler_kwargs", kwargs(plan.schedule().kwargs()));
        json.put("warmup_steps", plan.schedule().warmupSteps());
        json.put("max_steps", plan.schedule().totalSteps());
        json.put("last_step", state.globalStep());
        return json;
    }

    private static ObjectNode kwargs(LrSchedulerKwargs kwargs) {
        ObjectNode json = JSON.createObjectNode();
        json.put("min_lr", kwargs.minLr());
        json.put("min_lr_rate", kwargs.minLrRate());
        json.put("lr_end", kwargs.lrEnd());
        json.put("power", kwargs.power());
        json.put("timescale", kwargs.timescale());
        return json;
    }

    /** Returns the step of the newest complete checkpoint; warns about each newer one that is damaged. */
    public Optional<Integer> latest(TrainingListener listener) {
        for (int step : folders.steps()) {
            String fault = fault(step);
            if (fault == null) {
                return Optional.of(step);
            }
            listener.warned(folders.of(step) + " can't be used (" + fault + "): trying the previous checkpoint");
        }
        return Optional.empty();
    }

    private @Nullable String fault(int step) {
        try (Stream<Path> files = Files.list(folders.of(step))) {
            state(step);
            boolean weights = false;
            boolean moments = false;
            for (Path file : files.filter(CheckpointStore::isSafetensors).toList()) {
                SafetensorsReader.ofFile(torch, file).close();
                boolean optimizer = file.endsWith(OPTIMIZER);
                moments |= optimizer;
                weights |= !optimizer;
            }
            return !moments ? "no " + OPTIMIZER : !weights ? "no weights" : null;
        } catch (SqlTuneException | IOException e) {
            return e.getMessage();
        }
    }

    private static boolean isSafetensors(Path file) {
        return file.getFileName().toString().endsWith(".safetensors");
    }

    /** Restores model and optimizer from a checkpoint and returns its trainer state. */
    public TrainerState restore(int step, TrainableModel model, Optimizer optimizer) {
        TrainerState state = state(step);
        model.restore(folders.of(step));
        try (SafetensorsReader moments =
                SafetensorsReader.ofFile(torch, folders.of(step).resolve(OPTIMIZER))) {
            optimizer.restore(moments, state.updates());
        }
        return state;
    }

    private TrainerState state(int step) {
        return new TrainerStateFile(folders.of(step)).read();
    }

    /** Returns the lines that metrics.jsonl had when the checkpoint was written. */
    public List<ObjectNode> logHistory(int step) {
        return new TrainerStateFile(folders.of(step)).logHistory();
    }

    /** Returns the number of threads that the checkpoint's run used; empty if it isn't recorded. */
    public OptionalInt threads(int step) {
        Path file = folders.of(step).resolve(RNG);
        try {
            JsonNode threads = JSON.readTree(file.toFile()).path("threads");
            return threads.isInt() ? OptionalInt.of(threads.asInt()) : OptionalInt.empty();
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }
}
