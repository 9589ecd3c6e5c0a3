package org.sqltune.model.config;

import org.jspecify.annotations.Nullable;
import org.sqltune.model.torch.ElementType;

/**
 * What a decoder is: its sizes, its arithmetic and the names of its weights.
 *
 * @param modelType {@code model_type}
 * @param sizes how large it is
 * @param arithmetic how it computes
 * @param rope how it encodes positions
 * @param modules what its weights are called
 * @param tiedEmbeddings whether the head is the embedding ({@code tie_word_embeddings})
 * @param initializerRange standard deviation of random weights
 * @param storedType {@code dtype} or {@code torch_dtype}
 * @param tokens ids with a meaning
 */
public record DecoderConfig(
        String modelType,
        DecoderSizes sizes,
        Arithmetic arithmetic,
        Rope rope,
        ModelModules modules,
        boolean tiedEmbeddings,
        double initializerRange,
        ElementType storedType,
        TokenIds tokens) {

    /** Rows V of the embedding. */
    public int vocabSize() {
        return sizes.vocabSize();
    }

    /** Width E of the residual stream. */
    public int hiddenSize() {
        return sizes.hiddenSize();
    }

    /** Width of the MLP. */
    public int intermediateSize() {
        return sizes.intermediateSize();
    }

    /** Number of layers. */
    public int layers() {
        return sizes.layers();
    }

    /** Query heads H. */
    public int heads() {
        return sizes.heads();
    }

    /** Key and value heads K. */
    public int keyValueHeads() {
        return sizes.keyValueHeads();
    }

    /** Width D of one head. */
    public int headDim() {
        return sizes.headDim();
    }

    /** Width of all query heads together: H · D. */
    public int querySize() {
        return sizes.querySize();
    }

    /** Width of all key heads, or of all value heads: K · D. */
    public int keyValueSize() {
        return sizes.keyValueSize();
    }

    /** {@code max_position_embeddings}. */
    public int maxPositions() {
        return sizes.maxPositions();
    }

    /** The id that begins a text; null if none. */
    public @Nullable Integer bosTokenId() {
        return tokens.bos();
    }

    /** The first of the ids that end a text; null if none. */
    public @Nullable Integer eosTokenId() {
        return tokens.eos().isEmpty() ? null : tokens.eos().get(0);
    }

    /** The id that fills rows up; null if none. */
    public @Nullable Integer padTokenId() {
        return tokens.pad();
    }
}
