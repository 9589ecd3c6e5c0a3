package org.sqltune.inference.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.generation.BatchGenerator;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.lora.AdapterSet;
import org.sqltune.model.torch.Torch;

/**
 * Continues texts for many threads. One thread of the engine's computes; requests join and leave what it computes between
 * tokens, whatever their adapters: all of them share one pass over the base's weights. Safe for use by several threads, virtual
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
    private static final int PIN_ATTEMPTS = 3;

    private final LanguageModel model;
    private final EngineAdapters adapters;
    private final EngineLimits limits;
    private final BatchGenerator generator;
    private final RequestRoom room;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final WaitingTexts waiting;
    private final EngineChanges changes = new EngineChanges();
    private long submissions;
    private boolean closing;

    /** Those that the generator has; only the engine's thread uses it. */
    private final List<ActiveText> running = new ArrayList<>();

    private volatile EngineStatistics latest;

    /**
     * Starts it.
     *
     * @param model the base
     * @param adapters what requests may name; one that is attached is detached
     */
    public TextEngine(LanguageModel model, AdapterSet adapters, EngineLimits limits) {
        this.model = model;
        this.limits = limits;
        this.waiting = new WaitingTexts(limits);
        this.generator = model.newBatchGenerator(limits.texts(), limits.cacheBytes());
        this.room = new RequestRoom(model.decoder().config().maxPositions(), generator::fits);
        this.adapters = new EngineAdapters(adapters, generator::forget);
        this.latest = look();
        // From here on the engine's thread computes what this one, which may have loaded the model, computed so far.
        Torch.endWaitingThreads();
        this.thread = new Thread(this::work, "sqltune-engine");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public TextTicket submit(TextRequest request, TextListener listener) {
        long[] prompt = request.chat()
                ? model.tokenizer().encode(request.prompt())
                : model.tokenizer().encodePrompt(request.prompt());
        return submit(request, prompt, listener);
    }

    @Override
    public long[] tokens(String text) {
        return model.tokenizer().encode(text);
    }

    private TextTicket submit(TextRequest request, long[] prompt, TextListener listener) {
        room.require(request, prompt.length);
        return locked(() -> {
            if (closing) {
                throw new SqlTuneException("The engine is closed: it takes no more requests");
            }
            request.adapter().ifPresent(adapters::require);
            waiting.requireRoom(prompt.length);
            ActiveText text = new ActiveText(request, prompt, listener, model.tokenizer(), submissions++);
            waiting.add(text);
            changed.signalAll();
            return text.ticket();
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Set<String> adapters() {
        return locked(adapters::names);
    }

    /**
     * Loads an adapter while the engine answers; requests may name it from then on. Waits until it is loaded.
     *
     * @param name what it is called
     * @param folder PEFT's files
     * @throws SqlTuneException if the name is taken, the adapter doesn't load, or the engine is closed
     */
    public void addAdapter(String name, Path folder) {
        change(() -> true, () -> {
            adapters.add(name, folder);
            return name;
        });
    }

    /**
     * Takes no more requests for an adapter, waits until those it has are answered, and frees it.
     *
     * @throws SqlTuneException if there is none of that name, or the engine is closed
     */
    public void removeAdapter(String name) {
        locked(() -> {
            adapters.leave(name);
            return name;
        });
        change(() -> idle(name), () -> {
            adapters.remove(name);
            return name;
        });
    }

    private <T> T change(BooleanSupplier ready, Supplier<T> action) {
        EngineChanges.Change<T> change = new EngineChanges.Change<>(ready, () -> {
            T result = action.get();
            latest = look();
            return result;
        });
        locked(() -> {
            if (closing) {
                throw new SqlTuneException("The engine is closed: nothing about it can be changed any more");
            }
            changes.queue(change);
            changed.signalAll();
            return change;
        });
        return change.await();
    }

    /** Whether no request for an adapter waits or is being answered. */
    private boolean idle(String adapter) {
        return running.stream().noneMatch(each -> each.isOf(adapter)) && !waiting.anyMatch(each -> each.isOf(adapter));
    }

    /**
     * Computes the beginning of prompts, such as a schema with what stands before it, and keeps it until {@link #unpin},
     * whatever else is asked. It only leaves where a request wouldn't have room otherwise. Waits until it is there.
     *
     * @param adapter whose prompts begin so; empty for the base's
     * @param prefix the text, from the prompt's first character on
     * @return tokens that are kept; what follows a text may change its last token, which is then computed again
     * @throws QueueFullException if too much waits already
     * @throws SqlTuneException if it doesn't fit the memory, there is no such adapter, or the engine is closed
     */
    public int pin(Optional<String> adapter, String prefix) {
        long[] ids = model.tokenizer().encodePrompt(prefix);
        TextRequest computing = new TextRequest(
                adapter, prefix, GenerationSettings.greedy(1), List.of(), Integer.MAX_VALUE, Optional.empty());
        for (int i = 0; i < PIN_ATTEMPTS; i++) {
            submit(computing, ids, TextListener.NONE).await();
            // Other requests may have needed the room meanwhile.
            if (change(() -> true, () -> generator.pin(ids, adapters.of(adapter)))) {
                return ids.length;
            }
        }
        throw new SqlTuneException(
                "A beginning of " + ids.length + " tokens can't be kept: requests need all of the memory"
                        + " for keys and values, or the model's rotary frequencies depend on a text's length. Raise"
                        + " inference.kv_cache_bytes");
    }

    /**
     * Lets a pinned beginning leave again when its memory is needed.
     *
     * @return whether it was pinned
     * @throws SqlTuneException if there is no such adapter, or the engine is closed
     */
    public boolean unpin(Optional<String> adapter, String prefix) {
        long[] ids = model.tokenizer().encodePrompt(prefix);
        return change(() -> true, () -> generator.unpin(ids, adapters.of(adapter)));
    }

    /** What it does, as of the last token. */
    public EngineStatistics statistics() {
        EngineStatistics last = latest;
        return new EngineStatistics(
                last.runningRequests(), waitingRequests(), last.pages(), last.freePages(), last.prefixes());
    }

    private EngineStatistics look() {
        return new EngineStatistics(
                running.size(), 0, generator.pages(), generator.freePages(), generator.prefixStatistics());
    }

    /** Requests that wait. */
    public int waitingRequests() {
        return locked(waiting::size);
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
        return locked(() -> {
            while (!closing && waiting.isEmpty() && running.isEmpty() && !changes.pending()) {
                changed.awaitUninterruptibly();
            }
            return !closing;
        });
    }

    /**
     * Gives the generator what it has room for, in order.
     *
     * @return those that ended while they waited
     */
    private List<ActiveText> start() {
        return locked(() -> {
            changes.makeReadyOnes();
            List<ActiveText> ended = waiting.takeEnded(System.nanoTime());
            while (running.size() < limits.texts() && !waiting.isEmpty()) {
                ActiveText next = waiting.next();
                running.add(next);
                next.begin(generator, adapters.of(next.request().adapter()));
            }
            return ended;
        });
    }

    private void finish() {
        long now = System.nanoTime();
        running.forEach(each -> each.expire(now));
        List<ActiveText> done = running.stream().filter(ActiveText::done).toList();
        running.removeAll(done);
        latest = look();
        done.forEach(ActiveText::complete);
    }

    private void failRunning(SqlTuneException cause) {
        running.forEach(each -> each.ticket().fail(cause));
        running.clear();
    }

    private void failWaiting(SqlTuneException cause) {
        List<ActiveText> left = locked(() -> {
            changes.failAll(cause);
            return waiting.takeAll();
        });
        left.forEach(each -> each.ticket().fail(cause));
    }

    /** Ends every request that has no answer yet, and frees the memory. Waits for the token that is being computed. */
    @Override
    public void close() {
        locked(() -> {
            closing = true;
            changed.signalAll();
            return closing;
        });
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
