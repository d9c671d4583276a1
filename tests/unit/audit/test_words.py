"""The word lists read alike in either YAML loader, compile, and inflect."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import sayso.lang
from sayso.audit.assertions import asserting
from sayso.audit.words import compiled, edged

FOLDER = Path(sayso.lang.__file__).parent / "en"


@pytest.mark.parametrize("name", ["audit", "audit_words", "audit_own_voice", "audit_sets"])
def test_lists_need_no_particular_loader(name: str) -> None:
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    strict = yaml.safe_load(text)
    assert strict
    fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    assert yaml.load(text, Loader=fast) == strict


@pytest.mark.parametrize(
    "kind,words",
    [
        ("guilt", "looted"),
        ("guilt", "was looting"),
        ("guilt", "rigged"),
        ("guilt", "bullied"),
        ("guilt", "stole"),
        ("blame", "has bungled"),
        ("verdict", "despicably"),
        ("verdict", "shoddily"),
        ("verdict", "catastrophically"),
        ("motive", "to save its own skin"),
    ],
)
def test_assertions_in_their_forms(kind: str, words: str) -> None:
    assert asserting(kind).search(f"He {words} them") is not None


@pytest.mark.parametrize("words", ["loot", "the looting", "cruelty", "rigging", "to rig"])
def test_what_asserts_nothing(words: str) -> None:
    assert asserting("guilt").search(f"He saw {words} there") is None


def test_edges_are_of_words_alone() -> None:
    assert edged(["claims (?=that)"]).search("She claims that it rained") is not None
    assert edged(["claim"]).search("disclaimed") is None


@pytest.mark.parametrize("noun", ["lobbyist", "librarian", "referee", "zookeeper"])
def test_nouns_for_people_by_their_ending(noun: str) -> None:
    assert compiled("person_noun").fullmatch(noun) is not None
