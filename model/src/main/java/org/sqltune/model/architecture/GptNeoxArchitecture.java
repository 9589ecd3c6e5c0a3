package org.sqltune.model.architecture;

import java.util.List;
import java.util.Map;
import org.sqltune.model.config.Arithmetic;
import org.sqltune.model.config.ConfigFile;
import org.sqltune.model.config.DecoderSizes;
import org.sqltune.model.config.LayerModules;
import org.sqltune.model.config.ModelModules;
import org.sqltune.model.config.Norm;
import org.sqltune.model.config.NormPlace;
import org.sqltune.model.config.ProjectionShape;
import org.sqltune.model.config.ProjectionShape.Role;

/**
 * GPT-NeoX (Black et al., arXiv:2204.06745) and Pythia: LayerNorm, attention and MLP side by side, a quarter of each head
 * rotated, one linear layer for queries, keys and values in which those of a head stand together. Keys: transformers,
 * configuration_gpt_neox.py.
 */
final class GptNeoxArchitecture implements ModelArchitecture {
    @Override
    public String modelType() {
        return "gpt_neox";
    }

    @Override
    public Description describe(ConfigFile config) {
        DecoderSizes sizes = new SizesReader(config).read();
        if (sizes.querySize() != sizes.hiddenSize() || sizes.keyValueHeads() != sizes.heads()) {
            throw config.fault("this model_type has heads of hidden_size / num_attention_heads, each with its own keys:"
                    + " head_dim " + sizes.headDim() + " or num_key_value_heads " + sizes.keyValueHeads()
                    + " contradicts that");
        }
        Norm norm = new Norm(Norm.Kind.LAYER, config.positive("layer_norm_eps", 1e-5));
        return new Description(
                sizes,
                Arithmetic.likeLlama(sizes, norm, config.activation("hidden_act", "gelu"))
                        .plainMlp()
                        .interleavedHeads()
                        .parallelResidual(config.flag("use_parallel_residual", true))
                        .build(),
                new RopeReader(config, sizes).readPartial("rotary_emb_base", "rotary_pct", 0.25),
                new ModelModules(
                        "gpt_neox.embed_in",
                        "gpt_neox.layers",
                        "gpt_neox.final_layer_norm",
                        "embed_out",
                        layer(sizes, config.flag("attention_bias", true))),
                false);
    }

    private static LayerModules layer(DecoderSizes sizes, boolean attentionBias) {
        int hidden = sizes.hiddenSize();
        int inner = sizes.intermediateSize();
        return new LayerModules(
                Map.of(
                        NormPlace.BEFORE_ATTENTION, "input_layernorm",
                        NormPlace.BEFORE_MLP, "post_attention_layernorm"),
                List.of(
                        new ProjectionShape(Role.QKV, "attention.query_key_value", hidden, 3 * hidden, attentionBias),
                        new ProjectionShape(Role.O, "attention.dense", hidden, hidden, attentionBias)),
                List.of(
                        new ProjectionShape(Role.UP, "mlp.dense_h_to_4h", hidden, inner, true),
                        new ProjectionShape(Role.DOWN, "mlp.dense_4h_to_h", inner, hidden, true)));
    }
}
