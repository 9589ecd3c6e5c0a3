package org.sqltune.training.loop;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.training.TrainingResult.EndReason;
import org.sqltune.training.checkpoint.TrainerState;

/** Decides when a run ends. */
final class StopConditions {
    private final int totalSteps;
    private final @Nullable Double maxMinutes;
    private final BestModelTracker tracker;
    private final long started = System.nanoTime();

    /** Starts the clock of {@code max_minutes}. */
    StopConditions(int totalSteps, @Nullable Double maxMinutes, BestModelTracker tracker) {
        this.totalSteps = totalSteps;
        this.maxMinutes = maxMinutes;
        this.tracker = tracker;
    }

    /** Returns why the run ends at this state; empty if it continues. */
    Optional<EndReason> at(TrainerState state) {
        if (state.globalStep() >= totalSteps) {
            return Optional.of(EndReason.ALL_STEPS);
        }
        if (tracker.givesUp(state.evaluations())) {
            return Optional.of(EndReason.EARLY_STOPPING);
        }
        return Optional.empty();
    }

    /**
     * Returns why the run ends after a step. Only here the time limit counts, so that a resumed run does at least one
     * step.
     */
    Optional<EndReason> afterStep(TrainerState state) {
        boolean late = maxMinutes != null && (System.nanoTime() - started) / 60e9 > maxMinutes;
        return at(state).or(() -> late ? Optional.of(EndReason.TIME_LIMIT) : Optional.empty());
    }
}
