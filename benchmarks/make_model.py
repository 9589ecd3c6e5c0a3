"""Writes the benchmark's model: TinyLlama's shape with few layers, random weights, bfloat16.

    python make_model.py OUTPUT_FOLDER --tokenizer TOKENIZER_FOLDER [--layers 4] [--seed 42]

TinyLlama (https://huggingface.co/TinyLlama/TinyLlama-1.1B-Chat-v1.0): hidden 2048, intermediate 5632, 32 heads,
4 kv heads, vocabulary 32000, 22 layers. Speed depends on the shapes, not on what the weights say. Four layers
are about 0.6 GB. The tokenizer's files are copied so that the folder is complete.
"""

import argparse
import shutil
from pathlib import Path

import torch
from transformers import LlamaConfig, LlamaForCausalLM

TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json")


def build(layers, seed):
    config = LlamaConfig(
        vocab_size=32000,
        hidden_size=2048,
        intermediate_size=5632,
        num_hidden_layers=layers,
        num_attention_heads=32,
        num_key_value_heads=4,
        max_position_embeddings=2048,
        rms_norm_eps=1e-5,
        tie_word_embeddings=False,
        bos_token_id=1,
        eos_token_id=2,
    )
    torch.manual_seed(seed)
    return LlamaForCausalLM(config).to(torch.bfloat16)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=42)
    arguments = parser.parse_args()
    build(arguments.layers, arguments.seed).save_pretrained(arguments.output)
    for name in TOKENIZER_FILES:
        shutil.copyfile(arguments.tokenizer / name, arguments.output / name)
    print(f"{arguments.output}: {arguments.layers} layers")


if __name__ == "__main__":
    main()
