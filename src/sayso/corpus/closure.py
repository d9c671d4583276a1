"""Pages that share a passage with the same stretch of a third page share it with each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .alignment import Passage
from .tokens import sentence_starts

__all__ = ["composed_pairs"]

MIN_SHARED_CHARS = 60
MAX_RELATIVES = 40
"""Relatives of one page that are paired with each other, those that share most."""

Pairs = Mapping[tuple[int, int], Sequence[Passage]]


def composed_pairs(found: Pairs, texts: Mapping[int, str] | Sequence[str]) -> dict[tuple[int, int], list[Passage]]:
    """Pairs that aren't in `found` but share at least 60 characters of one page, with composed passages.

    Two rewrites of one text may hardly share a word in a row; each stands near enough to the text itself.

    Args:
        found: passages by pair of page numbers, first below second; only pairs beyond doubt.
        texts: text of each page.
    """
    relatives: dict[int, list[tuple[int, list[Passage]]]] = {}
    for (a, b), passages in found.items():
        relatives.setdefault(a, []).append((b, list(passages)))
        relatives.setdefault(b, []).append((a, [passage.flipped() for passage in passages]))
    out: dict[tuple[int, int], list[Passage]] = {}
    for hub in sorted(relatives):
        rows = sorted(relatives[hub], key=lambda row: (-sum(p.a[1] - p.a[0] for p in row[1]), row[0]))
        for left, first in rows[:MAX_RELATIVES]:
            for right, second in rows[:MAX_RELATIVES]:
                if left < right and (left, right) not in found:
                    passages = _composed(first, second, texts[left], texts[right])
                    if _length(passages) > _length(out.get((left, right), [])):
                        out[left, right] = passages
    return out


def _length(passages: Sequence[Passage]) -> int:
    return sum(passage.a[1] - passage.a[0] for passage in passages)


def _composed(first: Sequence[Passage], second: Sequence[Passage], left: str, right: str) -> list[Passage]:
    """Passages of two pages by way of the hub, whose side is `a` in both."""
    out = []
    for one in first:
        for other in second:
            start, end = max(one.a[0], other.a[0]), min(one.a[1], other.a[1])
            if end - start >= MIN_SHARED_CHARS:
                share = (end - start) / max(one.a[1] - one.a[0], other.a[1] - other.a[0])
                out.append(
                    Passage(
                        _projected(one, start, end, left),
                        _projected(other, start, end, right),
                        min(one.weight, other.weight) * share,
                        one.density * other.density,
                        min(one.run, other.run),
                        one.whole and other.whole,
                    )
                )
    return sorted(out, key=lambda passage: passage.b)


def _projected(passage: Passage, start: int, end: int, text: str) -> tuple[int, int]:
    """The stretch of `b` that answers a stretch of `a`, by proportion, moved to sentences near by."""
    if passage.a == (start, end):
        return passage.b
    scale = (passage.b[1] - passage.b[0]) / max(1, passage.a[1] - passage.a[0])
    first = passage.b[0] + round((start - passage.a[0]) * scale)
    last = passage.b[0] + round((end - passage.a[0]) * scale)
    edges = [passage.b[0], passage.b[1], *(s for s in sentence_starts(text) if passage.b[0] < s < passage.b[1])]
    slack = max(20, (last - first) // 4)
    first = _nearest(edges, first, slack)
    last = _nearest(edges, last, slack)
    return (first, last) if first < last else passage.b


def _nearest(edges: Sequence[int], position: int, slack: int) -> int:
    best = min(edges, key=lambda edge: (abs(edge - position), edge))
    return best if abs(best - position) <= slack else position
