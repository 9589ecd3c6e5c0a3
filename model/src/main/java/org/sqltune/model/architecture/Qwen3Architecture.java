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
 * Qwen 3 (arXiv:2505.09388): Llama whose queries and keys are normed head by head. Keys: transformers,
 * configuration_qwen3.py.
 */
final class Qwen3Architecture implements ModelArchitecture {
    private static final Map<NormPlace, String> NORMS = Map.of(
            NormPlace.BEFORE_ATTENTION, "input_layernorm",
            NormPlace.QUERY, "self_attn.q_norm",
            NormPlace.KEY, "self_attn.k_norm",
            NormPlace.BEFORE_MLP, "post_attention_layernorm");

    @Override
    public String modelType() {
        return "qwen3";
    }

    @Override
    public Description describe(ConfigFile config) {
        DecoderSizes sizes = new SizesReader(config).read(32, 128);
        boolean bias = config.flag("attention_bias", false);
        Norm norm = new Norm(Norm.Kind.RMS, config.positive("rms_norm_eps", 1e-6));
        return new Description(
                sizes,
                Arithmetic.likeLlama(sizes, norm, config.activation("hidden_act", "silu"))
                        .windows(new LayerWindows(config, sizes.layers()).fromSomeLayerOn())
                        .build(),
                new RopeReader(config, sizes).read(),
                ModelModules.likeLlama(
                        LayerModules.separate(sizes, bias, bias, false).withNorms(NORMS)),
                false);
    }
}
