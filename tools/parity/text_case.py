"""The text cases: a tiny byte-level BPE tokenizer, a model to match, and text-to-SQL rows to train on."""

import json
import shutil

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import AutoTokenizer

import cases
import reference
from folders import load, load_adapter, run_training, save_adapter, save_case, unlearned_adapter, write_json
from reference import Row, TrainingSettings

VOCAB_SIZE = 384
NEW_TOKENS = 40
BOS, EOS, PAD = "<s>", "</s>", "<pad>"
HALF_LEARNED_STEPS = TrainingSettings(steps=9, learning_rate=1e-2, batch_size=12, accumulation=1)
CLI_STEPS = TrainingSettings(steps=12, learning_rate=5e-3, batch_size=2, accumulation=3)
WHOLE_FILE_STEPS = TrainingSettings(steps=12, learning_rate=5e-3, batch_size=2, accumulation=6)

MUSIC = "TABLE: singer (id (number), name (text), country (text), age (number))\nTABLE: concert (id (number), title (text), year (number), singer_id (number))"
SHOP = "TABLE: product (id (number), name (text), price (number))\nTABLE: sale (id (number), product_id (number), city (text), amount (number))"
QUESTIONS = [
    (MUSIC, "How many singers are there?", "SELECT count(*) FROM singer"),
    (MUSIC, "List the names of all singers by age.", "SELECT name FROM singer ORDER BY age"),
    (MUSIC, "Which concerts took place in 2014?", "SELECT title FROM concert WHERE year = 2014"),
    (SHOP, "What is the average price?", "SELECT avg(price) FROM product"),
    (SHOP, "Show the cities with sales above 100.", "SELECT DISTINCT city FROM sale WHERE amount > 100"),
    (MUSIC, "How old is the oldest singer from Côte d'Ivoire?", "SELECT max(age) FROM singer WHERE country = 'Côte d''Ivoire'"),
    (SHOP, "Name the cheapest product.", "SELECT name FROM product ORDER BY price LIMIT 1"),
    (SHOP, "How many sales does each product have?", "SELECT T1.name, count(*) FROM product AS T1 JOIN sale AS T2 ON T1.id = T2.product_id GROUP BY T1.id"),
    (MUSIC, "Count the singers of each country.", "SELECT country, count(*) FROM singer GROUP BY country"),
    (MUSIC, "Which singers never gave a concert?", "SELECT name FROM singer WHERE id NOT IN (SELECT singer_id FROM concert)"),
    (SHOP, "What is the total amount sold in Zürich?", "SELECT sum(amount) FROM sale WHERE city = 'Zürich'"),
    (SHOP, "Which products cost more than 10?", "SELECT name FROM product WHERE price > 10"),
]
SAMPLES = [
    "SELECT name FROM singer WHERE age > 20",
    "  two spaces,\ttab\nnewline and 'quotes'",
    "Zürich, Côte d'Ivoire, 東京, 😀",
    "",
    "[INST] Question: how many? [/INST]",
]


def texts():
    return [
        {
            "prompt": f"[INST] Write one SQLite query.\nSchema:\n{schema}\nQuestion: {question} [/INST]\n",
            "completion": sql,
        }
        for schema, question, sql in QUESTIONS
    ]


def train_tokenizer():
    """Byte-level BPE as GPT-2 and Llama 3 use it. Like theirs, it puts <s> first unless told not to."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCAB_SIZE,
        special_tokens=[PAD, BOS, EOS],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator([row["prompt"] + row["completion"] for row in texts()], trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{BOS} $A", pair=f"{BOS} $A {BOS} $B", special_tokens=[(BOS, tokenizer.token_to_id(BOS))]
    )
    return tokenizer


def tokenizer_config():
    return {
        "add_bos_token": True,
        "add_eos_token": False,
        "bos_token": BOS,
        "clean_up_tokenization_spaces": False,
        "eos_token": EOS,
        "model_max_length": 512,
        "pad_token": PAD,
        "tokenizer_class": "PreTrainedTokenizerFast",
    }


def write_tokenizer(folder):
    """tokenizer.json, tokenizer_config.json and expected.json: ids of a few hard texts."""
    folder.mkdir(parents=True, exist_ok=True)
    train_tokenizer().save(str(folder / "tokenizer.json"))
    write_json(folder / "tokenizer_config.json", tokenizer_config())
    tokenizer = AutoTokenizer.from_pretrained(folder)
    encodings = [
        {
            "text": text,
            "ids": tokenizer.encode(text, add_special_tokens=False),
            "ids_with_special_tokens": tokenizer.encode(text),
        }
        for text in SAMPLES
    ]
    for encoding in encodings:
        assert tokenizer.decode(encoding["ids"]) == encoding["text"]
    expected = {
        "vocab_size": len(tokenizer),
        "bos_token_id": tokenizer.bos_token_id,
        "eos_token_id": tokenizer.eos_token_id,
        "pad_token_id": tokenizer.pad_token_id,
        "encodings": encodings,
    }
    write_json(folder / "expected.json", expected)


def row_of(tokenizer, text):
    prompt = tokenizer.encode(text["prompt"], add_special_tokens=False)
    completion = tokenizer.encode(text["completion"], add_special_tokens=False)
    return Row([tokenizer.bos_token_id] + prompt, completion + [tokenizer.eos_token_id])


def write_text_model(folder):
    """A complete model folder with data.jsonl, and what evaluating and training on that file gives."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(folder.parent / "tiny_tokenizer" / name, folder / name)
    lines = [json.dumps(text, ensure_ascii=False) + "\n" for text in texts()]
    (folder / "data.jsonl").write_text("".join(lines), encoding="utf-8")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    rows = [row_of(tokenizer, text) for text in texts()]
    save_case(folder, half_learned_model(rows))
    model = load(folder, torch.float32)
    write_json(
        folder / "expected_eval.json",
        {
            **reference.evaluate(model, rows),
            "examples": [row.to_json() for row in rows],
            "greedy": [greedy_answer(model, tokenizer, row) for row in rows],
        },
    )
    write_cli_training(folder, model, rows)


def greedy_answer(model, tokenizer, row):
    new_ids, gap = reference.greedy(model, row.prompt_ids, NEW_TOKENS, tokenizer.eos_token_id)
    return {"new_ids": new_ids, "text": tokenizer.decode(new_ids), "smallest_logit_gap": gap}


def half_learned_model(rows):
    """A model that has seen the rows, so that accuracy is neither 0 nor 1 and its SQL can be read."""
    model = cases.tiny_llama(VOCAB_SIZE)
    reference.train(model, rows, HALF_LEARNED_STEPS)
    return model


def write_cli_training(folder, model, rows):
    """expected_cli_training.json: twelve steps in file order, and twelve steps on the whole file at once."""
    save_adapter(unlearned_adapter(model, ["q_proj", "v_proj"], 171), folder / "init_adapter")

    def adapted(dtype):
        return load_adapter(model, folder / "init_adapter", dtype)

    trained, in_order = run_training(adapted, rows, CLI_STEPS)
    _, whole_file = run_training(adapted, rows, WHOLE_FILE_STEPS)
    save_adapter(trained, folder / "trained_adapter")
    write_json(folder / "expected_cli_training.json", {"in_order": in_order, "whole_file": whole_file})
