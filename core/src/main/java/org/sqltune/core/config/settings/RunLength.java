package org.sqltune.core.config.settings;

import org.jspecify.annotations.Nullable;

/**
 * How long a run is; keys of section {@code training}.
 *
 * @param numTrainEpochs passes over the training set, used when {@code max_steps} is null
 * @param maxSteps optimizer steps in all; null for {@code num_train_epochs}
 * @param maxMinutes stop, with a checkpoint, after this many minutes; null for no limit. The learning rate runs as if for
 *     all steps, so it is still high where the limit cuts in, and a resumed run goes on with it; the minutes count anew
 */
public record RunLength(
        double numTrainEpochs,
        @Nullable Integer maxSteps,
        @Nullable Double maxMinutes) {

    /** Three epochs. */
    public static RunLength defaults() {
        return new RunLength(3, null, null);
    }
}
