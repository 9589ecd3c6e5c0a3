package org.sqltune.training.loop;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.GuardSettings;
import org.sqltune.training.checkpoint.TrainerState.SkippedSteps;

/** Decides whether to skip a step whose loss or gradients would damage the weights. */
final class StepGuard {
    /** Number of applied losses needed before a loss can count as a spike. */
    private static final int LEAST_KNOWN = 10;

    private final GuardSettings settings;

    StepGuard(GuardSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns the reason to skip a step; empty if its gradients may be applied.
     *
     * @param loss the step's loss, in nats per target token
     * @param gradientNorm norm of the step's gradients, before clipping
     */
    Optional<String> objection(SkippedSteps history, double loss, double gradientNorm) {
        if (!Double.isFinite(loss)) {
            return Optional.of("its loss is " + loss);
        }
        if (!Double.isFinite(gradientNorm)) {
            return Optional.of("its gradient's norm is " + gradientNorm);
        }
        @Nullable Double factor = settings.lossSpikeFactor();
        if (factor != null && history.counted() >= LEAST_KNOWN && loss > factor * history.usualLoss()) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "its loss %.3f is above training.loss_spike_factor %s times the usual %.3f",
                    loss,
                    factor,
                    history.usualLoss()));
        }
        return Optional.empty();
    }

    /** Whether {@code max_skipped_steps} consecutive steps were skipped. */
    boolean givesUp(SkippedSteps history) {
        return history.inARow() >= settings.maxSkippedSteps();
    }

    /** Returns the exception that ends the run after too many skipped steps. */
    SqlTuneException tooManySkipped(int step, String objection) {
        return new SqlTuneException(settings.maxSkippedSteps()
                + " steps in a row were skipped (training.max_skipped_steps), up to step " + step + ": " + objection
                + ". Lower training.learning_rate, or look at the examples");
    }
}
