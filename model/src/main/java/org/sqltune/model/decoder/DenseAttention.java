package org.sqltune.model.decoder;

import org.sqltune.model.config.DecoderConfig;

/**
 * Which segments of a training row attend with all their scores in memory at once; the others' scores are streamed, a block
 * at a time, in fp32. Dense products take half the time where the processor multiplies bfloat16.
 */
public final class DenseAttention {
    /**
     * Size of all heads from which dense products pay: for each new segment length some kernels are compiled, half a
     * millisecond each, which in a small model takes longer than the attention itself.
     */
    private static final int FROM_QUERY_SIZE = 1024;

    /** Scores of a segment, its tokens × the keys they look at, for each head: 64 MB for 32 heads in bfloat16. */
    private static final int SCORES_AT_ONCE = 1 << 20;

    private DenseAttention() {}

    /**
     * How many scores a segment has at most, its tokens × the keys they look at, to be dense.
     *
     * @return 0 if no segment of this model is
     */
    public static int scoresAtOnce(DecoderConfig config) {
        boolean capped = config.arithmetic().attentionSoftCap() > 0;
        return capped || config.querySize() < FROM_QUERY_SIZE ? 0 : SCORES_AT_ONCE;
    }
}
