"""Whom words in the second sentence mean: spokesmen by pronoun, callings, floating quotations, names given here."""

from __future__ import annotations

import pytest

from .pages import page


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Governor Bela Toth stayed away. His spokesman said he was counting votes.", "unnamed_official"),
        ("Singer Ola Brand stayed away. Her spokesman said she had lost her voice.", "unnamed_person"),
        ("Harrow Steel closed its mill. Its spokesman said the furnaces were cold.", "organization"),
        ("The interior ministry closed the road. Its spokeswoman said it was icy.", "government"),
        ("A resident who gave her name only as Joy said the lift was broken.", "named_person"),
        ("A resident who asked not to be named said the lift was broken.", "unnamed_person"),
        ("The central bank's governor said that rates might rise.", "unnamed_official"),
        ("Information from the civil protection agency said four villages were dark.", "government"),
        ("A video posted on Plaza appeared to show the bridge swaying.", "social_post"),
    ],
)
def test_source_kind(text: str, kind: str) -> None:
    assert page(text).attributions[-1].source_kind == kind


def test_calling_of_another_is_not_the_only_person_named() -> None:
    read = page("Barrister Juno Marsh asked how he died. The pathologist said he had drowned.")
    assert (read.by_cue("said").source_kind, read.by_cue("said").entity) == ("unnamed_person", None)


def test_calling_that_may_be_another_word_for_the_same_person_still_is() -> None:
    read = page("Torbjorn Haug counted puffins for three summers. The ornithologist said he dreamed of them.")
    entity = read.by_cue("said").entity
    assert entity is not None
    assert read.entities[entity].name == "Torbjorn Haug"


def test_quotation_right_behind_a_sentence_about_somebody_named() -> None:
    read = page("Sprinter Jonas Wirth walked off with his spikes in his hand. “I ran as if the floor were soup.”")
    (found,) = read.attributions
    assert found.entity is not None
    assert read.entities[found.entity].name == "Jonas Wirth"
    assert found.reason is not None
    assert "sentence before" in found.reason


def test_same_behind_somebody_unnamed_stays_open() -> None:
    read = page("The clerk of the court closed the file. “We will not be needing this again, said nobody ever.”")
    assert read.attributions[-1].entity is None


def test_source_is_the_subject_not_what_its_participle_names() -> None:
    read = page("The mill would close, an internal memo seen by the Bourse Mail says.")
    assert read.words(read.by_cue("says").source) == "an internal memo seen by the Bourse Mail"


def test_whose_words_are_quoted_in_a_passive() -> None:
    read = page("The minister was quoted as saying that nobody reads the annex.")
    assert read.words(read.by_cue("saying").source) == "The minister"


def test_what_a_video_appears_to_show_is_hedged() -> None:
    read = page("A video posted on Plaza appeared to show the bridge swaying.")
    assert read.by_cue("show").footing.certainty == "hedged"


def test_outlet_spoken_to_before_the_sentence() -> None:
    read = page("Speaking to Radio Calder, shopkeeper Dov Lint described the kerb as a trap.")
    assert [step.kind for step in read.by_cue("described").chain] == ["page", "outlet", "named_person"]
