"""Times `sqltune data prepare` on Spider, WikiSQL and a Gretel file of 100,000 rows that it makes itself, and `data audit`,
which runs every gold query, on Spider.

    python data_sets.py --jar cli/target/cli.jar --spider SPIDER --wikisql WIKISQL

Prints a line each: rows in and out (of the audit, queries that ran), seconds from the process's start to its end, seconds of processors that it took,
and the peak of its resident memory as the kernel counts it. The Gretel file is written as JSON Lines and, where pyarrow is installed, as Parquet.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import tempfile
import time

TEXTS = {
    "domain": "forestry",
    "domain_description": "Comprehensive data on sustainable forest management, timber production and wildlife habitat.",
    "sql_complexity": "single join",
    "sql_complexity_description": "only one join (specify inner, outer, cross)",
    "sql_task_type": "analytics and reporting",
    "sql_task_type_description": "generating reports, dashboards, and analytical insights",
}


def gretel_row(number):
    return {
        "id": number,
        **TEXTS,
        "sql_prompt": f"What is the total volume of timber sold by salesperson {number}, sorted by name?",
        "sql_context": "CREATE TABLE salesperson (salesperson_id INT, name TEXT, region TEXT); INSERT INTO salesperson "
        f"(salesperson_id, name, region) VALUES ({number}, 'John Doe', 'North'), ({number + 1}, 'Jane Smith', 'South'); "
        "CREATE TABLE timber_sales (sales_id INT, salesperson_id INT, volume REAL, sale_date DATE);",
        "sql": "SELECT s.name, SUM(t.volume) AS total_volume FROM timber_sales t JOIN salesperson s ON t.salesperson_id = "
        f"s.salesperson_id WHERE s.salesperson_id = {number} GROUP BY s.name ORDER BY s.name;",
        "sql_explanation": f"Joins timber_sales and salesperson, and sums the volume that number {number} has sold.",
    }


def write_gretel(folder, rows):
    """Folders with one train file each, by kind of file. Written by a process of its own: a child's peak of memory begins
    with what its parent holds."""
    with concurrent.futures.ProcessPoolExecutor(1) as writer:
        return writer.submit(write_files, folder, rows).result()


def write_files(folder, rows):
    folders = {}
    json_lines = folder / "jsonl"
    json_lines.mkdir()
    with open(json_lines / "synthetic_text_to_sql_train.jsonl", "w") as out:
        for number in range(rows):
            out.write(json.dumps(gretel_row(number)) + "\n")
    folders["gretel, JSON Lines"] = json_lines
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        return folders
    parquet = folder / "parquet"
    parquet.mkdir()
    table = pyarrow.Table.from_pylist([gretel_row(number) for number in range(rows)])
    pyarrow.parquet.write_table(table, parquet / "synthetic_text_to_sql_train.snappy.parquet", compression="snappy")
    folders["gretel, Parquet"] = parquet
    return folders


def run(command):
    """What a command printed, its seconds, those of processors, and its peak in MB."""
    begun = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    printed = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - begun
    if status != 0:
        raise SystemExit(f"{' '.join(command)} failed")
    return printed, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def prepare(jar, dataset, path, output, heap):
    command = ["java", f"-Xmx{heap}", "-jar", jar, "data", "prepare", f"data.dataset={dataset}", f"data.path={path}"]
    printed, *costs = run(command + ["--output-dir", str(output)])
    rows_in = rows_out = 0
    for line in printed.splitlines():
        cells = re.findall(r"\| *([^|]*?) *(?=\|)", line)
        if len(cells) == 5 and cells[1].replace(",", "").isdigit():
            rows_in += int(cells[1].replace(",", ""))
            rows_out += int(cells[2].replace(",", ""))
    return rows_in, rows_out, *costs


def audit(jar, path, output, heap):
    file = output / "audit.json"
    command = ["java", f"-Xmx{heap}", "-jar", jar, "data", "audit", "data.dataset=spider", f"data.path={path}"]
    _, *costs = run(command + ["--output", str(file)])
    parts = json.loads(file.read_text())["parts"]
    return sum(part["examples"] for part in parts), sum(part["executed"] for part in parts), *costs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jar", default="cli/target/cli.jar")
    parser.add_argument("--spider", help="Spider's folder or zip")
    parser.add_argument("--wikisql", help="WikiSQL's folder or archive")
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the Gretel file")
    parser.add_argument("--heap", default="700m", help="the JVM's largest heap")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        runs = {f"gretel|{name}": path for name, path in write_gretel(folder, arguments.rows).items()}
        for dataset in ("wikisql", "spider"):
            if getattr(arguments, dataset):
                runs = {f"{dataset}|{dataset}": getattr(arguments, dataset), **runs}
        print(f"{'data set':<20} {'rows in':>8} {'rows out':>8} {'seconds':>8} {'cpu s':>8} {'peak MB':>8}")
        for key, path in runs.items():
            dataset, name = key.split("|")
            show(name, prepare(arguments.jar, dataset, path, folder / "out" / name.replace(", ", "-"), arguments.heap))
        if arguments.spider:
            show("spider, audit", audit(arguments.jar, arguments.spider, folder, arguments.heap))


def show(name, result):
    print(f"{name:<20} {result[0]:>8} {result[1]:>8} {result[2]:>8.1f} {result[3]:>8.1f} {result[4]:>8.0f}", flush=True)


if __name__ == "__main__":
    main()
