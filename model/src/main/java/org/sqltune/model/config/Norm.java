package org.sqltune.model.config;

/**
 * How a model norms.
 *
 * @param kind which formula
 * @param epsilon added to the mean of squares or to the variance
 */
public record Norm(Kind kind, double epsilon) {
    /** The formulas. */
    public enum Kind {
        /** RMSNorm (Zhang and Sennrich, arXiv:1910.07467): {@code w · x / rms(x)}. */
        RMS,
        /** Gemma's RMSNorm, whose weights are kept as their distance from one: {@code (1 + w) · x / rms(x)}. */
        RMS_FROM_ONE,
        /** LayerNorm (Ba et al., arXiv:1607.06450), with weight and bias. */
        LAYER
    }

    /** Whether it has a bias beside its weight. */
    public boolean hasBias() {
        return kind == Kind.LAYER;
    }

    /** The weight with which a norm changes nothing but the scale. */
    public float neutralWeight() {
        return kind == Kind.RMS_FROM_ONE ? 0 : 1;
    }
}
