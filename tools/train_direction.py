"""Train the weights of `sayso.corpus`: which pairs share text, and which page was taken from which.

    SAYSO_DATA=… python tools/train_direction.py pairs      # prints PAIR_WEIGHTS and PAIR_BIAS of corpus/reuse.py
    SAYSO_DATA=… python tools/train_direction.py parents    # writes corpus/weights/direction.npz

Both first train on half of the families, by hash, and report on the other half, then fit on all. Needs
scikit-learn and LightGBM. Only id, outlet, time, title and text of a page are read as input; family,
parent and kind serve as answers. See docs/models/direction.md.
"""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np

from sayso.corpus.alignment import Aligner
from sayso.corpus.case_text import CaseText
from sayso.corpus.document import document_of
from sayso.corpus.families import parent_signs
from sayso.corpus.lineage import SIGNS
from sayso.corpus.reuse import find_reuse, pair_evidence, proposed_pairs, shingles_of
from sayso.learned.forest import Forest

MIN_SHARED_CHARS = 60
WEIGHTS = Path(__file__).parents[1] / "src/sayso/corpus/weights/direction.npz"
INPUT = ("id", "outlet", "time", "title", "text")


def read() -> tuple[list[dict[str, Any]], dict[str, Any]]:
    folder = Path(os.environ["SAYSO_DATA"]) / "reuse"
    with gzip.open(folder / "wiresim_dev.jsonl.gz", "rt", encoding="utf-8") as handle:
        rows = [json.loads(line) for line in handle]
    with gzip.open(folder / "wiresim_dev.gold.json.gz", "rt", encoding="utf-8") as handle:
        return rows, json.load(handle)


def held_out(family: str) -> bool:
    return hashlib.md5(family.encode(), usedforsecurity=False).digest()[-1] & 1 == 1


def case_of(rows: list[dict[str, Any]], *, hide_outlets: bool = False) -> CaseText:
    documents = [document_of({key: row[key] for key in INPUT}) for row in rows]
    if hide_outlets:
        documents = [dataclasses.replace(document, outlet=None) for document in documents]
    return CaseText(documents)


def train_pairs(rows: list[dict[str, Any]], gold: dict[str, Any]) -> None:
    from sklearn.linear_model import LogisticRegression

    case = case_of(rows)
    related, unknown = gold_pairs(rows, gold)
    pairs = proposed_pairs(case, shingles_of(case))
    aligner = Aligner(case.rarity)
    x, y, held = [], [], []
    for a, b in zip(pairs.first.tolist(), pairs.second.tolist(), strict=True):
        key = frozenset((rows[a]["id"], rows[b]["id"]))
        passages = aligner.align(case.text(a), case.text(b))
        if passages and key not in unknown:
            x.append(pair_evidence(passages))
            y.append(key in related)
            held.append(held_out(rows[a]["family"]) or held_out(rows[b]["family"]))
    features, answers, out = np.array(x), np.array(y), np.array(held)
    model = LogisticRegression(C=10).fit(features[~out], answers[~out])
    print("weights", np.round(model.coef_[0], 2).tolist(), "bias", np.round(model.intercept_, 2).tolist())
    scores = model.decision_function(features)
    for threshold in (-1.0, -0.5, 0.0, 0.3, 0.6, 1.0):
        hit = scores[out] >= threshold
        right = (hit & answers[out]).sum()
        print(f"  from {threshold}: held out P {right / hit.sum():.4f} R {right / answers[out].sum():.4f}")


def gold_pairs(rows: list[dict[str, Any]], gold: dict[str, Any]) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """Pairs that share at least 60 characters of one origin, and pairs whose relation isn't known."""
    text = {row["id"]: row["text"] for row in rows}
    taken: dict[str, dict[str, set[int]]] = {}
    for passage in gold["passages"]:
        taken.setdefault(passage["src"], {}).setdefault(passage["doc"], set()).update(
            range(passage["sb"], passage["se"])
        )
    wire_of = {row["base"]: row["id"] for row in rows if row["kind"] == "wire"}
    for wire in wire_of.values():
        taken.setdefault(wire, {})[wire] = set(range(len(text[wire])))
    related = {
        frozenset((a, b))
        for held in taken.values()
        for a in held
        for b in held
        if a < b and len(held[a] & held[b]) >= MIN_SHARED_CHARS
    }
    stitched: dict[str, set[str]] = {}
    for row in rows:
        if row.get("merge_ob"):
            stitched.setdefault(row["merge_ob"], set()).add(row["id"])
    unknown = set()
    for base, members in stitched.items():
        others = set(taken[wire_of[base]]) if base in wire_of else set()
        unknown |= {frozenset((m, o)) for m in members for o in others | members if m != o}
    return related, unknown - related


def train_parents(rows: list[dict[str, Any]]) -> None:
    import lightgbm

    parts = []
    for hide in (False, True):
        case = case_of(rows, hide_outlets=hide)
        signs = parent_signs(case, find_reuse(case))
        flat = [(page, candidate) for page, candidates in signs.items() for candidate in candidates]
        x = np.array([candidate.row() for _, candidate in flat], dtype=np.float32)
        y = np.array(
            [rows[p]["kind"] == "copy" and rows[c.parent]["id"] == rows[p]["parent"] for p, c in flat], dtype=np.int8
        )
        out = np.array([held_out(rows[p]["family"]) for p, _ in flat])
        parts.append((x, y, out))
    x, y, out = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    settings = {
        "objective": "binary", "num_leaves": 16, "learning_rate": 0.04, "min_data_in_leaf": 40, "bagging_fraction": 0.8,
        "bagging_freq": 1, "feature_fraction": 0.7, "lambda_l2": 5.0, "seed": 1, "num_threads": 1,
        "deterministic": True, "verbosity": -1,
    }  # fmt: skip
    names = list(SIGNS)
    half = os.environ.get("SAYSO_HALF")
    chosen = ~out if half else np.ones(len(y), dtype=bool)
    data = lightgbm.Dataset(x[chosen], y[chosen], feature_name=names)
    forest = Forest.from_lightgbm(lightgbm.train(settings, data, num_boost_round=300))
    forest.save(WEIGHTS)
    print(f"{int(chosen.sum())} candidates, {int(y[chosen].sum())} parents, {WEIGHTS.stat().st_size} bytes")


def main() -> None:
    if len(sys.argv) != 2 or sys.argv[1] not in ("pairs", "parents"):
        sys.exit(__doc__)
    rows, gold = read()
    if sys.argv[1] == "pairs":
        train_pairs(rows, gold)
    else:
        train_parents(rows)


if __name__ == "__main__":
    main()
