"""Whether the reference reads files, and what it finds: `read_safetensors.py FOLDER RESULT.json`.

Reads each file of the folder with safetensors' own parser and writes {file: {tensor: [dtype, shape, bytes in hex]}}, or
{file: "why it is refused"}.
"""

import json
import sys
from pathlib import Path

from safetensors import SafetensorError, deserialize


def read(content):
    try:
        return {name: [t["dtype"], t["shape"], bytes(t["data"]).hex()] for name, t in deserialize(content)}
    except (SafetensorError, OverflowError) as refusal:
        return str(refusal)


def main():
    folder, result = map(Path, sys.argv[1:])
    found = {file.name: read(file.read_bytes()) for file in sorted(folder.iterdir())}
    result.write_text(json.dumps(found))


if __name__ == "__main__":
    main()
