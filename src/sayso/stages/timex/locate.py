"""Expressions at their places in an article, and what they tell of each other before any is resolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.lang import load
from sayso.model import Block, Span

from .anchor import Stated
from .compose import recognise
from .course import Stop, years_between
from .expr import Calendar, Expr, Found
from .readings import build
from .tokens import Token, tokenize

__all__ = ["Located", "day_first", "find", "inherited", "stated_in", "stops_of"]


@dataclass(frozen=True, slots=True)
class Located:
    """An expression found in a block, with its characters in the article."""

    block: int
    span: Span
    expr: Expr
    group: int
    garbled: bool = False
    lead: str = ""
    """The word before it; for `soon` the word itself."""


def find(text: str, index: int, block: Block) -> list[Located]:
    """Expressions of one block."""
    tokens = tokenize(text, block.span.start, block.span.end)
    return [_located(text, index, tokens, item) for item in recognise(tokens)]


def _located(text: str, index: int, tokens: Sequence[Token], item: Found) -> Located:
    first, garbled = item.first, False
    if tokens[first].lower in ("a", "an") and first and tokens[first - 1].lower == "the":
        first, garbled = first - 1, True
        if first and tokens[first - 1].lower in ("over", "in", "about", "within"):
            first -= 1
    lead = "soon" if tokens[first].lower == "soon" else tokens[first - 1].lower if first else ""
    return Located(index, Span(tokens[first].start, tokens[item.last].end), item.expr, item.group, garbled, lead)


def inherited(text: str, items: list[Located]) -> list[Located]:
    """Give a year that is written once, at the end of a range or list, to what stands before it."""
    links = frozenset(load("time_context")["joined_links"])
    out = list(items)
    for at in range(len(out) - 2, -1, -1):
        left, right = out[at], out[at + 1]
        between = text[left.span.end : right.span.start].strip().lower()
        if between in links and isinstance(left.expr, Calendar) and isinstance(right.expr, Calendar):
            out[at] = replace(left, expr=_with_year(left.expr, right.expr))
    return out


def _with_year(left: Calendar, right: Calendar) -> Calendar:
    if right.year is None or left.year is not None or left.which or left.outer is not None:
        return left
    if not (left.month or left.season or left.quarter) or not (right.month or right.season or right.quarter):
        return left
    year = right.year
    if left.month and right.month and left.month > right.month and year > 0:
        year -= 1
    return replace(left, year=year, short=right.short)


def day_first(expressions: Sequence[Expr]) -> bool | None:
    """Order of day and month in `04/05/2018`, by other dates of the page that can be read in one order alone."""
    votes = set()
    for expr in expressions:
        if isinstance(expr, Calendar) and expr.mod == "NUMERIC":
            if (expr.month or 0) > 12:
                votes.add(True)
            elif (expr.day or 0) > 12:
                votes.add(False)
    return votes.pop() if len(votes) == 1 else None


def stated_in(located: Sequence[Located]) -> list[Stated]:
    """The times written out in full, in text order."""
    out = []
    for item in located:
        expr = item.expr
        if isinstance(expr, Calendar) and expr.year is not None and not expr.short and expr.mod != "NUMERIC":
            when = build(expr, expr.year)
            if when is not None:
                out.append(Stated(item.span.start, when))
    return out


def stops_of(located: Sequence[Located], asides: set[int]) -> list[Stop]:
    """The dates of a telling with their readings: those with a year, and those of a month or day without one."""
    dates = [
        (item.span.start, item.expr)
        for item in located
        if isinstance(item.expr, Calendar) and is_stop(item.expr) and item.span.start not in asides
    ]
    years = [expr.year for _, expr in dates]
    out = []
    for at, (position, expr) in enumerate(dates):
        spread = [expr.year] if expr.year is not None else years_between(years, at)
        readings = tuple(when for year in spread if (when := build(expr, year)) is not None)
        if readings:
            out.append(Stop(position, readings, expr.year is not None))
    return out


def is_stop(expr: Calendar) -> bool:
    """Whether the date can lie on a telling's course."""
    long = expr.decade is not None or expr.century is not None
    if long or expr.outer is not None or expr.short or expr.mod == "NUMERIC":
        return False
    return expr.year is not None or (not expr.which and bool(expr.month or expr.season or expr.holiday))
