"""Who is an unnamed person: told by words alone, and by the text before."""

from __future__ import annotations

import pytest

from sayso.audit import draft_of
from sayso.audit.checks.people import is_bare, is_met_before, is_person, is_role, is_told_otherwise, meant, short_name
from sayso.audit.scene import Scene
from sayso.service.audit import read_draft


def scene_of(text: str) -> Scene:
    return Scene(read_draft(draft_of(text, name="draft")))


@pytest.mark.parametrize(
    "words,person",
    [
        ("a harbour pilot", True),
        ("two midwives", True),
        ("somebody who was there", True),
        ("the crowd", False),
        ("one in ten voters", False),
        ("Ferris", False),
    ],
)
def test_people_by_their_noun(words: str, person: bool) -> None:
    assert is_person(words) is person


@pytest.mark.parametrize(
    "words,bare", [("officials", True), ("some unnamed sources", True), ("port officials", False), ("the mayor", False)]
)
def test_bare_nouns(words: str, bare: bool) -> None:
    assert is_bare(words) is bare


@pytest.mark.parametrize("noun,role", [("mayor", True), ("abbot", True), ("stone", False)])
def test_offices(noun: str, role: bool) -> None:
    assert is_role(noun) is role


def test_short_names_drop_the_clause() -> None:
    assert short_name("a nurse who left in May") == "a nurse"
    assert short_name("a nurse, aged 30") == "a nurse"


def test_met_before_needs_the_noun_before() -> None:
    scene = scene_of("A county engineer said the steel was thin. The engineer said it had rusted. The diver said no.")
    spans = {scene.words(a.source): a.source[0] for a in scene.said if a.source}
    assert is_met_before(scene, spans["The engineer"])
    assert not is_met_before(scene, spans["The diver"])
    assert not is_met_before(scene, spans["A county engineer"]), "only what is definite can be met again"
    assert is_told_otherwise(scene, spans["The engineer"])
    assert not is_told_otherwise(scene, spans["A county engineer"])


def test_a_pronoun_stands_for_whom_the_reading_knows() -> None:
    scene = scene_of("A nurse who left in May said the ward was full. She said the beds were broken.")
    second = scene.said[-1]
    assert scene.words(second.source) == "She"
    assert scene.words((meant(scene, second),)).startswith("A nurse")
