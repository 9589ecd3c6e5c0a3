package org.sqltune.inference.runtime;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.sqltune.core.SqlTuneException;
import org.sqltune.inference.engine.EngineLimits;
import org.sqltune.inference.engine.QueueFullException;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.inference.engine.TextCompleter;
import org.sqltune.inference.engine.TextListener;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.inference.engine.TextTicket;
import org.sqltune.inference.runtime.BlockingRuntime.Ability;
import org.sqltune.model.generation.GenerationSettings;

/**
 * A completer of a runtime that blocks: a bounded queue with priorities and deadlines, and a thread for each text that is
 * continued at once.
 */
public final class QueuedCompleter implements TextCompleter {
    private static final long PATIENCE_SECONDS = 10;

    private final BlockingRuntime runtime;
    private final EngineLimits limits;
    private final ThreadPoolExecutor workers;
    private final ScheduledExecutorService deadlines;
    private final AtomicLong submissions = new AtomicLong();
    private final Set<QueuedCall> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Starts it.
     *
     * @param runtime closed with this
     * @param limits how many texts are continued at once, and how many wait
     */
    public QueuedCompleter(BlockingRuntime runtime, EngineLimits limits) {
        this.runtime = runtime;
        this.limits = limits;
        ThreadFactory threads = work -> {
            Thread thread = new Thread(work, "sqltune-runtime");
            thread.setDaemon(true);
            return thread;
        };
        this.workers = new ThreadPoolExecutor(
                limits.texts(), limits.texts(), 1, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), threads);
        this.deadlines = Executors.newSingleThreadScheduledExecutor(threads);
    }

    @Override
    public TextTicket submit(TextRequest request, TextListener listener) {
        if (closed) {
            throw new SqlTuneException(runtime.name() + " was closed: it takes no more requests");
        }
        request.adapter().ifPresent(this::requireAdapter);
        requirePossible(request);
        int waiting = workers.getQueue().size();
        if (waiting >= limits.waitingRequests()) {
            throw new QueueFullException(waiting, 0, limits);
        }
        QueuedCall call = new QueuedCall(runtime, request, listener, submissions.getAndIncrement());
        open.add(call);
        request.deadline().ifPresent(limit -> {
            ScheduledFuture<?> timer =
                    deadlines.schedule(() -> call.stop(End.EXPIRED), limit.toNanos(), TimeUnit.NANOSECONDS);
            call.ticket().answer().whenComplete((answer, failure) -> timer.cancel(false));
        });
        call.ticket().answer().whenComplete((answer, failure) -> open.remove(call));
        // Not submit: the queue compares what it holds.
        workers.execute(call);
        return call.ticket();
    }

    private void requirePossible(TextRequest request) {
        GenerationSettings settings = request.settings();
        if (settings.beams() > 1) {
            throw impossible("beam search (num_beams)");
        }
        if (request.constraint().isPresent()) {
            throw impossible("answers under a constraint");
        }
        require(settings.n() > 1, Ability.SEVERAL_TEXTS);
        require(settings.logprobs().isPresent(), Ability.LOGPROBS);
    }

    private void require(boolean asked, Ability ability) {
        if (asked && !runtime.abilities().contains(ability)) {
            throw impossible(ability.words());
        }
    }

    private SqlTuneException impossible(String what) {
        return new SqlTuneException(
                runtime.name() + " isn't asked for " + what + ": leave that out, or use inference.engine=native");
    }

    private void requireAdapter(String name) {
        Set<String> adapters = runtime.adapters();
        if (!adapters.contains(name)) {
            throw new SqlTuneException("There is no adapter " + name + ": " + runtime.name() + " has "
                    + (adapters.isEmpty() ? "one model alone" : String.join(", ", adapters)));
        }
    }

    @Override
    public long[] tokens(String text) {
        return runtime.tokens(text);
    }

    @Override
    public Set<String> adapters() {
        return runtime.adapters();
    }

    @Override
    public void close() {
        closed = true;
        SqlTuneException cause = new SqlTuneException(runtime.name() + " was closed before the answer was there");
        List.copyOf(open).forEach(each -> each.fail(cause));
        workers.shutdown();
        deadlines.shutdownNow();
        boolean interrupted = false;
        try {
            // What a thread still computes with mustn't be freed.
            workers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        runtime.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
