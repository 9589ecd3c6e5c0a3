package org.sqltune.model.generation;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.thread.InterruptedWorkException;
import org.sqltune.core.thread.OneThread;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.KvCache;

/**
 * Continues prompts one after the other, in contiguous memory: the reference that {@link BatchGenerator} is compared with.
 * Keys and values of what a prompt has in common with the one before are kept, so
 * questions of one schema pay for the schema once. For one thread at a time; another is refused.
 */
public final class TextGenerator implements AutoCloseable {
    private static final int PREFILL_CHUNK = 512;

    private final OneThread guard = new OneThread("A TextGenerator", "give each thread its own");

    private final Decoder decoder;
    private final Set<Integer> stopIds;
    private @Nullable KvCache cache;
    private long[] cachedIds = new long[0];
    private long cachedAt;

    /** @param stopIds tokens that end a text, such as EOS */
    public TextGenerator(Decoder decoder, Set<Integer> stopIds) {
        this.decoder = decoder;
        this.stopIds = Set.copyOf(stopIds);
    }

    /**
     * Continues a prompt.
     *
     * @param prompt ids of the prompt, at least one
     * @return the new ids, without the stop token; as many as {@code settings} allow if no stop token came
     * @throws SqlTuneException if the prompt has no ids, or another thread is using this
     * @throws InterruptedWorkException if the thread is interrupted, between two tokens
     */
    public long[] generate(long[] prompt, GenerationSettings settings) {
        return guard.call(() -> continued(prompt, settings));
    }

    private long[] continued(long[] prompt, GenerationSettings settings) {
        if (prompt.length == 0) {
            throw new SqlTuneException("The prompt has no tokens, and the model has no BOS token that stands before"
                    + " every prompt. Give a prompt that isn't empty");
        }
        if (cachedAt != decoder.changes()) {
            reset();
            cachedAt = decoder.changes();
        }
        KvCache current = cacheFor(prompt.length + settings.maxNewTokens());
        int known = Math.min(commonPrefix(cachedIds, prompt), prompt.length - 1);
        current.truncate(Math.min(known, current.length()));
        cachedIds = prompt.clone();
        try {
            return newIds(current, prompt, settings);
        } finally {
            current.truncate(Math.min(prompt.length, current.length()));
        }
    }

    private long[] newIds(KvCache current, long[] prompt, GenerationSettings settings) {
        TokenSampler sampler = new TokenSampler(settings.sampling(), prompt);
        long[] generated = new long[settings.maxNewTokens()];
        float[] logits = prefill(current, prompt);
        int count = 0;
        while (count < generated.length) {
            int token = Math.max(0, sampler.choose(logits, count));
            if (stopIds.contains(token)) {
                break;
            }
            sampler.took(token);
            generated[count++] = token;
            if (count < generated.length) {
                requireGoingOn();
                logits = decoder.next(current, token);
            }
        }
        return Arrays.copyOf(generated, count);
    }

    private static void requireGoingOn() {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedWorkException("The answer was stopped");
        }
    }

    /** In pieces, so that the attention of a long prompt never needs a large matrix at once. */
    private float[] prefill(KvCache current, long[] prompt) {
        float[] logits = new float[0];
        while (current.length() < prompt.length) {
            requireGoingOn();
            int end = Math.min(prompt.length, current.length() + PREFILL_CHUNK);
            logits = decoder.next(current, Arrays.copyOfRange(prompt, current.length(), end));
        }
        return logits;
    }

    private KvCache cacheFor(int tokens) {
        KvCache current = cache;
        if (current == null || current.capacity() < tokens) {
            free();
            current = decoder.newCache(Math.max(512, Integer.highestOneBit(tokens) * 2));
            cache = current;
            cachedIds = new long[0];
        }
        return current;
    }

    private static int commonPrefix(long[] a, long[] b) {
        int mismatch = Arrays.mismatch(a, b);
        return mismatch < 0 ? a.length : mismatch;
    }

    /** Forgets what was cached: needed after training changed weights. Other adapters or weights are noticed. */
    public void reset() {
        guard.run(() -> {
            cachedIds = new long[0];
            if (cache != null) {
                cache.truncate(0);
            }
        });
    }

    /** @throws SqlTuneException if another thread is using this */
    @Override
    public void close() {
        guard.run(this::free);
    }

    private void free() {
        if (cache != null) {
            cache.close();
            cache = null;
        }
    }
}
