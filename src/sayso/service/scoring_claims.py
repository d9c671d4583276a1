"""Score pairs of statements: same claim, contradiction, or different."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

__all__ = ["evaluate_claims"]

Json = dict[str, Any]


def evaluate_claims(gold: Iterable[Json]) -> tuple[Json, list[tuple[str, bool, str]]]:
    """Judge every pair of `{"id", "a", "b", "label"}`.

    Returns:
        `same` and `contradiction` as (precision, recall, F1), `right` as a share; then each pair's id, whether it is
        right, and what went wrong in words.
    """
    from sayso.corpus.claim_pairs import compare, prepare

    rows = list(gold)
    said = prepare([row[side] for row in rows for side in ("a", "b")])
    outcomes, pairs = [], []
    for number, row in enumerate(rows):
        verdict = compare(said[2 * number], said[2 * number + 1])
        pairs.append((row["label"], verdict.relation))
        words = f"{row['label']} -> {verdict.relation}\t{row['a']}\t{row['b']}"
        outcomes.append((str(row["id"]), row["label"] == verdict.relation, words))
    figures: Json = {name: _prf(pairs, name) for name in ("same", "contradiction")}
    figures["right"] = sum(ok for _, ok, _ in outcomes) / max(1, len(outcomes))
    return figures, outcomes


def _prf(pairs: Iterable[tuple[str, str]], name: str) -> tuple[float, float, float]:
    rows = list(pairs)
    both = sum(gold == found == name for gold, found in rows)
    found_all, gold_all = sum(found == name for _, found in rows), sum(gold == name for gold, _ in rows)
    precision, recall = both / max(1, found_all), both / max(1, gold_all)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)
