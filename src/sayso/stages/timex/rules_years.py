"""Builders for years, decades, centuries, quarters, halves, seasons, and the nth unit of a stretch."""

from __future__ import annotations

import re

from .context import follows, follows_class, is_in, number_of, unit_of, which_of
from .expr import Calendar, Expr, Found, Shift, Within
from .lexicon import lexicon
from .patterns import Builder, Match
from .rules_dates import relative_year, year_of
from .tokens import Token

__all__ = ["YEARS"]

HALF_REACH = 15
"""Tokens on either side in which a bare `first half` looks for words of results."""
LONGEST_RANGE = 400
"""Years between the ends of `1914-1918`; more is a number range."""


def _digits(token: Token) -> int:
    return int(re.sub(r"\D", "", token.lower) or 0)


def _nth(token: Token) -> int:
    """The number of an ordinal; -1 for the last."""
    return -1 if token.lower in ("last", "final", "latter") else token.whole


def year_alone(match: Match) -> list[Found]:
    """`1999`, `'82`, where it counts nothing."""
    token = match.need("year")
    if token.kind == "short":
        return match.found(Calendar(_digits(token), short=True))
    return match.found(Calendar(token.whole)) if _year_stands(match, token.whole) else []


def spoken_year(match: Match) -> list[Found]:
    """`nineteen ninety-six`, `two thousand and fifteen`, after a word that asks for a year."""
    token, after = match.need("year"), match.after()
    counted = after is not None and after.kind == "word" and not after.classes
    backed = follows(match, "spoken_year_after") and not counted
    return match.found(Calendar(token.whole)) if backed else []


def _year_stands(match: Match, year: int) -> bool:
    """Whether a bare number of four digits is a year, judged by its neighbours."""
    before, after = match.before(), match.after()
    compared = before is not None and before.lower == "than" and is_in(match.before(2), "compared")
    if (follows(match, "no_year_after") and not compared) or (before and "currency" in before.classes):
        return False
    if after and (is_in(after, "counted") or not after.classes.isdisjoint({"percent", "scale", "units"})):
        return False
    if 1900 <= year <= 2100:
        return True
    if before and before.lower == ",":
        return after is None or after.kind == "gap" or after.lower in (".", ",", ")")
    backed = follows(match, "year_after") or (before is not None and "month" in before.classes)
    closed = after is not None and not after.classes.isdisjoint({"rparen", "dash", "bc", "ad"})
    return backed or closed


def named_year(match: Match) -> list[Found]:
    """`the year 2000`."""
    return match.found(Calendar(match.need("year").whole)) if unit_of(match.need("unit")) == "year" else []


def year_range(match: Match) -> list[Found]:
    """`1991-94`, `1914-1918`: two dates."""
    first, second, at = match.need("y1"), match.need("y2"), match.start("y2")
    low, high = first.whole, second.whole
    if len(second.lower) == 2:
        high += low // 100 * 100
    spaced = first.end != match.tokens[match.first + 1].start
    if spaced or not low < high <= low + LONGEST_RANGE or not _year_stands(match, low):
        return []
    return [Found(match.first, at - 2, Calendar(low), 1), Found(at, match.last, Calendar(high), 1)]


def era(match: Match) -> list[Found]:
    """`480 BC`, `70 AD`."""
    sign = -1 if match.need("bc").lower.startswith("b") else 1
    return match.found(Calendar(sign * match.need("n").whole))


def era_range(match: Match) -> list[Found]:
    """`499-493 BC`: both before Christ."""
    at = match.start("y2")
    first, second = Calendar(-match.need("y1").whole), Calendar(-match.need("y2").whole)
    return [Found(match.first, match.first, first, 1), Found(at, match.last, second, 1)]


def decade(match: Match) -> list[Found]:
    """`the 1990s`, `the '90s`, `the nineties`, `the 470s BC`."""
    token = match.need("decade")
    if "decade_word" in token.classes and not match.has("the") and not follows_class(match, "season_after"):
        return []
    if "decade_word" in token.classes:
        return match.found(Calendar(decade=token.whole))
    digits = _digits(token)
    earlier = match.before(2)
    listed = earlier is not None and "decade" in earlier.classes
    if digits < 100 and token.lower[0] not in "'’" and not match.has("the") and not listed:
        return []
    return match.found(Calendar(decade=-digits if match.has("bc") else digits))


def century(match: Match) -> list[Found]:
    """`the 19th century`, `the 4th century BC`."""
    nth = match.need("nth").whole
    if unit_of(match.need("unit")) != "century" or not 1 <= nth <= 30:
        return []
    return match.found(Calendar(century=-nth if match.has("bc") else nth))


def quarter(match: Match) -> list[Found]:
    """`the third quarter`, `the fourth quarter of 2016`, `first-quarter`."""
    nth, named = match.need("nth"), match.has("year") or match.has("year2") or match.has("rel")
    if not _tells_year(match) or unit_of(match.need("unit")) != "quarter" or (nth.lower == "last" and not named):
        return []
    number = 4 if _nth(nth) < 0 else nth.whole
    year, short = year_of(match)
    return (
        match.found(Calendar(year, quarter=number, short=short, outer=relative_year(match))) if 1 <= number <= 4 else []
    )


def half(match: Match) -> list[Found]:
    """`the first half of 2009`, `the second half of May`, `the latter half of the 1980s`."""
    nth = 2 if _nth(match.need("nth")) < 0 else match.need("nth").whole
    if nth not in (1, 2) or not _tells_year(match):
        return []
    mod = "START" if nth == 1 else "END"
    outer = relative_year(match)
    if match.last == match.start("half"):
        return match.found(Calendar(half=nth)) if _tells_business(match) else []
    if match.has("decade"):
        return match.found(Calendar(decade=_digits(match.need("decade")), mod=mod))
    if match.has("month"):
        return match.found(Calendar(month=number_of(match.need("month")), mod=mod))
    if isinstance(outer, Shift) and outer.unit != "year":
        return match.found(Shift(outer.unit, outer.count, outer.base, mod=mod))
    year, short = year_of(match)
    return match.found(Calendar(year, half=nth, short=short, outer=outer))


def _tells_year(match: Match) -> bool:
    """Whether `of the …`, where it is there, goes on with a year: `the second half of the week` is no half year."""
    told = match.get("toldunit")
    return told is None or unit_of(told) == "year"


def _tells_business(match: Match) -> bool:
    """Whether words of results stand near: there a bare `first half` is one of the year, not of a match."""
    near = match.tokens[max(0, match.first - HALF_REACH) : match.last + HALF_REACH]
    return any(is_in(token, "business_words") for token in near)


def code(match: Match) -> list[Found]:
    """`Q3 2015`, `1H18`, `FY2019`."""
    text = match.need("code").lower.upper()
    if text[1] == "Y":
        digits = _digits(match.need("code"))
        return match.found(Calendar(digits, short=digits < 100))
    number = _digits(match.need("code"))
    year, short = year_of(match)
    if match.has("yy"):
        year, short = match.need("yy").whole, True
    if "Q" in text:
        return match.found(Calendar(year, quarter=number, short=short))
    return match.found(Calendar(year, half=number, short=short)) if number <= 2 else []


def fiscal(match: Match) -> list[Found]:
    """`fiscal 2012`, `the fiscal year 2012`."""
    year, short = year_of(match)
    return match.found(Calendar(year, short=short))


def season(match: Match) -> list[Found]:
    """`last winter`, `the summer of 1998`, `autumn 2011`."""
    token, which = match.need("season"), which_of(match.get("which"))
    year, short = year_of(match)
    outer = relative_year(match)
    if year is None and outer is None and not which and not _season_stands(match, token):
        return []
    name = lexicon().values[f"season:{token.lower}"]
    return match.found(Calendar(year, season=name, which=which, short=short, outer=outer))


def _season_stands(match: Match, token: Token) -> bool:
    """Whether a bare `spring` or `fall` is a season."""
    if "lower_season" in token.classes:
        after = match.after()
        return match.has("the") and follows_class(match, "lower_season_after") and not (after and after.lower == "of")
    if token.lower == "fall":
        return match.has("the")
    return token.lower != "spring" or match.has("the") or follows_class(match, "season_after")


def _outer(match: Match) -> Expr | None:
    """The stretch that the nth unit lies in."""
    year, short = year_of(match)
    if match.has("month"):
        return Calendar(year, number_of(match.need("month")), short=short, outer=relative_year(match))
    if match.has("rel"):
        return relative_year(match)
    if match.has("the2"):
        return Shift(unit_of(match.need("u2")), 0, "text")
    return Calendar(year, short=short) if year is not None else None


def unit_within(match: Match) -> list[Found]:
    """`the last week of March`, `the second day of the month`."""
    outer, nth, unit = _outer(match), _nth(match.need("nth")), unit_of(match.need("unit"))
    if outer is None or not nth or unit not in ("week", "weekend", "day", "month"):
        return []
    return match.found(Within(unit, nth, outer))


def weekday_within(match: Match) -> list[Found]:
    """`the first Monday of May 2018`."""
    outer, nth = _outer(match), _nth(match.need("nth"))
    if outer is None or not nth:
        return []
    return match.found(Within("week", nth, outer, number_of(match.need("wd"))))


YEARS: dict[str, Builder] = {
    build.__name__: build
    for build in (
        year_alone, named_year, spoken_year, year_range, era, era_range, decade, century, quarter, half, code, fiscal,
        season,
        unit_within, weekday_within,
    )
}  # fmt: skip
