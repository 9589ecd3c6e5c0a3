"""The reference arithmetic: losses, gradients and training steps, one unpadded row at a time.

Everything here is plain PyTorch around a Hugging Face model, so that each number in the fixtures has
one short definition. `check_with_trainer.py` compares these loops with Hugging Face's own Trainer.
"""

from dataclasses import dataclass

import torch
from torch.nn import functional
from transformers import get_constant_schedule, get_cosine_schedule_with_warmup

# The parameters that Hugging Face's Trainer exempts from weight decay (Trainer.get_decay_parameter_names).
NO_DECAY_NAMES = ("bias", "layernorm", "norm.")


@dataclass(frozen=True)
class Row:
    """One example as token ids. Only the completion's tokens are targets."""

    prompt_ids: list[int]
    completion_ids: list[int]

    def to_json(self):
        return {"prompt_ids": self.prompt_ids, "completion_ids": self.completion_ids}


@dataclass(frozen=True)
class TrainingSettings:
    steps: int
    learning_rate: float
    batch_size: int
    accumulation: int
    scheduler: str = "constant"
    warmup_steps: int = 0
    weight_decay: float = 0.01
    max_grad_norm: float = 1.0
    adam_beta1: float = 0.9
    adam_beta2: float = 0.999
    adam_epsilon: float = 1e-8

    def to_json(self):
        return {
            "max_steps": self.steps,
            "learning_rate": self.learning_rate,
            "per_device_train_batch_size": self.batch_size,
            "gradient_accumulation_steps": self.accumulation,
            "lr_scheduler_type": self.scheduler,
            "warmup_steps": self.warmup_steps,
            "weight_decay": self.weight_decay,
            "max_grad_norm": self.max_grad_norm,
            "adam_beta1": self.adam_beta1,
            "adam_beta2": self.adam_beta2,
            "adam_epsilon": self.adam_epsilon,
        }


def completion_logits(model, row):
    """Logits [T, V] that predict the row's T completion tokens, and those tokens [T]."""
    ids = torch.tensor([row.prompt_ids + row.completion_ids])
    logits = model(input_ids=ids, use_cache=False).logits[0]
    first = len(row.prompt_ids) - 1
    return logits[first:-1], ids[0, first + 1 :]


def summed_loss(model, row):
    logits, targets = completion_logits(model, row)
    return functional.cross_entropy(logits, targets, reduction="sum")


def target_tokens(rows):
    return sum(len(row.completion_ids) for row in rows)


@torch.no_grad()
def evaluate(model, rows):
    """Mean cross-entropy and argmax accuracy over all completion tokens of all rows together."""
    loss, correct = 0.0, 0
    for row in rows:
        logits, targets = completion_logits(model, row)
        loss += functional.cross_entropy(logits, targets, reduction="sum").item()
        correct += (logits.argmax(-1) == targets).sum().item()
    count = target_tokens(rows)
    return {"loss": loss / count, "token_accuracy": correct / count, "target_tokens": count}


@torch.no_grad()
def greedy(model, prompt_ids, count, eos_token_id=None):
    """Greedy ids, up to and without the end-of-sequence id if one is given, and the smallest gap between best and second best."""
    ids, smallest_gap = list(prompt_ids), float("inf")
    for _ in range(count):
        best = model(input_ids=torch.tensor([ids]), use_cache=False).logits[0, -1].topk(2)
        smallest_gap = min(smallest_gap, (best.values[0] - best.values[1]).item())
        if best.indices[0].item() == eos_token_id:
            break
        ids.append(best.indices[0].item())
    return ids[len(prompt_ids) :], smallest_gap


def backward(model, rows):
    """Adds the gradient of (sum of target losses / number of targets) and returns that loss."""
    count = target_tokens(rows)
    loss = 0.0
    for row in rows:
        term = summed_loss(model, row) / count
        term.backward()
        loss += term.item()
    return loss


def steps_of_rows(rows, settings):
    """The rows of each optimizer step, as Hugging Face's Trainer takes them without shuffling.

    An epoch is cut into batches (the last may be short), the batches into groups of `accumulation`
    (the last group may be short); a step never crosses the end of an epoch.
    """
    per_step = settings.batch_size * settings.accumulation
    while True:
        for start in range(0, len(rows), per_step):
            yield rows[start : start + per_step]


def optimizer_for(model, settings):
    named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
    exempt = {name for name, _ in named if any(word in name for word in NO_DECAY_NAMES)}
    groups = [
        {"params": [p for name, p in named if name not in exempt], "weight_decay": settings.weight_decay},
        {"params": [p for name, p in named if name in exempt], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(
        [group for group in groups if group["params"]],
        lr=settings.learning_rate,
        betas=(settings.adam_beta1, settings.adam_beta2),
        eps=settings.adam_epsilon,
        foreach=False,
    )


def scheduler_for(optimizer, settings):
    if settings.scheduler == "constant":
        return get_constant_schedule(optimizer)
    if settings.scheduler == "cosine":
        return get_cosine_schedule_with_warmup(optimizer, settings.warmup_steps, settings.steps)
    raise ValueError(f"unknown scheduler {settings.scheduler}: use constant or cosine")


def train(model, rows, settings):
    """Trains the model in place. Returns one record a step: the loss is taken before the update."""
    optimizer = optimizer_for(model, settings)
    scheduler = scheduler_for(optimizer, settings)
    trainable = [p for p in model.parameters() if p.requires_grad]
    history = []
    batches = steps_of_rows(rows, settings)
    for step in range(1, settings.steps + 1):
        batch = next(batches)
        loss = backward(model, batch)
        grad_norm = torch.nn.utils.clip_grad_norm_(trainable, settings.max_grad_norm).item()
        learning_rate = scheduler.get_last_lr()[0]
        optimizer.step()
        scheduler.step()
        optimizer.zero_grad()
        history.append(
            {
                "step": step,
                "loss": loss,
                "grad_norm": grad_norm,
                "learning_rate": learning_rate,
                "examples": len(batch),
                "target_tokens": target_tokens(batch),
            }
        )
    return history
