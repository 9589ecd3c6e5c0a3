"""How long a bf16 model takes from the start of the process until it can compute, and the memory it then takes.

    python loading.py MODEL [--runs 5] [--tokens 16] [--threads 2] [--jar ../cli/target/cli.jar] [--without-python]

Each run starts a Java process (Loading.java, compiled beforehand) and a Python process (transformers'
from_pretrained(dtype=bfloat16), then the same prompt) in turn, with the file in the page cache. Both print when the
model is loaded and when the scores of the next token are there: only then have the mapped weights been read. Seconds
count from the process's start, seen from outside.

Memory is the kernel's VmRSS: RssFile, pages of files (the mapped weights, libraries), plus RssAnon, memory of the
process's own. VmHWM is its peak. Ratios are to the size of the weights in MODEL. Prints a line for each run, then the
medians.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PYTHON = """
import sys, time
def report(stage, **more):
    import json
    fields = [line.split() for line in open("/proc/self/status")]
    memory = {f[0][:-1]: int(f[1]) * 1024 for f in fields if f[0][:-1] in ("VmRSS", "VmHWM", "RssAnon", "RssFile")}
    print(json.dumps({"stage": stage, **memory, **more}), flush=True)
report("main")
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer
torch.set_num_threads(int(sys.argv[3]))
report("engine")
tokenizer = AutoTokenizer.from_pretrained(sys.argv[1])
model = AutoModelForCausalLM.from_pretrained(sys.argv[1], dtype=torch.bfloat16)
report("loaded")
with torch.no_grad():
    scores = model(torch.arange(3, 3 + int(sys.argv[2]))[None]).logits[0, -1]
report("computed", highest=int(scores.argmax()))
"""


def run(command, environment):
    """The stages of one process, each with the seconds since its start."""
    start = time.monotonic()
    stages = {}
    child = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    for line in child.stdout:
        if line.startswith("{"):
            stage = json.loads(line)
            stages[stage["stage"]] = stage | {"wall": time.monotonic() - start}
    errors = child.stderr.read()
    if child.wait() != 0:
        raise SystemExit(errors)
    return stages


def show(name, stages, weights):
    loaded, computed = stages["loaded"], stages["computed"]
    parts = [f"{name:8} loaded {loaded['wall']:6.2f} s  computed {computed['wall']:6.2f} s"]
    for label, stage, key in [
        ("resident when loaded", loaded, "VmRSS"),
        ("computed", computed, "VmRSS"),
        ("of files", computed, "RssFile"),
        ("own", computed, "RssAnon"),
        ("peak", computed, "VmHWM"),
    ]:
        parts.append(f"{label} {stage[key] / 1e6:.0f} MB ({stage[key] / weights:.3f})")
    print("  ".join(parts), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--tokens", type=int, default=16)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--jar", type=Path, default=Path(__file__).parent.parent / "cli/target/cli.jar")
    parser.add_argument("--without-python", action="store_true")
    arguments = parser.parse_args()
    files = list(arguments.model.glob("*.safetensors"))
    weights = sum(file.stat().st_size for file in files)
    for file in files:
        with file.open("rb", buffering=0) as content:
            while content.read(1 << 24):
                pass
    environment = os.environ | {"OMP_NUM_THREADS": str(arguments.threads)}
    model, tokens, threads = str(arguments.model), str(arguments.tokens), str(arguments.threads)
    with tempfile.TemporaryDirectory() as classes:
        source = str(Path(__file__).parent / "Loading.java")
        subprocess.run(["javac", "-cp", str(arguments.jar), "-d", classes, source], check=True)
        commands = {"java": ["java", "-cp", f"{arguments.jar}:{classes}", "Loading", model, tokens]}
        if not arguments.without_python:
            commands["python"] = [sys.executable, "-c", PYTHON, model, tokens, threads]
        results = {name: [] for name in commands}
        for _ in range(arguments.runs):
            for name, command in commands.items():
                results[name].append(run(command, environment))
                show(name, results[name][-1], weights)
    print(f"weights {weights / 1e6:.0f} MB, highest scores "
          + str({name: runs[0]["computed"]["highest"] for name, runs in results.items()}))
    medians = {
        (name, stage): statistics.median(each[stage]["wall"] for each in runs)
        for name, runs in results.items()
        for stage in ("loaded", "computed")
    }
    for (name, stage), seconds in medians.items():
        ratio = f", {seconds / medians['python', stage]:.2f} of Python's" if not arguments.without_python else ""
        print(f"median {name} {stage} {seconds:.2f} s{ratio}")


if __name__ == "__main__":
    main()
