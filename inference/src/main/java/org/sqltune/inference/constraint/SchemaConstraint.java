package org.sqltune.inference.constraint;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.sql.recognizer.QueryRecognizer;
import org.sqltune.model.generation.TokenConstraint;

/** Keeps one answer to queries that the database prepares. */
final class SchemaConstraint implements TokenConstraint {
    private static final Logger log = LoggerFactory.getLogger(SchemaConstraint.class);

    /** Tokens that, beside the reserve, every end has room in. */
    private static final int PLENTY = 96;

    private static final int MOST_FORCED = 32;

    /** Tokens of one text in single quotes. */
    private static final int LONGEST_STRING = 96;

    private final TokenMasks masks;
    private final TokenMasks.Cache cache;
    /** How many tokens the shortest end may become longer by one token. */
    private final int reserve;
    /** What was written, for a message. */
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    /** Whether a place was reached that nothing leads on from, which is a fault of ours. */
    private boolean stuck;

    private QueryRecognizer place;
    private @Nullable TokenMask mask;
    /** The token that was asked about last, and where it leads to. */
    private int asked = -1;

    private @Nullable QueryRecognizer behindAsked;
    /** What was found to be allowed here with so many tokens left. */
    private int foundFor = -1;

    private long[] found = {};
    /** The tokens of the shortest end from here; null if it isn't known yet, or can't be spelled. */
    private int @Nullable [] shortest;

    private boolean shortestKnown;
    /** Tokens of the text in quotes that is being written. */
    private int inString;
    /** The way to the end that is being followed because few tokens are left; null if none is. */
    private int @Nullable [] ending;

    /** @param reserve how many tokens the shortest end may become longer by one token */
    SchemaConstraint(TokenMasks masks, TokenMasks.Cache cache, int reserve, QueryRecognizer place) {
        this.masks = masks;
        this.cache = cache;
        this.reserve = reserve;
        this.place = place;
    }

    private SchemaConstraint(SchemaConstraint other) {
        this(other.masks, other.cache, other.reserve, other.place);
        this.mask = other.mask;
        this.stuck = other.stuck;
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
     * Follows the recogniser, which never leads to a dead end. Should it all the same, the answer ends there as it is: what a
     * model would add without constraint is no better. A warning says so.
     */
    @Override
    public long[] allowed(int tokensLeft) {
        if (stuck) {
            return masks.none();
        }
        try {
            long[] words = foundFor == tokensLeft ? found : find(tokensLeft);
            foundFor = tokensLeft;
            found = words;
            if (mayEnd() || Arrays.stream(words).anyMatch(word -> word != 0)) {
                return words;
            }
            getStuck("nothing may follow");
        } catch (IllegalStateException e) {
            getStuck(String.valueOf(e.getMessage()));
        }
        return masks.none();
    }

    @Override
    public boolean allows(int token, int tokensLeft) {
        byte[] bytes = masks.bytes(token);
        if (stuck || bytes == null) {
            return false;
        }
        if (isTextTooLong() && !TokenMasks.hasQuote(bytes)) {
            return false;
        }
        QueryRecognizer next = place.next(bytes);
        asked = token;
        behindAsked = next;
        return next != null && (tokensLeft > PLENTY + reserve || leavesRoom(token, next, tokensLeft));
    }

    /** Whether enough tokens are left behind a token for an end, as {@link #find} has it. */
    private boolean leavesRoom(int token, QueryRecognizer next, int tokensLeft) {
        try {
            int left = tokensLeft - 1;
            int[] end = nearestEnd();
            if (end == null || left > end.length + reserve) {
                ending = null;
                return true;
            }
            ending = end;
            boolean onTheWay = end.length > 0 && end[0] == token;
            return onTheWay || (left > end.length && !place.mayBeAnyName() && fits(next, left - 1));
        } catch (IllegalStateException e) {
            getStuck(String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** The shorter of the end that is being followed and the one from here; null if the tokenizer can't spell any. */
    private int @Nullable [] nearestEnd() {
        int[] end = shortest();
        return ending != null && (end == null || ending.length <= end.length) ? ending : end;
    }

    private boolean fits(QueryRecognizer from, int tokens) {
        int[] end = ending(from);
        return end != null && end.length <= tokens;
    }

    private boolean isTextTooLong() {
        return inString >= LONGEST_STRING;
    }

    private void getStuck(String why) {
        stuck = true;
        log.warn(
                "An answer ends unfinished, which is a fault of its constraint: --verbose tells where, please report that");
        log.debug("{} behind '{}'", why, text.toString(StandardCharsets.UTF_8));
    }

    private long[] find(int tokensLeft) {
        TokenMask all = mask();
        if (isTextTooLong()) {
            all = masks.withQuote(all);
        }
        if (tokensLeft > PLENTY + reserve) {
            return all.words();
        }
        // One token is kept for the one that ends the text.
        int left = tokensLeft - 1;
        int[] end = nearestEnd();
        if (end == null || left > end.length + reserve) {
            ending = null;
            return all.words();
        }
        ending = end;
        long[] words = new long[all.words().length];
        if (end.length > 0) {
            words[end[0] >> 6] |= 1L << end[0];
        }
        // A name of the query's own may go on in thousands of ways: near the end it is cut short instead.
        if (left > end.length && !place.mayBeAnyName()) {
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
            boolean fits = next != null && known.computeIfAbsent(next, each -> fits(each, left));
            if (fits) {
                words[token >> 6] |= 1L << token;
            }
        });
    }

    private int @Nullable [] shortest() {
        if (!shortestKnown) {
            shortest = ending(place);
            shortestKnown = true;
        }
        return shortest;
    }

    private int @Nullable [] ending(QueryRecognizer from) {
        return masks.spelled(from.ending());
    }

    @Override
    public boolean mayEnd() {
        return !stuck && place.mayEnd();
    }

    @Override
    public void advance(int token) {
        byte[] bytes = masks.bytes(token);
        QueryRecognizer next = asked == token ? behindAsked : bytes == null ? null : place.next(bytes);
        if (stuck || bytes == null || next == null) {
            throw new IllegalArgumentException("token " + token + " isn't allowed here");
        }
        asked = -1;
        behindAsked = null;
        text.writeBytes(bytes);
        place = next;
        mask = null;
        foundFor = -1;
        shortestKnown = false;
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
        while (!stuck && count < MOST_FORCED && !ahead.mayEnd() && ahead.isForced()) {
            forced[count] = ahead.mask().first();
            ahead.advance(forced[count++]);
        }
        return Arrays.copyOf(forced, count);
    }

    @Override
    public int[] ending() {
        int[] end = null;
        try {
            end = stuck ? null : shortest();
        } catch (IllegalStateException e) {
            getStuck(String.valueOf(e.getMessage()));
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
