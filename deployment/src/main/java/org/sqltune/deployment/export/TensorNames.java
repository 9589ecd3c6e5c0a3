package org.sqltune.deployment.export;

import java.util.Map;
import org.sqltune.model.config.NormPlace;
import org.sqltune.model.config.ProjectionShape.Role;

/** What llama.cpp calls the tensors of a layer. */
final class TensorNames {
    private static final Map<Role, String> LINEAR = Map.of(
            Role.Q, "attn_q",
            Role.K, "attn_k",
            Role.V, "attn_v",
            Role.QKV, "attn_qkv",
            Role.O, "attn_output",
            Role.GATE, "ffn_gate",
            Role.UP, "ffn_up",
            // Phi-3's matrix for both.
            Role.GATE_UP, "ffn_up",
            Role.DOWN, "ffn_down");
    private static final Map<NormPlace, String> NORMS = Map.of(
            NormPlace.BEFORE_ATTENTION, "attn_norm",
            NormPlace.AFTER_ATTENTION, "post_attention_norm",
            NormPlace.BEFORE_MLP, "ffn_norm",
            NormPlace.AFTER_MLP, "post_ffw_norm",
            NormPlace.QUERY, "attn_q_norm",
            NormPlace.KEY, "attn_k_norm");

    private TensorNames() {}

    /** A linear layer's, without {@code .weight}. */
    static String linear(int layer, Role role) {
        return "blk." + layer + "." + LINEAR.get(role);
    }

    /** A norm's, without {@code .weight}. */
    static String norm(int layer, NormPlace place) {
        return "blk." + layer + "." + NORMS.get(place);
    }
}
