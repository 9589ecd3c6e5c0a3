#!/usr/bin/env python3
"""Scores one file of Spider predictions with SqlTune and with the official scripts, by turns, and prints a table.

usage: spider_scoring.py SPIDER PREDICTIONS --original EVALUATION.PY --test-suite EVALUATION.PY [--jar CLI.JAR] [--runs 5]

SPIDER holds dev.json, tables.json and database/. The official scripts are evaluation.py of taoyds/spider and of
taoyds/test-suite-sql-eval; they run with this Python, which needs nltk, sqlparse and tqdm. NLTK's sentence model, a
download of its own, is left out: a query is one sentence. They stop at a missing database, so rows without one are left out for all; the last line is SqlTune on every row.
Wall and processor seconds are of whole processes with their children, start included, as the median of the runs.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

OFFICIAL = """
import os, runpy, sys
import nltk
words = nltk.NLTKWordTokenizer().tokenize
nltk.word_tokenize = lambda text: words(text)
sys.path.insert(0, os.path.dirname(sys.argv[1]))
del sys.argv[0]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def measured(command):
    """Wall and processor seconds; stops if the command fails."""
    with tempfile.TemporaryFile() as output:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        if os.waitstatus_to_exitcode(status) != 0:
            output.seek(0)
            sys.exit(f"{' '.join(map(str, command))} failed:\n{output.read().decode()[-2000:]}")
    return wall, usage.ru_utime + usage.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spider", type=pathlib.Path)
    parser.add_argument("predictions", type=pathlib.Path)
    parser.add_argument("--original", type=pathlib.Path, required=True)
    parser.add_argument("--test-suite", type=pathlib.Path, required=True)
    parser.add_argument("--jar", type=pathlib.Path, default=pathlib.Path(__file__).parent / "../cli/target/cli.jar")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()

    tables, databases = arguments.spider / "tables.json", arguments.spider / "database"
    examples = json.loads((arguments.spider / "dev.json").read_text())
    predicted = arguments.predictions.read_text().splitlines()
    present = [(databases / e["db_id"] / f"{e['db_id']}.sqlite").is_file() for e in examples]
    with tempfile.TemporaryDirectory() as folder:
        gold, some = pathlib.Path(folder, "gold.sql"), pathlib.Path(folder, "pred.sql")
        gold.write_text("".join(f"{' '.join(e['query'].split())}\t{e['db_id']}\n" for e, p in zip(examples, present) if p))
        some.write_text("".join(f"{line}\n" for line, p in zip(predicted, present) if p))

        def ours(pred, wanted):
            return ["java", "-jar", arguments.jar, "eval", "--predictions", pred, "--gold", wanted, "--tables", tables,
                    "--databases", databases, "--rows", pathlib.Path(folder, "rows.jsonl")]

        def official(script):
            return [sys.executable, "-c", OFFICIAL, script.resolve(), "--gold", gold, "--pred", some, "--db", databases, "--table", tables,
                    "--etype", "all"]

        commands = {
            "original (Python)": official(arguments.original),
            "test suite (Python)": official(arguments.test_suite),
            "SqlTune, both": ours(some, gold),
            f"SqlTune, both, all {len(examples)}": ours(arguments.predictions, arguments.spider / "dev.json"),
        }
        times = {name: [] for name in commands}
        for _ in range(arguments.runs):
            for name, command in commands.items():
                times[name].append(measured(command))
    print(f"{sum(present)} rows, median of {arguments.runs} runs by turns, load {os.getloadavg()[0]:.1f}")
    print(f"{'':26}{'wall s':>8}{'least':>8}{'cpu s':>8}{'least':>8}")
    for name, runs in times.items():
        wall, cpu = zip(*runs)
        print(f"{name:26}{statistics.median(wall):8.2f}{min(wall):8.2f}{statistics.median(cpu):8.2f}{min(cpu):8.2f}")


if __name__ == "__main__":
    main()
