package org.sqltune.model.generation;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.KvCache;

/**
 * Continues prompts one after the other. Keys and values of what a prompt has in common with the one before are kept, so
 * questions of one schema pay for the schema once. Not for use by several threads at once.
 */
public final class TextGenerator implements AutoCloseable {
    private static final int PREFILL_CHUNK = 512;

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
     * @return the new ids, without the stop token
     * @throws SqlTuneException if the prompt has no ids
     */
    public long[] generate(long[] prompt, GenerationSettings settings) {
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
        TokenSampler sampler = new TokenSampler(settings);
        long[] generated = new long[settings.maxNewTokens()];
        float[] logits = prefill(current, prompt);
        int count = 0;
        while (count < generated.length) {
            int token = sampler.choose(logits);
            if (stopIds.contains(token)) {
                break;
            }
            generated[count++] = token;
            if (count < generated.length) {
                logits = decoder.next(current, token);
            }
        }
        current.truncate(prompt.length);
        return Arrays.copyOf(generated, count);
    }

    /** In pieces, so that the attention of a long prompt never needs a large matrix at once. */
    private float[] prefill(KvCache current, long[] prompt) {
        float[] logits = new float[0];
        while (current.length() < prompt.length) {
            int end = Math.min(prompt.length, current.length() + PREFILL_CHUNK);
            logits = decoder.next(current, Arrays.copyOfRange(prompt, current.length(), end));
        }
        return logits;
    }

    private KvCache cacheFor(int tokens) {
        KvCache current = cache;
        if (current == null || current.capacity() < tokens) {
            close();
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
        cachedIds = new long[0];
        if (cache != null) {
            cache.truncate(0);
        }
    }

    @Override
    public void close() {
        if (cache != null) {
            cache.close();
            cache = null;
        }
    }
}
