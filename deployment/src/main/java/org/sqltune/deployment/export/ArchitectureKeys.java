package org.sqltune.deployment.export;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.sqltune.core.SqlTuneException;
import org.sqltune.deployment.gguf.GgufMetadata;
import org.sqltune.model.config.Activation;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.ProjectionShape;
import org.sqltune.model.config.RopeScaling;

/** What llama.cpp calls a family of models, and the keys that say how large one is and how it computes. */
final class ArchitectureKeys {
    /** By {@code model_type}. */
    private static final Map<String, String> NAMES = Map.of("llama", "llama", "mistral", "llama", "qwen2", "qwen2");

    private static final int YARN_FAST = 32;

    private final Path folder;
    private final DecoderConfig config;
    private final String name;

    /** @throws SqlTuneException if llama.cpp would compute something else than the model does */
    ArchitectureKeys(Path folder, DecoderConfig config) {
        this.folder = folder;
        this.config = config;
        String known = NAMES.get(config.modelType());
        if (known == null) {
            throw new SqlTuneException(folder + " is of the family " + config.modelType()
                    + ", which isn't written as GGUF: llama, mistral and qwen2 are");
        }
        this.name = known;
        require(config.arithmetic().activation() == Activation.SILU, "an activation other than SiLU");
        require(config.rope().dimension() == config.headDim(), "heads that are rotated in part");
        require(!(config.rope().scaling() instanceof RopeScaling.LongRope), "rotary scaling by longrope");
        require(Set.copyOf(config.arithmetic().windows()).size() == 1, "windows on some of its layers");
        boolean biased = config.modules().layer().attention().stream().anyMatch(ProjectionShape::bias);
        require(
                !biased || config.querySize() == config.hiddenSize(),
                "biases in attention and heads that together aren't as wide as the model");
        require(!(config.rope().scaling() instanceof RopeScaling.Yarn yarn) || isUsual(yarn), "unusual YaRN scaling");
    }

    /** As llama.cpp computes it without being told more. */
    private static boolean isUsual(RopeScaling.Yarn yarn) {
        double magnitude = 0.1 * Math.log(yarn.factor()) + 1;
        return Math.abs(yarn.magnitude() - magnitude) < 1e-6
                && yarn.fastTurns() == YARN_FAST
                && yarn.slowTurns() == 1
                && yarn.wholeIndices();
    }

    private void require(boolean fulfilled, String what) {
        if (!fulfilled) {
            throw new SqlTuneException(folder + " has " + what + ", which llama.cpp's " + name
                    + " doesn't compute: deploy it with another runtime, such as vLLM");
        }
    }

    /** What llama.cpp calls the family. */
    String name() {
        return name;
    }

    /** Whether rows of queries and keys are kept in another order. */
    boolean permuted() {
        return name.equals("llama");
    }

    void putInto(GgufMetadata metadata) {
        metadata.put(name + ".vocab_size", config.vocabSize())
                .put(name + ".context_length", contextLength())
                .put(name + ".embedding_length", config.hiddenSize())
                .put(name + ".block_count", config.layers())
                .put(name + ".feed_forward_length", config.sizes().intermediateSize())
                .put(name + ".attention.head_count", config.heads())
                .put(name + ".attention.head_count_kv", config.keyValueHeads())
                .put(name + ".attention.layer_norm_rms_epsilon", (float)
                        config.arithmetic().norm().epsilon())
                .put(name + ".attention.key_length", config.headDim())
                .put(name + ".attention.value_length", config.headDim())
                .put(name + ".rope.dimension_count", config.rope().dimension())
                .put(name + ".rope.freq_base", (float) config.rope().theta());
        putScaling(metadata);
    }

    /** A window is unknown to llama.cpp here: within its length, nothing changes. */
    private int contextLength() {
        int window = config.arithmetic().windows().get(0);
        return window == 0 ? config.maxPositions() : Math.min(window, config.maxPositions());
    }

    /** Dynamic scaling changes nothing within the context; Llama 3's is a tensor. */
    private void putScaling(GgufMetadata metadata) {
        if (config.rope().scaling() instanceof RopeScaling.Linear linear) {
            metadata.put(name + ".rope.scaling.type", "linear")
                    .put(name + ".rope.scaling.factor", (float) linear.factor());
        } else if (config.rope().scaling() instanceof RopeScaling.Yarn yarn) {
            metadata.put(name + ".rope.scaling.type", "yarn")
                    .put(name + ".rope.scaling.factor", (float) yarn.factor())
                    .put(name + ".rope.scaling.original_context_length", yarn.originalPositions());
        }
    }
}
