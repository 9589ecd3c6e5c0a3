package org.sqltune.data.statistics;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.sqltune.core.example.PromptCompletion;

/**
 * Statistics of one set, with lengths in tokens.
 *
 * @param examples number of examples
 * @param prefix length of the prompt's beginning, in whole lines, that another prompt of the set shares: usually
 *     instruction and schema
 * @param question length of the rest of the prompt
 * @param completion length of the answer
 * @param whole length of prompt, completion and special tokens, which {@code max_length} limits
 * @param maxLength the limit, in tokens
 * @param truncated number of examples longer than the limit, which lose their end
 * @param withoutTarget number of examples without targets, since their prompt reaches the limit
 * @param categories number of examples by category
 * @param tokens sum of the whole lengths
 * @param tokensWithSharing the same if each distinct prefix is computed once: the lower bound with sharing
 * @param lengths the whole lengths, one per example, in the set's order
 */
public record DatasetStatistics(
        int examples,
        TokenSummary prefix,
        TokenSummary question,
        TokenSummary completion,
        TokenSummary whole,
        int maxLength,
        int truncated,
        int withoutTarget,
        SortedMap<String, Integer> categories,
        long tokens,
        long tokensWithSharing,
        List<Integer> lengths) {

    public DatasetStatistics {
        categories = Collections.unmodifiableSortedMap(new TreeMap<>(categories));
        lengths = List.copyOf(lengths);
    }

    /**
     * Computes the statistics of a set.
     *
     * @param rows the set
     * @param tokenCounter counts a text's tokens, without special tokens
     * @param specialTokens number of tokens that the model adds to each example, such as 2 for BOS and EOS
     * @param maxLength the training settings' {@code max_length}
     * @param categoryOf returns an example's category, such as the query category
     */
    public static DatasetStatistics of(
            List<PromptCompletion> rows,
            ToIntFunction<String> tokenCounter,
            int specialTokens,
            int maxLength,
            Function<PromptCompletion, String> categoryOf) {
        SharedPrefixes prefixes =
                new SharedPrefixes(rows.stream().map(PromptCompletion::prompt).toList());
        Map<String, Integer> prefixTokens = new HashMap<>();
        SortedMap<String, Integer> categories = new TreeMap<>();
        int[] prefix = new int[rows.size()];
        int[] question = new int[rows.size()];
        int[] completion = new int[rows.size()];
        int[] whole = new int[rows.size()];
        int truncated = 0;
        int withoutTarget = 0;
        long tokens = 0;
        long repeated = 0;
        for (int i = 0; i < rows.size(); i++) {
            PromptCompletion row = rows.get(i);
            String shared = prefixes.of(row.prompt());
            Integer known = prefixTokens.get(shared);
            prefix[i] = known == null ? tokenCounter.applyAsInt(shared) : known;
            prefixTokens.put(shared, prefix[i]);
            repeated += known == null ? 0 : prefix[i];

            int prompt = tokenCounter.applyAsInt(row.prompt());
            question[i] = prompt - prefix[i];
            completion[i] = tokenCounter.applyAsInt(row.completion());
            whole[i] = prompt + completion[i] + specialTokens;
            tokens += whole[i];
            truncated += whole[i] > maxLength ? 1 : 0;
            withoutTarget += prompt >= maxLength ? 1 : 0;
            categories.merge(categoryOf.apply(row), 1, Integer::sum);
        }
        return new DatasetStatistics(
                rows.size(),
                TokenSummary.of(prefix),
                TokenSummary.of(question),
                TokenSummary.of(completion),
                TokenSummary.of(whole),
                maxLength,
                truncated,
                withoutTarget,
                categories,
                tokens,
                tokens - repeated,
                Arrays.stream(whole).boxed().toList());
    }

    /** Returns the ratio of tokens computed without sharing to those with it; 1 for an empty set. */
    public double sharingRatio() {
        return tokensWithSharing == 0 ? 1 : (double) tokens / tokensWithSharing;
    }

    /**
     * The distribution of a length, in tokens; all zero if there are no lengths.
     *
     * @param mean arithmetic mean
     * @param median the middle length; the mean of the two middle ones for an even number
     * @param p95 95 % of the lengths are at most this (nearest rank)
     * @param max the maximal length
     */
    public record TokenSummary(double mean, double median, int p95, int max) {
        static TokenSummary of(int[] lengths) {
            if (lengths.length == 0) {
                return new TokenSummary(0, 0, 0, 0);
            }
            int[] sorted = lengths.clone();
            Arrays.sort(sorted);
            int size = sorted.length;
            return new TokenSummary(
                    Arrays.stream(sorted).average().orElse(0),
                    (sorted[(size - 1) / 2] + sorted[size / 2]) / 2.0,
                    sorted[(int) Math.ceil(0.95 * size) - 1],
                    sorted[size - 1]);
        }
    }
}
