"""News or history: whether a text's times count from its publication or from what it has told."""

from __future__ import annotations

from collections.abc import Sequence

from .expr import Calendar, Expr, Shift
from .locate import Located

__all__ = ["tells_history"]

MIN_DATES = 3
"""Fewer explicit years say nothing about the kind of text."""


def tells_history(located: Sequence[Located], published_year: int | None) -> bool:
    """Whether explicit years away from the publication outweigh words that count from it.

    `The lowest since 1997` measures by a year and tells nothing of it.
    """
    told = [item.expr for item in located if item.lead != "since"]
    years = [expr.year for expr in told if isinstance(expr, Calendar) and expr.year is not None and not expr.short]
    deictic = sum(1 for item in located if is_deictic(item.expr))
    if published_year is None:
        return len(years) > deictic and len(years) >= MIN_DATES
    away = [year for year in years if abs(year - published_year) > 1]
    near = len(years) - len(away)
    return len(away) >= MIN_DATES and len(away) > near and len(away) > 2 * deictic


def is_deictic(expr: Expr) -> bool:
    """Whether the expression counts from the time of speaking: today, Monday, last week, two days ago."""
    if isinstance(expr, Shift):
        return expr.base == "speech"
    return isinstance(expr, Calendar) and bool(expr.weekday) and not expr.month and expr.outer is None
