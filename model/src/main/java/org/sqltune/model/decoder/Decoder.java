package org.sqltune.model.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * A Llama-style decoder: embedding, layers, final norm and head. It computes; what is trained, and how, is decided
 * outside.
 *
 * <p>Axes: T tokens of a row, n target positions, E hidden size, V vocabulary.
 */
public final class Decoder implements AutoCloseable {
    private final Torch torch;
    private final TensorScope scope;
    private final DecoderConfig config;
    private final ElementType type;
    private final Weight embedding;
    private final List<DecoderLayer> layers = new ArrayList<>();
    private final Weight finalNorm;
    private final @Nullable Weight untiedHead;
    private final RotaryEmbedding rotary;

    /**
     * Takes every weight from the source.
     *
     * @param type element type of the arithmetic, and of the source's weights
     */
    public Decoder(Torch torch, DecoderConfig config, ElementType type, WeightSource source) {
        this.torch = torch;
        this.config = config;
        this.type = type;
        this.scope = torch.scope();
        try {
            this.embedding = weight(source, "model.embed_tokens.weight", config.vocabSize(), config.hiddenSize());
            for (int i = 0; i < config.layers(); i++) {
                layers.add(new DecoderLayer(config, i, scope, source));
            }
            this.finalNorm = weight(source, "model.norm.weight", config.hiddenSize());
            this.untiedHead = config.tiedEmbeddings()
                    ? null
                    : weight(source, "lm_head.weight", config.vocabSize(), config.hiddenSize());
            this.rotary = new RotaryEmbedding(torch, scope, config, type);
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
    }

    private Weight weight(WeightSource source, String name, long... shape) {
        return new Weight(name, source.weight(scope, name, shape), () -> {});
    }

    /** The model's shape. */
    public DecoderConfig config() {
        return config;
    }

    /** Element type of the arithmetic. */
    public ElementType type() {
        return type;
    }

    /** Where it computes. */
    public Torch torch() {
        return torch;
    }

    /** The scope that owns the weights. */
    public TensorScope scope() {
        return scope;
    }

    /** One layer's weights. */
    public DecoderLayer layer(int index) {
        return layers.get(index);
    }

    /** The embedding [V, E]. */
    public Weight embedding() {
        return embedding;
    }

    /** The norm before the head [E]. */
    public Weight finalNorm() {
        return finalNorm;
    }

    /** The head [V, E]: the embedding itself where they are tied. */
    public Weight head() {
        return untiedHead == null ? embedding : untiedHead;
    }

    /** Every weight by name, in Hugging Face's order. */
    public Map<String, Weight> weights() {
        Map<String, Weight> all = new LinkedHashMap<>();
        all.put(embedding.name(), embedding);
        layers.forEach(layer -> layer.weights().forEach(each -> all.put(each.name(), each)));
        all.put(finalNorm.name(), finalNorm);
        all.put(head().name(), head());
        return all;
    }

    /** Number of weights' elements. */
    public long parameterCount() {
        return weights().values().stream()
                .mapToLong(each -> each.value().count())
                .sum();
    }

    /**
     * Puts a batch's arrays on the device.
     *
     * @throws SqlTuneException if a text is longer than the model's sliding window: every token is computed with all
     *     tokens before it, which would be something else than the model was trained for
     */
    public PreparedBatch prepare(TensorScope batchScope, TokenBatch batch) {
        Integer window = config.slidingWindow();
        long longest = Arrays.stream(batch.positions()).max().orElse(-1) + 1;
        if (window != null && longest > window) {
            throw new SqlTuneException("A text of " + longest + " tokens is longer than the model's sliding_window of "
                    + window + ". Shorten the schema or the question, or lower max_length or max_new_tokens");
        }
        long largest = Arrays.stream(batch.ids()).max().orElse(-1);
        if (largest >= config.vocabSize()) {
            throw new SqlTuneException("The tokenizer gave id " + largest + " but the model's vocab_size is "
                    + config.vocabSize() + ": tokenizer.json and the model don't belong together");
        }
        return new PreparedBatch(batchScope, batch, rotary.at(batchScope, batch.positions()));
    }

    /** Token ids [T] to hidden states [T, E]. */
    public Tensor embed(TensorScope batchScope, PreparedBatch batch) {
        return torch.decoder().tensor(batchScope, "embed", embedding.value(), batch.ids());
    }

    /** One layer without gradients: [T, E] → [T, E]. Dropout 0 switches it off; otherwise the seed decides it. */
    public Tensor layer(TensorScope batchScope, int index, Tensor x, PreparedBatch batch, double dropout, long seed) {
        return torch.decoder().tensor(batchScope, "layer", layerArguments(index, x, batch, dropout, seed));
    }

    /**
     * One layer, keeping the graph.
     *
     * @param inputGradient whether a gradient for the input will be asked for
     */
    public LayerGraph layerWithGraph(
            TensorScope batchScope,
            int index,
            Tensor x,
            PreparedBatch batch,
            double dropout,
            long seed,
            boolean inputGradient) {
        Object[] arguments = layerArguments(index, x, batch, dropout, seed, inputGradient);
        List<Tensor> both = torch.decoder().tensorsWithGraph(batchScope, "layer_with_graph", arguments);
        return new LayerGraph(both.get(0), both.get(1));
    }

    private Object[] layerArguments(
            int index, Tensor x, PreparedBatch batch, double dropout, long seed, Object... more) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(x);
        arguments.addAll(layers.get(index).arguments());
        arguments.addAll(List.of(config.heads(), config.keyValueHeads(), config.rmsNormEpsilon(), batch.rotary()));
        arguments.addAll(List.of(batch.batch().lengths(), batch.batch().parents(), dropout, seed));
        arguments.addAll(List.of(more));
        return arguments.toArray();
    }

    /** All layers without gradients: hidden states [T, E] before the final norm. */
    public Tensor forward(TensorScope batchScope, PreparedBatch batch) {
        Tensor x = embed(batchScope, batch);
        for (int i = 0; i < layers.size(); i++) {
            Tensor next = layer(batchScope, i, x, batch, 0, 0);
            x.close();
            x = next;
        }
        return x;
    }

    /** Scores of every token of the vocabulary: [n, E] → fp32 [n, V]. */
    public Tensor logits(TensorScope batchScope, Tensor hidden) {
        return torch.decoder()
                .tensor(batchScope, "logits", hidden, finalNorm.value(), head().value(), config.rmsNormEpsilon());
    }

    /** Cross-entropy of targets [n] at hidden states [n, E]. */
    public LossResult loss(TensorScope batchScope, Tensor hidden, Tensor targets) {
        List<Tensor> result = torch.decoder().tensors(batchScope, "loss", lossArguments(hidden, targets));
        return new LossResult(result.get(0), result.get(1), null);
    }

    /** As {@link #loss}, keeping the graph. */
    public LossResult lossWithGraph(TensorScope batchScope, Tensor hidden, Tensor targets) {
        List<Tensor> result =
                torch.decoder().tensorsWithGraph(batchScope, "loss_with_graph", lossArguments(hidden, targets));
        return new LossResult(result.get(0), result.get(1), result.get(2));
    }

    private Object[] lossArguments(Tensor hidden, Tensor targets) {
        return new Object[] {hidden, finalNorm.value(), head().value(), config.rmsNormEpsilon(), targets};
    }

    /** An empty cache. */
    public KvCache newCache(int capacity) {
        return new KvCache(torch, config, type, capacity);
    }

    /**
     * Computes new tokens behind the cached ones and adds them to the cache.
     *
     * @param ids the new tokens, at least one
     * @return scores of the token that follows the last one, [V]
     */
    public float[] next(KvCache cache, long... ids) {
        cache.reserve(ids.length);
        long[] positions = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            positions[i] = cache.length() + i;
        }
        TokenBatch tokens = new TokenBatch(ids, positions, new long[0], new long[0], new long[0], new long[0]);
        try (TensorScope step = torch.scope();
                PreparedBatch batch = prepare(step, tokens)) {
            Tensor x = embed(step, batch);
            for (int i = 0; i < layers.size(); i++) {
                x = cachedLayer(step, i, x, batch, cache);
            }
            cache.advance(ids.length);
            Tensor last = torch.selectRows(step, x, step.longs(new long[] {ids.length - 1}, 1));
            return logits(step, last).toFloats();
        }
    }

    private Tensor cachedLayer(TensorScope step, int index, Tensor x, PreparedBatch batch, KvCache cache) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(x);
        arguments.addAll(layers.get(index).arguments());
        arguments.addAll(List.of(config.heads(), config.keyValueHeads(), config.rmsNormEpsilon(), batch.rotary()));
        arguments.addAll(List.of(cache.keys(index), cache.values(index), cache.length()));
        return torch.decoder().tensor(step, "layer_cached", arguments.toArray());
    }

    @Override
    public void close() {
        layers.forEach(DecoderLayer::close);
        scope.close();
    }
}
