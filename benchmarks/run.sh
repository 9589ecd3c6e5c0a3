#!/usr/bin/env bash
# Trains the same model on the same examples here and in TRL, one after the other, and prints examples/s and the ratio.
# Usage: run.sh PYTHON MODEL PROMPTS.jsonl [STEPS] [EXAMPLES]
# Build cli/target/cli.jar and make MODEL and PROMPTS first. A step has EXAMPLES examples (64), a multiple of 8.
# The first step of each run is warm-up and not counted.
set -euo pipefail
python=${1:?usage: run.sh PYTHON MODEL PROMPTS.jsonl [STEPS]}
model=${2:?} prompts=${3:?} steps=${4:-2} examples=${5:-64}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sqltune() { # name, overrides …
  local name=$1
  shift
  java -jar "$here/../cli/target/cli.jar" train --config "$here/sqltune.yaml" "model.name=$model" \
    "data.train_file=$prompts" "training.output_dir=$work/$name" "training.max_steps=$((steps + 1))" \
    "training.gradient_accumulation_steps=$((examples / 8))" "$@" \
    >/dev/null 2>"$work/$name.log" || { cat "$work/$name.log" >&2; exit 1; }
}
trl() { # variant, more …
  "$python" "$here/trl_peer.py" "$model" "$prompts" --variant "$@" --steps "$steps" --warmup 1 --step-examples "$examples" \
    >>"$work/trl.jsonl" 2>"$work/trl.log" || { cat "$work/trl.log" >&2; exit 1; }
}

sqltune separate training.share_prefixes=false
trl length_grouped
trl batch1
trl packed
sqltune shared training.share_prefixes=true

"$python" - "$work" <<'PYTHON'
import json, pathlib, sys

work = pathlib.Path(sys.argv[1])
rows = []
for name in ("separate", "shared"):
    lines = [json.loads(line) for line in (work / name / "metrics.jsonl").open()]
    first, last = lines[0], lines[-1]
    rate = (last["examples"] - first["examples"]) / (last["seconds"] - first["seconds"])
    rows.append((f"SqlTune, {name} prefixes", rate, first["loss"]))
peers = [json.loads(line) for line in (work / "trl.jsonl").open()]
for peer in peers:
    rows.append((f"TRL, {peer['variant']}", peer["examples_per_second"], peer["losses"][0]))
best = max(peer["examples_per_second"] for peer in peers)
print(f"{'run':32}{'examples/s':>12}{'of TRL best':>14}{'first loss':>12}")
for name, rate, loss in rows:
    print(f"{name:32}{rate:12.3f}{rate / best:14.2f}{loss:12.4f}")
PYTHON
