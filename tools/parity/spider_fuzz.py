"""Spider's official evaluators against `sqltune eval --predictions`, on queries in the manner of language models' answers.

    python spider_fuzz.py make DATA SEED COUNT NAME
    java -jar cli.jar eval --predictions NAME.pred.sql --gold NAME.gold.sql --tables DATA/tables.json \\
        --databases DATA/database --rows NAME.rows.jsonl
    python spider_fuzz.py compare DATA SPIDER TEST_SUITE NAME

DATA is Spider's folder; SPIDER and TEST_SUITE are checkouts as for spider_official.py, whose requirements are the same.
`make` changes gold queries, one to three times each. `compare` prints every field in which a row differs. Rows in which the
official scripts run longer than SECONDS of processor time, or can't read the gold query, are left out and counted.
"""

import collections
import json
import random
import re
import sqlite3
import sys
import time
from pathlib import Path

from spider_official import EMPTY, attempt, comparable, load

SECONDS = 2
FIELDS = ("hardness", "exact_match", "execution_original", "execution_test_suite", "unparseable")
STRING = r"('[^']*'|\"[^\"]*\")"
AGGREGATE = r"\b(count|avg|sum|min|max)\s*\(\s*((?:DISTINCT\s+)?[\w.*]+)\s*\)"
SELECTED = r"\bSELECT\s+([\w.]+)(?=\s*,|\s+FROM)"
EQUALS = r"([\w.]+)\s*=\s*" + STRING
BEHIND_WHERE = r"\bWHERE\b(.*?)(?=\bGROUP\b|\bORDER\b|\bLIMIT\b|\bUNION\b|\bINTERSECT\b|\bEXCEPT\b|\)|$)"

# Pattern and replacements; {c}, {t} are a column and its table, {o} is another query on the database, {s} the query.
RULES = [
    (r"\bAS\s+(T\d)\b", [r"\1", r"as \1", r"AS {t}"]),
    (r"\bT1\b", ["T2", "t1", "a", "{t}"]),
    (r"\bT\d\.", ["", "T3.", "{t}."]),
    (r"\bFROM\s+(\w+)", [r"FROM \1 AS T1", r"FROM \1 t", r"FROM \1, {t}", r"FROM main.\1", r"FROM `\1`", r'FROM "\1"',
                         r"FROM (SELECT * FROM \1)", r"FROM (SELECT * FROM \1) AS T1", r"FROM \1 NATURAL JOIN {t}"]),
    (r"\bSELECT\b.*?\bFROM\b", ["SELECT * FROM", "SELECT T1.* FROM", "SELECT {t}.* FROM", "SELECT {c} FROM",
                                "SELECT {t}.{c} FROM", "SELECT {c}, count(*) FROM", "SELECT DISTINCT {c} FROM"]),
    (AGGREGATE, [r"CAST(\1(\2) AS REAL)", r"ROUND(\1(\2), 2)", r"\1(DISTINCT \2)", r"\1(\2) * 1.0", r"\1(\2) OVER ()",
                 r"\1(\2) AS n", r"COALESCE(\1(\2), 0)", r"SUM(\2) / COUNT(*)", r"TOTAL(\2)", r"GROUP_CONCAT(\2)",
                 r"MAX(\2) - MIN(\2)", r"SUM(CASE WHEN \2 > 1 THEN 1 ELSE 0 END)", r"\1 ( \2 )", r"COUNT(1)",
                 r"\1(\2) FILTER (WHERE \2 IS NOT NULL)", r"median(\2)"]),
    (SELECTED, [r"SELECT DISTINCT \1", r"SELECT DISTINCT(\1)", r"SELECT (\1)", r"SELECT \1 AS x", r"SELECT \1 || ' '",
                r"SELECT CASE WHEN \1 IS NULL THEN 0 ELSE \1 END", r"SELECT CAST(\1 AS TEXT)", r"SELECT UPPER(\1)",
                r"SELECT \1, \1", r"SELECT \1, ROW_NUMBER() OVER (ORDER BY \1)", r"SELECT \1 + 0", r"SELECT TOP 1 \1",
                r"SELECT (SELECT max({c}) FROM {t}), \1", r"SELECT CONCAT(\1, '')", r"SELECT STRFTIME('%Y', \1)"]),
    (EQUALS, [r"\1 == \2", r"\1 LIKE \2", r"\1 IN (\2)", r"\1 <> \2", r"NOT \1 = \2", r"\1 IS \2", r"\1=\2", r"(\1 = \2)",
              r"LOWER(\1) = LOWER(\2)", r"\1 = \2 COLLATE NOCASE", r"\1 LIKE '%a\\_%' ESCAPE '\\'", r"\1 > = \2"]),
    (STRING, ["'x'", '"x"', "'O''Brien'", "“x”", "’x’", "`x`", "x", "'value'", "value", "''", "'%'", "NULL", "1", "'é'", "'中文'",
              "' x'", "x'41'", ":v", "?"]),
    (r"(?<![\w.])\d+(?![\w.])", ["'1'", "1.0", "-1", "+ 1", "(1)", "1 + 1", "1e3", "value", "01", "1,000", "1_0", "٣"]),
    (BEHIND_WHERE, [r"WHERE (\1) ", r"WHERE \1 AND {c} IS NOT NULL ", r"WHERE \1 OR {c} IN (SELECT {c} FROM {t}) ",
                    r"WHERE EXISTS (SELECT 1 FROM {t}) AND \1", r"WHERE {c} BETWEEN 1 AND 9 OR \1", ""]),
    (r"(?=\bGROUP BY\b|\bORDER BY\b|$)", [" WHERE {c} NOT IN (SELECT {c} FROM {t}) ", " WHERE {c} IN ((SELECT {c} FROM {t})) ",
                                          " WHERE {c} = (SELECT max({c}) FROM {t}) ", " WHERE NOT EXISTS ({o}) "]),
    (r"\bJOIN\b", ["LEFT JOIN", "INNER JOIN", "CROSS JOIN", "NATURAL JOIN", ",", "RIGHT JOIN", "FULL OUTER JOIN"]),
    (r"\bON\s+(\S+)\s*=\s*(\S+)", [r"ON \2 = \1", r"ON (\1 = \2)", r"ON \1 = \2 AND \1 = \2", "", "USING ({c})", r"ON \1 = \1"]),
    (r"\bGROUP BY\s+([\w.]+)", [r"GROUP BY \1, {c}", "GROUP BY 1", r"GROUP BY \1 HAVING count(*) > 1", "", r"GROUP BY (\1)"]),
    (r"\bORDER BY\s+([\w.]+)", [r"ORDER BY \1 ASC", "ORDER BY 1", r"ORDER BY \1 DESC, {c}", r"ORDER BY -\1", "ORDER BY n"]),
    (r"\bLIMIT\s+(\d+)", [r"LIMIT \1 OFFSET 0", r"LIMIT 0, \1", "", "LIMIT 2", "LIMIT 1.0", "LIMIT '1'"]),
    (r"\b(AND|OR)\b", ["AND", "OR", "&&", r"\1 \1", ","]),
    (r"[!<>]=", ["<>", "! =", "> =", "=="]),
    (r"\b(\w+)\b", [r"`\1`", r'"\1"', r"[\1]", "", r"\1 \1", "{c}", "{t}", "é"]),
    (r" ", ["  ", "\u00a0", "\u3000", "\x0b", "\x0c", " /* x */ ", "\u200b"]),
    (r"$", [";", ";;", " ;", "; SELECT 1", " -- it's done", " /* open", ".", " ORDER BY 1 DESC", " LIMIT 3", " LIMIT 1 OFFSET 1",
            " UNION {o}", " INTERSECT {o}", " EXCEPT {o}", " UNION ALL {s}", ")", "```", " This query counts."]),
    (r"^", ["```sql ", "SQL: ", "EXPLAIN ", "WITH q AS ({o}) ", "(", "-- x ", "\ufeff", "* "]),
    (r"^.*$", ["WITH q AS ({s}) SELECT * FROM q", "SELECT * FROM ({s})", "SELECT count(*) FROM ({s}) AS t", "({s})", "{o}",
               "SELECT {c} FROM {t} WHERE {c} IN ({s})", "SELECT {c} FROM {t} WHERE {c} NOT IN ({s})", "SELECT ({s})",
               "({s}) UNION ({o})", "SELECT {c} FROM {t} GROUP BY {c} ORDER BY count(*) DESC LIMIT 1"]),
]


def questions(data):
    for name in ("dev.json", "train_spider.json", "train_others.json"):
        for example in json.loads((data / name).read_text(encoding="utf-8")):
            if (data / "database" / example["db_id"] / (example["db_id"] + ".sqlite")).exists():
                yield re.sub(r"\s+", " ", example["query"]).strip(), example["db_id"]


def changed(query, database, columns, others, chance):
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3))):
        pattern, replacements = chance.choice(RULES)
        places = list(re.finditer(pattern, query, re.IGNORECASE))
        if places:
            place = chance.choice(places)
            column, table = chance.choice(columns[database])
            new = place.expand(chance.choice(replacements)) if place.re.groups else chance.choice(replacements)
            for mark, text in (("{c}", column), ("{t}", table), ("{o}", chance.choice(others[database])), ("{s}", query)):
                new = new.replace(mark, text)
            query = query[: place.start()] + new + query[place.end():]
    return re.sub(r"[\n\r\t]", " ", query).strip() or "SELECT"


def make(data, seed, count, name):
    chance = random.Random(seed)
    columns = {
        entry["db_id"]: [(column, entry["table_names_original"][table])
                         for table, column in entry["column_names_original"] if table >= 0]
        for entry in json.loads((data / "tables.json").read_text(encoding="utf-8"))
    }
    gold = list(questions(data))
    others = collections.defaultdict(list)
    for query, database in gold:
        others[database].append(query)
    with open(name + ".pred.sql", "w", encoding="utf-8") as predictions, open(name + ".gold.sql", "w", encoding="utf-8") as out:
        for _ in range(count):
            query, database = chance.choice(gold)
            predictions.write(changed(query, database, columns, others, chance) + "\n")
            out.write(query + "\t" + database + "\n")


class TimedConnection(sqlite3.Connection):
    """Ends a query that the official scripts would run for ever, and remembers that it did."""

    ended = 0

    def cursor(self, *arguments):
        end = time.process_time() + SECONDS

        def tick():
            TimedConnection.ended += time.process_time() > end
            return time.process_time() > end

        self.set_progress_handler(tick, 20000)
        return super().cursor(*arguments)


def official_row(process_sql, evaluation, exec_eval, schema, keys, file, gold, prediction):
    row = {"hardness": evaluation.Evaluator().eval_hardness(process_sql.get_sql(schema, gold))}
    try:
        query = process_sql.get_sql(schema, prediction)
        row["unparseable"] = False
    except Exception:
        query = json.loads(json.dumps(EMPTY))
        row["unparseable"] = True
    gold_query = comparable(evaluation, process_sql.get_sql(schema, gold), schema, keys)
    try:
        query = comparable(evaluation, query, schema, keys)
    except ValueError:
        query = None
    row["execution_original"] = attempt(
        lambda: query is not None and evaluation.eval_exec_match(file, prediction, gold, query, gold_query))
    row["exact_match"] = attempt(
        lambda: query is not None and evaluation.Evaluator().eval_exact_match(query, gold_query))
    row["execution_test_suite"] = attempt(
        lambda: exec_eval.eval_exec_match(file, prediction.replace("value", "1"), gold, False, False, False))
    return row


def compare(data, spider, test_suite, name):
    import nltk

    nltk.word_tokenize = nltk.tokenize.NLTKWordTokenizer().tokenize
    process_sql, evaluation = load(spider, "process_sql", "evaluation")
    (exec_eval,) = load(test_suite, "exec_eval")
    connect = sqlite3.connect
    sqlite3.connect = lambda file: connect(f"file:{file}?mode=ro", uri=True, factory=TimedConnection)
    keys = evaluation.build_foreign_key_map_from_json(data / "tables.json")
    schemas = {}
    differing = collections.Counter()
    rows = [json.loads(line) for line in open(name + ".rows.jsonl", encoding="utf-8")]
    golds = [line.rstrip("\n").split("\t") for line in open(name + ".gold.sql", encoding="utf-8")]
    predictions = [line.rstrip("\n") for line in open(name + ".pred.sql", encoding="utf-8")]
    assert len(rows) == len(golds) == len(predictions), "the files have rows of different number"
    for row, (gold, database), prediction in zip(rows, golds, predictions):
        file = str(data / "database" / database / (database + ".sqlite"))
        if database not in schemas:
            schemas[database] = process_sql.Schema(process_sql.get_schema(file))
        TimedConnection.ended = 0
        try:
            wanted = official_row(
                process_sql, evaluation, exec_eval, schemas[database], keys[database], file, gold, prediction.strip())
        except Exception:
            differing["(gold query unreadable)"] += 1
            continue
        if TimedConnection.ended:
            differing["(too slow)"] += 1
            continue
        for field in FIELDS:
            if row[field] != wanted[field]:
                differing[field] += 1
                print(f"{row['index']} {database} {field}: {row[field]}, officially {wanted[field]}\n  {prediction}\n  {gold}")
    print(len(rows), "rows; that differ or are left out:", dict(differing))


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
    else:
        compare(Path(sys.argv[2]), sys.argv[3], sys.argv[4], sys.argv[5])
