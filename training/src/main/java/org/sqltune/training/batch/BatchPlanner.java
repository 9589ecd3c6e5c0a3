package org.sqltune.training.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.sqltune.core.config.settings.BatchSettings;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.decoder.TokenBatch;

/**
 * Arranges examples in rows. It never decides which examples make a step, only how they lie.
 *
 * <p>Where prefixes are shared, examples whose prompts begin with the same tokens become one prefix segment with a branch
 * each: every question of a schema attends to one copy of the schema's tokens. Loss and gradients are those of separate
 * rows.
 */
public final class BatchPlanner {
    /** Tokens of a row, unless something else is said; bounds the memory of a pass. */
    public static final int TOKENS_A_ROW = 2048;

    /** The same for models that are narrow or shallow: 5 % faster than half as long ones, and what they keep is little. */
    public static final int LONGEST_ROW = 4096;

    /** Layers × hidden size up to which a model is one. */
    private static final int SMALL_MODEL = 16_384;

    private final boolean sharePrefixes;
    private final int batchSize;
    private final int tokenBudget;
    private final PrefixGrouping grouping;

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
        this.grouping = PrefixGrouping.ofRow(lengthClass);
    }

    /** The token budget of rows in training: {@code max_tokens_per_row}, or what suits the model. */
    public static int tokensPerRow(BatchSettings batches, DecoderConfig model) {
        if (batches.maxTokensPerRow() != null) {
            return batches.maxTokensPerRow();
        }
        return (long) model.layers() * model.hiddenSize() <= SMALL_MODEL ? LONGEST_ROW : TOKENS_A_ROW;
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
        for (PrefixGroup group : grouping.groups(examples)) {
            for (PrefixGroup part : group.split(tokenBudget)) {
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

        void add(PrefixGroup group) {
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
