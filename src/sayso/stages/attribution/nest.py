"""Nesting: an attribution whose cue stands in the content of another is part of what that one says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from sayso.model import Span

from .raw import RawAttribution

__all__ = ["parents"]


def parents(found: Sequence[RawAttribution], text: str) -> list[int | None]:
    """For each attribution the position of the one whose content most closely holds it, None at the top.

    Contents are taken smallest first and each gives a parent to what it holds and nobody smaller held, so
    the work grows with the number of attributions. A chain of parents never loops: a parent's content is
    always the longer.
    """
    anchors = sorted((_anchor(raw), i) for i, raw in enumerate(found))
    starts = [span.start for span, _ in anchors]
    sizes = [sum(map(len, raw.content)) for raw in found]
    best: list[int | None] = [None] * len(found)
    following = list(range(len(anchors) + 1))
    for i in sorted(range(len(found)), key=lambda i: (sizes[i], i)):
        for content in found[i].content:
            position = _free(following, bisect_right(starts, content.start - 1))
            while position < len(anchors) and starts[position] < content.end:
                anchor, j = anchors[position]
                if j != i and content.contains(anchor) and sizes[j] < sizes[i]:
                    best[j] = i
                    following[position] = position + 1
                position = _free(following, position + 1)
    return [raw.parent_index if raw.parent_index is not None else best[i] for i, raw in enumerate(found)]


def _free(following: list[int], position: int) -> int:
    """The next place at `position` or after that has no parent yet; halves the way for later calls."""
    while following[position] != position:
        following[position] = following[following[position]]
        position = following[position]
    return position


def _anchor(raw: RawAttribution) -> Span:
    """Where the attribution is made: its cue, for a floating quotation the quotation."""
    return raw.cue[0] if raw.cue else raw.content[0]
