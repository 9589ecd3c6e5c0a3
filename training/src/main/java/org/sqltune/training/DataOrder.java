package org.sqltune.training;

import java.util.List;

/** Which examples meet in which step: an epoch's order, cut into steps. An epoch's last step may hold fewer examples. */
final class DataOrder {
    private final EpochOrder order;
    private final int examples;
    private final int examplesPerStep;
    private List<TokenizedExample> epochOrder = List.of();
    private int cachedEpoch = -1;

    /** @param examples how many there are */
    DataOrder(EpochOrder order, int examples, int examplesPerStep) {
        this.order = order;
        this.examples = examples;
        this.examplesPerStep = examplesPerStep;
    }

    int stepsPerEpoch() {
        return (examples + examplesPerStep - 1) / examplesPerStep;
    }

    /**
     * Examples of a step.
     *
     * @param step steps done before it
     */
    List<TokenizedExample> step(int step) {
        int epoch = step / stepsPerEpoch();
        if (epoch != cachedEpoch) {
            epochOrder = order.of(epoch);
            cachedEpoch = epoch;
        }
        int start = step % stepsPerEpoch() * examplesPerStep;
        return epochOrder.subList(start, Math.min(examples, start + examplesPerStep));
    }
}
