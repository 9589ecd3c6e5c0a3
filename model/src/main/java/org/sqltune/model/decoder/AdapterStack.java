package org.sqltune.model.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.script.LayerScript;
import org.sqltune.model.weight.LayerBuffers;
import org.sqltune.model.weight.Projection;
import org.sqltune.model.weight.ProjectionUpdate;

/**
 * What several adapters add to one linear layer, as one low-rank update whose ranks are theirs one behind the other: a row
 * of tokens keeps the ranks of its own adapter.
 *
 * @param tensors by their names in {@code decoder/adapter.py}; none if no adapter adds anything
 */
record AdapterStack(Map<String, Tensor> tensors) {
    /**
     * Makes stacks.
     *
     * @param owner owns their tensors
     * @param buffers hold a weight that is dequantised for DoRA's norms
     * @param adapters by number, null where a number is free
     */
    record Maker(LayerScript script, TensorScope owner, LayerBuffers buffers, List<@Nullable TextAdapter> adapters) {
        /**
         * Stacks what the adapters add to a linear layer.
         *
         * @param own its own tensors
         * @throws IllegalStateException if an adapter is attached to it
         */
        AdapterStack make(Projection projection, Map<String, Tensor> own) {
            List<Map<String, Tensor>> updates = new ArrayList<>();
            for (TextAdapter adapter : adapters) {
                ProjectionUpdate update = adapter == null ? null : adapter.update(projection);
                updates.add(update == null ? Map.of() : update.tensors(() -> weight(projection, own)));
            }
            if (updates.stream().allMatch(Map::isEmpty)) {
                return new AdapterStack(Map.of());
            }
            if (own.containsKey("lora_A")) {
                throw new IllegalStateException(
                        "an adapter is attached to the decoder, and texts have adapters of their" + " own: detach it");
            }
            Map<String, Tensor> tensors = new HashMap<>();
            tensors.put("row_A", script.stacked(owner, all(updates, "lora_A")));
            tensors.put("row_B", script.stackedTransposed(owner, all(updates, "lora_B")));
            tensors.put("row_scales", scales(updates));
            if (updates.stream().anyMatch(each -> each.containsKey("magnitude"))) {
                tensors.put("row_factors", factors(updates, projection.shape().outputSize()));
            }
            return new AdapterStack(tensors);
        }

        private Tensor weight(Projection projection, Map<String, Tensor> own) {
            Tensor weight = own.get("weight");
            return weight == null ? projection.weight(buffers) : weight;
        }

        private static List<Tensor> all(List<Map<String, Tensor>> updates, String name) {
            List<Tensor> found = new ArrayList<>();
            for (Map<String, Tensor> each : updates) {
                Tensor tensor = each.get(name);
                if (tensor != null) {
                    found.add(tensor);
                }
            }
            return found;
        }

        /** For the base and each adapter its scale at its own ranks, and 0 at the others'. */
        private Tensor scales(List<Map<String, Tensor>> updates) {
            int ranks = all(updates, "lora_A").stream()
                    .mapToInt(each -> (int) each.size(0))
                    .sum();
            float[] table = new float[(updates.size() + 1) * ranks];
            int from = 0;
            for (int i = 0; i < updates.size(); i++) {
                Tensor a = updates.get(i).get("lora_A");
                Tensor scale = updates.get(i).get("scale");
                if (a != null && scale != null) {
                    int start = (i + 1) * ranks + from;
                    Arrays.fill(table, start, start + (int) a.size(0), scale.toFloats()[0]);
                    from += (int) a.size(0);
                }
            }
            return owner.floats(table, updates.size() + 1, ranks);
        }

        /** For the base and each adapter DoRA's factor of each output, 1 for all others. */
        private Tensor factors(List<Map<String, Tensor>> updates, int outputs) {
            float[] same = new float[outputs];
            Arrays.fill(same, 1);
            try (TensorScope temporary = owner.child()) {
                Tensor ones = temporary.floats(same, outputs);
                List<Tensor> magnitudes = new ArrayList<>(List.of(ones));
                List<Tensor> norms = new ArrayList<>(List.of(ones));
                for (Map<String, Tensor> each : updates) {
                    magnitudes.add(each.getOrDefault("magnitude", ones));
                    norms.add(each.getOrDefault("norms", ones));
                }
                return script.factors(owner, magnitudes, norms);
            }
        }
    }
}
