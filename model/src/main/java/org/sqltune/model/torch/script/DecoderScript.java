package org.sqltune.model.torch.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.model.config.Arithmetic;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.Norm;
import org.sqltune.model.torch.ScriptModule;
import org.sqltune.model.torch.ScriptSource;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * The functions under {@code decoder/}, compiled for one model: embedding and rotary embedding here, {@link #layers layers} and
 * {@link #loss loss} in facades of their own. Thread-safe.
 *
 * <p>Axes: T tokens of a row, E hidden size, R rotated numbers of a head, V vocabulary.
 */
public final class DecoderScript {
    private static final ScriptSource SOURCE = ScriptSource.of(
            "decoder/norms",
            "decoder/linear",
            "int4",
            "int8",
            "decoder/adapter",
            "decoder/rotary",
            "decoder/heads",
            "decoder/attention",
            "decoder/mlp",
            "decoder/layer",
            "decoder/paged",
            "decoder/layer_gradients",
            "decoder/embedding",
            "decoder/loss");

    private final ScriptModule script;

    /**
     * Compiles them.
     *
     * @param owner frees them
     * @param config the model
     * @param denseScores how many scores a segment has at most whose attention holds all of them in memory at once
     */
    public DecoderScript(Torch torch, TensorScope owner, DecoderConfig config, int denseScores) {
        Arithmetic arithmetic = config.arithmetic();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("heads", config.heads());
        attributes.put("kv_heads", config.keyValueHeads());
        attributes.put("head_dim", config.headDim());
        attributes.put("layer_norm", arithmetic.norm().kind() == Norm.Kind.LAYER);
        attributes.put("norm_from_one", arithmetic.norm().kind() == Norm.Kind.RMS_FROM_ONE);
        attributes.put("epsilon", arithmetic.norm().epsilon());
        attributes.put("activation", arithmetic.activation().scriptName());
        attributes.put("interleaved_heads", arithmetic.interleavedHeads());
        attributes.put("parallel_residual", arithmetic.parallelResidual());
        attributes.put("attention_scale", arithmetic.attentionScale());
        attributes.put("attention_soft_cap", arithmetic.attentionSoftCap());
        attributes.put("logit_soft_cap", arithmetic.logitSoftCap());
        attributes.put("embedding_scale", arithmetic.embeddingScale());
        attributes.put("rotary_magnitude", config.rope().scaling().magnitude());
        attributes.put("attention_in_fp32", !torch.multipliesBfloat16());
        attributes.put("dense_scores", denseScores);
        this.script = torch.compile(owner, SOURCE, attributes);
    }

    /** The functions that compute layers. */
    public LayerScript layers() {
        return new LayerScript(script);
    }

    /** The functions behind the layers. */
    public LossScript loss() {
        return new LossScript(script);
    }

    /** Token ids [T] to rows of the embedding [T, E], scaled as the model wants them. */
    public Tensor embed(TensorScope scope, Tensor embedding, Tensor ids) {
        return script.tensor(scope, "embed", embedding, ids);
    }

    /**
     * As {@link #embed}, with uniform noise on the rows (NEFTune, arXiv:2310.05914).
     *
     * @param magnitudes how far the noise of each token goes, fp32 [T, 1]
     * @param seed decides the noise
     */
    public Tensor embedWithNoise(TensorScope scope, Tensor embedding, Tensor ids, Tensor magnitudes, long seed) {
        return script.tensor(scope, "embed_with_noise", embedding, ids, magnitudes, seed);
    }

    /** From the gradient of what {@link #embed} gave [T, E] to that of the embedding's rows [T, E]. */
    public Tensor embeddingGradient(TensorScope scope, Tensor gradient) {
        return script.tensor(scope, "embedding_gradient", gradient);
    }

    /**
     * Cosines and sines for tokens, each [T, 1, R].
     *
     * @param positions of the tokens, int64 [T]
     * @param frequencies fp32 [1, R/2], or for each token its own [T, R/2]
     * @param like has the element type that they shall have
     */
    public Rotary rotary(TensorScope scope, Tensor positions, Tensor frequencies, Tensor like) {
        List<Tensor> both = script.tensors(scope, "rotary", positions, frequencies, like);
        return new Rotary(both.get(0), both.get(1));
    }

    /**
     * Rotary position embedding of some tokens.
     *
     * @param cos [T, 1, R]
     * @param sin [T, 1, R]
     */
    public record Rotary(Tensor cos, Tensor sin) {}
}
