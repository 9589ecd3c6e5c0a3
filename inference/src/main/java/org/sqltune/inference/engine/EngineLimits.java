package org.sqltune.inference.engine;

/**
 * What an engine may take.
 *
 * @param texts texts continued at once, at least 1
 * @param cacheBytes memory for keys and values
 * @param waitingRequests requests that wait at most
 * @param waitingTokens tokens of their prompts at most; a single request is taken into an empty queue whatever its length
 */
public record EngineLimits(int texts, long cacheBytes, int waitingRequests, long waitingTokens) {
    public EngineLimits {
        if (texts < 1 || cacheBytes < 1 || waitingRequests < 1 || waitingTokens < 1) {
            throw new IllegalArgumentException("every limit of an engine is at least 1: " + texts + " texts, "
                    + cacheBytes + " bytes, " + waitingRequests + " requests, " + waitingTokens + " tokens");
        }
    }

    /** 16 texts, 512 MB, 1,024 waiting requests, 1 million waiting tokens. */
    public static EngineLimits defaults() {
        return of(16, 512L << 20);
    }

    /** The usual queue behind another number of texts and another memory for keys and values. */
    public static EngineLimits of(int texts, long cacheBytes) {
        return new EngineLimits(texts, cacheBytes, 1024, 1_000_000);
    }
}
