package org.sqltune.core.config.settings;

import org.jspecify.annotations.Nullable;

/**
 * What keeps a model from learning its examples by heart, besides LoRA's dropout and weight decay; keys of section {@code
 * training}.
 *
 * @param neftuneNoiseAlpha how strong the noise on the embedded tokens is while training (NEFTune, arXiv:2310.05914): each
 *     number gets one from ±alpha / √(tokens of the example × hidden size); null for none. A beginning that several
 *     examples share has one noise for all of them, as strong as the longest example's
 * @param labelSmoothingFactor share of the target's probability that goes to the whole vocabulary alike. The training loss
 *     is then the smoothed one; the validation loss stays plain cross-entropy
 */
public record RegularizationSettings(@Nullable Double neftuneNoiseAlpha, double labelSmoothingFactor) {

    /** None of it. */
    public static RegularizationSettings defaults() {
        return new RegularizationSettings(null, 0);
    }
}
