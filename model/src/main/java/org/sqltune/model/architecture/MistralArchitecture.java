package org.sqltune.model.architecture;

import org.sqltune.model.config.Arithmetic;
import org.sqltune.model.config.ConfigFile;
import org.sqltune.model.config.DecoderSizes;
import org.sqltune.model.config.LayerModules;
import org.sqltune.model.config.LayerWindows;
import org.sqltune.model.config.ModelModules;
import org.sqltune.model.config.Norm;

/** Mistral (Jiang et al., arXiv:2310.06825): Llama with a window. Keys: transformers, configuration_mistral.py. */
final class MistralArchitecture implements ModelArchitecture {
    @Override
    public String modelType() {
        return "mistral";
    }

    @Override
    public Description describe(ConfigFile config) {
        DecoderSizes sizes = new SizesReader(config).read(8, null);
        Norm norm = new Norm(Norm.Kind.RMS, config.positive("rms_norm_eps", 1e-6));
        return new Description(
                sizes,
                Arithmetic.likeLlama(sizes, norm, config.activation("hidden_act", "silu"))
                        .windows(new LayerWindows(config, sizes.layers()).onEveryLayer())
                        .build(),
                new RopeReader(config, sizes).read(),
                ModelModules.likeLlama(LayerModules.separate(sizes, false, false, false)),
                false);
    }
}
