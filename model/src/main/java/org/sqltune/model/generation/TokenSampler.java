package org.sqltune.model.generation;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

/** Chooses the next token from its scores: the best one, or by nucleus sampling (Holtzman et al., arXiv:1904.09751). */
final class TokenSampler {
    private final GenerationSettings settings;
    private final Random random;

    TokenSampler(GenerationSettings settings) {
        this.settings = settings;
        this.random = new Random(settings.seed());
    }

    /** @param logits a score for each token of the vocabulary */
    int choose(float[] logits) {
        int best = best(logits);
        if (settings.temperature() <= 0) {
            return best;
        }
        double[] weights = new double[logits.length];
        double total = 0;
        for (int i = 0; i < logits.length; i++) {
            weights[i] = Math.exp((logits[i] - logits[best]) / settings.temperature());
            total += weights[i];
        }
        int[] order = IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -weights[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int kept = 0;
        double mass = 0;
        while (kept < order.length && (kept == 0 || mass < settings.topP() * total)) {
            mass += weights[order[kept++]];
        }
        double point = random.nextDouble() * mass;
        for (int i = 0; i < kept; i++) {
            point -= weights[order[i]];
            if (point < 0) {
                return order[i];
            }
        }
        return order[0];
    }

    private static int best(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            if (logits[i] > logits[best]) {
                best = i;
            }
        }
        return best;
    }
}
