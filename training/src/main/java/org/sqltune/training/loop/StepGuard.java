package org.sqltune.training.loop;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.GuardSettings;
import org.sqltune.training.checkpoint.TrainerState.SkippedSteps;

/** Keeps gradients that would spoil the weights away from them. */
final class StepGuard {
    /** Losses that must be known before one is called a spike. */
    private static final int LEAST_KNOWN = 10;

    private final GuardSettings settings;

    StepGuard(GuardSettings settings) {
        this.settings = settings;
    }

    /**
     * What speaks against applying a step's gradients; empty if nothing does.
     *
     * @param loss the step's loss, in nats a target token
     * @param gradientNorm norm of its gradients
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

    /** Whether too many steps in a row were skipped. */
    boolean givesUp(SkippedSteps history) {
        return history.inARow() >= settings.maxSkippedSteps();
    }

    /** What ends the run then. */
    SqlTuneException surrender(int step, String objection) {
        return new SqlTuneException(settings.maxSkippedSteps()
                + " steps in a row were skipped (training.max_skipped_steps), up to step " + step + ": " + objection
                + ". Lower training.learning_rate, or look at the examples");
    }
}
