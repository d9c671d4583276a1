"""Pronouns inside reported words, plural and unnamed antecedents, sources that grammar rules out."""

from __future__ import annotations

import pytest

from .pages import page


def test_pronoun_in_reported_words_is_the_speaker_and_no_step_of_its_own() -> None:
    read = page("The minister said that he feared the bridge would fall.")
    assert read.chain(read.by_cue("feared")) == ["page", "The minister"]


def test_whose_relative_speaks() -> None:
    read = page("The builder's mum told the court he swore the wall was safe.")
    assert read.chain(read.by_cue("swore")) == ["page", "The builder's mum", "The builder"]
    read = page("His sister said he had warned them that the wall was weak.")
    assert read.by_cue("warned").source_kind == "unnamed_person"


def test_quoted_pronoun_is_not_who_speaks_the_quotation() -> None:
    read = page("Maria Brook was angry. “She said the pier was safe,” Maria Brook told the court.")
    inner = next(a for a in read.attributions if a.parent is not None)
    assert read.name(inner) != "Maria Brook"


def test_they_are_the_only_people_before() -> None:
    read = page("Officials met in the old mill. They said the pier would open on Monday.")
    said = read.by_cue("said")
    assert said.source_kind == "unnamed_official"
    assert read.words(tuple(c.span for c in said.candidates if c.span)) == "Officials"


def test_they_stay_open_between_two_groups() -> None:
    read = page("Officials and fishermen met in the old mill. They said the pier would open on Monday.")
    assert read.by_cue("said").source_kind == "unknown"


def test_unnamed_speaker_goes_on() -> None:
    read = page("The speaker said the rules were kept. He added that nobody had complained.")
    assert read.chain(read.by_cue("added")) == ["page", "The speaker"]


@pytest.mark.parametrize(
    "text",
    [
        "The trader was accused of hiding losses of 40 million.",
        "The ferry was apparently up for sale.",
        "It is feared that the slope will move again.",
        "The plant is thought to flower once in a century.",
    ],
)
def test_nobody_is_named(text: str) -> None:
    assert [a.source for a in page(text).attributions] == [()]


def test_name_behind_its_noun_belongs_to_the_source() -> None:
    read = page("In the old mill the rector Pavlo Hrach said that the roof leaks.")
    assert read.words(read.by_cue("said").source) == "the rector Pavlo Hrach"
    assert read.name(read.by_cue("said")) == "Pavlo Hrach"


@pytest.mark.parametrize(
    ("text", "cue", "polarity", "act"),
    [
        ("The agency could not verify the pictures.", "verify", "mixed", "report"),
        ("The army did not respond to the report.", "respond", "mixed", "report"),
        ("He had told nobody where he was going.", "told", "negated", "report"),
        ("The opposition called for the resignation of the minister.", "called", "affirmed", "order"),
        ("Residents want to know why the siren stayed silent.", "know", "affirmed", "question"),
        ("The regulator banned the firm from taking deposits.", "banned", "affirmed", "order"),
    ],
)
def test_polarity_and_act(text: str, cue: str, polarity: str, act: str) -> None:
    footing = page(text).by_cue(cue).footing
    assert (footing.polarity, footing.act) == (polarity, act)


def test_question_in_a_transcript() -> None:
    assert page("ANCHOR: Will you resign?").attributions[0].footing.act == "question"


def test_not_impossible_is_hedged() -> None:
    assert (
        page("The mayor said it was not impossible that taxes would rise.").by_cue("said").footing.certainty == "hedged"
    )
