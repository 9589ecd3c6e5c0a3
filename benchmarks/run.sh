#!/usr/bin/env bash
# Trains the same model on the same examples here and in TRL, by turns, and prints a table: examples/s (median of the
# rounds, lowest and highest), tokens/s, peak resident memory, first and last loss, and the ratio to TRL's best.
# Usage: run.sh PYTHON MODEL PROMPTS.jsonl [STEPS] [EXAMPLES] [ROUNDS]
# Build cli/target/cli.jar and make MODEL and PROMPTS first. A step has EXAMPLES examples (64), a multiple of 8; the first
# of the STEPS + 1 (2 + 1) steps of each run is warm-up and not counted. The first round tries all of TRL's variants and
# SqlTune without shared prefixes; the others (3 in all) repeat TRL's fastest and SqlTune with them. VARIANTS names the
# variants to try, SQLTUNE_JAR another jar, RESULTS a file that keeps the raw lines.
set -euo pipefail
python=${1:?usage: run.sh PYTHON MODEL PROMPTS.jsonl [STEPS] [EXAMPLES] [ROUNDS]}
model=${2:?} prompts=${3:?} steps=${4:-2} examples=${5:-64} rounds=${6:-3}
here=$(cd "$(dirname "$0")" && pwd)
jar=${SQLTUNE_JAR:-$here/../cli/target/cli.jar}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
results=${RESULTS:-$work/results.jsonl}

sqltune() { # name, overrides …
  local name=$1
  shift
  rm -rf "$work/$name"
  "$python" "$here/peak.py" "$work/peak" java -jar "$jar" train --config "$here/sqltune.yaml" "model.name=$model" \
    "data.train_file=$prompts" "training.output_dir=$work/$name" "training.max_steps=$((steps + 1))" \
    "training.gradient_accumulation_steps=$((examples / 8))" "$@" \
    >/dev/null 2>"$work/$name.log" || { cat "$work/$name.log" >&2; exit 1; }
  "$python" "$here/summary.py" sqltune "$name" "$work/$name/metrics.jsonl" "$work/peak" >>"$results"
}
trl() { # variant
  "$python" "$here/trl_peer.py" "$model" "$prompts" --variant "$1" --steps "$steps" --warmup 1 --step-examples "$examples" \
    >"$work/trl.json" 2>"$work/trl.log" || { cat "$work/trl.log" >&2; exit 1; }
  "$python" "$here/summary.py" trl "$work/trl.json" >>"$results"
}

sqltune shared training.share_prefixes=true
for variant in ${VARIANTS:-length_grouped batch1 packed default}; do trl "$variant"; done
sqltune separate training.share_prefixes=false
best=$("$python" "$here/summary.py" best "$results")
for ((round = 2; round <= rounds; round++)); do
  sqltune shared training.share_prefixes=true
  trl "$best"
done
"$python" "$here/summary.py" table "$results"
