package org.sqltune.model.config;

/**
 * Name and shape of one linear map of a layer.
 *
 * @param path its name within the layer: {@code self_attn.q_proj}
 * @param inputSize width of what goes in
 * @param outputSize width of what comes out
 * @param bias whether it has a bias
 */
public record ProjectionShape(String path, int inputSize, int outputSize, boolean bias) {
    /** Its name in {@code target_modules}: {@code q_proj}. */
    public String moduleName() {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
