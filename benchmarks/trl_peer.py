"""The peer of the training benchmark: TRL's SFTTrainer with PEFT on the same model, examples and settings.

    python trl_peer.py MODEL_FOLDER EXAMPLES_JSONL --variant length_grouped [--steps 3] [--warmup 1] [--threads 2]

LoRA r 8, alpha 16, no dropout, on q_proj and v_proj; bfloat16 weights; loss on completions only; AdamW. An
optimizer step takes --step-examples examples in file order, in every variant but `packed` the same ones.
Prints one JSON line: examples per second over the measured steps (the first --warmup steps are left out), the
loss of every step and the peak resident memory.

Variants:
  batch1           one example a pass: no padding
  length_grouped   --batch examples a pass, padded, sorted by length within a step
  packed           rows of --max-length tokens filled by best fit, one row a pass, --packed-rows a step. TRL chooses
                   which examples share a row, so the losses of single steps can't be compared
  padded           --batch examples a pass in file order
  default          `padded` with gradient checkpointing, which is TRL's default
"""

import argparse
import contextlib
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

import datasets
import torch
import transformers
from datasets import Dataset
from peft import LoraConfig
from transformers import AutoModelForCausalLM, AutoTokenizer, TrainerCallback
from trl import SFTConfig, SFTTrainer

SEED = 42
VARIANTS = ("batch1", "length_grouped", "packed", "padded", "default")


class StepClock(TrainerCallback):
    """When each optimizer step ended. The first entry is the start of training."""

    def __init__(self):
        self.times = []

    def on_train_begin(self, args, state, control, **kwargs):
        self.times.append(time.perf_counter())

    def on_step_end(self, args, state, control, **kwargs):
        self.times.append(time.perf_counter())


def read_rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def tokenized(row, tokenizer):
    """The ids that SqlTune trains on too: prompt and completion by themselves, between <s> and </s>."""
    prompt = [tokenizer.bos_token_id] + tokenizer.encode(row["prompt"], add_special_tokens=False)
    completion = tokenizer.encode(row["completion"], add_special_tokens=False) + [tokenizer.eos_token_id]
    return {"input_ids": prompt + completion, "completion_mask": [0] * len(prompt) + [1] * len(completion)}


def sorted_within_steps(rows, step_examples):
    """The longest first, so that memory peaks in the first pass."""
    steps = [rows[start : start + step_examples] for start in range(0, len(rows), step_examples)]
    return [row for step in steps for row in sorted(step, key=lambda row: len(row["input_ids"]), reverse=True)]


def sft_config(arguments, folder):
    batch = 1 if arguments.variant in ("batch1", "packed") else arguments.batch
    rows = arguments.packed_rows if arguments.variant == "packed" else arguments.step_examples
    return SFTConfig(
        output_dir=folder,
        max_steps=arguments.warmup + arguments.steps,
        per_device_train_batch_size=batch,
        gradient_accumulation_steps=rows // batch,
        learning_rate=2e-4,
        lr_scheduler_type="constant",
        weight_decay=0.0,
        max_grad_norm=1.0,
        max_length=arguments.max_length,
        packing=arguments.variant == "packed",
        completion_only_loss=True,
        gradient_checkpointing=arguments.variant == "default",
        bf16=arguments.lora_dtype == "float32",
        use_cpu=True,
        train_sampling_strategy="sequential",
        logging_steps=1,
        save_strategy="no",
        report_to=[],
        disable_tqdm=True,
        seed=SEED,
    )


def build_trainer(arguments, folder, clock):
    tokenizer = AutoTokenizer.from_pretrained(arguments.model)
    tokenizer.pad_token = tokenizer.pad_token or tokenizer.unk_token
    rows = [tokenized(row, tokenizer) for row in read_rows(arguments.examples)]
    if arguments.variant == "length_grouped":
        rows = sorted_within_steps(rows, arguments.step_examples)
    trainer = SFTTrainer(
        model=AutoModelForCausalLM.from_pretrained(arguments.model, dtype=torch.bfloat16, attn_implementation="sdpa"),
        args=sft_config(arguments, folder),
        train_dataset=Dataset.from_list(rows),
        processing_class=tokenizer,
        peft_config=LoraConfig(
            r=8, lora_alpha=16, lora_dropout=0.0, target_modules=["q_proj", "v_proj"], task_type="CAUSAL_LM"
        ),
        callbacks=[clock],
    )
    if arguments.lora_dtype == "bfloat16":
        trainer.model.to(torch.bfloat16)
    if arguments.variant == "packed":  # best fit puts the longest examples first
        trainer.train_dataset = trainer.train_dataset.shuffle(seed=SEED)
    check_none_lost(trainer, len(rows))
    return trainer


def check_none_lost(trainer, examples):
    """TRL drops an example whose completion was cut off."""
    dataset = trainer.train_dataset
    packed = "seq_lengths" in dataset.column_names
    left = sum(map(len, dataset["seq_lengths"])) if packed else len(dataset)
    if left != examples:
        raise SystemExit(f"TRL keeps {left} of {examples} examples: use shorter ones or a larger --max-length")


def examples_in_steps(trainer, arguments):
    """How many examples each step trains on: rows of `packed` hold several."""
    steps = arguments.warmup + arguments.steps
    if arguments.variant != "packed":
        return [arguments.step_examples] * steps
    counts = [len(lengths) for lengths in trainer.train_dataset["seq_lengths"]]
    rows = arguments.packed_rows
    if len(counts) < rows * steps:
        raise SystemExit(f"{arguments.examples}: packs into {len(counts)} rows, {rows * steps} are needed; make more")
    return [sum(counts[step * rows : (step + 1) * rows]) for step in range(steps)]


def check(arguments):
    needed = arguments.step_examples * (arguments.warmup + arguments.steps)
    there = len(read_rows(arguments.examples))
    if there < needed:
        raise SystemExit(f"{arguments.examples}: {there} examples, the steps need {needed}; make more")
    if arguments.step_examples % arguments.batch:
        raise SystemExit(f"--batch {arguments.batch}: must divide --step-examples {arguments.step_examples}")


def measure(arguments):
    clock = StepClock()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(sys.stderr):
        trainer = build_trainer(arguments, folder, clock)
        examples = examples_in_steps(trainer, arguments)
        trainer.train()
    measured = sum(examples[arguments.warmup :])
    seconds = clock.times[-1] - clock.times[arguments.warmup]
    return {
        "program": "trl",
        "variant": arguments.variant,
        "batch": trainer.args.per_device_train_batch_size,
        "accumulation": trainer.args.gradient_accumulation_steps,
        "threads": torch.get_num_threads(),
        "lora_dtype": arguments.lora_dtype,
        "examples": measured,
        "seconds": round(seconds, 3),
        "examples_per_second": round(measured / seconds, 4),
        "step_seconds": [round(b - a, 3) for a, b in zip(clock.times, clock.times[1:])],
        "losses": [line["loss"] for line in trainer.state.log_history if "loss" in line],
        "grad_norms": [line["grad_norm"] for line in trainer.state.log_history if "grad_norm" in line],
        "peak_rss_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "versions": {"torch": torch.__version__, "transformers": transformers.__version__},
    }


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("examples", type=Path)
    parser.add_argument("--variant", choices=VARIANTS, default="length_grouped")
    parser.add_argument("--steps", type=int, default=3, help="measured optimizer steps")
    parser.add_argument("--warmup", type=int, default=1, help="steps before them")
    parser.add_argument("--step-examples", type=int, default=64, help="examples in one optimizer step")
    parser.add_argument("--batch", type=int, default=8, help="examples in one pass")
    parser.add_argument("--packed-rows", type=int, default=12, help="rows in one optimizer step of `packed`")
    parser.add_argument("--max-length", type=int, default=2048)
    parser.add_argument("--lora-dtype", choices=("float32", "bfloat16"), default="float32",
                        help="float32: PEFT's default, under autocast; bfloat16: no autocast")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def main():
    arguments = parse()
    check(arguments)
    torch.set_num_threads(arguments.threads)
    transformers.set_seed(SEED)  # before SFTTrainer, which makes the adapter before it sets a seed
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    datasets.disable_progress_bars()
    print(json.dumps(measure(arguments)))


if __name__ == "__main__":
    main()
