package org.sqltune.model.generation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.decoder.PagedText;

/**
 * Texts that have ended and whose keys and values are kept, for prompts that begin like them. The least recently used is
 * dropped first. For one thread at a time.
 */
final class PrefixCache {
    private static final int TEXTS = 64;

    private final Deque<PagedText> texts = new ArrayDeque<>();

    /** The text that has most in common with a prompt, which counts as a use of it; none where none begins alike. */
    Optional<PagedText> longest(long[] prompt) {
        @Nullable PagedText best = null;
        int longest = 0;
        for (PagedText each : texts) {
            int common = each.commonPrefix(prompt);
            if (common > longest) {
                best = each;
                longest = common;
            }
        }
        if (best != null) {
            texts.remove(best);
            texts.addLast(best);
        }
        return Optional.ofNullable(best);
    }

    /** Takes a text over. */
    void keep(PagedText text) {
        texts.addLast(text);
        if (texts.size() > TEXTS) {
            dropOldest();
        }
    }

    /**
     * Drops the text that wasn't used for the longest time.
     *
     * @return whether there was one
     */
    boolean dropOldest() {
        PagedText oldest = texts.pollFirst();
        if (oldest == null) {
            return false;
        }
        oldest.close();
        return true;
    }

    void clear() {
        while (dropOldest()) {
            // One after the other.
        }
    }
}
