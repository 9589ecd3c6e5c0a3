"""Lines and table of run.sh: what each run came to, in one form for both programs.

    summary.py sqltune NAME METRICS_JSONL PEAK_FILE
    summary.py trl TRL_JSON
    summary.py best RESULTS_JSONL       the fastest of TRL's variants
    summary.py table RESULTS_JSONL
"""

import json
import statistics
import sys
from pathlib import Path


def lines(path):
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def sqltune(name, metrics, peak):
    steps = [line for line in lines(metrics) if "loss" in line]
    first, last = steps[0], steps[-1]
    seconds = last["seconds"] - first["seconds"]
    return {
        "run": f"SqlTune, {name} prefixes",
        "examples_per_second": (last["examples"] - first["examples"]) / seconds,
        "tokens_per_second": (last["num_tokens"] - first["num_tokens"]) / seconds,
        "peak_rss_bytes": int(Path(peak).read_text(encoding="utf-8")),
        "losses": [step["loss"] for step in steps],
    }


def trl(path):
    result = lines(path)[0]
    return {
        "run": f"TRL, {result['variant']}",
        "variant": result["variant"],
        "examples_per_second": result["examples_per_second"],
        "peak_rss_bytes": result["peak_rss_bytes"],
        "losses": result["losses"],
    }


def best(path):
    peers = [line for line in lines(path) if "variant" in line]
    return max(peers, key=lambda line: line["examples_per_second"])["variant"]


def table(path):
    runs = {}
    for line in lines(path):
        runs.setdefault(line["run"], []).append(line)
    rates = {name: [line["examples_per_second"] for line in group] for name, group in runs.items()}
    peer = max((statistics.median(values), name) for name, values in rates.items() if name.startswith("TRL"))[0]
    # Both programs train on the same examples in the same steps, so an example has as many tokens in either.
    ours = [line for line in lines(path) if "tokens_per_second" in line]
    tokens_an_example = statistics.median(line["tokens_per_second"] / line["examples_per_second"] for line in ours)
    made = ["| run | examples/s | lowest–highest | runs | of TRL's best | tokens/s | peak, GB | first loss | last loss |",
            "|---|---|---|---|---|---|---|---|---|"]
    for name, group in runs.items():
        values = rates[name]
        median = statistics.median(values)
        made.append("| " + " | ".join([
            name,
            f"{median:.2f}",
            f"{min(values):.2f}–{max(values):.2f}",
            str(len(values)),
            f"{median / peer:.2f}",
            f"{median * tokens_an_example:.0f}",
            f"{max(line['peak_rss_bytes'] for line in group) / 1e9:.2f}",
            f"{group[0]['losses'][0]:.4f}",
            f"{group[0]['losses'][-1]:.4f}",
        ]) + " |")
    return "\n".join(made)


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    result = {"sqltune": sqltune, "trl": trl, "best": best, "table": table}[command](*arguments)
    print(json.dumps(result) if isinstance(result, dict) else result)
