package org.sqltune.model.generation;

import java.util.Arrays;
import java.util.BitSet;

/**
 * transformers' logits processors over a row of scores, in place: what they rule out becomes minus infinity. At least one token
 * remains.
 */
final class ScoreProcessors {
    private ScoreProcessors() {}

    /** Scales the scores and rules out what isn't drawn: temperature, top-k, top-p and min-p, in this order. */
    static void keepWhatMayBeDrawn(float[] scores, Sampling settings) {
        scale(scores, settings.temperature());
        if (settings.topK() > 0) {
            keepTopK(scores, settings.topK());
        }
        if (settings.topP() < 1) {
            keepTopP(scores, settings.topP());
        }
        if (settings.minP() > 0) {
            keepMinP(scores, settings.minP());
        }
    }

    /** Positive scores of the tokens are divided by the penalty, negative ones multiplied (arXiv:1909.05858). */
    static void penalizeRepetition(float[] scores, BitSet seen, double penalty) {
        float factor = (float) penalty;
        for (int i = seen.nextSetBit(0); i >= 0 && i < scores.length; i = seen.nextSetBit(i + 1)) {
            scores[i] = scores[i] < 0 ? scores[i] * factor : scores[i] / factor;
        }
    }

    /** Divides by the temperature. */
    private static void scale(float[] scores, double temperature) {
        float divisor = (float) temperature;
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= divisor;
        }
    }

    /** Keeps scores of at least the k-th largest (Fan et al., arXiv:1805.04833). */
    private static void keepTopK(float[] scores, int k) {
        if (k >= scores.length) {
            return;
        }
        float[] sorted = scores.clone();
        Arrays.sort(sorted);
        ruleOutBelow(scores, sorted[scores.length - k]);
    }

    /** Keeps the smallest set of most probable tokens whose probabilities reach p (Holtzman et al., arXiv:1904.09751). */
    private static void keepTopP(float[] scores, double p) {
        float largest = scores[Largest.index(scores)];
        double needed = p * mass(scores, largest, Float.NEGATIVE_INFINITY);
        // Most of a vocabulary never matters: only as much is sorted as may be kept.
        float least = largest - 4;
        while (mass(scores, largest, least) < needed && largest - least < 200) {
            least -= largest - least;
        }
        int[] order = Largest.indicesFrom(scores, largest - least < 200 ? least : -Float.MAX_VALUE);
        float[] kept = new float[order.length];
        int count = 0;
        double before = 0;
        while (count < order.length && (count == 0 || before < needed)) {
            kept[count] = scores[order[count]];
            before += Math.exp(kept[count++] - largest);
        }
        Arrays.fill(scores, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < count; i++) {
            scores[order[i]] = kept[i];
        }
    }

    /** Keeps tokens with at least this share of the most probable one's probability (Nguyen et al., arXiv:2407.01082). */
    private static void keepMinP(float[] scores, double share) {
        float largest = scores[Largest.index(scores)];
        for (int i = 0; i < scores.length; i++) {
            if (Math.exp(scores[i] - largest) < share) {
                scores[i] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    /** Sum of e to the power of how far scores of at least {@code least} are from the largest. */
    static double mass(float[] scores, float largest, float least) {
        double sum = 0;
        for (float each : scores) {
            if (each >= least) {
                sum += Math.exp(each - largest);
            }
        }
        return sum;
    }

    private static void ruleOutBelow(float[] scores, float least) {
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] < least) {
                scores[i] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
