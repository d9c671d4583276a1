"""Score time expressions as TempEval-3 does: spans strict and relaxed, type and value on relaxed matches."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .matching import assign, prf

__all__ = ["TimexFailure", "canonical", "evaluate"]

Json = dict[str, Any]
Place = tuple[int, int]

SAME = {
    "P1DE": "P10Y",
    "PXDE": "PXY",
    "P1CE": "P100Y",
    "P12M": "P1Y",
    "P24M": "P2Y",
    "PT24H": "P1D",
    "P24H": "P1D",
    "P7D": "P1W",
    "P14D": "P2W",
    "PT60M": "PT1H",
}


@dataclass(frozen=True, slots=True)
class TimexFailure:
    """One expression that was missed, added, or found with another span or value."""

    kind: str
    doc_id: str
    gold: Json | None
    found: Json | None
    context: str


def canonical(value: str | None) -> str | None:
    """A value with equal spellings folded together (P1DE is P10Y, P24M is P2Y)."""
    if not value:
        return value
    value = value.strip()
    if many := re.fullmatch(r"P(\d+)(DE|CE)", value):
        value = f"P{int(many[1]) * (10 if many[2] == 'DE' else 100)}Y"
    if midnight := re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d):00(:00)?Z?", value):
        value = midnight[1]
    if minute := re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d):00Z?", value):
        value = minute[1]
    return SAME.get(value, value)


def evaluate(
    gold: Iterable[Json], predicted: Iterable[Json], *, canon: bool = False
) -> tuple[Json, list[TimexFailure]]:
    """Score `{"doc_id", "timexes": [{"start", "end", "type", "value"}]}` against gold of the same form and "text".

    Args:
        canon: compare values with equal spellings folded together.
    Returns:
        Figures as fractions; `value_F1` is the headline figure. And what went wrong.
    Source:
        UzZaman et al. 2013, TempEval-3.
    """
    found = {document["doc_id"]: document["timexes"] for document in predicted}
    counts: dict[str, int] = defaultdict(int)
    failures: list[TimexFailure] = []
    for document in gold:
        counts["missing_docs"] += document["doc_id"] not in found
        timexes = [t for t in found.get(document["doc_id"], []) if t.get("functionInDocument") != "CREATION_TIME"]
        _score_document(document, timexes, canon, counts, failures)
    return _figures(counts), failures


def _place(timex: Json, text: str | None) -> Place:
    start, end = timex["start"], timex["end"]
    if text:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
    return start, end


def _match(gold: Sequence[Place], found: Sequence[Place]) -> list[tuple[int, int, bool]]:
    """One-to-one matches (gold, found, strict): identical spans first, then by greatest overlap, leftmost first."""
    free: dict[Place, list[int]] = defaultdict(list)
    for j, place in enumerate(found):
        free[place].append(j)
    matches = [(i, free[place].pop(0), True) for i, place in enumerate(gold) if free[place]]
    left, right = {i for i, _, _ in matches}, {j for _, j, _ in matches}
    overlaps = {}
    for i, (a, b) in enumerate(gold):
        for j, (c, d) in enumerate(found):
            if i not in left and j not in right and min(b, d) > max(a, c):
                # `assign` takes the heaviest first and breaks ties by index, so earlier gold counts a little more.
                overlaps[i, j] = min(b, d) - max(a, c) - a * 1e-9
    return matches + [(i, j, False) for i, j in assign(overlaps)]


def _score_document(
    document: Json, timexes: Sequence[Json], canon: bool, counts: dict[str, int], failures: list[TimexFailure]
) -> None:
    text, golds = document.get("text"), document["timexes"]
    gold_places = [_place(t, text) for t in golds]
    found_places = [_place(t, text) for t in timexes]
    counts["gold"] += len(golds)
    counts["pred"] += len(timexes)

    def fail(kind: str, i: int | None, j: int | None) -> None:
        start, end = gold_places[i] if i is not None else found_places[j or 0]
        context = " ".join((text or "")[max(0, start - 50) : end + 40].split())
        failures.append(
            TimexFailure(
                kind,
                document["doc_id"],
                None if i is None else golds[i],
                None if j is None else timexes[j],
                context,
            )
        )

    matches = _match(gold_places, found_places)
    for i, j, strict in matches:
        same = (lambda v: canonical(v)) if canon else (lambda v: v)
        right = same(golds[i]["value"]) == same(timexes[j].get("value"))
        counts["relaxed"] += 1
        counts["strict"] += strict
        counts["type"] += golds[i]["type"] == timexes[j].get("type")
        counts["value"] += right
        counts["strict_value"] += right and strict
        if not (right and strict):
            fail("SPAN" if right else "VALUE", i, j)
    left, taken = {m[0] for m in matches}, {m[1] for m in matches}
    for i in sorted(set(range(len(golds))) - left):
        fail("MISS", i, None)
    for j in sorted(set(range(len(timexes))) - taken):
        fail("EXTRA", None, j)


def _figures(c: dict[str, int]) -> Json:
    strict, relaxed = prf(c["strict"], c["pred"], c["gold"]), prf(c["relaxed"], c["pred"], c["gold"])
    value_accuracy = c["value"] / c["relaxed"] if c["relaxed"] else 0.0
    type_accuracy = c["type"] / c["relaxed"] if c["relaxed"] else 0.0
    return {
        "gold": c["gold"],
        "pred": c["pred"],
        "strict_P": strict[0],
        "strict_R": strict[1],
        "strict_F1": strict[2],
        "relaxed_P": relaxed[0],
        "relaxed_R": relaxed[1],
        "relaxed_F1": relaxed[2],
        "type_acc": type_accuracy,
        "type_F1": relaxed[2] * type_accuracy,
        "value_acc": value_accuracy,
        "value_F1": relaxed[2] * value_accuracy,
        "strict_value_F1": prf(c["strict_value"], c["pred"], c["gold"])[2],
        "missing_docs": c["missing_docs"],
    }
