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
 * Bytes that one layer's graph keeps for its gradients, counted operation by operation as the functions under {@code torchscript/decoder} compute and
 * libtorch's autograd saves: a product with a frozen weight keeps nothing of its input, one with a trained weight does;
 * attention keeps the weights of every head, or where a segment is long what a streamed attention in fp32 needs.
 */
final class LayerActivations {
    private static final int FP32 = ElementType.FLOAT32.bytes();

    private final ModelShape shape;
    private final DecoderConfig config;
    private final int bytes;
    private final boolean dropout;

    /**
     * @param type element type of the arithmetic
     * @param dropout whether inputs of low-rank updates are dropped
     */
    LayerActivations(ModelShape shape, ElementType type, boolean dropout) {
        this.shape = shape;
        this.config = shape.config();
        this.bytes = type.bytes();
        this.dropout = dropout;
    }

    /** What is kept until the layer's backward pass, the layer's output included. */
    long kept(RowShape row) {
        return row.tokens() * (norms() + trainedInputs() + mlp() + output()) + attention(row);
    }

    /**
     * That part of {@link #kept} which lies in blocks that the allocator cuts out of its pools; of a long row, what its
     * shorter neighbours leave there.
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

    /** What selective checkpointing keeps beside the layer's output: what the linear layers gave. */
    long products(RowShape row) {
        long attention = config.querySize() + 2 * config.keyValueSize() + config.hiddenSize();
        long mlp = (config.arithmetic().gatedMlp() ? 2L : 1L) * config.intermediateSize();
        long normed = config.modules().layer().norms().containsKey(NormPlace.AFTER_MLP) ? config.hiddenSize() : 0;
        return row.tokens() * (attention + mlp + normed) * bytes;
    }

    /** As {@link #pooled}, of the {@link #products}. */
    long pooledProducts(RowShape row) {
        return Math.round(pooledShare(row.tokens() * config.intermediateSize() * bytes) * products(row));
    }

    /** A layer's output alone: what full checkpointing keeps. */
    long output(RowShape row) {
        return row.tokens() * output();
    }

    /** What the forward pass of a layer without graph holds at most, beside its input. */
    long forward(RowShape row) {
        long inner = 3L * config.intermediateSize() * bytes;
        long heads = row.tokens() * config.querySize() * 4L * bytes
                + row.streamed().tokens() * config.querySize() * 2L * FP32
                + keysAndValues(row);
        return row.tokens() * 2 * output() + Math.max(row.tokens() * inner, heads);
    }

    /** What taking a layer's gradients needs on top of its graph, the gradients of weights left out. */
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

    /** Each norm keeps its input in fp32 (which is the residual stream itself where that is fp32), or as it is. */
    private long norms() {
        Norm.Kind kind = config.arithmetic().norm().kind();
        long width = 0;
        for (NormPlace place : config.modules().layer().norms().keySet()) {
            width += place == NormPlace.QUERY
                    ? config.querySize()
                    : place == NormPlace.KEY ? config.keyValueSize() : config.hiddenSize();
        }
        boolean ownCopy = bytes != FP32 && kind != Norm.Kind.LAYER;
        // In fp32 the first norm's input is the layer's input, which the layer below has counted as its output.
        long inputs = ownCopy ? width * FP32 : Math.max(0, width - config.hiddenSize()) * bytes;
        long scaled = shape.full() && kind != Norm.Kind.LAYER ? width * bytes : 0;
        return inputs + scaled;
    }

    /** Inputs of trained products: shared by the linear layers that read the same, unless each drops its own part. */
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
            // The frozen linear layer's result and the update, for the gradients of the rows' lengths.
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

    /** Which of a layer's intermediate results a map reads. */
    private static String inputOf(ProjectionShape map) {
        return switch (map.moduleName()) {
            case "q_proj", "k_proj", "v_proj", "qkv_proj", "query_key_value" -> "attention";
            case "gate_proj", "up_proj", "gate_up_proj", "dense_h_to_4h", "c_fc", "fc1" -> "mlp";
            default -> map.path();
        };
    }

    /** The activation's input, its result and what that is multiplied by. */
    private long mlp() {
        Arithmetic arithmetic = config.arithmetic();
        return (arithmetic.gatedMlp() ? 3L : 1L) * config.intermediateSize() * bytes;
    }

    /** Dense: queries, keys, values and the weights of every head. Streamed: all in fp32, and the result. */
    private long attention(RowShape row) {
        long dense = row.dense().tokens() * config.querySize() * bytes
                + 2 * row.dense().keys() * config.keyValueSize() * bytes
                + row.dense().scores() * config.heads() * bytes;
        long queriesAndResult = row.streamed().tokens() * (2L * config.querySize() + config.heads()) * FP32;
        long mask = row.streamed().masked() * FP32;
        return dense + queriesAndResult + keysAndValues(row) + mask + cappedScores(row);
    }

    /** Of streamed attention: the heads' keys and values, repeated for the queries that share them. */
    private long keysAndValues(RowShape row) {
        return 2 * row.streamed().keys() * config.querySize() * FP32;
    }

    /** Where scores are capped they are written out for every head, before and after softmax. */
    private long cappedScores(RowShape row) {
        long scores = row.dense().scores() + row.streamed().scores();
        return config.arithmetic().attentionSoftCap() > 0 ? 2 * scores * config.heads() * FP32 : 0;
    }
}
