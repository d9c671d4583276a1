"""Attributions of a corpus file by a trained model, in the shape the scorer reads; also fits the score.

SAYSO_DATA=… python tools/attribution_predict.py predict --model FOLDER --part dev --out pred.jsonl
SAYSO_DATA=… python tools/attribution_predict.py calibrate --model FOLDER
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from attribution_data import data_folder, read_documents, split_train

from sayso.stages.attribution.link import FEATURES, Link, features_of
from sayso.stages.attribution.tagger import links_of
from sayso.stages.attribution.tagger_input import paragraphs_of
from sayso.stages.attribution.tagger_model import Model, load_model

WORD_BREAK = set(" \t\n\r\xa0")


def documents_of(part: str) -> list[dict[str, Any]]:
    """`dev`, or a part of the training file: `fit`, `tune`, `heldout`."""
    folder = data_folder() / "attribution"
    if part == "dev":
        return read_documents(folder / "polnear_dev.jsonl")
    return split_train(read_documents(folder / "polnear_train.jsonl"))[part]


def found_in(model: Model, document: dict[str, Any]) -> list[Link]:
    return links_of(model, document["text"], paragraphs_of(document["text"]))


def score_of(weights: dict[str, float] | None, link: Link) -> float:
    if weights is None:
        return min(link.to_cue, link.to_source)
    total = weights["bias"] + sum(weights[n] * v for n, v in zip(FEATURES, features_of(link), strict=True))
    return float(1 / (1 + np.exp(-total)))


def row_of(link: Link, score: float, number: int) -> dict[str, Any]:
    return {
        "id": f"a{number}",
        "source": [link.source.span.as_list()] if link.source else [],
        "cue": [link.cue.span.as_list()],
        "content": [c.span.as_list() for c in link.contents],
        "score": round(score, 4),
    }


def weights_in(folder: Path) -> dict[str, float] | None:
    path = folder / "linker-v1.json"
    return json.loads(path.read_text("utf-8"))["weights"] if path.exists() else None


def predict(args: argparse.Namespace) -> None:
    model, weights = load_model(args.model), weights_in(args.model)
    with args.out.open("w", encoding="utf-8") as out:
        for document in documents_of(args.part):
            scored = [(link, score_of(weights, link)) for link in found_in(model, document)]
            rows = [row_of(link, p, n) for n, (link, p) in enumerate(scored) if p >= args.min_score]
            out.write(json.dumps({"doc_id": document["doc_id"], "attributions": rows}) + "\n")


def right(document: dict[str, Any], links: list[Link]) -> list[bool]:
    """Whether each link has a gold attribution of its own: content Jaccard ≥ .5 and the source shares a word."""
    text = document["text"]
    gold = [(_words(text, a["content"]), _words(text, a["source"])) for a in document["attributions"]]
    spans = [([c.span for c in k.contents], [k.source.span] if k.source else []) for k in links]
    mine = [tuple(_words(text, [s.as_list() for s in part]) for part in both) for both in spans]
    pairs = sorted(
        ((len(c & g) / len(c | g), i, j) for i, (c, _) in enumerate(mine) for j, (g, _) in enumerate(gold) if c & g),
        key=lambda pair: (-pair[0], pair[1:]),
    )
    out, used = [False] * len(links), set()
    done: set[int] = set()
    for jaccard, i, j in pairs:
        if i in done or j in used or jaccard < 0.5:
            continue
        done.add(i)
        used.add(j)
        out[i] = bool(mine[i][1] & gold[j][1]) or not (mine[i][1] or gold[j][1])
    return out


def _words(text: str, spans: list[list[int]]) -> set[int]:
    return {i for start, end in spans for i in _word_starts(text, start, end)}


def _word_starts(text: str, start: int, end: int) -> Iterator[int]:
    for i in range(start, end):
        if text[i].isalnum() and (i == 0 or not text[i - 1].isalnum()):
            yield i


def samples(model: Model, part: str) -> tuple[np.ndarray, np.ndarray]:
    features: list[list[float]] = []
    answers: list[bool] = []
    for document in documents_of(part):
        links = found_in(model, document)
        features += [features_of(link) for link in links]
        answers += right(document, links)
    return np.array(features), np.array(answers)


def calibration_error(p: np.ndarray, y: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over bins of equal width."""
    where = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum(abs(p[where == b].mean() - y[where == b].mean()) * (where == b).mean() for b in set(where)))


def calibrate(args: argparse.Namespace) -> None:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    model = load_model(args.model)
    x, y = samples(model, "tune")
    scaler = StandardScaler().fit(x)
    fitted = LogisticRegression(C=0.3, max_iter=2000).fit(scaler.transform(x), y)
    weights = fitted.coef_[0] / scaler.scale_
    bias = float(fitted.intercept_[0] - (weights * scaler.mean_).sum())
    values = {"bias": round(bias, 5), **{n: round(float(w), 5) for n, w in zip(FEATURES, weights, strict=True)}}
    (args.model / "linker-v1.json").write_text(json.dumps({"weights": values}, indent=1) + "\n", "utf-8")
    for part in ("tune", "heldout", "dev"):
        x, y = samples(model, part)
        p = 1 / (1 + np.exp(-(x @ weights + bias)))
        print(part, "links", len(y), "right", round(float(y.mean()), 3), "ECE", round(calibration_error(p, y), 3))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["predict", "calibrate"])
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--part", default="dev")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--min-score", type=float, default=0.0)
    args = parser.parse_args()
    {"predict": predict, "calibrate": calibrate}[args.command](args)
