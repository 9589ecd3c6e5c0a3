"""Reading and writing model and adapter folders, and training the same model twice."""

import copy
import json

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM

import cases
import reference


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2) + "\n")


def load(folder, dtype):
    """The model as a user loads it: `model.to(bfloat16)` would round the rotary frequencies as well."""
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype, attn_implementation="eager").eval()
    for module in model.modules():
        if getattr(module, "rope_type", None) == "dynamic":
            module.register_forward_pre_hook(forget_longer_texts)
    return model


def forget_longer_texts(rotary, _):
    """Dynamic scaling keeps the frequencies of the longest text so far; each text shall have its own."""
    rotary.max_seq_len_cached = rotary.original_max_seq_len
    rotary.inv_freq = rotary.original_inv_freq


def save_case(folder, model, **options):
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder, **options)


def use_old_config(folder):
    path = folder / "config.json"
    write_json(path, cases.as_transformers_4(json.loads(path.read_text())))


def unlearned_adapter(model, target_modules, seed, rank=4):
    """A PEFT model as PEFT starts it: A random, B zero."""
    config = LoraConfig(
        r=rank, lora_alpha=2 * rank, lora_dropout=0.0, target_modules=target_modules, task_type="CAUSAL_LM"
    )
    torch.manual_seed(seed)
    return get_peft_model(copy.deepcopy(model), config)


@torch.no_grad()
def random_adapter(model, target_modules, seed, rank=4):
    """A PEFT model whose A and B are both random and non-zero."""
    adapted = unlearned_adapter(model, target_modules, seed, rank)
    generator = torch.Generator().manual_seed(seed)
    for name, parameter in sorted(adapted.named_parameters()):
        if "lora_" in name:
            parameter.copy_(0.1 * torch.randn(parameter.shape, generator=generator))
    return adapted


def save_adapter(adapted, folder):
    adapted.save_pretrained(folder)
    path = folder / "adapter_config.json"
    config = json.loads(path.read_text())
    # A model built in memory has no name, and PEFT writes sets in hash order.
    config["base_model_name_or_path"] = "tiny-random"
    config["target_modules"] = sorted(config["target_modules"])
    path.write_text(json.dumps(config, indent=2, sort_keys=True))
    (folder / "README.md").unlink(missing_ok=True)


def load_adapter(model, folder, dtype=torch.float32):
    base = copy.deepcopy(model).to(dtype)
    return PeftModel.from_pretrained(base, folder, is_trainable=True, autocast_adapter_dtype=False).to(dtype)


def run_training(make_model, rows, settings):
    """Trains in fp32 and again in fp64, whose distance tells a test how tight its tolerance can be."""
    model, double = make_model(torch.float32), make_model(torch.float64)
    before = reference.evaluate(model, rows)
    steps = reference.train(model, rows, settings)
    exact_steps = reference.train(double, rows, settings)
    difference = max(abs(a["loss"] - b["loss"]) for a, b in zip(steps, exact_steps))
    report = {
        "settings": settings.to_json(),
        "steps": steps,
        "before": before,
        "after": reference.evaluate(model, rows),
        "float64_max_loss_difference": difference,
    }
    return model, report
