package org.sqltune.core.config.settings;

import org.jspecify.annotations.Nullable;

/**
 * How gradients change the weights; keys of section {@code training}.
 *
 * @param optim which optimizer
 * @param learningRate peak learning rate
 * @param loraplusLrRatio how many times faster an adapter's B matrices, and DoRA's magnitudes, learn than its A matrices
 *     (LoRA+: arXiv:2402.12354); null for alike
 * @param muonLearningRate Muon's own peak learning rate, for the matrices inside the layers; it runs as learning_rate does
 * @param weightDecay AdamW's decoupled weight decay; not applied to biases and norms
 * @param adamBeta1 decay of the first moment
 * @param adamBeta2 decay of the second moment
 * @param adamEpsilon added to the denominator
 * @param maxGradNorm global norm to which gradients are clipped; 0 for no clipping
 */
public record OptimizerSettings(
        Optim optim,
        double learningRate,
        @Nullable Double loraplusLrRatio,
        double muonLearningRate,
        double weightDecay,
        double adamBeta1,
        double adamBeta2,
        double adamEpsilon,
        double maxGradNorm) {

    /** AdamW at 2e-4 without decay, as torch has it else; gradients clipped to 1. */
    public static OptimizerSettings defaults() {
        return new OptimizerSettings(Optim.ADAMW, 2e-4, null, 0.02, 0, 0.9, 0.999, 1e-8, 1.0);
    }

    /** Optimizers. */
    public enum Optim {
        /** Adam with decoupled weight decay (arXiv:1711.05101). */
        ADAMW,
        /** Muon (Jordan et al. 2024) for the matrices inside the layers, AdamW for all else; for method full. */
        MUON
    }
}
