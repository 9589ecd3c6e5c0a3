"""What transformers computes for learning-rate schedules, label smoothing and weight decay groups.

    python training_options.py ../../model/src/test/resources/parity ../../training/src/test/resources/training_options.json
"""

import json
import math
import pathlib
import sys

import torch
from peft import PeftModel
from torch import nn
from transformers import AutoModelForCausalLM, Trainer, get_scheduler
from transformers.trainer_pt_utils import LabelSmoother

PEAK = 2e-3
SCHEDULES = [
    ("constant", 0, 20, {}),
    ("constant_with_warmup", 5, 20, {}),
    ("linear", 0, 20, {}),
    ("linear", 5, 23, {}),
    ("cosine", 5, 23, {}),
    ("cosine", 0, 1, {}),
    ("cosine_with_min_lr", 4, 25, {"min_lr": 3e-4}),
    ("cosine_with_min_lr", 0, 25, {"min_lr_rate": 0.1}),
    ("polynomial", 5, 23, {}),
    ("polynomial", 0, 20, {"lr_end": 1e-4, "power": 2.0}),
    ("polynomial", 3, 20, {"lr_end": 0.0, "power": 0.5}),
    ("inverse_sqrt", 6, 30, {}),
    ("inverse_sqrt", 0, 30, {}),
    ("inverse_sqrt", 6, 30, {"timescale": 3}),
]
SMOOTHING = 0.1
FULL_MODELS = ["gqa_tied", "mqa_bias_headdim", "qwen2", "qwen3", "gemma2", "phi3", "gpt_neox"]


def schedule(name, warmup, steps, kwargs):
    optimizer = torch.optim.AdamW([nn.Parameter(torch.zeros(1))], lr=PEAK)
    scheduler = get_scheduler(
        name, optimizer, num_warmup_steps=warmup, num_training_steps=steps, scheduler_specific_kwargs=kwargs
    )
    rates = []
    for _ in range(steps):
        rates.append(scheduler.get_last_lr()[0])
        optimizer.step()
        scheduler.step()
    return {
        "lr_scheduler_type": name,
        "learning_rate": PEAK,
        "warmup_steps": warmup,
        "max_steps": steps,
        "lr_scheduler_kwargs": kwargs,
        "learning_rates": rates,
    }


def label_smoothing(parity, case):
    """The smoothed loss of a case's examples, and the gradient's norm: by LabelSmoother, and by torch itself."""
    folder = parity / case
    base = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager")
    model = PeftModel.from_pretrained(base, folder / "adapter", is_trainable=True)
    examples = json.loads((folder / "expected.json").read_text())["examples"]
    count = sum(len(each["completion_ids"]) for each in examples)
    smoother = LabelSmoother(epsilon=SMOOTHING)
    by_transformers, by_torch = 0.0, 0.0
    for each in examples:
        ids = torch.tensor([each["prompt_ids"] + each["completion_ids"]])
        labels = ids.clone()
        labels[0, : len(each["prompt_ids"])] = -100
        logits = model(input_ids=ids, use_cache=False).logits
        loss = smoother({"logits": logits}, labels, shift_labels=True, num_items_in_batch=count)
        loss.backward()
        by_transformers += loss.item()
        by_torch += nn.functional.cross_entropy(
            logits[0, :-1], labels[0, 1:], reduction="sum", label_smoothing=SMOOTHING
        ).item() / count
    squares = sum(p.grad.double().pow(2).sum().item() for p in model.parameters() if p.grad is not None)
    return {
        "case": case,
        "label_smoothing_factor": SMOOTHING,
        "loss": by_transformers,
        "loss_by_torch": by_torch,
        "grad_norm": math.sqrt(squares),
    }


def decaying(parity, case):
    """Names, as in the case's files, of the weights that decay. The rule asks nothing of the Trainer it is a method of."""
    model = AutoModelForCausalLM.from_pretrained(parity / case)
    names = set(Trainer.get_decay_parameter_names(None, model))
    names &= {name for name, _ in model.named_parameters()}  # each tied weight once
    if case.startswith("gpt_neox"):
        names = {name.replace("lm_head", "embed_out") for name in names}
    return sorted(names)


def main():
    parity, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    torch.set_num_threads(1)
    text = json.dumps(
        {
            "schedules": [schedule(*each) for each in SCHEDULES],
            "label_smoothing": [label_smoothing(parity, case) for case in ("gqa_tied", "gemma2")],
            "weight_decay": {case: decaying(parity, case) for case in FULL_MODELS},
        },
        indent=1,
    )
    output.write_text(text + "\n")


if __name__ == "__main__":
    main()
