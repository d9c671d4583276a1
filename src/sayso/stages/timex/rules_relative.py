"""Builders for times counted from another: today, last week, two days ago, the following month, at the time."""

from __future__ import annotations

from .context import follows, is_in, is_near, shift_for, unit_of, which_of
from .expr import Base, Calendar, Found, Length, Reference, Shift, Vague
from .lexicon import lexicon
from .patterns import Builder, Match
from .rules_lengths import count_of

__all__ = ["RELATIVE"]

LONG_UNITS = frozenset({"year", "decade", "century", "month", "week", "fortnight"})
PHRASE_REFERENCES = {"now": "PRESENT_REF", "recent_ref": "PAST_REF", "future_ref": "FUTURE_REF"}


def named_day(match: Match) -> list[Found]:
    """`today`, `yesterday`, `tomorrow`, `tonight`."""
    word = match.tokens[match.last].lower
    count = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    return match.found(
        Shift("day", count, "speech", clock="TNI" if word.startswith("tonit") or word == "tonight" else "")
    )


def day_but_one(match: Match) -> list[Found]:
    """`the day before yesterday`, `the day after tomorrow`."""
    return match.found(Shift("day", 2 if "tomorrow" in match.tokens[match.last].lower else -2, "speech"))


def which_unit(match: Match) -> list[Found]:
    """`last week`, `this year`, `the next day`, `the past decade`, `that same month`."""
    token, unit, the = match.need("which"), unit_of(match.need("unit")), match.has("the")
    word, which = token.lower, which_of(token)
    if unit in ("second", "minute") or (word == "that" and unit in ("quarter", "season")):
        return []
    if unit == "hour" and word == "next":
        return match.found(Length("hour", 1, "future"))
    if unit == "hour":
        return match.found(Length("hour", 1, "past")) if word in ("last", "past") else []
    if (word in ("past", "latest") and unit == "quarter") or word in ("latest", "most recent"):
        return match.found(Shift(unit, -1, "speech"))
    if word == "past" or (word == "last" and the and unit in LONG_UNITS):
        return match.found(Length(unit, 1, "past"))
    if word == "next" and the and (unit in LONG_UNITS or unit == "day"):
        which = "following"
    return match.found(shift_for(which, unit))


def this_past(match: Match) -> list[Found]:
    """`this past week`."""
    return match.found(Shift(unit_of(match.need("unit")), -1, "speech"))


def ago(match: Match) -> list[Found]:
    """`two days ago`, `a year earlier`, `weeks later`, `three months from now`."""
    word, unit, count = match.need("dir").lower, unit_of(match.need("unit")), count_of(match)
    sign = 1 if is_in(match.need("dir"), "forward_directions") else -1
    if unit == "season" or (word in ("before", "after", "following") and not _clause_ends(match)):
        return []
    base: Base = "text" if is_in(match.need("dir"), "text_directions") else "speech"
    return match.found(Shift(unit, None if count is None else sign * count, base, sign=sign))


def _clause_ends(match: Match) -> bool:
    """`two days before` stands alone as a time; followed by an event it is an amount (`two days after the vote`)."""
    after = match.after()
    if after is None or after.kind == "gap" or is_in(after, "clause_after"):
        return True
    return not after.classes.isdisjoint({"comma", "dot", "rparen", "colon"})


def day_before(match: Match) -> list[Found]:
    """`the day before`, `the week after`."""
    after = match.after()
    before = match.before()
    inside = before is not None and before.lower in ("in", "of", "during")
    if inside or (after is not None and after.lower in ("yesterday", "tomorrow", "next", "last")):
        return []
    sign = 1 if is_in(match.need("dir"), "forward_directions") or match.need("dir").lower == "following" else -1
    return match.found(Shift(unit_of(match.need("unit")), sign, "text"))


def after_next(match: Match) -> list[Found]:
    """`the week after next`, `the year before last`."""
    return match.found(Shift(unit_of(match.need("unit")), 2 if match.need("dir").lower == "next" else -2, "speech"))


def edge_unit(match: Match) -> list[Found]:
    """`by end of year`: the present one."""
    unit = unit_of(match.need("unit"))
    mod = "END" if "end" in match.need("edge").classes else "START"
    stands = unit in ("day", "week", "month", "quarter", "year", "decade", "century")
    return match.found(Shift(unit, 0, "speech", mod=mod)) if stands else []


def end_letters(match: Match) -> list[Found]:
    """`EOY`, `EOD`: end of year, of day."""
    unit = {"eoy": "year", "eom": "month", "eow": "week", "eod": "day"}[match.need("letters").lower]
    return match.found(Shift(unit, 0, "speech", mod="END"))


def the_unit(match: Match) -> list[Found]:
    """`the year`, `the week`: the one being told of."""
    unit, after = unit_of(match.need("unit")), match.after()
    if unit == "weekend":
        return match.found(Shift("weekend", 0, "speech"))
    if after and unit == "week" and after.lower == "of":
        beyond = match.after(2)
        day = beyond is not None and not beyond.classes.isdisjoint({"month", "ordinal_day", "d31", "the"})
        return match.found(Shift("week", 0, "text", mod="OF")) if day else []
    if after and not after.classes.isdisjoint({"of", "old", "long", "dash"}):
        return []
    if unit == "day":
        within = match.need_before("in") and is_in(match.before(2), "day_edges")
        return match.found(Shift("day", 0, "text")) if within or follows(match, "day_unit_after") else []
    told = unit in ("year", "month", "week", "quarter", "decade", "century")
    stands = follows(match, "unit_after") or is_near(match, "unit_before")
    return match.found(Shift(unit, 0, "text")) if told and stands else []


def fiscal_year(match: Match) -> list[Found]:
    """`the fiscal year`: the one being told of."""
    return match.found(Shift("year", 0, "text")) if unit_of(match.need("unit")) == "year" else []


def year_end(match: Match) -> list[Found]:
    """`year-end`, `by year's end`, `at year-end 1988`."""
    year = match.get("year")
    if year is not None:
        return match.found(Calendar(year.whole, mod="END"))
    unit = "month" if match.need("edge").lower.startswith("month") else "year"
    return match.found(Shift(unit, 0, "speech", mod="END"))


def units_ahead(match: Match) -> list[Found]:
    """`in the months ahead`."""
    return match.found(Reference("FUTURE_REF"))


def year_earlier(match: Match) -> list[Found]:
    """`the year-earlier quarter`, `the year-ago period`."""
    of_quarter = any(token.lower == "quarter" for token in match.tokens[match.first : match.last + 1])
    return match.found(Shift("quarter", -4, "text") if of_quarter else Shift("year", -1, "text"))


def same_time(match: Match) -> list[Found]:
    """`at the time`, `around the same time`, `during this period`: something told, not the calendar."""
    words = " ".join(token.lower for token in match.tokens[match.first : match.last + 1])
    before = match.before()
    at = before is not None and before.lower == "at"
    if words == "the time" or (words == "this time" and at):
        stands = at and not is_near(match, "time_of_before")
    elif words == "the same time":
        stands = not (at and is_near(match, "same_time_before"))
    elif words.startswith("this ") or words == "the period":
        stands = follows(match, "period_after")
    else:
        stands = True
    return match.found(Vague(words)) if stands else []


def reference(match: Match) -> list[Found]:
    """`now`, `recently`, `soon`, `the future`."""
    token, after = match.need("ref"), match.after()
    word = token.lower
    for name, value in PHRASE_REFERENCES.items():
        if name in token.classes and token.kind == "phrase":
            return match.found(Reference(value))
    if is_in(token, "no_reference") or not _reference_stands(match, word):
        return []
    if word == "recent" and after and "units" in after.classes:
        return []
    return match.found(Reference(lexicon().values[f"reference:{word}"]))


def _reference_stands(match: Match, word: str) -> bool:
    after = match.after()
    if word in ("past", "future"):
        definite = match.last > match.first or (word == "future" and follows(match, "unit_after"))
        the = match.before()
        definite = definite or (word == "future" and the is not None and the.lower == "the")
        return definite and (after is None or after.kind != "word" or is_near(match, "reference_before"))
    if word == "now":
        return after is None or after.lower != "that"
    if word == "soon":
        return not follows(match, "soon_after") and not is_near(match, "soon_before")
    return not (word == "current" and is_near(match, "current_before"))


RELATIVE: dict[str, Builder] = {
    b.__name__: b
    for b in (
        named_day, day_but_one, which_unit, this_past, ago, day_before, after_next, edge_unit, end_letters, the_unit,
        fiscal_year, year_end, units_ahead,
        year_earlier, same_time, reference,
    )
}  # fmt: skip
