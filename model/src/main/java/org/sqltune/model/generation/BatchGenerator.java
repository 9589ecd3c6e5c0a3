package org.sqltune.model.generation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
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

    /** Tokens of one pass up to which some may be proposed ones. */
    private static final int TOKENS_WITH_PROPOSALS = 32;

    private final OneThread guard = new OneThread("A BatchGenerator", "let one thread submit, step and close");
    private final Decoder decoder;
    private final PagedDecoder paged;
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
        this.pool = decoder.newPool(pages);
        this.admission = new Admission(decoder, pool, Set.copyOf(stopIds), texts);
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
        return submit(prompt, settings, Optional.empty(), (text, id) -> {
            listener.accept(id);
            return true;
        });
    }

    /**
     * As {@link #submit(long[], GenerationSettings, IntConsumer)}, with a constraint.
     *
     * @param constraint what may follow the prompt; copies of it follow the texts
     */
    public Generation submit(
            long[] prompt,
            GenerationSettings settings,
            Optional<TokenConstraint> constraint,
            GenerationListener listener) {
        return submit(prompt, TextAdapter.NONE, settings, constraint, listener);
    }

    /**
     * As {@link #submit(long[], GenerationSettings, Optional, GenerationListener)}, of an adapter that isn't attached.
     *
     * @param adapter what the texts are computed with
     */
    public Generation submit(
            long[] prompt,
            TextAdapter adapter,
            GenerationSettings settings,
            Optional<TokenConstraint> constraint,
            GenerationListener listener) {
        return guard.call(() -> queued(new Generation(prompt, adapter, settings, constraint.orElse(null), listener)));
    }

    private Generation queued(Generation generation) {
        long[] prompt = generation.prompt();
        GenerationSettings settings = generation.settings();
        if (prompt.length == 0) {
            throw new SqlTuneException("The prompt has no tokens, and the model has no BOS token that stands before"
                    + " every prompt. Give a prompt that isn't empty");
        }
        if (!fits(prompt.length, settings)) {
            throw new SqlTuneException("A prompt of " + prompt.length + " tokens and " + settings.maxNewTokens()
                    + " new ones" + (settings.width() == 1 ? "" : " of each of " + settings.width() + " texts")
                    + " don't fit the memory for " + pool.pages() * KvPool.PAGE
                    + " tokens: shorten the schema or the question, lower inference.max_new_tokens, or raise"
                    + " inference.kv_cache_bytes");
        }
        admission.queue(generation);
        return generation;
    }

    /** Whether a prompt of so many tokens fits the memory with all that may follow, when it has all of it. Safe for use by several threads. */
    public boolean fits(int promptTokens, GenerationSettings settings) {
        return admission.fits(promptTokens, settings);
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
            admission.admit(running);
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
        DecodingStep step = new DecodingStep();
        List<Generation> chosen = new ArrayList<>();
        for (Generation each : pending) {
            // A text of another length would pad all: it has its turn in the next step.
            boolean fits = each.remaining() <= Math.max(32, 2 * pending.get(0).remaining());
            if (budget > 0 && fits) {
                long[] ids = each.nextOfPrompt(budget);
                budget -= ids.length;
                int scored = ids.length == each.remaining() ? 1 : 0;
                step.add(List.of(new NewTokens(each.text(), ids, scored)), each::takePrompt);
                chosen.add(each);
            }
        }
        compute(step);
        // At once, since others wait for it.
        chosen.stream().filter(each -> !each.done()).forEach(admission::keepPrompt);
    }

    private void decode() {
        List<Generation> chosen = running.stream()
                .filter(each -> each.decoding() && !each.cancelled())
                .toList();
        int count = chosen.stream().mapToInt(each -> each.settings().width()).sum();
        DecodingStep step = new DecodingStep();
        for (Generation each : chosen) {
            each.addTo(step, each.whole() ? 0 : Math.max(0, TOKENS_WITH_PROPOSALS / count - 1));
        }
        compute(step);
    }

    private void compute(DecodingStep step) {
        step.run(paged, pool);
        retire();
    }

    /** Texts that have ended leave; what was computed of their prompts stays for others. */
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
            running.forEach(Generation::abandon);
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
