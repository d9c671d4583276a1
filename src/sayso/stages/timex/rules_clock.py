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
    if not valid(2000, month, day):
        month, day = day, month
    backed = follows(match, "slash_date_after") or (before is not None and "weekday" in before.classes)
    backed = backed or _beside_slash(match)
    return match.found(Calendar(month=month, day=day)) if backed and valid(2000, month, day) else []


def _beside_slash(match: Match) -> bool:
    """Whether it is one end of `10/1-11/7` or goes on with a list of such dates: `11/20, 11/22 or 11/25`."""
    at = match.first
    for link, other in ((at - 1, at - 2), (at + 1, at + 2)):
        if 0 <= other < len(match.tokens) and "slash" in match.tokens[other].classes:
            joint = match.tokens[link]
            if joint.lower == "-" or (other < at and joint.lower in (",", "or", "and", "to")):
                return True
    return False


def packed(match: Match) -> list[Found]:
    """`20180911`: the ISO date without signs."""
    text, before = match.need("packed").lower, match.before()
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
    barred = before is not None and ("currency" in before.classes or follows(match, "no_year_after"))
    return match.found(Calendar(year, month, day)) if valid(year, month, day) and not barred else []


def clock(match: Match) -> list[Found]:
    """`9:40 a.m. EST`, `0800 UTC`, `eight o'clock in the morning`."""
    token = match.need("clock")
    if token.lower == "one" and match.has("am") and match.need("am").lower == "am":
        return []
    hour, minute, second = _clock_parts(token)
    hour = _half_day(match, hour)
    if hour > 24 or (match.has("part") and token.kind != "clock" and hour > 23):
        return []
    zone = match.get("zone")
    suffix = lexicon().values[f"zone:{zone.lower}"] if zone else ""
    seconds = f":{second:02d}" if second is not None else ""
    return match.found(Clock(f"T{hour:02d}:{minute:02d}{seconds}{suffix}"))


def clock_range(match: Match) -> list[Found]:
    """`from 5 to 6 p.m.`: two times of day, the half of the day written once."""
    at, ends = match.start("c2"), [_clock_parts(match.need(name)) for name in ("c1", "c2")]
    first, last = (hour for hour, _, _ in ends)
    if not (1 <= first <= 12 and 1 <= last <= 12) or (first == last and ends[0] == ends[1]):
        return []
    # `from 11 to 1 p.m.` begins before noon.
    hours = (first if first % 12 > last % 12 else _half_day(match, first), _half_day(match, last))
    zone = match.get("zone")
    suffix = lexicon().values[f"zone:{zone.lower}"] if zone else ""
    one, two = (Clock(f"T{h:02d}:{end[1]:02d}{suffix}") for h, end in zip(hours, ends, strict=True))
    return [Found(match.first, at - 2, one, 1), Found(at, match.last, two, 1)]


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


def spoken_clock(match: Match) -> list[Found]:
    """`three thirty`, `ten past nine`, `a quarter to six`: only after a word that asks for a time of day."""
    hour, side = match.need("hour").whole, match.get("side")
    quarter, half = match.has("quarter"), match.has("half")
    minutes = 15 if quarter else 30 if half else match.need("minutes").whole
    backed = follows(match, "clock_after") or ((quarter or half) and side is not None)
    after = match.after()
    counted = after is not None and ((after.kind == "word" and not after.classes) or is_in(after, "counted"))
    if not backed or counted or not 1 <= hour <= 12 or not 1 <= minutes <= 59:
        return []
    if side is not None and side.lower == "to":
        if half:
            return []
        hour, minutes = hour - 1 or 12, 60 - minutes
    return match.found(Clock(f"T{_half_day(match, hour):02d}:{minutes:02d}"))


def clock_about(match: Match) -> list[Found]:
    """`11ish`, `noonish`: written as one word."""
    hour, ish = match.get("clock"), match.need("ish")
    if hour is None:
        return match.found(Clock("T12:00", mod="APPROX"))
    joined = hour.end == ish.start
    return match.found(Clock(f"T{hour.whole:02d}:00", mod="APPROX")) if joined and hour.whole <= 12 else []


def military_range(match: Match) -> list[Found]:
    """`0730-0930`: two times of day; one of them begins with a nought, else they may be years."""
    first, second = match.need("c1"), match.need("c2")
    if not (first.lower[0] == "0" or second.lower[0] == "0") or not follows(match, "clock_after"):
        return []
    ends = [Clock(f"T{t.whole // 100:02d}:{t.whole % 100:02d}") for t in (first, second)]
    at = match.start("c2")
    return [Found(match.first, match.first, ends[0], 1), Found(at, match.last, ends[1], 1)]


def bare_hour(match: Match) -> list[Found]:
    """`at 5`: a time of day only beside its day (`on Monday at 5`), where nothing is counted."""
    token, after = match.need("hour"), match.after()
    ends = after is None or after.kind == "gap" or after.lower in (".", "?", "!", "on", ";", ")")
    if not follows(match, "bare_hour_after") or not ends or not 1 <= token.whole <= 12:
        return []
    return match.found(Clock(f"T{token.whole:02d}:00", mod="HOUR"))


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


def habitual(match: Match) -> list[Found]:
    """`on weekends`, `all weekends`, `every weekday`, `mornings`: what recurs, said in the plural."""
    token, before = match.need("what"), match.before()
    if "daypart" in token.classes:
        told = before is not None and (before.kind != "word" or bool(before.classes - {"on", "in", "and", "or"}))
        if not token.lower.endswith("s") or (told and not match.has("all")):
            return []
        return match.found(Repeat(f"XXXX-XX-XX{lexicon().values[f'daypart:{token.lower}']}"))
    if token.lower == "weekends":
        told = before is not None and not before.classes.isdisjoint({"num", "several", "units", "ordinal", "apos"})
        return [] if told else match.found(Repeat("XXXX-WXX-WE"))
    return match.found(Repeat("P1D"))


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


CLOCK: dict[str, Builder] = {b.__name__: b for b in (
        iso, numeric, slash, packed, clock, clock_range, spoken_clock, clock_about, military_range,
        bare_hour, clock_word, daypart,
    )
}  # fmt: skip
SETS: dict[str, Builder] = {b.__name__: b for b in (every, weekdays, habitual, frequency, times_per, rate)}
