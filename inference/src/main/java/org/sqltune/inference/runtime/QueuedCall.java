package org.sqltune.inference.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.inference.engine.TextAnswer;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.inference.engine.TextCandidate;
import org.sqltune.inference.engine.TextListener;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.inference.engine.TextTicket;
import org.sqltune.inference.engine.TokenLogprob;
import org.sqltune.inference.runtime.BlockingRuntime.Pieces;
import org.sqltune.inference.runtime.BlockingRuntime.Usage;

/** A request that waits for a thread, and its answer. {@link #run} belongs to that thread; the rest may be called by any. */
final class QueuedCall implements Runnable, Comparable<QueuedCall> {
    private final BlockingRuntime runtime;
    private final TextRequest request;
    private final TextListener listener;
    private final long order;
    private final TextTicket ticket = new TextTicket(() -> stop(End.CANCELLED));
    private final List<Served> texts;
    private final long submitted = System.nanoTime();
    private @Nullable Thread worker;
    private volatile @Nullable End stopped;
    private long begun;
    private long firstText;

    QueuedCall(BlockingRuntime runtime, TextRequest request, TextListener listener, long order) {
        this.runtime = runtime;
        this.request = request;
        this.listener = listener;
        this.order = order;
        this.texts = IntStream.range(0, request.settings().n())
                .mapToObj(i -> new Served())
                .toList();
    }

    /** One of the texts that were asked for. */
    private static final class Served {
        private final StringBuilder text = new StringBuilder();
        private final List<TokenLogprob> tokens = new ArrayList<>();
        private int pieces;

        TextCandidate ended(End end, int newTokens) {
            OptionalDouble score = tokens.isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(
                            tokens.stream().mapToDouble(TokenLogprob::logprob).sum());
            return new TextCandidate(text.toString(), end, newTokens, score, tokens);
        }
    }

    private final class Taken implements Pieces {
        @Override
        public void text(int candidate, String piece) {
            if (!piece.isEmpty()) {
                if (firstText == 0) {
                    firstText = System.nanoTime();
                }
                texts.get(candidate).pieces++;
                texts.get(candidate).text.append(piece);
                listener.text(candidate, piece);
            }
        }

        @Override
        public void token(int candidate, TokenLogprob token) {
            texts.get(candidate).tokens.add(token);
        }
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
                usage = runtime.run(request, new Taken());
            }
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            leave();
        }
        End how = stopped;
        // Whatever an interrupt broke is no failure: somebody wanted it to end.
        if (how != null && (failure != null || usage == null)) {
            complete(new Usage(Collections.nCopies(texts.size(), how), 0, 0, pieces()));
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

    private int pieces() {
        return texts.stream().mapToInt(each -> each.pieces).sum();
    }

    private void complete(Usage usage) {
        long now = System.nanoTime();
        long first = firstText == 0 ? now : firstText;
        int newTokens = usage.newTokens() == 0 ? pieces() : usage.newTokens();
        List<TextCandidate> candidates = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            // Servers count the tokens of all texts together.
            int own = texts.size() == 1 ? newTokens : texts.get(i).pieces;
            candidates.add(texts.get(i).ended(usage.ends().get(i), own));
        }
        ticket.complete(new TextAnswer(
                candidates.get(0).text(),
                candidates.get(0).end(),
                usage.promptTokens(),
                usage.cachedTokens(),
                newTokens,
                (begun - submitted) / 1e9,
                (first - begun) / 1e9,
                (now - first) / 1e9,
                candidates));
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
