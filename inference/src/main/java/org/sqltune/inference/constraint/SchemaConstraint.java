package org.sqltune.inference.constraint;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.recognizer.QueryRecognizer;
import org.sqltune.model.generation.TokenConstraint;

/** Keeps one answer to queries that the database prepares. */
final class SchemaConstraint implements TokenConstraint {
    /** How many tokens the shortest end may become longer by one token; ends grow by a few. */
    private static final int RESERVE = 32;

    private static final int MOST_FORCED = 32;

    private final TokenMasks masks;
    private final TokenMasks.Cache cache;
    private QueryRecognizer place;
    private @Nullable TokenMask mask;
    /** The way to the end that is being followed because few tokens are left; null if none is. */
    private int @Nullable [] ending;

    SchemaConstraint(TokenMasks masks, TokenMasks.Cache cache, QueryRecognizer place) {
        this.masks = masks;
        this.cache = cache;
        this.place = place;
    }

    private SchemaConstraint(SchemaConstraint other) {
        this(other.masks, other.cache, other.place);
        this.mask = other.mask;
        this.ending = other.ending;
    }

    private TokenMask mask() {
        TokenMask found = mask;
        if (found == null) {
            found = cache.get(place);
            if (found == null) {
                found = masks.mask(place);
                cache.put(place, found);
            }
            mask = found;
        }
        return found;
    }

    @Override
    public long[] allowed(int tokensLeft) {
        TokenMask all = mask();
        // One token is kept for the one that ends the text.
        int left = tokensLeft - 1;
        int[] end = ending(place);
        if (ending != null && (end == null || ending.length <= end.length)) {
            end = ending;
        }
        if (end == null || left > end.length + RESERVE) {
            ending = null;
            return all.words();
        }
        ending = end;
        long[] words = new long[all.words().length];
        if (end.length > 0) {
            words[end[0] >> 6] |= 1L << end[0];
        }
        if (left > end.length) {
            addThoseThatEnd(all, left - 1, words);
        }
        return words;
    }

    /** The tokens behind which so many are enough. */
    private void addThoseThatEnd(TokenMask all, int left, long[] words) {
        Map<QueryRecognizer, Boolean> known = new HashMap<>();
        all.forEach(token -> {
            byte[] bytes = masks.bytes(token);
            QueryRecognizer next = bytes == null ? null : place.next(bytes);
            boolean fits = next != null
                    && known.computeIfAbsent(next, each -> Optional.ofNullable(ending(each))
                            .map(end -> end.length <= left)
                            .orElse(false));
            if (fits) {
                words[token >> 6] |= 1L << token;
            }
        });
    }

    private int @Nullable [] ending(QueryRecognizer from) {
        return masks.spelled(from.ending());
    }

    @Override
    public boolean mayEnd() {
        return place.mayEnd();
    }

    @Override
    public void advance(int token) {
        byte[] bytes = masks.bytes(token);
        QueryRecognizer next = bytes == null ? null : place.next(bytes);
        if (next == null) {
            throw new IllegalArgumentException("token " + token + " isn't allowed here");
        }
        place = next;
        mask = null;
        int[] before = ending;
        boolean along = before != null && before.length > 0 && before[0] == token;
        ending = along ? Arrays.copyOfRange(before, 1, before.length) : null;
    }

    @Override
    public int[] forced() {
        int[] forced = new int[MOST_FORCED];
        int count = 0;
        SchemaConstraint ahead = new SchemaConstraint(this);
        while (count < MOST_FORCED && !ahead.mayEnd() && ahead.mask().count() == 1) {
            forced[count] = ahead.mask().first();
            ahead.advance(forced[count++]);
        }
        return Arrays.copyOf(forced, count);
    }

    @Override
    public TokenConstraint copy() {
        return new SchemaConstraint(this);
    }
}
