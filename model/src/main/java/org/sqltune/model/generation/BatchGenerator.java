package org.sqltune.model.generation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.thread.OneThread;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.KvPool;
import org.sqltune.model.decoder.PagedDecoder;
import org.sqltune.model.decoder.PagedDecoder.NewTokens;
import org.sqltune.model.decoder.PagedText;

/**
 * Continues many prompts at once. Texts join and leave between tokens, and one pass over the weights computes a token of
 * each (continuous batching, Yu et al., OSDI 2022). Their keys and values lie in pages; beginnings that prompts share are
 * computed once and kept while there is room, the least recently used leaving first. An answer doesn't depend on what is
 * computed beside it, but for rounding. For one thread at a time; another is refused.
 */
public final class BatchGenerator implements AutoCloseable {
    /** Tokens of prompts that one pass computes at most, so that running texts don't wait long for their next token. */
    private static final int PREFILL_TOKENS = 512;

    private final OneThread guard = new OneThread("A BatchGenerator", "let one thread submit, step and close");
    private final Decoder decoder;
    private final PagedDecoder paged;
    private final Set<Integer> stopIds;
    private final int texts;
    private final KvPool pool;
    private final PrefixCache prefixes = new PrefixCache();
    private final Deque<Generation> waiting = new ArrayDeque<>();
    private final List<Generation> running = new ArrayList<>();
    private long computedAt;

    /**
     * Takes its memory.
     *
     * @param stopIds tokens that end a text, such as EOS
     * @param texts how many are continued at once
     * @param pages memory for keys and values, in pages of {@link KvPool#PAGE} tokens
     */
    public BatchGenerator(Decoder decoder, Set<Integer> stopIds, int texts, int pages) {
        this.decoder = decoder;
        this.paged = decoder.paged();
        this.stopIds = Set.copyOf(stopIds);
        this.texts = texts;
        this.pool = decoder.newPool(pages);
        this.computedAt = decoder.changes();
    }

    /**
     * Queues a prompt; {@link #step} works on it.
     *
     * @param prompt its ids, at least one
     * @param listener told each new id as it is chosen
     * @throws SqlTuneException if the prompt has no ids, or it and what may follow don't fit the memory
     */
    public Generation submit(long[] prompt, GenerationSettings settings, IntConsumer listener) {
        return guard.call(() -> queued(prompt, settings, listener));
    }

    private Generation queued(long[] prompt, GenerationSettings settings, IntConsumer listener) {
        if (prompt.length == 0) {
            throw new SqlTuneException("The prompt has no tokens, and the model has no BOS token that stands before"
                    + " every prompt. Give a prompt that isn't empty");
        }
        if (!fits(prompt.length + settings.maxNewTokens())) {
            throw new SqlTuneException("A prompt of " + prompt.length + " tokens and " + settings.maxNewTokens()
                    + " new ones don't fit the memory for " + pool.pages() * KvPool.PAGE
                    + " tokens: shorten the schema or the question, lower inference.max_new_tokens, or raise"
                    + " inference.kv_cache_bytes");
        }
        Generation generation = new Generation(prompt, settings, listener);
        waiting.add(generation);
        return generation;
    }

    /** Whether a text of so many tokens, new ones included, fits the memory when it has all of it. */
    public boolean fits(int tokens) {
        return pages(tokens) <= pool.pages();
    }

    /** Whether a text waits or is being continued. */
    public boolean busy() {
        return !waiting.isEmpty() || !running.isEmpty();
    }

    /** Goes on until every text has ended. */
    public void run() {
        while (busy()) {
            step();
        }
    }

    /** Starts what can start, computes a piece of the prompts that aren't computed yet, and a token of the texts whose prompts are. */
    public void step() {
        guard.run(() -> {
            forgetIfTheModelChanged();
            dropCancelled();
            admit();
            prefill();
            decode();
        });
    }

    private void forgetIfTheModelChanged() {
        if (computedAt == decoder.changes()) {
            return;
        }
        if (!running.isEmpty()) {
            throw new IllegalStateException("the model changed while " + running.size() + " texts were continued");
        }
        prefixes.clear();
        computedAt = decoder.changes();
    }

    private void dropCancelled() {
        waiting.removeIf(each -> {
            if (each.cancelled()) {
                each.finish(Generation.End.CANCELLED);
            }
            return each.done();
        });
        for (Generation each : running) {
            if (each.cancelled() && !each.done()) {
                each.finish(Generation.End.CANCELLED);
            }
        }
        retire();
    }

    /** In order; one that waits for memory, or for a beginning that is being computed, keeps those behind it waiting. */
    private void admit() {
        while (running.size() < texts && !waiting.isEmpty()) {
            Generation next = waiting.peek();
            if (sharesMoreLater(next) || !begin(next)) {
                return;
            }
            waiting.remove();
            running.add(next);
        }
    }

    /** Whether a prompt that is being computed will have more in common with it than what is there now. */
    private boolean sharesMoreLater(Generation next) {
        int now = prefixes.longest(next.prompt())
                .map(text -> text.commonPrefix(next.prompt()))
                .orElse(0);
        for (Generation each : running) {
            int computed = each.text().commonPrefix(next.prompt());
            int common = commonPrefix(each.prompt(), next.prompt());
            now = Math.max(now, computed);
            if (!each.prefilled() && common >= now + KvPool.PAGE) {
                return true;
            }
        }
        return false;
    }

    private static int commonPrefix(long[] a, long[] b) {
        int mismatch = Arrays.mismatch(a, b);
        return mismatch < 0 ? a.length : mismatch;
    }

    private boolean begin(Generation next) {
        PagedText text = shared(next);
        int tokens = next.prompt().length + next.settings().maxNewTokens() - text.length();
        while (!text.reserve(tokens)) {
            if (!prefixes.dropOldest()) {
                text.close();
                return false;
            }
        }
        next.begin(text);
        return true;
    }

    /** A text that begins with as much of the prompt as is there, but for its last token, which must be computed. */
    private PagedText shared(Generation next) {
        PagedText best = prefixes.longest(next.prompt()).orElse(null);
        int longest = best == null ? 0 : best.commonPrefix(next.prompt());
        for (Generation each : running) {
            int common = each.text().commonPrefix(next.prompt());
            if (common > longest) {
                best = each.text();
                longest = common;
            }
        }
        int known = Math.min(longest, next.prompt().length - 1);
        boolean alike = best != null && decoder.lengthClass(known) == decoder.lengthClass(next.prompt().length);
        return best != null && known > 0 && alike ? best.shareBeginning(known) : pool.newText();
    }

    /** Those with the least left first: they are about as long, so that little is padded. */
    private void prefill() {
        List<Generation> pending = new ArrayList<>();
        for (Generation each : running) {
            if (!each.prefilled()) {
                pending.add(each);
            }
        }
        pending.sort(Comparator.comparingInt(Generation::remaining));
        int budget = PREFILL_TOKENS;
        List<Generation> chosen = new ArrayList<>();
        List<NewTokens> batch = new ArrayList<>();
        for (Generation each : pending) {
            // A text of another length would pad all: it has its turn in the next step.
            boolean fits = chosen.isEmpty()
                    || each.remaining() <= Math.max(32, 2 * chosen.get(0).remaining());
            if (budget > 0 && fits) {
                long[] ids = each.nextOfPrompt(budget);
                budget -= ids.length;
                chosen.add(each);
                batch.add(new NewTokens(each.text(), ids));
            }
        }
        compute(chosen, batch);
    }

    private void decode() {
        List<Generation> chosen = new ArrayList<>();
        List<NewTokens> batch = new ArrayList<>();
        for (Generation each : running) {
            if (each.decoding() && !each.cancelled()) {
                chosen.add(each);
                batch.add(new NewTokens(each.text(), each.last()));
            }
        }
        compute(chosen, batch);
    }

    private void compute(List<Generation> chosen, List<NewTokens> batch) {
        if (batch.isEmpty()) {
            return;
        }
        float[][] scores = paged.next(pool, batch);
        for (int i = 0; i < chosen.size(); i++) {
            if (chosen.get(i).prefilled() && !chosen.get(i).cancelled()) {
                chosen.get(i).choose(scores[i], stopIds);
            }
        }
        retire();
    }

    /** Texts that have ended leave; their prompts stay for others that begin alike. */
    private void retire() {
        Iterator<Generation> each = running.iterator();
        while (each.hasNext()) {
            Generation generation = each.next();
            if (generation.done()) {
                each.remove();
                keepPrompt(generation);
            }
        }
    }

    private void keepPrompt(Generation generation) {
        PagedText text = generation.text();
        text.truncate(Math.min(text.length(), Math.max(text.shared(), generation.prompt().length)));
        text.trim();
        prefixes.keep(text);
    }

    private static int pages(int tokens) {
        return (tokens + KvPool.PAGE - 1) / KvPool.PAGE;
    }

    /** Drops every text, without an end, and all that was kept: after a failure nobody knows what was computed. */
    public void abandon() {
        guard.run(() -> {
            waiting.clear();
            running.forEach(each -> each.text().close());
            running.clear();
            prefixes.clear();
        });
    }

    /** Forgets what ended texts left for others. */
    public void forgetPrefixes() {
        guard.run(prefixes::clear);
    }

    /** Pages that no text has, kept beginnings included. */
    public int freePages() {
        return pool.freePages();
    }

    @Override
    public void close() {
        guard.run(pool::close);
    }
}
