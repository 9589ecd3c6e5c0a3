package org.sqltune.model.decoder;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.quantization.PackedHalfWeight;
import org.sqltune.model.quantization.PackedInt8Weight;
import org.sqltune.model.quantization.QuantizedWeight;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.script.LayerScript;
import org.sqltune.model.torch.script.LossScript;
import org.sqltune.model.weight.NormWeights;
import org.sqltune.model.weight.Weight;

/**
 * What stands behind a decoder's layers: the final norm and the head, which scores the vocabulary, and the loss of those
 * scores with its gradients.
 *
 * <p>Axes: n target positions, E hidden size, V vocabulary.
 */
public final class DecoderHead {
    /** Numbers in fp32 that are worked on at once on the way from scores to gradients: 8 MB. */
    private static final long SCORES_IN_CACHE = 1 << 21;

    private final LossScript script;
    private final NormWeights norm;
    private final Weight weight;
    private final @Nullable QuantizedWeight packed;

    /** @param packed the same weight in another layout, perhaps rounded, to score with; null for none */
    DecoderHead(LossScript script, NormWeights norm, Weight weight, @Nullable QuantizedWeight packed) {
        this.script = script;
        this.norm = norm;
        this.weight = weight;
        this.packed = packed;
    }

    /** The norm before the head: its weight [E] and, where there is one, its bias [E]. */
    public List<Weight> norm() {
        return norm.weights();
    }

    /** The head [V, E]: the embedding itself where they are tied. */
    public Weight weight() {
        return weight;
    }

    /** Scores of every token of the vocabulary: [n, E] → fp32 [n, V]. */
    public Tensor logits(TensorScope batchScope, Tensor hidden) {
        return packed == null
                ? script.logits(batchScope, hidden, norm.tensors(), weight.value())
                : script.packedLogits(batchScope, hidden, norm.tensors(), packed.forProducts());
    }

    /**
     * Bytes of the weight that {@link #logits(TensorScope, Tensor)} reads.
     *
     * @param type of a weight that isn't packed
     */
    long bytes(ElementType type) {
        return packed == null ? weight.count() * type.bytes() : packed.bytes();
    }

    /**
     * Scores of some tokens, without those of the others: [n, E] → fp32 [n, m]. Over a head in 8 bits they are those of all
     * tokens, bit for bit; else rounding may differ.
     *
     * @param tokens their ids, int64 [m]
     */
    public Tensor logits(TensorScope batchScope, Tensor hidden, Tensor tokens) {
        Tensor rows = script.rows(batchScope, weight.value(), tokens);
        if (packed instanceof PackedInt8Weight int8) {
            return script.int8Logits(
                    batchScope, hidden, norm.tensors(), int8.forProducts(), int8.quantizedAlike(batchScope, rows));
        }
        Tensor alike = packed instanceof PackedHalfWeight half ? half.roundedAlike(batchScope, rows) : rows;
        return script.logits(batchScope, hidden, norm.tensors(), alike);
    }

    /** Cross-entropy of targets [n] at hidden states [n, E]. */
    public LossScript.Loss loss(TensorScope batchScope, Tensor hidden, Tensor targets) {
        return script.loss(batchScope, hidden, norm.tensors(), weight.value(), targets);
    }

    /** The norm before the head, keeping the graph: [n, E] → [n, E]. */
    public LayerScript.Graph normWithGraph(TensorScope batchScope, Tensor hidden) {
        return script.normWithGraph(batchScope, hidden, norm.tensors());
    }

    /**
     * Cross-entropy of targets [n] at what the final norm gave [n, E], and its gradients.
     *
     * @param smoothing share of a target's probability that goes to the whole vocabulary alike; 0 for none
     * @param scale what the gradients are multiplied by
     */
    public LossScript.Gradients lossGradients(
            TensorScope batchScope, Tensor normed, Tensor targets, double smoothing, double scale) {
        long inCache = Math.max(16, SCORES_IN_CACHE / weight.value().size(0));
        return script.gradients(batchScope, normed, weight.value(), targets, smoothing, scale, inCache);
    }

    /** The head's gradient [V, E] where the scores' gradients are those of a loss at {@code normed} [n, E]. */
    public Tensor weightGradient(TensorScope batchScope, LossScript.Gradients loss, Tensor normed) {
        return script.headGradient(batchScope, loss.scores(), normed);
    }
}
