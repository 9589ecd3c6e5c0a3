package org.sqltune.inference.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.generation.BatchGenerator;
import org.sqltune.model.lora.AdapterSet;

/**
 * Continues texts for many threads. One thread of the engine's computes; requests join and leave what it computes between
 * tokens. Requests of other adapters than the one in use wait until its texts have ended. Safe for use by several threads, virtual
 * ones included; the model and its adapters belong to the engine until it is closed.
 *
 * <pre>{@code
 * try (TextEngine engine = new TextEngine(model, adapters, EngineLimits.defaults())) {
 *     TextTicket ticket = engine.submit(TextRequest.of(prompt, GenerationSettings.greedy(256)), System.out::print);
 *     TextAnswer answer = ticket.await();
 * }
 * }</pre>
 */
public final class TextEngine implements TextCompleter {
    private final LanguageModel model;
    private final EngineAdapters adapters;
    private final EngineLimits limits;
    private final BatchGenerator generator;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<ActiveText> waiting = new PriorityQueue<>(
            Comparator.comparingInt((ActiveText each) -> -each.request().priority())
                    .thenComparingLong(ActiveText::order));
    private long waitingTokens;
    private long submissions;
    private boolean closing;

    /** Those that the generator has; only the engine's thread uses it. */
    private final List<ActiveText> running = new ArrayList<>();

    /**
     * Starts it.
     *
     * @param model the base
     * @param adapters what requests may name
     */
    public TextEngine(LanguageModel model, AdapterSet adapters, EngineLimits limits) {
        this.model = model;
        this.adapters = new EngineAdapters(adapters);
        this.limits = limits;
        this.generator = model.newBatchGenerator(limits.texts(), limits.cacheBytes());
        this.thread = new Thread(this::work, "sqltune-engine");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public TextTicket submit(TextRequest request, TextListener listener) {
        long[] prompt = request.chat()
                ? model.tokenizer().encode(request.prompt())
                : model.tokenizer().encodePrompt(request.prompt());
        requireFit(request, prompt.length);
        lock.lock();
        try {
            if (closing) {
                throw new SqlTuneException("The engine is closed: it takes no more requests");
            }
            requireAdapter(request.adapter());
            boolean full = waiting.size() >= limits.waitingRequests()
                    || !waiting.isEmpty() && waitingTokens + prompt.length > limits.waitingTokens();
            if (full) {
                throw new QueueFullException(waiting.size(), waitingTokens, limits);
            }
            ActiveText text = new ActiveText(request, prompt, listener, model.tokenizer(), submissions++);
            waiting.add(text);
            waitingTokens += prompt.length;
            changed.signalAll();
            return text.ticket();
        } finally {
            lock.unlock();
        }
    }

    private void requireFit(TextRequest request, int tokens) {
        int context = model.decoder().config().maxPositions();
        if (tokens == 0) {
            throw new SqlTuneException("The prompt has no tokens, and the model has no BOS token that stands before"
                    + " every prompt. Give a prompt that isn't empty");
        }
        if (tokens >= context) {
            throw new PromptTooLongException(tokens, context);
        }
        if (!generator.fits(tokens, request.settings())) {
            throw new SqlTuneException("A prompt of " + tokens + " tokens and "
                    + request.settings().maxNewTokens()
                    + " new ones don't fit the memory for keys and values: lower inference.max_new_tokens, or raise"
                    + " inference.kv_cache_bytes");
        }
    }

    private void requireAdapter(Optional<String> name) {
        if (name.isPresent() && !adapters.contains(name.get())) {
            throw new SqlTuneException("There is no adapter " + name.get() + ": "
                    + (adapters.names().isEmpty() ? "none is loaded" : "loaded are " + adapters.names()));
        }
    }

    @Override
    public Set<String> adapters() {
        lock.lock();
        try {
            return adapters.names();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Loads an adapter while the engine answers; requests may name it from then on. Waits until it is loaded.
     *
     * @param name what it is called
     * @param folder PEFT's files
     * @throws SqlTuneException if the name is taken, the adapter doesn't load, or the engine is closed
     */
    public void addAdapter(String name, Path folder) {
        change(adapters.addition(name, folder));
    }

    /**
     * Takes no more requests for an adapter, waits until those it has are answered, and frees it.
     *
     * @throws SqlTuneException if there is none of that name, or the engine is closed
     */
    public void removeAdapter(String name) {
        change(adapters.removal(name, () -> idle(name)));
    }

    private void change(EngineAdapters.Change change) {
        lock.lock();
        try {
            if (closing) {
                throw new SqlTuneException("The engine is closed: its adapters can't be changed any more");
            }
            adapters.queue(change);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        change.await();
    }

    /** Whether no request for an adapter waits or is being answered. */
    private boolean idle(String adapter) {
        return running.stream().noneMatch(each -> each.request().adapter().equals(Optional.of(adapter)))
                && waiting.stream().noneMatch(each -> each.request().adapter().equals(Optional.of(adapter)));
    }

    /** Requests that wait. */
    public int waitingRequests() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        while (waitForWork()) {
            try {
                start().forEach(ActiveText::complete);
                generator.step();
                finish();
            } catch (RuntimeException | Error e) {
                generator.abandon();
                failRunning(new SqlTuneException("The engine failed while it computed: " + e.getMessage(), e));
            }
        }
        SqlTuneException closed = new SqlTuneException("The engine was closed before the answer was there");
        failRunning(closed);
        failWaiting(closed);
    }

    /** Whether there is something to do; waits for it. False when the engine is being closed. */
    private boolean waitForWork() {
        lock.lock();
        try {
            while (!closing && waiting.isEmpty() && running.isEmpty() && !adapters.pending()) {
                changed.awaitUninterruptibly();
            }
            return !closing;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives the generator what it has room for, in order, as far as it is for the adapter in use.
     *
     * @return those that ended while they waited
     */
    private List<ActiveText> start() {
        lock.lock();
        try {
            adapters.applyChanges();
            List<ActiveText> ended = takeEnded();
            while (running.size() < limits.texts() && !waiting.isEmpty()) {
                ActiveText next = waiting.element();
                if (!adapters.inUse(next.request().adapter())) {
                    if (!running.isEmpty()) {
                        break;
                    }
                    adapters.use(next.request().adapter());
                }
                take(next);
                running.add(next);
                next.begin(generator);
            }
            return ended;
        } finally {
            lock.unlock();
        }
    }

    private List<ActiveText> takeEnded() {
        long now = System.nanoTime();
        List<ActiveText> ended = waiting.stream()
                .filter(each -> each.expire(now) || each.cancelled())
                .toList();
        ended.forEach(this::take);
        return ended;
    }

    private void take(ActiveText text) {
        waiting.remove(text);
        waitingTokens -= text.promptTokens();
    }

    private void finish() {
        long now = System.nanoTime();
        Iterator<ActiveText> each = running.iterator();
        while (each.hasNext()) {
            ActiveText text = each.next();
            text.expire(now);
            if (text.done()) {
                each.remove();
                text.complete();
            }
        }
    }

    private void failRunning(SqlTuneException cause) {
        running.forEach(each -> each.ticket().fail(cause));
        running.clear();
    }

    private void failWaiting(SqlTuneException cause) {
        List<ActiveText> left;
        lock.lock();
        try {
            left = List.copyOf(waiting);
            waiting.clear();
            waitingTokens = 0;
            adapters.failChanges(cause);
        } finally {
            lock.unlock();
        }
        left.forEach(each -> each.ticket().fail(cause));
    }

    /** Ends every request that has no answer yet, and frees the memory. Waits for the token that is being computed. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        generator.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
