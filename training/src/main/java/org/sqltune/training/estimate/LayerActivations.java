package org.sqltune.training.estimate;

import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.sqltune.model.config.Arithmetic;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.Norm;
import org.sqltune.model.config.NormPlace;
import org.sqltune.model.config.ProjectionShape;
import org.sqltune.model.torch.ElementType;

/**
 * Counts the bytes that one layer's graph keeps for its gradients, operation by operation as the functions under {@code
 * torchscript/decoder} compute and libtorch's autograd saves. A product with a frozen weight doesn't keep its input;
 * one with a trained weight does. Dense attention keeps the attention weights of every head; streamed attention of a
 * long segment keeps its fp32 operands.
 */
final class LayerActivations {
    private static final int FP32 = ElementType.FLOAT32.bytes();

    private final ModelShape shape;
    private final DecoderConfig config;
    private final int bytes;
    private final boolean dropout;

    /**
     * @param type element type of the computation
     * @param dropout whether dropout applies to the inputs of low-rank updates
     */
    LayerActivations(ModelShape shape, ElementType type, boolean dropout) {
        this.shape = shape;
        this.config = shape.config();
        this.bytes = type.bytes();
        this.dropout = dropout;
    }

    /** Bytes kept until the layer's backward pass, including the layer's output. */
    long kept(RowShape row) {
        return row.tokens() * (norms() + trainedInputs() + mlp() + output()) + attention(row);
    }

    /**
     * The bytes of {@link #kept} in blocks small enough for the allocator's pools. For a long row, that share is
     * smaller.
     */
    long pooled(RowShape row) {
        long inMlp = row.tokens() * mlp();
        double inner = pooledShare(row.tokens() * config.intermediateSize() * bytes);
        double outer = pooledShare(row.tokens() * config.hiddenSize() * FP32);
        return Math.round(inner * inMlp + outer * (kept(row) - inMlp));
    }

    private static double pooledShare(long block) {
        return Math.min(1, ProcessMemory.POOLED_BLOCK / (double) block);
    }

    /** Bytes that selective checkpointing keeps besides the layer's output: the outputs of the linear layers. */
    long products(RowShape row) {
        long attention = config.querySize() + 2 * config.keyValueSize() + config.hiddenSize();
        long mlp = (config.arithmetic().gatedMlp() ? 2L : 1L) * config.intermediateSize();
        long normed = config.modules().layer().norms().containsKey(NormPlace.AFTER_MLP) ? config.hiddenSize() : 0;
        return row.tokens() * (attention + mlp + normed) * bytes;
    }

    /** The bytes of {@link #products} in blocks small enough for the allocator's pools. */
    long pooledProducts(RowShape row) {
        return Math.round(pooledShare(row.tokens() * config.intermediateSize() * bytes) * products(row));
    }

    /** Bytes of a layer's output, which is all that full checkpointing keeps. */
    long output(RowShape row) {
        return row.tokens() * output();
    }

    /** Largest number of bytes that a forward pass without graph holds, besides the layer's input. */
    long forward(RowShape row) {
        long inner = 3L * config.intermediateSize() * bytes;
        long heads = row.tokens() * config.querySize() * 4L * bytes
                + row.streamed().tokens() * config.querySize() * 2L * FP32
                + keysAndValues(row);
        return row.tokens() * 2 * output() + Math.max(row.tokens() * inner, heads);
    }

    /** Bytes that the backward pass needs in addition to the graph, without the gradients of weights. */
    long backward(RowShape row) {
        long inner = row.tokens() * 3 * config.intermediateSize() * bytes;
        long heads = row.tokens() * config.querySize() * 3L * bytes
                + row.streamed().tokens() * config.querySize() * 3L * FP32
                + keysAndValues(row)
                + cappedScores(row);
        return row.tokens() * 2 * output() + Math.max(inner, heads);
    }

    private long output() {
        return (long) config.hiddenSize() * bytes;
    }

    /** Bytes per token that the norms keep: the input, which RMS norms convert to fp32 first. */
    private long norms() {
        Norm.Kind kind = config.arithmetic().norm().kind();
        long width = 0;
        for (NormPlace place : config.modules().layer().norms().keySet()) {
            width += place == NormPlace.QUERY
                    ? config.querySize()
                    : place == NormPlace.KEY ? config.keyValueSize() : config.hiddenSize();
        }
        boolean ownCopy = bytes != FP32 && kind != Norm.Kind.LAYER;
        // In fp32 the first norm's input is the layer's input, which is counted as the output of the layer below.
        long inputs = ownCopy ? width * FP32 : Math.max(0, width - config.hiddenSize()) * bytes;
        long scaled = shape.full() && kind != Norm.Kind.LAYER ? width * bytes : 0;
        return inputs + scaled;
    }

    /**
     * Bytes per token of the inputs of trained linear layers. Layers with the same input share it, unless each applies
     * its own dropout.
     */
    private long trainedInputs() {
        if (shape.full()) {
            return config.modules().layer().projections().stream()
                    .collect(Collectors.toMap(LayerActivations::inputOf, ProjectionShape::inputSize, Math::max))
                    .values()
                    .stream()
                    .mapToLong(width -> (long) width * bytes)
                    .sum();
        }
        long inner = sum(each -> 2L * shape.rank(each) * bytes);
        if (shape.decomposed()) {
            // The outputs of the frozen layer and of the update, for the gradients of DoRA's magnitudes.
            inner += sum(each -> 2L * each.outputSize() * bytes);
        }
        if (dropout) {
            return inner + sum(each -> 2L * each.inputSize() * bytes);
        }
        Map<String, Integer> inputs = shape.adapted().stream()
                .collect(Collectors.toMap(LayerActivations::inputOf, ProjectionShape::inputSize, Math::max));
        return inner
                + inputs.values().stream()
                        .mapToLong(width -> (long) width * bytes)
                        .sum();
    }

    private long sum(ToLongFunction<ProjectionShape> each) {
        return shape.adapted().stream().mapToLong(each).sum();
    }

    /** Names the intermediate result that a linear layer reads. */
    private static String inputOf(ProjectionShape linear) {
        return switch (linear.moduleName()) {
            case "q_proj", "k_proj", "v_proj", "qkv_proj", "query_key_value" -> "attention";
            case "gate_proj", "up_proj", "gate_up_proj", "dense_h_to_4h", "c_fc", "fc1" -> "mlp";
            default -> linear.path();
        };
    }

    /** Bytes per token that the MLP keeps: the activation's input and output, and the factor of a gated MLP. */
    private long mlp() {
        Arithmetic arithmetic = config.arithmetic();
        return (arithmetic.gatedMlp() ? 3L : 1L) * config.intermediateSize() * bytes;
    }

    /**
     * Bytes that attention keeps. Dense: queries, keys, values and every head's attention weights. Streamed: queries,
     * keys, values and result in fp32.
     */
    private long attention(RowShape row) {
        long dense = row.dense().tokens() * config.querySize() * bytes
                + 2 * row.dense().keys() * config.keyValueSize() * bytes
                + row.dense().scores() * config.heads() * bytes;
        long queriesAndResult = row.streamed().tokens() * (2L * config.querySize() + config.heads()) * FP32;
        long mask = row.streamed().masked() * FP32;
        return dense + queriesAndResult + keysAndValues(row) + mask + cappedScores(row);
    }

    /** Bytes of streamed attention's keys and values, repeated for the query heads that share them. */
    private long keysAndValues(RowShape row) {
        return 2 * row.streamed().keys() * config.querySize() * FP32;
    }

    /** Bytes of capped attention scores, which exist for every head before and after softmax; 0 without a cap. */
    private long cappedScores(RowShape row) {
        long scores = row.dense().scores() + row.streamed().scores();
        return config.arithmetic().attentionSoftCap() > 0 ? 2 * scores * config.heads() * FP32 : 0;
    }
}
