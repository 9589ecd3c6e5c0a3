package org.sqltune.model.generation;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the tokens of one text by their scores. What is drawn depends on the seed and on the token's place, not on what was
 * drawn before: a text that is computed in other pieces is the same text.
 */
final class TokenSampler {
    /** Below it a division by the temperature leaves nothing but the best token, or overflows. */
    private static final double LOWEST_TEMPERATURE = 1e-5;

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private final Sampling settings;
    private final @Nullable BitSet seen;

    /** @param prompt what a repetition penalty counts as said already */
    TokenSampler(Sampling settings, long... prompt) {
        this.settings = settings;
        this.seen = settings.repetitionPenalty() == 1 ? null : new BitSet();
        for (long each : prompt) {
            took((int) each);
        }
    }

    /** Whether it takes the token with the highest score whatever the text is. */
    boolean takesBest() {
        return settings.greedy() && seen == null;
    }

    /** Takes a token into account that the text goes on with. */
    void took(int token) {
        if (seen != null) {
            seen.set(token);
        }
    }

    /**
     * Chooses a token.
     *
     * @param scores one for each token of the vocabulary; changed on the way
     * @param place of the token in what is generated, from 0 on
     * @return its id; -1 where nothing has a score
     */
    int choose(float[] scores, int place) {
        if (seen != null) {
            ScoreProcessors.penalizeRepetition(scores, seen, settings.repetitionPenalty());
        }
        return chosen(scores, place);
    }

    /**
     * Chooses one of some tokens.
     *
     * @param scores theirs; changed on the way
     * @param tokens their ids, ascending
     * @return as {@link #choose}
     */
    int chooseOf(float[] scores, int[] tokens, int place) {
        if (seen != null) {
            BitSet places = new BitSet();
            for (int i = 0; i < tokens.length; i++) {
                places.set(i, seen.get(tokens[i]));
            }
            ScoreProcessors.penalizeRepetition(scores, places, settings.repetitionPenalty());
        }
        int index = chosen(scores, place);
        return index < 0 ? index : tokens[index];
    }

    private int chosen(float[] scores, int place) {
        int best = Largest.index(scores);
        return settings.temperature() < LOWEST_TEMPERATURE || best < 0 ? best : draw(scores, place);
    }

    private int draw(float[] scores, int place) {
        ScoreProcessors.keepWhatMayBeDrawn(scores, settings);
        int best = Largest.index(scores);
        double point = uniform(place) * ScoreProcessors.mass(scores, scores[best], -Float.MAX_VALUE);
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] != Float.NEGATIVE_INFINITY) {
                point -= Math.exp(scores[i] - scores[best]);
                if (point < 0) {
                    return i;
                }
            }
        }
        return best;
    }

    /** The place's number from [0, 1): the generator of {@code SplittableRandom} (Steele et al., OOPSLA 2014). */
    private double uniform(int place) {
        long z = settings.seed() + (place + 1L) * GOLDEN_GAMMA;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return ((z ^ z >>> 31) >>> 11) * 0x1.0p-53;
    }
}
