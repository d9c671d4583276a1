"""The course of a telling: years of dates that don't say theirs, chosen together so that it runs on in time.

A history names a year now and then and leaves it out in between. Each date without a year has a few readings; the
chain of readings is chosen that costs least (Viterbi), where a step forward costs the logarithm of its length and a
step back costs more. Dates with a year are fixed points, so one odd reading can't draw the rest after it.

Source: ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log1p

from .calendar import When

__all__ = ["Stop", "charted", "gap_days", "years_between"]

MONTH = 30.44
BACK = 0.8
"""What a step back costs beyond its length."""
BACK_WEIGHT = 2.0
RENAMED = 0.5
MAX_REACH = 2
"""Years before and after the fixed points around that a reading may lie."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One date of the telling: its place, its readings, and whether it was written with its year."""

    position: int
    readings: tuple[When, ...]
    fixed: bool


def gap_days(earlier: When, later: When) -> int:
    """Days from the one stretch to the other; 0 where one holds the other, below 0 where it is a step back."""
    if earlier.holds(later) or later.holds(earlier):
        return 0
    return later.first - earlier.last if later.first > earlier.last else later.last - earlier.first


def _cost(earlier: When, later: When) -> float:
    if later.holds(earlier) and later.last - later.first > earlier.last - earlier.first:
        # Naming the year again after a date in it: more likely a new year begun than a return.
        return RENAMED * _back(earlier.first - later.first)
    days = gap_days(earlier, later)
    return log1p(days / MONTH) if days >= 0 else _back(-days)


def _back(days: int) -> float:
    return BACK + BACK_WEIGHT * log1p(days / MONTH)


def charted(stops: list[Stop]) -> dict[int, When]:
    """The reading of every stop that is not fixed, by its position."""
    best: list[list[tuple[float, int]]] = []
    for at, stop in enumerate(stops):
        row = []
        for reading in stop.readings:
            if at == 0:
                row.append((0.0, 0))
                continue
            before = stops[at - 1].readings
            row.append(min((best[-1][k][0] + _cost(before[k], reading), k) for k in range(len(before))))
        best.append(row)
    out: dict[int, When] = {}
    index = min(range(len(best[-1])), key=lambda k: best[-1][k][0]) if best else 0
    for at in range(len(stops) - 1, -1, -1):
        if not stops[at].fixed:
            out[stops[at].position] = stops[at].readings[index]
        index = best[at][index][1]
    return out


def years_between(stops_years: list[int | None], at: int) -> range:
    """Years that a date without one may have, by the fixed points around it."""
    before = next((y for y in reversed(stops_years[:at]) if y is not None), None)
    after = next((y for y in stops_years[at + 1 :] if y is not None), None)
    known = [y for y in (before, after) if y is not None]
    if not known:
        return range(0)
    low, high = min(known), max(known)
    if high - low > 2 * MAX_REACH:
        low, high = (before or low), (before or low)
    return range(low - 1, high + 2)
