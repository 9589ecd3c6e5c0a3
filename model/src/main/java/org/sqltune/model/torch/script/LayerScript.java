package org.sqltune.model.torch.script;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.model.torch.ScriptModule;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorMap;
import org.sqltune.model.torch.TensorScope;

/**
 * The functions of {@code decoder/} that compute one layer, keeping nothing, a graph or the products for its gradients.
 * Thread-safe.
 *
 * <p>Axes: T tokens of a row, W of them that a layer computes, E hidden size, H query heads, K key/value heads, D head size.
 */
public final class LayerScript {
    private final ScriptModule script;

    LayerScript(ScriptModule script) {
        this.script = script;
    }

    /**
     * One layer's weights, packed.
     *
     * @param norms norms by place, each with {@code weight} and perhaps {@code bias}
     * @param attention linear layers of attention by role
     * @param mlp linear layers of the MLP by role
     * @param window tokens that a token sees, itself included; 0 for all before it
     */
    public record Weights(TensorMap norms, TensorMap attention, TensorMap mlp, int window) implements AutoCloseable {
        @Override
        public void close() {
            norms.close();
            attention.close();
            mlp.close();
        }
    }

    /**
     * How the tokens of a row lie.
     *
     * @param row {@code cos} and {@code sin}, and where only some rows are computed their indices, {@code rows} [W]
     * @param lengths tokens of each segment
     * @param parents for each segment the segment that it stands behind, or -1
     * @param counts for each segment how many of its last tokens are computed
     */
    public record Row(TensorMap row, long[] lengths, long[] parents, long[] counts) {}

    /**
     * Dropout of the adapters.
     *
     * @param rate share of the numbers that are dropped; 0 switches it off
     * @param seed decides which
     */
    public record Dropout(double rate, long seed) {
        /** None. */
        public static final Dropout NONE = new Dropout(0, 0);
    }

    /**
     * A run of a layer, or of the final norm, with what its gradients need.
     *
     * @param input its input [T, E] as a leaf
     * @param output its output [T, E], attached to the graph; of the last layer [W, E]
     */
    public record Graph(Tensor input, Tensor output) {}

    /**
     * A run of a layer with the products of its linear layers, from which its gradients follow without computing them again.
     *
     * @param input its input [T, E]
     * @param output its output [T, E], of the last layer [W, E]
     * @param products results of the linear layers by role; of those whose result nothing but a sum reads, none
     */
    public record Products(Tensor input, Tensor output, Map<String, Tensor> products) {
        public Products {
            products = Map.copyOf(products);
        }
    }

    /** Without gradients: [T, E] → [W, E]. */
    public Tensor forward(TensorScope scope, Tensor x, Weights weights, Row row, Dropout dropout) {
        return script.tensor(
                scope,
                "layer",
                x,
                weights.norms(),
                weights.attention(),
                weights.mlp(),
                weights.window(),
                row.row(),
                row.lengths(),
                row.parents(),
                row.counts(),
                dropout.rate(),
                dropout.seed());
    }

    /**
     * Keeping the graph.
     *
     * @param inputGradient whether a gradient for the input will be asked for
     */
    public Graph withGraph(
            TensorScope scope, Tensor x, Weights weights, Row row, Dropout dropout, boolean inputGradient) {
        List<Tensor> both = script.tensorsWithGraph(
                scope,
                "layer_with_graph",
                x,
                weights.norms(),
                weights.attention(),
                weights.mlp(),
                weights.window(),
                row.row(),
                row.lengths(),
                row.parents(),
                row.counts(),
                dropout.rate(),
                dropout.seed(),
                inputGradient);
        return new Graph(both.get(0), both.get(1));
    }

    /** Keeping the products of the linear layers: less than the graph, and enough for {@link #gradients}. */
    public Products keepingProducts(TensorScope scope, Tensor x, Weights weights, Row row, Dropout dropout) {
        Map<String, Tensor> kept = new HashMap<>(script.tensorMap(
                scope,
                "layer_keeping_products",
                x,
                weights.norms(),
                weights.attention(),
                weights.mlp(),
                weights.window(),
                row.row(),
                row.lengths(),
                row.parents(),
                row.counts(),
                dropout.rate(),
                dropout.seed()));
        Tensor output = kept.remove("output");
        if (output == null) {
            throw new IllegalStateException("layer_keeping_products gave no output");
        }
        return new Products(x, output, kept);
    }

    /**
     * Gradients of {@code sum(output · outputGradient)}: the layer runs again but for its large products.
     *
     * @param dropout as before
     * @param inputGradient whether the input's gradient is wanted; it then comes first
     * @param parameters trained tensors of this layer
     * @return the input's gradient, then the parameters'
     */
    public List<Tensor> gradients(
            TensorScope scope,
            Products kept,
            Weights weights,
            Row row,
            Dropout dropout,
            Tensor outputGradient,
            boolean inputGradient,
            List<Tensor> parameters) {
        try (TensorMap products = TensorMap.of(kept.products())) {
            return script.tensorsWithGraph(
                    scope,
                    "layer_gradients",
                    kept.input(),
                    weights.norms(),
                    weights.attention(),
                    weights.mlp(),
                    weights.window(),
                    row.row(),
                    row.lengths(),
                    row.parents(),
                    row.counts(),
                    dropout.rate(),
                    dropout.seed(),
                    products,
                    outputGradient,
                    inputGradient,
                    parameters);
        }
    }

    /**
     * Over new tokens [n, E] behind cached ones.
     *
     * @param rotary {@code cos} and {@code sin} of the new tokens
     * @param keys cached keys [capacity, K, D]; takes the new ones
     * @param values cached values [capacity, K, D]; takes the new ones
     * @param past tokens in the cache
     */
    public Tensor cached(
            TensorScope scope, Tensor x, Weights weights, TensorMap rotary, Tensor keys, Tensor values, int past) {
        return script.tensor(
                scope,
                "layer_cached",
                x,
                weights.norms(),
                weights.attention(),
                weights.mlp(),
                weights.window(),
                rotary,
                keys,
                values,
                past);
    }

    /**
     * What new tokens see of the first {@code tokens} tokens of their texts, 0 or minus infinity: see {@code decoder/paged.py}.
     *
     * @param positions of the new tokens in their texts, int64 [B, N]
     * @param window tokens that a token sees, itself included; 0 for all before it
     * @param like has the element type of the keys
     */
    public Tensor pagedMask(TensorScope scope, Tensor positions, long tokens, int window, Tensor like) {
        return script.tensor(scope, "paged_mask", positions, tokens, window, like);
    }

    /**
     * Over new tokens [T, E] of several texts; see {@code decoder/paged.py}.
     *
     * @param row {@code cos}, {@code sin}, {@code slots}, {@code table}, {@code queries}, {@code places} and {@code mask}
     * @param keys pool of keys [K, slots, D]; takes the new ones
     * @param values pool of values [K, slots, D]; takes the new ones
     */
    public Tensor paged(TensorScope scope, Tensor x, Weights weights, TensorMap row, Tensor keys, Tensor values) {
        return script.tensor(
                scope, "layer_paged", x, weights.norms(), weights.attention(), weights.mlp(), row, keys, values);
    }

    /** Matrices of one width below each other: [r, in] each → [sum of r, in]. */
    public Tensor stacked(TensorScope scope, List<Tensor> parts) {
        return script.tensor(scope, "stacked", parts);
    }

    /** Matrices of one height, transposed and below each other: [out, r] each → [sum of r, out]. */
    public Tensor stackedTransposed(TensorScope scope, List<Tensor> parts) {
        return script.tensor(scope, "stacked_transposed", parts);
    }

    /** Each magnitude divided by its norms, row by row: [out] each → [n, out]. */
    public Tensor factors(TensorScope scope, List<Tensor> magnitudes, List<Tensor> norms) {
        return script.tensor(scope, "factors", magnitudes, norms);
    }

    /**
     * Attention alone over the segments of a row.
     *
     * @param queries of the last {@code counts[i]} tokens of each segment [W, H, D]
     * @param keys of all tokens [T, K, D]
     * @param values of all tokens [T, K, D]
     * @param row its segments
     * @param window tokens that a token sees; 0 for all before it
     * @return [W, H, D]
     */
    public Tensor attend(TensorScope scope, Tensor queries, Tensor keys, Tensor values, Row row, int window) {
        return script.tensor(
                scope, "attend", queries, keys, values, row.lengths(), row.parents(), row.counts(), window);
    }
}
