package org.sqltune.model.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.ModelModules;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.ScriptModule;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorList;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * A decoder: embedding, layers, final norm and head. It computes; what is trained, and how, is decided
 * outside.
 *
 * <p>Axes: T tokens of a row, W of them that the last layer gives, n target positions, E hidden size, V vocabulary.
 */
public final class Decoder implements AutoCloseable {
    /** Numbers in fp32 that are worked on at once on the way from scores to gradients: 8 MB. */
    private static final long SCORES_IN_CACHE = 1 << 21;

    private final Torch torch;
    private final TensorScope scope;
    private final LayerBuffers.Pool buffers;
    private final DecoderConfig config;
    private final ElementType type;
    private final Weight embedding;
    private final List<DecoderLayer> layers = new ArrayList<>();
    private final NormWeights finalNorm;
    private final @Nullable Weight untiedHead;
    private final RotaryEmbedding rotary;
    private final ScriptModule script;

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
        this.buffers = new LayerBuffers.Pool(scope, type);
        try {
            this.script = DecoderScript.compile(torch, scope, config);
            ModelModules modules = config.modules();
            this.embedding = matrix(source, modules.embedding());
            for (int i = 0; i < config.layers(); i++) {
                layers.add(new DecoderLayer(config, i, scope, source));
            }
            this.finalNorm = NormWeights.of(config, modules.finalNorm(), config.hiddenSize(), scope, source, () -> {});
            this.untiedHead = config.tiedEmbeddings() ? null : matrix(source, modules.head());
            this.rotary = new RotaryEmbedding(torch, script, scope, config.rope(), type);
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
    }

    private Weight matrix(WeightSource source, String module) {
        String name = module + ".weight";
        return new Weight(name, source.weight(scope, name, config.vocabSize(), config.hiddenSize()), () -> {});
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

    /** The norm before the head: its weight [E] and, where there is one, its bias [E]. */
    public List<Weight> finalNorm() {
        return finalNorm.weights();
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
        finalNorm().forEach(each -> all.put(each.name(), each));
        all.put(head().name(), head());
        return all;
    }

    /**
     * A number for a text's length: texts of equal numbers are computed alike as far as they begin alike, and may share
     * that beginning. It differs only where rotary frequencies depend on the length.
     *
     * @param textLength tokens of the whole text
     */
    public int lengthClass(int textLength) {
        return rotary.lengthClass(textLength);
    }

    /** Number of weights' elements. */
    public long parameterCount() {
        return weights().values().stream().mapToLong(Weight::count).sum();
    }

    /**
     * Whether the linear maps' weights are quantised. They are then brought back for each layer's call, into the same
     * memory: a layer's graph must be done with before another layer is computed.
     */
    public boolean quantized() {
        return weights().values().stream().anyMatch(each -> each.quantized().isPresent());
    }

    /**
     * Puts a batch's arrays on the device.
     *
     * @throws SqlTuneException if an id is outside the vocabulary
     */
    public PreparedBatch prepare(TensorScope batchScope, TokenBatch batch) {
        requireKnown(batch.ids());
        return new PreparedBatch(batchScope, batch, rotary.at(batchScope, batch), RowSelection.all(batch));
    }

    /**
     * As {@link #prepare}, for the loss alone: the last layer computes no more than the rows that lead to a target, {@link
     * PreparedBatch#outputRows} of them.
     */
    public PreparedBatch prepareForTargets(TensorScope batchScope, TokenBatch batch) {
        requireKnown(batch.ids());
        return new PreparedBatch(batchScope, batch, rotary.at(batchScope, batch), RowSelection.towardsTargets(batch));
    }

    private void requireKnown(long... ids) {
        long largest = Arrays.stream(ids).max().orElse(-1);
        if (largest >= config.vocabSize()) {
            throw new SqlTuneException("The tokenizer gave id " + largest + " but the model's vocab_size is "
                    + config.vocabSize() + ": tokenizer.json and the model don't belong together");
        }
    }

    /** Token ids [T] to hidden states [T, E]. */
    public Tensor embed(TensorScope batchScope, PreparedBatch batch) {
        return script.tensor(batchScope, "embed", embedding.value(), batch.ids());
    }

    /**
     * As {@link #embed}, with noise on the embedding's rows (NEFTune, arXiv:2310.05914): each number gets another one from
     * ±alpha / √(tokens of the sequence × E). Sequences that share a beginning share its noise, which is as strong as the
     * longest one's. The gradient is {@link #embed}'s.
     *
     * @param seed decides the noise
     */
    public Tensor embedWithNoise(TensorScope batchScope, PreparedBatch batch, double alpha, long seed) {
        float[] magnitudes = batch.batch().noiseMagnitudes(alpha, config.hiddenSize());
        return script.tensor(
                batchScope,
                "embed_with_noise",
                embedding.value(),
                batch.ids(),
                batchScope.floats(magnitudes, magnitudes.length, 1),
                seed);
    }

    /** From the gradient of what {@link #embed} gave [T, E] to that of the embedding's rows [T, E]. */
    public Tensor embeddingGradient(TensorScope batchScope, Tensor gradient) {
        return config.arithmetic().embeddingScale() == 1
                ? gradient
                : script.tensor(batchScope, "embedding_gradient", gradient);
    }

    /**
     * One layer without gradients: [T, E] → [T, E], the last one to the batch's output rows. Dropout 0 switches it off;
     * otherwise the seed decides it.
     */
    public Tensor layer(TensorScope batchScope, int index, Tensor x, PreparedBatch batch, double dropout, long seed) {
        try (LayerBuffers call = buffers.borrow()) {
            return script.tensor(batchScope, "layer", layerArguments(call, index, x, batch, dropout, seed));
        }
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
        try (LayerBuffers call = buffers.borrow()) {
            Object[] arguments = layerArguments(call, index, x, batch, dropout, seed, inputGradient);
            List<Tensor> both = script.tensorsWithGraph(batchScope, "layer_with_graph", arguments);
            return new LayerGraph(both.get(0), both.get(1));
        }
    }

    private Object[] layerArguments(
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

    /** All layers without gradients: hidden states [T, E] before the final norm, or those of the batch's output rows. */
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
        return script.tensor(batchScope, "logits", hidden, finalNorm.parts(), head().value());
    }

    /** Cross-entropy of targets [n] at hidden states [n, E]. */
    public LossResult loss(TensorScope batchScope, Tensor hidden, Tensor targets) {
        List<Tensor> result = script.tensors(batchScope, "loss", hidden, finalNorm.parts(), head().value(), targets);
        return new LossResult(result.get(0), result.get(1));
    }

    /** The norm before the head, keeping the graph: [n, E] → [n, E]. */
    public LayerGraph finalNormWithGraph(TensorScope batchScope, Tensor hidden) {
        List<Tensor> both = script.tensorsWithGraph(batchScope, "norm_with_graph", hidden, finalNorm.parts());
        return new LayerGraph(both.get(0), both.get(1));
    }

    /**
     * Cross-entropy of targets [n] at what the final norm gave [n, E], and its gradients.
     *
     * @param smoothing share of a target's probability that goes to the whole vocabulary alike; 0 for none
     * @param scale what the gradients are multiplied by
     */
    public LossGradients lossGradients(
            TensorScope batchScope, Tensor normed, Tensor targets, double smoothing, double scale) {
        long inCache = Math.max(16, SCORES_IN_CACHE / config.vocabSize());
        List<Tensor> result = script.tensors(
                batchScope, "loss_gradients", normed, head().value(), targets, smoothing, scale, inCache);
        return new LossGradients(result.get(0), result.get(1), result.get(2));
    }

    /** The head's gradient [V, E] where the scores' gradients are those of a loss at {@code normed} [n, E]. */
    public Tensor headGradient(TensorScope batchScope, LossGradients loss, Tensor normed) {
        return script.tensor(batchScope, "head_gradient", loss.scores(), normed);
    }

    /**
     * A number that grows whenever weights are replaced, or adapters attached or detached: what was cached before is of
     * no use then.
     */
    public long changes() {
        return layers.stream().mapToLong(DecoderLayer::changes).sum();
    }

    /** An empty cache. */
    public KvCache newCache(int capacity) {
        return new KvCache(torch, config, type, capacity);
    }

    /**
     * Computes new tokens behind the cached ones and adds them to the cache. Where the longer text has other rotary
     * frequencies than the cached tokens were computed with, all of it is computed again.
     *
     * @param ids the new tokens, at least one
     * @return scores of the token that follows the last one, [V]
     */
    public float[] next(KvCache cache, long... ids) {
        cache.reserve(ids.length);
        requireKnown(ids);
        long[] toCompute = ids;
        int lengthClass = rotary.lengthClass(cache.length() + ids.length);
        if (cache.length() > 0 && cache.lengthClass() != lengthClass) {
            toCompute = cache.idsFollowedBy(ids);
            cache.truncate(0);
        }
        try (TensorScope step = torch.scope()) {
            Tensor x = cachedLayers(step, cache, toCompute);
            cache.advance(lengthClass, toCompute);
            Tensor last = torch.selectRows(step, x, step.longs(new long[] {toCompute.length - 1}, 1));
            return logits(step, last).toFloats();
        }
    }

    private Tensor cachedLayers(TensorScope step, KvCache cache, long... ids) {
        long[] positions =
                LongStream.range(cache.length(), cache.length() + ids.length).toArray();
        Tensor x = script.tensor(step, "embed", embedding.value(), step.longs(ids, ids.length));
        try (TensorList angles = new TensorList(rotary.at(step, positions, cache.length() + ids.length))) {
            for (int i = 0; i < layers.size(); i++) {
                x = cachedLayer(step, i, x, angles, cache);
            }
        }
        return x;
    }

    private Tensor cachedLayer(TensorScope step, int index, Tensor x, TensorList angles, KvCache cache) {
        try (LayerBuffers call = buffers.borrow()) {
            List<Object> arguments = new ArrayList<>();
            arguments.add(x);
            arguments.addAll(layers.get(index).arguments(call));
            arguments.addAll(List.of(angles, cache.keys(index), cache.values(index), cache.length()));
            return script.tensor(step, "layer_cached", arguments.toArray());
        }
    }

    @Override
    public void close() {
        layers.forEach(DecoderLayer::close);
        scope.close();
    }
}
