"""Writes the Parquet files that ParquetTableTest reads: every codec of pyarrow with and without dictionary, in pages of both
versions, and one file of nested columns and of every logical type. Run: python make_parquet.py FOLDER (needs pyarrow)."""

import datetime
import decimal
import itertools
import pathlib
import sys

import pyarrow
import pyarrow.parquet

ROWS = 12
CODECS = ["none", "snappy", "gzip", "brotli", "lz4", "zstd"]


def pairs():
    questions = ["How many?", "東京 😀", None] + [f"What is the name of number {i}?" for i in range(3, ROWS)]
    return pyarrow.table(
        {
            "question": questions,
            "schema": ["TABLE: a ( b (text) )"] * ROWS,
            "sql": [f"SELECT b FROM a WHERE id = {i}" for i in range(ROWS)],
        }
    )


def codecs(folder):
    for codec, dictionary, version in itertools.product(CODECS, [True, False], ["1.0", "2.0"]):
        name = f"{codec}-{'dictionary' if dictionary else 'plain'}-v{version[0]}.parquet"
        pyarrow.parquet.write_table(
            pairs(),
            folder / name,
            compression=codec,
            use_dictionary=dictionary,
            data_page_version=version,
            write_page_checksum=True,
            write_statistics=False,
            store_schema=False,
            row_group_size=8,
            data_page_size=64,
            write_batch_size=4,
        )


def types():
    message = pyarrow.struct([("role", pyarrow.string()), ("content", pyarrow.string())])
    moment = datetime.datetime(2026, 11, 30, 12, 30, 15, 250000)
    columns = {
        "messages": pyarrow.array(
            [[{"role": "user", "content": "hi"}, {"role": "assistant", "content": None}], [], None], pyarrow.list_(message)
        ),
        "meta": pyarrow.array([{"k": [1, None, 2]}, None, {"k": None}], pyarrow.struct([("k", pyarrow.list_(pyarrow.int64()))])),
        "deep": pyarrow.array([[["a"], []], None, [None, ["b", None]]], pyarrow.list_(pyarrow.list_(pyarrow.string()))),
        "pairs": pyarrow.array([[("a", 1), ("b", None)], [], None], pyarrow.map_(pyarrow.string(), pyarrow.int32())),
        "score": pyarrow.array([float("nan"), 1.5, None], pyarrow.float64()),
        "half": pyarrow.array([1.5, -0.25, None], pyarrow.float32()).cast(pyarrow.float16()),
        "truth": pyarrow.array([True, False, None]),
        "unsigned": pyarrow.array([2**32 - 1, 0, None], pyarrow.uint32()),
        "large": pyarrow.array([2**64 - 1, 0, None], pyarrow.uint64()),
        "price": pyarrow.array([decimal.Decimal("12.50"), decimal.Decimal("-0.01"), None], pyarrow.decimal128(10, 2)),
        "day": pyarrow.array([moment.date(), datetime.date(1969, 12, 31), None]),
        "time": pyarrow.array([moment.time(), datetime.time(0), None], pyarrow.time64("us")),
        "local": pyarrow.array([moment, None, None], pyarrow.timestamp("ms")),
        "instant": pyarrow.array([moment, None, None], pyarrow.timestamp("us", "UTC")),
        "bytes": pyarrow.array([b"\xff\x00", b"text", None], pyarrow.binary()),
        "dictionary": pyarrow.array(["x", "x", None]).dictionary_encode(),
    }
    return pyarrow.table(columns)


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    codecs(folder)
    pyarrow.parquet.write_table(types(), folder / "types.parquet", store_schema=False, write_statistics=False)
    colours = pyarrow.array([{"name": "rot"}, {"name": "grün"}, {"name": "blau"}])
    pyarrow.parquet.write_table(
        pyarrow.table({"colours": colours}), folder / "plain.parquet", compression="none", use_dictionary=False
    )
    pyarrow.parquet.write_table(
        pyarrow.table({"stamp": pyarrow.array([datetime.datetime(2026, 11, 30, 12, 30)], pyarrow.timestamp("ns"))}),
        folder / "int96.parquet",
        use_deprecated_int96_timestamps=True,
        store_schema=False,
    )


if __name__ == "__main__":
    main()
