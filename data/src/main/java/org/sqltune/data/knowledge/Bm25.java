package org.sqltune.data.knowledge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.sqltune.data.link.Words;

/**
 * Ranks texts by their similarity to a question: Okapi BM25 over words (Robertson et al., 1994) with k1 = 1.2 and b = 0.75,
 * and the inverse document frequency that is never negative. Immutable and thread-safe.
 */
final class Bm25 {
    private static final double K1 = 1.2;
    private static final double B = 0.75;

    private record Posting(int text, int count) {}

    private final Map<String, List<Posting>> postings = new HashMap<>();
    private final int[] lengths;
    private final double meanLength;

    Bm25(List<String> texts) {
        lengths = new int[texts.size()];
        for (int i = 0; i < lengths.length; i++) {
            Map<String, Integer> counts = new HashMap<>();
            for (String word : words(texts.get(i))) {
                counts.merge(word, 1, Integer::sum);
                lengths[i]++;
            }
            int text = i;
            counts.forEach((word, count) ->
                    postings.computeIfAbsent(word, each -> new ArrayList<>()).add(new Posting(text, count)));
        }
        meanLength = Math.max(1, IntStream.of(lengths).average().orElse(1));
    }

    private static List<String> words(String text) {
        return Words.of(text).stream()
                .map(Words.Word::form)
                .filter(form -> !Words.isEmpty(form))
                .toList();
    }

    /** Returns the texts that share a word with a question, the most similar first, the earlier one among equals. */
    List<Integer> ranked(String question) {
        Map<Integer, Double> scores = new HashMap<>();
        for (String word : new HashSet<>(words(question))) {
            List<Posting> found = postings.getOrDefault(word, List.of());
            double rarity = Math.log(1 + (lengths.length - found.size() + 0.5) / (found.size() + 0.5));
            for (Posting each : found) {
                double norm = K1 * (1 - B + B * lengths[each.text()] / meanLength);
                scores.merge(each.text(), rarity * each.count() * (K1 + 1) / (each.count() + norm), Double::sum);
            }
        }
        return scores.entrySet().stream()
                .sorted(Map.Entry.<Integer, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
