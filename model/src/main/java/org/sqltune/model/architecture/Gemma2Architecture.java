package org.sqltune.model.architecture;

import java.util.Map;
import org.sqltune.model.config.Arithmetic;
import org.sqltune.model.config.ConfigFile;
import org.sqltune.model.config.DecoderSizes;
import org.sqltune.model.config.LayerModules;
import org.sqltune.model.config.LayerWindows;
import org.sqltune.model.config.ModelModules;
import org.sqltune.model.config.Norm;
import org.sqltune.model.config.NormPlace;

/**
 * Gemma 2 (arXiv:2408.00118): norms before and after attention and MLP with weights kept as distances from one, soft caps
 * on attention's scores and on the logits, scaled embeddings, every other layer with a window. Keys: transformers,
 * configuration_gemma2.py.
 */
final class Gemma2Architecture implements ModelArchitecture {
    private static final Map<NormPlace, String> NORMS = Map.of(
            NormPlace.BEFORE_ATTENTION, "input_layernorm",
            NormPlace.AFTER_ATTENTION, "post_attention_layernorm",
            NormPlace.BEFORE_MLP, "pre_feedforward_layernorm",
            NormPlace.AFTER_MLP, "post_feedforward_layernorm");

    @Override
    public String modelType() {
        return "gemma2";
    }

    @Override
    public Description describe(ConfigFile config) {
        config.require("use_bidirectional_attention", "false", "false");
        DecoderSizes sizes = new SizesReader(config).read(4, 256);
        boolean bias = config.flag("attention_bias", false);
        Norm norm = new Norm(Norm.Kind.RMS_FROM_ONE, config.positive("rms_norm_eps", 1e-6));
        int window = config.isNull("sliding_window") ? 0 : config.size("sliding_window", 4096);
        return new Description(
                sizes,
                Arithmetic.likeLlama(sizes, norm, config.activation("hidden_activation", "gelu_pytorch_tanh"))
                        .windows(new LayerWindows(config, sizes.layers()).byLayerType(window, i -> i % 2 == 0))
                        .attentionScale(1 / Math.sqrt(config.positive("query_pre_attn_scalar", 256)))
                        .softCaps(
                                config.positiveOrNone("attn_logit_softcapping", 50),
                                config.positiveOrNone("final_logit_softcapping", 30))
                        .embeddingScale(Math.sqrt(sizes.hiddenSize()))
                        .build(),
                new RopeReader(config, sizes).read(),
                ModelModules.likeLlama(
                        LayerModules.separate(sizes, bias, bias, false).withNorms(NORMS)),
                true);
    }
}
