"""Writes the benchmark's examples: Spider questions with their schemas, as {"prompt", "completion"} lines.

    python make_prompts.py SPIDER_FOLDER OUTPUT_JSONL [--examples 512] [--questions-per-schema 16]
        [--schemas-per-step 4] [--max-characters 6000] [--seed 42]

SPIDER_FOLDER holds train_spider.json, train_others.json and tables.json (https://yale-lily.github.io/spider,
CC BY-SA 4.0). The prompt is SqlTune's `inst` form with a `TABLE:` line a table. Questions of one schema stand
together in blocks of --questions-per-schema. So a step of 64 examples asks four schemas 16 questions each, and every
program that reads the file in order trains on the same examples in the same step.

Schemas differ tenfold in length, and with it what there is to share. So that a few steps stand for all of Spider, all
blocks are ordered by length and cut into as many parts as a step has schemas; each step takes one block of each part,
by chance. Databases with a prompt of more than --max-characters are left out (1 % of the questions), so that no
program has to truncate at 2048 tokens. The last lines on stdout tell the lengths of the sample and of Spider.
"""

import argparse
import json
import random
from collections import defaultdict
from pathlib import Path


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8"))


def schema_text(database):
    """TABLE: name ( column (type), ... ), a line a table."""
    columns = defaultdict(list)
    for (table, name), kind in zip(database["column_names_original"], database["column_types"]):
        if table >= 0:
            columns[table].append(f"{name} ({kind})")
    tables = database["table_names_original"]
    return "\n".join(f"TABLE: {name} ( {', '.join(columns[index])} )" for index, name in enumerate(tables))


def prompt(schema, question):
    return f"[INST] Write the SQL query.\nSchema:\n{schema}\nQuestion: {question.strip()} [/INST]"


def examples_by_database(folder):
    schemas = {database["db_id"]: schema_text(database) for database in read_json(folder / "tables.json")}
    grouped = defaultdict(list)
    for name in ("train_spider.json", "train_others.json"):
        for row in read_json(folder / name):
            text = prompt(schemas[row["db_id"]], row["question"])
            grouped[row["db_id"]].append({"prompt": text, "completion": row["query"].strip()})
    return grouped


def blocks(grouped, size, max_characters, generator):
    """Whole blocks only: what is left of a database is dropped."""
    made = []
    for rows in grouped.values():
        if max(len(row["prompt"]) for row in rows) > max_characters:
            continue
        generator.shuffle(rows)
        made += [rows[start : start + size] for start in range(0, len(rows) - size + 1, size)]
    generator.shuffle(made)
    return made


def steps(made, schemas, generator):
    """A block of each part of the blocks in order of length, and so on until a part is used up."""
    ordered = sorted(made, key=lambda block: len(block[0]["prompt"]))
    length = len(ordered) // schemas
    parts = [ordered[index * length : (index + 1) * length] for index in range(schemas)]
    for part in parts:
        generator.shuffle(part)
    return [block for step in zip(*parts) for block in step]


def mean_length(rows):
    return sum(len(row["prompt"]) for row in rows) / len(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spider", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--examples", type=int, default=512)
    parser.add_argument("--questions-per-schema", type=int, default=16)
    parser.add_argument("--schemas-per-step", type=int, default=4)
    parser.add_argument("--max-characters", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=42)
    arguments = parser.parse_args()
    grouped = examples_by_database(arguments.spider)
    generator = random.Random(arguments.seed)
    made = blocks(grouped, arguments.questions_per_schema, arguments.max_characters, generator)
    ordered = steps(made, arguments.schemas_per_step, generator)
    rows = [row for block in ordered for row in block][: arguments.examples]
    if len(rows) < arguments.examples:
        raise SystemExit(f"--examples {arguments.examples}: only {len(rows)} examples stand in whole blocks")
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    arguments.output.write_text("".join(lines), encoding="utf-8")
    everything = [row for rows_of_one in grouped.values() for row in rows_of_one]
    print(f"{arguments.output}: {len(rows)} examples, prompts of {mean_length(rows):.0f} characters in the mean; "
          f"all of Spider {len(everything)}, {mean_length(everything):.0f}")


if __name__ == "__main__":
    main()
