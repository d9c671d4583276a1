"""Events: triggers, roles, footing and days, on texts of our own."""

from __future__ import annotations

import pytest
from time_reading import events

from sayso.model import Event


def by_trigger(text: str, published: str | None = "2018-09-11") -> dict[str, Event]:
    return {event.trigger.of(text): event for event in events(text, published)}


def days(event: Event) -> tuple[str | None, str | None] | None:
    return (event.time.earliest, event.time.latest) if event.time else None


def test_who_did_what_to_whom_when() -> None:
    text = "Rebels attacked the harbour on Saturday."
    event = by_trigger(text)["attacked"]
    assert [span.of(text) for span in event.actor] == ["Rebels"]
    assert [span.of(text) for span in event.target] == ["the harbour"]
    assert event.action == "attack"
    assert days(event) == ("2018-09-08", "2018-09-08")


def test_passive_turns_the_roles_round() -> None:
    text = "The mayor was arrested by soldiers on Friday."
    event = by_trigger(text)["arrested"]
    assert [span.of(text) for span in event.actor] == ["soldiers"]
    assert [span.of(text) for span in event.target] == ["The mayor"]


@pytest.mark.parametrize(
    "text, trigger, footing",
    [
        ("Soldiers shelled the town.", "shelled", "own_voice"),
        ("Soldiers did not shell the town.", "shell", "negated"),
        ("Soldiers refused to shell the town.", "shell", "negated"),
        ("Soldiers will shell the town.", "shell", "planned"),
        ("Soldiers planned to shell the town.", "shell", "planned"),
        ("The general ordered soldiers to shell the town.", "shell", "ordered"),
        ("Residents feared that soldiers shelled the town.", "shelled", "feared"),
        ("The general denied that soldiers shelled the town.", "shelled", "denied"),
        ("Soldiers may shell the town.", "shell", "hedged"),
        ("If soldiers shell the town, people will flee.", "shell", "hypothetical"),
    ],
)
def test_footing(text: str, trigger: str, footing: str) -> None:
    assert by_trigger(text)[trigger].footing == footing


def test_in_case_of_is_no_event() -> None:
    text = "He told the army to shoulder arms in case of a US invasion."
    assert "invasion" not in by_trigger(text)


def test_planned_events_lie_ahead_and_dated_ones_keep_their_day() -> None:
    assert days(by_trigger("The court will rule on Friday.")["rule"]) == ("2018-09-14", "2018-09-14")
    assert days(by_trigger("The firm will sack its chief.")["sack"]) == ("2018-09-11", None)


def test_unknown_stays_a_bounded_interval() -> None:
    assert days(by_trigger("The firm sacked its chief.")["sacked"]) == (None, "2018-09-11")
    assert by_trigger("The firm sacked its chief.", published=None)["sacked"].time is None


def test_order_words_bound() -> None:
    assert days(by_trigger("The chief had fled before Saturday.")["fled"]) == (None, "2018-09-08")
    assert days(by_trigger("Troops have fought since Saturday.")["fought"]) == ("2018-09-08", None)


def test_the_report_is_kept_apart_from_what_it_reports() -> None:
    text = "A fire destroyed the mill on Thursday. The owner told police on Sunday he left a stove on."
    found = by_trigger(text)
    assert days(found["told"]) == ("2018-09-09", "2018-09-09")
    assert days(found["left"]) == ("2018-09-06", "2018-09-06")
    assert found["left"].time is not None
    assert found["left"].time.timex is None


def test_an_open_time_gives_no_day() -> None:
    text = "A bomb went off on Monday.\n\nAround the same time, he resigned."
    assert days(by_trigger(text)["resigned"]) == (None, "2018-09-11")


@pytest.mark.parametrize(
    "line",
    [
        "Published: Tue, September 11, 2018",
        "Last updated 11 September 2018 10:15 GMT",
        "Posted on September 11, 2018",
        "Updated: Sept. 11, 2018 at 9 a.m.",
    ],
)
def test_stamp_lines_tell_no_event(line: str) -> None:
    assert set(by_trigger(line + "\n\nRebels attacked the harbour on Saturday.")) == {"attacked"}


def test_what_was_published_is_an_event_in_a_sentence() -> None:
    assert "published" in by_trigger("The paper published the letter on Saturday.")
    assert "Published" in by_trigger("Published in 1925 by a small press, it sold 300 copies.")


def test_an_event_at_the_time_takes_the_one_day_told() -> None:
    text = "The bridge collapsed on Saturday. Workers fled at the time."
    assert days(by_trigger(text)["fled"]) == ("2018-09-08", "2018-09-08")


def test_the_day_told_of_is_not_the_day_it_was_told() -> None:
    text = "The bridge fell on May 12. An inspector said that the piers had been sound."
    found = by_trigger(text)
    assert days(found["fell"]) == ("2018-05-12", "2018-05-12")
    assert days(found["said"]) == (None, "2018-09-11")
