"""Rules for dates of the calendar: days, months, years, decades, quarters, seasons, weekdays, holidays."""

from __future__ import annotations

import re

from .calendar import days_in_month
from .expr import Calendar, Expr, Found, Shift, Which, Within
from .lexicon import lexicon
from .patterns import Match, Rule
from .tokens import Token

__all__ = ["CALENDAR_RULES", "MACROS", "which_of"]

MACROS = {
    "year": "(?P<year><year>|<short>)",
    "ofyear": "(?:(?:<comma>|<of>)?(?:(?P<year><year>|<short>|<year3>(?=<bc>))(?P<bc><bc>)?))",
    "relyear": "(?:(?:<comma>|<of>|<in>)?(?:<the>)?(?P<rel><last>|<this>|<next>|<that>|<same>|<current>|<previous>|<following>)(?P<relunit><unit1>))",
    "which": "(?P<which><last>|<this>|<next>|<coming>|<previous>|<following>|<past>|<that>|<same>|<current>|<latest>)",
    "wd": "(?:(?P<wd><weekday>)<comma>?)",
    "prep": "(?:<in>|<on>|<of>|<by>|<since>|<to>|<from>|<for>|<before>|<after>|<between>|<over>|<at>)",
}

WHICH: dict[str, Which] = {
    "last": "last", "past": "last", "this": "this", "current": "this", "latest": "last", "next": "next", "coming": "coming",
    "upcoming": "coming", "forthcoming": "coming", "ensuing": "following", "previous": "previous", "preceding": "previous",
    "prior": "previous", "following": "following", "succeeding": "following", "subsequent": "following",
    "that": "same", "same": "same", "the": "", "these": "this", "those": "same",
}  # fmt: skip


def which_of(token: Token | None) -> Which:
    """The determiner's sense; empty for none."""
    return WHICH.get(token.lower, "") if token else ""


def month_of(token: Token) -> int:
    """Month number of a month token."""
    return int(lexicon().numbers[token.lower])


def year_of(match: Match, name: str = "year") -> tuple[int | None, bool]:
    """The year of a group and whether two digits were written; BC years count down from -1."""
    token = match.get(name)
    if token is None:
        return None, False
    digits = int(re.sub(r"\D", "", token.lower) or 0)
    if match.has("bc"):
        return -digits, False
    return digits, token.kind == "short"


def relative_year(match: Match) -> Expr | None:
    """The outer stretch of `May of last year`."""
    rel, unit = match.get("rel"), match.get("relunit")
    if rel is None or unit is None:
        return None
    return shift_for(which_of(rel), lexicon().values[f"unit:{unit.lower}"])


def shift_for(which: Which, unit: str) -> Shift:
    """`last week`, `the following year`: a unit and a determiner."""
    count = {"last": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(which, 0)
    base = "text" if which in ("previous", "following", "same") else "speech"
    return Shift(unit, count, base)  # type: ignore[arg-type]


def _day(token: Token | None) -> int:
    return token.whole if token else 0


def _weekday(match: Match) -> int | None:
    token = match.get("wd")
    return int(lexicon().numbers[token.lower]) if token else None


def _month_day(match: Match) -> list[Found]:
    month, day = match.get("month"), match.get("day")
    assert month is not None
    year, short = year_of(match)
    number, month_number = _day(day), month_of(month)
    if number > days_in_month(year or 2000, month_number):
        return []
    after = match.after()
    if year is None and after and after.classes & {"percent", "colon_clock"}:
        return []
    calendar = Calendar(year, month_number, number, _weekday(match), short=short, outer=relative_year(match))
    out = match.found(calendar)
    return _day_range(match, calendar, out)


def _day_range(match: Match, calendar: Calendar, out: list[Found]) -> list[Found]:
    if not match.has("day2"):
        return out
    end = match.get("day2")
    assert end is not None and calendar.month is not None
    if not 1 <= end.whole <= days_in_month(calendar.year or 2000, calendar.month):
        return []
    link, after = match.tokens[match.start("day2") - 1], match.after()
    if link.lower in ("and", "or", "&") and match.start("month") < match.start("day2") and after and _counts(after):
        return []
    at = match.start("day2")
    second = Calendar(calendar.year, calendar.month, end.whole, short=calendar.short, outer=calendar.outer)
    first_end, second_start = (at - 2, at) if match.start("month") < at else (match.start("day"), at)
    if match.start("month") < at:
        return [Found(match.first, first_end, calendar, 1), Found(second_start, match.last, second, 1)]
    return [Found(match.first, first_end, calendar, 1), Found(second_start, match.last, second, 1)]


def _counts(after: Token) -> bool:
    """Whether the word after `May 3 and 12` is what the number counts."""
    return after.kind == "word" and not after.classes and after.lower not in _AFTER_DATE


_AFTER_DATE = frozenset("as with was were is are will would when while which who but he she it they we".split())


def _month_year(match: Match) -> list[Found]:
    month = match.get("month")
    assert month is not None
    year, short = year_of(match)
    return match.found(Calendar(year, month_of(month), short=short, outer=relative_year(match)))


def _month(match: Match) -> list[Found]:
    month, which = match.get("month"), which_of(match.get("which"))
    assert month is not None
    if "doubtful" in month.classes and not which:
        before, after = match.before(), match.after()
        backed = before and before.classes & {
            "in",
            "of",
            "by",
            "since",
            "to",
            "from",
            "early",
            "late",
            "mid",
            "dash",
            "and",
            "comma",
            "lparen",
            "between",
            "during",
            "for",
        }
        if not backed or (
            before and before.lower in (",", "and", "for") and not (after and after.classes & {"to", "and", "dash"})
        ):
            return []
    return match.found(Calendar(month=month_of(month), which=which))


def _weekday_rule(match: Match) -> list[Found]:
    token = match.get("wd")
    assert token is not None
    number, which, day = int(lexicon().numbers[token.lower]), which_of(match.get("which")), match.get("day")
    if "doubtful" in token.classes and token.lower[-1] != "." and not which and day is None:
        before = match.before()
        if not before or not before.classes & {"on", "of", "comma", "lparen", "since", "by"}:
            return []
    if day is not None:
        return match.found(Calendar(day=day.whole, weekday=number))
    return match.found(Calendar(weekday=number, which=which))


def _weekday_of(match: Match) -> list[Found]:
    """`Monday of last week`, `Friday this week`."""
    token, rel, unit = match.get("wd"), match.get("rel"), match.get("relunit")
    assert token is not None and unit is not None
    outer = shift_for(which_of(rel), "week")
    if lexicon().values[f"unit:{unit.lower}"] != "week":
        return []
    return match.found(Calendar(weekday=int(lexicon().numbers[token.lower]), outer=outer))


def _year(match: Match) -> list[Found]:
    token = match.get("year")
    assert token is not None
    before, after = match.before(), match.after()
    year = token.whole
    if token.kind == "short":
        value = int(token.lower[-2:])
        return match.found(Calendar(value, short=True))
    if not year_stands(year, before, after, match.before(2)):
        return []
    return match.found(Calendar(year))


YEAR_PREPOSITIONS = frozenset(
    [
        "in",
        "since",
        "of",
        "until",
        "till",
        "by",
        "from",
        "before",
        "after",
        "during",
        "between",
        "to",
        "and",
        "through",
        "early",
        "late",
        "mid",
        "spring",
        "summer",
        "autumn",
        "fall",
        "winter",
        "for",
        "circa",
        "ca",
        "the",
        "year",
    ]
)
COUNTED = frozenset(
    [
        "people",
        "troops",
        "soldiers",
        "men",
        "women",
        "points",
        "miles",
        "kilometers",
        "km",
        "feet",
        "meters",
        "metres",
        "pounds",
        "dollars",
        "tons",
        "tonnes",
        "percent",
        "%",
        "euros",
        "workers",
        "employees",
        "jobs",
        "votes",
        "deaths",
        "yards",
        "acres",
        "units",
        "shares",
        "barrels",
        "copies",
        "vehicles",
        "planes",
        "aircraft",
        "families",
        "homes",
        "houses",
        "students",
        "members",
        "prisoners",
        "civilians",
        "casualties",
        "times",
        "others",
        "million",
        "billion",
        "hectares",
        "pages",
        "degrees",
        "calories",
        "mph",
        "kph",
        "square",
        "gmt",
        "utc",
        "hours",
    ]
)


def year_stands(year: int, before: Token | None, after: Token | None, earlier: Token | None) -> bool:
    """Whether a bare number of four digits is a year, judged by its neighbours."""
    if before and (
        before.classes & {"currency", "approx_count"}
        or before.lower
        in (
            "no",
            "number",
            "flight",
            "route",
            "psalm",
            "page",
            "room",
            "article",
            "section",
            "level",
            "than",
            "over",
            "nearly",
            "almost",
            "least",
            "§",
        )
    ):
        return False
    if after and (after.lower in COUNTED or after.classes & {"percent", "scale"}):
        return False
    if after and after.classes & {"units"}:
        return False
    if 1900 <= year <= 2100:
        return True
    strong = bool(before and (before.lower in YEAR_PREPOSITIONS or before.classes & {"lparen", "month", "dash"}))
    return strong or (bool(after and after.classes & {"rparen", "dash", "bc", "ad"}) and 1000 <= year <= 2100)


def _year_range(match: Match) -> list[Found]:
    """`1991-94`, `1914-1918`: two dates; `2018-19` as well."""
    first, second = match.get("y1"), match.get("y2")
    assert first is not None and second is not None
    low, high = first.whole, second.whole
    if first.end != match.tokens[match.start("y1") + 1].start or not year_stands(
        low, match.before(), match.after(), None
    ):
        return []
    text = second.lower
    if len(text) == 2:
        high = low // 100 * 100 + high
    if not low < high <= low + 400 or low < 1000:
        return []
    at = match.start("y2")
    return [Found(match.first, at - 2, Calendar(low), 1), Found(at, match.last, Calendar(high), 1)]


def _bc(match: Match) -> list[Found]:
    token = match.get("n")
    assert token is not None and token.number is not None
    if token.kind == "decade":
        return match.found(Calendar(decade=-int(re.sub(r"\D", "", token.lower))))
    bc = match.get("bc")
    sign = -1 if bc is not None and bc.lower.startswith("b") else 1
    return match.found(Calendar(sign * token.whole))


def _bc_range(match: Match) -> list[Found]:
    first, second = match.get("y1"), match.get("y2")
    assert first is not None and second is not None
    at = match.start("y2")
    return [
        Found(match.start("y1"), match.start("y1"), Calendar(-first.whole), 1),
        Found(at, match.last, Calendar(-second.whole), 1),
    ]


def _decade(match: Match) -> list[Found]:
    token = match.get("decade")
    assert token is not None
    if "decade_word" in token.classes:
        return match.found(Calendar(decade=token.whole))
    digits = re.sub(r"\D", "", token.lower)
    if len(digits) == 2 and not token.lower.startswith(("'", "’")) and not match.has("the"):
        return []
    sign = -1 if match.has("bc") else 1
    return match.found(Calendar(decade=sign * int(digits)))


def _century(match: Match) -> list[Found]:
    token = match.get("nth")
    assert token is not None
    if not 1 <= token.whole <= 30:
        return []
    return match.found(Calendar(century=-token.whole if match.has("bc") else token.whole))


def _quarter(match: Match) -> list[Found]:
    token, unit = match.get("nth"), match.get("unit")
    assert token is not None and unit is not None
    last = token.lower in ("last", "final")
    nth = 4 if last else token.whole
    if not 1 <= nth <= 4:
        return []
    year, short = year_of(match)
    return match.found(Calendar(year, quarter=nth, short=short, outer=relative_year(match), fiscal=match.has("fiscal")))


def _half(match: Match) -> list[Found]:
    token = match.get("nth")
    assert token is not None
    nth = 2 if token.lower in ("last", "final", "latter") else token.whole
    if nth not in (1, 2):
        return []
    year, short = year_of(match)
    outer = relative_year(match)
    if match.has("decade"):
        decade = match.get("decade")
        assert decade is not None
        return match.found(Calendar(decade=int(re.sub(r"\D", "", decade.lower)), mod="START" if nth == 1 else "END"))
    if year is None and outer is None and match.has("month"):
        month = match.get("month")
        assert month is not None
        return match.found(Calendar(month=month_of(month), mod="START" if nth == 1 else "END"))
    if outer is not None and isinstance(outer, Shift) and outer.unit != "year":
        return match.found(Shift(outer.unit, outer.count, outer.base, mod="START" if nth == 1 else "END"))
    return match.found(Calendar(year, half=nth, short=short, outer=outer))


def _code(match: Match) -> list[Found]:
    token = match.get("code")
    assert token is not None
    year, short = year_of(match)
    near = match.get("yy")
    if near is not None:
        year, short = near.whole, near.whole < 100
    letter, digit = sorted(token.lower.upper(), reverse=True)[:2] if len(token.lower) == 2 else ("F", "")
    if letter == "F":
        digits = int(re.sub(r"\D", "", token.lower))
        return match.found(Calendar(digits, short=digits < 100, fiscal=True))
    if letter == "Q":
        return match.found(Calendar(year, quarter=int(digit), short=short))
    return match.found(Calendar(year, half=int(digit), short=short)) if int(digit) <= 2 else []


def _fiscal(match: Match) -> list[Found]:
    year, short = year_of(match)
    return match.found(Calendar(year, short=short, fiscal=True))


def _season(match: Match) -> list[Found]:
    token, which = match.get("season"), which_of(match.get("which"))
    assert token is not None
    year, short = year_of(match)
    outer = relative_year(match)
    before = match.before()
    season = lexicon().values[f"season:{token.lower}"]
    after = match.after()
    if "lower_season" in token.classes and year is None and outer is None:
        lead = which or (
            match.has("the") and before and before.classes & {"in", "by", "of", "since", "to", "during", "over"}
        )
        if not lead or (after and after.lower == "of" and not which):
            return []
    if (
        token.lower == "fall"
        and "season" in token.classes
        and year is None
        and outer is None
        and not which
        and not match.has("the")
    ):
        return []
    bare = year is None and outer is None and not which and token.lower in ("spring", "fall")
    if (
        bare
        and not match.has("the")
        and not (
            before
            and before.classes
            & {"in", "of", "by", "since", "to", "from", "early", "late", "mid", "between", "and", "dash"}
        )
    ):
        return []
    return match.found(Calendar(year, season=season, which=which, short=short, outer=outer))


def _holiday(match: Match) -> list[Found]:
    at = match.start("holiday")
    name = match.tokens[at].lower
    year, short = year_of(match)
    return match.found(
        Calendar(
            year,
            holiday=lexicon().holidays[name],
            which=which_of(match.get("which")),
            short=short,
            outer=relative_year(match),
        )
    )


def _within(match: Match) -> list[Found]:
    """`the last week of March`, `the first Monday of May 2018`, `the second day of the month`."""
    nth_token, month = match.get("nth"), match.get("month")
    assert nth_token is not None
    nth = -1 if nth_token.lower in ("last", "final") else nth_token.whole
    year, short = year_of(match, "year2" if match.has("year2") else "year")
    rel = match.get("rel")
    outer: Expr | None = None
    if month is not None:
        outer = Calendar(year, month_of(month), short=short, outer=relative_year(match))
    elif rel is not None:
        outer = relative_year(match)
    elif match.has("the2"):
        unit = match.get("u2")
        assert unit is not None
        outer = Shift(lexicon().values[f"unit:{unit.lower}"], 0, "text")
    elif year is not None:
        outer = Calendar(year, short=short)
    if outer is None or not nth:
        return []
    wd = match.get("wd")
    if wd is not None:
        return match.found(Within("week", nth, outer, int(lexicon().numbers[wd.lower])))
    unit = match.get("unit")
    assert unit is not None
    return match.found(Within(lexicon().values[f"unit:{unit.lower}"], nth, outer))


_NTH = "(?:<the>)?(?P<nth><ordinal>|<last>|<remaining>)"
_RANGE = "(?:(?:<dash>|<to>|<and>|<or>)(?P<day2><d31>|<ordinal_day>)(?!<units>|<percent>|<scale>|<am>|<pm>|<colon>))?"

CALENDAR_RULES = (
    Rule("{wd}?(?P<month><month>)<the>?(?P<day><d31>|<ordinal_day>)(?!<percent>|<scale>)(?:{ofyear}|{relyear})?", _month_day),
    Rule("{wd}?(?P<month><month>)<the>?(?P<day><d31>|<ordinal_day>)(?:<dash>|<to>|<and>)(?P<day2><d31>|<ordinal_day>)(?!<long_unit>|<short_unit>|<percent>|<scale>|<am>|<pm>|<oclock>|<month>)(?:{ofyear}|{relyear})?", _month_day),
    Rule("{wd}?<the>?(?P<day><d31>|<ordinal_day>)(?:<dash>|<to>|<and>|<or>)(?P<day2><d31>|<ordinal_day>)(?:<of>)?(?P<month><month>)(?:{ofyear}|{relyear})?", _month_day),
    Rule("{wd}?<the>?(?P<day><d31>|<ordinal_day>)(?:<dash>|<of>|<comma>)?(?P<month><month>)(?:<dash>)?(?:{ofyear}|{relyear})?", _month_day),
    Rule("(?P<month><month>)(?:<dash>)?(?:{ofyear}|{relyear})", _month_year),
    Rule("{which}?(?P<month><month>)", _month),
    Rule("(?:<the>)?{which}?(?P<wd><weekday>)(?:<the>(?P<day><ordinal_day>))?", _weekday_rule),
    Rule("(?P<wd><weekday>)(?:<of>)?(?:<the>)?(?P<rel><last>|<this>|<next>|<that>|<same>|<following>|<previous>)(?P<relunit><unit1>)", _weekday_of),
    Rule("(?P<year><year>|<short>)", _year),
    Rule("(?P<y1><year>)(?:<dash>)(?P<y2><year>|<yy>)(?!<dash>|<percent>)", _year_range),
    Rule("(?P<n><num>)(?P<bc><bc>|<ad>)", _bc),
    Rule("(?P<y1><figure>)(?:<dash>|<to>|<and>)(?P<y2><figure>)(?P<bc><bc>)", _bc_range),
    Rule("(?:(?P<the><the>))?(?P<decade><decade>)(?P<bc><bc>)?", _decade),
    Rule("<the>(?P<decade><decade_word>)", _decade),
    Rule("<the>?(?P<nth><ordinal>)<dash>?(?P<unit><unit1>)(?P<bc><bc>)?", lambda m: _century(m) if (u := m.get("unit")) and u.lower == "century" else []),
    Rule("<the>?(?P<fiscal><fiscal>)?(?P<nth><ordinal>|<last>|<remaining>)(?P<fiscal2><fiscal>)?<dash>?(?P<unit><unit1>)(?:{ofyear}|{relyear}|(?:<of>(?P<fiscal3><fiscal>)<year>))?", lambda m: _quarter(m) if (u := m.get("unit")) and u.lower == "quarter" and not (m.get("nth").lower == "last" and m.get("year") is None) else []),  # type: ignore[union-attr]
    Rule("<the>(?P<nth><ordinal>|<last>|<remaining>|<latter>)<half><of>?(?:<the>?(?P<year><year>|<short>)|{relyear}|(?P<month><month>)|<the>?(?P<decade><decade>))", _half),
    Rule("(?P<code><code>)(?:(?:<of>|<comma>)?(?P<year><year>|<short>)|(?P<yy><yy>))?", _code),
    Rule("<the>?<fiscal>(?:<unit1>)?(?P<year><year>|<short>)", _fiscal),
    Rule("(?P<the><the>)?{which}?(?P<season><season>|<lower_season>)(?:{ofyear}|{relyear})?", _season),
    Rule("{which}?(?P<holiday><holiday>)(?:{ofyear}|{relyear})?", _holiday),
    Rule(_NTH + "(?P<unit><unit1>)<of>(?:(?P<month><month>){ofyear}?|(?P<year2><year>)|{relyear}|(?P<the2><the>)(?P<u2><unit1>))", lambda m: _within(m) if m.get("unit").lower in ("week", "weekend", "day", "month") else []),  # type: ignore[union-attr]
    Rule(_NTH + "(?P<wd><weekday>)(?:<of>|<in>)(?:(?P<month><month>){ofyear}?|(?P<year2><year>)|{relyear}|(?P<the2><the>)(?P<u2><unit1>))", _within),
)  # fmt: skip
