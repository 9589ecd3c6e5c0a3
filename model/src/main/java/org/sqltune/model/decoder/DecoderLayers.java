package org.sqltune.model.decoder;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorMap;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.LayerScript;
import org.sqltune.model.torch.script.LayerScript.Dropout;
import org.sqltune.model.weight.LayerBuffers;
import org.sqltune.model.weight.Weight;
import org.sqltune.model.weight.WeightSource;

/**
 * A decoder's layers: computes them one at a time, keeping nothing, a graph or the products for their gradients.
 *
 * <p>Axes: T tokens of a row, W of them that the last layer gives, E hidden size. A dropout of 0 switches it off;
 * otherwise the seed decides it.
 */
public final class DecoderLayers implements AutoCloseable {
    private final LayerScript script;
    private final LayerBuffers.Pool buffers;
    private final List<DecoderLayer> layers = new ArrayList<>();

    DecoderLayers(
            Torch torch,
            DecoderConfig config,
            ElementType type,
            TensorScope owner,
            WeightSource source,
            LayerScript script) {
        this.script = script;
        this.buffers = new LayerBuffers.Pool(owner, type);
        for (int i = 0; i < config.layers(); i++) {
            layers.add(new DecoderLayer(torch, config, i, owner, source));
        }
    }

    /** One layer's weights. */
    DecoderLayer get(int index) {
        return layers.get(index);
    }

    /** All weights, in order. */
    List<Weight> weights() {
        return layers.stream().flatMap(layer -> layer.weights().stream()).toList();
    }

    /** See {@link Decoder#changes}. */
    long changes() {
        return layers.stream().mapToLong(DecoderLayer::changes).sum();
    }

    /** One layer without gradients: [T, E] → [T, E], the last one to the batch's output rows. */
    public Tensor forward(TensorScope batchScope, int index, Tensor x, PreparedBatch batch, double dropout, long seed) {
        try (LayerBuffers call = buffers.borrow();
                DecoderLayer.Packed packed = get(index).packed(call)) {
            return script.forward(batchScope, x, packed.weights(), row(batch, index), new Dropout(dropout, seed));
        }
    }

    /**
     * One layer, keeping the graph.
     *
     * @param inputGradient whether a gradient for the input will be asked for
     */
    public LayerScript.Graph forwardWithGraph(
            TensorScope batchScope,
            int index,
            Tensor x,
            PreparedBatch batch,
            double dropout,
            long seed,
            boolean inputGradient) {
        try (LayerBuffers call = buffers.borrow();
                DecoderLayer.Packed packed = get(index).packed(call)) {
            return script.withGraph(
                    batchScope, x, packed.weights(), row(batch, index), new Dropout(dropout, seed), inputGradient);
        }
    }

    /** One layer, keeping the products of its linear layers: less than its graph, and enough for {@link #gradients}. */
    public LayerScript.Products forwardKeepingProducts(
            TensorScope batchScope, int index, Tensor x, PreparedBatch batch, double dropout, long seed) {
        try (LayerBuffers call = buffers.borrow();
                DecoderLayer.Packed packed = get(index).packed(call)) {
            return script.keepingProducts(
                    batchScope, x, packed.weights(), row(batch, index), new Dropout(dropout, seed));
        }
    }

    /**
     * Gradients of {@code sum(output · outputGradient)}: the layer runs again but for its large products.
     *
     * @param dropout as before
     * @param seed as before
     * @param inputGradient whether the input's gradient is wanted; it then comes first
     * @param parameters trained tensors of this layer
     * @return the input's gradient, then the parameters'
     */
    public List<Tensor> gradients(
            TensorScope batchScope,
            int index,
            LayerScript.Products kept,
            PreparedBatch batch,
            double dropout,
            long seed,
            Tensor outputGradient,
            boolean inputGradient,
            List<Tensor> parameters) {
        try (LayerBuffers call = buffers.borrow();
                DecoderLayer.Packed packed = get(index).packed(call)) {
            return script.gradients(
                    batchScope,
                    kept,
                    packed.weights(),
                    row(batch, index),
                    new Dropout(dropout, seed),
                    outputGradient,
                    inputGradient,
                    parameters);
        }
    }

    /** One layer over new tokens [n, E] behind cached ones, whose keys and values it adds to the cache. */
    Tensor forwardCached(TensorScope step, int index, Tensor x, TensorMap rotary, KvCache cache) {
        try (LayerBuffers call = buffers.borrow();
                DecoderLayer.Packed packed = get(index).packed(call)) {
            return script.cached(
                    step, x, packed.weights(), rotary, cache.keys(index), cache.values(index), cache.length());
        }
    }

    /** One layer over new tokens [T, E] of several texts, whose keys and values it writes into the pool. */
    Tensor forwardPaged(TensorScope step, int index, Tensor x, TensorMap row, KvPool pool, RowAdapters adapters) {
        try (LayerBuffers call = buffers.borrow();
                DecoderLayer.Packed packed = adapters.packed(get(index), call)) {
            return script.paged(step, x, packed.weights(), row, pool.keys(index), pool.values(index));
        }
    }

    private LayerScript.Row row(PreparedBatch batch, int index) {
        return batch.row(index == layers.size() - 1);
    }

    @Override
    public void close() {
        layers.forEach(DecoderLayer::close);
    }
}
