package org.sqltune.model.config;

import java.util.Locale;

/** Where a layer may norm what flows through it. */
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

    /** Its name in the functions under {@code decoder/}. */
    public String scriptName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Width of what is normed here. */
    public int size(DecoderConfig config) {
        return this == QUERY || this == KEY ? config.headDim() : config.hiddenSize();
    }
}
