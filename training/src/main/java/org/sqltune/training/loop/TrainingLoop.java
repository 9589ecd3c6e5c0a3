package org.sqltune.training.loop;

import java.nio.file.Path;
import java.util.Optional;
import org.sqltune.core.config.settings.IntervalSettings;
import org.sqltune.training.EvaluationMetrics;
import org.sqltune.training.RunInterruptedException;
import org.sqltune.training.StepMetrics;
import org.sqltune.training.StopRequest;
import org.sqltune.training.TrainingListener;
import org.sqltune.training.TrainingResult.EndReason;
import org.sqltune.training.batch.PlannedStep;
import org.sqltune.training.batch.StepsAhead;
import org.sqltune.training.checkpoint.CheckpointStore;
import org.sqltune.training.checkpoint.MetricsLog;
import org.sqltune.training.checkpoint.RunPlan;
import org.sqltune.training.checkpoint.TrainableModel;
import org.sqltune.training.checkpoint.TrainerState;
import org.sqltune.training.checkpoint.TrainerState.LossWindow;

/** Runs the remaining steps of a run, and logs, evaluates and saves between them. */
final class TrainingLoop {
    private final Run run;
    private final IntervalSettings intervals;
    private final BestModelTracker tracker;
    private final StopConditions conditions;
    private final MetricsLog log;
    private TrainerState state;
    private double lastLoss;
    private int lastSavedStep;

    /** The parts of a run that stay the same from step to step. */
    record Run(
            TrainableModel model,
            RunPlan plan,
            StepsAhead ahead,
            TrainingStep step,
            Validation validation,
            CheckpointStore checkpoints,
            TrainingListener listener,
            StopRequest stop) {}

    TrainingLoop(
            Run run,
            IntervalSettings intervals,
            BestModelTracker tracker,
            StopConditions conditions,
            MetricsLog log,
            TrainerState initial) {
        this.run = run;
        this.intervals = intervals;
        this.tracker = tracker;
        this.conditions = conditions;
        this.log = log;
        this.state = initial;
        this.lastSavedStep = initial.globalStep();
        this.lastLoss = log.lastLoss();
    }

    /** Returns the run's progress. */
    TrainerState state() {
        return state;
    }

    /** Returns the mean loss per target token of the last logged steps, in nats. */
    double lastLoss() {
        return lastLoss;
    }

    /**
     * Runs the remaining steps.
     *
     * @throws RunInterruptedException if a stop was requested
     */
    EndReason finish() {
        run.stop().setAccepted(true);
        try {
            // After stop requests are accepted, so that a listener may rely on them.
            run.listener()
                    .started(
                            state.globalStep(),
                            run.plan().schedule().totalSteps(),
                            run.model().parameters().count(),
                            run.model().model().decoder().parameterCount());
            evaluateWhatWasInterrupted();
            Optional<EndReason> end = conditions.at(state);
            while (end.isEmpty()) {
                end = advance();
                obeyStopRequest();
            }
            return end.get();
        } catch (StopRequest.Signal signal) {
            throw interrupted();
        } finally {
            run.stop().setAccepted(false);
        }
    }

    private Optional<EndReason> advance() {
        StepMetrics metrics = step();
        Optional<EndReason> end = conditions.afterStep(state);
        boolean logged = due(intervals.loggingSteps()) || end.isPresent();
        if (logged) {
            log(metrics);
        }
        if (due(intervals.evalSteps()) || end.isPresent()) {
            evaluate();
            end = end.or(() -> conditions.at(state));
            if (end.isPresent() && !logged) {
                log(metrics);
            }
        }
        if (due(intervals.saveSteps()) || end.isPresent()) {
            save();
        }
        return end;
    }

    /** Repeats the evaluation after the last step if a stop request had ended it. */
    private void evaluateWhatWasInterrupted() {
        int step = state.globalStep();
        boolean evaluationDue =
                due(intervals.evalSteps()) || step == run.plan().schedule().totalSteps();
        if (step > 0 && evaluationDue && state.evaluations().lastStep() < step) {
            evaluate();
        }
    }

    private boolean due(int every) {
        return every > 0 && state.globalStep() % every == 0;
    }

    private StepMetrics step() {
        long begun = System.nanoTime();
        int index = state.globalStep();
        PlannedStep planned = run.ahead().take(index);
        double learningRate = run.plan().schedule().at(conditions.scheduled(index));
        TrainingStep.Outcome outcome = run.step().take(index, planned, learningRate, state.skipped());
        boolean applied = outcome.objection().isEmpty();
        state = new TrainerState(
                index + 1,
                state.examples() + planned.examples().size(),
                state.numTokens() + planned.tokens(),
                state.seconds() + (System.nanoTime() - begun) / 1e9,
                applied ? state.window().plus(outcome.lossSum(), outcome.targets()) : state.window(),
                state.evaluations(),
                applied
                        ? state.skipped().applied(outcome.loss())
                        : state.skipped().skipped());
        outcome.objection().ifPresent(this::skip);
        lastLoss = state.window().mean();
        StepMetrics metrics = metrics(outcome.gradientNorm(), learningRate);
        run.listener().stepped(metrics, run.plan().schedule().totalSteps());
        return metrics;
    }

    private void skip(String objection) {
        run.listener().warned("Step " + state.globalStep() + " is skipped: " + objection);
        if (run.step().guard().givesUp(state.skipped())) {
            state = state.withSkipped(state.skipped().forgiven());
            save();
            throw run.step().guard().tooManySkipped(state.globalStep(), objection);
        }
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
                state.seconds(),
                state.skipped().total());
    }

    private double epoch() {
        return run.plan().epoch(state);
    }

    private void log(StepMetrics metrics) {
        log.step(metrics);
        state = state.withWindow(LossWindow.EMPTY);
    }

    private void evaluate() {
        if (run.validation().isEmpty()) {
            return;
        }
        EvaluationMetrics metrics = run.validation().evaluate(state.globalStep(), epoch(), run.stop());
        log.evaluation(metrics);
        run.listener().evaluated(metrics);
        state = state.withEvaluations(tracker.after(state.evaluations(), metrics));
        Integer best = state.evaluations().bestStep();
        if (best != null && best == state.globalStep()) {
            save();
        }
    }

    private void obeyStopRequest() {
        if (run.stop().isRequested()) {
            throw interrupted();
        }
    }

    private RunInterruptedException interrupted() {
        int step = state.globalStep();
        save();
        return new RunInterruptedException(
                step,
                run.plan().schedule().totalSteps(),
                run.checkpoints().folders().of(step));
    }

    private void save() {
        int step = state.globalStep();
        if (lastSavedStep != step) {
            run.step().weights().requireFinite(step);
            Path saved = run.checkpoints()
                    .save(run.model(), run.step().optimizer(), state, run.plan(), intervals.saveTotalLimit());
            lastSavedStep = step;
            run.listener().saved(saved);
        }
    }
}
