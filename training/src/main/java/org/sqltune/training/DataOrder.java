package org.sqltune.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which examples meet in which step. An epoch visits every example once, in the file's order or shuffled anew each epoch
 * by the seed; its last step may hold fewer examples.
 */
final class DataOrder {
    private final List<TokenizedExample> examples;
    private final int examplesPerStep;
    private final boolean shuffle;
    private final long seed;
    private List<TokenizedExample> epochOrder = List.of();
    private int cachedEpoch = -1;

    DataOrder(List<TokenizedExample> examples, int examplesPerStep, boolean shuffle, long seed) {
        this.examples = examples;
        this.examplesPerStep = examplesPerStep;
        this.shuffle = shuffle;
        this.seed = seed;
    }

    int stepsPerEpoch() {
        return (examples.size() + examplesPerStep - 1) / examplesPerStep;
    }

    /**
     * Examples of a step.
     *
     * @param step steps done before it
     */
    List<TokenizedExample> step(int step) {
        int epoch = step / stepsPerEpoch();
        if (epoch != cachedEpoch) {
            epochOrder = order(epoch);
            cachedEpoch = epoch;
        }
        int start = step % stepsPerEpoch() * examplesPerStep;
        return epochOrder.subList(start, Math.min(examples.size(), start + examplesPerStep));
    }

    private List<TokenizedExample> order(int epoch) {
        if (!shuffle) {
            return examples;
        }
        List<TokenizedExample> shuffled = new ArrayList<>(examples);
        Collections.shuffle(shuffled, new Random(seed * 31 + epoch));
        return shuffled;
    }
}
