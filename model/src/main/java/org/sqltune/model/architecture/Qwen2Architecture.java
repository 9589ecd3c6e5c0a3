package org.sqltune.model.architecture;

import org.sqltune.model.config.Arithmetic;
import org.sqltune.model.config.ConfigFile;
import org.sqltune.model.config.DecoderSizes;
import org.sqltune.model.config.LayerModules;
import org.sqltune.model.config.LayerWindows;
import org.sqltune.model.config.ModelModules;
import org.sqltune.model.config.Norm;

/**
 * Qwen 2 and 2.5 (arXiv:2407.10671): Llama with biases on queries, keys and values. Keys: transformers,
 * configuration_qwen2.py.
 */
final class Qwen2Architecture implements ModelArchitecture {
    @Override
    public String modelType() {
        return "qwen2";
    }

    @Override
    public Description describe(ConfigFile config) {
        DecoderSizes sizes = new SizesReader(config).read(32, null);
        Norm norm = new Norm(Norm.Kind.RMS, config.positive("rms_norm_eps", 1e-6));
        return new Description(
                sizes,
                Arithmetic.likeLlama(sizes, norm, config.activation("hidden_act", "silu"))
                        .windows(new LayerWindows(config, sizes.layers()).fromSomeLayerOn())
                        .build(),
                new RopeReader(config, sizes).read(),
                ModelModules.likeLlama(LayerModules.separate(sizes, true, false, false)),
                false);
    }
}
