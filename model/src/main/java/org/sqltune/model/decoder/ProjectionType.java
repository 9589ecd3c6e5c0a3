package org.sqltune.model.decoder;

import java.util.Arrays;
import java.util.Optional;
import org.sqltune.model.config.DecoderConfig;

/** The seven linear maps of a layer, in the order in which they are computed. */
public enum ProjectionType {
    /** Queries. */
    QUERY("self_attn", "q_proj"),
    /** Keys. */
    KEY("self_attn", "k_proj"),
    /** Values. */
    VALUE("self_attn", "v_proj"),
    /** Attention's output. */
    OUTPUT("self_attn", "o_proj"),
    /** The MLP's gate. */
    GATE("mlp", "gate_proj"),
    /** The MLP's way up. */
    UP("mlp", "up_proj"),
    /** The MLP's way down. */
    DOWN("mlp", "down_proj");

    private final String block;
    private final String moduleName;

    ProjectionType(String block, String moduleName) {
        this.block = block;
        this.moduleName = moduleName;
    }

    /** The projection that {@code target_modules} calls so. */
    public static Optional<ProjectionType> ofModuleName(String name) {
        return Arrays.stream(values())
                .filter(type -> type.moduleName.equals(name))
                .findFirst();
    }

    /** Its name in {@code target_modules}: {@code q_proj}. */
    public String moduleName() {
        return moduleName;
    }

    /** Its place in a model's weight names: {@code model.layers.3.self_attn.q_proj}. */
    public String path(int layer) {
        return "model.layers." + layer + "." + block + "." + moduleName;
    }

    /** Width of what goes in. */
    public int inputSize(DecoderConfig config) {
        return switch (this) {
            case QUERY, KEY, VALUE, GATE, UP -> config.hiddenSize();
            case OUTPUT -> config.querySize();
            case DOWN -> config.intermediateSize();
        };
    }

    /** Width of what comes out. */
    public int outputSize(DecoderConfig config) {
        return switch (this) {
            case QUERY -> config.querySize();
            case KEY, VALUE -> config.keyValueSize();
            case OUTPUT, DOWN -> config.hiddenSize();
            case GATE, UP -> config.intermediateSize();
        };
    }

    /** Whether it has a bias. */
    public boolean hasBias(DecoderConfig config) {
        return block.equals("self_attn") ? config.attentionBias() : config.mlpBias();
    }
}
