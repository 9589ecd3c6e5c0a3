"""What `sqltune estimate` says against what `sqltune train` takes: peak memory, and seconds a step.

    python estimate.py --model MODEL --small SMALL_MODEL [--only nano tiny ...] [--jar ../cli/target/cli.jar]

MODEL is TinyLlama's full shape (make_model.py --layers 22), SMALL_MODEL its shape with 4 layers. Each configuration is
estimated by one process and trained by another; the peak is the kernel's high-water mark of the latter's resident memory
(VmHWM). Nothing is chosen after the fact: every configuration below is printed.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
from pathlib import Path

from memory import SETTINGS, write_prompts

HERE = Path(__file__).parent
SHORT_DEMO = ["evaluation.max_samples=4", "training.max_steps=60"]
FULL = ["training.method=full"]


def configurations(arguments, prompts):
    """Name, arguments of the command line."""
    demo = ["--config", str(HERE.parent / "configs" / "demo.yaml"), *SHORT_DEMO]
    tiny = [f"model.name={arguments.model}", *SETTINGS, f"data.train_file={prompts}", "training.max_steps=2"]
    small = [f"model.name={arguments.small}", *SETTINGS, f"data.train_file={prompts}"]
    longer = ["training.max_length=512", "training.gradient_accumulation_steps=1", "training.share_prefixes=false"]
    yield "nano demo, LoRA", demo
    yield "nano demo, LoRA, fp32, batch 8", [*demo, "model.dtype=fp32", "training.per_device_train_batch_size=8"]
    yield "nano demo, full", [*demo, *FULL, "training.learning_rate=1e-4"]
    yield "tiny, LoRA", tiny
    yield "tiny, LoRA, checkpointing", [*tiny, "training.gradient_checkpointing=true"]
    yield "tiny, int8", [*tiny, "model.quantization=int8"]
    yield "tiny, NF4", [*tiny, "model.quantization=nf4"]
    yield "small, full", [*small, *FULL, "training.max_steps=2"]
    yield "small, full, batch 4", [
        *small, *FULL, *longer, "training.per_device_train_batch_size=4", "training.max_steps=2",
    ]
    yield "small, LoRA on all, batch 8", [
        *small, *longer, "training.per_device_train_batch_size=8", "lora.target_modules=all-linear",
        "lora.lora_dropout=0.1", "training.max_steps=4",
    ]
    yield "small, LoRA, fp32", [*small, "model.dtype=fp32", "training.max_steps=2"]


def estimate(jar, options):
    out = subprocess.run(
        ["java", "-jar", str(jar), "estimate", "--json", *options], check=True, capture_output=True, text=True
    )
    return json.loads(out.stdout)


def train(jar, options, folder):
    """Peak in bytes and seconds of the steps."""
    command = ["java", "-jar", str(jar), "train", *options, "--no-memory-check", f"training.output_dir={folder}"]
    command += ["training.logging_steps=1"]
    log = folder.with_suffix(".log")
    with log.open("w") as out:
        actions = [(os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, out.fileno(), 2)]
        child = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
        _, status, usage = os.wait4(child, 0)
    if status != 0:
        raise SystemExit(log.read_text())
    seconds = [line["seconds"] for line in map(json.loads, (folder / "metrics.jsonl").open()) if "seconds" in line]
    steps = [later - sooner for sooner, later in zip([0.0, *seconds], seconds)]
    return usage.ru_maxrss * 1024, statistics.median(steps[1:] or steps)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--small", type=Path, required=True)
    parser.add_argument("--only", nargs="+", default=[], help="words that a configuration's name must have one of")
    parser.add_argument("--jar", type=Path, default=HERE.parent / "cli/target/cli.jar")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prompts = folder / "prompts.jsonl"
        write_prompts(prompts, 64, 80)
        print(f"{'configuration':34}{'estimate MB':>12}{'measured MB':>12}{'ratio':>7}{'s/step':>9}{'measured':>9}  at")
        for number, (title, options) in enumerate(configurations(arguments, prompts)):
            if arguments.only and not any(word in title for word in arguments.only):
                continue
            guess = estimate(arguments.jar, options)
            peak, seconds = train(arguments.jar, options, folder / str(number))
            memory = guess["memory"]
            ratio = memory["peak_bytes"] / peak
            print(
                f"{title:34}{memory['peak_bytes'] / 1e6:12.0f}{peak / 1e6:12.0f}{ratio:7.2f}"
                f"{guess['seconds_per_step']:9.2f}{seconds:9.2f}  {memory['moment']}",
                flush=True,
            )


if __name__ == "__main__":
    main()
