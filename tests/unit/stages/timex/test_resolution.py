"""Anchors, directions, grains and reasons, on texts of our own."""

from __future__ import annotations

import pytest
from time_reading import timexes

from sayso.stages.timex.stage import publication_day


def values(text: str, published: str | None = "2018-09-11") -> list[tuple[str, str | None]]:
    return [(t.span.of(text), t.value) for t in timexes(text, published)]


HISTORY = (
    "The war began on 3 May 1921. In June the rebels took the port. By December 1921 they held the coast.\n\n"
    "In January the army struck back, and in March it won. In 1923 the last town fell, and in April the leaders fled."
)


def test_a_history_counts_from_what_it_told() -> None:
    got = dict(values(HISTORY, "2018-09-11"))
    assert got["June"] == "1921-06"
    assert got["January"] == "1922-01"
    assert got["March"] == "1922-03"
    assert got["April"] == "1923-04"


def test_history_and_news_need_no_switch() -> None:
    news = "The minister resigned on Monday. In June he had lost a vote. The party will meet in October."
    assert dict(values(news)) == {"Monday": "2018-09-10", "June": "2018-06", "October": "2018-10"}


def test_range_gives_two_dates() -> None:
    assert values("It ran Sept. 26-27, 2015.") == [("Sept. 26", "2015-09-26"), ("27, 2015", "2015-09-27")]
    assert values("He ruled between 2011 and 2013.") == [("2011", "2011"), ("2013", "2013")]
    assert values("The war of 1914-18 was over.") == [("1914", "1914"), ("18", "1918")]


def test_year_written_once_serves_the_whole_list() -> None:
    assert values("It rained from March to May 2009.") == [("March", "2009-03"), ("May 2009", "2009-05")]
    assert values("It lasted from November to January 2009.")[0] == ("November", "2008-11")


def test_numeric_dates_follow_the_rest_of_the_page() -> None:
    assert ("04/05/2018", "2018-05-04") in values("On 04/05/2018 they met, and again on 25/05/2018.")
    assert ("04/05/2018", "2018-04-05") in values("On 04/05/2018 they met, and again on 05/25/2018.")


def test_numeric_date_without_evidence_keeps_both_readings() -> None:
    (timex,) = timexes("They met on 04/05/2018.")
    assert timex.value is None
    assert (timex.earliest, timex.latest) == ("2018-04-05", "2018-05-04")
    assert "2018-04-05" in (timex.reason or "")
    assert "2018-05-04" in (timex.reason or "")


def test_garbled_words_keep_the_widest_reading() -> None:
    text = "The paper said the talks took place over the a year ago."
    (timex,) = timexes(text)
    assert timex.span.of(text) == "over the a year ago"
    assert timex.earliest is not None
    assert timex.earliest <= "2016-12-31"
    assert timex.latest == "2018-09-11"
    assert timex.score is not None
    assert timex.score <= 0.3


def test_anchor_names_the_time_counted_from() -> None:
    first, second = timexes("On May 3, 2012, they met. Two days later they signed.")
    assert first.anchor is None
    assert second.anchor is not None
    assert (second.anchor.kind, second.anchor.id) == ("timex", first.id)
    (weekday,) = timexes("They met on Monday.")
    assert weekday.anchor is not None
    assert weekday.anchor.kind == "publication"


def test_since_looks_back() -> None:
    assert values("The road has been shut since November.") == [("November", "2017-11")]


@pytest.mark.parametrize(
    "published, value",
    [("2018-09-11", "2018-09-11"), ("2018-09-11T23:10:00+02:00", "2018-09-11"), ("2018-09", "2018-09")],
)
def test_publication_day_is_read(published: str, value: str) -> None:
    day = publication_day(published)
    assert day is not None
    assert day.value == value


@pytest.mark.parametrize("published", [None, "", "yesterday", "2018-02-31", "2018-13-01", "٢٠١٨-09-11", "2018-09-1x"])
def test_what_is_no_date_is_no_publication_day(published: str | None) -> None:
    assert publication_day(published) is None


def test_a_name_is_no_month() -> None:
    assert values("April Jones left the room.") == []
    assert values("In April Jones left the room.")[0][1] == "2018-04"


def test_at_the_time_is_the_one_time_told_just_before() -> None:
    assert values("He joined in 1985. He was 12 at the time.")[-1] == ("the time", "1985")
    text = "The bridge fell on Monday. Around the same time, a tower fell."
    timex = timexes(text)[-1]
    assert (timex.value, timex.mod) == ("2018-09-10", "APPROX")
    assert timex.anchor is not None
    assert timex.anchor.kind == "timex"


@pytest.mark.parametrize(
    "text",
    [
        "He joined in 1985 and left in 1987. He was 12 at the time.",
        "The bridge fell on Monday.\n\nAround the same time, a tower fell.",
        "It fell on Monday. Nobody knew why. At the time, he was 12.",
        "Around the same time, he said so.",
    ],
)
def test_at_the_time_stays_open_where_no_one_time_is_told(text: str) -> None:
    timex = timexes(text)[-1]
    assert timex.value is None
    assert timex.reason


def test_dateline_day_is_the_day_of_speaking() -> None:
    text = "LISBON, Sept. 8 (AP) -- The Senate votes today. It met yesterday."
    assert values(text) == [("Sept. 8", "2018-09-08"), ("today", "2018-09-08"), ("yesterday", "2018-09-07")]
    timex = timexes(text)[1]
    assert timex.anchor is not None
    assert (timex.anchor.kind, timex.anchor.id) == ("timex", timexes(text)[0].id)
    assert values("LISBON, Sept. 8, 2018 (AP) -- The Senate votes today.", None)[1] == ("today", "2018-09-08")
    assert values("In Lisbon, on Sept. 8 the Senate met; it votes today.")[-1] == ("today", "2018-09-11")


def test_stamps_of_a_live_blog_are_days_of_speaking() -> None:
    text = "Sept. 11, 10:15 a.m.\n\nToday the raid ended.\n\nSept. 10, 9 p.m.\n\nToday the raid began."
    assert [value for phrase, value in values(text) if phrase == "Today"] == ["2018-09-11", "2018-09-10"]


def test_numeric_stamp_at_the_publication_takes_its_reading() -> None:
    assert values("Posted 10/09/2018.") == [("10/09/2018", "2018-09-10")]


def test_years_that_only_measure_make_no_history() -> None:
    text = (
        "Shares fell on Monday to their lowest since 1997. Grain lost 3%, its lowest since October 1997. "
        "Tin fell to its lowest since April 1997."
    )
    assert dict(values(text, "2009-02-24"))["Monday"] == "2009-02-23"


def test_a_current_in_a_wire_is_no_time() -> None:
    assert values("The current ran through the wire.") == []
    assert values("Her current home is small.") == [("current", "PRESENT_REF")]
