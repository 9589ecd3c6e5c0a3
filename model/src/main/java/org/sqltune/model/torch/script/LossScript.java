package org.sqltune.model.torch.script;

import java.util.List;
import java.util.Map;
import org.sqltune.model.torch.ScriptModule;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;

/**
 * The functions of {@code decoder/} behind the layers: final norm, head, cross-entropy and its gradients. Thread-safe.
 *
 * <p>Axes: n target positions, E hidden size, V vocabulary. {@code norm} is the final norm's {@code weight} [E] and, where
 * it has one, {@code bias} [E].
 */
public final class LossScript {
    private final ScriptModule script;

    LossScript(ScriptModule script) {
        this.script = script;
    }

    /**
     * Cross-entropy over some target positions.
     *
     * @param total summed cross-entropy, one fp32 number, in nats
     * @param correct number of targets that were the most likely token, one int64 number
     */
    public record Loss(Tensor total, Tensor correct) {
        /** Summed cross-entropy in nats. */
        public double lossSum() {
            return total.toFloats()[0];
        }

        /** Number of targets that were the most likely token. */
        public long correctCount() {
            return correct.toLongs()[0];
        }
    }

    /**
     * Cross-entropy over some target positions, with its gradients.
     *
     * @param total summed cross-entropy, one fp32 number, in nats
     * @param hidden gradient of what the head was given [n, E]
     * @param scores gradient of the scores [n, V]
     */
    public record Gradients(Tensor total, Tensor hidden, Tensor scores) {
        /** Summed cross-entropy in nats. */
        public double lossSum() {
            return total.toFloats()[0];
        }
    }

    /** Scores of every token of the vocabulary: [n, E] → fp32 [n, V]. */
    public Tensor logits(TensorScope scope, Tensor hidden, Map<String, Tensor> norm, Tensor head) {
        return script.tensor(scope, "logits", hidden, norm, head);
    }

    /** The same with a head in fewer bits, by its tensors' names in {@code decoder/linear.py}. */
    public Tensor packedLogits(TensorScope scope, Tensor hidden, Map<String, Tensor> norm, Map<String, Tensor> head) {
        return script.tensor(scope, "packed_logits", hidden, norm, head);
    }

    /**
     * As {@link #packedLogits}, of some tokens alone: [n, E] → fp32 [n, m], bit for bit.
     *
     * @param rows their rows of the head, as the packed one has them
     */
    public Tensor int8Logits(
            TensorScope scope,
            Tensor hidden,
            Map<String, Tensor> norm,
            Map<String, Tensor> head,
            QuantizationScript.Int8 rows) {
        return script.tensor(scope, "int8_logits", hidden, norm, head, rows.codes(), rows.scales());
    }

    /** Some rows of a head: [V, E], int64 [m] → [m, E]. */
    public Tensor rows(TensorScope scope, Tensor head, Tensor tokens) {
        return script.tensor(scope, "head_rows", head, tokens);
    }

    /** Cross-entropy of targets [n] at hidden states [n, E]. */
    public Loss loss(TensorScope scope, Tensor hidden, Map<String, Tensor> norm, Tensor head, Tensor targets) {
        List<Tensor> both = script.tensors(scope, "loss", hidden, norm, head, targets);
        return new Loss(both.get(0), both.get(1));
    }

    /** The final norm, keeping the graph: [n, E] → [n, E]. */
    public LayerScript.Graph normWithGraph(TensorScope scope, Tensor hidden, Map<String, Tensor> norm) {
        List<Tensor> both = script.tensorsWithGraph(scope, "norm_with_graph", hidden, norm);
        return new LayerScript.Graph(both.get(0), both.get(1));
    }

    /**
     * Cross-entropy of targets [n] at what the final norm gave [n, E], and its gradients.
     *
     * @param smoothing share of a target's probability that goes to the whole vocabulary alike; 0 for none
     * @param scale what the gradients are multiplied by
     * @param atOnce positions that are worked on at a time
     */
    public Gradients gradients(
            TensorScope scope,
            Tensor normed,
            Tensor head,
            Tensor targets,
            double smoothing,
            double scale,
            long atOnce) {
        List<Tensor> result = script.tensors(scope, "loss_gradients", normed, head, targets, smoothing, scale, atOnce);
        return new Gradients(result.get(0), result.get(1), result.get(2));
    }

    /** The head's gradient [V, E] where {@code scores} [n, V] are the gradients of a loss at {@code normed} [n, E]. */
    public Tensor headGradient(TensorScope scope, Tensor scores, Tensor normed) {
        return script.tensor(scope, "head_gradient", scores, normed);
    }
}
