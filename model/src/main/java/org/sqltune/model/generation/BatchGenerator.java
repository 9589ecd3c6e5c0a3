package org.sqltune.model.generation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
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

    /** Tokens of one pass up to which some may be proposed ones. */
    private static final int TOKENS_WITH_PROPOSALS = 16;

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
        return guard.call(() -> queued(new Generation(prompt, settings, constraint.orElse(null), listener)));
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
        waiting.add(generation);
        return generation;
    }

    /** Whether a prompt of so many tokens fits the memory with all that may follow, when it has all of it. */
    public boolean fits(int promptTokens, GenerationSettings settings) {
        long ofPrompt = pages(promptTokens + tokensOfPrompt(settings));
        return ofPrompt + (long) branches(settings) * pages(tokensOfBranch(promptTokens, settings)) <= pool.pages();
    }

    /** New tokens that lie in the prompt's own pages: those of a single text. */
    private static int tokensOfPrompt(GenerationSettings settings) {
        return settings.width() == 1 ? settings.maxNewTokens() : 0;
    }

    private static int branches(GenerationSettings settings) {
        return settings.width() == 1 ? 0 : settings.width();
    }

    /** Tokens of a text's own pages: what it has in common with its prompt's last page is copied. */
    private int tokensOfBranch(int promptTokens, GenerationSettings settings) {
        int inLastPage = computedAgain(promptTokens, settings) ? promptTokens : KvPool.PAGE - 1;
        return inLastPage + settings.maxNewTokens();
    }

    /** Whether a text's rotary frequencies change as it grows: all of it is computed again then. */
    private boolean computedAgain(int promptTokens, GenerationSettings settings) {
        return decoder.lengthClass(promptTokens) != decoder.lengthClass(promptTokens + settings.maxNewTokens());
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
        while (!waiting.isEmpty() && hasPlaceFor(waiting.element())) {
            Generation next = waiting.element();
            if (sharesMoreLater(next) || !begin(next)) {
                return;
            }
            waiting.remove();
            running.add(next);
        }
    }

    /** More texts of one prompt than are continued at once have their turn alone. */
    private boolean hasPlaceFor(Generation next) {
        int taken = running.stream().mapToInt(each -> each.settings().width()).sum();
        return running.isEmpty() || taken + next.settings().width() <= texts;
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
        GenerationSettings settings = next.settings();
        int tokens = next.prompt().length + tokensOfPrompt(settings) - text.length();
        int ofBranch = tokensOfBranch(next.prompt().length, settings);
        while (true) {
            Optional<Rooms> rooms =
                    text.reserve(tokens) ? Rooms.of(pool, branches(settings), ofBranch) : Optional.empty();
            if (rooms.isPresent()) {
                next.begin(text, rooms.get(), computedAgain(next.prompt().length, settings), stopIds);
                return true;
            }
            if (!prefixes.dropOldest()) {
                text.close();
                return false;
            }
        }
    }

    /** A text that begins with as much of the prompt as is there, but for its last token, which must be computed. */
    private PagedText shared(Generation next) {
        PagedText best = prefixes.longest(next.prompt()).orElse(null);
        int longest = best == null ? 0 : best.commonPrefix(next.prompt());
        for (Generation each : running) {
            int common = each.text().commonPrefix(next.prompt());
            if (common > longest && !each.whole()) {
                best = each.text();
                longest = common;
            }
        }
        int known = Math.min(longest, next.prompt().length - 1);
        int length = next.prompt().length + next.settings().maxNewTokens();
        boolean alike = best != null && decoder.lengthClass(known) == decoder.lengthClass(length);
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
        DecodingStep step = new DecodingStep();
        for (Generation each : pending) {
            // A text of another length would pad all: it has its turn in the next step.
            boolean fits = each.remaining() <= Math.max(32, 2 * pending.get(0).remaining());
            if (budget > 0 && fits) {
                long[] ids = each.nextOfPrompt(budget);
                budget -= ids.length;
                int scored = ids.length == each.remaining() ? 1 : 0;
                step.add(List.of(new NewTokens(each.text(), ids, scored)), each::takePrompt);
            }
        }
        compute(step);
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
            running.forEach(Generation::abandon);
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
