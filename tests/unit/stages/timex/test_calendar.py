"""Day numbers, grains and values."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.stages.timex.calendar import civil, day_number, easter, iso_day, iso_week, moved, span_of, weekday

EPOCH = datetime.date(1970, 1, 1).toordinal()


@given(st.dates())
def test_agrees_with_the_standard_library(day: datetime.date) -> None:
    number = day_number(day.year, day.month, day.day)
    assert number == day.toordinal() - EPOCH
    assert civil(number) == (day.year, day.month, day.day)
    assert weekday(number) == day.isoweekday()
    assert iso_week(number) == day.isocalendar()[:2]
    assert iso_day(number) == day.isoformat()


@given(st.integers(-20_000, 20_000), st.integers(1, 12), st.integers(1, 28))
def test_any_year_goes_there_and_back(year: int, month: int, day: int) -> None:
    assert civil(day_number(year, month, day)) == (year, month, day)


@pytest.mark.parametrize("year, month, day", [(2018, 4, 1), (2024, 3, 31), (1818, 3, 22), (2038, 4, 25)])
def test_easter(year: int, month: int, day: int) -> None:
    assert civil(easter(year)) == (year, month, day)


@pytest.mark.parametrize(
    "grain, value, first, last",
    [
        ("decade", "201", "2010-01-01", "2019-12-31"),
        ("century", "20", "2000-01-01", "2099-12-31"),
        ("half", "2018-H2", "2018-07-01", "2018-12-31"),
        ("quarter", "2018-Q3", "2018-07-01", "2018-09-30"),
        ("season", "2018-FA", "2018-09-01", "2018-11-30"),
        ("week", "2018-W37", "2018-09-10", "2018-09-16"),
        ("weekend", "2018-W37-WE", "2018-09-15", "2018-09-16"),
    ],
)
def test_grains(grain: str, value: str, first: str, last: str) -> None:
    when = span_of(grain, day_number(2018, 9, 11))  # type: ignore[arg-type]
    assert (when.value, iso_day(when.first), iso_day(when.last)) == (value, first, last)


def test_winter_belongs_to_the_year_it_begins_in() -> None:
    when = span_of("season", day_number(2018, 1, 15))
    assert (when.value, iso_day(when.last)) == ("2017-WI", "2018-02-28")


def test_months_keep_to_their_length() -> None:
    assert iso_day(moved(day_number(2020, 2, 29), -1, "year")) == "2019-02-28"
    assert iso_day(moved(day_number(2018, 10, 31), 1, "month")) == "2018-11-30"
