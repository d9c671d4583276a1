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
from typing import Any, cast
from urllib.parse import urlsplit

import lightgbm
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier

from sayso.extract.context import context_columns
from sayso.extract.facts import page_facts
from sayso.extract.features import block_features
from sayso.extract.groups import groups_of
from sayso.extract.html import landmarks_of
from sayso.extract.landmarks import landmark_columns
from sayso.extract.metadata import read_metadata
from sayso.extract.model import (
    COLUMNS,
    CRUMB,
    LINEAR,
    SECOND_COLUMNS,
    SURE_OUT,
    best_cut,
    headings_above,
    read_linear,
    second_columns,
)
from sayso.extract.places import Place, places
from sayso.extract.segment import segment
from sayso.extract.text import tokens_of
from sayso.extract.tree import parse_html
from sayso.extract.wording import heading_marks, line_marks, marks_of
from sayso.learned import Forest
from sayso.model import Given
from sayso.readers import page_from_html

FOLDS = 5
SETS = ("wcxb_dev", "andy")
WEIGHTS = Path(__file__).parents[1] / "src/sayso/extract/weights"
WORD = re.compile(r"\w+")
SHINGLE = 4
LINEAR_SETTINGS: dict[str, dict[str, float]] = {
    "wording": {"sites": 5, "marks": 12_000, "alpha": 3e-6, "power": 0.5},
    "line": {"sites": 4, "marks": 6_000, "alpha": 3e-6, "power": 0.3},
    "heading": {"sites": 3, "marks": 6_000, "alpha": 1e-5, "power": 0.5},
    "markup": {"sites": 5, "marks": 8_000, "alpha": 1e-5, "power": 0.5},
}
"""Of each: sites that a mark must stand on, marks at most, regularisation, power of a block's words as its weight."""
MARKUP_UNIT = 0.1
"""What one name counts; of marks of words, one over the root of their number."""
WORST, WORST_LABELS = 0.45, 0.8
"""Page F1 of held-out predictions, and of the labels, below which a page's gold is likely wrong: not trained on."""
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
SECOND_SETTINGS = {**SETTINGS, "num_leaves": 15, "learning_rate": 0.06}
SECOND_ROUNDS = 120
WEIGHT_POWER, SECOND_WEIGHT_POWER = 0.75, 1.0
"""A block weighs its words to this power; all blocks of a page weigh the same as those of any other."""


@dataclass(slots=True)
class TrainingPage:
    """One page with gold text, ready to train on."""

    part: str
    host: str
    texts: list[str]
    labels: np.ndarray
    """1 for blocks of the story, for all blocks."""
    gold: Counter[tuple[str, ...]]
    rows: list[int]
    """Blocks that are no crumbs."""
    columns: np.ndarray
    """Features of those, without the linear models' scores."""
    words: np.ndarray
    """Words of those, at least 1."""
    groups: list[np.ndarray]
    """Of all blocks, as the second forest's context needs them."""
    landmarks: np.ndarray
    """Where those stand beside headline, byline, date and headings, as the second forest reads it."""
    marks: dict[str, list[tuple[str, ...]]]
    """What each linear model reads of those."""

    @property
    def fold(self) -> int:
        return int(hashlib.sha256(self.host.encode()).hexdigest(), 16) % FOLDS


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


def read_pages(work: Path | None) -> list[TrainingPage]:
    """Pages of both sets; taken from `work` where an earlier run left them."""
    kept = work / "pages.pickle" if work else None
    if kept and kept.exists():
        with kept.open("rb") as handle:
            return cast("list[TrainingPage]", pickle.load(handle))
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
    page = page_from_html(record["html"], given=Given(url=record["url"] or None))
    tree = parse_html(page.text)
    blocks = segment(tree)
    if not gold or not blocks:
        return None
    where = places(blocks)
    groups = groups_of(blocks, where)
    facts = page_facts(tree)
    rows, columns = block_features(blocks, facts, where, groups)
    landmarks = landmarks_of(read_metadata(page, tree, blocks))
    tokens = [tokens_of(block) for block in blocks]
    above = headings_above(blocks)
    paths: dict[int, tuple[str, ...]] = {}
    texts = [block.text for block in blocks]
    return TrainingPage(
        part=part,
        host=urlsplit(record["url"] or "").netloc.removeprefix("www."),
        texts=texts,
        labels=labels(texts, gold),
        gold=shingles(gold),
        rows=rows,
        columns=columns,
        words=np.maximum(1.0, columns[:, 0]),
        groups=groups,
        landmarks=landmark_columns(blocks, rows, facts, landmarks).astype(np.float32),
        marks={
            "wording": [tuple(sorted(set(marks_of(tokens[i])))) for i in rows],
            "line": [tuple(sorted(set(line_marks(tokens[i])))) for i in rows],
            "heading": [tuple(sorted(set(heading_marks(tokens[above[i]])))) if above[i] >= 0 else () for i in rows],
            "markup": [paths.setdefault(id(where[i]), _markup_marks(where[i])) for i in rows],
        },
    )


def _markup_marks(place: Place) -> tuple[str, ...]:
    """Names of the elements around a block, each as often as it counts."""
    out = []
    at: Place | None = place
    for depth in range(1000):
        if at is None:
            break
        for name in at.names.named:
            out.append("a:" + name)
            out += ["n:" + name] * (depth < 3) + ["o:" + name] * (depth == 0)
        at = at.outer
    return tuple(out)


def page_score(page: TrainingPage, keep: np.ndarray) -> tuple[float | None, float]:
    """Precision and recall of shingles; no precision where nothing is taken."""
    got = shingles("\n".join(t for t, k in zip(page.texts, keep, strict=True) if k))
    shared = sum((page.gold & got).values())
    return shared / sum(got.values()) if got else None, shared / sum(page.gold.values())


def score(pages: Sequence[TrainingPage], kept: Sequence[np.ndarray]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of shingles for each set, as ../eval/article.py counts them."""
    out = {}
    for part in SETS:
        found = [page_score(page, keep) for page, keep in zip(pages, kept, strict=True) if page.part == part]
        if not found:
            continue
        p = statistics.mean(precision for precision, _ in found if precision is not None)
        r = statistics.mean(recall for _, recall in found)
        out[part] = (round(p, 4), round(r, 4), round(2 * p * r / (p + r), 4))
    return out


# --- fitting


Arrays = dict[str, np.ndarray]


def fit_linear(pages: Sequence[TrainingPage], name: str) -> Arrays:
    """One linear model over the blocks of `pages`, as it is stored."""
    settings = LINEAR_SETTINGS[name]
    index = _known_marks(pages, name, int(settings["sites"]), int(settings["marks"]))
    rows: defaultdict[tuple[tuple[int, ...], float], float] = defaultdict(float)
    for page in pages:
        weights = page.words ** settings["power"]
        weights /= weights.sum() or 1.0
        for marks, label, weight in zip(page.marks[name], page.labels[page.rows], weights.tolist(), strict=True):
            known = tuple(index[mark] for mark in marks if mark in index)
            if known:
                rows[known, label] += weight
    values = [MARKUP_UNIT if name == "markup" else len(known) ** -0.5 for known, _ in rows for _ in known]
    starts = np.cumsum([0, *(len(known) for known, _ in rows)])
    columns = [i for known, _ in rows for i in known]
    matrix = csr_matrix((values, columns, starts), shape=(len(rows), len(index)))
    matrix.sum_duplicates()
    weights = np.array(list(rows.values()))
    alpha = settings["alpha"]
    model = SGDClassifier(loss="log_loss", alpha=alpha, max_iter=10, tol=None, random_state=1, average=True)
    model.fit(matrix, np.array([label for _, label in rows]), sample_weight=weights / weights.mean())
    return _quantised(name, index, model.coef_[0], float(model.intercept_[0]))


def _known_marks(pages: Sequence[TrainingPage], name: str, least: int, most: int) -> dict[str, int]:
    """Marks that stand on enough sites, the commonest first."""
    sites: defaultdict[str, set[str]] = defaultdict(set)
    for page in pages:
        for mark in {mark for marks in set(page.marks[name]) for mark in marks}:
            sites[mark].add(page.host)
    counts = {mark: len(hosts) for mark, hosts in sites.items() if len(hosts) >= least}
    marks = sorted(counts, key=lambda mark: (-counts[mark], mark))[:most]
    return {mark: i for i, mark in enumerate(marks)}


def _quantised(name: str, index: dict[str, int], weights: np.ndarray, bias: float) -> Arrays:
    """The model as stored: whole numbers of a shared scale, those of zero left out."""
    scale = float(np.abs(weights).max()) / 127
    rounded = {mark: round(float(weights[i]) / scale) for mark, i in index.items()}
    kept = {mark: weight for mark, weight in sorted(rounded.items()) if weight}
    return {
        f"{name}_marks": np.frombuffer("\n".join(kept).encode(), dtype=np.uint8),
        f"{name}_weights": np.array(list(kept.values()), dtype=np.int8),
        f"{name}_scale": np.array(scale * (MARKUP_UNIT if name == "markup" else 1.0)),
        f"{name}_bias": np.array(round(bias, 6)),
    }


def fit_all_linear(pages: Sequence[TrainingPage]) -> Arrays:
    return {key: array for name in LINEAR for key, array in fit_linear(pages, name).items()}


def with_scores(page: TrainingPage, held: Arrays) -> np.ndarray:
    """The page's columns and the linear models' scores."""
    linear = read_linear(held)
    scores = [[getattr(linear, name).score(marks) for marks in page.marks[name]] for name in LINEAR if name != "markup"]
    weights = {
        f"{kind}:{name}": found[k] for name, found in linear.markup.weights.items() for k, kind in enumerate("ona")
    }
    sums: dict[tuple[str, ...], float] = {}
    for marks in page.marks["markup"]:
        if marks not in sums:
            total = sum(weights.get(mark, 0) for mark in marks)
            sums[marks] = round(linear.markup.bias + linear.markup.scale * total, 6)
    scores.append([sums[marks] for marks in page.marks["markup"]])
    return np.column_stack([page.columns, *(np.array(column, dtype=np.float32) for column in scores)])


def weights_of(page: TrainingPage, power: float = WEIGHT_POWER) -> np.ndarray:
    weight = page.words**power
    return np.asarray(weight / (weight.sum() or 1.0) * 100)


def fit(pages: Sequence[TrainingPage], columns: Sequence[np.ndarray]) -> Any:
    """The first forest."""
    truth = np.concatenate([page.labels[page.rows] for page in pages])
    weights = np.concatenate([weights_of(page) for page in pages])
    data = lightgbm.Dataset(np.vstack(columns), truth, weight=weights, feature_name=list(COLUMNS))
    return lightgbm.train(SETTINGS, data, num_boost_round=ROUNDS)


def open_rows(page: TrainingPage, probabilities: np.ndarray) -> np.ndarray:
    """Which of the page's rows the second forest reads."""
    return np.flatnonzero(probabilities[page.rows] >= SURE_OUT)


def second_table(page: TrainingPage, columns: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    """What the second forest reads of the page's open rows."""
    rows = open_rows(page, probabilities)
    around = context_columns(page.groups, [len(text) for text in page.texts], probabilities.tolist())
    return second_columns(around[np.array(page.rows, dtype=int)[rows]], page.landmarks[rows], columns[rows])


def fit_second(pages: Sequence[TrainingPage], tables: Sequence[np.ndarray], probabilities: Sequence[np.ndarray]) -> Any:
    truth, weights = [], []
    for page, p in zip(pages, probabilities, strict=True):
        rows = open_rows(page, p)
        truth.append(page.labels[page.rows][rows])
        weights.append(weights_of(page, SECOND_WEIGHT_POWER)[rows])
    data = lightgbm.Dataset(
        np.vstack(tables), np.concatenate(truth), weight=np.concatenate(weights), feature_name=list(SECOND_COLUMNS)
    )
    return lightgbm.train(SECOND_SETTINGS, data, num_boost_round=SECOND_ROUNDS)


def of_fold(items: Sequence[Any], folds: Sequence[int], fold: int, *, other: bool) -> list[Any]:
    return [item for item, f in zip(items, folds, strict=True) if (f != fold) == other]


def held_out_columns(pages: list[TrainingPage], folds: Sequence[int]) -> list[np.ndarray]:
    """Columns of every page with scores by linear models that saw none of its site."""
    columns: list[Any] = [None] * len(pages)
    for fold in sorted(set(folds)):
        linear = fit_all_linear(of_fold(pages, folds, fold, other=True))
        for i, page in enumerate(pages):
            if folds[i] == fold:
                columns[i] = with_scores(page, linear)
        print("linear models, fold", fold, flush=True)
    return columns


def held_out(
    pages: list[TrainingPage], columns: list[np.ndarray], folds: Sequence[int], sound: Sequence[bool]
) -> list[np.ndarray]:
    """Probabilities of every page's blocks by forests that saw none of its site, trained on sound pages."""
    found: list[Any] = [None] * len(pages)
    for fold in sorted(set(folds)):
        used = [i for i in range(len(pages)) if folds[i] != fold and sound[i] and pages[i].rows]
        booster = fit([pages[i] for i in used], [columns[i] for i in used])
        for i, page in enumerate(pages):
            if folds[i] == fold:
                found[i] = np.full(len(page.texts), CRUMB)
                if page.rows:
                    found[i][page.rows] = np.round(booster.predict(columns[i]), 9)
    return found


def held_out_second(
    pages: list[TrainingPage],
    tables: list[np.ndarray],
    first: list[np.ndarray],
    folds: Sequence[int],
    sound: Sequence[bool],
) -> list[np.ndarray]:
    """The same by second forests over the first's held-out probabilities."""
    found = [p.copy() for p in first]
    for fold in sorted(set(folds)):
        used = [i for i in range(len(pages)) if folds[i] != fold and sound[i] and len(tables[i])]
        booster = fit_second([pages[i] for i in used], [tables[i] for i in used], [first[i] for i in used])
        for i, page in enumerate(pages):
            if folds[i] == fold and len(tables[i]):
                at = np.array(page.rows)[open_rows(page, first[i])]
                found[i][at] = np.round(booster.predict(tables[i]), 9)
    return found


def second_tables(
    pages: list[TrainingPage], columns: list[np.ndarray], probabilities: list[np.ndarray]
) -> list[np.ndarray]:
    return [second_table(*of_page) for of_page in zip(pages, columns, probabilities, strict=True)]


def taken(page: TrainingPage, probabilities: np.ndarray) -> np.ndarray:
    cut = best_cut([len(text) for text in page.texts], probabilities)
    return np.asarray(probabilities >= cut)


def sound_pages(pages: list[TrainingPage], probabilities: list[np.ndarray]) -> list[bool]:
    """Which pages' gold is likely right: what an unseen page's model takes isn't far from it."""

    def f1(page: TrainingPage, keep: np.ndarray) -> float:
        p, r = page_score(page, keep)
        return 2 * p * r / (p + r) if p and r else 0.0

    return [
        f1(page, taken(page, p)) >= WORST and f1(page, page.labels > 0) >= WORST_LABELS
        for page, p in zip(pages, probabilities, strict=True)
    ]


# --- writing


def export(
    pages: list[TrainingPage],
    columns: list[np.ndarray],
    tables: list[np.ndarray],
    first: list[np.ndarray],
    sound: Sequence[bool],
) -> None:
    """Fit on all sound pages and write the weights; the scores that each model learns from stay held out."""
    used = [i for i in range(len(pages)) if sound[i] and len(tables[i])]
    Forest.from_lightgbm(fit([pages[i] for i in used], [columns[i] for i in used])).save(WEIGHTS / "blocks-forest.npz")
    second = fit_second([pages[i] for i in used], [tables[i] for i in used], [first[i] for i in used])
    Forest.from_lightgbm(second).save(WEIGHTS / "blocks-second.npz")
    with (WEIGHTS / "blocks-linear.npz").open("wb") as handle:
        np.savez_compressed(handle, allow_pickle=False, **fit_all_linear([pages[i] for i in used]))


def write_card(pages: list[TrainingPage], figures: dict[str, dict[str, tuple[float, float, float]]]) -> None:
    counts = Counter(page.part for page in pages)
    sums = "\n".join(
        f"- `{p.name}` {hashlib.sha256(p.read_bytes()).hexdigest()}" for p in sorted(WEIGHTS.glob("blocks-*.npz"))
    )
    rows = "\n".join(
        f"| {how} | {part} | {counts[part]} | " + " | ".join(f"{v:.3f}" for v in found[part]) + " |"
        for how, found in figures.items()
        for part in found
    )
    others = " Other set: trained on the one set, measured on the other." if "other set" in figures else ""
    (WEIGHTS / "blocks.md").write_text(CARD.format(rows=rows, sums=sums, others=others), "utf-8")


CARD = """# Block model

Says how likely each block of an HTML page is part of its story: a boosted forest over markup, place, neighbours and
words of the block, and four linear models whose scores it reads: over the words of prose, over short lines as a whole,
over the heading above, and over the names that elements around the block bear (class, id, role). A second, smaller
forest reads what the first says of a block's neighbours, container, section and of blocks marked up like it, where
the block stands beside headline, byline, date and the heading above, whether it names the author or the outlet, and
how much of the page is lists, tables and headings.

- Trained by `python tools/train_blocks.py`; the same code and data give the same bytes.
- Data: article pages of WCXB's development part (CC BY 4.0) and of AndyTheFactory's article-extraction-dataset
  (Apache-2.0). The weights hold words and names that stand on several sites, and no text of any page.
- Labels: the gold text aligned to blocks by runs of four words; used in training alone. Pages whose gold is likely
  wrong (cut off in mid-article, or not on the page) are scored like the others, but not trained on.
- Crumbs of navigation (short links in a page's frame, or in a row) are left out by rule.
- The threshold is each page's own: where precision and recall are expected to add up to most, between .3 and .6.

Shingle F1 of the story before kinds are told apart. Cross-validated: by site in five folds, a site's pages scored by
models that saw none of them.{others}

| how | set | pages | precision | recall | F1 |
|---|---|---|---|---|---|
{rows}

SHA-256:

{sums}
"""


def measure(
    pages: list[TrainingPage], columns: list[np.ndarray], folds: Sequence[int], sound: Sequence[bool]
) -> tuple[list[np.ndarray], list[np.ndarray], dict[str, tuple[float, float, float]]]:
    """Held-out probabilities of the first forest, the second's tables, and the scores of both together."""
    first = held_out(pages, columns, folds, sound)
    print("first forest", score(pages, list(map(taken, pages, first))), flush=True)
    tables = second_tables(pages, columns, first)
    found = held_out_second(pages, tables, first, folds, sound)
    scores = score(pages, list(map(taken, pages, found)))
    print("both", scores, "at .5", score(pages, [p >= 0.5 for p in found]), flush=True)
    return first, tables, scores


def other_set(pages: list[TrainingPage], sound: Sequence[bool], part: str) -> dict[str, tuple[float, float, float]]:
    """Scores on one set by models that saw the other set alone."""
    own = [page for page, good in zip(pages, sound, strict=True) if page.part != part and good and page.rows]
    folds = [page.fold for page in own]
    columns = held_out_columns(own, folds)
    inner = held_out(own, columns, folds, [True] * len(own))
    linear, first = fit_all_linear(own), fit(own, columns)
    second = fit_second(own, second_tables(own, columns, inner), inner)
    others = [page for page in pages if page.part == part]
    kept = []
    for page in others:
        found = np.full(len(page.texts), CRUMB)
        if page.rows:
            scored = with_scores(page, linear)
            found[page.rows] = first.predict(scored)
            rows = np.array(page.rows)[open_rows(page, found)]
            if len(rows):
                found[rows] = second.predict(second_table(page, scored, found))
        kept.append(taken(page, found))
    return score(others, kept)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, help="keep features of pages in this folder")
    parser.add_argument("--no-export", action="store_true", help="print scores and write no weights")
    parser.add_argument("--other-set", action="store_true", help="also train on each set and measure on the other")
    options = parser.parse_args()
    pages = read_pages(options.work)
    print("labels", score(pages, [page.labels > 0 for page in pages]), flush=True)
    folds = [page.fold for page in pages]
    columns = held_out_columns(pages, folds)
    sound = sound_pages(pages, held_out(pages, columns, folds, [True] * len(pages)))
    print("pages whose gold is likely wrong:", sound.count(False), flush=True)
    first, tables, scores = measure(pages, columns, folds, sound)
    figures = {"cross-validated": scores}
    if options.other_set:
        figures["other set"] = {part: other_set(pages, sound, part)[part] for part in SETS}
        print("other set", figures["other set"], flush=True)
    if not options.no_export:
        export(pages, columns, tables, first, sound)
        write_card(pages, figures)


if __name__ == "__main__":
    main()
