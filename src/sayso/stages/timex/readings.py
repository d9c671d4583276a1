"""Readings of calendar fields: the days they name in a year, and which year or week is meant."""

from __future__ import annotations

from . import calendar as cal
from .calendar import When, span_of
from .course import gap_days
from .expr import Calendar, Within
from .meaning import Situation

AGAINST_DAYS = 60
"""What the wrong direction adds to the distance of a quarter: results are told of a quarter that has ended."""

NEARER = 0.35
"""A stretch that lies back by less than this share of the way to the next of its name is meant by a past plan."""

__all__ = ["build", "nearest", "nth_within", "stepped", "toward"]


def build(expr: Calendar, year: int) -> When | None:
    """The stretch that the fields name in a year; None where the calendar lacks it."""
    if expr.holiday:
        when = holiday(expr.holiday, year)
    elif expr.day and expr.month:
        if not cal.valid(year, expr.month, expr.day):
            return None
        when = span_of("day", cal.day_number(year, expr.month, expr.day))
    elif expr.day and not expr.month:
        return None
    elif expr.month:
        when = span_of("month", cal.day_number(year, expr.month, 1))
    elif expr.quarter:
        when = span_of("quarter", cal.day_number(year, expr.quarter * 3, 1))
    elif expr.half:
        when = span_of("half", cal.day_number(year, expr.half * 6, 1))
    elif expr.season:
        when = span_of("season", cal.day_number(year, cal.SEASON_STARTS[expr.season], 1))
    else:
        when = span_of("year", cal.day_number(year, 1, 1))
    return when.at(expr.clock) if expr.clock and when.grain == "day" else when


def holiday(rule: str, year: int) -> When:
    """The day of a named day in a year."""
    if rule.startswith("easter"):
        return span_of("day", cal.easter(year) + int(rule[6:]))
    month, _, rest = rule.partition("-")
    day, _, nth = rest.partition("-")
    if not nth:
        return span_of("day", cal.day_number(year, int(month), int(day)))
    return span_of("day", nth_weekday(span_of("month", cal.day_number(year, int(month), 1)), int(day), int(nth)))


def nth_weekday(stretch: When, weekday: int, nth: int) -> int:
    """Day number of the nth such weekday of a stretch; below 0 from its end."""
    if nth > 0:
        return stretch.first + (weekday - cal.weekday(stretch.first)) % 7 + 7 * (nth - 1)
    return stretch.last - (cal.weekday(stretch.last) - weekday) % 7 + 7 * (nth + 1)


def nth_within(expr: Within, outer: When) -> When | None:
    """The nth week, day, month or weekday of a stretch; a week lies where its Thursday does; the 0th holds the day."""
    if not expr.nth:
        return span_of("week", outer.first)
    if expr.weekday or expr.unit == "day":
        day = _nth_day(expr, outer)
        return span_of("day", day) if outer.first <= day <= outer.last else None
    match expr.unit:
        case "weekend":
            return span_of("weekend", nth_weekday(outer, 6, expr.nth))
        case "month":
            start = outer.first if expr.nth > 0 else outer.last
            return span_of("month", cal.moved(start, expr.nth - 1 if expr.nth > 0 else expr.nth + 1, "month"))
        case _:
            return span_of("week", nth_weekday(outer, 4, expr.nth))


def _nth_day(expr: Within, outer: When) -> int:
    if expr.weekday:
        return nth_weekday(outer, expr.weekday, expr.nth)
    return outer.first + expr.nth - 1 if expr.nth > 0 else outer.last + expr.nth + 1


def nearest(expr: Calendar, anchor: When) -> When | None:
    """The reading nearest to a time told; a step back weighs a little more, for texts go on in time."""
    if expr.weekday and not expr.month:
        day = span_of("day", anchor.first + (expr.weekday - cal.weekday(anchor.first)) % 7)
        return day.at(expr.clock) if expr.clock else day
    if anchor.grain in ("decade", "century"):
        return None
    readings = [when for year in range(anchor.year - 1, anchor.year + 2) if (when := build(expr, year)) is not None]
    return min(readings, key=lambda when: _distance(gap_days(anchor, when)), default=None)


def _distance(days: int) -> int:
    return days if days >= 0 else 10 - days


def stepped(expr: Calendar, anchor: When) -> When | None:
    """`the following Monday`, `the previous summer`, `that May`."""
    if expr.weekday and not expr.month:
        step = (expr.weekday - cal.weekday(anchor.first)) % 7
        if expr.which == "following":
            return span_of("day", anchor.first + (step or 7))
        if expr.which == "previous":
            return span_of("day", anchor.first - (7 - step if step else 7))
        return None
    readings = [w for y in range(anchor.year - 1, anchor.year + 2) if (w := build(expr, y))]
    if expr.which == "following":
        return next((w for w in readings if w.first > anchor.first), None)
    if expr.which == "previous":
        return next((w for w in reversed(readings) if w.last < anchor.first), None)
    return None


def toward(expr: Calendar, published: When, at: Situation) -> tuple[When | None, str, float]:
    """The reading before or after the publication, by determiner or tense."""
    day = published.first
    if expr.weekday and not expr.month and not expr.day:
        return _weekday_toward(expr, day, at)
    if expr.weekend:
        return span_of("weekend", day), "weekend of the week of publication", 0.7
    readings = (
        [w for y in range(published.year - 4, published.year + 5) if (w := build(expr, y))]
        if not expr.day or expr.month
        else _days(expr, day)
    )
    past = [w for w in readings if w.first <= day]
    future = [w for w in readings if w.last >= day]
    if not past or not future:
        return (readings[0] if readings else None), "the only reading", 0.5
    return _choose(expr, past, future, day, at)


def _choose(expr: Calendar, past: list[When], future: list[When], day: int, at: Situation) -> tuple[When, str, float]:
    name = {"month": "month", "season": "season", "day": "day", "quarter": "quarter"}.get(past[-1].grain, "date")
    match expr.which:
        case "last":
            strictly = [w for w in past if w.last < day]
            return (strictly or past)[-1], f"'last' {name} before publication", 0.9
        case "next" | "coming":
            return next((w for w in future if w.first > day), future[0]), f"'next' {name} after publication", 0.9
        case "this":
            same = [w for w in past + future if w.year == span_of("year", day).year]
            return (same[0] if same else past[-1]), f"'this' {name}: the year of publication", 0.9
    if expr.quarter:
        return _near_quarter(past + future, day, at), "quarter without year: nearest to publication", 0.75
    ahead, back = future[0].first - day, day - past[-1].last
    if at.planned and not expr.day and back < NEARER * ahead:
        return past[-1], f"{name} without year: nearest to publication, for the plan was made before", 0.6
    if at.direction == "future":
        return future[0], f"{name} without year: the next, for '{at.verb}' looks ahead", 0.85
    # With no verb to tell, or one in the present, the nearer side is meant where it is much the nearer.
    untold = at.direction == "" or (expr.day and at.direction == "present")
    if untold and 0 < ahead < NEARER * back:
        return future[0], f"{name} without year: nearest to publication", 0.6
    why = f"'{at.verb}' looks back" if at.direction == "past" else "past by default"
    return past[-1], f"{name} without year: latest before publication, {why}", 0.85 if at.direction == "past" else 0.7


def _near_quarter(readings: list[When], day: int, at: Situation) -> When:
    """The nearest quarter of the name by its middle; against the verb's direction (past by default) it is further."""

    def distance(when: When) -> int:
        step = (when.first + when.last) // 2 - day
        against = step < 0 if at.direction == "future" else step > 0 and at.direction != "present"
        return abs(step) + (AGAINST_DAYS if against else 0)

    return min(readings, key=distance)


def _days(expr: Calendar, day: int) -> list[When]:
    """Days of a number, with the weekday if one is written (`Friday the 13th`), in the months around."""
    out = []
    year, month, _ = cal.civil(day)
    for step in range(-36, 37):
        y, m = (year * 12 + month - 1 + step) // 12, (month - 1 + step) % 12 + 1
        if cal.valid(y, m, expr.day or 0):
            number = cal.day_number(y, m, expr.day or 0)
            if not expr.weekday or cal.weekday(number) == expr.weekday:
                when = span_of("day", number)
                out.append(when.at(expr.clock) if expr.clock else when)
    return out


def _weekday_toward(expr: Calendar, day: int, at: Situation) -> tuple[When, str, float]:
    assert expr.weekday is not None
    ahead = (expr.weekday - cal.weekday(day)) % 7
    back = (cal.weekday(day) - expr.weekday) % 7
    match expr.which:
        case "last":
            number, reason, score = day - (back or 7), "'last': the latest before publication", 0.85
        case "next" | "coming":
            number, reason, score = day + (ahead or 7), "'next': the first after publication", 0.85
        case "this":
            number, reason, score = (
                (day - back if at.direction == "past" else day + ahead),
                "'this': nearest to publication in the verb's direction",
                0.8,
            )
        case _ if at.direction == "future":
            number, reason, score = day + ahead, f"the next weekday of the name, for '{at.verb}' looks ahead", 0.85
        case _:
            why = f"'{at.verb}' looks back" if at.direction == "past" else "past by default"
            number, reason, score = day - back, f"latest weekday of the name before publication, {why}", 0.9
    when = span_of("day", number)
    return (when.at(expr.clock) if expr.clock else when), reason, score
