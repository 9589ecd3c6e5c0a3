package org.sqltune.model.generation;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.decoder.PagedText;
import org.sqltune.model.decoder.TextAdapter;

/**
 * One text that a {@link BatchGenerator} continues: its prompt, what was generated so far, and where it stands. {@link #cancel} may
 * be called by any thread; everything else belongs to the generator's.
 */
public final class Generation {
    /** Why a text ended. */
    public enum End {
        /** A stop token came. */
        STOP,
        /** As many tokens as were asked for. */
        LENGTH,
        /** Somebody called {@link #cancel}. */
        CANCELLED
    }

    private final long[] prompt;
    private final TextAdapter adapter;
    private final GenerationSettings settings;
    private final TokenSampler sampler;
    private final IntConsumer listener;
    private long[] generated = new long[16];
    private int count;
    private volatile boolean cancelled;
    private @Nullable End end;
    private @Nullable PagedText text;
    private int cachedTokens;
    private long begun;
    private long ended;

    Generation(long[] prompt, TextAdapter adapter, GenerationSettings settings, IntConsumer listener) {
        this.prompt = prompt.clone();
        this.adapter = adapter;
        this.settings = settings;
        this.sampler = new TokenSampler(settings);
        this.listener = listener;
    }

    /** Ends it before the next token, also while its prompt is being computed. Does nothing if it has ended. */
    public void cancel() {
        cancelled = true;
    }

    /** Whether it has ended. */
    public boolean done() {
        return end != null;
    }

    /**
     * Why it ended.
     *
     * @throws IllegalStateException if it hasn't
     */
    public End end() {
        if (end == null) {
            throw new IllegalStateException("the text hasn't ended yet");
        }
        return end;
    }

    /** The new ids so far, without the stop token. */
    public long[] ids() {
        return Arrays.copyOf(generated, count);
    }

    /** Tokens of the prompt whose keys and values were there before. */
    public int cachedTokens() {
        return cachedTokens;
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

    /** Tokens of the prompt and of what may follow. */
    int mostTokens() {
        return prompt.length + settings.maxNewTokens();
    }

    GenerationSettings settings() {
        return settings;
    }

    boolean cancelled() {
        return cancelled;
    }

    /** Its keys and values, from when work on it begins. */
    PagedText text() {
        return Objects.requireNonNull(text, "no work on this text has begun");
    }

    void begin(PagedText newText) {
        text = newText;
        cachedTokens = newText.length();
        begun = System.nanoTime();
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

    /** Whether the token that was chosen last is what has to be computed next. */
    boolean decoding() {
        return count > 0 && text().length() == prompt.length + count - 1;
    }

    /** The token that was chosen last: it is computed next. */
    long last() {
        return generated[count - 1];
    }

    /** Chooses the next token by its scores; a stop token, or the last one asked for, ends the text. */
    void choose(float[] scores, Set<Integer> stopIds) {
        int token = sampler.choose(scores);
        if (stopIds.contains(token)) {
            finish(End.STOP);
            return;
        }
        if (count == generated.length) {
            generated = Arrays.copyOf(generated, 2 * count);
        }
        generated[count++] = token;
        listener.accept(token);
        if (count >= settings.maxNewTokens()) {
            finish(End.LENGTH);
        }
    }

    void finish(End how) {
        end = how;
        ended = System.nanoTime();
    }
}
