package org.sqltune.inference.constraint;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.sql.recognizer.QueryRecognizer;
import org.sqltune.model.generation.TokenConstraint;

/** Keeps one answer to queries that the database prepares. */
final class SchemaConstraint implements TokenConstraint {
    private static final Logger log = LoggerFactory.getLogger(SchemaConstraint.class);

    /** How many tokens the shortest end may become longer by one token; ends grow by a few. */
    private static final int RESERVE = 32;

    /** Tokens that every end has room in. */
    private static final int PLENTY = 160;

    private static final int MOST_LOOKED_AT = 1_000;

    private static final int MOST_FORCED = 32;

    /** Tokens of one text in single quotes. */
    private static final int LONGEST_STRING = 96;

    private final TokenMasks masks;
    private final TokenMasks.Cache cache;
    /** What was written, for a message. */
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    private boolean off;
    private QueryRecognizer place;
    private @Nullable TokenMask mask;
    /** The token that was asked about last, and where it leads to. */
    private int asked = -1;

    private @Nullable QueryRecognizer behindAsked;
    /** Tokens of the text in quotes that is being written. */
    private int inString;
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
        this.off = other.off;
        this.text.writeBytes(other.text.toByteArray());
        this.ending = other.ending;
        this.inString = other.inString;
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

    /**
     * Follows the recogniser, which never leads to a dead end. Should it all the same, the answer goes on without constraint,
     * and a warning says where that was.
     */
    @Override
    public long[] allowed(int tokensLeft) {
        if (off) {
            return masks.all();
        }
        try {
            long[] words = found(tokensLeft);
            if (mayEnd() || Arrays.stream(words).anyMatch(word -> word != 0)) {
                return words;
            }
            turnOff("nothing may follow");
        } catch (IllegalStateException e) {
            turnOff(String.valueOf(e.getMessage()));
        }
        return masks.all();
    }

    @Override
    public boolean allows(int token, int tokensLeft) {
        byte[] bytes = masks.bytes(token);
        if (off || bytes == null) {
            return off && bytes != null;
        }
        if (isTextTooLong() && !TokenMasks.hasQuote(bytes)) {
            return false;
        }
        if (tokensLeft > PLENTY || roomBehind(tokensLeft)) {
            asked = token;
            behindAsked = place.next(bytes);
            return behindAsked != null;
        }
        return TokenConstraint.super.allows(token, tokensLeft);
    }

    /** Whether there is an end for which enough tokens are left whatever comes next. */
    private boolean roomBehind(int tokensLeft) {
        try {
            int[] end = ending(place);
            return ending == null && end != null && tokensLeft - 1 > end.length + RESERVE;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private boolean isTextTooLong() {
        return inString >= LONGEST_STRING;
    }

    private void turnOff(String why) {
        off = true;
        log.warn(
                "An answer goes on without constraint, please report this: {} behind '{}'",
                why.length() > 200 ? why.substring(0, 200) + " …" : why,
                text.toString(StandardCharsets.UTF_8));
    }

    private long[] found(int tokensLeft) {
        TokenMask all = mask();
        if (isTextTooLong()) {
            all = masks.withQuote(all);
        }
        if (tokensLeft > PLENTY) {
            return all.words();
        }
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
        // A name of the query's own may go on in thousands of ways: near the end it is cut short instead.
        boolean manyNames = all.count() > MOST_LOOKED_AT && !place.isInString();
        if (left > end.length && !manyNames) {
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
                    && known.computeIfAbsent(
                            next,
                            each -> Optional.ofNullable(ending(each))
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
        return off || place.mayEnd();
    }

    @Override
    public void advance(int token) {
        byte[] bytes = masks.bytes(token);
        if (off) {
            return;
        }
        QueryRecognizer next = asked == token ? behindAsked : bytes == null ? null : place.next(bytes);
        if (bytes == null || next == null) {
            throw new IllegalArgumentException("token " + token + " isn't allowed here");
        }
        asked = -1;
        behindAsked = null;
        text.writeBytes(bytes);
        place = next;
        mask = null;
        inString = place.isInString() ? inString + 1 : 0;
        int[] before = ending;
        ending = before != null && before.length > 0 && before[0] == token
                ? Arrays.copyOfRange(before, 1, before.length)
                : null;
    }

    /** Where the mask of this place isn't known it isn't made for this: names may be written in any case, so it hardly ever has one token. */
    @Override
    public int[] forced() {
        int[] forced = new int[MOST_FORCED];
        int count = 0;
        SchemaConstraint ahead = new SchemaConstraint(this);
        while (!off && count < MOST_FORCED && !ahead.mayEnd() && ahead.isForced()) {
            forced[count] = ahead.mask().first();
            ahead.advance(forced[count++]);
        }
        return Arrays.copyOf(forced, count);
    }

    @Override
    public int[] ending() {
        int[] end = null;
        try {
            end = off ? null : ending(place);
        } catch (IllegalStateException e) {
            turnOff(String.valueOf(e.getMessage()));
        }
        return end == null ? new int[0] : end;
    }

    private boolean isForced() {
        TokenMask known = mask == null ? cache.get(place) : mask;
        return known != null && known.count() == 1;
    }

    @Override
    public TokenConstraint copy() {
        return new SchemaConstraint(this);
    }
}
