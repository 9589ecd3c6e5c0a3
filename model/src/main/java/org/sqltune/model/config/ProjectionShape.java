package org.sqltune.model.config;

import java.util.Locale;

/**
 * Role, name and shape of one linear layer of a decoder layer.
 *
 * @param role what it is for
 * @param path its name within the layer: {@code self_attn.q_proj}
 * @param inputSize width of what goes in
 * @param outputSize width of what comes out
 * @param bias whether it has a bias
 */
public record ProjectionShape(Role role, String path, int inputSize, int outputSize, boolean bias) {
    /** What a linear layer is for. */
    public enum Role {
        /** Makes queries. */
        Q,
        /** Makes keys. */
        K,
        /** Makes values. */
        V,
        /** Makes queries, keys and values at once. */
        QKV,
        /** Mixes what the heads gave. */
        O,
        /** Makes the MLP's gate. */
        GATE,
        /** The MLP's way up. */
        UP,
        /** Gate and way up at once. */
        GATE_UP,
        /** The MLP's way down. */
        DOWN;

        /** Its name in the functions under {@code decoder/}. */
        public String scriptName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Its name in {@code target_modules}: {@code q_proj}. */
    public String moduleName() {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
