package org.sqltune.deployment.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sqltune.core.SqlTuneException;
import org.sqltune.deployment.gguf.GgufMetadata;
import org.sqltune.model.config.Arithmetic;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.Norm;
import org.sqltune.model.config.ProjectionShape;

/** The keys that say how large a model is and how it computes. */
final class ArchitectureKeys {
    private final Path folder;
    private final DecoderConfig config;
    private final Arithmetic arithmetic;
    private final Family family;
    private final RopeKeys rope;

    /** @throws SqlTuneException if llama.cpp would compute something else than the model does */
    ArchitectureKeys(Path folder, DecoderConfig config) {
        this.folder = folder;
        this.config = config;
        this.arithmetic = config.arithmetic();
        this.family = Family.of(config.modelType())
                .orElseThrow(
                        () -> new SqlTuneException(
                                folder + " is of the family " + config.modelType()
                                        + ", which isn't written as GGUF: llama, mistral, qwen2, qwen3, phi3, gemma2 and gpt_neox are"));
        this.rope = new RopeKeys(family, config.rope());
        requireComputable();
    }

    private void requireComputable() {
        require(family.computes(arithmetic.activation()), "the activation " + arithmetic.activation());
        int turned = config.rope().dimension();
        require(turned == config.headDim() || family.rotatesParts(), "heads that are rotated in part");
        require(turned % 2 == 0, "heads of which an odd number of places is rotated");
        require(rope.computable(), "rotary scaling like this");
        List<ProjectionShape> attention = config.modules().layer().attention();
        boolean biased = attention.stream().anyMatch(ProjectionShape::bias);
        require(
                !biased || config.querySize() == config.hiddenSize(),
                "biases in attention and heads that together aren't as wide as the model");
        require(!biased || (family != Family.QWEN3 && family != Family.GEMMA2), "biases in attention");
        boolean capped = arithmetic.attentionSoftCap() > 0 && arithmetic.logitSoftCap() > 0;
        require(family != Family.GEMMA2 || capped, "no soft caps");
    }

    private void require(boolean fulfilled, String what) {
        if (!fulfilled) {
            throw new SqlTuneException(folder + " has " + what + ", which llama.cpp's " + family.key()
                    + " doesn't compute: deploy it with another runtime, such as vLLM");
        }
    }

    /** The family. */
    Family family() {
        return family;
    }

    /** How it encodes positions. */
    RopeKeys rope() {
        return rope;
    }

    void putInto(GgufMetadata metadata) {
        String name = family.key();
        boolean layerNorm = arithmetic.norm().kind() == Norm.Kind.LAYER;
        metadata.put(name + ".vocab_size", config.vocabSize())
                .put(name + ".context_length", contextLength())
                .put(name + ".embedding_length", config.hiddenSize())
                .put(name + ".block_count", config.layers())
                .put(name + ".feed_forward_length", config.intermediateSize())
                .put(name + ".attention.head_count", config.heads())
                .put(name + ".attention.head_count_kv", config.keyValueHeads())
                .put(name + ".attention.layer_norm_" + (layerNorm ? "" : "rms_") + "epsilon", (float)
                        arithmetic.norm().epsilon())
                .put(name + ".attention.key_length", config.headDim())
                .put(name + ".attention.value_length", config.headDim());
        rope.putInto(metadata);
        putExtras(metadata);
    }

    private void putExtras(GgufMetadata metadata) {
        String name = family.key();
        switch (family) {
            case GEMMA2 ->
                metadata.put(name + ".attn_logit_softcapping", (float) arithmetic.attentionSoftCap())
                        .put(name + ".final_logit_softcapping", (float) arithmetic.logitSoftCap())
                        .put(
                                name + ".attention.sliding_window",
                                everyOther() ? windows().get(0) : contextLength());
            // Needed by older versions, ignored by newer ones; the context isn't longer.
            case PHI3 -> metadata.put(name + ".attention.sliding_window", contextLength());
            case GPT_NEOX -> metadata.put(name + ".use_parallel_residual", arithmetic.parallelResidual());
            case LLAMA, QWEN2, QWEN3 -> {}
        }
    }

    /** A window that llama.cpp doesn't compute: within its length, nothing changes. */
    private int contextLength() {
        List<Integer> windows = everyOther() ? List.of() : windows();
        return Math.min(
                config.maxPositions(), windows.stream().min(Integer::compare).orElse(config.maxPositions()));
    }

    /** The lengths of those layers that have a window. */
    private List<Integer> windows() {
        List<Integer> windows = new ArrayList<>(arithmetic.windows());
        windows.removeIf(window -> window == 0);
        return windows;
    }

    /** Whether the first layer and every other have the same window, as llama.cpp's Gemma 2 does. */
    private boolean everyOther() {
        List<Integer> all = arithmetic.windows();
        return family == Family.GEMMA2
                && all.get(0) > 0
                && IntStream.range(0, all.size()).allMatch(i -> all.get(i) == (i % 2 == 0 ? all.get(0) : 0));
    }
}
