"""Uses a Hugging Face cache as Python's own tools do, for HubCacheWithPythonTest.

    python hub_cache.py load REPOSITORY        what from_pretrained fetches or finds; prints the number of parameters
    python hub_cache.py snapshot REPOSITORY    every file of the repository; prints the folder

The environment says where the hub and the cache are (HF_ENDPOINT, HF_HUB_CACHE) and whether to stay offline.
"""

import sys

from huggingface_hub import snapshot_download


def load(repository: str) -> str:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(repository)
    model = AutoModelForCausalLM.from_pretrained(repository)
    ids = tokenizer("SELECT 1", return_tensors="pt").input_ids
    loss = model(ids, labels=ids).loss.item()
    if not loss > 0:
        raise ValueError(f"the loss is {loss}")
    return str(sum(parameter.numel() for parameter in model.parameters()))


def main() -> None:
    command, repository = sys.argv[1:]
    if command == "load":
        print(load(repository))
    elif command == "snapshot":
        print(snapshot_download(repository))
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
