package org.sqltune.training.loop;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.training.TrainingResult.EndReason;
import org.sqltune.training.checkpoint.TrainerState;

/** When a run is over. */
final class StopConditions {
    private final int totalSteps;
    private final @Nullable Double maxMinutes;
    private final BestModelTracker tracker;
    private final long started = System.nanoTime();

    /** The minutes count from now. */
    StopConditions(int totalSteps, @Nullable Double maxMinutes, BestModelTracker tracker) {
        this.totalSteps = totalSteps;
        this.maxMinutes = maxMinutes;
        this.tracker = tracker;
    }

    /** Why to end where the run stands; empty to go on. */
    Optional<EndReason> at(TrainerState state) {
        if (state.globalStep() >= totalSteps) {
            return Optional.of(EndReason.ALL_STEPS);
        }
        if (tracker.givesUp(state.evaluations())) {
            return Optional.of(EndReason.EARLY_STOPPING);
        }
        return Optional.empty();
    }

    /** The same after a step, when the time limit counts, too: a resumed run does at least one. */
    Optional<EndReason> afterStep(TrainerState state) {
        boolean late = maxMinutes != null && (System.nanoTime() - started) / 60e9 > maxMinutes;
        return at(state).or(() -> late ? Optional.of(EndReason.TIME_LIMIT) : Optional.empty());
    }
}
