"""Builders for months, days, weekdays and holidays."""

from __future__ import annotations

import re

from .calendar import days_in_month
from .context import follows, follows_class, is_in, number_of, shift_for, unit_of, which_of
from .expr import Calendar, Expr, Found, Shift
from .lexicon import lexicon
from .patterns import Builder, Match
from .tokens import Token

__all__ = ["DATES", "relative_year", "year_of"]


def year_of(match: Match) -> tuple[int | None, bool]:
    """The year of a match and whether two digits were written; BC years count down from -1."""
    token = match.get("year") or match.get("year2")
    if token is None:
        return None, False
    if "spoken_year" in token.classes:
        return token.whole, False
    digits = int(re.sub(r"\D", "", token.lower) or 0)
    return (-digits, False) if match.has("bc") else (digits, token.kind == "short")


def relative_year(match: Match) -> Expr | None:
    """The outer stretch of `May of last year`, `the first half of the year`."""
    rel, unit, told = match.get("rel"), match.get("relunit"), match.get("toldunit")
    if told:
        return Shift("year", 0, "text")
    return shift_for(which_of(rel), unit_of(unit)) if rel and unit else None


def month_day(match: Match) -> list[Found]:
    """`May 31, 1999`, `31 May`, `Thursday the 31st of May`, `May 26-27`."""
    month, day = number_of(match.need("month")), match.need("day").whole
    year, short = year_of(match)
    outer = relative_year(match)
    if (month, day) == (9, 11) and year is None and is_in(match.after(), "attacks"):
        year = 2001
    if day > days_in_month(year or 2000, month) and year is None:
        return []
    if "day_word" in match.need("day").classes and match.start("day") == match.last and not _closed(match):
        return []
    weekday = match.get("wd")
    which = which_of(match.get("which"))
    calendar = Calendar(
        year, month, day, number_of(weekday) if weekday else None, which=which, short=short, outer=outer
    )
    return _day_range(match, calendar) if match.has("day2") else match.found(calendar)


def _day_range(match: Match, first: Calendar) -> list[Found]:
    """Both days of `Sept. 26-27`, each a date; what stands with the pair serves both."""
    end, at = match.need("day2"), match.start("day2")
    if not 1 <= end.whole <= days_in_month(first.year or 2000, first.month or 1):
        return []
    month_leads = match.start("month") < at
    listed = match.tokens[at - 1].lower in ("and", "or", "&")
    if listed and month_leads and _counts(match.after()):
        return []
    second = Calendar(first.year, first.month, end.whole, short=first.short, outer=first.outer)
    first_end = at - 2 if month_leads else match.start("day")
    return [Found(match.first, first_end, first, 1), Found(at, match.last, second, 1)]


def _closed(match: Match) -> bool:
    """Whether nothing follows that a number in words could count."""
    after = match.after()
    return after is None or after.kind == "gap" or after.lower in (".", ",", ";", ":", ")", "?", "!", "at", "and", "to")


def _counts(after: Token | None) -> bool:
    """Whether the word after `May 3 and 12` is what the number counts."""
    return after is not None and after.kind == "word" and not after.classes and not is_in(after, "after_date")


def month_year(match: Match) -> list[Found]:
    """`May 1999`, `May of last year`."""
    year, short = year_of(match)
    return match.found(Calendar(year, number_of(match.need("month")), short=short, outer=relative_year(match)))


def month_alone(match: Match) -> list[Found]:
    """`May`, `last September`."""
    month, which = match.need("month"), which_of(match.get("which"))
    if "doubtful" in month.classes and not which and not _month_backed(match):
        return []
    return match.found(Calendar(month=number_of(month), which=which))


def _month_backed(match: Match) -> bool:
    """Whether what stands before `May` or `March` makes it a month."""
    after, beyond = match.after(), match.after(2)
    opens = after is not None and not after.classes.isdisjoint({"to", "dash"})
    if opens and beyond is not None and "month" in beyond.classes and match.tokens[match.first].lower != "may":
        return True
    earlier = match.before(2)
    if match.need_before("and") and earlier is not None and "month" in earlier.classes:
        return True
    if not follows_class(match, "doubtful_month_after"):
        return False
    listed = after is not None and not after.classes.isdisjoint({"to", "and", "dash"})
    return listed or not follows(match, "doubtful_month_weak")


def weekday_alone(match: Match) -> list[Found]:
    """`Monday`, `next Monday`, `Friday the 13th`."""
    token, which, day = match.need("wd"), which_of(match.get("which")), match.get("day")
    if follows(match, "named_weekday_after"):
        return []
    if day is not None:
        after = match.after()
        if day.kind == "word" and (_counts(after) or (after is not None and after.lower == "of")):
            # `announced on Tuesday the first model`: the ordinal counts what follows.
            return [Found(match.first, match.start("wd"), Calendar(weekday=number_of(token), which=which))]
        return match.found(Calendar(day=day.whole, weekday=number_of(token)))
    doubtful = "doubtful" in token.classes and not token.lower.endswith(".") and not which
    if doubtful and not follows_class(match, "doubtful_weekday_after"):
        return []
    return match.found(Calendar(weekday=number_of(token), which=which))


def day_alone(match: Match) -> list[Found]:
    """`on the 18th`: a day whose month is not said."""
    day = match.need("day")
    outer = match.before(2)
    asked = follows(match, "day_alone_after") or (
        outer is not None and "unit" in outer.classes and unit_of(outer) == "week" and match.need_before("of")
    )
    stands = day.kind == "ordinal" and asked and not _counts(match.after())
    return match.found(Calendar(day=day.whole)) if stands else []


def weekday_of(match: Match) -> list[Found]:
    """`Monday of last week`, `Friday this week`."""
    if unit_of(match.need("relunit")) != "week":
        return []
    outer = shift_for(which_of(match.need("rel")), "week")
    return match.found(Calendar(weekday=number_of(match.need("wd")), outer=outer))


def holiday(match: Match) -> list[Found]:
    """`Christmas Day`, `Easter 2015`, `last Thanksgiving`."""
    year, short = year_of(match)
    rule, which = lexicon().holidays[match.need("holiday").lower], which_of(match.get("which"))
    return match.found(Calendar(year, holiday=rule, which=which, short=short, outer=relative_year(match)))


DATES: dict[str, Builder] = {
    build.__name__: build
    for build in (month_day, month_year, month_alone, weekday_alone, day_alone, weekday_of, holiday)
}
