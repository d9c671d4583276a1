"""Recognise expressions over tokens, then compose: edges, approximations, and a time of day with its date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import cast

from .expr import Calendar, Clock, Expr, Found, Length, Reference, Repeat, Shift, Vague, Within
from .patterns import RuleSet
from .rules_calendar import CALENDAR_RULES, MACROS
from .rules_clock import CLOCK_RULES
from .rules_relative import RELATIVE_RULES
from .tokens import Token, known_classes

__all__ = ["recognise"]

STRONG = frozenset(
    [
        "month",
        "weekday",
        "unit",
        "season",
        "daypart",
        "clock_word",
        "today",
        "tonight",
        "tomorrow",
        "yesterday",
        "decade",
        "decade_word",
        "iso",
        "numeric",
        "clock",
        "year",
        "short",
        "code",
        "holiday",
        "frequency",
        "reference",
        "now",
        "recent_ref",
        "future_ref",
        "am",
        "pm",
        "bc",
        "time",
        "period",
        "day_before_yesterday",
        "day_after_tomorrow",
        "plural_weekday",
        "aged",
        "zone",
        "oclock",
    ]
)
REACH = 9
"""A rule starts at most this many tokens before the time word that it needs."""


@cache
def rule_set() -> RuleSet:
    """All rules, compiled once."""
    return RuleSet([*CALENDAR_RULES, *CLOCK_RULES, *RELATIVE_RULES], MACROS, known_classes())


def recognise(tokens: Sequence[Token]) -> list[Found]:
    """Expressions in token order, none overlapping another."""
    rules = rule_set()
    code = rules.encode(tokens)
    near = _near(tokens)
    found: list[Found] = []
    at = group = 0
    while at < len(tokens):
        if code[at] == rules.idle or not near[at]:
            at += 1
            continue
        hits = rules.longest(tokens, code, at)
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
    out, seen = [False] * len(tokens), -REACH
    for at in range(len(tokens) - 1, -1, -1):
        if tokens[at].classes & STRONG:
            seen = at
        out[at] = 0 <= seen - at <= REACH if seen >= 0 else False
    return out


def _composed(tokens: Sequence[Token], found: list[Found]) -> list[Found]:
    out: list[Found] = []
    for item in found:
        joined = _join(tokens, out[-1], item) if out else None
        if joined is not None:
            out[-1] = joined
        else:
            out.append(item)
    out = [item for item in out if not (isinstance(item.expr, Clock) and item.expr.mod == "BARE")]
    floor = -1
    wide = []
    for item in out:
        wider = _widened(tokens, item, floor)
        wide.append(wider)
        floor = wider.last
    return wide


def _between(tokens: Sequence[Token], left: Found, right: Found) -> list[Token] | None:
    if right.first - left.last > 3:
        return None
    return list(tokens[left.last + 1 : right.first])


def _join(tokens: Sequence[Token], left: Found, right: Found) -> Found | None:
    """A date and a time of day that belong together, as one."""
    gap = _between(tokens, left, right)
    if gap is None:
        return None
    words = [token.lower for token in gap]
    a, b = left.expr, right.expr
    if isinstance(a, Clock) and isinstance(b, Clock):
        return _clock_clock(left, right, words)
    if (
        isinstance(a, Clock)
        and _is_day(b)
        and words
        in (
            [],
            ["of"],
            ["on"],
            [","],
            ["of", "the"],
            ["hours", "of"],
            ["hours", "on"],
            ["time", "on"],
            ["time"],
            ["local", "time", "on"],
        )
    ):
        return Found(left.first, right.last, _with_clock(b, a), right.group)
    if (
        isinstance(b, Clock)
        and _is_day(a)
        and words
        in (
            [],
            [","],
            ["at"],
            ["at", "about"],
            [",", "at"],
            ["in"],
            ["in", "the"],
            ["the"],
            ["around"],
            ["at", "around"],
            ["shortly", "before"],
            ["shortly", "after"],
        )
    ):
        if words and b.mod == "BARE" and words not in (["in", "the"], ["in"]):
            return None
        if b.which and b.which not in ("",):
            return None
        return Found(left.first, right.last, _with_clock(a, b), left.group)
    return None


def _is_day(expr: Expr) -> bool:
    match expr:
        case Calendar():
            return not expr.clock and bool(expr.day or expr.weekday or expr.holiday)
        case Shift():
            return expr.unit == "day" and not expr.clock
        case Within():
            return expr.weekday is not None or expr.unit == "day"
    return False


def _with_clock(day: Expr, clock: Clock) -> Expr:
    mod = clock.mod if clock.mod != "BARE" else None
    if isinstance(day, Calendar):
        return replace(day, clock=clock.clock, mod=day.mod or mod)
    if isinstance(day, Shift):
        return replace(day, clock=clock.clock, mod=mod)
    return day


def _clock_clock(left: Found, right: Found, words: list[str]) -> Found | None:
    a, b = cast("Clock", left.expr), cast("Clock", right.expr)
    exact = [c for c in (a, b) if c.clock[1:2].isdigit()]
    if words in ([], ["on"], [","], ["in"], ["in", "the"], ["this"]) and len(exact) == 1 and (a.mod != "BARE" or words):
        other = b if exact[0] is a else a
        return Found(left.first, right.last, Clock(exact[0].clock, other.which))
    return None


EDGE_MODS = {
    "early": "START", "start": "START", "beginning": "START", "outset": "START", "onset": "START", "opening": "START", "dawn": "START",
    "mid": "MID", "middle": "MID", "midway": "MID",
    "late": "END", "end": "END", "close": "END", "closing": "END", "later": "AFTER", "earlier": "BEFORE",
    "rest": "END", "remainder": "END", "balance": "END", "course": None,
}  # fmt: skip
APPROX = {
    "approx": "APPROX",
    "nearly": "LESS_THAN",
    "more_than": "MORE_THAN",
    "less_than": "LESS_THAN",
    "at_least": "EQUAL_OR_MORE",
    "at_most": "EQUAL_OR_LESS",
}


def _widened(tokens: Sequence[Token], item: Found, floor: int) -> Found:
    """Take in what stands before: `the end of`, `early`, `about`, `more than`."""
    if isinstance(item.expr, (Length, Repeat)) and not (isinstance(item.expr, Length) and not item.expr.age):
        return item
    if isinstance(item.expr, (Length, Shift)) and (wider := _approx(tokens, item, floor)):
        return wider
    if isinstance(item.expr, (Calendar, Shift, Within)):
        wider2 = _edge(tokens, item, floor)
        if wider2 is not None:
            return wider2
        if isinstance(item.expr, Calendar) and item.expr.mod is None:
            wider3 = _approx(tokens, item, floor)
            if wider3 is not None:
                return wider3
    return item


def _edge(tokens: Sequence[Token], item: Found, floor: int) -> Found | None:
    at = item.first - 1
    if at > floor and "the" in tokens[at].classes:
        at -= 1
    link = None
    if at > floor and (tokens[at].lower in ("of", "in") or "dash" in tokens[at].classes):
        link = tokens[at]
        at -= 1
        if link.lower == "of" and at > floor and tokens[at].lower == "part":
            at -= 1
    if at <= floor:
        return None
    word = tokens[at].lower
    if word not in EDGE_MODS or not _edge_fits(word, link, tokens, item):
        return None
    first = (
        at - 1
        if at - 1 > floor
        and "the" in tokens[at - 1].classes
        and tokens[at].classes & {"start", "end", "mid", "rest", "course", "early", "late"}
        and (link is not None)
        else at
    )
    if at - 1 > floor and word == "end" and tokens[at - 1].lower == "-":
        return None
    return Found(first, item.last, _modified(item.expr, EDGE_MODS[word]), item.group)


def _edge_fits(word: str, link: Token | None, tokens: Sequence[Token], item: Found) -> bool:
    if word in ("early", "late"):
        return link is None or link.lower in ("in", "of", "-", "–")
    if word in ("mid",):
        return link is None or "dash" in link.classes
    if word in ("later", "earlier"):
        return _coarse_now(item.expr) and (link is None or link.lower == "in")
    if word in (
        "middle",
        "start",
        "beginning",
        "outset",
        "onset",
        "end",
        "rest",
        "remainder",
        "course",
        "balance",
        "close",
    ):
        return link is not None and link.lower == "of"
    return False


def _coarse_now(expr: Expr) -> bool:
    """`later this year`, `earlier this week`, `earlier Monday`, `later today`."""
    if isinstance(expr, Shift):
        return True
    return isinstance(expr, Calendar) and (
        bool(expr.weekday) or (bool(expr.month) and not expr.day) or bool(expr.season)
    )


def _modified(expr: Expr, mod: str | None) -> Expr:
    if mod is None:
        return expr
    if isinstance(expr, (Calendar, Shift, Within)) and getattr(expr, "mod", None) in (None, "NUMERIC"):
        return replace(expr, mod=mod)
    return expr


def _approx(tokens: Sequence[Token], item: Found, floor: int) -> Found | None:
    at = item.first - 1
    if at > floor and "just" in tokens[at].classes:
        at -= 1
    if at <= floor:
        return None
    token = tokens[at]
    word = token.lower
    mod = next((code for name, code in APPROX.items() if name in token.classes), None)
    if word in ("over", "under") and isinstance(item.expr, (Length, Shift)):
        if isinstance(item.expr, Length) and (
            item.expr.count is None or tokens[item.first].lower in ("the", "last", "past", "next", "that", "this")
        ):
            return None
        mod = "MORE_THAN" if word == "over" else "LESS_THAN"
        if isinstance(item.expr, Shift) and tokens[item.first].lower == "the":
            return None
    if mod is None or (isinstance(item.expr, Calendar) and not _approx_date(item.expr, word)):
        return None
    if isinstance(item.expr, Shift) and item.expr.unit == "day" and abs(item.expr.count or 0) <= 1:
        return None
    first = at
    if at - 1 > floor and tokens[at - 1].lower in ("well", "just", "only") and word in ("over", "under"):
        first = at - 1
    return Found(first, item.last, replace(item.expr, mod=mod), item.group)


def _approx_date(expr: Calendar, word: str) -> bool:
    return word in ("about", "around", "circa", "ca", "c.", "approximately", "roughly")


_ = (Reference, Vague)
