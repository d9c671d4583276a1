"""Unnamed speakers whom a clause parts from their verb."""

from __future__ import annotations

import pytest

from sayso.audit import draft_of
from sayso.audit.mending import lost_speech, mended
from sayso.audit.scene import Scene
from sayso.model import Attribution, Span
from sayso.service.audit import read_draft


def cue_of(text: str, word: str, content: str) -> Attribution:
    """A statement with no source, as the reading leaves it."""
    start, told = text.index(word), text.index(content)
    return Attribution(
        id="a",
        source=(),
        cue=(Span(start, start + len(word)),),
        content=(Span(told, told + len(content)),),
        form="indirect",
        tier="speech",
        source_kind="unknown",
    )


def mend(text: str, word: str, content: str) -> Attribution:
    whole = (Span(0, len(text)),)
    return next(iter(mended([cue_of(text, word, content)], text, whole)))


@pytest.mark.parametrize(
    "text,who,heads",
    [
        ("A pilot who had left the firm in May said the fuel was short.", "A pilot", (1, 1)),
        ("Two nurses, who feared for their posts, said the fuel was short.", "Two nurses", (2, 2)),
        ("It sank, and a stoker said the fuel was short.", "a stoker", (1, 1)),
        ("Army officials, speaking from a tent, said the fuel was short.", "Army officials", (2, None)),
    ],
)
def test_the_subject_is_put_in(text: str, who: str, heads: tuple[int, int | None]) -> None:
    whole = mend(text, "said", "the fuel was short")
    assert [span.of(text) for span in whole.source] == [who]
    assert (whole.source_kind, whole.heads) == ("unnamed_person", heads)


@pytest.mark.parametrize(
    "text",
    [
        "A letter said the fuel was short.",
        "Ruth Hale, a pilot who had left in May, said the fuel was short.",
        "The crates, stacked by noon, said the fuel was short.",
    ],
)
def test_papers_things_and_the_named_are_left(text: str) -> None:
    assert mend(text, "said", "the fuel was short").source == ()


def test_the_content_loses_the_subject() -> None:
    text = "The fuel was short, a stoker said."
    whole = mend(text, "said", "The fuel was short, a stoker")
    assert [span.of(text) for span in whole.source] == ["a stoker"]
    assert [span.of(text) for span in whole.content] == ["The fuel was short, "]


def test_speech_that_the_reading_lacks() -> None:
    text = "The safe was empty, a guard who feared for his job said on Monday."
    whole = (Span(0, len(text)),)
    [found] = lost_speech([], text, whole, lambda position: False)
    assert [span.of(text) for span in (*found.source, *found.cue, *found.content)] == [
        "a guard",
        "said",
        "The safe was empty",
    ]
    assert list(lost_speech([found], text, whole, lambda position: False)) == [], "what is known is not lost"
    assert list(lost_speech([], text, whole, lambda position: True)) == [], "nor what is quoted"


def test_he_who_asked_for_cover_speaks_on() -> None:
    text = "A tutor asked to remain anonymous for fear of his employer. He said the marks were false."
    last = Scene(read_draft(draft_of(text, name="draft"))).said[-1]
    assert last.source_kind == "unnamed_person"
