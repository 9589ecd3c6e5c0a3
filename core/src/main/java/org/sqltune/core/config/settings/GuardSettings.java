package org.sqltune.core.config.settings;

import org.jspecify.annotations.Nullable;

/**
 * What is done about steps that would spoil the weights; keys of section {@code training}. A step whose loss or gradient
 * isn't finite is always skipped: its examples are passed over, weights and optimizer stay as they were.
 *
 * @param lossSpikeFactor skip also a step whose loss is above so many times the mean of the steps before; null for none.
 *     Small steps differ much among themselves, so choose it well above 2
 * @param maxSkippedSteps end the run, with a checkpoint, after so many skipped steps in a row
 */
public record GuardSettings(@Nullable Double lossSpikeFactor, int maxSkippedSteps) {

    /** Only what isn't finite is skipped, at most 5 times in a row. */
    public static GuardSettings defaults() {
        return new GuardSettings(null, 5);
    }
}
