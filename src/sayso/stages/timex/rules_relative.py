"""Rules for times counted from another: today, last week, two days ago, the following month, at the time."""

from __future__ import annotations

from typing import Literal, cast

from .expr import Found, Length, Reference, Shift, Vague
from .lexicon import lexicon
from .patterns import Match, Rule
from .rules_calendar import shift_for, which_of
from .tokens import Token

__all__ = ["RELATIVE_RULES", "length_of"]


def unit_of(token: Token | None) -> str:
    """Name of a unit token."""
    return lexicon().values[f"unit:{token.lower}"] if token else ""


def _today(match: Match) -> list[Found]:
    token = match.tokens[match.last]
    count = {"yesterday": -1, "tomorrow": 1}.get(token.lower, 0)
    return match.found(Shift("day", count, "speech", clock="TNI" if token.lower == "tonight" else ""))


def _day_but_one(match: Match) -> list[Found]:
    return match.found(Shift("day", 2 if "tomorrow" in match.tokens[match.last].lower else -2, "speech"))


def _which_unit(match: Match) -> list[Found]:
    which_token, unit_token = match.get("which"), match.get("unit")
    assert which_token is not None and unit_token is not None
    unit, word = unit_of(unit_token), which_token.lower
    the = match.has("the")
    if unit in ("second", "minute"):
        return []
    if unit == "hour":
        return match.found(Length("hour", 1, "past")) if word in ("last", "past") else []
    if word == "past" or (
        word == "last" and the and unit in ("year", "decade", "century", "month", "week", "quarter", "fortnight")
    ):
        if unit == "quarter":
            return match.found(Shift(unit, -1, "speech"))
        return match.found(Length(unit, 1, "past"))
    if word == "that" and not _that_stands(match, unit):
        return []
    which = which_of(which_token)
    if word == "next" and the:
        which = "following" if unit in ("day", "week", "month", "year", "decade", "century") else which
    if word == "latest":
        return match.found(Shift(unit, -1, "speech"))
    return match.found(shift_for(which, unit))


def _that_stands(match: Match, unit: str) -> bool:
    """`that day` the time, not `that day care …`: no noun follows directly where the unit may modify it."""
    return unit not in ("quarter", "season", "second") or match.has("of")


def _which_units(match: Match) -> list[Found]:
    """`the past three years`, `the next few weeks`, `the first nine months`."""
    which, unit = match.get("which"), match.get("unit")
    count, mod = length_count(match)
    word = which.lower if which else ""
    side = cast(
        Literal["", "past", "future"],
        {
            "last": "past",
            "past": "past",
            "previous": "past",
            "preceding": "past",
            "recent": "past",
            "next": "future",
            "coming": "future",
        }.get(word, ""),
    )
    return match.found(Length(unit_of(unit), count, side, mod=mod))


def _recent_units(match: Match) -> list[Found]:
    word = match.tokens[match.start("which")].lower
    return match.found(Reference("PAST_REF" if word in ("recent", "past") else "FUTURE_REF"))


def length_count(match: Match) -> tuple[float | None, str | None]:
    """How many, and TimeML's mod, of a length; None for `several`."""
    count: float | None = None
    token = match.get("count")
    if token is not None and token.number is not None:
        count = token.number
    elif token is not None and token.classes & {"a", "another"}:
        count = 1
    elif match.has("halfa"):
        count = 0.5
    if match.has("half"):
        count = (count or 0) + 0.5
    return count, None


def _length(match: Match) -> Length | None:
    unit = match.get("unit")
    name = unit_of(unit)
    count, mod = length_count(match)
    token = match.get("count")
    assert unit is not None
    if token is not None and "a" in token.classes and "units" in unit.classes and not match.has("several"):
        return None
    return Length(name, count, mod=mod)


def length_of(match: Match) -> list[Found]:
    """A plain length: `three days`, `half an hour`, `several years`."""
    length = _length(match)
    if length is None:
        return []
    before, after = match.before(), match.after()
    unit, count = match.get("unit"), match.get("count")
    assert unit is not None
    if length.unit == "quarter" and after and after.lower == "of":
        return []
    if length.unit in ("season", "quarter") and (count is None or "a" in count.classes):
        return []
    if length.unit == "second" and unit.lower == "second":
        return []
    if (
        count is not None
        and "a" in count.classes
        and length.unit == "day"
        and after
        and after.lower in ("of", "care", "job", "trip", "trader", "laborer")
    ):
        return []
    if len(unit.lower) <= 3 and unit.lower not in ("day",) and not (count and "figure" in count.classes):
        return []
    slashed = any(token.lower == "/" for token in match.tokens[match.first : match.last])
    if slashed or (before and before.classes & {"currency"}):
        return []
    return match.found(length)


def _aged(match: Match) -> list[Found]:
    count = match.get("count")
    assert count is not None
    return match.found(Length("year", count.number, age=True)) if count.whole <= 130 else []


def _bare_units(match: Match) -> list[Found]:
    """`for years`, `in months`, `weeks of talks`: only where it is an amount of time."""
    unit, before, after = match.get("unit"), match.before(), match.after()
    assert unit is not None
    name = unit_of(unit)
    if name in ("second", "minute", "season", "quarter", "weekend") or len(unit.lower) <= 3:
        return (
            []
            if not (before and before.lower in ("within", "in") and name == "minute")
            else match.found(Length(name, None))
        )
    if before and before.classes & {"ordinal", "s", "dash", "num"}:
        return []
    if before and (
        before.lower
        in (
            "his",
            "her",
            "their",
            "our",
            "my",
            "its",
            "these",
            "those",
            "school",
            "college",
            "teenage",
            "dog",
            "formative",
            "golden",
            "old",
            "light",
        )
        or "weekday" in before.classes
    ):
        return []
    if after and "apos" in after.classes:
        return []
    backed = before and before.lower in (
        "for",
        "in",
        "over",
        "within",
        "of",
        "after",
        "takes",
        "take",
        "took",
        "spent",
        "spend",
        "last",
        "lasted",
        "by",
        "two",
        "years",
        "and",
        "or",
        "than",
        "about",
        "just",
        "only",
        "through",
        "cost",
        "wait",
        "waited",
        "throughout",
        "during",
    )
    followed = after and after.lower in (
        "of",
        "after",
        "before",
        "long",
        "later",
        "since",
        "to",
        "away",
        "on",
        "in",
        "and",
        "or",
    )
    if name == "day" and not (
        before and before.lower in ("for", "in", "within", "over", "after", "or", "and", "just", "of")
    ):
        return match.found(Length(name, None)) if after and after.lower in ("of", "after", "before") else []
    return match.found(Length(name, None)) if backed or followed else []


def _ago(match: Match) -> list[Found]:
    word = match.get("dir")
    assert word is not None
    unit = unit_of(match.get("unit"))
    count, mod = length_count(match)
    token = match.get("count")
    if match.has("several") and not (token and token.number):
        count = None
    if token is None and not match.has("several") and not match.has("halfa"):
        count = None
    base: Literal["speech", "text"] = (
        "text"
        if word.lower in ("earlier", "before", "later", "after", "previously", "afterward", "afterwards")
        else "speech"
    )
    sign = 1 if word.lower in ("later", "after", "hence", "from", "afterward", "afterwards") else -1
    if word.lower in ("before", "after", "following"):
        return _before_after(match, unit, count, sign)
    if unit == "season":
        return []
    return match.found(Shift(unit, None if count is None else sign * count, base, mod=mod, sign=sign))


CLAUSE_END = frozenset({"comma", "dot", "rparen", "gap", "colon"})


def _before_after(match: Match, unit: str, count: float | None, sign: int) -> list[Found]:
    """`two days before` stands alone as a time; followed by an event it is an amount (`two days after the vote`)."""
    after = match.after()
    alone = (
        after is None
        or after.classes & CLAUSE_END
        or after.kind == "gap"
        or after.lower in (";", "and", "but", "”", '"')
    )
    if alone:
        return match.found(Shift(unit, None if count is None else sign * count, "text", sign=sign))
    return []


def _day_before(match: Match) -> list[Found]:
    """`the day before`, `the week after`, `the day before the vote`: the last from an event."""
    unit, word, after = match.get("unit"), match.get("dir"), match.after()
    assert word is not None
    sign = 1 if word.lower in ("after", "following", "later") else -1
    if after is not None and after.lower in ("yesterday", "tomorrow", "next", "last"):
        return []
    return match.found(Shift(unit_of(unit), sign, "text"))


def _week_after_next(match: Match) -> list[Found]:
    word = match.tokens[match.last].lower
    return match.found(Shift(unit_of(match.get("unit")), 2 if word == "next" else -2, "speech"))


def _the_unit(match: Match) -> list[Found]:
    """`the year`, `the week`: the one being told of."""
    unit = unit_of(match.get("unit"))
    before, after = match.before(), match.after()
    if unit not in ("year", "month", "week", "quarter", "day", "decade", "century", "weekend"):
        return []
    if after and ((after.kind == "word" and after.classes & {"of", "old", "long"}) or after.classes & {"dash"}):
        return []
    prepositions = {"of", "in", "for", "during", "throughout", "over", "by", "within", "since", "this"}
    if unit == "weekend":
        return match.found(Shift("weekend", 0, "speech"))
    if before is None or before.lower not in prepositions:
        return []
    if unit == "day":
        return match.found(Shift("day", 0, "text")) if before.lower in ("of", "during", "for") else []
    return match.found(Shift(unit, 0, "text"))


def _year_earlier(match: Match) -> list[Found]:
    """`the year-earlier quarter`, `the year-ago period`."""
    unit = match.get("unit2")
    count = -1
    if unit is None:
        return match.found(Shift("year", count, "text"))
    name = unit_of(unit)
    if name == "quarter":
        return match.found(Shift("year", count, "text"))
    return match.found(Shift("year", count, "text"))


def _same_time(match: Match) -> list[Found]:
    words = " ".join(token.lower for token in match.tokens[match.first : match.last + 1])
    after, before = match.after(), match.before()
    if (
        words == "the same time"
        and before is not None
        and before.lower in ("at",)
        and after is not None
        and after.lower in (",", "as", ".")
    ):
        return []
    if words == "the time" and not (
        before and before.lower == "at" and (after is None or after.lower not in ("of", "to", "being", "when", "that"))
    ):
        return []
    return match.found(Vague(words))


def _the_past(match: Match) -> list[Found]:
    after = match.after()
    ended = after is None or after.kind != "word" or after.lower in _AFTER_FUTURE
    return match.found(Reference("PAST_REF")) if ended else []


def _reference(match: Match) -> list[Found]:
    token = match.get("ref")
    assert token is not None
    before, after = match.before(), match.after()
    word = token.lower
    value = {"now": "PRESENT_REF", "recent_ref": "PAST_REF", "future_ref": "FUTURE_REF"}
    for name, code in value.items():
        if name in token.classes and token.kind == "phrase":
            return match.found(Reference(code))
    code = lexicon().values.get(f"reference:{word}", "")
    if word in ("past", "future", "former", "previously", "formerly", "upcoming", "shortly", "presently"):
        return (
            match.found(Reference(code))
            if word == "future"
            and before
            and before.lower in ("the", "in")
            and not (after and after.kind == "word" and after.lower not in _AFTER_FUTURE)
            else []
        )
    if word == "now" and after and after.lower in ("-", "that") and not (after.lower == "-"):
        return []
    if word == "soon" and (
        (before and before.lower in ("as", "so", "too"))
        or (after and after.lower in ("as", "after", "afterward", "afterwards"))
    ):
        return []
    if word == "current" and after and after.lower in ("account", "affairs"):
        return []
    if word == "recent" and after and after.classes & {"units"}:
        return []
    return match.found(Reference(code))


_AFTER_FUTURE = frozenset(
    [
        "of",
        "and",
        "or",
        "is",
        "was",
        "will",
        "would",
        "with",
        "for",
        "to",
        "in",
        "on",
        "as",
        "at",
        "by",
        "that",
        "if",
        "when",
        "but",
        "than",
    ]
)

_COUNT = "(?:(?P<count><num>|<a>|<another>)(?P<several><several>)?|(?P<several2><several>|<dozens>)<of>?|(?P<halfa><half>)<dash>?(?P<count2><a>)|<a>(?P<halfa2><half>)<dash>?)"
_COUNT = "(?:(?P<count><num>|<a>|<another>|<once>)(?P<half><and><a>?<half>|<dash><and><dash><a>?<dash>?<half>)?|(?P<several><several>|<dozens>)<of>?|(?P<halfa><half>)<dash>?<a>|<a><half><dash>?)"
LEN = _COUNT + "<full>?<dash>?(?P<unit><unit>)(?P<half2><and><a><half>)?"
_DIR = "(?P<dir><ago>|<earlier>|<later>|<before>|<after>|<hence>)"

RELATIVE_RULES = (
    Rule("<early>?(?:<today>|<tonight>|<tomorrow>|<yesterday>)", _today),
    Rule("<the>?(?:<day_before_yesterday>|<day_after_tomorrow>)", _day_but_one),
    Rule("(?P<the><the>)?(?P<which><last>|<past>|<this>|<next>|<coming>|<previous>|<following>|<same>|<current>|<latest>)<full>?(?P<unit><unit1>)", _which_unit),
    Rule("<this>?(?P<which><that>|<same>)(?:<same>|<full>)?(?P<unit><unit1>)", _which_unit),
    Rule("<this><past>(?P<which><past>|<last>)?(?P<unit><unit1>)", lambda m: m.found(Shift(unit_of(m.get("unit")), -1, "speech"))),
    Rule("<the>?(?P<which><last>|<past>|<next>|<coming>|<previous>|<following>|<remaining>|<ordinal>|<those>|<these>)(?:<approx>|<nearly>|<more_than>)?(?:(?P<count><num>)(?P<half><and><a>?<half>)?|(?P<several><several>))<full>?(?P<unit><units>)", _which_units),
    Rule("<the>?(?P<count><num>)<previous>(?P<unit><units>)", lambda m: m.found(Length(unit_of(m.get("unit")), length_count(m)[0], "past"))),
    Rule("(?:<in><the>)?<the>?(?P<which><recent>|<past>|<coming>|<reference>)(?P<unit><units>)", lambda m: _recent_units(m) if m.tokens[m.start("which")].lower in ("recent", "past", "coming", "upcoming") else []),
    Rule("<the>(?P<which><next>|<following>|<coming>|<last>|<past>)(?P<unit><units>)", lambda m: _which_units(m)),
    Rule(LEN, length_of),
    Rule(LEN + "<dash>?<old>", lambda m: length_of(m) if m.get("unit") else []),
    Rule("<aged>(?P<count><small>)(?!<dash>|<month>|<percent>)", _aged),
    Rule(LEN + _DIR, _ago),
    Rule("(?P<unit><units>)" + _DIR, _ago),
    Rule(LEN + "(?P<dir><from>)<now>", _ago),
    Rule("(?P<unit><units>)", _bare_units),
    Rule("<the>(?P<unit><unit1>)(?P<dir><before>|<after>)", _day_before),
    Rule("<the>?(?P<unit><unit1>)<after><next>", _week_after_next),
    Rule("<the>?(?P<unit><unit1>)<before><last>", _week_after_next),
    Rule("<the>(?P<unit><unit1>)", _the_unit),
    Rule("<the>?<unit1><dash>(?:<earlier>|<ago>)(?P<unit2><unit1>|<period>)?", _year_earlier),
    Rule("(?P<ref><now>|<reference>|<recent_ref>|<future_ref>)", _reference),
    Rule("<approx>?(?:<the><same>?|<that><same>?|<this>)(?P<time><time>|<period>)", _same_time),
    Rule("(?P<ref><the><past>)", _the_past),
)  # fmt: skip
