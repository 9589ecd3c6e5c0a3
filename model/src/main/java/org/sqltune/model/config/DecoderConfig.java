package org.sqltune.model.config;

import org.jspecify.annotations.Nullable;
import org.sqltune.model.torch.ElementType;

/**
 * The shape of a Llama-style decoder, named as in Hugging Face's config.json.
 *
 * @param modelType {@code model_type}
 * @param vocabSize rows of the embedding
 * @param hiddenSize width E of the residual stream
 * @param intermediateSize width of the MLP
 * @param layers {@code num_hidden_layers}
 * @param heads query heads H ({@code num_attention_heads})
 * @param keyValueHeads key and value heads K ({@code num_key_value_heads}), a divisor of H
 * @param headDim width D of one head
 * @param maxPositions {@code max_position_embeddings}
 * @param rmsNormEpsilon {@code rms_norm_eps}
 * @param ropeTheta base of the rotary frequencies
 * @param ropeScaling how those frequencies are stretched for long texts
 * @param attentionBias whether the four attention projections have biases
 * @param mlpBias whether the three MLP projections have biases
 * @param tiedEmbeddings whether the head is the embedding ({@code tie_word_embeddings})
 * @param initializerRange standard deviation of random weights
 * @param storedType {@code dtype} or {@code torch_dtype}
 * @param slidingWindow tokens a token may look back at; null for all
 * @param bosTokenId beginning-of-sequence id; null if none
 * @param eosTokenId end-of-sequence id; null if none
 * @param padTokenId padding id; null if none
 */
public record DecoderConfig(
        String modelType,
        int vocabSize,
        int hiddenSize,
        int intermediateSize,
        int layers,
        int heads,
        int keyValueHeads,
        int headDim,
        int maxPositions,
        double rmsNormEpsilon,
        double ropeTheta,
        RopeScaling ropeScaling,
        boolean attentionBias,
        boolean mlpBias,
        boolean tiedEmbeddings,
        double initializerRange,
        ElementType storedType,
        @Nullable Integer slidingWindow,
        @Nullable Integer bosTokenId,
        @Nullable Integer eosTokenId,
        @Nullable Integer padTokenId) {

    /** Width of all query heads together: H · D. */
    public int querySize() {
        return heads * headDim;
    }

    /** Width of all key heads, or of all value heads: K · D. */
    public int keyValueSize() {
        return keyValueHeads * headDim;
    }
}
