"""Whatever a page says, the time stage answers, points at its characters and takes time in proportion."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.model import Article, Block, Context, Layers, Run, Sentence, Span, Timex
from sayso.stages.parse import Parse
from sayso.stages.timex import Timexes

WORDS = [
    "Monday",
    "May",
    "March",
    "31",
    "30",
    "29",
    "February",
    "2018",
    "9999",
    "0000",
    "1",
    "24:00",
    "12:60",
    "the",
    "last",
    "next",
    "of",
    "early",
    "mid",
    "-",
    "–",
    "/",
    ",",
    ".",
    "'",
    "'s",
    "1990s",
    "ago",
    "later",
    "two",
    "hundred",
    "million",
    "and",
    "a",
    "half",
    "quarter",
    "year",
    "years",
    "first",
    "second",
    "third",
    "BC",
    "p.m.",
    "GMT",
    "every",
    "each",
    "noon",
    "week",
    "weekend",
    "04/05/2018",
    "2018-02-30",
    "Q3",
    "FY99",
    "now",
    "recently",
    "tomorrow",
    "night",
    "½",
    "99999999999999999999",
    "decades",
    "before",
    "after",
    "Easter",
    "1/0",
    "0/0/0000",
    "9/11",
    "century",
    "21st",
    "0th",
]


def read(text: str, published: str | None = "2018-09-11") -> list[Timex]:
    block = Block(Span(0, len(text)), "paragraph")
    article = Article("a", "p", text, (block,), (Run(len(text), 0),))
    layers = Layers({Sentence: [], Parse: []})
    return list(Timexes()(article, layers, Context(published=published)))  # type: ignore[arg-type]


def order(day: str) -> tuple[int, ...]:
    """Year, month and day; years before 0 and after 9999 carry a sign: `+10309-12-31`."""
    sign = -1 if day.startswith("-") else 1
    year, month, date = day.lstrip("+-").split("-")
    return sign * int(year), int(month), int(date)


def check(text: str, published: str | None = "2018-09-11") -> None:
    end = 0
    for timex in read(text, published):
        assert end <= timex.span.start < timex.span.end <= len(text)
        end = timex.span.end
        assert timex.earliest is None or timex.latest is None or order(timex.earliest) <= order(timex.latest)
        assert timex.reason


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
    st.sampled_from([None, "2018-09-11", "0001-01-01", "9999-12-31"]),
)
def test_time_words_in_any_order(text: str, published: str | None) -> None:
    check(text, published)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    check(text)


ENDS = """31 February 2018; February 30, 2019; the year 0; 0000-00-00; 9999-12-31; December 31, 9999; next century
1 January 0001; 500 years ago; 99999 years ago; 99999999 centuries later; 10,000 BC
the 9990s; 24:00 on 31 December 9999"""


@pytest.mark.parametrize("text", re.split(r"; |\n", ENDS))
@pytest.mark.parametrize("published", [None, "0001-01-01", "2018-09-11", "9999-12-31"])
def test_ends_of_the_calendar(text: str, published: str | None) -> None:
    check(f"It was {text}, they said.", published)


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1.",
        "1,",
        "12:",
        "1/",
        "1-",
        "two ",
        "and ",
        "the last ",
        "May ",
        "Monday, ",
        "1990s ",
        "a year ",
        "\n",
        "twenty-",
    ],
)
def test_time_grows_with_the_text_alone(unit: str) -> None:
    def cost(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        start = time.process_time()
        read(text)
        return time.process_time() - start

    read("warm up on Monday")
    small, large = min(cost(4_000), cost(4_000)), cost(32_000)
    assert large < 40 * small + 0.3


def test_a_million_digits() -> None:
    start = time.process_time()
    check("7" * 1_000_000)
    assert time.process_time() - start < 5
