"""Fit the weights of claim pairs on the tuning half of the claims set: every pair of its statements.

usage: python tools/train_claims.py      (needs scikit-learn; prints figures cross-fitted by event)
"""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from make_claims import FOLDER, filled
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.preprocessing import StandardScaler

from sayso.corpus.claim_pairs import FEATURES, RELATIONS, pair_features, prepare

TARGET = Path(__file__).resolve().parent.parent / "src/sayso/corpus/weights/claims.json"
STRENGTH = 0.3


def every_pair(event: dict[str, Any]) -> list[tuple[str, str, str]]:
    told = {name: values[0] for name, values in event["slots"].items()}
    rows = [(filled(a, told), filled(b, told), "same") for a, b in combinations(event["same"], 2)]
    for slot, values in event["slots"].items():
        changed = {**told, slot: values[1]}
        for a, b in combinations(event["same"], 2):
            if all("{" + slot + "}" in side for side in (a, b)):
                rows.append((filled(a, told), filled(b, changed), "different"))
    for a in event["same"]:
        rows += [(filled(a, told), filled(b, told), "contradiction") for b in event["not"]]
        rows += [(filled(a, told), filled(b, told), "different") for b in event["other"]]
    rows += [(filled(a, told), filled(b, told), "different") for a, b in combinations(event["other"], 2)]
    return rows


def main() -> None:
    events = yaml.safe_load((FOLDER / "events.yaml").read_text(encoding="utf-8"))
    events = events[: len(events) // 2]
    rows, groups = [], []
    for number, event in enumerate(events):
        made = every_pair(event)
        rows += made
        groups += [number] * len(made)
    said = {text: None for a, b, _ in rows for text in (a, b)}
    said = dict(zip(said, prepare(list(said)), strict=True))
    features = np.array([pair_features(said[a], said[b]) for a, b, _ in rows])
    labels = np.array([RELATIONS.index(label) for _, _, label in rows])
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=STRENGTH, max_iter=2000, class_weight={0: 2.0, 1: 1.3, 2: 1.0})
    x = scaler.transform(features)
    found = cross_val_predict(model, x, labels, groups=np.array(groups), cv=GroupKFold(7))
    for number, name in enumerate(RELATIONS):
        right = int(((found == number) & (labels == number)).sum())
        p, r = right / max(1, int((found == number).sum())), right / int((labels == number).sum())
        print(f"{name:<14} P {p:.3f}  R {r:.3f}  F1 {2 * p * r / max(1e-9, p + r):.3f}")
    model.fit(x, labels)
    weights = model.coef_ / scaler.scale_
    bias = model.intercept_ - weights @ scaler.mean_
    held = {
        "weights": {
            name: dict(zip(FEATURES, np.round(row, 5).tolist(), strict=True))
            for name, row in zip(RELATIONS, weights, strict=True)
        },
        "bias": dict(zip(RELATIONS, np.round(bias, 5).tolist(), strict=True)),
    }
    TARGET.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
