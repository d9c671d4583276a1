"""Cuts a block's text at every boundary of the marks on it, so that overlapping marks can be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

__all__ = ["Mark", "Piece", "cut", "levels"]

Role = Literal["content", "source", "cue", "timex", "finding", "own"]
MAX_MARKS = 24
"""Marks drawn over one character; more could not be told apart and would only cost space."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the article with what it marks: `number` is the index of the attribution, timex or finding."""

    start: int
    end: int
    role: Role
    number: int


@dataclass(slots=True)
class Piece:
    """A stretch of text over which the same marks hold; `ends` are the marks whose last character it holds."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    starts: tuple[Mark, ...] = ()
    ends: tuple[Mark, ...] = field(default=())

    def numbers(self, role: Role) -> list[int]:
        """Of the marks of one role, their numbers, in order, each once."""
        return list(dict.fromkeys(mark.number for mark in self.marks if mark.role == role))


def cut(start: int, end: int, marks: Iterable[Mark]) -> list[Piece]:
    """Pieces that cover [start, end) exactly, in order.

    Args:
        start, end: the block, in code points of the article.
        marks: any marks; those outside the block are passed over, those that stick out are cut.
    >>> [(p.start, p.end, len(p.marks)) for p in cut(0, 9, [Mark(2, 6, "content", 0), Mark(4, 9, "content", 1)])]
    [(0, 2, 0), (2, 4, 1), (4, 6, 2), (6, 9, 1)]
    """
    inside = sorted(
        (mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end),
        key=lambda mark: (mark.start, -mark.end, mark.role, mark.number),
    )
    bounds = {start, end}
    for mark in inside:
        bounds.update((max(mark.start, start), min(mark.end, end)))
    return _pieces(sorted(bounds), inside)


def _pieces(bounds: Sequence[int], inside: Sequence[Mark]) -> list[Piece]:
    pieces: list[Piece] = []
    active: list[Mark] = []
    coming = 0
    for left, right in pairwise(bounds):
        active = [mark for mark in active if mark.end > left]
        starts = []
        while coming < len(inside) and inside[coming].start <= left:
            if len(active) < MAX_MARKS:
                active.append(inside[coming])
                starts.append(inside[coming])
            coming += 1
        ends = tuple(mark for mark in active if mark.end == right)
        pieces.append(Piece(left, right, tuple(active), tuple(starts), ends))
    return pieces


def levels(spans: Sequence[tuple[int, int] | None], parents: Sequence[int | None]) -> list[int]:
    """For each attribution the level its underline is drawn at: below its parent's, and apart from what overlaps.

    Args:
        spans: the hull of each attribution's content; None where it has none.
        parents: the index of each one's parent.
    >>> levels([(0, 50), (10, 40), (60, 70)], [None, 0, None])
    [0, 1, 0]
    """
    found = [0] * len(spans)
    drawn = {i: span for i, span in enumerate(spans) if span}
    active: list[int] = []
    for i, span in sorted(drawn.items(), key=lambda item: (item[1][0], -item[1][1], item[0])):
        active = [j for j in active if drawn[j][1] > span[0]][-MAX_MARKS:]
        taken = {found[j] for j in active}
        parent = parents[i]
        level = found[parent] + 1 if parent is not None and parent in active else 0
        while level in taken:
            level += 1
        found[i] = level
        active.append(i)
    return found
