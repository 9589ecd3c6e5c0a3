#!/usr/bin/env python3
"""Writes a byte-level BPE tokenizer's pieces as a unigram tokenizer with the same ids.

    python tools/nano/to_unigram.py --tokenizer base/tokenizer.json --corpus corpus.jsonl --output tokenizer.json

llama.cpp can't be told how train_tokenizer.py cuts texts before it looks for pieces; a unigram model needs no such rule.
Scores are logarithms of the pieces' counts in the corpus as the BPE cuts it, so texts become nearly the same tokens, and
a model that learned with the one can go on with the other. Pieces that neither uses become letters and signs that had none.
Needs the package `tokenizers`.
"""

import argparse
import collections
import json
import math
import pathlib
import struct

from tokenizers import Tokenizer

SPACE = "\u2581"
UNUSED_COUNT = 0.05
LETTER_COUNT = 0.3
BYTE_SCORE = -30.0
SIGNS = "\t–—‘’“”„…•·€£¥§©®°±²³µ¶¼½¾×÷≤≥≠→←−™№ªº¿¡«»\u00a0"
LETTERS = [chr(c) for c in [*range(0xC0, 0x180), *range(0x386, 0x3CF), *range(0x410, 0x450)]]


def bytes_of_characters():
    """GPT-2's alphabet: which byte a character of a byte-level piece stands for."""
    same = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in same]
    return {chr(byte): byte for byte in same} | {chr(256 + i): byte for i, byte in enumerate(others)}


def texts_of_pieces(spec):
    """Each id's text; <0xNN> for a byte that is no printable character, None for a part of a character."""
    special = {token["id"]: token["content"] for token in spec["added_tokens"]}
    alphabet = bytes_of_characters()
    pieces = {}
    for piece, index in spec["model"]["vocab"].items():
        raw = bytes(alphabet.get(c, 0) for c in piece)
        control = len(raw) == 1 and (raw[0] < 32 and raw[0] != 10 or raw[0] == 127)
        try:
            text = None if control else raw.decode("utf-8")
        except UnicodeDecodeError:
            text = None
        if text is None and len(raw) == 1:
            text = f"<0x{raw[0]:02X}>"
        pieces[index] = special.get(index, text)
    return pieces, special


def unigram(spec, pieces, special, counts, letters):
    total = sum(counts.values())
    vocabulary = []
    for index in range(len(pieces)):
        text = pieces[index]
        count = LETTER_COUNT if index in letters else counts[index] or UNUSED_COUNT
        score = 0.0 if index in special else BYTE_SCORE if text.startswith("<0x") else math.log(count / total)
        single = struct.unpack("f", struct.pack("f", score))[0]  # as GGUF keeps it
        vocabulary.append([text if index in special else text.replace(" ", SPACE), single])
    return spec | {
        "normalizer": {"type": "Replace", "pattern": {"String": " "}, "content": SPACE},
        "pre_tokenizer": None,
        "decoder": {
            "type": "Sequence",
            "decoders": [
                {"type": "Replace", "pattern": {"String": SPACE}, "content": " "},
                {"type": "ByteFallback"},
                {"type": "Fuse"},
            ],
        },
        "model": {"type": "Unigram", "unk_id": 0, "vocab": vocabulary, "byte_fallback": True},
    }


def count(tokenizer, rows):
    counts = collections.Counter()
    for encoding in tokenizer.encode_batch(rows, add_special_tokens=False):
        counts.update(encoding.ids)
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tokenizer", type=pathlib.Path, required=True, help="tokenizer.json of byte-level BPE")
    parser.add_argument("--corpus", type=pathlib.Path, required=True, help="JSON lines with prompt and completion")
    parser.add_argument("--every", type=int, default=20, help="read each n-th row")
    parser.add_argument("--output", type=pathlib.Path, required=True, help="tokenizer.json to write")
    arguments = parser.parse_args()

    spec = json.loads(arguments.tokenizer.read_text(encoding="utf-8"))
    pieces, special = texts_of_pieces(spec)
    rows = []
    with arguments.corpus.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % arguments.every == 0:
                row = json.loads(line)
                rows += [row["prompt"], row["completion"]]
    counts = count(Tokenizer.from_file(str(arguments.tokenizer)), rows)

    parts = [index for index, text in pieces.items() if text is None]
    draft = {index: f"<part {index}>" if text is None else text for index, text in pieces.items()}
    used = count(Tokenizer.from_str(json.dumps(unigram(spec, draft, special, counts, {}))), rows)
    free = parts + [
        index
        for index, text in sorted(pieces.items())
        if text is not None and index not in special and len(text) > 1 and not text.startswith("<0x")
        and not counts[index] and not used[index]
    ]  # fmt: skip
    missing = [c for c in dict.fromkeys([*LETTERS, *SIGNS]) if c not in pieces.values() and (c.isprintable() or c in SIGNS)]
    letters = dict(zip(free, missing))
    pieces |= letters
    result = unigram(spec, pieces, special, counts, letters)
    arguments.output.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    written = Tokenizer.from_file(str(arguments.output))
    assert all(written.decode(each.ids) == text for each, text in zip(written.encode_batch(rows, add_special_tokens=False), rows))
    print(f"{sum(counts.values())} tokens before, {sum(count(written, rows).values())} now, {len(letters)} new letters")


if __name__ == "__main__":
    main()
