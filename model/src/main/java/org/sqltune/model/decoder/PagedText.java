package org.sqltune.model.decoder;

import java.util.Arrays;

/**
 * A text whose keys and values lie in a {@link KvPool}: its tokens, the slot of each, and the adapter they are computed with.
 * Texts that begin alike can share the slots of that beginning, which nobody writes again. For one thread at a time, together with its pool; another
 * is refused.
 */
public final class PagedText implements AutoCloseable {
    private final KvPool pool;
    private final TextAdapter adapter;
    private long[] ids = new long[64];
    private int[] slots = new int[64];
    private int[] pages = new int[8];
    private int pageCount;
    private int reserved;
    private int length;
    private int lengthClass;
    private int shared;

    PagedText(KvPool pool, TextAdapter adapter) {
        this.pool = pool;
        this.adapter = adapter;
    }

    /** What it is computed with. */
    public TextAdapter adapter() {
        return adapter;
    }

    /** Tokens whose keys and values it holds. */
    public int length() {
        return length;
    }

    /** How many of its first tokens are these. */
    public int commonPrefix(long[] tokens) {
        int mismatch = Arrays.mismatch(ids, 0, length, tokens, 0, tokens.length);
        return mismatch < 0 ? Math.min(length, tokens.length) : mismatch;
    }

    /**
     * A text that begins as this one does, with the same slots; what comes behind lies in pages of its own.
     *
     * @param tokens how many tokens it shares, at most {@link #length}
     */
    public PagedText shareBeginning(int tokens) {
        return pool.guard().call(() -> {
            requireTokens(tokens);
            PagedText other = new PagedText(pool, adapter);
            other.borrow(ids, slots, 0, tokens);
            other.lengthClass = lengthClass;
            shared = Math.max(shared, tokens);
            return other;
        });
    }

    private void requireTokens(int tokens) {
        if (tokens > length) {
            throw new IllegalArgumentException("the text has " + length + " tokens, not " + tokens);
        }
    }

    /** Says that others have the slots of the first tokens, too, which {@link #truncate} must keep then. */
    void shared(int tokens) {
        shared = Math.max(shared, tokens);
    }

    /**
     * Adds tokens that were computed for others, as long as it has none of its own.
     *
     * @param theirIds tokens
     * @param theirSlots the slot of each
     * @param from the first of them that is taken
     * @param end one behind the last that is taken
     */
    void borrow(long[] theirIds, int[] theirSlots, int from, int end) {
        int count = end - from;
        grow(length + count);
        System.arraycopy(theirIds, from, ids, length, count);
        System.arraycopy(theirSlots, from, slots, length, count);
        int last = pageCount == 0 ? -1 : pages[pageCount - 1];
        for (int i = length; i < length + count; i++) {
            int page = slots[i] / KvPool.PAGE;
            if (page != last) {
                pool.share(page);
                addPage(page);
                last = page;
            }
        }
        length += count;
        reserved = length;
        shared = length;
    }

    /** Which of the model's rotary frequencies its tokens were computed with. */
    void lengthClass(int newLengthClass) {
        lengthClass = newLengthClass;
    }

    /**
     * A text of the same tokens that goes on by itself. It shares the pages that are full; what lies in the last one is
     * copied, so that each of the two fills its pages.
     *
     * @param more tokens that it gets slots for
     * @throws IllegalStateException if there are no free pages for that, which the caller keeps free
     */
    public PagedText fork(int more) {
        return forkBehind(fullPages(), more);
    }

    /** As {@link #fork}, with all of it copied: for texts that may have to be computed again. */
    public PagedText copy(int more) {
        return forkBehind(0, more);
    }

    private PagedText forkBehind(int common, int more) {
        PagedText other = common > 0 ? shareBeginning(common) : new PagedText(pool, adapter);
        if (!other.reserve(length - common + more)) {
            other.close();
            throw new IllegalStateException("no free pages for another text of " + (length + more) + " tokens");
        }
        System.arraycopy(ids, common, other.ids, common, length - common);
        other.length = length;
        other.lengthClass = lengthClass;
        if (length > common) {
            pool.copy(longs(slots, common, length), longs(other.slots, common, length));
        }
        return other;
    }

    /** Tokens that a {@link #fork} takes slots for, with so many more. */
    public int tokensOfFork(int more) {
        return length - fullPages() + more;
    }

    /** Tokens that lie in pages to which this text adds nothing any more. */
    private int fullPages() {
        int tokens = length;
        while (length < reserved && tokens > 0 && slots[tokens - 1] / KvPool.PAGE == slots[length] / KvPool.PAGE) {
            tokens--;
        }
        return tokens;
    }

    private static long[] longs(int[] values, int from, int to) {
        return Arrays.stream(values, from, to).asLongStream().toArray();
    }

    /** Pages that must be free before {@code tokens} more fit. */
    public int pagesFor(int tokens) {
        int more = length + tokens - reserved;
        return more <= 0 ? 0 : KvPool.pagesOf(more);
    }

    /**
     * Takes slots for {@code tokens} more.
     *
     * @return whether the pool had enough free pages; nothing is taken otherwise
     */
    public boolean reserve(int tokens) {
        return pool.guard().call(() -> {
            int needed = pagesFor(tokens);
            if (needed > pool.freePages()) {
                return false;
            }
            for (int i = 0; i < needed; i++) {
                takePage();
            }
            return true;
        });
    }

    private void takePage() {
        int page = pool.take();
        addPage(page);
        grow(reserved + KvPool.PAGE);
        for (int offset = 0; offset < KvPool.PAGE; offset++) {
            slots[reserved++] = page * KvPool.PAGE + offset;
        }
    }

    private void addPage(int page) {
        if (pageCount == pages.length) {
            pages = Arrays.copyOf(pages, 2 * pageCount);
        }
        pages[pageCount++] = page;
    }

    private void grow(int tokens) {
        if (tokens > slots.length) {
            int size = Math.max(tokens, 2 * slots.length);
            slots = Arrays.copyOf(slots, size);
            ids = Arrays.copyOf(ids, size);
        }
    }

    /** Adds tokens whose slots are reserved; their keys and values are written next. */
    void append(int newLengthClass, long... tokens) {
        if (length + tokens.length > reserved) {
            throw new IllegalStateException("slots for " + tokens.length + " tokens weren't reserved");
        }
        System.arraycopy(tokens, 0, ids, length, tokens.length);
        length += tokens.length;
        lengthClass = newLengthClass;
    }

    /**
     * Forgets all tokens but the first; the slots of the others stay with the text, for what comes next.
     *
     * @throws IllegalStateException if a longer beginning is shared with other texts
     */
    public void truncate(int newLength) {
        pool.guard().run(() -> {
            requireTokens(newLength);
            if (newLength < shared) {
                throw new IllegalStateException(
                        "the first " + shared + " tokens are shared, so " + newLength + " can't be kept alone");
            }
            length = newLength;
        });
    }

    /** How many of its first tokens it shares with others, which {@link #truncate} must keep. */
    public int shared() {
        return shared;
    }

    /** Gives the pages back that no token lies in. */
    public void trim() {
        pool.guard().run(() -> {
            int empty = (reserved - length) / KvPool.PAGE;
            for (int i = 0; i < empty; i++) {
                pool.release(pages[--pageCount]);
            }
            reserved -= empty * KvPool.PAGE;
        });
    }

    /** Gives every page back and has no tokens then. */
    public void clear() {
        pool.guard().run(() -> {
            for (int i = 0; i < pageCount; i++) {
                pool.release(pages[i]);
            }
            pageCount = 0;
            reserved = 0;
            length = 0;
            shared = 0;
        });
    }

    /** Pages that it has, shared ones included. */
    public int pages() {
        return pageCount;
    }

    /** Tokens that it has slots for, those it holds included. */
    int reserved() {
        return reserved;
    }

    /** The token at a place. */
    public long id(int place) {
        return ids[place];
    }

    long[] ids() {
        return Arrays.copyOf(ids, length);
    }

    int slot(int place) {
        return slots[place];
    }

    int[] slots(int from, int end) {
        return Arrays.copyOfRange(slots, from, end);
    }

    /** Which of the model's rotary frequencies its tokens were computed with. */
    int lengthClass() {
        return lengthClass;
    }

    /** Gives its pages back. */
    @Override
    public void close() {
        clear();
    }
}
