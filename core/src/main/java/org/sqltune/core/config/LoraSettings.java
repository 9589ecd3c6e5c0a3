package org.sqltune.core.config;

import java.util.List;

/**
 * Section {@code lora}, in PEFT's words (LoRA: arXiv:2106.09685).
 *
 * @param r rank of the update, at least 1
 * @param loraAlpha the update is scaled by {@code lora_alpha / r}
 * @param loraDropout probability of dropping an input of the update while training, in [0, 1)
 * @param targetModules projections to adapt: any of {@code q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj,
 *     down_proj}, or {@code all-linear} for all seven
 */
public record LoraSettings(int r, double loraAlpha, double loraDropout, List<String> targetModules) {
    /** The seven projections of a Llama layer, in the order in which they are computed. */
    public static final List<String> ALL_LINEAR =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    public LoraSettings {
        targetModules = targetModules.equals(List.of("all-linear")) ? ALL_LINEAR : List.copyOf(targetModules);
    }

    /** Rank 8, alpha 16, dropout 0.05 on q and v. */
    public static LoraSettings defaults() {
        return new LoraSettings(8, 16, 0.05, List.of("q_proj", "v_proj"));
    }
}
