"""One tiny model for each architecture, and Llamas of odd shapes: what each has that the others don't must matter.

A case is a function that returns the model; `CASES` says how it is written. Texts have up to 44 tokens, so windows are
6 wide and trained contexts 16 to 32 long.
"""

from dataclasses import dataclass
from typing import Callable

from transformers import (
    Gemma2Config,
    Gemma2ForCausalLM,
    GPTNeoXConfig,
    GPTNeoXForCausalLM,
    LlamaConfig,
    LlamaForCausalLM,
    MistralConfig,
    MistralForCausalLM,
    Phi3Config,
    Phi3ForCausalLM,
    Qwen2Config,
    Qwen2ForCausalLM,
    Qwen3Config,
    Qwen3ForCausalLM,
)

from cases import SPECIAL_IDS, eager, randomised, rope

SEPARATE = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def tiny(model_class, config_class, seed, neutral_norm=1.0, **settings):
    defaults = {
        "vocab_size": 67,
        "hidden_size": 24,
        "intermediate_size": 40,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "max_position_embeddings": 128,
        "rope_parameters": rope(10000.0),
        "tie_word_embeddings": False,
        **SPECIAL_IDS,
    }
    return randomised(eager(model_class, config_class(**(defaults | settings))), seed, neutral_norm)


def llama(seed, **settings):
    return tiny(LlamaForCausalLM, LlamaConfig, seed, **settings)


def llama_one_layer():
    return llama(
        31,
        num_hidden_layers=1,
        num_attention_heads=3,
        num_key_value_heads=1,
        head_dim=10,
        rope_parameters=rope(1e6),
        attention_bias=True,
        tie_word_embeddings=True,
    )


def llama_narrow_heads():
    return llama(32, num_attention_heads=6, num_key_value_heads=2, head_dim=6, mlp_bias=True, num_hidden_layers=3)


def llama_linear():
    return llama(33, rope_parameters=rope(10000.0, factor=4.0) | {"rope_type": "linear"})


def llama_dynamic():
    scaling = rope(10000.0, factor=2.0) | {"rope_type": "dynamic"}
    return llama(34, rope_parameters=scaling, max_position_embeddings=16, num_key_value_heads=2)


def llama_yarn():
    scaling = rope(100.0, factor=4.0, original_max_position_embeddings=32, beta_fast=4.0) | {"rope_type": "yarn"}
    return llama(35, rope_parameters=scaling, head_dim=16)


def mistral_window():
    return tiny(MistralForCausalLM, MistralConfig, 36, num_key_value_heads=1, head_dim=6, sliding_window=6)


def qwen2():
    return tiny(
        Qwen2ForCausalLM,
        Qwen2Config,
        37,
        num_key_value_heads=2,
        rope_parameters=rope(1e6),
        tie_word_embeddings=True,
        use_sliding_window=True,
        sliding_window=6,
        max_window_layers=1,
    )


def qwen3():
    return tiny(Qwen3ForCausalLM, Qwen3Config, 38, num_key_value_heads=2, head_dim=10, rope_parameters=rope(1e6))


def gemma2():
    return tiny(
        Gemma2ForCausalLM,
        Gemma2Config,
        39,
        neutral_norm=0.0,
        num_hidden_layers=3,
        num_key_value_heads=2,
        head_dim=8,
        query_pre_attn_scalar=10,
        attn_logit_softcapping=3.0,
        final_logit_softcapping=6.0,
        sliding_window=6,
        tie_word_embeddings=True,
    )


def phi3():
    return tiny(
        Phi3ForCausalLM,
        Phi3Config,
        40,
        num_attention_heads=3,
        num_key_value_heads=1,
        rope_parameters=rope(10000.0, partial_rotary_factor=0.75),
        sliding_window=6,
    )


def phi3_longrope():
    """Some examples fit the trained context, others don't."""
    scaling = rope(10000.0, short_factor=[1.0, 1.3, 1.7], long_factor=[1.5, 2.5, 5.0]) | {"rope_type": "longrope"}
    return tiny(
        Phi3ForCausalLM,
        Phi3Config,
        41,
        rope_parameters=scaling,
        original_max_position_embeddings=16,
        max_position_embeddings=96,
    )


def gpt_neox():
    return tiny(
        GPTNeoXForCausalLM,
        GPTNeoXConfig,
        42,
        num_attention_heads=3,
        rope_parameters=rope(10000.0, partial_rotary_factor=0.25),
    )


def gpt_neox_sequential():
    """Half of ten numbers of a head turn: five, rounded up to three pairs."""
    return tiny(
        GPTNeoXForCausalLM,
        GPTNeoXConfig,
        43,
        hidden_size=20,
        num_attention_heads=2,
        hidden_act="gelu_new",
        rope_parameters=rope(10000.0, partial_rotary_factor=0.5),
        use_parallel_residual=False,
        attention_bias=False,
    )


@dataclass(frozen=True)
class Case:
    """How a case is written.

    seed: of the ids; chosen so that no two greedy candidates are close
    targets: linear maps that the adapter changes
    old: config.json as transformers 4 wrote it
    full_training: whether twenty steps of full training are written too
    """

    model: Callable
    seed: int
    targets: list[str]
    old: bool = False
    full_training: bool = False


FUSED = ["qkv_proj", "o_proj", "gate_up_proj", "down_proj"]
NEOX = ["query_key_value", "dense", "dense_h_to_4h", "dense_4h_to_h"]

CASES = {
    "llama_one_layer": Case(llama_one_layer, 310, SEPARATE),
    "llama_narrow_heads": Case(llama_narrow_heads, 321, ["k_proj", "o_proj", "up_proj"]),
    "llama_linear": Case(llama_linear, 330, ["q_proj", "v_proj"], old=True),
    "llama_dynamic": Case(llama_dynamic, 341, ["q_proj", "k_proj"]),
    "llama_yarn": Case(llama_yarn, 350, ["q_proj", "k_proj"], old=True),
    "mistral_window": Case(mistral_window, 361, SEPARATE),
    "qwen2": Case(qwen2, 371, SEPARATE),
    "qwen3": Case(qwen3, 380, SEPARATE, old=True),
    "gemma2": Case(gemma2, 390, SEPARATE, full_training=True),
    "phi3": Case(phi3, 400, FUSED, old=True),
    "phi3_longrope": Case(phi3_longrope, 411, FUSED),
    "gpt_neox": Case(gpt_neox, 420, NEOX, old=True, full_training=True),
    "gpt_neox_sequential": Case(gpt_neox_sequential, 430, ["query_key_value", "dense_h_to_4h"]),
}
