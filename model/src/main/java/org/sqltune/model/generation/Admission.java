package org.sqltune.model.generation;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
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
    private final Set<Integer> stopIds;
    private final int texts;
    private final Deque<Generation> waiting = new ArrayDeque<>();

    /** @param texts how many are continued at once */
    Admission(Decoder decoder, KvPool pool, Set<Integer> stopIds, int texts) {
        this.decoder = decoder;
        this.pool = pool;
        this.stopIds = stopIds;
        this.texts = texts;
        this.prefixes = new PrefixTree(pool);
    }

    /** Whether a prompt of so many tokens fits the memory with all that may follow, when it has all of it. */
    boolean fits(int promptTokens, GenerationSettings settings) {
        long ofPrompt = KvPool.pagesOf(promptTokens + tokensOfPrompt(settings));
        return ofPrompt + pagesOfBranches(promptTokens, settings) <= pool.pages();
    }

    /** New tokens that lie in the prompt's own pages: those of a single text. */
    private static int tokensOfPrompt(GenerationSettings settings) {
        return settings.width() == 1 ? settings.maxNewTokens() : 0;
    }

    private static int branches(GenerationSettings settings) {
        return settings.width() == 1 ? 0 : settings.width();
    }

    private long pagesOfBranches(int promptTokens, GenerationSettings settings) {
        return (long) branches(settings) * KvPool.pagesOf(tokensOfBranch(promptTokens, settings));
    }

    /** Tokens of a text's own pages: what it has in common with its prompt's last page is copied. */
    private int tokensOfBranch(int promptTokens, GenerationSettings settings) {
        int inLastPage = computedAgain(promptTokens, settings) ? promptTokens : KvPool.PAGE - 1;
        return inLastPage + settings.maxNewTokens();
    }

    /**
     * Whether a text's rotary frequencies change as it grows: all of it is computed again then, so that it shares nothing with
     * others.
     */
    private boolean computedAgain(int promptTokens, GenerationSettings settings) {
        return decoder.lengthClass(promptTokens) != decoder.lengthClass(promptTokens + settings.maxNewTokens());
    }

    private boolean computedAgain(Generation generation) {
        return computedAgain(generation.prompt().length, generation.settings());
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
     */
    void admit(List<Generation> running) {
        Iterator<Generation> each = waiting.iterator();
        while (each.hasNext()) {
            Generation next = each.next();
            if (!hasPlaceFor(next, running)) {
                return;
            }
            if (!sharesMoreLater(next, running)) {
                if (!begin(next, running)) {
                    return;
                }
                each.remove();
                running.add(next);
            }
        }
    }

    /** More texts of one prompt than are continued at once have their turn alone. */
    private boolean hasPlaceFor(Generation next, List<Generation> running) {
        int taken = running.stream().mapToInt(each -> each.settings().width()).sum();
        return running.isEmpty() || taken + next.settings().width() <= texts;
    }

    /** Whether a prompt that is being computed will have more in common with it than what is there now. */
    private boolean sharesMoreLater(Generation next, List<Generation> running) {
        if (computedAgain(next)) {
            return false;
        }
        int most = 0;
        for (Generation each : running) {
            if (!each.prefilled() && each.adapter() == next.adapter() && !each.whole()) {
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

    private boolean begin(Generation next, List<Generation> running) {
        int prompt = next.prompt().length;
        GenerationSettings settings = next.settings();
        PagedText text = known(next, running);
        int tokens = prompt + tokensOfPrompt(settings) - text.length();
        if (!makeRoom(text.pagesFor(tokens) + pagesOfBranches(prompt, settings), running) || !text.reserve(tokens)) {
            text.close();
            return false;
        }
        Rooms rooms = Rooms.of(pool, branches(settings), tokensOfBranch(prompt, settings))
                .orElseThrow();
        prefixes.count(prompt, text.length());
        next.begin(text, rooms, computedAgain(next), stopIds);
        return true;
    }

    /** A text that begins with as much of the prompt as is kept, but for its last token, which must be computed. */
    private PagedText known(Generation next, List<Generation> running) {
        long[] prompt = next.prompt();
        if (computedAgain(next)) {
            return pool.newText(next.adapter());
        }
        PagedText text = prefixes.begin(next.adapter(), lengthClass(prompt), prompt, prompt.length - 1);
        // On the way to its length the prompt may have other frequencies for a while.
        boolean stale = decoder.lengthClass(text.length()) != lengthClass(prompt);
        if (stale || running.isEmpty() && !fitsAlone(text, next)) {
            text.close();
            return pool.newText(next.adapter());
        }
        return text;
    }

    /** A beginning that ends within a page takes one page more than a text of its own, which may be one too many. */
    private boolean fitsAlone(PagedText text, Generation next) {
        int prompt = next.prompt().length;
        int tokens = prompt + tokensOfPrompt(next.settings()) - text.length();
        return text.pages() + text.pagesFor(tokens) + pagesOfBranches(prompt, next.settings()) <= pool.pages();
    }

    /**
     * Drops what wasn't used for the longest time, until so many pages are free; nothing if that isn't enough. Pinned
     * beginnings leave only if nothing is running that will make room.
     */
    private boolean makeRoom(long pages, List<Generation> running) {
        if (pool.freePages() >= pages) {
            return true;
        }
        while (pool.freePages() + prefixes.evictablePages() < pages) {
            if (!running.isEmpty() || !prefixes.unpinOldest()) {
                return false;
            }
        }
        while (pool.freePages() < pages) {
            if (!prefixes.evict()) {
                return false;
            }
        }
        return true;
    }

    /** Keeps what is computed of a prompt for others that begin alike. */
    void keepPrompt(Generation generation) {
        PagedText text = generation.text();
        if (!generation.whole() && decoder.lengthClass(text.length()) == lengthClass(generation.prompt())) {
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
