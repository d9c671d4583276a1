"""Forms that speak for themselves, on marked-up sentences: [source] <cue> {content}."""

from __future__ import annotations

import pytest

import sayso

from .pages import page
from .test_spans import read_marks, words

FORMS = [
    "[The tenant] <maintains> {that the roof leaks}.",
    "[The buyer] <undertook> {to reopen the mine by May}.",
    "[Parents] <are worried> {that the bus will stop}.",
    "[The ferry line] <put> {the number of passengers at 90}.",
    "[The mayor] <is afraid> {the wall will fall}.",
    "<Rumour has it> {that the tower is for sale}.",
    "[The clerk] <did not say> {for how long}.",
    "[The inspector] <told> nobody {where he was going}.",
    "[The port] <has committed> {itself to cleaning the bay}.",
    "[Harbour master]: {the bridge stays shut}",
    "{Our street smells of fish}, <say> [neighbours]",
    "[The Harbor Gazette] <claims>, citing a radio station, {that the coach sold the bus}.",
]
INSIDE = [
    ("The pilot said the tower had threatened to shut the runway.", "threatened", "the tower"),
    ("A cousin said she had heard from a nurse that he was awake.", "from", "a nurse"),
    ("The Harbor Gazette has learned from insiders that the port will close.", "from", "insiders"),
    ("Villagers said the guide believed the path was safe.", "believed", "the guide"),
    ("The officer stated that prisoners complain about the soup.", "complain", "prisoners"),
]


@pytest.mark.parametrize("marked", FORMS)
def test_form_is_found(marked: str) -> None:
    text, parts = read_marks(marked)
    read = page(text)
    fits = [a for a in read.attributions if words(read.words(a.content)) == words(" ".join(parts["content"]))]
    assert fits, [(read.words(a.source), read.words(a.cue), read.words(a.content)) for a in read.attributions]
    assert words(read.words(fits[0].source)) == words(" ".join(parts["source"]))


def test_adverb_has_no_source() -> None:
    read = page("The ferry is reportedly up for sale.")
    assert [(a.source, read.words(a.cue), a.footing.certainty) for a in read.attributions] == [
        ((), "reportedly", "hedged")
    ]


@pytest.mark.parametrize(("text", "cue", "source"), INSIDE)
def test_attribution_inside_another(text: str, cue: str, source: str) -> None:
    read = page(text)
    inner = read.by_cue(cue)
    assert read.words(inner.source) == source
    assert inner.parent is not None


def test_first_person_has_no_floor() -> None:
    read = page("“I think the pier is lovely,” Ana Brook said.")
    assert [read.words(a.cue) for a in read.attributions if a.parent is None] == ["said"]


def test_in_order_to_is_no_order() -> None:
    text = "Aides feared the visit was a trap in order to film an envoy."
    cues = {span.of(text) for found in sayso.read_text(text).attributions for span in found.cue}
    assert "order" not in cues


def test_who_lets_it_be_known_says_it() -> None:
    read = page("The coach arrived late. She let it be known that the trip was off.")
    said = read.by_cue("let it be known")
    assert (read.words(said.source), read.words(said.content)) == ("She", "that the trip was off")


def test_the_word_that_opens_a_clause_names_nobody() -> None:
    read = page("The wave hit the town in what rescuers called the worst night in its history.")
    assert read.words(read.by_cue("called").source) == "rescuers"


def test_a_dateline_is_nobodys_words() -> None:
    read = page("ORSENA, 14 March — The harbour plan has stalled, two councillors told the Orsena Mail.")
    assert read.words(read.by_cue("told").content) == "The harbour plan has stalled"


def test_what_is_said_of_a_plan_is_no_part_of_it() -> None:
    read = page("The council's plan to deepen the harbour has stalled, two councillors said.")
    assert read.words(read.by_cue("plan").content) == "to deepen the harbour"
