package org.sqltune.core.config.settings;

import org.jspecify.annotations.Nullable;

/**
 * How long a run is; keys of section {@code training}.
 *
 * @param numTrainEpochs passes over the training set, used when {@code max_steps} is null
 * @param maxSteps optimizer steps in all; null for {@code num_train_epochs}
 * @param maxMinutes stop, with a checkpoint, after this many minutes; null for no limit. A resumed run's minutes count anew
 * @param lrEndsWithMaxMinutes the learning rate has come to its end when {@code maxMinutes} are over, however many steps
 *     were possible until then, so that equal runs differ with the machine's speed. Otherwise it runs as if for all steps,
 *     is still high where the limit cuts in, and a resumed run goes on with it
 */
public record RunLength(
        double numTrainEpochs,
        @Nullable Integer maxSteps,
        @Nullable Double maxMinutes,
        boolean lrEndsWithMaxMinutes) {

    /** Three epochs. */
    public static RunLength defaults() {
        return new RunLength(3, null, null, false);
    }
}
