package org.sqltune.inference.engine;

import java.util.Arrays;
import java.util.List;
import org.sqltune.model.tokenizer.Tokenizer;

/**
 * The text of an answer while its tokens come. A token may be a part of a character, and a stop text may begin within a
 * token: what could still become either is held back.
 */
final class GrowingText {
    private static final char INCOMPLETE = '\uFFFD';

    private final Tokenizer tokenizer;
    private final List<String> stopTexts;
    private final StringBuilder text = new StringBuilder();
    private long[] ids = new long[16];
    private int count;
    private int decoded;
    private int context;
    private int told;
    private boolean stopped;

    GrowingText(Tokenizer tokenizer, List<String> stopTexts) {
        this.tokenizer = tokenizer;
        this.stopTexts = stopTexts;
    }

    /** Takes a token; gives the text that is certain since the last time. */
    String add(int id) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
        }
        ids[count++] = id;
        // Some tokens before the new ones: a token's text depends on what stands before it.
        String before = tokenizer.decode(Arrays.copyOfRange(ids, context, decoded));
        String now = tokenizer.decode(Arrays.copyOfRange(ids, context, count));
        if (now.isEmpty() || now.charAt(now.length() - 1) == INCOMPLETE || !now.startsWith(before)) {
            return "";
        }
        text.append(now, before.length(), now.length());
        context = decoded;
        decoded = count;
        return certain();
    }

    private String certain() {
        int end = firstStop();
        if (end >= 0) {
            text.setLength(end);
            stopped = true;
        }
        return tellUpTo(stopped ? text.length() : text.length() - heldBack());
    }

    private int firstStop() {
        int first = -1;
        for (String each : stopTexts) {
            int found = text.indexOf(each, Math.max(0, told - each.length() + 1));
            if (found >= 0 && (first < 0 || found < first)) {
                first = found;
            }
        }
        return first;
    }

    /** Characters at the end that may be the beginning of a stop text. */
    private int heldBack() {
        int most = 0;
        for (String each : stopTexts) {
            for (int length = Math.min(each.length() - 1, text.length()); length > most; length--) {
                if (each.startsWith(text.substring(text.length() - length))) {
                    most = length;
                }
            }
        }
        return most;
    }

    private String tellUpTo(int end) {
        if (end <= told) {
            return "";
        }
        String piece = text.substring(told, end);
        told = end;
        return piece;
    }

    /** Whether a stop text came. */
    boolean stopped() {
        return stopped;
    }

    /** What was held back, when no more tokens come. */
    String rest() {
        if (!stopped && decoded < count) {
            String before = tokenizer.decode(Arrays.copyOfRange(ids, context, decoded));
            String now = tokenizer.decode(Arrays.copyOfRange(ids, context, count));
            text.append(now.startsWith(before) ? now.substring(before.length()) : now);
            decoded = count;
        }
        return tellUpTo(text.length());
    }

    /** All of it so far. */
    String text() {
        return text.toString();
    }
}
