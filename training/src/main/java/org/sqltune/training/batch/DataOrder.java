package org.sqltune.training.batch;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.sqltune.core.config.settings.TrainingSettings;

/**
 * Decides which examples make up each step: an epoch's order, cut into steps. An epoch's last step may hold fewer
 * examples.
 */
public final class DataOrder {
    private final EpochOrder order;
    private final int examples;
    private final int examplesPerStep;
    private List<TokenizedExample> epochOrder = List.of();
    private int cachedEpoch = -1;

    /**
     * Returns the order of a run.
     *
     * @param shuffle whether each epoch is shuffled; otherwise examples keep the order of the file
     * @param lengthClass as in {@link BatchPlanner#BatchPlanner}
     */
    public static DataOrder of(
            List<TokenizedExample> train, TrainingSettings settings, boolean shuffle, IntUnaryOperator lengthClass) {
        return new DataOrder(
                epochOrder(train, settings, shuffle, lengthClass),
                train.size(),
                settings.batches().examplesPerStep());
    }

    private static EpochOrder epochOrder(
            List<TokenizedExample> train, TrainingSettings settings, boolean shuffle, IntUnaryOperator lengthClass) {
        if (!shuffle) {
            return new EpochOrder.AsGiven(train);
        }
        int together = settings.batches().questionsTogether();
        if (together > 1) {
            List<PrefixGroup> groups = PrefixGrouping.ofTrainingSet(lengthClass).groups(train);
            boolean requested = settings.batches().questionsPerPrefix() != null;
            if (requested || 2 * togetherByChance(groups, settings.batches().examplesPerStep()) < together) {
                return new EpochOrder.SharingPrefixes(groups, together, settings.seed());
            }
        }
        return new EpochOrder.Shuffled(train, settings.seed());
    }

    /** Expected number of examples of one group, itself included, that an example shares a randomly drawn step with. */
    static double togetherByChance(List<PrefixGroup> groups, int examplesPerStep) {
        double all = groups.stream().mapToInt(group -> group.members().size()).sum();
        double sameGroup = groups.stream()
                .mapToDouble(group -> Math.pow(group.members().size() / all, 2))
                .sum();
        return 1 + (examplesPerStep - 1) * sameGroup;
    }

    /** @param examples number of examples in an epoch */
    DataOrder(EpochOrder order, int examples, int examplesPerStep) {
        this.order = order;
        this.examples = examples;
        this.examplesPerStep = examplesPerStep;
    }

    /** Returns the number of steps in one pass over the examples. */
    public int stepsPerEpoch() {
        return (examples + examplesPerStep - 1) / examplesPerStep;
    }

    /**
     * Returns the examples of a step.
     *
     * @param step index of the step, from 0
     */
    public List<TokenizedExample> step(int step) {
        int epoch = step / stepsPerEpoch();
        if (epoch != cachedEpoch) {
            epochOrder = order.of(epoch);
            cachedEpoch = epoch;
        }
        int start = step % stepsPerEpoch() * examplesPerStep;
        return epochOrder.subList(start, Math.min(examples, start + examplesPerStep));
    }
}
