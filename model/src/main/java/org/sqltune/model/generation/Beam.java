package org.sqltune.model.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.decoder.PagedText;

/**
 * One of the texts that beam search continues.
 *
 * @param ids its new tokens; the last one isn't computed yet
 * @param score sum of its tokens' log-probabilities
 * @param text what is computed of it
 * @param seen tokens that a repetition penalty counts; null where there is none
 * @param constraint where it stands; null for anything
 * @param tokens its tokens' probabilities, if they were asked for
 */
record Beam(
        long[] ids,
        float score,
        PagedText text,
        @Nullable BitSet seen,
        @Nullable FollowedConstraint constraint,
        List<ScoredToken> tokens) {
    /**
     * A way to go on.
     *
     * @param beam goes on
     * @param token with this one
     * @param score of both together
     * @param scored the token's probability; null if none was asked for
     */
    record Step(Beam beam, int token, float score, @Nullable ScoredToken scored) {
        long[] ids() {
            long[] ids = Arrays.copyOf(beam.ids, beam.ids.length + 1);
            ids[beam.ids.length] = token;
            return ids;
        }

        List<ScoredToken> tokens() {
            if (scored == null) {
                return beam.tokens;
            }
            List<ScoredToken> all = new ArrayList<>(beam.tokens);
            all.add(scored);
            return all;
        }

        /** The beam that goes on, in the same pages still. */
        Beam taken() {
            BitSet seen = beam.seen == null ? null : (BitSet) beam.seen.clone();
            if (seen != null) {
                seen.set(token);
            }
            FollowedConstraint constraint = beam.constraint == null ? null : beam.constraint.copy();
            if (constraint != null) {
                constraint.advance(token);
            }
            return new Beam(ids(), score, beam.text, seen, constraint, tokens());
        }
    }

    /** The same in other pages. */
    Beam in(PagedText pages) {
        return new Beam(ids, score, pages, seen, constraint, tokens);
    }

    /** It as a result, however it ended. */
    GeneratedText ended(Generation.End end, float scoreOfText) {
        return new GeneratedText(ids, end, OptionalDouble.of(scoreOfText), tokens);
    }
}
