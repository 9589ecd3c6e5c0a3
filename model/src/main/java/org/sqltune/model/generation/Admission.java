package org.sqltune.model.generation;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.KvPool;
import org.sqltune.model.decoder.PagedText;
import org.sqltune.model.decoder.PrefixStatistics;
import org.sqltune.model.decoder.PrefixTree;
import org.sqltune.model.decoder.TextAdapter;

/**
 * Prompts that wait, and the memory that they get when they begin: what is kept of their beginning, and pages for the rest
 * and for all that may follow, so that no text runs out of memory on its way. For one thread at a time.
 */
final class Admission {
    private final Decoder decoder;
    private final KvPool pool;
    private final PrefixTree prefixes;
    private final Deque<Generation> waiting = new ArrayDeque<>();

    Admission(Decoder decoder, KvPool pool) {
        this.decoder = decoder;
        this.pool = pool;
        this.prefixes = new PrefixTree(pool);
    }

    void queue(Generation generation) {
        waiting.add(generation);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    boolean waitsFor(TextAdapter adapter) {
        return waiting.stream().anyMatch(each -> each.adapter() == adapter);
    }

    /** Drops prompts, without an end. */
    void clearWaiting() {
        waiting.clear();
    }

    /** Those that were cancelled end before anything is computed. */
    void endCancelled() {
        waiting.removeIf(each -> {
            if (each.cancelled()) {
                each.finish(Generation.End.CANCELLED);
            }
            return each.done();
        });
    }

    /**
     * Begins what can begin, in order. A prompt that waits for a beginning that is being computed is overtaken, since it won't
     * wait long; one that waits for memory isn't.
     *
     * @param running takes those that began
     * @param texts how many run at most
     */
    void admit(List<Generation> running, int texts) {
        Iterator<Generation> each = waiting.iterator();
        while (running.size() < texts && each.hasNext()) {
            Generation next = each.next();
            if (!sharesMoreLater(next, running)) {
                if (!begin(next, running)) {
                    return;
                }
                each.remove();
                addBesideItsLike(next, running);
            }
        }
    }

    /** Rows of one adapter that follow each other are one product. */
    private static void addBesideItsLike(Generation next, List<Generation> running) {
        int place = running.size();
        while (place > 0 && running.get(place - 1).adapter() != next.adapter()) {
            place--;
        }
        running.add(place == 0 ? running.size() : place, next);
    }

    /** Whether a prompt that is being computed will have more in common with it than what is there now. */
    private boolean sharesMoreLater(Generation next, List<Generation> running) {
        if (!keepsItsFrequencies(next)) {
            return false;
        }
        int most = 0;
        for (Generation each : running) {
            if (!each.prefilled() && each.adapter() == next.adapter() && keepsItsFrequencies(each)) {
                most = Math.max(most, commonPrefix(each.prompt(), next.prompt()));
            }
        }
        return most >= KvPool.PAGE && most >= known(next) + KvPool.PAGE;
    }

    private int known(Generation generation) {
        return prefixes.known(generation.adapter(), lengthClass(generation.prompt()), generation.prompt());
    }

    private int lengthClass(long[] prompt) {
        return decoder.lengthClass(prompt.length);
    }

    private static int commonPrefix(long[] a, long[] b) {
        int mismatch = Arrays.mismatch(a, b);
        return mismatch < 0 ? a.length : mismatch;
    }

    /**
     * Whether its prompt's keys and values stay right however long the text grows. Those of others are computed again on the way,
     * so that they are of no use to anybody else.
     */
    private boolean keepsItsFrequencies(Generation generation) {
        return lengthClass(generation.prompt()) == decoder.lengthClass(generation.mostTokens());
    }

    private boolean begin(Generation next, List<Generation> running) {
        PagedText text = known(next, running);
        int tokens = next.mostTokens() - text.length();
        if (!text.reserve(tokens) && !(makeRoom(text, tokens, running) && text.reserve(tokens))) {
            text.close();
            return false;
        }
        prefixes.count(next.prompt().length, text.length());
        next.begin(text);
        return true;
    }

    /** A text that begins with as much of the prompt as is kept, but for its last token, which must be computed. */
    private PagedText known(Generation next, List<Generation> running) {
        long[] prompt = next.prompt();
        if (!keepsItsFrequencies(next)) {
            return pool.newText(next.adapter());
        }
        PagedText text = prefixes.begin(next.adapter(), lengthClass(prompt), prompt, prompt.length - 1);
        // On the way to its length the prompt may have other frequencies for a while.
        boolean stale = decoder.lengthClass(text.length()) != lengthClass(prompt);
        // A beginning that ends within a page takes one page more than a text of its own, which may be one too many.
        boolean tooMany =
                running.isEmpty() && pagesOf(text) + text.pagesFor(next.mostTokens() - text.length()) > pool.pages();
        if (stale || tooMany) {
            text.close();
            return pool.newText(next.adapter());
        }
        return text;
    }

    private static int pagesOf(PagedText text) {
        BitSet pages = new BitSet();
        text.markPages(pages);
        return pages.cardinality();
    }

    /**
     * Drops what wasn't used for the longest time, until the text has room; nothing if it can't have enough. Pinned beginnings
     * leave only if nothing is running that will make room.
     */
    private boolean makeRoom(PagedText text, int tokens, List<Generation> running) {
        int needed = text.pagesFor(tokens);
        while (pool.pages() - held(text, running) < needed) {
            if (!running.isEmpty() || !prefixes.unpinOldest()) {
                return false;
            }
        }
        while (pool.freePages() < needed) {
            if (!prefixes.evict()) {
                return false;
            }
        }
        return true;
    }

    /** Pages that no eviction frees. */
    private int held(PagedText text, List<Generation> running) {
        BitSet pages = new BitSet(pool.pages());
        text.markPages(pages);
        running.forEach(each -> each.text().markPages(pages));
        prefixes.markPinned(pages);
        return pages.cardinality();
    }

    /** Keeps what is computed of a prompt for others that begin alike. */
    void keepPrompt(Generation generation) {
        PagedText text = generation.text();
        if (keepsItsFrequencies(generation)
                && decoder.lengthClass(text.length()) == lengthClass(generation.prompt())) {
            prefixes.keep(text, Math.min(text.length(), generation.prompt().length));
        }
    }

    /** Pins what is kept of a beginning; see {@link PrefixTree#pin}. */
    boolean pin(TextAdapter adapter, long[] prefix) {
        return prefixes.pin(adapter, lengthClass(prefix), prefix);
    }

    boolean unpin(TextAdapter adapter, long[] prefix) {
        return prefixes.unpin(adapter, prefix);
    }

    void forget(TextAdapter adapter) {
        prefixes.forget(adapter);
    }

    void forgetAll() {
        prefixes.clear();
    }

    PrefixStatistics statistics() {
        return prefixes.statistics();
    }
}
