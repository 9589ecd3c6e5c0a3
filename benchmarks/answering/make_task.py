"""Writes a task of Spider dev questions for Answering.java and llama.mjs.

    python make_task.py SPIDER_FOLDER MODEL_FOLDER TASK.json [--schemas 8] [--questions 25] [--new-tokens 32] [--texts 16]

The first --questions questions of each of the first --schemas databases, by name, that have so many; those of a schema stand
together, which is what a prompt cache without branches needs. Prompts are those of ../make_prompts.py, as ids of the model's
tokenizer. SPIDER_FOLDER holds dev.json and tables.json. Needs tokenizers.
"""

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from make_prompts import prompt, read_json, schema_text


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spider", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("task", type=Path)
    parser.add_argument("--schemas", type=int, default=8)
    parser.add_argument("--questions", type=int, default=25)
    parser.add_argument("--new-tokens", type=int, default=32)
    parser.add_argument("--texts", type=int, default=16)
    arguments = parser.parse_args()
    schemas = {each["db_id"]: schema_text(each) for each in read_json(arguments.spider / "tables.json")}
    grouped = defaultdict(list)
    for row in read_json(arguments.spider / "dev.json"):
        grouped[row["db_id"]].append(prompt(schemas[row["db_id"]], row["question"]))
    enough = [name for name in sorted(grouped) if len(grouped[name]) >= arguments.questions][:arguments.schemas]
    tokenizer = Tokenizer.from_file(str(arguments.model / "tokenizer.json"))
    prompts = [tokenizer.encode(text).ids for name in enough for text in grouped[name][:arguments.questions]]
    context = -(-(max(map(len, prompts)) + arguments.new_tokens + 8) // 256) * 256
    arguments.task.write_text(json.dumps({"prompts": prompts, "new_tokens": arguments.new_tokens, "rounds": 3,
                                          "texts": arguments.texts, "context": context}))
    lengths = sorted(map(len, prompts))
    print(f"{len(prompts)} prompts of {', '.join(enough)}: {lengths[0]} to {lengths[-1]} tokens, context {context}")


if __name__ == "__main__":
    main()
