"""Recognise expressions over tokens, then compose: a time of day with its date, edges, approximations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from sayso.lang import load

from .expr import Calendar, Clock, Expr, Found, Length, Shift, Vague, Within
from .lexicon import lexicon
from .patterns import Builder, Rule, RuleSet
from .rules_clock import CLOCK, SETS
from .rules_dates import DATES
from .rules_lengths import LENGTHS
from .rules_relative import RELATIVE
from .rules_years import YEARS
from .tokens import Token, known_classes

__all__ = ["recognise"]

BUILDERS: dict[str, dict[str, Builder]] = {
    "dates": DATES, "years": YEARS, "clock": CLOCK, "sets": SETS, "relative": RELATIVE, "lengths": LENGTHS,
}  # fmt: skip
"""Builders by group of rules, in the order in which rules are tried."""
REACH = 9
"""A rule starts at most this many tokens before the time word that it needs."""
LEANING = frozenset({"BARE", "HOUR", "OF"})
"""Marks of what stands only beside its day: `morning`, `at 5`, `the week of`."""
PARTS = frozenset({"TMO", "TAF", "TEV", "TNI"})
AFTER = 3
"""A rule starts at most two tokens after the time word."""
MAX_GAP = 4
"""Tokens between a time of day and its date."""


@cache
def rule_set() -> RuleSet:
    """All rules of `time_rules.yaml`, compiled once."""
    data = load("time_rules")
    rules = [Rule(pattern, builders[name]) for group, builders in BUILDERS.items() for name, pattern in data[group]]
    return RuleSet(rules, data["macros"], known_classes())


@cache
def _joints() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Classes that an expression can't do without; words that may stand between clock and date, and date and clock."""
    data = load("time")
    return frozenset(data["strong"]), frozenset(data["clock_then_date"]), frozenset(data["date_then_clock"])


@cache
def _edges() -> tuple[dict[str, str | None], dict[str, str]]:
    """TimeML's mod of edge words and of the classes of approximations."""
    data = load("time")
    return dict(data["edges"]), dict(data["approximations"])


def recognise(tokens: Sequence[Token]) -> list[Found]:
    """Expressions in token order, none overlapping another."""
    rules = rule_set()
    code = rules.encode(tokens)
    near = _near(tokens)
    found: list[Found] = []
    at = group = 0
    while at < len(tokens):
        hits = rules.longest(tokens, code, at) if near[at] and code[at] != rules.idle else []
        if not hits:
            at += 1
            continue
        if any(hit.group for hit in hits):
            group += 1
            hits = [replace(hit, group=group if hit.group else 0) for hit in hits]
        found += hits
        at = hits[-1].last + 1
    return _composed(tokens, found)


def _near(tokens: Sequence[Token]) -> list[bool]:
    """Whether a time word stands at a token or a few after it."""
    strong = _joints()[0]
    out, seen = [False] * len(tokens), len(tokens) + REACH + 1
    for at in range(len(tokens) - 1, -1, -1):
        if not strong.isdisjoint(tokens[at].classes):
            seen = at
            # An hour may follow its day: `Monday at 5`.
            out[at : at + AFTER] = [True] * len(out[at : at + AFTER])
        out[at] = seen - at <= REACH
    return out


def _composed(tokens: Sequence[Token], found: list[Found]) -> list[Found]:
    joined: list[Found] = []
    for item in found:
        one = _join(tokens, joined[-1], item) if joined else None
        if one is None:
            joined.append(item)
        else:
            joined[-1] = one
    out: list[Found] = []
    for item in joined:
        if isinstance(item.expr, (Clock, Shift)) and item.expr.mod in LEANING:
            continue
        out.append(_widened(tokens, item, out[-1].last if out else -1))
    return out


# --- a time of day and its date ---------------------------------------------------------------------


def _join(tokens: Sequence[Token], left: Found, right: Found) -> Found | None:
    """A date and a time of day, or a week and its day, that belong together, as one."""
    if right.first - left.last > MAX_GAP:
        return None
    gap = [token.lower for token in tokens[left.last + 1 : right.first]]
    words = " ".join(gap)
    a, b = left.expr, right.expr
    expr: Expr | None
    if isinstance(a, Clock) and isinstance(b, Clock):
        expr = _two_clocks(a, b, words)
    elif isinstance(a, (Calendar, Shift)) and a.clock and isinstance(b, Clock):
        expr = _half_of_day(a, b, words)
    elif isinstance(a, Clock) and is_day(b) and (words in _joints()[1] or gap[1:] == ["time", "on"]):
        expr = _with_clock(b, a)
    elif isinstance(b, Clock) and is_day(a):
        expr = _with_clock(a, b) if _clock_follows(b, words) else None
    else:
        expr = _week_of(a, b, words) or _same_period(a, b, words) or _ago_on(a, b, words)
    if expr is None:
        return None
    last = right.last
    if isinstance(b, Calendar) and isinstance(a, Clock):
        last, expr = _zone_after(tokens, last, expr)
    return Found(left.first, last, expr, left.group or right.group)


def _clock_follows(clock: Clock, words: str) -> bool:
    if words not in _joints()[2] or clock.which:
        return False
    if clock.mod == "HOUR":
        return words in ("at", "at about", "at around", "by")
    return not (words and clock.mod == "BARE") or words in ("in the", "in")


def _zone_after(tokens: Sequence[Token], last: int, expr: Expr) -> tuple[int, Expr]:
    """`9:34 p.m., March 19 EST`."""
    if last + 1 < len(tokens) and "zone" in tokens[last + 1].classes and isinstance(expr, Calendar):
        zone = lexicon().values[f"zone:{tokens[last + 1].lower}"]
        return last + 1, replace(expr, clock=expr.clock + zone)
    return last, expr


def _week_of(a: Expr, b: Expr, words: str) -> Expr | None:
    """`the week of April 10`: the week that holds the day."""
    if (
        isinstance(a, Shift)
        and a.unit == "week"
        and a.count == 0
        and isinstance(b, Calendar)
        and b.day
        and words == "of"
    ):
        return Within("week", 0, b)
    return None


def _same_period(a: Expr, b: Expr, words: str) -> Expr | None:
    """`the same period last year`, `the same month a year earlier`: the time told, a year before."""
    same = isinstance(a, Vague) and "same" in a.words
    same = same or (
        isinstance(a, Shift) and a.base == "text" and a.count == 0 and a.unit in ("month", "quarter", "week")
    )
    if same and isinstance(b, Shift) and b.unit == "year" and b.count == -1 and words in ("", "in", "of"):
        return Shift("year", -1, "text", like=True)
    return None


def _ago_on(a: Expr, b: Expr, words: str) -> Expr | None:
    """`a week ago Friday`: the weekday of that week; `a year ago today`: the day, a year before."""
    if isinstance(a, Length) and isinstance(b, Shift):
        return _days_from(a, b, words)
    if not isinstance(a, Shift) or a.base != "speech" or a.count is None or a.mod or words not in ("", "on", ", on"):
        return None
    if a.unit == "week" and isinstance(b, Calendar) and b.weekday and not (b.day or b.which or b.outer):
        return replace(b, outer=a)
    if not a.count or words:
        return None
    if a.unit in ("year", "month", "week") and isinstance(b, Shift) and (b.unit, b.count) == ("day", 0) and not b.clock:
        return replace(a, like=True)
    return None


def _days_from(a: Length, b: Shift, words: str) -> Expr | None:
    """`two days after yesterday`, `three weeks from tomorrow`: so many days from a day that is named."""
    sign = {"after": 1, "from": 1, "before": -1}.get(words, 0)
    days = {"day": 1, "week": 7}.get(a.unit, 0) * sign * (a.count or 0)
    named = b.unit == "day" and b.base == "speech" and b.count is not None and abs(b.count) <= 1 and not b.clock
    return replace(b, count=(b.count or 0) + days) if days and named and not a.mod else None


def _half_of_day(a: Calendar | Shift, b: Clock, words: str) -> Expr | None:
    """`10 o'clock Friday night`: the part of the day tells which ten o'clock."""
    if words or b.mod != "BARE" or b.clock not in PARTS or not a.clock[1:3].isdigit():
        return None
    hour = int(a.clock[1:3])
    late = b.clock != "TMO" and 1 <= hour < 12 and not (hour < 5 and b.clock == "TNI")
    return replace(a, clock=f"T{hour + 12:02d}{a.clock[3:]}") if late else a


def is_day(expr: Expr) -> bool:
    """Whether the expression means one day, to which a time of day may be added."""
    match expr:
        case Calendar():
            return not expr.clock and bool(expr.day or expr.weekday or expr.holiday)
        case Shift():
            return expr.unit == "day" and not expr.clock and expr.count is not None
        case Within():
            return expr.weekday is not None or expr.unit == "day"
    return False


def _with_clock(day: Expr, clock: Clock) -> Expr:
    mod = clock.mod if clock.mod not in ("BARE", "HOUR") else None
    if isinstance(day, Calendar):
        return replace(day, clock=clock.clock, mod=day.mod or mod)
    if isinstance(day, Shift):
        return replace(day, clock=clock.clock, mod=mod)
    return day


def _two_clocks(a: Clock, b: Clock, words: str) -> Clock | None:
    """`8 in the morning`, `9 a.m. this morning`: the exact one, on the day of the other."""
    exact = [c for c in (a, b) if c.clock[1:2].isdigit()]
    if len(exact) != 1 or words not in ("", ",", "on", "in", "in the", "this"):
        return None
    other = b if exact[0] is a else a
    return Clock(exact[0].clock, other.which)


# --- what stands before -----------------------------------------------------------------------------


def _widened(tokens: Sequence[Token], item: Found, floor: int) -> Found:
    """Take in what stands before: `the end of`, `early`, `about`, `more than`."""
    if isinstance(item.expr, (Calendar, Shift, Within)):
        edged = _edged(tokens, item, floor)
        if edged is not None:
            return edged
    if isinstance(item.expr, (Calendar, Shift, Length)):
        return _approximated(tokens, item, floor) or item
    return item


def _edged(tokens: Sequence[Token], item: Found, floor: int) -> Found | None:
    """`early in`, `the end of the`, `mid-`, `later`."""
    at = item.first - 1
    if at > floor and "the" in tokens[at].classes:
        at -= 1
    link = ""
    if at > floor and (tokens[at].lower in ("of", "in", "on") or "dash" in tokens[at].classes):
        link = "-" if "dash" in tokens[at].classes else tokens[at].lower
        at -= 1
        if link == "of" and at > floor and tokens[at].lower == "part":
            at -= 1
    if at <= floor or not _edge_fits(tokens[at].lower, link, item.expr):
        return None
    word = tokens[at].lower
    if at - 1 > floor and "the" in tokens[at - 1].classes and (link or _takes_article(item.expr)):
        at -= 1
    mod = _edges()[0][word]
    expr = item.expr
    if mod is not None and isinstance(expr, (Calendar, Shift, Within)) and expr.mod in (None, "NUMERIC"):
        expr = replace(expr, mod=mod)
    return Found(at, item.last, expr, item.group)


def _edge_fits(word: str, link: str, expr: Expr) -> bool:
    if word not in _edges()[0]:
        return False
    if word in ("early", "late"):
        return link != "on" or is_timed(expr)
    if word == "mid":
        return link in ("", "-")
    if word in ("later", "earlier"):
        return _told_now(expr) and link in ("", "in")
    return link == "of"


def is_timed(expr: Expr) -> bool:
    """Whether a day has its time of day: `late on Friday night`."""
    return isinstance(expr, (Calendar, Shift)) and bool(expr.clock)


def _takes_article(expr: Expr) -> bool:
    """`the early 20th century`, `the late 1970s`, but `the | early May attack`."""
    return isinstance(expr, Calendar) and bool(expr.decade or expr.century or expr.season)


def _told_now(expr: Expr) -> bool:
    """`later this year`, `earlier Monday`: what may go with an order word."""
    if isinstance(expr, Shift):
        return True
    return isinstance(expr, Calendar) and (bool(expr.weekday or expr.season) or (bool(expr.month) and not expr.day))


def _approximated(tokens: Sequence[Token], item: Found, floor: int) -> Found | None:
    """`about`, `more than`, `nearly`: the word or phrase before a length, or `about` before a date."""
    at = item.first - 1
    if at > floor and "just" in tokens[at].classes:
        at -= 1
    if at <= floor:
        return None
    token, expr = tokens[at], item.expr
    mod = next((code for name, code in sorted(_edges()[1].items()) if name in token.classes), None)
    if mod is None or not _approximates(token.lower, mod, tokens[item.first].lower, expr):
        return None
    if at - 1 > floor and tokens[at - 1].lower in ("well", "just", "only") and token.lower in ("over", "under"):
        at -= 1
    if not isinstance(expr, (Calendar, Shift, Length)):
        return None
    return Found(at, item.last, replace(expr, mod=mod), item.group)


def _approximates(word: str, mod: str, first: str, expr: Expr) -> bool:
    match expr:
        case Calendar():
            return expr.mod is None and mod == "APPROX" and word not in ("some", "more or less", "or so")
        case Length():
            if expr.age:
                return False
            return word not in ("over", "under") or (expr.count is not None and first not in _DEFINITE)
        case Shift():
            day = expr.unit == "day" and abs(expr.count or 0) <= 1
            return not day and first not in _DEFINITE
    return False


_DEFINITE = frozenset({"the", "last", "past", "next", "that", "this", "same", "previous", "following"})
