package org.sqltune.evaluation.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Corpus BLEU with one reference (Papineni and others 2002), as sacreBLEU computes it by default: tokenizer 13a, case
 * kept, n-grams up to 4, exponential smoothing of orders without a match, no smoothing by sentence length.
 */
public final class Bleu {
    /** The score's name in reports. */
    public static final String NAME = "bleu";

    /** sacreBLEU's name for these choices. */
    public static final String SIGNATURE = "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp, from 0 to 100";

    private static final int MAX_ORDER = 4;

    private Bleu() {}

    /**
     * Returns the corpus score of all predictions, from 0 to 100.
     *
     * @throws IllegalArgumentException if the numbers of predictions and references differ
     */
    public static double corpus(List<String> predictions, List<String> references) {
        if (predictions.size() != references.size()) {
            throw new IllegalArgumentException(
                    predictions.size() + " predictions, " + references.size() + " references");
        }
        long[] matched = new long[MAX_ORDER];
        long[] total = new long[MAX_ORDER];
        long predictedLength = 0;
        long referenceLength = 0;
        for (int i = 0; i < predictions.size(); i++) {
            List<String> predicted = Tokenizer13a.tokens(predictions.get(i));
            List<String> reference = Tokenizer13a.tokens(references.get(i));
            predictedLength += predicted.size();
            referenceLength += reference.size();
            for (int order = 1; order <= MAX_ORDER; order++) {
                Map<List<String>, Integer> wanted = grams(reference, order);
                grams(predicted, order).forEach((gram, count) -> {
                    matched[gram.size() - 1] += Math.min(count, wanted.getOrDefault(gram, 0));
                    total[gram.size() - 1] += count;
                });
            }
        }
        return score(matched, total, predictedLength, referenceLength);
    }

    private static double score(long[] matched, long[] total, long predictedLength, long referenceLength) {
        if (matched[0] == 0) {
            return 0;
        }
        double logSum = 0;
        double smoothing = 1;
        for (int order = 0; order < MAX_ORDER; order++) {
            if (total[order] == 0) {
                return 0;
            }
            double precision = 100.0 * matched[order] / total[order];
            if (matched[order] == 0) {
                smoothing *= 2;
                precision = 100.0 / (smoothing * total[order]);
            }
            logSum += Math.log(precision);
        }
        double brevity =
                predictedLength >= referenceLength ? 1 : Math.exp(1 - (double) referenceLength / predictedLength);
        return brevity * Math.exp(logSum / MAX_ORDER);
    }

    private static Map<List<String>, Integer> grams(List<String> tokens, int order) {
        Map<List<String>, Integer> counts = new HashMap<>();
        for (int start = 0; start + order <= tokens.size(); start++) {
            counts.merge(List.copyOf(tokens.subList(start, start + order)), 1, Integer::sum);
        }
        return counts;
    }
}
