"""Train the block model: python tools/train_blocks.py [--work DIR].

Reads $SAYSO_DATA/pages/{wcxb_dev,andy}.jsonl.gz and writes src/sayso/extract/weights/blocks-*.npz and their model card.
Needs the `train` group (lightgbm, scikit-learn). Sites are parted into folds by a hash of their host; every figure
printed is of sites that the model scored hadn't seen. `--work` keeps the features of pages between runs.
"""

from __future__ import annotations

import argparse
import bisect
import gzip
import hashlib
import json
import os
import pickle
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lightgbm
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier

from sayso.extract.facts import page_facts
from sayso.extract.features import block_features
from sayso.extract.model import COLUMNS
from sayso.extract.segment import segment
from sayso.extract.text import tokens_of
from sayso.extract.tree import parse_html
from sayso.extract.wording import MIN_TOKENS, Wording, marks_of
from sayso.learned import Forest

FOLDS = 5
SETS = ("wcxb_dev", "andy")
WEIGHTS = Path(__file__).parents[1] / "src/sayso/extract/weights"
WORD = re.compile(r"\w+")
SHINGLE = 4
MIN_SITES = 5
"""Sites that a word must stand on to be read."""
MAX_MARKS = 12_000
CRUMB_SHARE = 0.35
"""Share of blocks of fewer than MIN_TOKENS words, all outside the story, that training sees."""
SETTINGS: dict[str, Any] = {
    "objective": "binary",
    "verbosity": -1,
    "num_threads": int(os.environ.get("THREADS", "1")),
    "deterministic": True,
    "force_row_wise": True,
    "seed": 1,
    "max_bin": 63,
    "num_leaves": 31,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 2,
    "learning_rate": 0.08,
}
ROUNDS = 180
WEIGHT_POWER = 0.75
"""A block weighs its words to this power; all blocks of a page weigh the same as those of any other."""


@dataclass(slots=True)
class TrainingPage:
    """One page with gold text, ready to train on."""

    part: str
    fold: int
    texts: list[str]
    tokens: list[list[str]]
    tags: list[str]
    columns: np.ndarray
    """Features without the last column, that of wording."""
    labels: np.ndarray
    gold: Counter[tuple[str, ...]]


# --- labels: gold text aligned to blocks


def labels(texts: Sequence[str], gold: str) -> np.ndarray:
    """1 for a block that stands in the gold text, in its place; 0 for the others.

    A block of at least four words counts if over half of its shingles are the gold's; of copies, as many as the
    gold has, those among other blocks of the story. A shorter one counts if the gold has it between its neighbours.
    """
    wanted = WORD.findall(gold.lower())
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(len(wanted) - SHINGLE + 1):
        places[tuple(wanted[i : i + SHINGLE])].append(i)
    tokens = [WORD.findall(text.lower()) for text in texts]
    out = np.zeros(len(texts))
    spans: dict[int, tuple[int, int]] = {}
    at = 0
    for i, own in enumerate(tokens):
        hits = [k for k in range(len(own) - SHINGLE + 1) if tuple(own[k : k + SHINGLE]) in places]
        if len(own) >= SHINGLE and len(hits) > 0.5 * (len(own) - SHINGLE + 1):
            found = places[tuple(own[hits[0] : hits[0] + SHINGLE])]
            start = min(found, key=lambda place: (place < at - 60, abs(place - at)))
            at = start + len(own)
            spans[i] = (start, at)
            out[i] = 1
    _drop_copies(tokens, wanted, out, spans)
    _add_short(tokens, wanted, out, spans)
    return out


def _drop_copies(
    tokens: list[list[str]], wanted: list[str], out: np.ndarray, spans: dict[int, tuple[int, int]]
) -> None:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for i in spans:
        groups[" ".join(tokens[i])].append(i)
    whole = f" {' '.join(wanted)} "
    for text, rows in groups.items():
        keep = max(1, whole.count(f" {text} ")) if len(rows) > 1 else 1

        def company(i: int) -> tuple[int, int]:
            near = range(max(0, i - 6), min(len(tokens), i + 7))
            return sum(out[j] > 0 and len(tokens[j]) >= 8 for j in near), -i

        for i in sorted(rows, key=company, reverse=True)[keep:]:
            out[i] = 0
            del spans[i]


def _add_short(tokens: list[list[str]], wanted: list[str], out: np.ndarray, spans: dict[int, tuple[int, int]]) -> None:
    long = sorted(spans)
    for i, own in enumerate(tokens):
        if not own or len(own) >= SHINGLE or not long:
            continue
        k = bisect.bisect(long, i)
        low = spans[long[k - 1]][1] - 4 if k else 0
        high = spans[long[k]][0] + 4 if k < len(long) else len(wanted)
        low, high = max(0, low if k else high - 100), min(high, low + 100 if k == len(long) else high)
        out[i] = f" {' '.join(own)} " in f" {' '.join(wanted[low : min(high, low + 3000)])} "


# --- pages


def shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = WORD.findall(text)
    return (
        Counter(tuple(tokens[i : i + SHINGLE]) for i in range(max(1, len(tokens) - SHINGLE + 1)))
        if tokens
        else Counter()
    )


def fold_of(url: str) -> int:
    host = urlsplit(url or "").netloc.removeprefix("www.")
    return int(hashlib.sha256(host.encode()).hexdigest(), 16) % FOLDS


def read_pages(work: Path | None) -> list[TrainingPage]:
    """Pages of both sets; taken from `work` where an earlier run left them."""
    kept = work / "pages.pickle" if work else None
    if kept and kept.exists():
        with kept.open("rb") as handle:
            return pickle.load(handle)
    pages: list[TrainingPage] = []
    for part in SETS:
        with gzip.open(Path(os.environ["SAYSO_DATA"]) / "pages" / f"{part}.jsonl.gz", "rt", encoding="utf-8") as handle:
            pages += [page for line in handle if (page := _page(part, json.loads(line)))]
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with kept.open("wb") as handle:
            pickle.dump(pages, handle)
    return pages


def _page(part: str, record: dict[str, Any]) -> TrainingPage | None:
    gold = record["gold"].get("text")
    tree = parse_html(record["html"])
    blocks = segment(tree)
    if not gold or not blocks:
        return None
    texts = [block.text for block in blocks]
    return TrainingPage(
        part=part,
        fold=fold_of(record["url"]),
        texts=texts,
        tokens=[tokens_of(block) for block in blocks],
        tags=[block.element.tag for block in blocks],
        columns=block_features(blocks, page_facts(tree)),
        labels=labels(texts, gold),
        gold=shingles(gold),
    )


def score(pages: Sequence[TrainingPage], kept: Sequence[np.ndarray]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of shingles for each set, as ../eval/article.py counts them."""
    out = {}
    for part in SETS:
        precision, recall = [], []
        for page, keep in zip(pages, kept, strict=True):
            if page.part == part:
                got = shingles("\n".join(t for t, k in zip(page.texts, keep, strict=True) if k))
                shared = sum((page.gold & got).values())
                if got:
                    precision.append(shared / sum(got.values()))
                recall.append(shared / sum(page.gold.values()))
        p, r = statistics.mean(precision), statistics.mean(recall)
        out[part] = (round(p, 4), round(r, 4), round(2 * p * r / (p + r), 4))
    return out


# --- fitting


def fit_wording(pages: Sequence[TrainingPage]) -> Wording:
    """A linear model of words over the blocks of `pages`."""
    sites: Counter[str] = Counter()
    for page in pages:
        sites.update({mark for own in page.tokens if len(own) >= MIN_TOKENS for mark in marks_of(own)})
    marks = sorted(sorted(sites), key=lambda mark: -sites[mark])[:MAX_MARKS]
    index = {mark: i for i, mark in enumerate(marks) if sites[mark] >= MIN_SITES}
    rows, columns, values, truth, weights = [], [], [], [], []
    for page in pages:
        for own, label in zip(page.tokens, page.labels, strict=True):
            found = sorted({index[mark] for mark in marks_of(own) if mark in index}) if len(own) >= MIN_TOKENS else []
            if found:
                rows += [len(truth)] * len(found)
                columns += found
                values += [len(found) ** -0.5] * len(found)
                truth.append(label)
                weights.append(len(own) ** 0.5)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(truth), len(index)))
    model = SGDClassifier(loss="log_loss", alpha=3e-6, max_iter=12, tol=None, random_state=1, average=True)
    model.fit(matrix, np.array(truth), sample_weight=np.array(weights) / np.mean(weights))
    return quantised({mark: float(model.coef_[0, i]) for mark, i in index.items()}, float(model.intercept_[0]))


def quantised(weights: dict[str, float], bias: float) -> Wording:
    """The model with weights as stored: whole numbers of a shared scale, those of zero left out."""
    scale = max(map(abs, weights.values())) / 127
    rounded = {mark: round(weight / scale) for mark, weight in weights.items()}
    return Wording({m: round(w * scale, 6) for m, w in sorted(rounded.items()) if w}, round(bias, 6))


def fit(pages: Sequence[TrainingPage], columns: Sequence[np.ndarray]) -> Any:
    rng = np.random.default_rng(1)
    parts, truth, weights = [], [], []
    for page, x in zip(pages, columns, strict=True):
        keep = (page.labels > 0) | (x[:, 0] >= MIN_TOKENS) | (rng.random(len(x)) < CRUMB_SHARE)
        weight = np.maximum(1.0, x[:, 0]) ** WEIGHT_POWER
        parts.append(x[keep])
        truth.append(page.labels[keep])
        weights.append((weight / weight.sum() * 100)[keep])
    table, labels = np.vstack(parts), np.concatenate(truth)
    data = lightgbm.Dataset(table, labels, weight=np.concatenate(weights), feature_name=list(COLUMNS))
    return lightgbm.train(SETTINGS, data, num_boost_round=ROUNDS)


def others(pages: Sequence[Any], fold: int, folds: Sequence[int]) -> list[Any]:
    return [page for page, f in zip(pages, folds, strict=True) if f != fold]


def cross_validate(pages: list[TrainingPage]) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Columns and probabilities of every page by models that saw none of its site."""
    folds = [page.fold for page in pages]
    columns: list[Any] = [None] * len(pages)
    found: list[Any] = [None] * len(pages)
    for fold in range(FOLDS):
        wording = fit_wording(others(pages, fold, folds))
        for i, page in enumerate(pages):
            if page.fold == fold:
                columns[i] = with_scores(page, wording)
    for fold in range(FOLDS):
        booster = fit(others(pages, fold, folds), others(columns, fold, folds))
        for i in range(len(pages)):
            if folds[i] == fold:
                found[i] = np.round(booster.predict(columns[i]), 9)
    return columns, found


def with_scores(page: TrainingPage, wording: Wording) -> np.ndarray:
    scores = np.array([wording.score(own) for own in page.tokens], dtype=np.float32)
    return np.column_stack([page.columns, scores])


def best_threshold(pages: list[TrainingPage], probabilities: list[np.ndarray]) -> tuple[float, dict[str, Any]]:
    scores = {t: score(pages, [p >= t for p in probabilities]) for t in (0.35, 0.4, 0.45, 0.5, 0.55, 0.6)}
    for threshold, found in scores.items():
        print(threshold, found, flush=True)
    best = max(scores, key=lambda t: sum(found[2] for found in scores[t].values()))
    return best, scores[best]


# --- writing


def export(pages: list[TrainingPage], columns: list[np.ndarray], threshold: float) -> None:
    """Fit on all pages and write the weights; the scores of wording that the forest learns from stay held out."""
    Forest.from_lightgbm(fit(pages, columns)).save(WEIGHTS / "blocks-forest.npz")
    wording = fit_wording(pages)
    scale = max(map(abs, wording.weights.values())) / 127
    with (WEIGHTS / "blocks-wording.npz").open("wb") as handle:
        np.savez_compressed(
            handle,
            marks=np.frombuffer("\n".join(wording.weights).encode(), dtype=np.uint8),
            weights=np.array([round(w / scale) for w in wording.weights.values()], dtype=np.int8),
            scale=np.array(scale),
            bias=np.array(wording.bias),
            threshold=np.array(threshold),
        )


def write_card(pages: list[TrainingPage], threshold: float, found: dict[str, Any]) -> None:
    counts = Counter(page.part for page in pages)
    sums = "\n".join(
        f"- `{p.name}` {hashlib.sha256(p.read_bytes()).hexdigest()}" for p in sorted(WEIGHTS.glob("blocks-*.npz"))
    )
    rows = "\n".join(
        f"| {part} | {counts[part]} | " + " | ".join(f"{v:.3f}" for v in found[part]) + " |" for part in SETS
    )
    (WEIGHTS / "blocks.md").write_text(CARD.format(rows=rows, sums=sums, threshold=threshold), "utf-8")


CARD = """# Block model

Says how likely each block of an HTML page is part of its story: a boosted forest over markup, place, neighbours and
words of the block, and a linear model of words whose score it reads.

- Trained by `python tools/train_blocks.py`; a second run gives the same bytes.
- Data: article pages of WCXB's development part (CC BY 4.0) and of AndyTheFactory's article-extraction-dataset
  (Apache-2.0). The weights hold words that stand on at least five sites, and no text of any page.
- Labels: the gold text aligned to blocks by runs of four words; used in training alone.
- Threshold: {threshold}.

Shingle F1 of the story, cross-validated by site in five folds (a site's pages are scored by models that saw none of
them), before kinds are told apart:

| set | pages | precision | recall | F1 |
|---|---|---|---|---|
{rows}

What lost: a second forest over the first's probabilities of a block's neighbours, heavy or light, or the mean of both
(F1 within .001 of the first's alone, at twice the cost); more and smaller trees; weights by the root of the words.

SHA-256:

{sums}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, help="keep features of pages, and probabilities, in this folder")
    parser.add_argument("--no-export", action="store_true", help="print scores and write no weights")
    options = parser.parse_args()
    pages = read_pages(options.work)
    print("labels", score(pages, [page.labels > 0 for page in pages]), flush=True)
    columns, found = cross_validate(pages)
    if options.work:
        with (options.work / "probabilities.pickle").open("wb") as handle:
            pickle.dump(found, handle)
    threshold, scores = best_threshold(pages, found)
    if not options.no_export:
        export(pages, columns, threshold)
        write_card(pages, threshold, scores)


if __name__ == "__main__":
    main()
