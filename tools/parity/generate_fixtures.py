"""Writes the parity fixtures: tiny random models and the numbers that transformers and PEFT get from them.

    python generate_fixtures.py OUTPUT_FOLDER [CASE ...]

Seeded: the same library versions (requirements.txt) on the same CPU give the same bytes.
README.md beside this file describes every file that is written.
"""

import copy
import sys
import warnings
from functools import partial
from pathlib import Path

import peft
import torch
import transformers
from safetensors.torch import save_file

import cases
import families
import reference
from folders import load, load_adapter, random_adapter, run_training, save_adapter, save_case, use_old_config, write_json
from reference import Row, TrainingSettings
from text_case import write_text_model, write_tokenizer

SEVEN = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
LORA_STEPS = TrainingSettings(steps=20, learning_rate=1e-2, batch_size=2, accumulation=2)
COSINE_STEPS = TrainingSettings(20, 1e-2, 2, 2, scheduler="cosine", warmup_steps=3)
FULL_STEPS = TrainingSettings(steps=20, learning_rate=3e-3, batch_size=2, accumulation=2)
SEQUENCE = 20
NEW_TOKENS = 24


def random_ids(generator, count, vocab_size):
    return torch.randint(3, vocab_size, (count,), generator=generator).tolist()


def random_rows(model, seed):
    """Nine rows, so that with 2 x 2 rows a step an epoch ends in a short step of one row.

    Every third completion token is the model's own choice, so that the token accuracy is not zero.
    """
    generator = torch.Generator().manual_seed(seed)
    vocab_size = model.config.vocab_size
    rows = []
    for prompt_length, completion_length in zip([5, 9, 3, 12, 7, 6, 10, 4, 8], [4, 7, 3, 5, 8, 2, 6, 1, 5]):
        prompt = random_ids(generator, prompt_length, vocab_size)
        completion = random_ids(generator, completion_length, vocab_size)
        for position in range(1, completion_length, 3):
            completion[position] = reference.greedy(model, prompt + completion[:position], 1)[0][0]
        rows.append(Row(prompt, completion))
    return rows


@torch.no_grad()
def write_forward(folder, seed):
    """expected.safetensors and expected.json: what the model computes."""
    exact, double, half = (load(folder, t) for t in (torch.float32, torch.float64, torch.bfloat16))
    vocab_size = exact.config.vocab_size
    generator = torch.Generator().manual_seed(seed)
    input_ids = torch.tensor([random_ids(generator, SEQUENCE, vocab_size) for _ in range(2)])
    logits = exact(input_ids=input_ids, use_cache=False).logits
    tensors = {
        "input_ids": input_ids,
        "logits": logits,
        "logits_bf16": half(input_ids=input_ids, use_cache=False).logits.float(),
    }
    save_file(tensors, folder / "expected.safetensors", metadata={"format": "pt"})
    rows = random_rows(exact, seed + 1)
    prompt_ids = input_ids[0].tolist()
    greedy_ids, gap = reference.greedy(exact, prompt_ids, NEW_TOKENS)
    if gap < 0.01:
        raise ValueError(f"{folder.name}: two greedy candidates are {gap} apart; choose another seed than {seed}")
    difference = (logits - double(input_ids=input_ids, use_cache=False).logits).abs().max().item()
    write_json(
        folder / "expected.json",
        {
            "greedy": {"prompt_ids": prompt_ids, "new_ids": greedy_ids, "smallest_logit_gap": gap},
            "examples": [row.to_json() for row in rows],
            **reference.evaluate(exact, rows),
            "float64_max_logit_difference": difference,
            "bf16_max_logit_difference": (logits - tensors["logits_bf16"]).abs().max().item(),
        },
    )
    return exact, input_ids, rows


def write_lora_forward(folder, model, input_ids, rows):
    """expected_lora.safetensors: logits with the adapter, gradients of the mean completion loss."""
    adapted = load_adapter(model, folder / "adapter")
    with torch.no_grad():
        tensors = {"logits": adapted(input_ids=input_ids, use_cache=False).logits}
    loss = reference.backward(adapted, rows)
    for name, parameter in adapted.named_parameters():
        if parameter.requires_grad:
            tensors[name.replace(".default", "")] = parameter.grad.clone()
    save_file(tensors, folder / "expected_lora.safetensors", metadata={"format": "pt"})
    return reference.evaluate(adapted, rows) | {"gradient_loss": loss}


def write_training(folder, model, rows):
    """expected_training.json and trained_adapter/: twenty LoRA steps, constant and cosine."""
    def adapted(dtype):
        return load_adapter(model, folder / "adapter", dtype)

    trained, constant = run_training(adapted, rows, LORA_STEPS)
    _, cosine = run_training(adapted, rows, COSINE_STEPS)
    save_adapter(trained, folder / "trained_adapter")
    write_json(folder / "expected_training.json", {"constant": constant, "cosine": cosine})


def write_full_training(folder, model, rows):
    """expected_full_training.json: all weights trained."""
    _, report = run_training(lambda dtype: copy.deepcopy(model).to(dtype), rows, FULL_STEPS)
    write_json(folder / "expected_full_training.json", {"constant": report})


def write_lora(folder, model, input_ids, rows, target_modules, seed):
    save_adapter(random_adapter(model, target_modules, seed), folder / "adapter")
    scores = write_lora_forward(folder, model, input_ids, rows)
    write_json(folder / "expected_lora.json", scores)
    write_training(folder, model, rows)


def write_gqa_tied(folder):
    save_case(folder, cases.gqa_tied())
    model, input_ids, rows = write_forward(folder, 110)
    write_lora(folder, model, input_ids, rows, SEVEN, 111)
    write_full_training(folder, model, rows)


def write_mha_untied(folder):
    save_case(folder, cases.mha_untied())
    model, input_ids, rows = write_forward(folder, 120)
    write_lora(folder, model, input_ids, rows, ["q_proj", "v_proj"], 121)


def write_mqa_bias_headdim(folder):
    save_case(folder, cases.mqa_bias_headdim())
    write_forward(folder, 130)


def write_llama3_rope(folder):
    save_case(folder, cases.llama3_rope())
    write_forward(folder, 140)


def write_bf16_stored(folder):
    save_case(folder, cases.bf16_stored())
    use_old_config(folder)
    write_forward(folder, 151)


def write_mistral_tiny(folder):
    save_case(folder, cases.mistral_tiny())
    use_old_config(folder)
    write_forward(folder, 163)


def write_family(folder, case):
    save_case(folder, case.model())
    if case.old:
        use_old_config(folder)
    model, input_ids, rows = write_forward(folder, case.seed)
    save_adapter(random_adapter(model, case.targets, case.seed + 2, rank=2), folder / "adapter")
    write_json(folder / "expected_lora.json", write_lora_forward(folder, model, input_ids, rows))
    if case.full_training:
        write_full_training(folder, model, rows)


def write_sharded(folder):
    """The weights and expectations of mha_untied, in several files."""
    save_case(folder, cases.mha_untied(), max_shard_size="60KB")
    write_forward(folder, 120)


WRITERS = {
    "gqa_tied": write_gqa_tied,
    "mha_untied": write_mha_untied,
    "mqa_bias_headdim": write_mqa_bias_headdim,
    "llama3_rope": write_llama3_rope,
    "bf16_stored": write_bf16_stored,
    "mistral_tiny": write_mistral_tiny,
    "sharded": write_sharded,
    "tiny_tokenizer": write_tokenizer,
    "tiny_llama_with_tokenizer": write_text_model,
} | {name: partial(write_family, case=case) for name, case in families.CASES.items()}


def main(arguments):
    if not arguments:
        raise SystemExit(__doc__)
    output = Path(arguments[0])
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    warnings.filterwarnings("ignore", module="peft")  # it looks for the base model on the hub
    torch.manual_seed(0)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    for name in arguments[1:] or WRITERS:
        WRITERS[name](output / name)
        print(f"{name} written")
    print(f"torch {torch.__version__}, transformers {transformers.__version__}, peft {peft.__version__}")


if __name__ == "__main__":
    main(sys.argv[1:])
