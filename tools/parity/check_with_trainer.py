"""Repeats the fixtures' training with Hugging Face's own Trainer and TRL's SFTTrainer and compares the numbers.

    python check_with_trainer.py FIXTURES_FOLDER

The fixtures come from short loops (reference.py); this shows that the loops mean what the libraries mean.
"""

import json
import sys
import tempfile
from pathlib import Path

import torch
import transformers
from datasets import Dataset
from transformers import AutoTokenizer, DataCollatorForSeq2Seq, Trainer, TrainingArguments
from trl import SFTConfig, SFTTrainer

from folders import load, load_adapter
from reference import greedy

TOLERANCES = {"loss": 1e-5, "grad_norm": 1e-4, "learning_rate": 1e-9}


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8"))


def arguments_for(settings, folder, kind=TrainingArguments, **more):
    return kind(
        output_dir=folder,
        logging_steps=1,
        logging_nan_inf_filter=False,
        train_sampling_strategy="sequential",
        save_strategy="no",
        report_to=[],
        use_cpu=True,
        bf16=False,
        optim="adamw_torch",
        disable_tqdm=True,
        **settings,
        **more,
    )


def labelled(rows):
    def one(row):
        prompt, completion = row["prompt_ids"], row["completion_ids"]
        ids = prompt + completion
        return {"input_ids": ids, "attention_mask": [1] * len(ids), "labels": [-100] * len(prompt) + completion}

    return Dataset.from_list([one(row) for row in rows])


def history(trainer):
    trainer.train()
    return [line for line in trainer.state.log_history if "loss" in line]


def train_rows(model, rows, settings, tokenizer_folder, folder):
    tokenizer = AutoTokenizer.from_pretrained(tokenizer_folder)
    return history(
        Trainer(
            model=model,
            args=arguments_for(settings, folder, label_names=["labels"]),
            train_dataset=labelled(rows),
            data_collator=DataCollatorForSeq2Seq(tokenizer),
        )
    )


def train_texts(model, text_folder, settings, folder):
    """TRL on data.jsonl: the tokenizer puts <s> before the prompt, TRL </s> after the completion."""
    lines = (text_folder / "data.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    tokenizer = AutoTokenizer.from_pretrained(text_folder)
    return history(
        SFTTrainer(
            model=model,
            args=arguments_for(settings, folder, SFTConfig, max_length=512, gradient_checkpointing=False),
            train_dataset=Dataset.from_list(rows),
            processing_class=tokenizer,
        )
    )


def compare(name, ours, theirs):
    assert len(ours["steps"]) == len(theirs), f"{name}: {len(ours['steps'])} steps, the Trainer made {len(theirs)}"
    pairs = list(zip(ours["steps"], theirs))
    worst = {key: max(abs(a[key] - b[key]) for a, b in pairs) for key in TOLERANCES}
    print(f"{name}: largest differences " + ", ".join(f"{key} {worst[key]:.1e}" for key in TOLERANCES))
    return all(worst[key] < TOLERANCES[key] for key in TOLERANCES)


def check_greedy(folder):
    expected = read_json(folder / "expected.json")["greedy"]
    model = load(folder, torch.float32)
    prompt = torch.tensor([expected["prompt_ids"]])
    count = len(expected["new_ids"])
    made = model.generate(prompt, max_new_tokens=count, min_new_tokens=count, do_sample=False, eos_token_id=None)
    same = made[0, prompt.shape[1] :].tolist() == expected["new_ids"]
    assert greedy(model, expected["prompt_ids"], count)[0] == expected["new_ids"]
    print(f"{folder.name}: generate() gives {'the same' if same else 'OTHER'} ids")
    return same


def check_generation(fixtures):
    cases = sorted(path.parent for path in fixtures.glob("*/expected.json") if path.parent.name != "tiny_tokenizer")
    return [check_greedy(case) for case in cases]


def check_training(fixtures, scratch):
    text = fixtures / "tiny_llama_with_tokenizer"
    good = []

    def check(case, adapter, expected_file, run):
        for kind, expected in read_json(case / expected_file).items():
            model = load(case, torch.float32)
            if adapter:
                model = load_adapter(model, case / adapter)
            good.append(compare(f"{case.name} {expected_file} {kind}", expected, run(model, expected["settings"])))

    for name in ("gqa_tied", "mha_untied"):
        rows = read_json(fixtures / name / "expected.json")["examples"]

        def run_rows(model, settings):
            return train_rows(model, rows, settings, text, scratch)

        check(fixtures / name, "adapter", "expected_training.json", run_rows)
        if name == "gqa_tied":
            check(fixtures / name, None, "expected_full_training.json", run_rows)

    def run_texts(model, settings):
        return train_texts(model, text, settings, scratch)

    check(text, "init_adapter", "expected_cli_training.json", run_texts)
    return good


def main(arguments):
    if len(arguments) != 1:
        raise SystemExit(__doc__)
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    torch.set_num_threads(1)
    fixtures = Path(arguments[0])
    with tempfile.TemporaryDirectory() as scratch:
        good = check_generation(fixtures) + check_training(fixtures, scratch)
    if not all(good):
        raise SystemExit("some numbers differ")


if __name__ == "__main__":
    main(sys.argv[1:])
