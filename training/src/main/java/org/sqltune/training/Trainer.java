package org.sqltune.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.BatchSettings;
import org.sqltune.core.config.OptimizerSettings.Optim;
import org.sqltune.core.config.TrainingSettings;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.model.torch.ScriptModule;
import org.sqltune.model.torch.Torch;

/**
 * The training loop. A step takes batch × accumulation examples, divides their summed loss by the number of their target
 * tokens, clips the gradient's global norm and lets AdamW step. Everything a run writes lies in {@code output_dir}.
 *
 * <p>A run that was cut off and resumed ends with the same bits as one that was not, given one thread.
 */
public final class Trainer implements AutoCloseable {
    /** Tokens computed together where prefixes are shared; bounds the memory of a pass. */
    private static final int TOKENS_A_ROW = 2048;

    private final TrainableModel model;
    private final TrainingSettings settings;
    private final TrainingListener listener;
    private final DataOrder order;
    private final List<TokenizedExample> validation;
    private final Torch torch;
    private final ScriptModule script;
    private final GradientAccumulator gradients;
    private final Optimizer optimizer;
    private final ForwardBackward forwardBackward;
    private final BatchPlanner planner;
    private final CheckpointStore checkpoints;
    private final RunPlan plan;

    /**
     * @param model what is trained
     * @param train training examples, at least one
     * @param validation examples for the validation loss; may be empty
     * @param shuffle whether each epoch has its own order
     */
    public Trainer(
            TrainableModel model,
            TrainingSettings settings,
            List<TokenizedExample> train,
            List<TokenizedExample> validation,
            boolean shuffle,
            TrainingListener listener) {
        this.model = model;
        this.settings = settings;
        this.listener = listener;
        this.validation = validation;
        BatchSettings batches = settings.batches();
        Decoder decoder = model.model().decoder();
        this.order = new DataOrder(
                epochOrder(train, settings, shuffle, decoder::lengthClass), train.size(), batches.examplesPerStep());
        Integer maxSteps = settings.length().maxSteps();
        int steps = maxSteps != null
                ? maxSteps
                : (int) Math.ceil(settings.length().numTrainEpochs() * order.stepsPerEpoch());
        this.plan = new RunPlan(LearningRateSchedule.of(settings, steps), order.stepsPerEpoch(), settings.seed());
        this.torch = decoder.torch();
        this.script = torch.module("optimizer");
        this.gradients =
                new GradientAccumulator(torch, script, model.parameters().all());
        this.optimizer = settings.optimizer().optim() == Optim.MUON
                ? new Muon(
                        torch, script, settings.optimizer(), model.parameters().all())
                : new AdamW(
                        torch, script, settings.optimizer(), model.parameters().all());
        this.forwardBackward = new ForwardBackward(
                decoder, model.parameters(), gradients, model.dropout(), batches.gradientCheckpointing());
        this.planner = new BatchPlanner(
                batches.sharePrefixes(), batches.perDeviceTrainBatchSize(), TOKENS_A_ROW, decoder::lengthClass);
        this.checkpoints = new CheckpointStore(torch, settings.outputDir());
    }

    private static EpochOrder epochOrder(
            List<TokenizedExample> train, TrainingSettings settings, boolean shuffle, IntUnaryOperator lengthClass) {
        int together = settings.batches().questionsTogether();
        if (!shuffle) {
            return new EpochOrder.AsGiven(train);
        }
        return together == 1
                ? new EpochOrder.Shuffled(train, settings.seed())
                : new EpochOrder.SharingPrefixes(
                        PrefixGrouping.ofTrainingSet(lengthClass).groups(train), together, settings.seed());
    }

    /**
     * Trains until the last step or the time limit. Where it ends, the step is logged, evaluated and saved.
     *
     * @param resume go on from the newest whole checkpoint in output_dir, if there is one
     */
    public TrainingResult run(boolean resume) {
        CheckpointFolders folders = checkpoints.folders();
        folders.prepare();
        Optional<Integer> newest = resume ? checkpoints.latest(listener) : Optional.empty();
        TrainerState initial =
                newest.map(step -> checkpoints.restore(step, model, optimizer)).orElse(TrainerState.INITIAL);
        Optional<Path> aside = folders.setAsideAfter(initial.globalStep());
        folders.trim(settings.intervals().saveTotalLimit(), initial.bestStep());
        if (resume && newest.isEmpty()) {
            listener.warned("There is no checkpoint in " + settings.outputDir() + " yet: starting at step 0");
        } else if (!resume && aside.isPresent()) {
            listener.warned(
                    "Checkpoints of an earlier run are now in " + aside.get() + ", until this run has saved one."
                            + " To go on with that run instead: stop, move them back, and add --resume");
        }
        MetricsLog log = new MetricsLog(settings.outputDir().resolve("metrics.jsonl"), initial.globalStep(), listener);
        listener.started(
                initial.globalStep(),
                plan.schedule().totalSteps(),
                model.parameters().count(),
                model.model().decoder().parameterCount());
        Loop loop = new Loop(initial, log);
        loop.run();
        return finish(loop);
    }

    /** What changes from step to step. */
    private final class Loop {
        private final MetricsLog log;
        private final long started = System.nanoTime();
        private TrainerState state;
        private double lastLoss;
        private int lastSavedStep;

        Loop(TrainerState initial, MetricsLog log) {
            this.state = initial;
            this.lastSavedStep = initial.globalStep();
            this.log = log;
            this.lastLoss = log.lastLoss();
        }

        void run() {
            boolean ended = isDone();
            while (!ended) {
                StepMetrics metrics = step();
                listener.stepped(metrics, plan.schedule().totalSteps());
                ended = isDone() || outOfTime();
                if (due(settings.intervals().loggingSteps()) || ended) {
                    log.step(metrics);
                    state = state.withWindow(LossWindow.EMPTY);
                }
                if (due(settings.intervals().evalSteps()) || ended) {
                    evaluate();
                }
                if (due(settings.intervals().saveSteps()) || ended) {
                    save();
                }
            }
        }

        private boolean isDone() {
            return state.globalStep() >= plan.schedule().totalSteps();
        }

        private boolean outOfTime() {
            Double minutes = settings.length().maxMinutes();
            return minutes != null && (System.nanoTime() - started) / 60e9 > minutes;
        }

        private boolean due(int every) {
            return every > 0 && state.globalStep() % every == 0;
        }

        private StepMetrics step() {
            long begun = System.nanoTime();
            int index = state.globalStep();
            List<TokenizedExample> examples = order.step(index);
            long targets = examples.stream()
                    .mapToLong(each -> each.completion().length)
                    .sum();
            double lossSum = 0;
            gradients.clear();
            long rowSeed = settings.seed() * 1_000_003 + index * 10_007L;
            for (TokenBatch row : planner.plan(examples)) {
                lossSum += forwardBackward.run(row, 1.0 / targets, rowSeed);
                rowSeed += model.model().decoder().config().layers();
            }
            double norm = gradients.globalNorm();
            double learningRate = plan.schedule().at(index);
            optimizer.step(gradients.sums(), clipping(norm), learningRate);
            state = new TrainerState(
                    index + 1,
                    state.examples() + examples.size(),
                    state.numTokens()
                            + examples.stream()
                                    .mapToLong(TokenizedExample::length)
                                    .sum(),
                    state.seconds() + (System.nanoTime() - begun) / 1e9,
                    state.window().plus(lossSum, targets),
                    state.bestMetric(),
                    state.bestStep());
            lastLoss = state.window().mean();
            return metrics(norm, learningRate);
        }

        private double clipping(double norm) {
            double limit = settings.optimizer().maxGradNorm();
            return limit > 0 ? Math.min(1, limit / (norm + 1e-6)) : 1;
        }

        private StepMetrics metrics(double norm, double learningRate) {
            return new StepMetrics(
                    state.globalStep(),
                    epoch(),
                    lastLoss,
                    norm,
                    learningRate,
                    state.examples(),
                    state.numTokens(),
                    state.seconds());
        }

        private double epoch() {
            return (double) state.globalStep() / plan.stepsPerEpoch();
        }

        private void evaluate() {
            if (validation.isEmpty()) {
                return;
            }
            TokenLoss loss = new LossEvaluator(model.model().decoder()).evaluate(validation, ProgressListener.NONE);
            EvaluationMetrics metrics =
                    new EvaluationMetrics(state.globalStep(), epoch(), loss.loss(), loss.tokenAccuracy());
            log.evaluation(metrics);
            listener.evaluated(metrics);
            Double best = state.bestMetric();
            if (settings.selection().loadBestModelAtEnd() && (best == null || loss.loss() < best)) {
                state = state.withBest(loss.loss());
                save();
            }
        }

        private void save() {
            if (lastSavedStep != state.globalStep()) {
                Path saved = checkpoints.save(
                        model, optimizer, state, plan, settings.intervals().saveTotalLimit());
                lastSavedStep = state.globalStep();
                listener.saved(saved);
            }
        }
    }

    private TrainingResult finish(Loop loop) {
        TrainerState state = loop.state;
        int bestStep = bestStep(state);
        if (bestStep != state.globalStep()) {
            model.restore(checkpoints.folders().of(bestStep));
        }
        Path finalModel = settings.outputDir().resolve("final_model");
        AtomicFiles.writeFolder(finalModel, model::writeFinal);
        Path curve = settings.outputDir().resolve("loss.png");
        LossCurve.draw(settings.outputDir().resolve("metrics.jsonl"), curve);
        return new TrainingResult(
                state.globalStep(),
                state.globalStep() >= plan.schedule().totalSteps(),
                loop.lastLoss,
                state.bestMetric(),
                bestStep,
                state.examples(),
                state.seconds(),
                model.parameters().count(),
                model.model().decoder().parameterCount(),
                finalModel,
                curve);
    }

    private static int bestStep(TrainerState state) {
        @Nullable Integer best = state.bestStep();
        return best == null ? state.globalStep() : best;
    }

    /** Frees moments and gradients. The model stays. */
    @Override
    public void close() {
        optimizer.close();
        gradients.close();
        script.close();
    }
}
