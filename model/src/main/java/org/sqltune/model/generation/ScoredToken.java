package org.sqltune.model.generation;

import java.util.Arrays;
import java.util.List;

/**
 * A token with its probability by the model alone: before temperature, penalties and constraints.
 *
 * @param token its id
 * @param logprob natural logarithm of its probability
 * @param mostLikely the most likely tokens at its place, most likely first, themselves without such a list
 */
public record ScoredToken(int token, double logprob, List<ScoredToken> mostLikely) {
    public ScoredToken {
        mostLikely = List.copyOf(mostLikely);
    }

    /** The probabilities at one place. */
    static final class Place {
        private final double logOfSum;
        private final float[] scores;
        private final List<ScoredToken> mostLikely;

        /**
         * @param scores by the model, not changed afterwards
         * @param count how many of the most likely tokens are told
         */
        Place(float[] scores, int count) {
            int best = Math.max(0, Largest.index(scores));
            this.scores = scores;
            this.logOfSum =
                    scores[best] + Math.log(ScoreProcessors.mass(scores, scores[best], Float.NEGATIVE_INFINITY));
            this.mostLikely = Arrays.stream(Largest.indices(scores, count))
                    .mapToObj(id -> new ScoredToken(id, logprob(id), List.of()))
                    .toList();
        }

        double logprob(int token) {
            return scores[token] - logOfSum;
        }

        ScoredToken chosen(int token) {
            return new ScoredToken(token, logprob(token), mostLikely);
        }
    }
}
