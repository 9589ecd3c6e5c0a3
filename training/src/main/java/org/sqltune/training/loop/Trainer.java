package org.sqltune.training.loop;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.TrainingSettings;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.data.split.Splits;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.safetensors.Restoration;
import org.sqltune.model.torch.Torch;
import org.sqltune.training.AnswerScorer;
import org.sqltune.training.RunInterruptedException;
import org.sqltune.training.StopRequest;
import org.sqltune.training.TrainingListener;
import org.sqltune.training.TrainingResult;
import org.sqltune.training.TrainingResult.EndReason;
import org.sqltune.training.batch.DataOrder;
import org.sqltune.training.batch.StepsAhead;
import org.sqltune.training.batch.TokenizedExample;
import org.sqltune.training.checkpoint.CheckpointFolders;
import org.sqltune.training.checkpoint.CheckpointStore;
import org.sqltune.training.checkpoint.LossCurve;
import org.sqltune.training.checkpoint.MetricsLog;
import org.sqltune.training.checkpoint.ResumeCheck;
import org.sqltune.training.checkpoint.ResumePoint;
import org.sqltune.training.checkpoint.RunIdentity;
import org.sqltune.training.checkpoint.RunPlan;
import org.sqltune.training.checkpoint.TrainableModel;
import org.sqltune.training.checkpoint.TrainerState;
import org.sqltune.training.checkpoint.TrainerState.EvaluationHistory;
import org.sqltune.training.optimizer.LearningRateSchedule;

/**
 * Trains a model: prepares or resumes the run, trains it to the end and writes the result. All files are in {@code
 * output_dir}.
 *
 * <p>With the same number of threads, an interrupted and resumed run gives the same weights, bit for bit, as an
 * uninterrupted one.
 */
public final class Trainer implements AutoCloseable {
    private final TrainableModel model;
    private final TrainingSettings settings;
    private final TrainingListener listener;
    private final StopRequest stop;
    private final DataOrder order;
    private final RunPlan plan;
    private final Validation validation;
    private final TrainingStep step;
    private final CheckpointStore checkpoints;

    /** A trainer without stop request and without scored answers. */
    public Trainer(
            TrainableModel model,
            TrainingSettings settings,
            Splits<TokenizedExample> sets,
            boolean shuffle,
            TrainingListener listener) {
        this(
                model,
                settings,
                sets,
                shuffle,
                listener,
                AnswerScorer.NONE,
                new StopRequest(),
                RunIdentity.of(null, model.model(), sets));
    }

    /**
     * @param model the model to train
     * @param sets training set with at least one example, and validation set
     * @param shuffle whether each epoch is shuffled
     * @param answers scores a sample of answers at each evaluation
     * @param stop ends the run after the current step
     * @param identity what the run is, kept in each checkpoint
     */
    public Trainer(
            TrainableModel model,
            TrainingSettings settings,
            Splits<TokenizedExample> sets,
            boolean shuffle,
            TrainingListener listener,
            AnswerScorer answers,
            StopRequest stop,
            RunIdentity identity) {
        this.model = model;
        this.settings = settings;
        this.listener = listener;
        this.stop = stop;
        Decoder decoder = model.model().decoder();
        this.order = DataOrder.of(sets.train(), settings, shuffle, decoder::lengthClass);
        Integer maxSteps = settings.length().maxSteps();
        int steps = maxSteps != null
                ? maxSteps
                : (int) Math.ceil(settings.length().numTrainEpochs() * order.stepsPerEpoch());
        this.plan = new RunPlan(
                LearningRateSchedule.of(settings, steps),
                order.stepsPerEpoch(),
                sets.train().size(),
                settings.seed());
        this.validation = new Validation(decoder, sets.validation(), answers, listener);
        this.step = new TrainingStep(model, settings);
        this.checkpoints = new CheckpointStore(decoder.torch(), settings.outputDir(), identity);
    }

    /**
     * Trains to the end, as {@link #run(ResumePoint)}.
     *
     * @param resume whether to resume from the newest checkpoint in output_dir, if there is one and nothing has changed
     */
    public TrainingResult run(boolean resume) {
        return run(resume ? new ResumeCheck(checkpoints, listener).find(Set.of()) : ResumePoint.NEW_RUN);
    }

    /**
     * Trains to the end. The last step is logged, evaluated and saved.
     *
     * @throws RunInterruptedException if a stop was requested
     * @throws SqlTuneException if a file can't be written, or too many consecutive steps were skipped
     */
    public TrainingResult run(ResumePoint from) {
        CheckpointFolders folders = checkpoints.folders();
        folders.prepare();
        Optional<Integer> newest = Optional.ofNullable(from.step());
        TrainerState initial = newest.map(saved -> restore(saved, from.how())).orElse(TrainerState.INITIAL);
        Optional<Path> aside = folders.setAsideAfter(initial.globalStep());
        folders.trim(
                settings.intervals().saveTotalLimit(), initial.evaluations().bestStep());
        if (!from.wanted() && aside.isPresent()) {
            listener.warned(
                    "Checkpoints of an earlier run are now in " + aside.get() + ", until this run has saved one."
                            + " To resume that run instead: stop this one, move them back, and add --resume");
        }
        try (StepsAhead ahead =
                new StepsAhead(order, step::plan, plan.schedule().totalSteps())) {
            MetricsLog log = new MetricsLog(
                    metrics(), newest.map(checkpoints::logHistory).orElse(List.of()), listener);
            BestModelTracker tracker = new BestModelTracker(settings.selection());
            StopConditions conditions = new StopConditions(plan.schedule().totalSteps(), settings.length(), tracker);
            TrainingLoop.Run run =
                    new TrainingLoop.Run(model, plan, ahead, step, validation, checkpoints, listener, stop);
            TrainingLoop loop = new TrainingLoop(run, settings.intervals(), tracker, conditions, log, initial);
            EndReason end = loop.finish();
            return result(loop, end);
        } catch (RunInterruptedException e) {
            throw e;
        } catch (SqlTuneException e) {
            throw withNewestCheckpoint(e);
        }
    }

    private TrainerState restore(int savedStep, Restoration how) {
        OptionalInt threads = checkpoints.threads(savedStep);
        if (threads.isPresent() && threads.getAsInt() != Torch.threads()) {
            if (settings.fullDeterminism()) {
                Torch.setThreads(threads.getAsInt());
            } else {
                listener.warned(
                        "The run began on " + threads.getAsInt() + " threads and continues on " + Torch.threads()
                                + ": losses will differ in their last digits (OMP_NUM_THREADS, or training.full_determinism)");
            }
        }
        return checkpoints.restore(savedStep, model, step.optimizer(), how, listener);
    }

    private SqlTuneException withNewestCheckpoint(SqlTuneException failure) {
        return checkpoints.folders().steps().stream()
                .findFirst()
                .map(saved -> new SqlTuneException(
                        failure.getMessage() + ". Saved and whole: "
                                + checkpoints.folders().of(saved) + "; resume from there with --resume",
                        failure))
                .orElse(failure);
    }

    private TrainingResult result(TrainingLoop loop, EndReason end) {
        TrainerState state = loop.state();
        EvaluationHistory evaluations = state.evaluations();
        @Nullable Integer best = usable(evaluations.bestStep(), state.globalStep());
        int chosen = best == null ? state.globalStep() : best;
        if (chosen != state.globalStep()) {
            model.restore(checkpoints.folders().of(chosen), Restoration.EXACT);
        }
        Path finalModel = settings.outputDir().resolve("final_model");
        AtomicFiles.writeFolder(finalModel, model::writeFinal);
        Path curve = settings.outputDir().resolve("loss.png");
        LossCurve.draw(metrics(), curve);
        return new TrainingResult(
                state.globalStep(),
                end,
                state.skipped().total(),
                loop.lastLoss(),
                best == null ? evaluations.lastLoss() : evaluations.bestLoss(),
                best == null ? null : evaluations.bestMetric(),
                chosen,
                state.examples(),
                state.seconds(),
                model.parameters().count(),
                model.model().decoder().parameterCount(),
                finalModel,
                curve);
    }

    /** Returns the best checkpoint's step; null, with a warning, if it isn't as it was saved. */
    private @Nullable Integer usable(@Nullable Integer best, int lastStep) {
        if (best == null || best == lastStep) {
            return best;
        }
        @Nullable String fault = checkpoints.fault(best);
        if (fault != null) {
            listener.warned(checkpoints.folders().of(best) + ", the best checkpoint, can't be used (" + fault
                    + "): final_model has the weights of the last step, " + lastStep + ", instead");
        }
        return fault == null ? best : null;
    }

    private Path metrics() {
        return settings.outputDir().resolve(MetricsLog.NAME);
    }

    /** Frees optimizer moments and gradients. The model stays open. */
    @Override
    public void close() {
        step.close();
    }
}
