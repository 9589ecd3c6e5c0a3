package org.sqltune.model.generation;

import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.decoder.PagedText;

/**
 * What texts of one prompt begin with.
 *
 * @param prompt its ids
 * @param text the prompt's keys and values, which are all there when the texts begin
 * @param rooms hold the pages of the texts that branch off
 * @param whole whether each needs the prompt in pages of its own, because what it holds may have to be computed again
 * @param constraint what may follow the prompt; null for anything
 * @param stopIds tokens that end a text
 */
record Beginning(
        GenerationSettings settings,
        long[] prompt,
        PagedText text,
        Rooms rooms,
        boolean whole,
        @Nullable FollowedConstraint constraint,
        Set<Integer> stopIds,
        GenerationListener listener,
        BooleanSupplier cancelled) {
    /** Any odd number that isn't near the generator's own step: the streams of the seeds don't meet then. */
    private static final long SEED_STEP = 0x5851f42d4c957f2dL;

    /** Another text of the same tokens, in pages that were held for it, with room for all that may follow. */
    PagedText branch(PagedText from) {
        rooms.leave();
        int more = tokensBehind(from);
        return whole ? from.copy(more) : from.fork(more);
    }

    /** How many tokens may still be computed behind those of a text. */
    int tokensBehind(PagedText computed) {
        return settings.maxNewTokens() - (computed.length() - prompt.length);
    }

    /** Another text that goes on by itself, in some pages. */
    ContinuedText continued(PagedText own, int index) {
        long seed = settings.sampling().seed() + index * SEED_STEP;
        return new ContinuedText(
                settings.withSeed(seed),
                prompt,
                own,
                copyOfConstraint(),
                stopIds,
                id -> listener.token(index, id),
                cancelled);
    }

    @Nullable
    FollowedConstraint copyOfConstraint() {
        return constraint == null ? null : constraint.copy();
    }
}
