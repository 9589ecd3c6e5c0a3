#!/usr/bin/env python3
"""Trains sqltune-nano's tokenizer on a generated corpus and writes tokenizer.json and tokenizer_config.json.

    python tools/nano/train_tokenizer.py --output model/src/main/resources/org/sqltune/model/nano \
        --questions spider/train_spider.json wikisql/train.jsonl --corpus one-table.jsonl few-tables.jsonl full.jsonl

The questions are optional: they are there for the English that generated questions lack. Use training splits only.

It is a byte-level BPE, so it encodes any text, with a pre-tokenizer made for copying: a name or a value is cut into
the same pieces wherever it stands (after a space, a dot, a quote or an underscore), because words never carry the
space before them. What stands between names does carry its spaces (" FROM ", " of all ", " (integer), "), which keeps
prompts short. Digits are single pieces. Needs the package `tokenizers`.
"""

import argparse
import itertools
import json
import pathlib
import re

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, processors, trainers

SPECIAL = ["<unk>", "<s>", "</s>", "<pad>"]

COLUMN_TYPES = "number others integer int bigint real float double numeric decimal text varchar char date datetime time timestamp boolean blob serial".split()

SQL_WORDS = [
    "SELECT DISTINCT", "SELECT", "FROM", "WHERE", "GROUP BY", "ORDER BY", "HAVING", "LIMIT", "LEFT JOIN", "JOIN", "ON",
    "AND", "OR", "NOT IN", "NOT", "IN", "BETWEEN", "LIKE", "IS NOT NULL", "IS NULL", "NULL", "AS", "DESC", "ASC",
    "COUNT", "SUM", "AVG", "MIN", "MAX", "DISTINCT", "EXCEPT", "UNION", "INTERSECT", "EXISTS", "CASE", "WHEN", "THEN",
    "ELSE", "END", "T[1-9]", "PRIMARY KEY", "FOREIGN KEY", "REFERENCES",
]  # fmt: skip

# Words that questions are made of and names are not.
FUNCTION_WORDS = """a an the of in is are was were be been for with and or by to at on from than that which what who
whose how many much each every any all no not do does did don't have has had we our us me i it its their them there
these those as per over under more less above below between after before show list find give tell return also only
where when if then but so can could would out""".split()

OPENING_WORDS = """How many|How much|How|What|Which|Who|When|Where|Whose|Show|List|Give|Find|Tell|Return|Get|Count|Are|
Is|Do|Does|For|In|I|We|Please|Looking|Name|Sort|Order|Among|Display|Report|Select|Include|Calculate|Can|Could"""


def alternatives(words):
    return "|".join(sorted((word.strip() for word in words), key=len, reverse=True))


def pre_tokenizer_pattern():
    sql = alternatives(SQL_WORDS)
    function = alternatives(FUNCTION_WORDS)
    opening = alternatives(OPENING_WORDS.split("|"))
    return "|".join(
        [
            rf" \((?:{alternatives(COLUMN_TYPES)})(?:, primary key)?\)(?:, )?",
            r"\[INST\] Write the SQL query\.\nSchema:\n(?:TABLE: |CREATE TABLE )?|(?: \)|\);)\n(?:(?:TABLE|Values|Question): |CREATE TABLE )"
            r"|'?\nQuestion: |\nFOREIGN KEY: |[.?!]? \[/INST\]",
            rf" ?\(?\b(?:{sql})\b(?:\(\*\))?(?: \(?(?:{sql})\b(?:\(\*\))?)*(?: '%?| \('?|\(|\.)? ?",
            r" (?:=|<>|>=|<=|<|>) '?",
            rf" ?\b(?:{opening})\b(?: (?:{function})\b){{0,2}} ?",
            rf" ?\b(?:{function})\b(?: (?:{function})\b){{0,2}} ?",
            # A plural is its singular and an "s", so that "each order" leads to the table orders.
            r"(?<!\p{L})[a-z]*[a-rt-z](?=s(?!\p{Ll}))",
            r"(?<!\p{Lu})\p{Lu}[a-z]*[a-rt-z](?=s(?!\p{Ll}))",
            # OrderItems is two words, as order_items is.
            r"\p{Lu}?[\p{Ll}\p{M}]+",
            r"\p{Lu}+(?!\p{Ll})",
            r"[\p{L}\p{M}]+",
            r"\p{N}",
            r"_",
            r"', '",
            rf"[^\p{{L}}\p{{M}}\p{{N}}_ ]+(?: (?!(?:{sql}|{function})\b))?",
            r" +",
        ]
    )


def texts(files, limit):
    """Each schema once, each question and each answer, as the corpus has them."""
    for file in files:
        prefix = None
        with open(file, encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number == limit:
                    break
                row = json.loads(line)
                schema, question = re.split(r"\n(?=Values: |Question: )", row["prompt"], maxsplit=1)
                if schema != prefix:
                    prefix = schema
                    yield row["prompt"]
                else:
                    yield question
                yield row["completion"]


def questions(files, limit):
    """Real questions: the key "question" of a JSON array's or of JSON lines' objects."""
    for file in files:
        text = file.read_text(encoding="utf-8")
        rows = json.loads(text) if text.startswith("[") else map(json.loads, text.splitlines())
        for row in itertools.islice(rows, limit):
            yield row["question"]


def build():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(pre_tokenizer_pattern()), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", nargs="+", type=pathlib.Path, required=True, help="generated JSON lines")
    parser.add_argument("--questions", nargs="*", type=pathlib.Path, default=[], help="files of real questions")
    parser.add_argument("--vocabulary", type=int, default=6144, help="number of pieces")
    parser.add_argument("--rows", type=int, default=60_000, help="rows read from each file")
    parser.add_argument("--output", type=pathlib.Path, required=True, help="folder for the two files")
    arguments = parser.parse_args()

    tokenizer = build()
    trainer = trainers.BpeTrainer(
        vocab_size=arguments.vocabulary,
        special_tokens=[AddedToken(token, special=True) for token in SPECIAL],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    sources = itertools.chain(
        texts(arguments.corpus, arguments.rows), questions(arguments.questions, arguments.rows)
    )
    tokenizer.train_from_iterator(sources, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A $B", special_tokens=[("<s>", tokenizer.token_to_id("<s>"))]
    )
    arguments.output.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(arguments.output / "tokenizer.json"))
    config = {
        "add_bos_token": True,
        "add_eos_token": False,
        "bos_token": "<s>",
        "clean_up_tokenization_spaces": False,
        "eos_token": "</s>",
        "model_max_length": 2048,
        "pad_token": "<pad>",
        "tokenizer_class": "PreTrainedTokenizerFast",
        "unk_token": "<unk>",
    }
    (arguments.output / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
