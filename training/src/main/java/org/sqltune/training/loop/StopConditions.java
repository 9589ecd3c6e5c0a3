package org.sqltune.training.loop;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.sqltune.core.config.settings.RunLength;
import org.sqltune.training.TrainingResult.EndReason;
import org.sqltune.training.checkpoint.TrainerState;

/** Decides when a run ends, and how far it has come. */
final class StopConditions {
    private final int totalSteps;
    private final RunLength length;
    private final BestModelTracker tracker;
    private final LongSupplier nanoseconds;
    private final long started;

    /** Starts the clock of {@code max_minutes}. */
    StopConditions(int totalSteps, RunLength length, BestModelTracker tracker) {
        this(totalSteps, length, tracker, System::nanoTime);
    }

    /** @param nanoseconds a clock, of any beginning */
    StopConditions(int totalSteps, RunLength length, BestModelTracker tracker, LongSupplier nanoseconds) {
        this.totalSteps = totalSteps;
        this.length = length;
        this.tracker = tracker;
        this.nanoseconds = nanoseconds;
        this.started = nanoseconds.getAsLong();
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
        boolean late = shareOfMinutes() > 1;
        return at(state).or(() -> late ? Optional.of(EndReason.TIME_LIMIT) : Optional.empty());
    }

    /**
     * Returns the step whose learning rate a step takes: itself, or a later one if the learning rate ends with the minutes and
     * more of them have passed than of the steps.
     */
    int scheduled(int step) {
        return length.lrEndsWithMaxMinutes()
                ? Math.max(step, (int) (Math.min(1, shareOfMinutes()) * totalSteps))
                : step;
    }

    /** 0 without a limit. */
    private double shareOfMinutes() {
        Double minutes = length.maxMinutes();
        return minutes == null ? 0 : (nanoseconds.getAsLong() - started) / 60e9 / minutes;
    }
}
