"""Rules for times of day, repeated times and written formats."""

from __future__ import annotations

import re

from .calendar import valid
from .expr import Calendar, Clock, Found, Repeat, Shift
from .lexicon import lexicon
from .patterns import Match, Rule
from .rules_calendar import which_of
from .tokens import Token

__all__ = ["CLOCK_RULES"]

UNIT_CODES = {
    "second": "PT{}S", "minute": "PT{}M", "hour": "PT{}H", "day": "P{}D", "week": "P{}W", "fortnight": "P{}W", "weekend": "P{}WE",
    "month": "P{}M", "quarter": "P{}Q", "season": "P{}M", "year": "P{}Y", "decade": "P{}DE", "century": "P{}CE", "millennium": "P{}ML",
}  # fmt: skip


def zone_of(match: Match) -> str:
    """TimeML zone suffix."""
    token = match.get("zone")
    return str(lexicon().values.get(f"zone:{token.lower}", "")) if token else ""


def _clock(match: Match) -> list[Found]:
    token = match.get("clock")
    assert token is not None
    if token.kind == "clock":
        hour, *rest = (int(piece) for piece in re.split(r"[:.]", token.lower))
    elif "military" in token.classes and token.kind == "number" and len(token.lower) == 4:
        hour, *rest = token.whole // 100, token.whole % 100
    else:
        hour, rest = token.whole, [0]
    hour = _half_day(match, hour)
    if hour > 24:
        return []
    minute = rest[0] if rest else 0
    second = f":{rest[1]:02d}" if len(rest) > 1 else ""
    return match.found(Clock(f"T{hour:02d}:{minute:02d}{second}{zone_of(match)}"))


def _half_day(match: Match, hour: int) -> int:
    late = match.has("pm")
    if match.has("part"):
        part = match.get("part")
        late = (
            part is not None
            and lexicon().values.get(f"daypart:{part.lower}") in ("TAF", "TEV", "TNI")
            and not (hour < 5 and part.lower == "night")
        )
    if late and hour < 12:
        return hour + 12
    if match.has("am") and hour == 12:
        return 0
    return hour


def _clock_word(match: Match) -> list[Found]:
    token = match.get("clock")
    assert token is not None
    return match.found(Clock(lexicon().values[f"clock_word:{token.lower}"], which_of(match.get("which"))))


def _daypart(match: Match) -> list[Found]:
    token, which = match.get("part"), match.get("which")
    assert token is not None
    code = lexicon().values[f"daypart:{token.lower}"]
    early = match.get("early") or match.get("early2")
    mod = None if early is None else {"early": "START", "late": "END"}.get(early.lower, "MID")
    if which is not None and which.lower == "last":
        return match.found(Shift("day", -1, "speech", clock=code, mod=mod))
    if which is None and not (match.has("the") or match.has("the2")) and token.lower != "overnight":
        before = match.before()
        joined = early is not None or (
            before is not None
            and before.lower in ("at", "by", "until", "before", "since")
            and token.lower in ("dawn", "dusk", "daybreak", "sunrise", "sunset")
        )
        if not joined:
            return match.found(Clock(code, "", mod="BARE"))
    return match.found(Clock(code, which_of(which), mod=mod))


def _iso(match: Match) -> list[Found]:
    token = match.get("iso")
    assert token is not None
    year, month, day = int(token.lower[:4]), int(token.lower[5:7]), int(token.lower[8:10])
    if not valid(year, month, day):
        return []
    clock = token.lower[10:].strip().replace(" ", "").lstrip("T")
    pieces = re.match(r"(\d{1,2}):(\d{2}(?::\d{2})?)", clock)
    suffix = f"T{int(pieces[1]):02d}:{pieces[2]}{'Z' if clock.endswith('Z') else ''}" if pieces else ""
    return match.found(Calendar(year, month, day, clock=suffix))


def _numeric(match: Match) -> list[Found]:
    token = match.get("numeric")
    assert token is not None
    parts = re.split(r"[/.-]", token.lower)
    numbers = [int(part) for part in parts]
    if len(parts[0]) == 4:
        year, month, day = numbers
        return match.found(Calendar(year, month, day)) if valid(year, month, day) else []
    if len(parts[0]) > 2 or ("." in token.lower and len(parts[2]) != 4):
        return []
    first, second, year = numbers
    short = len(parts[2]) == 2
    full = year + (2000 if year < 50 else 1900) if short else year
    if not valid(full, first, second) and not valid(full, second, first):
        return [] if short or max(first, second) > 31 else match.found(Calendar(full, 13, 32, mod="NUMERIC"))
    return match.found(Calendar(year, first, second, short=short, which="", fiscal=False, mod="NUMERIC"))


def _slash(match: Match) -> list[Found]:
    """`9/11`, `on 11/25`: month and day, where a preposition or weekday says that it is a date."""
    token, before = match.get("slash"), match.before()
    assert token is not None
    month, day = (int(part) for part in token.lower.split("/"))
    if token.lower == "9/11":
        return match.found(Calendar(2001, 9, 11))
    backed = before is not None and (before.lower in _DATE_PREPOSITIONS or "weekday" in before.classes)
    return match.found(Calendar(month=month, day=day)) if backed and valid(2000, month, day) else []


_DATE_PREPOSITIONS = frozenset({"on", "by", "since", "until", "from", "before", "after", "between", "through", "till"})


def _every(match: Match) -> list[Found]:
    lex = lexicon()
    token = match.get("what")
    assert token is not None
    if "weekday" in token.classes:
        return match.found(Repeat(f"XXXX-WXX-{int(lex.numbers[token.lower])}"))
    if "month" in token.classes:
        return match.found(Repeat(f"XXXX-{int(lex.numbers[token.lower]):02d}"))
    if "season" in token.classes:
        return match.found(Repeat(f"XXXX-{lex.values[f'season:{token.lower}']}"))
    if "daypart" in token.classes:
        return match.found(Repeat(f"XXXX-XX-XX{lex.values[f'daypart:{token.lower}']}"))
    count = match.get("count")
    number = 2 if match.has("other") else count.whole if count and count.number else 1
    unit = lex.values[f"unit:{token.lower}"]
    if unit == "fortnight":
        number *= 2
    return match.found(Repeat(UNIT_CODES[unit].format(number)))


def _plural_weekday(match: Match) -> list[Found]:
    token = match.tokens[match.last]
    return match.found(Repeat(f"XXXX-WXX-{int(lexicon().numbers[token.lower[:-1]])}"))


def _frequency(match: Match) -> list[Found]:
    token, after, before = match.get("freq"), match.after(), match.before()
    assert token is not None
    if (
        after
        and (
            after.lower
            in (
                "mail",
                "telegraph",
                "mirror",
                "news",
                "express",
                "beast",
                "star",
                "standard",
                "show",
                "times",
                "post",
                "kos",
            )
        )
        and token.lower in ("daily", "weekly")
    ):
        return []
    return match.found(Repeat(lexicon().values[f"frequency:{token.lower}"]))


def _times_a(match: Match) -> list[Found]:
    unit = lexicon().values[f"unit:{match.tokens[match.last].lower}"]
    return match.found(Repeat(UNIT_CODES[unit].format(1)))


def _per(match: Match) -> list[Found]:
    """`80 a month`, `$3 billion a year`, `per day`: a rate."""
    unit = lexicon().values[f"unit:{match.tokens[match.last].lower}"]
    before = match.before()
    if match.has("a"):
        if unit in ("second", "minute", "hour", "decade", "century", "weekend", "season", "quarter"):
            return []
        if not (before and _is_amount(match, before)):
            return []
    return match.found(Repeat(UNIT_CODES[unit].format(1)))


def _is_amount(match: Match, before: Token) -> bool:
    """Whether what stands before `a year` is an amount: a number, `million`, or a counted noun after one."""
    if before.classes & {"num", "scale", "percent"} and "a" not in before.classes:
        return True
    number = match.before(2)
    if (
        before.kind != "word"
        or before.classes
        & {"in", "of", "for", "within", "about", "approx", "nearly", "at", "by", "on", "over", "the", "and"}
        or number is None
    ):
        return False
    return bool(number.classes & {"num", "scale"}) and before.lower.endswith("s")


_ZONE = "(?:<lparen>?(?P<zone><zone>)(?:<time>)?<rparen>?)?"

CLOCK_RULES = (
    Rule("(?P<iso><iso>)", _iso),
    Rule("(?P<numeric><numeric>)", _numeric),
    Rule("(?P<slash><slash>)", _slash),
    Rule("(?P<clock><clock>)(?:<hours>)?(?:(?P<am><am>)|(?P<pm><pm>))?(?P<zone><zone>)?<time>?", _clock),
    Rule("(?P<clock><clock>)(?:(?P<am><am>)|(?P<pm><pm>))?(?P<zone><zone>)?<in><the>(?P<part><daypart>)", _clock),
    Rule("(?P<clock><d12>)(?:(?P<am><am>)|(?P<pm><pm>))(?:<eastern>|(?P<zone><zone>))?<time>?", _clock),
    Rule("(?P<clock><military>)(?P<zone><zone>)", lambda m: _clock(m) if len(m.tokens[m.first].lower) in (3, 4) else []),
    Rule("(?P<clock><small>|<d12>)<oclock>(?:(?P<am><am>)|(?P<pm><pm>)|<in><the>(?P<part><daypart>)|<at>(?P<part2><daypart>))?(?P<zone><zone>)?", _clock),
    Rule("(?P<clock><d12>|<small>)<in><the>(?P<part><daypart>)", lambda m: _clock(m) if m.tokens[m.first].whole <= 12 else []),
    Rule("(?P<which><last>)?(?P<clock><clock_word>)(?P<zone><zone>)?", _clock_word),
    Rule("(?:(?P<the><the>)?(?P<early><early>|<late>|<mid>)<dash>?(?:<in><the>)?|(?P<the2><the>))?(?P<which><this>|<that>|<last>|<next>|<following>|<previous>|<same>)?(?:(?P<early2><early>|<late>)<dash>?)?(?P<part><daypart>)(?:<hour_word>)?", _daypart),
    Rule("(?P<every><every>)(?:(?P<other><other_word>)|(?P<count><num>|<ordinal>|<several>))?(?P<what><unit>|<weekday>|<season>|<daypart>)", _every),
    Rule("(?P<every><every>)(?P<what><month>)", _every),
    Rule("<plural_weekday>", _plural_weekday),
    Rule("(?P<freq><frequency>)", _frequency),
    Rule("(?:<once>|<twice>|<num><times>|<several><times>)(?:<a>|<per>|<every>)<unit1>", _times_a),
    Rule("(?:<per>|(?P<a><a>))<unit1>", _per),
)  # fmt: skip
