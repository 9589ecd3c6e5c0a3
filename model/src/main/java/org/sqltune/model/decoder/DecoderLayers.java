package org.sqltune.model.decoder;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.ScriptModule;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorList;
import org.sqltune.model.torch.TensorScope;
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
    private final ScriptModule script;
    private final LayerBuffers.Pool buffers;
    private final List<DecoderLayer> layers = new ArrayList<>();

    DecoderLayers(DecoderConfig config, ElementType type, TensorScope owner, WeightSource source, ScriptModule script) {
        this.script = script;
        this.buffers = new LayerBuffers.Pool(owner, type);
        for (int i = 0; i < config.layers(); i++) {
            layers.add(new DecoderLayer(config, i, owner, source));
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
        try (LayerBuffers call = buffers.borrow()) {
            return script.tensor(batchScope, "layer", arguments(call, index, x, batch, dropout, seed));
        }
    }

    /**
     * One layer, keeping the graph.
     *
     * @param inputGradient whether a gradient for the input will be asked for
     */
    public LayerGraph forwardWithGraph(
            TensorScope batchScope,
            int index,
            Tensor x,
            PreparedBatch batch,
            double dropout,
            long seed,
            boolean inputGradient) {
        try (LayerBuffers call = buffers.borrow()) {
            Object[] arguments = arguments(call, index, x, batch, dropout, seed, inputGradient);
            List<Tensor> both = script.tensorsWithGraph(batchScope, "layer_with_graph", arguments);
            return new LayerGraph(both.get(0), both.get(1));
        }
    }

    /** One layer, keeping what its linear maps gave: less than its graph, and enough for {@link #gradients}. */
    public LayerProducts forwardKeepingProducts(
            TensorScope batchScope, int index, Tensor x, PreparedBatch batch, double dropout, long seed) {
        try (LayerBuffers call = buffers.borrow()) {
            Object[] arguments = arguments(call, index, x, batch, dropout, seed);
            List<Tensor> kept = script.tensors(batchScope, "layer_keeping_products", arguments);
            return new LayerProducts(x, kept.get(0), kept.subList(1, kept.size()));
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
            LayerProducts kept,
            PreparedBatch batch,
            double dropout,
            long seed,
            Tensor outputGradient,
            boolean inputGradient,
            List<Tensor> parameters) {
        try (LayerBuffers call = buffers.borrow()) {
            Object[] arguments = arguments(
                    call,
                    index,
                    kept.input(),
                    batch,
                    dropout,
                    seed,
                    kept.products(),
                    outputGradient,
                    inputGradient,
                    parameters);
            return script.tensorsWithGraph(batchScope, "layer_gradients", arguments);
        }
    }

    /** One layer over new tokens [n, E] behind cached ones, whose keys and values it adds to the cache. */
    Tensor forwardCached(TensorScope step, int index, Tensor x, TensorList angles, KvCache cache) {
        try (LayerBuffers call = buffers.borrow()) {
            List<Object> arguments = new ArrayList<>();
            arguments.add(x);
            arguments.addAll(layers.get(index).arguments(call));
            arguments.addAll(List.of(angles, cache.keys(index), cache.values(index), cache.length()));
            return script.tensor(step, "layer_cached", arguments.toArray());
        }
    }

    private Object[] arguments(
            LayerBuffers call, int index, Tensor x, PreparedBatch batch, double dropout, long seed, Object... more) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(x);
        arguments.addAll(layers.get(index).arguments(call));
        TokenBatch tokens = batch.batch();
        boolean last = index == layers.size() - 1;
        arguments.addAll(List.of(batch.rotary(), tokens.lengths(), tokens.parents()));
        arguments.addAll(List.of(batch.counts(last), batch.rows(last), dropout, seed));
        arguments.addAll(List.of(more));
        return arguments.toArray();
    }

    @Override
    public void close() {
        layers.forEach(DecoderLayer::close);
    }
}
