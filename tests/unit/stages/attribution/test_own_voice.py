"""What the page asserts itself, told apart from calls to the reader and from somebody's view."""

from __future__ import annotations

import pytest

from .pages import page

ASSERTED = "The bridge was closed in the night by a barge."


def test_plain_narrative_is_the_pages_own() -> None:
    assert page(ASSERTED).own == [ASSERTED]


@pytest.mark.parametrize(
    "other",
    [
        "Sign up for our morning newsletter here.",
        "Read more about the bridge and its history.",
        "I crossed it every day for nine years.",
        "In our view the council has slept.",
        "We must ask who pays for the repair.",
        "Why was nobody watching the river at night?",
        "A diver said the pillar had been cracked for years.",
    ],
)
def test_calls_views_questions_and_reports_are_not(other: str) -> None:
    assert page(f"{ASSERTED} {other}").own == [ASSERTED]


@pytest.mark.parametrize(
    "sentence",
    [
        "World War I ended at eleven in the morning.",
        "Henry I. built the first bridge in wood.",
        "The film “I am Curious” ran for a whole week.",
        "Readers of the map will find the bridge gone.",
    ],
)
def test_words_that_only_look_like_them(sentence: str) -> None:
    assert page(sentence).own == [sentence]
