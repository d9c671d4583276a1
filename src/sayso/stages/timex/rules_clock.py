"""Builders for written formats, times of day and repeated times."""

from __future__ import annotations

import re

from .calendar import valid
from .context import follows, is_in, is_near, number_of, unit_of, which_of
from .expr import Calendar, Clock, Found, Repeat, Shift
from .lexicon import lexicon
from .patterns import Builder, Match
from .render import duration_value
from .tokens import Token

__all__ = ["CLOCK", "SETS"]

PIVOT = 50
"""Two digits below it are a year of this century, where no publication tells better."""
EARLY = {"early": "START", "late": "END"}


def iso(match: Match) -> list[Found]:
    """`2018-03-04`, `2018-03-04T15:30:00Z`."""
    text = match.need("iso").lower
    year, month, day = int(text[:4]), int(text[5:7]), int(text[8:10])
    pieces = re.match(r"(\d{1,2}):(\d{2}(?::\d{2})?)", text[10:].strip(" tT"))
    clock = f"T{int(pieces[1]):02d}:{pieces[2]}{'Z' if text.endswith(('z', 'Z')) else ''}" if pieces else ""
    return match.found(Calendar(year, month, day, clock=clock)) if 1 <= month <= 12 else []


def numeric(match: Match) -> list[Found]:
    """`25/12/2016`, `12.25.2016`, `2016/12/25`: the order of day and month is settled later."""
    text = match.need("numeric").lower
    parts = re.split(r"[/.-]", text)
    first, second, last = (int(part) for part in parts)
    if len(parts[0]) == 4:
        return match.found(Calendar(first, second, last)) if valid(first, second, last) else []
    short = len(parts[2]) == 2
    if len(parts[0]) > 2 or ("." in text and short):
        return []
    full = last + (2000 if last < PIVOT else 1900) if short else last
    possible = valid(full, first, second) or valid(full, second, first)
    if not possible and (short or max(first, second) > 31):
        return []
    return match.found(Calendar(last, first, second, short=short, mod="NUMERIC"))


def slash(match: Match) -> list[Found]:
    """`9/11`, `on 11/25`: month and day, where a preposition or weekday says that it is a date."""
    text, before = match.need("slash").lower, match.before()
    if text == "9/11":
        return match.found(Calendar(2001, 9, 11))
    month, day = (int(part) for part in text.split("/"))
    backed = follows(match, "slash_date_after") or (before is not None and "weekday" in before.classes)
    return match.found(Calendar(month=month, day=day)) if backed and valid(2000, month, day) else []


def clock(match: Match) -> list[Found]:
    """`9:40 a.m. EST`, `0800 UTC`, `eight o'clock in the morning`."""
    token = match.need("clock")
    hour, minute, second = _clock_parts(token)
    hour = _half_day(match, hour)
    if hour > 24 or (match.has("part") and token.kind != "clock" and hour > 23):
        return []
    zone = match.get("zone")
    suffix = lexicon().values[f"zone:{zone.lower}"] if zone else ""
    seconds = f":{second:02d}" if second is not None else ""
    return match.found(Clock(f"T{hour:02d}:{minute:02d}{seconds}{suffix}"))


def _clock_parts(token: Token) -> tuple[int, int, int | None]:
    if token.kind == "clock":
        hour, minute, *second = (int(piece) for piece in re.split(r"[:.]", token.lower))
        return hour, minute, second[0] if second else None
    if "military" in token.classes and len(token.lower) == 4:
        return token.whole // 100, token.whole % 100, None
    return token.whole, 0, None


def _half_day(match: Match, hour: int) -> int:
    """The hour of 24 by `p.m.` or `in the evening`."""
    late, part = match.has("pm"), match.get("part")
    if part is not None:
        evening = lexicon().values[f"daypart:{part.lower}"] in ("TAF", "TEV", "TNI")
        late = evening and not (hour < 5 and part.lower == "night")
    if late and hour < 12:
        return hour + 12
    return 0 if match.has("am") and hour == 12 else hour


def clock_word(match: Match) -> list[Found]:
    """`noon`, `midnight`."""
    return match.found(Clock(lexicon().values[f"clock_word:{match.need('clock').lower}"], which_of(match.get("which"))))


def daypart(match: Match) -> list[Found]:
    """`this morning`, `the night`, `late on Friday night`; a bare `morning` stands only beside its day."""
    token, which = match.need("part"), match.get("which")
    value = lexicon().values[f"daypart:{token.lower}"]
    early = match.get("early") or match.get("early2")
    mod = EARLY.get(early.lower, "MID") if early else None
    if which is not None and which.lower == "last":
        return match.found(Shift("day", -1, "speech", clock=value, mod=mod))
    stands = which or match.has("the") or match.has("the2") or token.lower == "overnight" or early
    if not stands and not (is_in(token, "sun_words") and follows(match, "sun_after")):
        mod = "BARE"
    return match.found(Clock(value, which_of(which), mod=mod))


# --- repeated times ---------------------------------------------------------------------------------


def every(match: Match) -> list[Found]:
    """`every Monday`, `each year`, `every two weeks`, `every other day`, `every summer`."""
    lex, token = lexicon(), match.need("what")
    if "weekday" in token.classes:
        return match.found(Repeat(f"XXXX-WXX-{number_of(token)}"))
    if "month" in token.classes:
        return match.found(Repeat(f"XXXX-{number_of(token):02d}"))
    if "season" in token.classes:
        return match.found(Repeat(f"XXXX-{lex.values[f'season:{token.lower}']}"))
    if "daypart" in token.classes:
        return match.found(Repeat(f"XXXX-XX-XX{lex.values[f'daypart:{token.lower}']}"))
    count = match.get("count")
    number = 2 if match.has("other") else count.whole if count and count.number else 1
    return match.found(Repeat(duration_value(unit_of(token), number)))


def weekdays(match: Match) -> list[Found]:
    """`on Thursdays`."""
    return match.found(Repeat(f"XXXX-WXX-{number_of(match.need('day'))}"))


def frequency(match: Match) -> list[Found]:
    """`daily`, `annual`; not the `Daily Mail`."""
    token = match.need("freq")
    if is_near(match, "newspaper_before") and token.lower in ("daily", "weekly"):
        return []
    return match.found(Repeat(lexicon().values[f"frequency:{token.lower}"]))


def times_per(match: Match) -> list[Found]:
    """`twice a week`, `three times per month`."""
    return match.found(Repeat(duration_value(unit_of(match.need("unit")), 1)))


def rate(match: Match) -> list[Found]:
    """`$3 billion a year`, `80 per month`."""
    unit = unit_of(match.need("unit"))
    if match.has("a") and (unit not in ("day", "week", "month", "year") or not _after_amount(match)):
        return []
    return match.found(Repeat(duration_value(unit, 1)))


def _after_amount(match: Match) -> bool:
    """Whether what stands before `a year` is an amount: a number, `million`, or a counted noun after one."""
    before, number = match.before(), match.before(2)
    if before is None:
        return False
    if not before.classes.isdisjoint({"num", "scale", "percent"}):
        return True
    if before.kind != "word" or is_in(before, "no_rate_after") or number is None:
        return False
    return not number.classes.isdisjoint({"num", "scale"}) and before.lower.endswith("s")


CLOCK: dict[str, Builder] = {b.__name__: b for b in (iso, numeric, slash, clock, clock_word, daypart)}
SETS: dict[str, Builder] = {b.__name__: b for b in (every, weekdays, frequency, times_per, rate)}
