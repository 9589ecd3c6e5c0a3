package org.sqltune.model.lora;

import java.util.List;
import java.util.Set;
import org.sqltune.model.decoder.ProjectionType;

/**
 * Shape of an adapter, as in PEFT's adapter_config.json.
 *
 * @param rank {@code r}
 * @param alpha {@code lora_alpha}; the update is scaled by alpha / rank
 * @param dropout {@code lora_dropout}, while training
 * @param targets {@code target_modules}, in the order of the layer
 */
public record LoraConfig(int rank, double alpha, double dropout, List<ProjectionType> targets) {
    public LoraConfig {
        Set<ProjectionType> wanted = Set.copyOf(targets);
        targets = List.of(ProjectionType.values()).stream()
                .filter(wanted::contains)
                .toList();
    }

    /** What the low-rank product is multiplied by. */
    public double scale() {
        return alpha / rank;
    }
}
