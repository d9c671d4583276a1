"""Calendar intervals: proleptic Gregorian day numbers, grains, and their TimeML values.

Years are whole numbers without limits (490 BC is year -490, as TimeML writes it: `BC0490`), so that
nothing a page says can raise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

__all__ = [
    "GRAINS",
    "GRAIN_NAMED",
    "Grain",
    "When",
    "civil",
    "day_number",
    "days_in_month",
    "easter",
    "iso_day",
    "moved",
    "span_of",
    "valid",
]

Grain = Literal["century", "decade", "year", "half", "quarter", "season", "month", "week", "weekend", "day", "time"]
GRAINS: tuple[Grain, ...] = (
    "century", "decade", "year", "half", "season", "quarter", "month", "week", "weekend", "day", "time",
)  # fmt: skip
"""From coarse to fine."""
GRAIN_NAMED: dict[str, Grain] = {grain: grain for grain in GRAINS}
SEASONS = ("SP", "SU", "FA", "WI")
SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    """Whether the Gregorian year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """Length of the month in days.

    >>> days_in_month(2000, 2)
    29
    """
    return 29 if month == 2 and is_leap(year) else MONTH_DAYS[month - 1]


def valid(year: int, month: int, day: int) -> bool:
    """Whether the calendar has the day: 31 February is none."""
    return 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)


def day_number(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01, for any whole year.

    Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.

    >>> day_number(1970, 1, 2)
    1
    """
    year -= month <= 2
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719468


def civil(number: int) -> tuple[int, int, int]:
    """Year, month and day of a day number.

    >>> civil(day_number(2018, 9, 11))
    (2018, 9, 11)
    """
    era, day_of_era = divmod(number + 719468, 146097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = shifted + (3 if shifted < 10 else -9)
    return year_of_era + era * 400 + (month <= 2), month, day_of_year - (153 * shifted + 2) // 5 + 1


def weekday(number: int) -> int:
    """1 for Monday to 7 for Sunday."""
    return (number + 3) % 7 + 1


def iso_week(number: int) -> tuple[int, int]:
    """ISO 8601 year and week of a day."""
    thursday = number - weekday(number) + 4
    year = civil(thursday)[0]
    return year, (thursday - day_number(year, 1, 1)) // 7 + 1


def iso_day(number: int) -> str:
    """ISO 8601 day; years outside 0..9999 in the expanded form with a sign.

    >>> iso_day(0)
    '1970-01-01'
    """
    year, month, day = civil(number)
    return f"{_year4(year, iso=True)}-{month:02d}-{day:02d}"


def _year4(year: int, *, iso: bool = False) -> str:
    if year < 0:
        return f"-{-year:04d}" if iso else f"BC{-year:04d}"
    return f"{year:04d}" if year <= 9999 else f"+{year}"


def easter(year: int) -> int:
    """Day number of Western Easter Sunday (anonymous Gregorian computus)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    step = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + step - 7 * ((a + 11 * h + 22 * step) // 451) + 114, 31)
    return day_number(year, month, day + 1)


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of the calendar at one grain, first and last day, and what TimeML adds within a day."""

    grain: Grain
    first: int
    last: int
    clock: str = ""
    """`TMO`, `T10:30`, `T10:30Z`: empty for a whole day or more."""

    @property
    def year(self) -> int:
        """The year it is named after; an ISO week may begin in the year before."""
        if self.grain in ("week", "weekend"):
            return iso_week(self.first)[0]
        return civil(self.first)[0]

    @property
    def month(self) -> int:
        """Month of the first day."""
        return civil(self.first)[1]

    @property
    def value(self) -> str:
        """The TimeML value.

        >>> span_of("quarter", day_number(2018, 9, 11)).value
        '2018-Q3'
        """
        year, month, day = civil(self.first)
        name = _year4(year)
        match self.grain:
            case "century" | "decade":
                return name[:-2] if self.grain == "century" else name[:-1]
            case "year":
                return name
            case "half":
                return f"{name}-H{(month - 1) // 6 + 1}"
            case "quarter":
                return f"{name}-Q{(month - 1) // 3 + 1}"
            case "season":
                return f"{name}-{SEASONS[(month - 3) // 3]}"
            case "month":
                return f"{name}-{month:02d}"
            case "week" | "weekend":
                year, week = iso_week(self.first)
                return f"{_year4(year)}-W{week:02d}" + ("-WE" if self.grain == "weekend" else "")
            case _:
                return f"{name}-{month:02d}-{day:02d}{self.clock}"

    def at(self, clock: str) -> When:
        """The same day at a time of day."""
        return replace(self, grain="time", clock=clock)

    def shifted(self, count: int) -> When:
        """The stretch `count` of its own grain later (earlier if negative)."""
        return span_of(self.grain, moved(self.first, count, self.grain), clock=self.clock)

    def holds(self, other: When) -> bool:
        """Whether `other` lies within."""
        return self.first <= other.first and other.last <= self.last


def span_of(grain: Grain, day: int, *, clock: str = "") -> When:
    """The stretch of that grain that holds the day."""
    year, month, _ = civil(day)
    match grain:
        case "century" | "decade":
            size = 100 if grain == "century" else 10
            start = year // size * size if year >= 0 else -(-year // size * size)
            # BC counts downwards: the 470s BC run from 479 to 470.
            low, high = (start, start + size - 1) if year >= 0 else (start - size + 1, start)
            return (
                When(grain, day_number(start if year >= 0 else high, 1, 1), day_number(high, 12, 31))
                if year >= 0
                else When(grain, day_number(low, 1, 1), day_number(high, 12, 31))
            )
        case "year":
            return When(grain, day_number(year, 1, 1), day_number(year, 12, 31))
        case "half" | "quarter":
            size = 6 if grain == "half" else 3
            start = (month - 1) // size * size + 1
            return _months(grain, year, start, size)
        case "season":
            start = month // 3 * 3
            return _months(grain, year if start else year - 1, start or 12, 3)
        case "month":
            return _months(grain, year, month, 1)
        case "week":
            monday = day - weekday(day) + 1
            return When(grain, monday, monday + 6)
        case "weekend":
            saturday = day - weekday(day) + 6
            return When(grain, saturday, saturday + 1)
        case _:
            return When(grain, day, day, clock)


def _months(grain: Grain, year: int, month: int, count: int) -> When:
    end = month + count - 1
    last_year, last_month = year + (end - 1) // 12, (end - 1) % 12 + 1
    last = day_number(last_year, last_month, days_in_month(last_year, last_month))
    return When(grain, day_number(year, month, 1), last)


MONTHS_IN: dict[str, int] = {
    "century": 1200,
    "decade": 120,
    "year": 12,
    "half": 6,
    "season": 3,
    "quarter": 3,
    "month": 1,
}
DAYS_IN: dict[str, int] = {"week": 7, "weekend": 7, "fortnight": 14, "day": 1, "time": 1}


def moved(day: int, count: int, unit: str) -> int:
    """The day `count` units later; a day that the month lacks becomes its last.

    >>> iso_day(moved(day_number(2019, 3, 31), -1, "month"))
    '2019-02-28'
    """
    if unit in DAYS_IN:
        return day + count * DAYS_IN[unit]
    year, month, day_of_month = civil(day)
    months = year * 12 + month - 1 + count * MONTHS_IN[unit]
    year, month = months // 12, months % 12 + 1
    return day_number(year, month, min(day_of_month, days_in_month(year, month)))
