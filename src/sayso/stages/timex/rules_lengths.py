"""Builders for amounts of time: three days, the past decade, a 12-year-old, for years."""

from __future__ import annotations

from typing import Literal, cast

from sayso.lang import load

from .context import follows, is_near, unit_of
from .expr import Found, Length, Reference
from .patterns import Builder, Match

__all__ = ["LENGTHS", "count_of"]

OLDEST = 130
"""Years of the oldest person an age may be of."""


def count_of(match: Match) -> float | None:
    """How many units; None for `several` or a bare plural."""
    token = match.get("count")
    if match.has("several"):
        count = None
    elif token is None:
        count = 0.5 if match.has("halfa") else None
    else:
        count = token.number if token.number is not None else 1.0
    if match.has("tail") and count is not None:
        return count + 0.5
    return (count or 0) + 0.5 if match.has("half") else count


def side_length(match: Match) -> list[Found]:
    """`the past three years`, `the next few weeks`, `the first nine months`."""
    sides = load("time_context")["sides"]
    side = cast("Literal['', 'past', 'future']", sides.get(match.need("which").lower, ""))
    return match.found(Length(unit_of(match.need("unit")), count_of(match), side))


def recent_units(match: Match) -> list[Found]:
    """`recent years`, `past months`, `the coming weeks`."""
    word = match.need("which").lower
    if word in ("recent", "past"):
        return match.found(Reference("PAST_REF"))
    return match.found(Reference("FUTURE_REF")) if word in ("coming", "upcoming") else []


def plain_length(match: Match) -> list[Found]:
    """`three days`, `half an hour`, `several years`, `a 12-year-old`."""
    unit, count = match.need("unit"), match.get("count")
    name, after = unit_of(unit), match.after()
    dashed = any("dash" in token.classes for token in match.tokens[match.first : match.last])
    parts = after is not None and after.lower == "of" and (dashed or match.last - match.first == 1)
    article = count is not None and "a" in count.classes
    if article and "units" in unit.classes and not match.has("several"):
        return []
    if name in ("season", "quarter") and (count is None or article or parts):
        return []
    if unit.lower == "second" or (article and name == "day" and is_near(match, "no_day_before")):
        return []
    if len(unit.lower) <= 3 and name != "day" and not (count and not count.classes.isdisjoint({"figure", "decimal"})):
        return []
    before = match.before()
    if any(token.lower == "/" for token in match.tokens[match.first : match.last]):
        return []
    if before and "currency" in before.classes:
        return []
    return match.found(Length(name, count_of(match)))


def long_word(match: Match) -> list[Found]:
    """`weeklong`, `a year-long strike`, `a decade-old law`, `centuries-old`."""
    unit = match.get("unit")
    if unit is None:
        return match.found(Length(match.need("word").lower.removesuffix("long"), 1))
    name = unit_of(unit)
    if name not in ("day", "week", "month", "year", "decade", "century", "hour"):
        return []
    return match.found(Length(name, None if "units" in unit.classes else 1))


def nights(match: Match) -> list[Found]:
    """`two nights`: as long as so many days."""
    count, unit = match.need("count"), match.need("night")
    if unit.lower not in ("night", "nights") or not count.number or (count.number == 1) != (unit.lower == "night"):
        return []
    stands = unit.lower == "nights" or follows(match, "night_after")
    return match.found(Length("day", count.number)) if stands else []


def packed_length(match: Match) -> list[Found]:
    """`for 3h`, `within 2h`: a number and the first letter of its unit, written together."""
    count, letter = match.need("count"), match.need("letter")
    units = {"h": "hour", "d": "day", "w": "week", "y": "year"}
    if count.end != letter.start or not follows(match, "packed_after"):
        return []
    return match.found(Length(units[letter.lower], count.number))


def all_of(match: Match) -> list[Found]:
    """`all day`, `all week`."""
    unit = unit_of(match.need("unit"))
    return match.found(Length(unit, 1)) if unit in ("day", "week", "weekend", "month", "year") else []


def age(match: Match) -> list[Found]:
    """`aged 34`, `age seventy-nine`."""
    count = match.need("count")
    return match.found(Length("year", count.number, age=True)) if count.whole <= OLDEST else []


def bare_units(match: Match) -> list[Found]:
    """`for years`, `in months`, `weeks of talks`: only where it is an amount of time."""
    unit, before, after = match.need("unit"), match.before(), match.after()
    name = unit_of(unit)
    if name == "minute" and before and before.lower in ("within", "in", "just"):
        return match.found(Length(name, None))
    if name in ("second", "minute", "season", "quarter", "weekend") or len(unit.lower) <= 3:
        return []
    if before and (
        not before.classes.isdisjoint({"ordinal", "s", "dash", "num", "weekday"}) or follows(match, "owned_units")
    ):
        return []
    if after and "apos" in after.classes:
        return []
    if name == "day" and not follows(match, "days_after"):
        return match.found(Length(name, None)) if is_near(match, "days_before") else []
    stands = follows(match, "length_after") or is_near(match, "length_before")
    return match.found(Length(name, None)) if stands else []


LENGTHS: dict[str, Builder] = {
    b.__name__: b
    for b in (side_length, recent_units, plain_length, long_word, nights, packed_length, all_of, age, bare_units)
}
