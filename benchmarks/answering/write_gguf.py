"""Writes the weights of a Llama folder as GGUF files, for llama.cpp beside SqlTune on the same weights.

    python write_gguf.py MODEL_FOLDER OUTPUT_FOLDER [--types BF16 Q8_0 Q4_0]

Writes OUTPUT_FOLDER/TYPE.gguf. Matrices are of the type asked for, norms fp32; of Q4_0 the head is Q6_K's nearest here,
Q8_0, since llama.cpp doesn't put a head into 4 bits either. Rows of query and key are put into the order in which
llama.cpp rotates them (pairs beside each other). The vocabulary holds the tokenizer's pieces, so that the file loads;
the benchmark passes ids. Needs gguf, numpy, safetensors and torch.
"""

import argparse
import json
from pathlib import Path

import gguf
import numpy
from safetensors import safe_open

TYPES = {"BF16": gguf.GGMLQuantizationType.BF16, "F16": gguf.GGMLQuantizationType.F16,
         "Q8_0": gguf.GGMLQuantizationType.Q8_0, "Q4_0": gguf.GGMLQuantizationType.Q4_0}
NAMES = {"input_layernorm": "attn_norm", "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k",
         "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output", "post_attention_layernorm": "ffn_norm",
         "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down"}


def gguf_name(name):
    """A tensor's name in llama.cpp: model.layers.3.mlp.up_proj.weight is blk.3.ffn_up.weight."""
    outer = {"model.embed_tokens.weight": "token_embd.weight", "model.norm.weight": "output_norm.weight",
             "lm_head.weight": "output.weight"}
    if name in outer:
        return outer[name]
    _, _, index, rest = name.split(".", 3)
    return f"blk.{index}.{NAMES[rest.rsplit('.', 1)[0]]}.weight"


def rotated_in_pairs(weight, heads):
    """From halves of a head that are rotated with each other to neighbours that are."""
    return weight.reshape(heads, 2, -1, weight.shape[1]).swapaxes(1, 2).reshape(weight.shape)


def add_settings(writer, config):
    heads, kv_heads = config["num_attention_heads"], config["num_key_value_heads"]
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(heads)
    writer.add_head_count_kv(kv_heads)
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_rope_dimension_count(config.get("head_dim") or config["hidden_size"] // heads)
    writer.add_rope_freq_base((config.get("rope_parameters") or config).get("rope_theta", 10000.0))
    writer.add_vocab_size(config["vocab_size"])


def add_vocabulary(writer, folder, size, config):
    pieces = {index: piece for piece, index in json.load(open(folder / "tokenizer.json"))["model"]["vocab"].items()}
    tokens = [pieces.get(index, f"<unused {index}>") for index in range(size)]
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([-float(index) for index in range(size)])
    control = {config.get("bos_token_id", 1), config.get("eos_token_id", 2), 0}
    writer.add_token_types([gguf.TokenType.CONTROL if i in control else gguf.TokenType.NORMAL for i in range(size)])
    writer.add_bos_token_id(config.get("bos_token_id", 1))
    writer.add_eos_token_id(config.get("eos_token_id", 2))


def write(folder, output, name):
    config = json.load(open(folder / "config.json"))
    writer = gguf.GGUFWriter(output, "llama")
    add_settings(writer, config)
    add_vocabulary(writer, folder, config["vocab_size"], config)
    heads = {"q_proj": config["num_attention_heads"], "k_proj": config["num_key_value_heads"]}
    for file in sorted(folder.glob("*.safetensors")):
        with safe_open(file, "pt") as tensors:
            for key in tensors.keys():
                weight = tensors.get_tensor(key).float().numpy()
                for role, count in heads.items():
                    if f".{role}." in key:
                        weight = rotated_in_pairs(weight, count)
                kind = TYPES[name]
                if weight.ndim == 1:
                    kind = gguf.GGMLQuantizationType.F32
                elif name == "Q4_0" and key in ("lm_head.weight", "model.embed_tokens.weight"):
                    kind = gguf.GGMLQuantizationType.Q8_0
                data = gguf.quantize(numpy.ascontiguousarray(weight), kind)
                writer.add_tensor(gguf_name(key), data, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--types", nargs="+", choices=TYPES, default=["BF16", "Q8_0", "Q4_0"])
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    for name in arguments.types:
        write(arguments.model, arguments.output / f"{name}.gguf", name)
        print(arguments.output / f"{name}.gguf")


if __name__ == "__main__":
    main()
