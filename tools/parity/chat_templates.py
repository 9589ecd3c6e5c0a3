"""What transformers makes of chat templates: texts, ids, and the tokens that TRL's assistant_only_loss learns.

    python chat_templates.py CONVERSATIONS.json TOKENIZER_FOLDER OUT.jsonl TEMPLATE_FOLDER...

A line for each template (*.jinja of the folders; "trl" means the ones that TRL ships), conversation, and generation prompt or
none: the text, or the error; the ids of TOKENIZER_FOLDER's tokenizer; and what stands in generation blocks, as characters and
as a mask of the ids. The first lines hold the templates.
"""

import datetime
import importlib.resources
import json
import logging
import pathlib
import sys

import jinja2
import transformers
from transformers.utils import chat_template_utils

logging.disable(logging.WARNING)
TOKENS = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}


class Noon(datetime.datetime):
    """The same day in every run."""

    @classmethod
    def now(cls, tz=None):
        return cls(2026, 11, 5, 12, 0, 0)


def folders(names):
    for name in names:
        path = importlib.resources.files("trl") / "chat_templates" if name == "trl" else pathlib.Path(name)
        yield from sorted((each.name, each.read_text(encoding="utf-8")) for each in path.iterdir() if each.name.endswith(".jinja"))


def rendered(tokenizer, template, conversation, prompt):
    try:
        texts, spans = chat_template_utils.render_jinja_template(
            [conversation],
            chat_template=template,
            add_generation_prompt=prompt,
            return_assistant_tokens_mask=True,
            **TOKENS,
        )
        if tokenizer is None:
            return {"text": texts[0], "generated": spans[0]}
        encoded = tokenizer.apply_chat_template(
            conversation,
            chat_template=template,
            add_generation_prompt=prompt,
            return_dict=True,
            return_assistant_tokens_mask=True,
            **TOKENS,
        )
    except (jinja2.exceptions.TemplateError, TypeError, KeyError, AttributeError) as e:
        return {"error": f"{type(e).__name__}: {e}"}
    except (ValueError, IndexError) as e:
        # An empty generation block has no last character.
        return {"text": texts[0], "generated": spans[0], "ids": tokenizer(texts[0], add_special_tokens=False)["input_ids"]}
    return {
        "text": texts[0],
        "generated": spans[0],
        "ids": encoded["input_ids"],
        "mask": encoded["assistant_masks"],
    }


def main():
    conversations = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    tokenizer = None if sys.argv[2] == "-" else transformers.AutoTokenizer.from_pretrained(sys.argv[2])
    chat_template_utils.datetime = Noon
    templates = dict(folders(sys.argv[4:]))
    with open(sys.argv[3], "w", encoding="utf-8") as out:
        for name, template in templates.items():
            out.write(json.dumps({"name": name, "template": template}) + "\n")
        for name, template in templates.items():
            for index, conversation in enumerate(conversations):
                for prompt in (False, True):
                    row = {"name": name, "conversation": index, "add_generation_prompt": prompt}
                    row.update(rendered(tokenizer, template, conversation, prompt))
                    out.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
