"""Attributions of a corpus file by a trained model, in the shape the scorer reads; or fit links and score alone.

SAYSO_DATA=… python tools/attribution_predict.py predict --model FOLDER --part dev --out pred.jsonl
SAYSO_DATA=… python tools/attribution_predict.py link --model FOLDER
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from attribution_linker import documents_of, fit_links

from sayso.stages.attribution.link import Link, LinkWeights, probability
from sayso.stages.attribution.tagger import links_of
from sayso.stages.attribution.tagger_input import paragraphs_of
from sayso.stages.attribution.tagger_model import LINKER, Model, load_model


def scored(model: Model, weights: LinkWeights, document: dict[str, Any]) -> list[tuple[Link, float]]:
    links = links_of(model, weights, document["text"], paragraphs_of(document["text"]))
    return [(link, probability(link, weights)) for link in links]


def row_of(link: Link, score: float, number: int) -> dict[str, Any]:
    return {
        "id": f"a{number}",
        "source": [link.source.span.as_list()] if link.source else [],
        "cue": [link.cue.span.as_list()],
        "content": [c.span.as_list() for c in link.contents],
        "score": round(score, 4),
    }


def predict(args: argparse.Namespace) -> None:
    model, weights = load_model(args.model), LinkWeights.read(args.model / LINKER)
    with args.out.open("w", encoding="utf-8") as out:
        for document in documents_of(args.part):
            found = enumerate(scored(model, weights, document))
            rows = [row_of(link, p, n) for n, (link, p) in found if p >= args.min_score]
            out.write(json.dumps({"doc_id": document["doc_id"], "attributions": rows}) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["predict", "link"])
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--part", default="dev")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--min-score", type=float, default=0.0)
    args = parser.parse_args()
    if args.command == "predict":
        predict(args)
    else:
        fit_links(args.model)
