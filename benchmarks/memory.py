"""Peak memory of LoRA training by how the base's weights are held and what is computed again, measured from the processes.

    python memory.py MODEL [--variants none none+selective none+full int8 nf4] [--steps 2] [--jar ../cli/target/cli.jar]

Each variant is a process of its own that trains a few steps on the same made-up prompts; its peak is the kernel's
high-water mark of resident memory (VmHWM), which counts everything: JVM, libtorch, loading, mapped pages of the model's
file. Prints a table of peaks, ratios to the first variant, losses and processor seconds. MODEL: see make_model.py; TinyLlama's full
shape is --layers 22.
"""

import argparse
import json
import os
import random
import tempfile
from pathlib import Path

WORDS = "airport author branch budget city client course degree employee flight grade invoice law match order".split()
SETTINGS = [
    "model.dtype=bf16",
    "lora.r=8",
    "lora.lora_alpha=16",
    "lora.lora_dropout=0.0",
    "lora.target_modules=[q_proj,v_proj]",
    "data.shuffle=false",
    "training.gradient_accumulation_steps=1",
    "training.max_length=512",
    "training.logging_steps=1",
    "training.eval_steps=0",
    "training.save_steps=0",
    "training.seed=42",
]


def write_prompts(path, count, words):
    """Schemas of random tables, a question, and its SQL: `words` words a prompt."""
    chance = random.Random(7)
    with path.open("w") as out:
        for _ in range(count):
            table, column = chance.sample(WORDS, 2)
            schema = " ".join(f"{chance.choice(WORDS)}_{chance.randrange(100)} (text)," for _ in range(words // 4))
            prompt = f"TABLE: {table} ( {schema} {column} (number) )\nHow many {column}s has {table} number 7?\n"
            line = {"prompt": prompt, "completion": f"SELECT count({column}) FROM {table} WHERE id = 7"}
            out.write(json.dumps(line) + "\n")


def run(arguments, variant, prompts, folder):
    quantization, _, checkpointing = variant.partition("+")
    command = ["java", "-jar", str(arguments.jar), "train", f"model.name={arguments.model}", *SETTINGS]
    command += [
        f"model.quantization={quantization}",
        f"training.gradient_checkpointing={checkpointing or 'none'}",
        f"training.per_device_train_batch_size={arguments.batch}",
        f"training.max_steps={arguments.steps}",
        f"data.train_file={prompts}",
        f"training.output_dir={folder / variant}",
    ]
    with (folder / f"{variant}.log").open("w") as log:
        child = os.posix_spawnp(
            command[0],
            command,
            os.environ,
            file_actions=[(os.POSIX_SPAWN_DUP2, log.fileno(), 1), (os.POSIX_SPAWN_DUP2, log.fileno(), 2)],
        )
        _, status, usage = os.wait4(child, 0)
    if status != 0:
        raise SystemExit((folder / f"{variant}.log").read_text())
    lines = [json.loads(line) for line in (folder / variant / "metrics.jsonl").open()]
    losses = [line["loss"] for line in lines if "loss" in line]
    notes = [line for line in (folder / f"{variant}.log").read_text().splitlines() if "matrices take" in line]
    return usage.ru_maxrss * 1024, losses, usage.ru_utime + usage.ru_stime, notes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--variants", nargs="+", default=["none", "none+selective", "none+full", "int8", "nf4"])
    parser.add_argument("--steps", type=int, default=2)
    parser.add_argument("--words", type=int, default=80)
    parser.add_argument("--batch", type=int, default=1, help="prompts a step, in rows of up to 2,048 tokens")
    parser.add_argument("--jar", type=Path, default=Path(__file__).parent.parent / "cli/target/cli.jar")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prompts = folder / "prompts.jsonl"
        write_prompts(prompts, arguments.steps * arguments.batch, arguments.words)
        first = None
        print(f"{'variant':22}{'peak MB':>10}{'ratio':>8}{'cpu s':>9}  losses")
        for variant in arguments.variants:
            peak, losses, seconds, notes = run(arguments, variant, prompts, folder)
            first = first or peak
            numbers = " ".join(f"{loss:.4f}" for loss in losses)
            print(f"{variant:22}{peak / 1e6:10.0f}{peak / first:8.3f}{seconds:9.1f}  {numbers}", flush=True)
            for note in notes:
                print(f"  {note}")


if __name__ == "__main__":
    main()
