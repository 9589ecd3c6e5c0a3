"""Losses of random models of random shapes, by transformers and by SqlTune's command line.

    python random_models.py CLI_JAR [--models 40] [--seed 100]

Each model is a family, head counts, head sizes, widths, depths, rope settings, biases, windows, tied or untied heads and
an element type on disk, all drawn by its seed; its tokenizer and its texts are those of the fixture
tiny_llama_with_tokenizer. Prints a line a model and ends with 1 if one loss differs by more than 1e-4.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import copy

os.environ["HF_HUB_OFFLINE"] = "1"
import torch
import transformers
from transformers import AutoModelForCausalLM, AutoTokenizer
from transformers.utils import logging

FIXTURE = Path(__file__).parents[2] / "model/src/test/resources/parity/tiny_llama_with_tokenizer"
FAMILIES = ["Llama", "Llama", "Llama", "Mistral", "Qwen2", "Qwen3", "Gemma2", "Phi3", "GPTNeoX"]
TOLERANCE = 1e-4


def settings(family, draw, tokenizer):
    kv_heads = draw.choice([1, 1, 2, 3])
    heads = kv_heads * draw.choice([1, 2, 3, 4])
    head_dim = draw.choice([6, 8, 10, 14, 16, 20, 32])
    theta = draw.choice([1e4, 1e6, 5e5, 100.0])
    free_width = family in ("Llama", "Mistral", "Qwen3", "Gemma2") and draw.random() < 0.6
    result = {
        "vocab_size": len(tokenizer) + draw.choice([0, 0, 5, 64]),
        "hidden_size": heads * (draw.choice([4, 6, 9, 12]) if free_width else head_dim),
        "intermediate_size": draw.choice([17, 40, 96, 130]),
        "num_hidden_layers": draw.choice([1, 1, 2, 3, 5]),
        "num_attention_heads": heads,
        "max_position_embeddings": draw.choice([512, 2048]),
        "tie_word_embeddings": draw.random() < 0.5,
        "bos_token_id": tokenizer.bos_token_id,
        "eos_token_id": tokenizer.eos_token_id,
        "pad_token_id": tokenizer.pad_token_id,
        "rope_parameters": {"rope_type": "default", "rope_theta": theta},
    }
    if family != "GPTNeoX":
        result["num_key_value_heads"] = kv_heads
    if free_width or family in ("Qwen3", "Gemma2"):
        result["head_dim"] = head_dim
    return result | OWN_SETTINGS.get(family, lambda *_: {})(draw, theta, head_dim)


def llama(draw, theta, _):
    linear = {"rope_type": "linear", "rope_theta": theta, "factor": 2.5}
    llama3 = {
        "rope_type": "llama3",
        "rope_theta": theta,
        "factor": 8.0,
        "low_freq_factor": 1.0,
        "high_freq_factor": 4.0,
        "original_max_position_embeddings": 64,
    }
    rope = draw.choice([{"rope_type": "default", "rope_theta": theta}, linear, llama3])
    return {"attention_bias": draw.random() < 0.5, "mlp_bias": draw.random() < 0.5, "rope_parameters": rope}


def gemma2(draw, _, head_dim):
    return {
        "sliding_window": draw.choice([9, 64]),
        "query_pre_attn_scalar": draw.choice([head_dim, 20]),
        "attn_logit_softcapping": draw.choice([50.0, None]),
        "final_logit_softcapping": draw.choice([30.0, None]),
    }


def gpt_neox(draw, theta, _):
    share = draw.choice([0.25, 0.5, 1.0])
    return {
        "rope_parameters": {"rope_type": "default", "rope_theta": theta, "partial_rotary_factor": share},
        "use_parallel_residual": draw.random() < 0.5,
        "attention_bias": draw.random() < 0.5,
    }


OWN_SETTINGS = {
    "Llama": llama,
    "Mistral": lambda draw, *_: {"sliding_window": draw.choice([None, 7, 33])},
    "Phi3": lambda draw, *_: {"sliding_window": draw.choice([None, 11])},
    "Gemma2": gemma2,
    "GPTNeoX": gpt_neox,
}


@torch.no_grad()
def write_model(folder, seed, tokenizer):
    draw = random.Random(seed)
    family = draw.choice(FAMILIES)
    config = getattr(transformers, family + "Config")(**settings(family, draw, tokenizer))
    torch.manual_seed(seed)
    model = getattr(transformers, family + "ForCausalLM")(config)
    generator = torch.Generator().manual_seed(seed)
    for _, parameter in sorted(model.named_parameters()):
        noise = torch.randn(parameter.shape, generator=generator)
        parameter.copy_(parameter + 0.2 * noise if parameter.dim() == 1 else 0.25 * noise)
    stored = draw.choice([torch.float32, torch.float32, torch.bfloat16, torch.float16])
    model.to(stored).save_pretrained(folder)
    for file in FIXTURE.iterdir():
        if "token" in file.name:
            copy(file, folder)
    return f"{family:8} {str(stored).removeprefix('torch.'):9}"


@torch.no_grad()
def loss_of_transformers(folder, rows, tokenizer):
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    total, count = 0.0, 0
    for row in rows:
        prompt = [tokenizer.bos_token_id] + tokenizer.encode(row["prompt"], add_special_tokens=False)
        targets = tokenizer.encode(row["completion"], add_special_tokens=False) + [tokenizer.eos_token_id]
        logits = model(torch.tensor([prompt + targets])).logits[0, len(prompt) - 1 : -1]
        total += torch.nn.functional.cross_entropy(logits, torch.tensor(targets), reduction="sum").item()
        count += len(targets)
    return total / count


def loss_of_sqltune(jar, folder):
    command = ["java", "-jar", jar, "eval", "--metrics=loss", "--dtype=fp32", f"--model={folder}"]
    ended = subprocess.run(command + [f"--data={FIXTURE / 'data.jsonl'}"], capture_output=True, text=True)
    if ended.returncode:
        raise SystemExit(ended.stderr)
    return json.loads(ended.stdout)["loss"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("jar")
    parser.add_argument("--models", type=int, default=40)
    parser.add_argument("--seed", type=int, default=100)
    arguments = parser.parse_args()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    tokenizer = AutoTokenizer.from_pretrained(FIXTURE)
    rows = [json.loads(line) for line in (FIXTURE / "data.jsonl").open()]
    worst = 0.0
    for seed in range(arguments.seed, arguments.seed + arguments.models):
        with tempfile.TemporaryDirectory() as folder:
            described = write_model(folder, seed, tokenizer)
            expected = loss_of_transformers(folder, rows, tokenizer)
            difference = abs(loss_of_sqltune(arguments.jar, folder) - expected)
        worst = max(worst, difference)
        print(f"{seed:5} {described} loss {expected:8.5f} difference {difference:.1e}", flush=True)
    print(f"largest difference {worst:.1e}")
    sys.exit(int(worst > TOLERANCE))


if __name__ == "__main__":
    main()
