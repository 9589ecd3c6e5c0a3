package org.sqltune.model.config;

/**
 * The sizes of a model, named as in Hugging Face's config.json.
 *
 * @param vocabSize rows V of the embedding
 * @param hiddenSize width E of the residual stream
 * @param intermediateSize width of the MLP
 * @param layers {@code num_hidden_layers}
 * @param heads query heads H ({@code num_attention_heads})
 * @param keyValueHeads key and value heads K ({@code num_key_value_heads}), a divisor of H
 * @param headDim width D of one head
 * @param maxPositions {@code max_position_embeddings}
 */
public record DecoderSizes(
        int vocabSize,
        int hiddenSize,
        int intermediateSize,
        int layers,
        int heads,
        int keyValueHeads,
        int headDim,
        int maxPositions) {
    /** Width of all query heads together: H · D. */
    public int querySize() {
        return heads * headDim;
    }

    /** Width of all key heads, or of all value heads: K · D. */
    public int keyValueSize() {
        return keyValueHeads * headDim;
    }
}
