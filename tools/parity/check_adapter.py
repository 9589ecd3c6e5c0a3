"""Loads an adapter with PEFT and writes the logits it gives, to show that SqlTune's adapters load elsewhere.

    python check_adapter.py BASE_FOLDER ADAPTER_FOLDER IDS_JSON OUTPUT_SAFETENSORS

IDS_JSON holds [[id, ...], ...], rows of equal length. OUTPUT_SAFETENSORS gets `logits` [rows, length, V], fp32.
Fails when a tensor of the adapter file was not used or one that the model needs is missing.
"""

import json
import sys
from pathlib import Path

import torch
from peft import PeftModel
from peft.utils import get_peft_model_state_dict
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM


def load(base_folder, adapter_folder):
    base = AutoModelForCausalLM.from_pretrained(
        base_folder, dtype=torch.float32, attn_implementation="eager", local_files_only=True
    )
    return PeftModel.from_pretrained(base, adapter_folder).eval()


def check_all_used(model, adapter_folder):
    """PEFT only warns about missing and unexpected tensors, so compare what it holds with the file."""
    stored = load_file(Path(adapter_folder) / "adapter_model.safetensors")
    loaded = get_peft_model_state_dict(model, save_embedding_layers=False)
    if stored.keys() != loaded.keys():
        raise SystemExit(f"{adapter_folder}: names differ from PEFT's: {sorted(stored.keys() ^ loaded.keys())}")
    for name, tensor in stored.items():
        if not torch.equal(tensor.float(), loaded[name].float()):
            raise SystemExit(f"{adapter_folder}: PEFT holds other values for {name} than the file")


@torch.no_grad()
def main(arguments):
    if len(arguments) != 4:
        raise SystemExit(__doc__)
    base_folder, adapter_folder, ids_json, output = arguments
    model = load(base_folder, adapter_folder)
    check_all_used(model, adapter_folder)
    input_ids = torch.tensor(json.loads(Path(ids_json).read_text()))
    logits = model(input_ids=input_ids, use_cache=False).logits
    save_file({"logits": logits.float().contiguous()}, output, metadata={"format": "pt"})
    print(f"{output}: logits {list(logits.shape)}")


if __name__ == "__main__":
    main(sys.argv[1:])
