package org.sqltune.model.config;

/**
 * What a model consists of, by its names in the model's files.
 *
 * @param embedding {@code model.embed_tokens}
 * @param layers what the layers' numbers follow: {@code model.layers}
 * @param finalNorm {@code model.norm}
 * @param head {@code lm_head}
 * @param layer what each layer consists of
 */
public record ModelModules(String embedding, String layers, String finalNorm, String head, LayerModules layer) {
    /** With the names that Llama's files have, as most families' do. */
    public static ModelModules likeLlama(LayerModules layer) {
        return new ModelModules("model.embed_tokens", "model.layers", "model.norm", "lm_head", layer);
    }

    /** The full name of a layer's module: {@code model.layers.3.self_attn.q_proj}. */
    public String path(int index, String module) {
        return layers + "." + index + "." + module;
    }
}
