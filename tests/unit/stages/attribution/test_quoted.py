"""Sources behind a source, and attributions inside what somebody says."""

from __future__ import annotations

import pytest

from .pages import page


def test_who_is_quoted_as_saying_stands_inside_who_quotes() -> None:
    read = page("The coast guard quoted the skipper as saying he had fallen asleep.")
    outer, inner = read.by_cue("quoted"), read.by_cue("saying")
    assert read.words(outer.content) == read.words(inner.content) == "he had fallen asleep"
    assert read.words(inner.source) == "the skipper"
    assert inner.parent == outer.id


def test_clause_behind_an_aside_is_what_is_reported() -> None:
    read = page("GoalRush claims, citing an Italian radio station, that the president sold the bus.")
    assert read.words(read.by_cue("claims").content) == "that the president sold the bus"
    assert read.words(read.by_cue("citing").source) == "an Italian radio station"


def test_citing_at_the_end_belongs_to_the_outer_of_two() -> None:
    read = page("The Bourse Letter reported that the regulator had told the bank to close, citing a director.")
    assert read.by_cue("citing").parent == read.by_cue("reported").id


def test_citing_in_turn_makes_a_chain_of_each() -> None:
    read = page("The Press Agency, quoting the Courier, which cited two officials and a guard, said the dam was weak.")
    agency, courier = read.by_cue("said"), read.by_cue("quoting")
    cited = [a for a in read.attributions if read.words(a.cue) == "cited"]
    assert [read.words(a.source) for a in cited] == ["two officials", "a guard"]
    assert {a.parent for a in cited} == {courier.id}
    assert (courier.parent, agency.parent) == (agency.id, None)
    assert {read.words(a.content) for a in (*cited, courier)} == {"the dam was weak"}


def test_what_is_cited_is_what_it_says() -> None:
    read = page("The agency quoted the mayor, who said that the bridge would be closed.")
    outer, inner = read.by_cue("quoted"), read.by_cue("said")
    assert inner.parent == outer.id
    assert read.words(outer.content) == read.words(inner.content) == "that the bridge would be closed"
    assert [read.words((span,)) for span in inner.description] == ["the mayor"]


def test_a_statement_inside_a_citation_is_no_part_of_the_whole() -> None:
    read = page("The Post, citing the Herald, which quoted a guard as saying the man fled, said a search was on.")
    assert read.words(read.by_cue("saying").content) == "the man fled"


INSIDE = {
    "agreed": ("The premier said the opposition had agreed to a vote.", "the opposition", "to a vote"),
    "according": ("TechBlink reports that, according to the Orbit, the robot lied.", "the Orbit", "the robot lied"),
    "wanted": ("An aide said the minister wanted the report burned.", "the minister", "the report burned"),
}


@pytest.mark.parametrize("cue", INSIDE)
def test_inside_what_somebody_says(cue: str) -> None:
    text, source, content = INSIDE[cue]
    read = page(text)
    inner = read.by_cue(cue)
    assert (read.words(inner.source), read.words(inner.content)) == (source, content)
    assert inner.parent is not None


def test_question_and_answer_are_two() -> None:
    read = page("HOST: Why now?\n\nSENATOR QUILL: Because it is late.")
    assert [read.words(a.content) for a in read.attributions] == ["Why now?", "Because it is late"]


def test_quotation_that_ends_a_paragraph_without_a_speaker() -> None:
    read = page("The founder turned off the lights himself. “There was nobody else left to do it.”")
    assert [a.source_kind for a in read.attributions] == ["unknown"]


def test_what_is_unclear_is_neither_yes_nor_no() -> None:
    read = page("It was not clear who had fired first.")
    assert read.attributions[0].footing.polarity == "mixed"
    assert read.attributions[0].source == ()
