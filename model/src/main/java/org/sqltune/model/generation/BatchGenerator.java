package org.sqltune.model.generation;

import java.util.ArrayList;
import java.util.Comparator;
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
import org.sqltune.model.decoder.PrefixStatistics;
import org.sqltune.model.decoder.PrefixTree;
import org.sqltune.model.decoder.TextAdapter;

/**
 * Continues many prompts at once. Texts join and leave between tokens, and one pass over the weights computes a token of
 * each (continuous batching, Yu et al., OSDI 2022). Their keys and values lie in pages; beginnings that prompts share are
 * computed once and kept while there is room ({@link PrefixTree}). Each text may have an adapter of its own. An answer doesn't
 * depend on what is computed beside it, but for rounding. For one thread at a time; another is refused.
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
    private final Admission admission;
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
        this.admission = new Admission(decoder, pool);
        this.computedAt = decoder.changes();
    }

    /**
     * Queues a prompt of the base's, or of an adapter that is attached to it; {@link #step} works on it.
     *
     * @param prompt its ids, at least one
     * @param listener told each new id as it is chosen
     * @throws SqlTuneException if the prompt has no ids, or it and what may follow don't fit the memory
     */
    public Generation submit(long[] prompt, GenerationSettings settings, IntConsumer listener) {
        return submit(prompt, TextAdapter.NONE, settings, listener);
    }

    /**
     * As {@link #submit(long[], GenerationSettings, IntConsumer)}, of an adapter that isn't attached.
     *
     * @param adapter what the text is computed with
     */
    public Generation submit(long[] prompt, TextAdapter adapter, GenerationSettings settings, IntConsumer listener) {
        return guard.call(() -> queued(prompt, adapter, settings, listener));
    }

    private Generation queued(long[] prompt, TextAdapter adapter, GenerationSettings settings, IntConsumer listener) {
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
        Generation generation = new Generation(prompt, adapter, settings, listener);
        admission.queue(generation);
        return generation;
    }

    /** Whether a text of so many tokens, new ones included, fits the memory when it has all of it. */
    public boolean fits(int tokens) {
        return KvPool.pagesOf(tokens) <= pool.pages();
    }

    /** Whether a text waits or is being continued. */
    public boolean busy() {
        return !admission.isEmpty() || !running.isEmpty();
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
            admission.admit(running, texts);
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
        admission.forgetAll();
        computedAt = decoder.changes();
    }

    private void dropCancelled() {
        admission.endCancelled();
        for (Generation each : running) {
            if (each.cancelled() && !each.done()) {
                each.finish(Generation.End.CANCELLED);
            }
        }
        retire();
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
        // At once, since others wait for it.
        chosen.stream().filter(each -> !each.done()).forEach(admission::keepPrompt);
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

    /** Texts that have ended leave; what was computed of their prompts stays for others that begin alike. */
    private void retire() {
        Iterator<Generation> each = running.iterator();
        while (each.hasNext()) {
            Generation generation = each.next();
            if (generation.done()) {
                each.remove();
                admission.keepPrompt(generation);
                generation.text().close();
            }
        }
    }

    /** Drops every text, without an end, and all that was kept: after a failure nobody knows what was computed. */
    public void abandon() {
        guard.run(() -> {
            admission.clearWaiting();
            running.forEach(each -> each.text().close());
            running.clear();
            admission.forgetAll();
        });
    }

    /**
     * Keeps the beginning of prompts until {@link #unpin}, whatever else is computed. It leaves only where nothing runs and a
     * text wouldn't have room otherwise.
     *
     * @param adapter what it was computed with
     * @return whether all of it is there to be kept; submit it as a prompt before
     */
    public boolean pin(long[] prefix, TextAdapter adapter) {
        return guard.call(() -> admission.pin(adapter, prefix));
    }

    /**
     * Lets a beginning leave again as others do.
     *
     * @return whether it was pinned
     */
    public boolean unpin(long[] prefix, TextAdapter adapter) {
        return guard.call(() -> admission.unpin(adapter, prefix));
    }

    /**
     * Forgets an adapter and what was computed with it: it may be closed then.
     *
     * @throws IllegalStateException if a text of it waits or is being continued
     */
    public void forget(TextAdapter adapter) {
        guard.run(() -> {
            if (admission.waitsFor(adapter) || running.stream().anyMatch(each -> each.adapter() == adapter)) {
                throw new IllegalStateException("texts of " + adapter + " haven't ended yet");
            }
            admission.forget(adapter);
            paged.forget(adapter);
        });
    }

    /** Forgets what ended texts left for others, pinned or not. */
    public void forgetPrefixes() {
        guard.run(admission::forgetAll);
    }

    /** What is kept of prompts' beginnings, and how it was used. */
    public PrefixStatistics prefixStatistics() {
        return guard.call(admission::statistics);
    }

    /** Pages in all. Safe for use by several threads. */
    public int pages() {
        return pool.pages();
    }

    /** Pages that no text has, kept beginnings included. */
    public int freePages() {
        return pool.freePages();
    }

    @Override
    public void close() {
        guard.run(() -> {
            paged.close();
            pool.close();
        });
    }
}
