"""What a time expression says before it is anchored: grain, offset, direction and what is left open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Calendar", "Clock", "Expr", "Found", "Length", "Reference", "Repeat", "Shift", "Vague", "Within"]

Which = Literal["", "last", "this", "next", "coming", "previous", "following", "same"]
Base = Literal["speech", "text"]
"""What a relative expression counts from: the time of speaking (`ago`, `last week`) or a time told before (`later`)."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Calendar fields as written; the higher ones may be missing."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    quarter: int | None = None
    half: int | None = None
    season: str | None = None
    decade: int | None = None
    """First year of the decade; below 100 where the century is not said."""
    century: int | None = None
    holiday: str | None = None
    weekend: bool = False
    which: Which = ""
    short: bool = False
    """The year was written with two digits."""
    outer: Expr | None = None
    """A relative expression that gives the year or month: `May of last year`."""
    clock: str = ""
    fiscal: bool = False
    mod: str | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """`count` units from a base; the count is None for `weeks ago`."""

    unit: str
    count: float | None
    base: Base
    clock: str = ""
    mod: str | None = None
    sign: int = 1
    """The direction where the count is not said."""
    like: bool = False
    """Keeps the grain of the base: `the same period a year earlier`."""


@dataclass(frozen=True, slots=True)
class Length:
    """An amount of time; `side` tells which way it runs from the time of speaking, if it is said."""

    unit: str
    count: float | None
    side: Literal["", "past", "future"] = ""
    mod: str | None = None
    age: bool = False


@dataclass(frozen=True, slots=True)
class Repeat:
    """A set of times: `every Monday`, `twice a week`."""

    value: str


@dataclass(frozen=True, slots=True)
class Reference:
    """`now`, `recently`, `soon`: TimeML's PRESENT_REF, PAST_REF, FUTURE_REF."""

    value: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, or a part of the day, whose day is to be found."""

    clock: str
    which: Which = ""
    mod: str | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """The nth unit of an outer stretch (`the last week of March`); n below 0 counts from the end."""

    unit: str
    nth: int
    outer: Expr
    weekday: int | None = None
    mod: str | None = None


@dataclass(frozen=True, slots=True)
class Vague:
    """`at the time`, `around the same time`: points at something told, not at the calendar."""

    words: str


Expr = Calendar | Shift | Length | Repeat | Reference | Clock | Within | Vague


@dataclass(frozen=True, slots=True)
class Found:
    """An expression over tokens `first`..`last`, both inclusive."""

    first: int
    last: int
    expr: Expr
    group: int = 0
    """Two that were written as one range (`Sept. 26-27`) share a number above 0."""
