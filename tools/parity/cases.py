"""The tiny models: their configurations and their random weights."""

import torch
from transformers import LlamaConfig, LlamaForCausalLM, MistralConfig, MistralForCausalLM

SPECIAL_IDS = {"bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 0}


def rope(theta, **more):
    return {"rope_type": "default", "rope_theta": theta, **more}


def eager(model_class, config):
    return model_class._from_config(config, attn_implementation="eager")


def llama(seed, **settings):
    defaults = {
        "vocab_size": 99,
        "hidden_size": 32,
        "intermediate_size": 56,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 4,
        "max_position_embeddings": 128,
        "rms_norm_eps": 1e-5,
        "rope_parameters": rope(10000.0),
        "tie_word_embeddings": False,
        **SPECIAL_IDS,
    }
    return randomised(eager(LlamaForCausalLM, LlamaConfig(**(defaults | settings))), seed)


def gqa_tied():
    return llama(11, num_key_value_heads=2, tie_word_embeddings=True)


def mha_untied():
    return llama(12, vocab_size=117, num_hidden_layers=3, rms_norm_eps=1e-6)


def mqa_bias_headdim():
    return llama(
        13,
        vocab_size=128,
        hidden_size=48,
        num_key_value_heads=1,
        head_dim=16,
        attention_bias=True,
        mlp_bias=True,
        rope_parameters=rope(1e6),
    )


def llama3_rope():
    """Rotary scaling as Llama 3.1 uses it; the original context is short so that all three bands occur."""
    scaling = rope(500.0, factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0)
    scaling |= {"rope_type": "llama3", "original_max_position_embeddings": 64}
    return llama(14, num_key_value_heads=2, rope_parameters=scaling, max_position_embeddings=512)


def bf16_stored():
    return llama(15, num_key_value_heads=2, rope_parameters=rope(50000.0)).to(torch.bfloat16)


def mistral_tiny():
    config = MistralConfig(
        vocab_size=160,
        hidden_size=32,
        intermediate_size=56,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=8,
        max_position_embeddings=128,
        rms_norm_eps=1e-5,
        rope_parameters=rope(1e6),
        sliding_window=4096,
        tie_word_embeddings=False,
        **SPECIAL_IDS,
    )
    return randomised(eager(MistralForCausalLM, config), 16)


def tiny_llama(vocab_size):
    return llama(17, vocab_size=vocab_size, num_key_value_heads=2, max_position_embeddings=512)


@torch.no_grad()
def randomised(model, seed, neutral_norm=1.0):
    """Weights large enough that logits are far from flat, norms and biases that a wrong reader can't ignore."""
    generator = torch.Generator().manual_seed(seed)
    for name, parameter in sorted(model.named_parameters()):
        noise = torch.randn(parameter.shape, generator=generator)
        if name.endswith("bias"):
            parameter.copy_(0.3 * noise)
        elif "norm" in name:
            parameter.copy_(neutral_norm + 0.3 * noise)
        elif "embed" in name:
            parameter.copy_(0.4 * noise)
        else:
            parameter.copy_(0.25 * noise)
    return model.eval()


def as_transformers_4(config):
    """A config.json as transformers 4 wrote it: rope_theta and rope_scaling, torch_dtype, no layer_types."""
    old = dict(config)
    parameters = dict(old.pop("rope_parameters"))
    theta, share = parameters.pop("rope_theta"), parameters.pop("partial_rotary_factor", None)
    if old["model_type"] == "gpt_neox":
        old |= {"rotary_emb_base": theta, "rotary_pct": share}
    else:
        old["rope_theta"] = theta
        if share is not None:
            old["partial_rotary_factor"] = share
    scaled = parameters["rope_type"] != "default"
    if scaled and "original_max_position_embeddings" in old:
        parameters.pop("original_max_position_embeddings")
    old["rope_scaling"] = parameters if scaled else None
    old["torch_dtype"] = old.pop("dtype")
    old.pop("layer_types", None)
    old["transformers_version"] = "4.41.2"
    return dict(sorted(old.items()))
