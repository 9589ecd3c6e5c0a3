"""Runs engines by turns of a second or two, all of them loaded at once: a machine's speed changes between minutes.

    python turns.py TASK.json [--work stream] [--turns 5] NAME=COMMAND …

A command starts Answering.java or llama.mjs with the work "turns" and the task: {task} stands for its file. Prints, for each
figure, each engine's median, best and all values, and the median of its ratio to the last engine's in the same turn.
"""

import argparse
import json
import shlex
import statistics
import subprocess
import sys


def figures(line):
    """A work's line as {figure: value}: medians of its rounds where it has some."""
    result = json.loads(line)
    rounds = result.get("rounds", [result])
    names = [name for name, value in rounds[0].items() if isinstance(value, (int, float))]
    return {name: statistics.median(each[name] for each in rounds) for name in names}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task")
    parser.add_argument("engines", nargs="+", metavar="NAME=COMMAND")
    parser.add_argument("--work", default="stream")
    parser.add_argument("--turns", type=int, default=5)
    arguments = parser.parse_args()
    running = {}
    for each in arguments.engines:
        name, command = each.split("=", 1)
        running[name] = subprocess.Popen(shlex.split(command.format(task=arguments.task)), text=True, bufsize=1,
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    taken = {name: [] for name in running}
    for turn in range(arguments.turns + 1):
        for name, process in running.items():
            process.stdin.write(arguments.work + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
            if not line:
                raise SystemExit(f"{name} ended with {process.wait()}")
            if turn > 0:  # the first one warms up
                taken[name].append(figures(line))
                print(name, taken[name][-1], file=sys.stderr, flush=True)
    for process in running.values():
        process.stdin.close()
        process.wait()
    last = list(running)[-1]
    for figure in taken[last][0]:
        print(figure)
        for name, turns in taken.items():
            values = [each[figure] for each in turns]
            ratio = statistics.median(one[figure] / other[figure] for one, other in zip(turns, taken[last]))
            print(f"  {name:24} median {statistics.median(values):9.2f}  best {max(values):9.2f}  x {last} {ratio:5.2f}  "
                  + " ".join(f"{value:.1f}" for value in values))


if __name__ == "__main__":
    main()
