package org.sqltune.model.architecture;

import org.sqltune.model.config.Arithmetic;
import org.sqltune.model.config.ConfigFile;
import org.sqltune.model.config.DecoderSizes;
import org.sqltune.model.config.LayerModules;
import org.sqltune.model.config.ModelModules;
import org.sqltune.model.config.Norm;

/**
 * Llama 1 to 3 (Touvron et al., arXiv:2302.13971) and what shares its code: TinyLlama, CodeLlama, SQLCoder, NSQL. Keys:
 * transformers, configuration_llama.py.
 */
final class LlamaArchitecture implements ModelArchitecture {
    @Override
    public String modelType() {
        return "llama";
    }

    @Override
    public Description describe(ConfigFile config) {
        config.require("pretraining_tp", "1", "1");
        DecoderSizes sizes = new SizesReader(config).read();
        boolean attentionBias = config.flag("attention_bias", false);
        Norm norm = new Norm(Norm.Kind.RMS, config.positive("rms_norm_eps", 1e-6));
        LayerModules layer = LayerModules.separate(sizes, attentionBias, attentionBias, config.flag("mlp_bias", false));
        return new Description(
                sizes,
                Arithmetic.likeLlama(sizes, norm, config.activation("hidden_act", "silu"))
                        .build(),
                new RopeReader(config, sizes).read(),
                ModelModules.likeLlama(layer),
                false);
    }
}
