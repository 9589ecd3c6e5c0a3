package org.sqltune.model.generation;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.decoder.NextScores;
import org.sqltune.model.decoder.PagedText;
import org.sqltune.model.decoder.TextAdapter;

/**
 * A prompt that a {@link BatchGenerator} continues, with one text or several: what was generated so far, and where it stands.
 * {@link #cancel} may be called by any thread; everything else belongs to the generator's.
 */
public final class Generation {
    /** Why a text ended. */
    public enum End {
        /** A stop token came, or the listener ended it. */
        STOP,
        /** As many tokens as were asked for. */
        LENGTH,
        /** Somebody called {@link #cancel}. */
        CANCELLED,
        /** Its constraint allowed no token, and no end. */
        CONSTRAINT,
        /** Its constraint threw an exception: {@link #failure}. */
        FAILED
    }

    private final long[] prompt;
    private final TextAdapter adapter;
    private final GenerationSettings settings;
    private final @Nullable TokenConstraint constraint;
    private final GenerationListener listener;
    private volatile boolean cancelled;
    private @Nullable End end;
    private @Nullable PagedText text;
    private @Nullable Continuation continuation;
    private @Nullable RuntimeException failure;
    private boolean whole;
    private boolean started;
    private int cachedTokens;
    private long begun;
    private long ended;

    Generation(
            long[] prompt,
            TextAdapter adapter,
            GenerationSettings settings,
            @Nullable TokenConstraint constraint,
            GenerationListener listener) {
        this.prompt = prompt.clone();
        this.adapter = adapter;
        this.settings = settings;
        this.constraint = constraint;
        this.listener = listener;
    }

    /** Ends it before the next token, also while its prompt is being computed. Does nothing if it has ended. */
    public void cancel() {
        cancelled = true;
    }

    /** Whether all of its texts have ended. */
    public boolean done() {
        return end != null;
    }

    /**
     * Why its first text ended.
     *
     * @throws IllegalStateException if not all have
     */
    public End end() {
        if (end == null) {
            throw new IllegalStateException("the text hasn't ended yet");
        }
        return end;
    }

    /** The first text's new ids so far, without the stop token; of beams the best one's. */
    public long[] ids() {
        return continuation == null ? new long[0] : continuation.ids();
    }

    /**
     * The texts: samples in the order of their seeds, beams with the best first.
     *
     * @throws IllegalStateException if not all have ended
     */
    public List<GeneratedText> results() {
        End how = end();
        return continuation == null || !started || failure != null
                ? List.of(new GeneratedText(ids(), how, OptionalDouble.empty(), List.of()))
                : continuation.results();
    }

    /** What its constraint threw. */
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Tokens of the prompt whose keys and values were there before. */
    public int cachedTokens() {
        return cachedTokens;
    }

    /** Tokens that were proposed and computed before it was known whether they come. */
    public int proposedTokens() {
        return continuation == null ? 0 : continuation.proposed();
    }

    /** Those of them that came. */
    public int acceptedTokens() {
        return continuation == null ? 0 : continuation.right();
    }

    /** Seconds from the first work on it to its end; other texts were computed meanwhile. */
    public double seconds() {
        return (ended - begun) / 1e9;
    }

    long[] prompt() {
        return prompt;
    }

    TextAdapter adapter() {
        return adapter;
    }

    GenerationSettings settings() {
        return settings;
    }

    boolean cancelled() {
        return cancelled;
    }

    /** Whether what it holds may have to be computed again as it grows. */
    boolean whole() {
        return whole;
    }

    /** The prompt's keys and values, from when work on it begins; a single text goes on in it. */
    PagedText text() {
        return Objects.requireNonNull(text, "no work on this text has begun");
    }

    /** @param rooms hold pages for the texts, if they are several */
    void begin(PagedText newText, Rooms rooms, boolean computedAgain, Set<Integer> stopIds) {
        text = newText;
        whole = computedAgain;
        cachedTokens = newText.length();
        begun = System.nanoTime();
        FollowedConstraint followed = constraint == null ? null : new FollowedConstraint(constraint, stopIds);
        Beginning beginning =
                new Beginning(settings, prompt, newText, rooms, whole, followed, stopIds, listener, () -> cancelled);
        continuation = settings.beams() > 1 ? new BeamSearch(beginning) : new Samples(beginning);
    }

    /** Whether all of the prompt is computed. */
    boolean prefilled() {
        return text().length() >= prompt.length;
    }

    /** The tokens of the prompt that come next, at most {@code limit}. */
    long[] nextOfPrompt(int limit) {
        int from = text().length();
        return Arrays.copyOfRange(prompt, from, Math.min(prompt.length, from + limit));
    }

    /** Tokens of the prompt that are still to be computed. */
    int remaining() {
        return prompt.length - text().length();
    }

    /** Whether its next token is to be computed. */
    boolean decoding() {
        return started && !done();
    }

    /** A piece of the prompt is computed; behind the last one the texts begin. */
    void takePrompt(NextScores scores, int row) {
        listener.prompt(text().length(), prompt.length);
        if (prefilled() && !cancelled) {
            started = true;
            guarded(() -> continuation().begin(scores, row));
        }
    }

    /** @param room how many tokens may be proposed */
    void addTo(DecodingStep step, int room) {
        continuation().addTo((entries, taker) -> step.add(entries, (scores, row) -> take(taker, scores, row)), room);
    }

    private void take(DecodingStep.Taker taker, NextScores scores, int row) {
        if (!done()) {
            guarded(() -> taker.take(scores, row));
        }
    }

    /** A constraint's fault ends its own text and nobody else's. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (FollowedConstraint.Failed e) {
            failure = (RuntimeException) Objects.requireNonNull(e.getCause());
            finish(End.FAILED);
        }
        if (continuation().done() && !done()) {
            finish(continuation().results().get(0).end());
        }
    }

    private Continuation continuation() {
        return Objects.requireNonNull(continuation, "no work on this text has begun");
    }

    /** Gives all pages back, without an end. */
    void abandon() {
        continuation().close();
        text().close();
    }

    /** Gives back what isn't the prompt's, too. */
    void finish(End how) {
        if (continuation != null) {
            continuation.end(how);
            continuation.close();
        }
        end = how;
        ended = System.nanoTime();
    }
}
