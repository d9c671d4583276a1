"""Rendering of lengths and modified stretches."""

from __future__ import annotations

from .calendar import When

__all__ = ["duration_value", "narrowed"]

CODES = {
    "second": "PT{}S", "minute": "PT{}M", "hour": "PT{}H", "day": "P{}D", "week": "P{}W", "weekend": "P{}WE",
    "month": "P{}M",
    "quarter": "P{}Q", "season": "P{}M", "year": "P{}Y", "decade": "P{}DE", "century": "P{}CE", "millennium": "P{}ML",
}  # fmt: skip
HALVES = {
    "hour": ("minute", 60),
    "year": ("month", 12),
    "day": ("hour", 24),
    "minute": ("second", 60),
    "decade": ("year", 10),
    "century": ("year", 100),
}


def duration_value(unit: str, count: float | None) -> str:
    """TimeML value of a length; X where the number is not said.

    >>> duration_value("year", 3), duration_value("hour", 0.5), duration_value("month", None), duration_value("day", 0)
    ('P3Y', 'PT30M', 'PXM', 'P0D')
    """
    if count is None:
        return CODES["week" if unit == "fortnight" else unit].format("X")
    if unit == "fortnight":
        unit, count = "week", count * 2
    if unit == "season":
        count *= 3
    if 0 < count < 1 and unit in HALVES and float(count * HALVES[unit][1]).is_integer():
        unit, count = HALVES[unit][0], count * HALVES[unit][1]
    number = str(int(count)) if float(count).is_integer() else f"{count:g}"
    return CODES[unit].format(number)


def narrowed(when: When, mod: str | None) -> tuple[int, int]:
    """First and last day a stretch can mean under TimeML's START, MID, END: a third, generously."""
    size = when.last - when.first + 1
    third = -(-size // 3)
    if size < 3:
        return when.first, when.last
    match mod:
        case "START":
            return when.first, when.first + third - 1
        case "MID":
            return when.first + size // 4, when.last - size // 4
        case "END":
            return when.last - third + 1, when.last
        case _:
            return when.first, when.last
