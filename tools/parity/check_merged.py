"""Loads a whole model that SqlTune wrote with transformers and writes the logits it gives.

    python check_merged.py MODEL_FOLDER IDS_JSON OUTPUT_SAFETENSORS

IDS_JSON holds [[id, ...], ...], rows of equal length. OUTPUT_SAFETENSORS gets `logits` [rows, length, V], fp32.
Fails when transformers finds a weight missing, unexpected or of another shape.
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM


@torch.no_grad()
def main(arguments):
    if len(arguments) != 3:
        raise SystemExit(__doc__)
    folder, ids_json, output = arguments
    model, loading = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager", local_files_only=True, output_loading_info=True
    )
    faults = {kind: sorted(map(str, names)) for kind, names in loading.items() if names}
    if faults:
        raise SystemExit(f"{folder}: {faults}")
    input_ids = torch.tensor(json.loads(Path(ids_json).read_text()))
    logits = model.eval()(input_ids=input_ids, use_cache=False).logits
    save_file({"logits": logits.float().contiguous()}, output, metadata={"format": "pt"})


if __name__ == "__main__":
    main(sys.argv[1:])
