package org.sqltune.model.lora;

import java.util.List;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.config.LayerModules;

/**
 * Shape of an adapter, as in PEFT's adapter_config.json.
 *
 * @param rank {@code r}
 * @param alpha {@code lora_alpha}; the update is scaled by alpha / rank
 * @param dropout {@code lora_dropout}, while training
 * @param targets {@code target_modules}: names of linear maps, or {@code all-linear} alone
 */
public record LoraConfig(int rank, double alpha, double dropout, List<String> targets) {
    /** Every linear map of every layer. */
    public static final String ALL_LINEAR = "all-linear";

    public LoraConfig {
        targets = List.copyOf(targets);
    }

    /** What the low-rank product is multiplied by. */
    public double scale() {
        return alpha / rank;
    }

    /**
     * The same with every target by its name, in the layer's order.
     *
     * @throws SqlTuneException if a layer has no linear map of that name
     */
    public LoraConfig forLayer(LayerModules layer) {
        List<String> known = layer.moduleNames();
        boolean all = targets.equals(List.of(ALL_LINEAR));
        for (String target : targets) {
            if (!all && !known.contains(target)) {
                throw new SqlTuneException("target_modules names " + target
                        + ", which is not a linear map of this model's layers. Choose from " + String.join(", ", known)
                        + ", or " + ALL_LINEAR);
            }
        }
        return new LoraConfig(
                rank,
                alpha,
                dropout,
                known.stream().filter(name -> all || targets.contains(name)).toList());
    }
}
