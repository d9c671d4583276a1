"""Days that a part of the page counts from instead of its publication: datelines, and the stamps of a live blog."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.model import Block, Span

from .calendar import When
from .expr import Calendar
from .locate import Located
from .readings import build

__all__ = ["Origin", "origins"]

_PLACE = re.compile(r"\W{0,3}[A-Z][A-Z.'’ -]{2,40}(?:,[A-Z][\w.' -]{1,30})?,? ?\Z")
"""`WASHINGTON, `, `DES MOINES, Iowa, ` before the day of a dateline."""
_DASH = re.compile(r" ?(?:\([^()]{1,25}\))? ?(?:--|[—–_-] )")
_HEAD = 90
"""Characters of a block in which its dateline ends."""
_SPARE = 12
"""Characters beside its date that a stamp may have."""
_NEAR = 10
"""Days between a dateline without a year and the publication."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A day to count from, and the words that give it."""

    when: When
    span: Span


def origins(
    text: str, blocks: Sequence[Block], located: Sequence[Located], published: When | None
) -> dict[int, Origin]:
    """Where a block starts to count from another day than the publication, by the block's index among the read ones."""
    stamps: dict[int, Origin] = {}
    lines: dict[int, Origin] = {}
    for item in located:
        block = blocks[item.block].span
        dateline = _is_dateline(text, block, item.span)
        stamp = len(block) <= len(item.span) + _SPARE
        if not (dateline or stamp):
            continue
        when = _day(item.expr, published)
        if when is not None:
            (lines if dateline else stamps).setdefault(item.block, Origin(when, item.span))
    if len({origin.when.first for origin in stamps.values()}) >= 2:
        lines = stamps | lines
    if published is None:
        return lines
    return {at: o for at, o in lines.items() if o.when.first != published.first or len(lines) > 1}


def _is_dateline(text: str, block: Span, span: Span) -> bool:
    if span.end - block.start > _HEAD:
        return False
    return bool(_PLACE.fullmatch(text[block.start : span.start]) and _DASH.match(text[span.end : span.end + 40]))


def _day(expr: object, published: When | None) -> When | None:
    """The day of a date written with month and day; without a year the one at the publication."""
    if not isinstance(expr, Calendar) or not (expr.month and expr.day) or expr.mod == "NUMERIC" or expr.short:
        return None
    if expr.year is not None:
        when = build(expr, expr.year)
        near = published is None or (when is not None and abs(when.first - published.first) <= 366)
        return when if near else None
    if published is None:
        return None
    readings = [build(expr, published.year + step) for step in (-1, 0, 1)]
    return next((w for w in readings if w is not None and abs(w.first - published.first) <= _NEAR), None)
