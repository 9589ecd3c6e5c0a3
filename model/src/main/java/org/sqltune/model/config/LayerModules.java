package org.sqltune.model.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.sqltune.model.config.ProjectionShape.Role;

/**
 * What one layer consists of, by its names in the model's files.
 *
 * @param norms names of the norms that the layer has, within the layer
 * @param attention the linear layers that make queries, keys and values, three or one for all, and the one behind attention
 * @param mlp gate, up and down; or gate and up in one, and down; or up and down
 */
public record LayerModules(Map<NormPlace, String> norms, List<ProjectionShape> attention, List<ProjectionShape> mlp) {
    public LayerModules {
        norms = Collections.unmodifiableMap(new EnumMap<>(norms));
        attention = List.copyOf(attention);
        mlp = List.copyOf(mlp);
    }

    /**
     * A Llama layer's: a norm before attention and before the MLP, seven linear layers.
     *
     * @param inputBias whether the linear layers for queries, keys and values have biases
     * @param outputBias whether the one behind attention has
     * @param mlpBias whether those of the MLP have
     */
    public static LayerModules separate(DecoderSizes sizes, boolean inputBias, boolean outputBias, boolean mlpBias) {
        int hidden = sizes.hiddenSize();
        int inner = sizes.intermediateSize();
        return new LayerModules(
                Map.of(
                        NormPlace.BEFORE_ATTENTION, "input_layernorm",
                        NormPlace.BEFORE_MLP, "post_attention_layernorm"),
                List.of(
                        new ProjectionShape(Role.Q, "self_attn.q_proj", hidden, sizes.querySize(), inputBias),
                        new ProjectionShape(Role.K, "self_attn.k_proj", hidden, sizes.keyValueSize(), inputBias),
                        new ProjectionShape(Role.V, "self_attn.v_proj", hidden, sizes.keyValueSize(), inputBias),
                        new ProjectionShape(Role.O, "self_attn.o_proj", sizes.querySize(), hidden, outputBias)),
                List.of(
                        new ProjectionShape(Role.GATE, "mlp.gate_proj", hidden, inner, mlpBias),
                        new ProjectionShape(Role.UP, "mlp.up_proj", hidden, inner, mlpBias),
                        new ProjectionShape(Role.DOWN, "mlp.down_proj", inner, hidden, mlpBias)));
    }

    /** The same with these norms instead. */
    public LayerModules withNorms(Map<NormPlace, String> others) {
        return new LayerModules(others, attention, mlp);
    }

    /** The linear layers in the order in which they are computed. */
    public List<ProjectionShape> projections() {
        List<ProjectionShape> all = new ArrayList<>(attention);
        all.addAll(mlp);
        return all;
    }

    /** Their names in {@code target_modules}. */
    public List<String> moduleNames() {
        return projections().stream().map(ProjectionShape::moduleName).toList();
    }
}
