package org.sqltune.model.config;

/** Where a layer may norm what flows through it, in the order in which {@code decoder.py} takes the norms. */
public enum NormPlace {
    /** What attention reads. */
    BEFORE_ATTENTION,
    /** What attention adds to the residual stream. */
    AFTER_ATTENTION,
    /** What the MLP reads. */
    BEFORE_MLP,
    /** What the MLP adds to the residual stream. */
    AFTER_MLP,
    /** Each head's queries, before they are rotated. */
    QUERY,
    /** Each head's keys, before they are rotated. */
    KEY;

    /** Width of what is normed here. */
    public int size(DecoderConfig config) {
        return this == QUERY || this == KEY ? config.headDim() : config.hiddenSize();
    }
}
