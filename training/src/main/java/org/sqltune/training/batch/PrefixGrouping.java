package org.sqltune.training.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Finds the examples whose prompts begin alike, such as the questions of one schema. */
final class PrefixGrouping {
    /** A common beginning shorter than this share of the longest one possible is not worth a new, shorter prefix. */
    private static final double WORTHWHILE = 0.5;

    private final IntUnaryOperator lengthClass;
    private final double leastKept;

    /**
     * @param lengthClass from an example's tokens to a number: only examples of equal numbers share a beginning, since the
     *     model computes it differently for others
     * @param leastKept a group of several takes in no example that leaves it less than this share of its common beginning
     */
    private PrefixGrouping(IntUnaryOperator lengthClass, double leastKept) {
        this.lengthClass = lengthClass;
        this.leastKept = leastKept;
    }

    /** For examples that are computed together in any case: shares what there is to share. */
    static PrefixGrouping ofRow(IntUnaryOperator lengthClass) {
        return new PrefixGrouping(lengthClass, WORTHWHILE);
    }

    /** For a whole training set: keeps schemas apart that only begin alike. */
    static PrefixGrouping ofTrainingSet(IntUnaryOperator lengthClass) {
        return new PrefixGrouping(lengthClass, 0.75);
    }

    /** Groups that hold every example once. */
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

    /** Tokens two prompts begin with alike; each keeps a last token of its own, from which its first target is predicted. */
    private int commonPrefix(TokenizedExample a, TokenizedExample b) {
        if (lengthClass.applyAsInt(a.length()) != lengthClass.applyAsInt(b.length())) {
            return 0;
        }
        int limit = Math.min(a.prompt().length, b.prompt().length) - 1;
        int mismatch = Arrays.mismatch(a.prompt(), 0, limit, b.prompt(), 0, limit);
        return mismatch < 0 ? limit : mismatch;
    }
}
