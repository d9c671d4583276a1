"""Nesting: an attribution whose cue stands in the content of another is part of what that one says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from sayso.model import Span

from .raw import RawAttribution

__all__ = ["parents"]


def parents(found: Sequence[RawAttribution], text: str) -> list[int | None]:
    """For each attribution the position of the one whose content most closely holds it, None at the top.

    Work is done once per (content, attribution inside it) pair; a chain of parents never loops, for a
    parent's content is always the longer.
    """
    anchors = sorted((_anchor(raw), i) for i, raw in enumerate(found))
    starts = [span.start for span, _ in anchors]
    sizes = [sum(map(len, raw.content)) for raw in found]
    best: list[int | None] = [None] * len(found)
    for i, raw in enumerate(found):
        for content in raw.content:
            position = bisect_right(starts, content.start - 1)
            while position < len(anchors) and starts[position] < content.end:
                anchor, j = anchors[position]
                position += 1
                if j == i or not content.contains(anchor) or sizes[j] >= sizes[i]:
                    continue
                rival = best[j]
                if rival is None or (sizes[i], i) < (sizes[rival], rival):
                    best[j] = i
    return [raw.parent_index if raw.parent_index is not None else best[i] for i, raw in enumerate(found)]


def _anchor(raw: RawAttribution) -> Span:
    """Where the attribution is made: its cue, for a floating quotation the quotation."""
    return raw.cue[0] if raw.cue else raw.content[0]
