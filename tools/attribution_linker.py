"""Fit what links spans and what scores the result, on documents the encoder did not learn from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from attribution_data import data_folder, read_documents, split_train

from sayso.model import Span
from sayso.stages.attribution.link import (
    FEATURES,
    PAIR,
    Link,
    LinkWeights,
    Mark,
    features_of,
    link,
    pair_features,
    probability,
)
from sayso.stages.attribution.link_points import Window
from sayso.stages.attribution.tagger import windows_of
from sayso.stages.attribution.tagger_input import paragraphs_of
from sayso.stages.attribution.tagger_model import LINKER, Model, load_model

Read = list[tuple[dict[str, Any], list[Window]]]


def documents_of(part: str) -> list[dict[str, Any]]:
    """`dev`, or a part of the training file: `fit`, `tune`, `heldout`."""
    folder = data_folder() / "attribution"
    if part == "dev":
        return read_documents(folder / "polnear_dev.jsonl")
    return split_train(read_documents(folder / "polnear_train.jsonl"))[part]


def read_all(model: Model, documents: Iterable[dict[str, Any]]) -> Read:
    return [(d, windows_of(model, d["text"], paragraphs_of(d["text"]))) for d in documents]


def fit_links(folder: Path, documents: list[dict[str, Any]] | None = None) -> None:
    """Fit links and score on `documents`, by default `tune`, and write them beside the model.

    Prints the calibration on every part of the corpus, which is only measured by that.
    """
    model = load_model(folder)
    weights = learn(read_all(model, documents or documents_of("tune")), folder / LINKER)
    for part in ("tune", "heldout", "dev"):
        p, y = judged(read_all(model, documents_of(part)), weights)
        print(part, "links", len(y), "right", round(float(y.mean()), 3), "ECE", round(calibration_error(p, y), 3))


def learn(read: Read, path: Path) -> LinkWeights:
    known: dict[str, dict[str, float]] = {}
    for name, choice in (("to_cue", 0), ("to_source", 1)):
        pairs = [_pairs(document, window, choice) for document, windows in read for window in windows]
        values = _logistic(np.concatenate([x for x, _ in pairs])[:, 1:], np.concatenate([y for _, y in pairs]))
        known[name] = {"bias": values[0], **dict(zip(PAIR[1:], values[1:], strict=True))}
    known["score"] = {"bias": 0.0, **dict.fromkeys(FEATURES, 0.0)}
    path.write_text(json.dumps(known), "utf-8")
    weights = LinkWeights.read(path)
    x, y = _scored(read, weights)
    values = _logistic(x, y)
    known["score"] = dict(zip(("bias", *FEATURES), values, strict=True))
    path.write_text(json.dumps(known, indent=1) + "\n", "utf-8")
    return LinkWeights.read(path)


def judged(read: Read, weights: LinkWeights) -> tuple[np.ndarray, np.ndarray]:
    """Score and truth of every link."""
    p = [probability(one, weights) for _, ws in read for one in links_in(ws, weights)]
    return np.array(p), _scored(read, weights)[1]


def links_in(windows: Sequence[Window], weights: LinkWeights) -> list[Link]:
    return [one for w in windows for one in link(w.marks, w.to_cue, w.to_source, weights)]


def calibration_error(p: np.ndarray, y: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over bins of equal width."""
    where = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum(abs(p[where == b].mean() - y[where == b].mean()) * (where == b).mean() for b in set(where)))


def right(document: dict[str, Any], links: Sequence[Link]) -> list[bool]:
    """Whether each link has a gold attribution of its own: content Jaccard ≥ .5 and the source shares a word."""
    text = document["text"]
    gold = [tuple(_words(text, _spans(a[role])) for role in ("content", "source")) for a in document["attributions"]]
    parts = [([c.span for c in k.contents], [k.source.span] if k.source else []) for k in links]
    mine = [tuple(_words(text, part) for part in both) for both in parts]
    pairs = sorted(
        ((len(c & g) / len(c | g), i, j) for i, (c, _) in enumerate(mine) for j, (g, _) in enumerate(gold) if c & g),
        key=lambda pair: (-pair[0], pair[1:]),
    )
    out = [False] * len(links)
    done: set[int] = set()
    used: set[int] = set()
    for jaccard, i, j in pairs:
        if i in done or j in used or jaccard < 0.5:
            continue
        done.add(i)
        used.add(j)
        out[i] = bool(mine[i][1] & gold[j][1]) or not (mine[i][1] or gold[j][1])
    return out


def _pairs(document: dict[str, Any], window: Window, choice: int) -> tuple[np.ndarray, np.ndarray]:
    """Features and truth of every pair of one window whose origin is right; pairs of doubtful origins are left out."""
    origin_role, goal_role = (("content", "cue"), ("cue", "source"))[choice]
    origins = [m for m in window.marks if m.role == origin_role]
    goals = [m for m in window.marks if m.role == goal_role]
    x = pair_features(origins, goals, window.to_source if choice else window.to_cue)
    rows, truth = [], []
    for row, origin in enumerate(origins):
        own = max(document["attributions"], key=lambda a: _shared(origin, a[origin_role]), default=None)
        if own is None or 2 * _shared(origin, own[origin_role]) < len(origin.span):
            continue
        found = [_shared(goal, own[goal_role]) > 0 for goal in goals]
        columns = range(0 if choice else 1, len(goals) + 1)
        rows += [x[row, column] for column in columns]
        truth += [not own[goal_role] if column == 0 else found[column - 1] for column in columns]
    return np.array(rows).reshape(-1, len(PAIR)), np.array(truth, bool)


def _scored(read: Read, weights: LinkWeights) -> tuple[np.ndarray, np.ndarray]:
    features: list[list[float]] = []
    truth: list[bool] = []
    for document, windows in read:
        links = links_in(windows, weights)
        features += [features_of(one) for one in links]
        truth += right(document, links)
    return np.array(features), np.array(truth)


def _logistic(x: np.ndarray, y: np.ndarray) -> list[float]:
    """Bias and weights in the features' own units, rounded as they are stored."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(x)
    fitted = LogisticRegression(C=0.3, max_iter=3000).fit(scaler.transform(x), y)
    weights = fitted.coef_[0] / scaler.scale_
    bias = float(fitted.intercept_[0] - (weights * scaler.mean_).sum())
    return [round(v, 5) for v in (bias, *weights.tolist())]


def _shared(mark: Mark, spans: list[list[int]]) -> int:
    return sum(max(0, min(mark.span.end, e) - max(mark.span.start, s)) for s, e in spans)


def _spans(spans: list[list[int]]) -> list[Span]:
    return [Span(start, end) for start, end in spans]


def _words(text: str, spans: Sequence[Span]) -> set[int]:
    return {i for span in spans for i in range(span.start, span.end) if _begins(text, i)}


def _begins(text: str, i: int) -> bool:
    return text[i].isalnum() and (i == 0 or not text[i - 1].isalnum())
