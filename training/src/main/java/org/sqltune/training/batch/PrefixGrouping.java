package org.sqltune.training.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Groups examples whose prompts begin with the same tokens, for example the questions about one schema. */
final class PrefixGrouping {
    /** A common prefix shorter than this share of the longest possible one is not worth sharing. */
    private static final double WORTHWHILE = 0.5;

    private final IntUnaryOperator lengthClass;
    private final double leastKept;

    /**
     * @param lengthClass maps an example's length in tokens to a class; only examples of the same class share a prefix,
     *     because the model computes the prefix differently for other classes
     * @param leastKept a group of two or more rejects an example that would shorten its prefix to less than this share
     */
    private PrefixGrouping(IntUnaryOperator lengthClass, double leastKept) {
        this.lengthClass = lengthClass;
        this.leastKept = leastKept;
    }

    /** Returns a grouping for the examples of one step, which shares as many tokens as possible. */
    static PrefixGrouping ofRow(IntUnaryOperator lengthClass) {
        return new PrefixGrouping(lengthClass, WORTHWHILE);
    }

    /** Returns a grouping for a whole training set, which separates schemas that only begin with the same tokens. */
    static PrefixGrouping ofTrainingSet(IntUnaryOperator lengthClass) {
        return new PrefixGrouping(lengthClass, 0.75);
    }

    /** Groups the examples. Every example occurs in exactly one group. */
    List<PrefixGroup> groups(List<TokenizedExample> examples) {
        List<TokenizedExample> sorted = new ArrayList<>(examples);
        sorted.sort(Comparator.comparingInt((TokenizedExample each) -> lengthClass.applyAsInt(each.length()))
                .thenComparing(TokenizedExample::prompt, Arrays::compare));
        List<PrefixGroup> groups = new ArrayList<>();
        List<TokenizedExample> members = new ArrayList<>();
        int prefix = 0;
        for (TokenizedExample example : sorted) {
            int common = members.isEmpty() ? 0 : Math.min(prefix, commonPrefix(members.get(0), example));
            if (common > 0 && common >= (members.size() == 1 ? WORTHWHILE : leastKept) * prefix) {
                members.add(example);
                prefix = common;
                continue;
            }
            if (!members.isEmpty()) {
                groups.add(new PrefixGroup(members, prefix));
                members.clear();
            }
            members.add(example);
            prefix = example.prompt().length - 1;
        }
        if (!members.isEmpty()) {
            groups.add(new PrefixGroup(members, prefix));
        }
        return groups;
    }

    /**
     * Number of common leading tokens of two prompts, without the last token of either: the first target is predicted
     * from it.
     */
    private int commonPrefix(TokenizedExample a, TokenizedExample b) {
        if (lengthClass.applyAsInt(a.length()) != lengthClass.applyAsInt(b.length())) {
            return 0;
        }
        int limit = Math.min(a.prompt().length, b.prompt().length) - 1;
        int mismatch = Arrays.mismatch(a.prompt(), 0, limit, b.prompt(), 0, limit);
        return mismatch < 0 ? limit : mismatch;
    }
}
