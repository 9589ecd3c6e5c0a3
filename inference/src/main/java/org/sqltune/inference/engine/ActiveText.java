package org.sqltune.inference.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.model.decoder.TextAdapter;
import org.sqltune.model.generation.BatchGenerator;
import org.sqltune.model.generation.GeneratedText;
import org.sqltune.model.generation.Generation;
import org.sqltune.model.generation.GenerationListener;
import org.sqltune.model.generation.ScoredToken;
import org.sqltune.model.tokenizer.Tokenizer;

/** A request on its way through the engine. {@link #cancel} may be called by any thread; the rest belongs to the engine's. */
final class ActiveText {
    private final TextRequest request;
    private final long[] prompt;
    private final TextListener listener;
    private final TextTicket ticket = new TextTicket(this::cancel);
    private final Tokenizer tokenizer;
    private final List<GrowingText> texts = new ArrayList<>();
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
        this.tokenizer = tokenizer;
        this.order = order;
        for (int i = 0; i < request.settings().n(); i++) {
            texts.add(new GrowingText(tokenizer, request.stopTexts()));
        }
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
        Generation started =
                generator.submit(prompt, adapter, request.settings(), request.constraint(), new Listener());
        generation = started;
        if (cancelled) {
            started.cancel();
        }
    }

    /** Tells how the texts grow, and ends one at a stop text. */
    private final class Listener implements GenerationListener {
        @Override
        public void prompt(int computed, int all) {
            tell(() -> listener.prompt(computed, all));
        }

        @Override
        public boolean token(int text, int id) {
            if (firstToken == 0) {
                firstToken = System.nanoTime();
            }
            tell(text, texts.get(text).add(id));
            return !texts.get(text).stopped();
        }

        @Override
        public boolean ends(long[] ids) {
            if (request.stopTexts().isEmpty()) {
                return false;
            }
            String text = tokenizer.decode(ids);
            return request.stopTexts().stream().anyMatch(text::contains);
        }
    }

    private void tell(int text, String piece) {
        if (!piece.isEmpty()) {
            tell(() -> listener.text(text, piece));
        }
    }

    private void tell(Runnable news) {
        if (failure != null) {
            return;
        }
        try {
            news.run();
        } catch (RuntimeException e) {
            // A listener's fault ends its own answer and nobody else's.
            failure = e;
            cancel();
        }
    }

    boolean done() {
        return generation != null && generation.done();
    }

    /** Tells the rest of the texts, and the ticket the answer. */
    void complete() {
        Generation current = generation;
        List<GeneratedText> results = current == null || !current.done() ? List.of() : current.results();
        List<TextCandidate> candidates = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            candidates.add(candidate(i, results.get(i)));
        }
        if (candidates.isEmpty()) {
            candidates.add(new TextCandidate("", unfinished(), 0, OptionalDouble.empty(), List.of()));
        }
        if (current != null && failure == null) {
            failure = current.failure()
                    .map(e -> new SqlTuneException("The request's constraint failed: " + e.getMessage(), e))
                    .orElse(null);
        }
        if (failure != null) {
            ticket.fail(failure);
            return;
        }
        ticket.complete(answer(candidates, current == null ? 0 : current.cachedTokens()));
    }

    private TextAnswer answer(List<TextCandidate> candidates, int cachedTokens) {
        long now = System.nanoTime();
        long work = begun == 0 ? now : begun;
        long first = firstToken == 0 ? now : firstToken;
        return new TextAnswer(
                candidates.get(0).text(),
                candidates.get(0).end(),
                prompt.length,
                cachedTokens,
                candidates.stream().mapToInt(TextCandidate::newTokens).sum(),
                (work - submitted) / 1e9,
                (first - work) / 1e9,
                (now - first) / 1e9,
                candidates);
    }

    private TextCandidate candidate(int index, GeneratedText result) {
        GrowingText text = texts.get(index);
        if (request.settings().beams() > 1) {
            for (long id : result.ids()) {
                if (!text.stopped()) {
                    tell(index, text.add((int) id));
                }
            }
        }
        tell(index, text.rest());
        List<TokenLogprob> tokens = result.tokens().stream().map(this::withText).toList();
        return new TextCandidate(text.text(), end(text, result.end()), result.ids().length, result.score(), tokens);
    }

    private TokenLogprob withText(ScoredToken token) {
        return new TokenLogprob(
                token.token(),
                tokenizer.text(token.token()),
                token.logprob(),
                token.mostLikely().stream().map(this::withText).toList());
    }

    private End end(GrowingText text, Generation.End end) {
        if (text.stopped()) {
            return End.STOP;
        }
        return switch (end) {
            case STOP -> End.STOP;
            case LENGTH -> End.LENGTH;
            case CONSTRAINT -> End.CONSTRAINT;
            case CANCELLED, FAILED -> unfinished();
        };
    }

    private End unfinished() {
        return expired ? End.EXPIRED : End.CANCELLED;
    }
}
