"""What Spider's two official evaluators say about pairs of queries, for the tests of module evaluation.

    python spider_official.py SPIDER TEST_SUITE FOLDER

SPIDER and TEST_SUITE are checkouts of github.com/taoyds/spider and github.com/taoyds/test-suite-sql-eval; FOLDER is
evaluation/src/test/resources/spider, which holds the databases, tables.json and the pairs, gold<tab>prediction a line.
Writes FOLDER/official.jsonl. Needs nltk and sqlparse. A query counts as one sentence, so NLTK's trained sentence model
isn't needed. Where a script would stop with an error over a prediction, the score is 0.
"""

import importlib
import json
import sqlite3
import sys
import tempfile
from pathlib import Path

import nltk

MODULES = ("process_sql", "evaluation", "exec_eval", "parse")
EMPTY = {
    "except": None, "from": {"conds": [], "table_units": []}, "groupBy": [], "having": [], "intersect": None,
    "limit": None, "orderBy": [], "select": [False, []], "union": None, "where": [],
}


def load(folder, *names):
    """Modules of one checkout; both have modules of the same names."""
    for name in MODULES:
        sys.modules.pop(name, None)
    sys.path.insert(0, folder)
    loaded = [importlib.import_module(name) for name in names]
    sys.path.pop(0)
    return loaded


def make_database(script, file):
    connection = sqlite3.connect(file)
    connection.executescript(script.read_text(encoding="utf-8"))
    connection.commit()
    connection.close()


def comparable(evaluation, query, schema, keys):
    units = evaluation.build_valid_col_units(query["from"]["table_units"], schema)
    return evaluation.rebuild_sql_col(units, evaluation.rebuild_sql_val(query), keys)


def attempt(score):
    try:
        return int(bool(score()))
    except Exception:
        return 0


def main(spider, test_suite, folder):
    tokenizer = nltk.tokenize.NLTKWordTokenizer()
    nltk.word_tokenize = tokenizer.tokenize
    process_sql, evaluation = load(spider, "process_sql", "evaluation")
    (exec_eval,) = load(test_suite, "exec_eval")
    keys = evaluation.build_foreign_key_map_from_json(folder / "tables.json")["trade"]
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "trade.sqlite"
        make_database(folder / "database.sql", file)
        make_database(folder / "second_database.sql", Path(scratch) / "trade_2.sqlite")
        schema = process_sql.Schema(process_sql.get_schema(str(file)))
        with open(folder / "official.jsonl", "w", encoding="utf-8") as out:
            for line in (folder / "pairs.tsv").read_text(encoding="utf-8").splitlines():
                gold, prediction = line.split("\t")
                row = score(process_sql, evaluation, exec_eval, schema, keys, str(file), gold, prediction)
                out.write(json.dumps(row) + "\n")


def score(process_sql, evaluation, exec_eval, schema, keys, file, gold, prediction):
    gold_query = process_sql.get_sql(schema, gold)
    evaluator = evaluation.Evaluator()
    row = {"hardness": evaluator.eval_hardness(gold_query)}
    try:
        query = process_sql.get_sql(schema, prediction)
        row["unparseable"] = False
    except Exception:
        query = json.loads(json.dumps(EMPTY))
        row["unparseable"] = True
    gold_query = comparable(evaluation, gold_query, schema, keys)
    try:
        query = comparable(evaluation, query, schema, keys)
    except ValueError:
        query = None
    row["execution_original"] = attempt(
        lambda: query is not None and evaluation.eval_exec_match(file, prediction, gold, query, gold_query))
    row["exact_match"] = attempt(lambda: query is not None and evaluator.eval_exact_match(query, gold_query))
    row["components"] = {
        name: [score["label_total"], score["pred_total"], score["f1"]]
        for name, score in (evaluator.partial_scores or {}).items()
    }
    for name, plug_value, keep_distinct in (
        ("execution_test_suite", False, False), ("plug_value", True, False), ("keep_distinct", False, True)):
        row[name] = attempt(lambda: exec_eval.eval_exec_match(
            file, prediction.replace("value", "1"), gold, plug_value, keep_distinct, False))
    return row


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
