package org.sqltune.inference.runtime;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.inference.engine.TextAnswer;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.inference.engine.TextListener;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.inference.engine.TextTicket;
import org.sqltune.inference.runtime.BlockingRuntime.Usage;

/** A request that waits for a thread, and its answer. {@link #run} belongs to that thread; the rest may be called by any. */
final class QueuedCall implements Runnable, Comparable<QueuedCall> {
    private final BlockingRuntime runtime;
    private final TextRequest request;
    private final TextListener listener;
    private final long order;
    private final TextTicket ticket = new TextTicket(() -> stop(End.CANCELLED));
    private final StringBuilder text = new StringBuilder();
    private final long submitted = System.nanoTime();
    private @Nullable Thread worker;
    private volatile @Nullable End stopped;
    private long begun;
    private long firstText;
    private int pieces;

    QueuedCall(BlockingRuntime runtime, TextRequest request, TextListener listener, long order) {
        this.runtime = runtime;
        this.request = request;
        this.listener = listener;
        this.order = order;
    }

    TextTicket ticket() {
        return ticket;
    }

    /** Ends the answer as it is, also while it waits. Does nothing if it has ended. */
    synchronized void stop(End how) {
        if (stopped == null) {
            stopped = how;
        }
        if (worker != null) {
            worker.interrupt();
        }
    }

    /** Ends it without an answer. */
    void fail(SqlTuneException cause) {
        ticket.fail(cause);
        stop(End.CANCELLED);
    }

    @Override
    public void run() {
        begun = System.nanoTime();
        Usage usage = null;
        RuntimeException failure = null;
        try {
            if (begin()) {
                usage = runtime.run(request, this::take);
            }
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            leave();
        }
        End how = stopped;
        // Whatever an interrupt broke is no failure: somebody wanted it to end.
        if (how != null && (failure != null || usage == null)) {
            complete(new Usage(how, 0, 0, pieces));
        } else if (failure != null) {
            ticket.fail(failure);
        } else if (usage != null) {
            complete(usage);
        }
    }

    private synchronized boolean begin() {
        worker = Thread.currentThread();
        return stopped == null;
    }

    /** No interrupt reaches the thread's next work. */
    private synchronized void leave() {
        worker = null;
        Thread.interrupted();
    }

    private void take(String piece) {
        if (!piece.isEmpty()) {
            if (firstText == 0) {
                firstText = System.nanoTime();
            }
            pieces++;
            text.append(piece);
            listener.text(piece);
        }
    }

    private void complete(Usage usage) {
        long now = System.nanoTime();
        long first = firstText == 0 ? now : firstText;
        ticket.complete(new TextAnswer(
                text.toString(),
                usage.end(),
                usage.promptTokens(),
                usage.cachedTokens(),
                usage.newTokens() == 0 ? pieces : usage.newTokens(),
                (begun - submitted) / 1e9,
                (first - begun) / 1e9,
                (now - first) / 1e9));
    }

    @Override
    public int compareTo(QueuedCall other) {
        int byPriority = Integer.compare(other.request.priority(), request.priority());
        return byPriority != 0 ? byPriority : Long.compare(order, other.order);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(order);
    }
}
