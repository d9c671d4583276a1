"""Tokens and one-to-one matching, shared by the scorers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

__all__ = ["Prf", "assign", "document_tokens", "f1", "prf", "span_tokens"]

WORD = re.compile(r"\w+(?:['’.\-]\w+)*")

Prf = tuple[float, float, float]
Tokens = Sequence[tuple[int, int]]


def f1(precision: float, recall: float) -> float:
    """Harmonic mean; 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def prf(right: float, predicted: float, gold: float) -> Prf:
    """Precision, recall and F1 from counts; an empty side gives 0."""
    precision = right / predicted if predicted else 0.0
    recall = right / gold if gold else 0.0
    return precision, recall, f1(precision, recall)


def document_tokens(text: str) -> list[tuple[int, int]]:
    """Maximal runs of word characters with inner ' ’ - . as [start, end); punctuation never counts."""
    return [(m.start(), m.end()) for m in WORD.finditer(text)]


def span_tokens(tokens: Tokens, spans: Sequence[Sequence[int]]) -> frozenset[int]:
    """Starts of the tokens that lie at least half inside one of the spans."""
    starts, ends = [t[0] for t in tokens], [t[1] for t in tokens]
    out: set[int] = set()
    for start, end in spans:
        for i in range(bisect_right(ends, start), bisect_left(starts, end)):
            a, b = tokens[i]
            if min(b, end) - max(a, start) >= (b - a) / 2:
                out.add(a)
    return frozenset(out)


def assign(weights: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """One-to-one pairs of a sparse weight table: heaviest first, ties by index."""
    used_left: set[int] = set()
    used_right: set[int] = set()
    pairs = []
    for (i, j), _ in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            pairs.append((i, j))
    return pairs
