package org.sqltune.inference.engine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.model.decoder.TextAdapter;
import org.sqltune.model.generation.BatchGenerator;
import org.sqltune.model.generation.Generation;
import org.sqltune.model.tokenizer.Tokenizer;

/** A request on its way through the engine. {@link #cancel} may be called by any thread; the rest belongs to the engine's. */
final class ActiveText {
    private final TextRequest request;
    private final long[] prompt;
    private final TextListener listener;
    private final TextTicket ticket = new TextTicket(this::cancel);
    private final GrowingText text;
    private final long submitted = System.nanoTime();
    private final long order;
    private volatile boolean cancelled;
    private boolean expired;
    private volatile @Nullable Generation generation;
    private @Nullable RuntimeException failure;
    private long begun;
    private long firstToken;

    ActiveText(TextRequest request, long[] prompt, TextListener listener, Tokenizer tokenizer, long order) {
        this.request = request;
        this.prompt = prompt;
        this.listener = listener;
        this.text = new GrowingText(tokenizer, request.stopTexts());
        this.order = order;
    }

    TextRequest request() {
        return request;
    }

    TextTicket ticket() {
        return ticket;
    }

    boolean isOf(String adapter) {
        return request.adapter().filter(adapter::equals).isPresent();
    }

    int promptTokens() {
        return prompt.length;
    }

    long order() {
        return order;
    }

    void cancel() {
        cancelled = true;
        Generation current = generation;
        if (current != null) {
            current.cancel();
        }
    }

    boolean cancelled() {
        return cancelled;
    }

    /** Whether its deadline has passed; it is ended then. */
    boolean expire(long now) {
        boolean passed = request.deadline()
                .map(limit -> now - submitted > limit.toNanos())
                .orElse(false);
        if (passed && !expired) {
            expired = true;
            cancel();
        }
        return passed;
    }

    /** Gives the prompt to the generator. */
    void begin(BatchGenerator generator, TextAdapter adapter) {
        begun = System.nanoTime();
        Generation started = generator.submit(prompt, adapter, request.settings(), this::take);
        generation = started;
        if (cancelled) {
            started.cancel();
        }
    }

    private void take(int id) {
        if (firstToken == 0) {
            firstToken = System.nanoTime();
        }
        tell(text.add(id));
        if (text.stopped()) {
            Objects.requireNonNull(generation).cancel();
        }
    }

    private void tell(String piece) {
        if (piece.isEmpty() || failure != null) {
            return;
        }
        try {
            listener.text(piece);
        } catch (RuntimeException e) {
            // A listener's fault ends its own answer and nobody else's.
            failure = e;
            cancel();
        }
    }

    boolean done() {
        return generation != null && generation.done();
    }

    /** Tells the rest of the text, and the ticket the answer. */
    void complete() {
        tell(text.rest());
        if (failure != null) {
            ticket.fail(failure);
            return;
        }
        long now = System.nanoTime();
        long work = begun == 0 ? now : begun;
        long first = firstToken == 0 ? now : firstToken;
        Generation current = generation;
        ticket.complete(new TextAnswer(
                text.text(),
                end(),
                prompt.length,
                current == null ? 0 : current.cachedTokens(),
                current == null ? 0 : current.ids().length,
                (work - submitted) / 1e9,
                (first - work) / 1e9,
                (now - first) / 1e9));
    }

    private End end() {
        if (text.stopped()) {
            return End.STOP;
        }
        Generation current = generation;
        if (current != null && current.done() && current.end() != Generation.End.CANCELLED) {
            return current.end() == Generation.End.STOP ? End.STOP : End.LENGTH;
        }
        return expired ? End.EXPIRED : End.CANCELLED;
    }
}
