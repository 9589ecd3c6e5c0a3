package org.sqltune.core.config;

import java.util.List;

/**
 * Section {@code lora}, in PEFT's words (LoRA: arXiv:2106.09685).
 *
 * @param r rank of the update, at least 1
 * @param loraAlpha the update is scaled by {@code lora_alpha / r}
 * @param loraDropout probability of dropping an input of the update while training, in [0, 1)
 * @param targetModules linear maps to adapt, by the model's names such as {@code q_proj} and {@code v_proj}, or {@code
 *     all-linear} alone for every one in the layers
 */
public record LoraSettings(int r, double loraAlpha, double loraDropout, List<String> targetModules) {
    /** Stands for every linear map of every layer. */
    public static final String ALL_LINEAR = "all-linear";

    public LoraSettings {
        targetModules = List.copyOf(targetModules);
    }

    /** Rank 8, alpha 16, dropout 0.05 on q and v. */
    public static LoraSettings defaults() {
        return new LoraSettings(8, 16, 0.05, List.of("q_proj", "v_proj"));
    }
}
