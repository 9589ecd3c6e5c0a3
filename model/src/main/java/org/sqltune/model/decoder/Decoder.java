package org.sqltune.model.decoder;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.ModelModules;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorMap;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.DecoderScript;
import org.sqltune.model.torch.script.DecoderScript.Rotary;
import org.sqltune.model.weight.NormWeights;
import org.sqltune.model.weight.Weight;
import org.sqltune.model.weight.WeightSource;

/**
 * A decoder: embedding, {@link DecoderLayers layers}, {@link DecoderHead final norm and head}. It computes; what is trained, and how, is decided
 * outside.
 *
 * <p>Axes: T tokens of a row, W of them that the last layer gives, E hidden size, V vocabulary.
 */
public final class Decoder implements AutoCloseable {
    private final Torch torch;
    private final TensorScope scope;
    private final DecoderConfig config;
    private final ElementType type;
    private final Weight embedding;
    private final DecoderLayers layers;
    private final DecoderHead head;
    private final RotaryEmbedding rotary;
    private final DecoderScript script;
    private final WeightSource.Guard guard;

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
            this.script = new DecoderScript(torch, scope, config, DenseAttention.scoresAtOnce(config));
            ModelModules modules = config.modules();
            this.embedding = matrix(source, modules.embedding());
            this.layers = new DecoderLayers(torch, config, type, scope, source, script.layers());
            NormWeights norm =
                    NormWeights.of(config, modules.finalNorm(), config.hiddenSize(), scope, source, () -> {});
            Weight headWeight = config.tiedEmbeddings() ? embedding : matrix(source, modules.head());
            this.head = new DecoderHead(
                    script.loss(),
                    norm,
                    headWeight,
                    source.packedHead(scope, headWeight).orElse(null));
            this.rotary = new RotaryEmbedding(torch, script, scope, config.rope(), type);
            this.guard = source.guard();
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

    /** The layers, to be computed. */
    public DecoderLayers layers() {
        return layers;
    }

    /** What stands behind the layers. */
    public DecoderHead head() {
        return head;
    }

    /** Every weight by name, in Hugging Face's order. */
    public Map<String, Weight> weights() {
        Map<String, Weight> all = new LinkedHashMap<>();
        all.put(embedding.name(), embedding);
        layers.weights().forEach(each -> all.put(each.name(), each));
        head.norm().forEach(each -> all.put(each.name(), each));
        all.put(head.weight().name(), head.weight());
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
     * Whether the linear layers' weights are quantised. They are then dequantised for each layer's call, into the same
     * memory: a layer's graph must be done with before another layer is computed.
     */
    public boolean quantized() {
        return weights().values().stream().anyMatch(each -> each.quantized().isPresent());
    }

    /**
     * Puts a batch's arrays on the device.
     *
     * @throws SqlTuneException if an id is outside the vocabulary, or a file that weights are mapped from has changed
     */
    public PreparedBatch prepare(TensorScope batchScope, TokenBatch batch) {
        requireUsable(batch.ids());
        return new PreparedBatch(batchScope, batch, rotary.at(batchScope, batch), RowSelection.all(batch));
    }

    /**
     * As {@link #prepare}, for the loss alone: the last layer computes no more than the rows that lead to a target, {@link
     * PreparedBatch#outputRows} of them.
     */
    public PreparedBatch prepareForTargets(TensorScope batchScope, TokenBatch batch) {
        requireUsable(batch.ids());
        return new PreparedBatch(batchScope, batch, rotary.at(batchScope, batch), RowSelection.towardsTargets(batch));
    }

    /** Whether the weights are what they were, and the ids are the vocabulary's. */
    void requireUsable(long... ids) {
        guard.requireUnchanged();
        long largest = Arrays.stream(ids).max().orElse(-1);
        if (largest >= config.vocabSize()) {
            throw new SqlTuneException("The tokenizer gave id " + largest + " but the model's vocab_size is "
                    + config.vocabSize() + ": tokenizer.json and the model don't belong together");
        }
    }

    /** Token ids [T] to hidden states [T, E]. */
    public Tensor embed(TensorScope batchScope, PreparedBatch batch) {
        return script.embed(batchScope, embedding.value(), batch.ids());
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
        return script.embedWithNoise(
                batchScope, embedding.value(), batch.ids(), batchScope.floats(magnitudes, magnitudes.length, 1), seed);
    }

    /** From the gradient of what {@link #embed} gave [T, E] to that of the embedding's rows [T, E]. */
    public Tensor embeddingGradient(TensorScope batchScope, Tensor gradient) {
        return config.arithmetic().embeddingScale() == 1 ? gradient : script.embeddingGradient(batchScope, gradient);
    }

    /** All layers without gradients: hidden states [T, E] before the final norm, or those of the batch's output rows. */
    public Tensor forward(TensorScope batchScope, PreparedBatch batch) {
        Tensor x = embed(batchScope, batch);
        for (int i = 0; i < config.layers(); i++) {
            Tensor next = layers.forward(batchScope, i, x, batch, 0, 0);
            x.close();
            x = next;
        }
        return x;
    }

    /**
     * A number that grows whenever weights are replaced, or adapters attached or detached: what was cached before is of
     * no use then.
     */
    public long changes() {
        return layers.changes();
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
        requireUsable(ids);
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
            return head.logits(step, last).toFloats();
        }
    }

    /**
     * Memory for the keys and values of many texts.
     *
     * @param pages its size, in pages of {@link KvPool#PAGE} tokens
     */
    public KvPool newPool(int pages) {
        return new KvPool(torch, config, type, pages);
    }

    /** Decoding of many texts at once, whose keys and values lie in pools of this decoder's. */
    public PagedDecoder paged() {
        return new PagedDecoder(this, script, rotary);
    }

    private Tensor cachedLayers(TensorScope step, KvCache cache, long... ids) {
        long[] positions =
                LongStream.range(cache.length(), cache.length() + ids.length).toArray();
        Tensor x = script.embed(step, embedding.value(), step.longs(ids, ids.length));
        Rotary angles = rotary.at(step, positions, cache.length() + ids.length);
        try (TensorMap packed = TensorMap.of(Map.of("cos", angles.cos(), "sin", angles.sin()))) {
            for (int i = 0; i < config.layers(); i++) {
                x = layers.forwardCached(step, i, x, packed, cache);
            }
        }
        return x;
    }

    @Override
    public void close() {
        layers.close();
        scope.close();
        guard.close();
    }
}
