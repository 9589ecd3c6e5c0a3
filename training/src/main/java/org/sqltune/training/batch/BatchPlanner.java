package org.sqltune.training.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.sqltune.core.config.settings.BatchSettings;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.decoder.TokenBatch;

/**
 * Arranges the examples of a step in rows of tokens. {@link DataOrder} decides which examples make a step.
 *
 * <p>With shared prefixes, examples whose prompts begin with the same tokens become one prefix segment and one branch
 * per example: every question about a schema attends to one copy of the schema's tokens. Loss and gradients equal those
 * of separate rows.
 */
public final class BatchPlanner {
    /** Default number of tokens per row. It bounds the memory of a forward and backward pass. */
    public static final int TOKENS_A_ROW = 2048;

    /**
     * Default number of tokens per row for small models: 5 % faster than rows half as long, and their activations need
     * little memory.
     */
    public static final int LONGEST_ROW = 4096;

    /** Layers × hidden size up to which a model counts as small. */
    private static final int SMALL_MODEL = 16_384;

    private final boolean sharePrefixes;
    private final int batchSize;
    private final int tokenBudget;
    private final PrefixGrouping grouping;

    /**
     * @param sharePrefixes whether a common prefix is computed once
     * @param batchSize examples per row without shared prefixes
     * @param tokenBudget tokens per row with shared prefixes; a single example may exceed it
     * @param lengthClass maps an example's length in tokens to a class; only examples of the same class share a prefix,
     *     because the model computes the prefix differently for other classes
     */
    public BatchPlanner(boolean sharePrefixes, int batchSize, int tokenBudget, IntUnaryOperator lengthClass) {
        this.sharePrefixes = sharePrefixes;
        this.batchSize = batchSize;
        this.tokenBudget = tokenBudget;
        this.grouping = PrefixGrouping.ofRow(lengthClass);
    }

    /**
     * Returns the tokens per row in training: {@code max_tokens_per_row} if set, else the default for the model's size.
     */
    public static int tokensPerRow(BatchSettings batches, DecoderConfig model) {
        if (batches.maxTokensPerRow() != null) {
            return batches.maxTokensPerRow();
        }
        return (long) model.layers() * model.hiddenSize() <= SMALL_MODEL ? LONGEST_ROW : TOKENS_A_ROW;
    }

    /** Arranges the examples in rows. Every example occurs exactly once. */
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

    /** Appends segments to one row. */
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

        /** Appends the example's tokens from {@code start}. The last token is only a target, never an input. */
        private void branch(TokenizedExample example, int start, long parent) {
            int end = example.length() - 1;
            int first = tokens - start;
            segment(example, start, end, parent);
            for (int i = example.prompt().length - 1; i < end; i++) {
                if (example.isLearned(i + 1 - example.prompt().length)) {
                    targetRows.add((long) first + i);
                    targets.add(example.token(i + 1));
                }
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
