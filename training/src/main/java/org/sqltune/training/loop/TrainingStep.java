package org.sqltune.training.loop;

import java.util.List;
import java.util.Optional;
import org.sqltune.core.config.settings.BatchSettings;
import org.sqltune.core.config.settings.TrainingSettings;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.Parameter;
import org.sqltune.training.batch.BatchPlanner;
import org.sqltune.training.batch.PlannedStep;
import org.sqltune.training.batch.TokenizedExample;
import org.sqltune.training.checkpoint.TrainableModel;
import org.sqltune.training.checkpoint.TrainerState.SkippedSteps;
import org.sqltune.training.checkpoint.WeightCheck;
import org.sqltune.training.gradient.ForwardBackward;
import org.sqltune.training.gradient.GradientAccumulator;
import org.sqltune.training.optimizer.Optimizer;

/**
 * Computes one optimizer step: loss and gradients of the examples, then new weights. The summed loss is divided by the
 * number of target tokens, the gradients' global norm is clipped, and the optimizer applies the gradients unless the
 * guard skips the step.
 */
public final class TrainingStep implements AutoCloseable {
    private final TrainingSettings settings;
    private final Decoder decoder;
    private final GradientAccumulator gradients;
    private final Optimizer optimizer;
    private final ForwardBackward forwardBackward;
    private final BatchPlanner planner;
    private final StepGuard guard;
    private final WeightCheck weights;

    public TrainingStep(TrainableModel model, TrainingSettings settings) {
        this.settings = settings;
        this.decoder = model.model().decoder();
        this.guard = new StepGuard(settings.guards());
        Torch torch = decoder.torch();
        List<Parameter> parameters = model.parameters().all();
        this.gradients = new GradientAccumulator(torch, parameters);
        this.optimizer = Optimizer.of(torch, settings.optimizer(), parameters);
        this.weights = new WeightCheck(torch, parameters);
        BatchSettings batches = settings.batches();
        this.forwardBackward = new ForwardBackward(
                decoder,
                model.parameters(),
                gradients,
                new ForwardBackward.Options(
                        model.dropout(), batches.gradientCheckpointing(), settings.regularization()));
        this.planner = new BatchPlanner(
                batches.sharePrefixes(),
                batches.perDeviceTrainBatchSize(),
                BatchPlanner.tokensPerRow(batches, decoder.config()),
                decoder::lengthClass);
    }

    /**
     * Result of a step.
     *
     * @param lossSum cross-entropy in nats, summed over target tokens
     * @param targets number of those tokens
     * @param gradientNorm global norm of the gradients, before clipping
     * @param objection why the gradients were not applied; empty if they were
     */
    public record Outcome(double lossSum, long targets, double gradientNorm, Optional<String> objection) {
        public double loss() {
            return lossSum / targets;
        }
    }

    /** Arranges a step's examples in rows. Safe to call from any thread. */
    public PlannedStep plan(List<TokenizedExample> examples) {
        return new PlannedStep(examples, planner.plan(examples));
    }

    /**
     * Runs a step.
     *
     * @param index index of the step, from 0; together with the run's seed it determines dropout and noise
     * @param history counts and statistics of the guard
     */
    public Outcome take(int index, PlannedStep step, double learningRate, SkippedSteps history) {
        long targets = step.targets();
        double lossSum = 0;
        gradients.clear();
        long rowSeed = settings.seed() * 1_000_003 + index * 10_007L;
        for (TokenBatch row : step.rows()) {
            lossSum += forwardBackward.run(row, 1.0 / targets, rowSeed);
            rowSeed += decoder.config().layers();
        }
        double norm = gradients.globalNorm();
        Optional<String> objection = guard.objection(history, lossSum / targets, norm);
        if (objection.isEmpty()) {
            optimizer.step(gradients.sums(), clipping(norm), learningRate);
        }
        return new Outcome(lossSum, targets, norm, objection);
    }

    private double clipping(double norm) {
        double limit = settings.optimizer().maxGradNorm();
        return limit > 0 ? Math.min(1, limit / (norm + 1e-6)) : 1;
    }

    /** Returns the last step's gradients, before clipping, in the order of the parameters. */
    public List<Tensor> gradients() {
        return gradients.sums();
    }

    /** Returns the guard that may skip a step. */
    StepGuard guard() {
        return guard;
    }

    /** Returns the optimizer. */
    Optimizer optimizer() {
        return optimizer;
    }

    /** Returns the check that the trained weights are finite. */
    WeightCheck weights() {
        return weights;
    }

    /** Frees optimizer moments and gradients. */
    @Override
    public void close() {
        optimizer.close();
        gradients.close();
    }
}
