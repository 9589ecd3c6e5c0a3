package org.sqltune.core.config.settings;

import org.jspecify.annotations.Nullable;

/**
 * How often a run logs, evaluates and saves, in optimizer steps; keys of section {@code training}.
 *
 * @param loggingSteps steps between two lines of metrics.jsonl; the last step has one in any case
 * @param evalSteps steps between two evaluations of the validation loss; there is one at the end in any case, 0 for no other
 * @param saveSteps steps between two checkpoints; there is one at the end in any case, 0 for no other
 * @param saveTotalLimit checkpoints kept beside the best; null for all
 */
public record IntervalSettings(
        int loggingSteps,
        int evalSteps,
        int saveSteps,
        @Nullable Integer saveTotalLimit) {

    /** A line every 25 steps, an evaluation and a checkpoint every 250, three checkpoints kept. */
    public static IntervalSettings defaults() {
        return new IntervalSettings(25, 250, 250, 3);
    }
}
