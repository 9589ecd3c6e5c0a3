"""Writes an adapter of each kind with PEFT, over bases that generate_fixtures.py wrote, and what PEFT computes with it.

    python adapters.py PARITY_FOLDER OUTPUT_FOLDER [KIND ...]

OUTPUT_FOLDER/KIND gets `adapter/` (PEFT's files), `expected.safetensors` (`logits` [2, 20, V] for the base's `input_ids`;
for every tensor of the adapter, under its name, its gradient of the mean completion loss of the base's `examples`) and
`expected.json` (`base`, `loss`). README.md says what else some kinds have.
"""

import copy
import json
import shutil
import sys
import tempfile
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import torch
import transformers
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import load_file, save_file

import reference
from folders import load, write_json
from reference import Row

SEVEN = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


@dataclass(frozen=True)
class Kind:
    """base: case of generate_fixtures.py; settings: of PEFT's LoraConfig, beside r 4, alpha 6 and seven target modules."""

    base: str
    seed: int
    settings: dict = field(default_factory=dict)


KINDS = {
    "rslora": Kind("gqa_tied", 1, {"use_rslora": True}),
    "dora": Kind("mqa_bias_headdim", 2, {"use_dora": True}),
    "dora_fused": Kind("phi3", 3, {"use_dora": True, "use_rslora": True, "target_modules": "all-linear"}),
    "dora_dropout": Kind("llama_one_layer", 4, {"use_dora": True, "lora_dropout": 0.3}),
    "pissa": Kind("gqa_tied", 5, {"init_lora_weights": "pissa"}),
    "pissa_rslora": Kind("phi3", 6, {
        "init_lora_weights": "pissa", "use_rslora": True, "target_modules": ["qkv_proj", "down_proj"]
    }),
    "patterns": Kind("mha_untied", 7, {
        "rank_pattern": {"layers.1.self_attn.q_proj": 3, "q_proj": 5, r"\d\.mlp\.(up|down)_proj": 1},
        "alpha_pattern": {"k_proj": 9, "^model.layers.0.mlp.up_proj": 2.5},
    }),
    "layers": Kind("mha_untied", 8, {"layers_to_transform": [0, 2], "layers_pattern": "layers"}),
    "paths": Kind("gpt_neox", 9, {
        "target_modules": ["gpt_neox.layers.0.attention.query_key_value", "layers.1.mlp.dense_h_to_4h"]
    }),
}


def config(kind):
    defaults = {"r": 4, "lora_alpha": 6, "target_modules": SEVEN, "task_type": "CAUSAL_LM"}
    return LoraConfig(**(defaults | kind.settings))


@torch.no_grad()
def disturb(adapted, seed):
    """What training does to the adapter's numbers, without training."""
    generator = torch.Generator().manual_seed(seed)
    for name, parameter in sorted(adapted.named_parameters()):
        if parameter.requires_grad:
            noise = torch.randn(parameter.shape, generator=generator)
            if "magnitude" in name:
                parameter.mul_(1 + 0.2 * noise)
            else:
                parameter.add_(0.1 * noise)


def save_converted(adapted, folder, disturbing):
    """PiSSA: the start is kept beside, as PEFT's conversion to plain LoRA wants it."""
    with tempfile.TemporaryDirectory() as temporary:
        start = Path(temporary) / "start"
        config = adapted.peft_config["default"]
        config.init_lora_weights, name = True, config.init_lora_weights
        adapted.save_pretrained(start)
        config.init_lora_weights = name
        disturbing()
        adapted.save_pretrained(folder / "adapter", path_initial_model_for_weight_conversion=start)
        shutil.copy(start / "adapter_model.safetensors", folder / "start.safetensors")


def tidy(folder):
    """A model built in memory has no name, and PEFT writes sets in hash order."""
    path = folder / "adapter_config.json"
    config = json.loads(path.read_text())
    config["base_model_name_or_path"] = "tiny-random"
    config["target_modules"] = sorted(config["target_modules"])
    path.write_text(json.dumps(config, indent=2, sort_keys=True))
    (folder / "README.md").unlink(missing_ok=True)


def gradients(adapted, rows):
    adapted.zero_grad()
    reference.backward(adapted, rows)
    return {
        name.replace(".default", "").replace("magnitude_vector.weight", "magnitude_vector"): parameter.grad.clone()
        for name, parameter in adapted.named_parameters()
        if parameter.requires_grad
    }


def write(parity, folder, kind):
    folder.mkdir(parents=True, exist_ok=True)
    base = load(parity / kind.base, torch.float32)
    torch.manual_seed(kind.seed)
    adapted = get_peft_model(copy.deepcopy(base), config(kind)).eval()
    if "pissa" in folder.name:
        save_converted(adapted, folder, lambda: disturb(adapted, kind.seed))
    else:
        disturb(adapted, kind.seed)
        adapted.save_pretrained(folder / "adapter")
    tidy(folder / "adapter")
    input_ids = load_file(parity / kind.base / "expected.safetensors")["input_ids"]
    examples = json.loads((parity / kind.base / "expected.json").read_text())["examples"]
    rows = [Row(**example) for example in examples]
    loaded = PeftModel.from_pretrained(copy.deepcopy(base), folder / "adapter", is_trainable=True).eval()
    with torch.no_grad():
        tensors = {"logits": loaded(input_ids=input_ids, use_cache=False).logits}
        if config(kind).lora_dropout > 0:
            loaded.train()
            torch.manual_seed(kind.seed)
            tensors["dropped_logits"] = loaded(input_ids=input_ids[:1], use_cache=False).logits
            loaded.eval()
    tensors |= gradients(loaded, rows)
    save_file(tensors, folder / "expected.safetensors", metadata={"format": "pt"})
    if "pissa" in folder.name:
        with torch.no_grad():
            own = adapted(input_ids=input_ids, use_cache=False).logits
        difference = (own - tensors["logits"]).abs().max().item()
        if difference > 1e-4:
            raise ValueError(f"{folder.name}: the converted adapter's logits are {difference} from those trained")
        trained = gradients(adapted, rows)
        save_file(trained, folder / "gradients.safetensors", metadata={"format": "pt"})
    write_json(folder / "expected.json", {"base": kind.base, "seed": kind.seed, **reference.evaluate(loaded, rows)})


def main(arguments):
    if len(arguments) < 2:
        raise SystemExit(__doc__)
    parity, output = map(Path, arguments[:2])
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    warnings.filterwarnings("ignore", module="peft")
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    for name in arguments[2:] or KINDS:
        write(parity, output / name, KINDS[name])
        print(f"{name} written")


if __name__ == "__main__":
    main(sys.argv[1:])
