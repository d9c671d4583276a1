"""Dates as pages write them: ISO 8601, mail headers, printed dates in many languages, epochs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from sayso.lang import load

__all__ = ["FoundDate", "find_dates", "month_number", "parse_date", "timezone_known"]

MAX_CHARS = 400
"""A stamp is short; in a longer text only its beginning is looked at."""
FIRST_YEAR, LAST_YEAR = 1800, 2099


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date written in a text."""

    value: str
    """ISO 8601 at the precision written: `2018-09`, `2018-09-11`, `2018-09-11T08:30`, `…+02:00`."""
    raw: str
    start: int
    end: int

    @property
    def day(self) -> str:
        """The value less its time of day."""
        return self.value[:10]


def timezone_known(value: str) -> bool:
    """Whether an ISO 8601 value says its offset from UTC.

    >>> timezone_known("2018-09-11T08:00Z"), timezone_known("2018-09-11T08:00")
    (True, False)
    """
    return _OFFSET_END.search(value[10:]) is not None


_OFFSET_END = re.compile(r"(?:Z|[+-]\d\d:\d\d)$")
_TIME = re.compile(
    r"(?:t|\s*[,|•·@/–—-]?\s*(?:at\s+|um\s+|a las\s+|kl\.?\s+)?)(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(a\.?m\b\.?|p\.?m\b\.?)?\s*(?:(?:gmt|utc)?([+-]\d\d:?\d\d)\b|([+-]\d\d)\b|\(?([a-z]{1,4})\b\)?)?"
)
_DIGIT = re.compile(r"\d")
_ISO = re.compile(r"(?<![\d/-])((?:1[89]|20)\d\d)([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?![\d/-])")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:t?(\d\d)(\d\d)(\d\d)?z?)?")
_EPOCH = re.compile(r"(\d{10})(\d{3})?")
_CJK = re.compile(r"((?:1[89]|20)\d\d)\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)(?![\d/-])")
_MONTH_FIRST = re.compile(
    r"(?<![^\W_])([^\W\d_]{3,14})\.?,?[\s-]+(\d{1,2})(?:st|nd|rd|th)?\b[,.]?\s+((?:1[89]|20)\d\d)\b"
)
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.|º|ª|-го|a)?[\s/-]*(?:(?:day\s+)?of\s+|de\s+|d['’])?([^\W\d_]{3,14})\.?,?"
    r"[\s/-]*(?:de\s+|del\s+)?((?:1[89]|20)\d\d)(?!\d)"
)
_YEAR_FIRST = re.compile(r"(?<!\d)((?:1[89]|20)\d\d)\.?,?\s+([^\W\d_]{3,14})\.?\s+(\d{1,2})(?!\d)")
_MONTH_YEAR = re.compile(r"(?<![^\W_])([^\W\d_]{3,14})\.?,?\s+((?:1[89]|20)\d\d)(?!\d)")
_VIETNAMESE = re.compile(r"(?<!\d)(\d{1,2})\s+thang\s+(\d{1,2}),?\s+(?:nam\s+)?((?:19|20)\d\d)")


def parse_date(raw: str | None, *, day_first: bool | None = None) -> FoundDate | None:
    """Read the first date that `raw` states; None where there is none.

    Args:
        raw: a value of metadata or a printed stamp.
        day_first: how `03/04/2020` is meant; None leaves such a date unread.

    >>> parse_date("Tue, September 11, 2018").value
    '2018-09-11'
    >>> parse_date("2018-09-11T08:30:00+0200").value
    '2018-09-11T08:30:00+02:00'
    """
    if not raw:
        return None
    text = raw.strip()[:MAX_CHARS]
    return _whole(text) or next(find_dates(text, day_first=day_first), None)


def find_dates(text: str, *, day_first: bool | None = None, max_chars: int = MAX_CHARS) -> Iterator[FoundDate]:
    """Yield the dates written in the first `max_chars` of `text`, in order, none twice.

    Each is read at the greatest precision written; weekday and time of day belong to `raw`.
    """
    if not _DIGIT.search(text, 0, max_chars):
        return
    folded = _fold_in_place(text[:max_chars])
    found: list[tuple[int, int, str]] = []
    for start, end, value in _days(folded, day_first):
        if all(end <= s or start >= e for s, e, _ in found):
            found.append((start, end, value))
    for start, end, value in sorted(found):
        end, value = _with_time(folded, end, value)
        start = _with_weekday(folded, start)
        yield FoundDate(value, text[start:end].strip(), start, end)


def _whole(text: str) -> FoundDate | None:
    """Forms that are read only where they are all there is: 20180911, epochs, bare 2018-09."""
    match = _COMPACT.fullmatch(text.lower())
    if match:
        year, month, day, hour, minute, second = match.groups()
        value = _iso_day(year, month, day)
        if value and hour:
            value = f"{value}T{hour}:{minute}:{second or '00'}" + ("Z" if text[-1] in "zZ" else "")
        return FoundDate(value, text, 0, len(text)) if value else None
    match = _EPOCH.fullmatch(text)
    if match:
        moment = datetime.fromtimestamp(int(match.group(1)), tz=UTC)
        value = f"{moment:%Y-%m-%dT%H:%M:%S}Z"
        return FoundDate(value, text, 0, len(text)) if FIRST_YEAR <= moment.year <= LAST_YEAR else None
    return None


def _days(folded: str, day_first: bool | None) -> Iterator[tuple[int, int, str]]:
    """Start, end and value of each day or month written, best patterns first; they may overlap."""
    for match in _ISO.finditer(folded):
        year, separator, month, day = match.groups()
        value = _iso_day(year, month, day)
        if value and (day or separator == "-"):
            yield match.start(), match.end(), value
    months = _months()
    for pattern, order in ((_MONTH_FIRST, (3, 1, 2)), (_DAY_FIRST, (3, 2, 1)), (_YEAR_FIRST, (1, 2, 3))):
        for match in pattern.finditer(folded):
            year, name, day = (match.group(i) for i in order)
            month_number = months.get(name)
            value = _iso_day(year, str(month_number), day) if month_number else None
            if value:
                yield match.start(), match.end(), value
    for pattern, order in ((_CJK, (1, 2, 3)), (_VIETNAMESE, (3, 2, 1))):
        for match in pattern.finditer(folded):
            value = _iso_day(*(match.group(i) for i in order))
            if value:
                yield match.start(), match.end(), value
    for match in _NUMERIC.finditer(folded):
        value = _numeric_day(match, day_first)
        if value:
            yield match.start(), match.end(), value
    for match in _MONTH_YEAR.finditer(folded):
        month_number = months.get(match.group(1))
        if month_number:
            yield match.start(), match.end(), f"{match.group(2)}-{month_number:02d}"


def _numeric_day(match: re.Match[str], day_first: bool | None) -> str | None:
    one, separator, other, year = match.groups()
    if len(year) == 2:
        if separator == ".":
            day_first = True
        year = f"20{year}" if int(year) < 70 else f"19{year}"
    elif separator == ".":
        day_first = True
    if int(one) > 12:
        day_first = True
    elif int(other) > 12:
        day_first = False
    elif one == other:
        day_first = True
    if day_first is None:
        return None
    return _iso_day(year, other, one) if day_first else _iso_day(year, one, other)


def _iso_day(year: str, month: str, day: str | None) -> str | None:
    try:
        if day is None:
            date(int(year), int(month), 1)
            return f"{year}-{int(month):02d}"
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _with_time(folded: str, end: int, value: str) -> tuple[int, str]:
    """Add the time of day that follows the day, if one does."""
    if len(value) < 10:
        return end, value
    match = _TIME.match(folded, end)
    if not match:
        return end, value
    hour, minute = int(match.group(1)), int(match.group(2))
    half = (match.group(4) or "")[:1]
    if half:
        if not 1 <= hour <= 12:
            return end, value
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return end, value
    time = f"T{hour:02d}:{minute:02d}" + (f":{match.group(3)}" if match.group(3) and int(match.group(3)) < 60 else "")
    return _with_zone(match, value + time)


def _with_zone(match: re.Match[str], value: str) -> tuple[int, str]:
    digits, hours, name = match.group(5), match.group(6), match.group(7)
    if digits:
        return match.end(), f"{value}{digits[:3]}:{digits[-2:]}"
    if hours:
        return match.end(), f"{value}{hours}:00"
    minutes = _zones().get(name or "")
    if minutes is not None:
        sign = "-" if minutes < 0 else "+"
        offset = "Z" if minutes == 0 else f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
        return match.end(), value + offset
    last = max(match.end(i) for i in (2, 3, 4) if match.group(i) is not None)
    return (match.end() if name in ("et", "ct", "mt", "pt", "ist", "bst") else last), value


def _with_weekday(folded: str, start: int) -> int:
    """Where the weekday before the day starts, else `start`."""
    head = folded[:start].rstrip(" ,.")
    word = re.search(r"[^\W\d_]+$", head[-12:])
    if word and word.group() in _weekdays():
        return len(head) - len(word.group())
    return start


def month_number(word: str) -> int | None:
    """The month that a word names in any of the languages known.

    >>> month_number("Sept.")
    9
    """
    return _months().get(_fold_in_place(word.rstrip(".")))


def _fold_in_place(text: str) -> str:
    """Lower case without accents, each character still at its own place."""
    if text.isascii():
        return text.lower()
    return "".join(_fold_char(c) for c in text)


@cache
def _fold_char(char: str) -> str:
    if char in "\u00a0\u202f\u2009":
        return " "
    if char == "ı":
        return "i"
    base = unicodedata.normalize("NFKD", char)[0].lower()
    return base if len(base) == 1 else char


@cache
def _months() -> dict[str, int]:
    """Month number by folded name, over all languages; a name of two months is left out."""
    seen: dict[str, set[int]] = {}
    for language in load("months", "mul").values():
        for number, names in enumerate(language, start=1):
            for name in names:
                seen.setdefault(_fold_in_place(str(name)), set()).add(number)
    return {name: next(iter(numbers)) for name, numbers in seen.items() if len(numbers) == 1}


@cache
def _zones() -> dict[str, int]:
    return {str(name): int(minutes) for name, minutes in load("dates")["zones"].items()}


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(load("dates")["weekdays"])
