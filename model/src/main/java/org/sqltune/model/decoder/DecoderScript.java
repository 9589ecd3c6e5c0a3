package org.sqltune.model.decoder;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sqltune.model.config.Arithmetic;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.Norm;
import org.sqltune.model.torch.ScriptModule;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/** The functions of {@code decoder.py} for one model. */
final class DecoderScript {
    private DecoderScript() {}

    /** Compiles them; {@code owner} frees them. */
    static ScriptModule compile(Torch torch, TensorScope owner, DecoderConfig config) {
        Arithmetic arithmetic = config.arithmetic();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("heads", config.heads());
        attributes.put("kv_heads", config.keyValueHeads());
        attributes.put("head_dim", config.headDim());
        attributes.put("layer_norm", arithmetic.norm().kind() == Norm.Kind.LAYER);
        attributes.put("norm_from_one", arithmetic.norm().kind() == Norm.Kind.RMS_FROM_ONE);
        attributes.put("epsilon", arithmetic.norm().epsilon());
        attributes.put("activation", arithmetic.activation().scriptName());
        attributes.put("gated_mlp", arithmetic.gatedMlp());
        attributes.put("interleaved_heads", arithmetic.interleavedHeads());
        attributes.put("parallel_residual", arithmetic.parallelResidual());
        attributes.put("attention_scale", arithmetic.attentionScale());
        attributes.put("attention_soft_cap", arithmetic.attentionSoftCap());
        attributes.put("logit_soft_cap", arithmetic.logitSoftCap());
        attributes.put("embedding_scale", arithmetic.embeddingScale());
        attributes.put("rotary_magnitude", config.rope().scaling().magnitude());
        attributes.put("attention_in_fp32", !torch.multipliesBfloat16());
        attributes.put("dense_scores", DenseAttention.scoresAtOnce(config));
        return torch.module(owner, "decoder", attributes);
    }
}
