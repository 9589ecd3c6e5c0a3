package org.sqltune.deployment.export;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.sqltune.model.config.Activation;

/** The families of models that llama.cpp and SqlTune both compute, with what llama.cpp's program for each of them can do. */
enum Family {
    /** Rotates neighbouring numbers of a head, so that rows of queries and keys change their order. */
    LLAMA("llama", Set.of("llama", "mistral"), Set.of(Activation.SILU)),
    /** Biases on queries, keys and values. */
    QWEN2("qwen2", Set.of("qwen2"), Set.of(Activation.SILU)),
    /** Norms of each head's queries and keys. */
    QWEN3("qwen3", Set.of("qwen3"), Set.of(Activation.SILU)),
    /** One matrix for queries, keys and values, one for gate and way up. */
    PHI3("phi3", Set.of("phi3"), Set.of(Activation.SILU)),
    /** Norms behind attention and MLP, soft caps, a window on every other layer. */
    GEMMA2("gemma2", Set.of("gemma2"), Set.of(Activation.GELU_TANH)),
    /** LayerNorm. llama.cpp approximates GELU by the hyperbolic tangent, which moves logits by about a thousandth. */
    GPT_NEOX("gptneox", Set.of("gpt_neox"), Set.of(Activation.GELU, Activation.GELU_TANH));

    private final String key;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of gives one that can't be changed
    private final Set<String> modelTypes;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of gives one that can't be changed
    private final Set<Activation> activations;

    Family(String key, Set<String> modelTypes, Set<Activation> activations) {
        this.key = key;
        this.modelTypes = modelTypes;
        this.activations = activations;
    }

    /** The family of a {@code model_type}; empty if llama.cpp or this export has none. */
    static Optional<Family> of(String modelType) {
        return Arrays.stream(values())
                .filter(family -> family.modelTypes.contains(modelType))
                .findFirst();
    }

    /** What llama.cpp calls it. */
    String key() {
        return key;
    }

    /** Whether its MLP can compute with this function. */
    boolean computes(Activation activation) {
        return activations.contains(activation);
    }

    /** Whether it can rotate a part of each head only. */
    boolean rotatesParts() {
        return this == PHI3 || this == GPT_NEOX;
    }

    /** Whether it can divide each rotary frequency by a number of its own. */
    boolean dividesFrequencies() {
        return this == LLAMA || this == PHI3;
    }

    /** Whether its files need a head even where it is the embedding. */
    boolean needsHead() {
        return this == GPT_NEOX;
    }

    /** Whether its files need biases in attention even where a model has none. */
    boolean needsAttentionBias() {
        return this == GPT_NEOX;
    }
}
