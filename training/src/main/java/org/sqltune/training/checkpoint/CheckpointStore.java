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
import org.sqltune.core.io.FileHashes;
import org.sqltune.model.safetensors.Restoration;
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
    private final RunIdentity identity;
    private final CheckpointFolders folders;

    /** @param identity what the run is, kept in each checkpoint */
    public CheckpointStore(Torch torch, Path runFolder, RunIdentity identity) {
        this.torch = torch;
        this.runFolder = runFolder;
        this.identity = identity;
        this.folders = new CheckpointFolders(runFolder);
    }

    /** Returns the run's folder. */
    Path runFolder() {
        return runFolder;
    }

    /** Returns what this run is. */
    RunIdentity identity() {
        return identity;
    }

    /** Returns what the run was that saved a checkpoint; empty for one of an older version, which doesn't say. */
    Optional<RunIdentity> identity(int step) {
        return CheckpointSums.isIn(folders.of(step))
                ? Optional.of(RunIdentity.read(folders.of(step)))
                : Optional.empty();
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
            FileHashes hashes = new FileHashes();
            model.writeCheckpoint(folder, hashes);
            new SafetensorsWriter(torch, hashes::open).writeDirectly(folder.resolve(OPTIMIZER), optimizer.state());
            write(folder.resolve("scheduler.json"), scheduler(plan, state));
            write(folder.resolve(RNG), randomness(plan));
            new TrainerStateFile(folder).write(state, plan, bestCheckpoint(state), logHistory());
            identity.writeInto(folder);
            CheckpointSums.write(folder, hashes);
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

    /**
     * Returns the step of the newest checkpoint that is as it was saved, and warns about each newer one that isn't; empty if
     * there is no checkpoint. Reads all files of the checkpoints that it looks at.
     *
     * @throws SqlTuneException if there are checkpoints, but all are damaged
     */
    public Optional<Integer> latest(TrainingListener listener) {
        List<Integer> steps = folders.steps();
        for (int step : steps) {
            String fault = fault(step);
            if (fault == null) {
                return Optional.of(step);
            }
            listener.warned(folders.of(step) + " can't be used (" + fault + "): trying the previous checkpoint");
        }
        if (!steps.isEmpty()) {
            throw new SqlTuneException("None of the " + steps.size() + " checkpoints in " + runFolder
                    + " can be used: copy one back from elsewhere, or start anew without --resume");
        }
        return Optional.empty();
    }

    /** Returns what is wrong with a checkpoint; null if it is as it was saved. */
    public @Nullable String fault(int step) {
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
            return !moments ? "no " + OPTIMIZER : !weights ? "no weights" : changedFile(folders.of(step));
        } catch (SqlTuneException | IOException e) {
            return e.getMessage();
        }
    }

    private static @Nullable String changedFile(Path folder) throws IOException {
        if (CheckpointSums.isIn(folder)) {
            return CheckpointSums.fault(folder).orElse(null);
        }
        return Files.exists(folder.resolve(RunIdentity.FILE)) ? CheckpointSums.NAME + " is missing" : null;
    }

    private static boolean isSafetensors(Path file) {
        return file.getFileName().toString().endsWith(".safetensors");
    }

    /**
     * Restores model and optimizer from a checkpoint and returns its trainer state.
     *
     * @param listener is warned if trained tensors keep their first values, as the checkpoint has none that fit
     */
    public TrainerState restore(
            int step, TrainableModel model, Optimizer optimizer, Restoration how, TrainingListener listener) {
        TrainerState state = state(step);
        int kept = model.restore(folders.of(step), how);
        if (kept > 0) {
            listener.warned(kept + " of " + model.parameters().all().size() + " trained tensors have no counterpart in "
                    + folders.of(step) + " and begin anew");
        }
        try (SafetensorsReader moments =
                SafetensorsReader.ofFile(torch, folders.of(step).resolve(OPTIMIZER))) {
            optimizer.restore(moments, state.updates(), how);
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
