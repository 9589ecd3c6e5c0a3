package org.sqltune.training;

/** Why a run ended. */
public enum EndReason {
    /** All steps are done. */
    ALL_STEPS,
    /** {@code max_minutes} were over. */
    TIME_LIMIT,
    /** The metric hadn't become better for {@code early_stopping_patience} evaluations. */
    EARLY_STOPPING
}
