package org.sqltune.model.architecture;

import java.util.List;
import java.util.Map;
import org.sqltune.model.config.Arithmetic;
import org.sqltune.model.config.ConfigFile;
import org.sqltune.model.config.DecoderSizes;
import org.sqltune.model.config.LayerModules;
import org.sqltune.model.config.LayerWindows;
import org.sqltune.model.config.ModelModules;
import org.sqltune.model.config.Norm;
import org.sqltune.model.config.NormPlace;
import org.sqltune.model.config.ProjectionShape;
import org.sqltune.model.config.ProjectionShape.Role;

/**
 * Phi 3 and 4 (arXiv:2404.14219): Llama with one linear layer for queries, keys and values, and one for the MLP's gate and way up.
 * Keys: transformers, configuration_phi3.py.
 */
final class Phi3Architecture implements ModelArchitecture {
    @Override
    public String modelType() {
        return "phi3";
    }

    @Override
    public Description describe(ConfigFile config) {
        DecoderSizes sizes = new SizesReader(config).read();
        Norm norm = new Norm(Norm.Kind.RMS, config.positive("rms_norm_eps", 1e-5));
        return new Description(
                sizes,
                Arithmetic.likeLlama(sizes, norm, config.activation("hidden_act", "silu"))
                        .windows(new LayerWindows(config, sizes.layers()).onEveryLayer())
                        .build(),
                new RopeReader(config, sizes).readPartial("rope_theta", "partial_rotary_factor", 1),
                ModelModules.likeLlama(layer(sizes)),
                false);
    }

    private static LayerModules layer(DecoderSizes sizes) {
        int hidden = sizes.hiddenSize();
        int inner = sizes.intermediateSize();
        int together = sizes.querySize() + 2 * sizes.keyValueSize();
        return new LayerModules(
                Map.of(
                        NormPlace.BEFORE_ATTENTION, "input_layernorm",
                        NormPlace.BEFORE_MLP, "post_attention_layernorm"),
                List.of(
                        new ProjectionShape(Role.QKV, "self_attn.qkv_proj", hidden, together, false),
                        new ProjectionShape(Role.O, "self_attn.o_proj", sizes.querySize(), hidden, false)),
                List.of(
                        new ProjectionShape(Role.GATE_UP, "mlp.gate_up_proj", hidden, 2 * inner, false),
                        new ProjectionShape(Role.DOWN, "mlp.down_proj", inner, hidden, false)));
    }
}
