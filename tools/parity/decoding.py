"""Writes what transformers' logits processors and beam search give.

    python decoding.py ../../model/src/test/resources/parity ../../model/src/test/resources/decoding.json

The models of the first folder must be there (generate_fixtures.py).
"""

import json
import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, GenerationConfig
from transformers.generation.logits_process import (
    LogitsProcessorList,
    MinPLogitsWarper,
    RepetitionPenaltyLogitsProcessor,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
)

# temperature, top_k, top_p, min_p, repetition_penalty
SAMPLING = [
    (1.0, 0, 1.0, 0.0, 1.0),
    (0.7, 0, 1.0, 0.0, 1.0),
    (1.0, 5, 1.0, 0.0, 1.0),
    (1.0, 0, 0.8, 0.0, 1.0),
    (1.0, 0, 0.3, 0.0, 1.0),
    (1.0, 0, 1.0, 0.1, 1.0),
    (1.0, 0, 1.0, 0.0, 1.3),
    (1.0, 0, 1.0, 0.0, 0.7),
    (1.5, 20, 0.9, 0.05, 1.2),
    (0.4, 8, 0.95, 0.02, 1.1),
    (2.5, 40, 0.99, 0.2, 1.5),
]

# case, prompt's length, beams, length penalty, eos ids, new tokens, repetition penalty
BEAMS = [
    ("gqa_tied", 8, 2, 1.0, [7], 10, 1.0),
    ("gqa_tied", 12, 4, 1.0, [7, 11], 16, 1.0),
    ("gqa_tied", 12, 4, 0.0, [20, 21, 22, 23, 24, 25], 16, 1.0),
    ("gqa_tied", 5, 3, 2.0, list(range(30, 50)), 12, 1.0),
    ("gqa_tied", 5, 3, -1.0, list(range(60, 80)), 12, 1.0),
    ("mha_untied", 9, 5, 1.0, list(range(3, 30)), 20, 1.0),
    ("mha_untied", 9, 4, 0.6, [], 8, 1.3),
    ("mqa_bias_headdim", 17, 4, 1.0, list(range(40, 60)), 20, 1.1),
    ("tiny_llama_with_tokenizer", 0, 4, 1.0, [2], 40, 1.0),
    ("tiny_llama_with_tokenizer", 1, 3, 2.0, [2], 40, 1.0),
]


def processors(temperature, top_k, top_p, min_p, penalty):
    """In the order in which generate() applies them."""
    chosen = LogitsProcessorList()
    if penalty != 1:
        chosen.append(RepetitionPenaltyLogitsProcessor(penalty))
    if temperature != 1:
        chosen.append(TemperatureLogitsWarper(temperature))
    if top_k:
        chosen.append(TopKLogitsWarper(top_k))
    if top_p < 1:
        chosen.append(TopPLogitsWarper(top_p))
    if min_p:
        chosen.append(MinPLogitsWarper(min_p))
    return chosen


def sampling_case(settings, seed):
    generator = torch.Generator().manual_seed(seed)
    scores = torch.randn((1, 60), generator=generator) * 3
    seen = torch.randint(0, 60, (1, 12), generator=generator)
    processed = processors(*settings)(seen, scores.clone())
    return {
        **dict(zip(["temperature", "top_k", "top_p", "min_p", "repetition_penalty"], settings)),
        "seen": seen[0].tolist(),
        "scores": scores[0].tolist(),
        "processed": [None if x == float("-inf") else x for x in processed[0].tolist()],
    }


def prompt_of(folder, case, length):
    if case == "tiny_llama_with_tokenizer":
        return json.loads((folder / case / "expected_eval.json").read_text())["examples"][length]["prompt_ids"]
    generator = torch.Generator().manual_seed(length)
    return torch.randint(3, 67, (length,), generator=generator).tolist()


def until(ids, stops):
    for place, each in enumerate(ids):
        if each in stops:
            return ids[:place]
    return ids


@torch.no_grad()
def beam_case(folder, case, length, beams, length_penalty, eos, new_tokens, penalty):
    model = AutoModelForCausalLM.from_pretrained(folder / case, dtype=torch.float32, attn_implementation="eager")
    prompt = prompt_of(folder, case, length)
    config = GenerationConfig(
        num_beams=beams,
        num_return_sequences=beams,
        do_sample=False,
        length_penalty=length_penalty,
        eos_token_id=eos or None,
        pad_token_id=0,
        max_new_tokens=new_tokens,
        repetition_penalty=penalty,
        return_dict_in_generate=True,
        output_scores=True,
    )
    model.generation_config = GenerationConfig()
    ids = torch.tensor([prompt])
    made = model.generate(ids, attention_mask=torch.ones_like(ids), generation_config=config)
    # A text that ended early is padded: its length is told by the beam that each of its tokens came from.
    lengths = (made.beam_indices >= 0).sum(-1).tolist()
    return {
        "case": case,
        "prompt": prompt,
        "num_beams": beams,
        "length_penalty": length_penalty,
        "eos": eos,
        "max_new_tokens": new_tokens,
        "repetition_penalty": penalty,
        "ids": [
            until(row[len(prompt) : len(prompt) + count], eos)
            for row, count in zip(made.sequences.tolist(), lengths)
        ],
        "scores": made.sequences_scores.tolist(),
    }


def main(folder, output):
    torch.set_num_threads(1)
    result = {
        "sampling": [sampling_case(each, seed) for seed, each in enumerate(SAMPLING)],
        "beams": [beam_case(folder, *each) for each in BEAMS],
    }
    output.write_text(json.dumps(result, separators=(",", ":")) + "\n")


main(Path(sys.argv[1]), Path(sys.argv[2]))
