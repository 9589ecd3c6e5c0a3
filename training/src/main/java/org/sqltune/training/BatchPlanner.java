package org.sqltune.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.sqltune.model.decoder.TokenBatch;

/**
 * Arranges examples in rows. It never decides which examples make a step, only how they lie.
 *
 * <p>Where prefixes are shared, examples whose prompts begin with the same tokens become one prefix segment with a branch
 * each: every question of a schema attends to one copy of the schema's tokens. Loss and gradients are those of separate
 * rows.
 */
public final class BatchPlanner {
    /** A common beginning shorter than this share of the longest one possible is not worth a new, shorter prefix. */
    private static final double WORTHWHILE = 0.5;

    private final boolean sharePrefixes;
    private final int batchSize;
    private final int tokenBudget;
    private final IntUnaryOperator lengthClass;

    /**
     * @param sharePrefixes whether common beginnings are computed once
     * @param batchSize examples in one row where they are not
     * @param tokenBudget tokens in one row where they are; a single group may exceed it
     * @param lengthClass from an example's tokens to a number: only examples of equal numbers share a beginning, since the
     *     model computes it differently for others
     */
    public BatchPlanner(boolean sharePrefixes, int batchSize, int tokenBudget, IntUnaryOperator lengthClass) {
        this.sharePrefixes = sharePrefixes;
        this.batchSize = batchSize;
        this.tokenBudget = tokenBudget;
        this.lengthClass = lengthClass;
    }

    /** Rows that hold every example once. */
    public List<TokenBatch> plan(List<TokenizedExample> examples) {
        List<TokenBatch> rows = new ArrayList<>();
        if (!sharePrefixes) {
            for (int start = 0; start < examples.size(); start += batchSize) {
                RowBuilder row = new RowBuilder();
                examples.subList(start, Math.min(examples.size(), start + batchSize))
                        .forEach(row::addAlone);
                rows.add(row.build());
            }
            return rows;
        }
        RowBuilder row = new RowBuilder();
        for (Group group : groups(examples)) {
            for (Group part : group.split(tokenBudget)) {
                if (row.tokens() > 0 && row.tokens() + part.tokens() > tokenBudget) {
                    rows.add(row.build());
                    row = new RowBuilder();
                }
                row.add(part);
            }
        }
        rows.add(row.build());
        return rows;
    }

    private List<Group> groups(List<TokenizedExample> examples) {
        List<TokenizedExample> sorted = new ArrayList<>(examples);
        sorted.sort(Comparator.comparingInt((TokenizedExample each) -> lengthClass.applyAsInt(each.length()))
                .thenComparing(TokenizedExample::prompt, Arrays::compare));
        List<Group> groups = new ArrayList<>();
        List<TokenizedExample> members = new ArrayList<>();
        int prefix = 0;
        for (TokenizedExample example : sorted) {
            int common = members.isEmpty() ? 0 : Math.min(prefix, commonPrefix(members.get(0), example));
            if (common > 0 && common >= WORTHWHILE * prefix) {
                members.add(example);
                prefix = common;
                continue;
            }
            if (!members.isEmpty()) {
                groups.add(new Group(List.copyOf(members), prefix));
                members.clear();
            }
            members.add(example);
            prefix = example.prompt().length - 1;
        }
        if (!members.isEmpty()) {
            groups.add(new Group(List.copyOf(members), prefix));
        }
        return groups;
    }

    /** Tokens two prompts begin with alike; each keeps a last token of its own, from which its first target is predicted. */
    private int commonPrefix(TokenizedExample a, TokenizedExample b) {
        if (lengthClass.applyAsInt(a.length()) != lengthClass.applyAsInt(b.length())) {
            return 0;
        }
        int limit = Math.min(a.prompt().length, b.prompt().length) - 1;
        int common = 0;
        while (common < limit && a.prompt()[common] == b.prompt()[common]) {
            common++;
        }
        return common;
    }

    /**
     * Examples with a common beginning.
     *
     * @param members at least one
     * @param prefix tokens they begin with alike
     */
    private record Group(List<TokenizedExample> members, int prefix) {
        int tokens() {
            return members.size() == 1
                    ? members.get(0).length()
                    : prefix
                            + members.stream()
                                    .mapToInt(each -> each.length() - prefix)
                                    .sum();
        }

        List<Group> split(int budget) {
            List<Group> parts = new ArrayList<>();
            List<TokenizedExample> part = new ArrayList<>();
            int tokens = prefix;
            for (TokenizedExample member : members) {
                int own = member.length() - prefix;
                if (!part.isEmpty() && tokens + own > budget) {
                    parts.add(new Group(List.copyOf(part), prefix));
                    part.clear();
                    tokens = prefix;
                }
                part.add(member);
                tokens += own;
            }
            parts.add(new Group(List.copyOf(part), prefix));
            return parts;
        }
    }

    /** Lays segments one behind the other. */
    private static final class RowBuilder {
        private final List<long[]> ids = new ArrayList<>();
        private final List<long[]> positions = new ArrayList<>();
        private final List<Long> lengths = new ArrayList<>();
        private final List<Long> parents = new ArrayList<>();
        private final List<Long> targetRows = new ArrayList<>();
        private final List<Long> targets = new ArrayList<>();
        private int tokens;

        int tokens() {
            return tokens;
        }

        void add(Group group) {
            if (group.members().size() == 1) {
                addAlone(group.members().get(0));
                return;
            }
            long parent = lengths.size();
            segment(group.members().get(0), 0, group.prefix(), -1);
            group.members().forEach(member -> branch(member, group.prefix(), parent));
        }

        void addAlone(TokenizedExample example) {
            branch(example, 0, -1);
        }

        /** The example from {@code start} on. Its last token is only predicted, never computed. */
        private void branch(TokenizedExample example, int start, long parent) {
            int end = example.length() - 1;
            int first = tokens - start;
            segment(example, start, end, parent);
            for (int i = example.prompt().length - 1; i < end; i++) {
                targetRows.add((long) first + i);
                targets.add(example.token(i + 1));
            }
        }

        private void segment(TokenizedExample example, int start, int end, long parent) {
            long[] segmentIds = new long[end - start];
            long[] segmentPositions = new long[end - start];
            for (int i = start; i < end; i++) {
                segmentIds[i - start] = example.token(i);
                segmentPositions[i - start] = i;
            }
            ids.add(segmentIds);
            positions.add(segmentPositions);
            lengths.add((long) segmentIds.length);
            parents.add(parent);
            tokens += segmentIds.length;
        }

        TokenBatch build() {
            return new TokenBatch(
                    concatenate(ids),
                    concatenate(positions),
                    unbox(lengths),
                    unbox(parents),
                    unbox(targetRows),
                    unbox(targets));
        }

        private static long[] concatenate(List<long[]> parts) {
            return parts.stream().flatMapToLong(Arrays::stream).toArray();
        }

        private static long[] unbox(List<Long> values) {
            return values.stream().mapToLong(Long::longValue).toArray();
        }
    }
}
