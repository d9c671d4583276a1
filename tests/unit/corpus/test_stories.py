from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from pathlib import Path

import pytest

from sayso.corpus import Document, Story, StoryIndex, cluster_stories
from sayso.corpus.stories import story_changes

from .texts import OTHER, page

FIRE = [
    "Firefighters in Kallen fought a blaze at the Osten paper mill on Sunday night. Mayor Ida Brekke praised them.",
    "The Osten mill in Kallen burned for nine hours. Ida Brekke, the mayor, thanked crews of three towns.",
    "Ida Brekke said that the Osten paper mill, the largest employer in Kallen, would be rebuilt after Sunday's blaze.",
    "Kallen: paper mill Osten destroyed in blaze, no one hurt, mayor Brekke says.",
]
LOOK_ALIKE = [
    "Firefighters in Drumlin fought a blaze at the Pavel shoe factory on Friday. Tom Harrow, the mayor, praised them.",
    "Nobody was hurt when the Pavel works in Drumlin went up in flames, said Tom Harrow. Shoes melted on the belts.",
    "Tom Harrow wants the Pavel shoe factory, the pride of Drumlin, to open again after Friday's blaze.",
    "Drumlin: shoe factory Pavel destroyed in blaze, police look for cause, mayor Harrow says.",
]


def pages() -> list[Document]:
    fire = [page(f"k{n}", text) for n, text in enumerate(FIRE)]
    return [*fire, *(page(f"d{n}", text) for n, text in enumerate(LOOK_ALIKE)), page("other", OTHER)]


def test_look_alike_events_stay_apart():
    found = cluster_stories(pages())
    assert {found[f"k{n}"] for n in range(4)} == {"k0"}
    assert {found[f"d{n}"] for n in range(4)} == {"d0"}
    assert found["other"] == "other"


def test_pages_that_arrive_one_by_one_join_their_story_and_say_why():
    index = StoryIndex()
    changes = [index.add([document]) for document in pages()]
    found = index.assignment()
    assert len({found[f"k{n}"] for n in range(4)}) == 1
    assert found["k0"] != found["d0"]
    joined = [change for step in changes for change in step if change.kind in ("joined", "merged")]
    assert any({"kallen", "osten"} & set(change.terms) for change in joined)


def test_stories_name_the_terms_that_hold_them():
    index = StoryIndex()
    index.add(pages())
    story = next(story for story in index.stories() if story.id == "k0")
    assert story.pages == ("k0", "k1", "k2", "k3")
    assert "osten" in story.terms
    assert "pavel" not in story.terms


def test_adding_nothing():
    index = StoryIndex()
    assert index.add([]) == []
    assert index.assignment() == {}


@pytest.mark.parametrize("text", ["", "the of and", "…", "7", "\ud800"])
def test_hardly_any_text(text):
    assert cluster_stories([page("a", text), page("b", text)]).keys() == {"a", "b"}


def b_cubed(gold: dict[str, str], found: dict[str, str]) -> float:
    both = Counter((found[i], gold[i]) for i in gold)
    size, true = Counter(found[i] for i in gold), Counter(gold.values())
    p = sum(both[found[i], gold[i]] / size[found[i]] for i in gold) / len(gold)
    r = sum(both[found[i], gold[i]] / true[gold[i]] for i in gold) / len(gold)
    return 2 * p * r / (p + r)


@pytest.mark.data
@pytest.mark.skipif("SAYSO_DATA" not in os.environ, reason="SAYSO_DATA isn't set")
def test_ecb_plus_in_one_batch():
    path = Path(os.environ["SAYSO_DATA"]) / "stories/ecbplus_dev.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        rows = [json.loads(line) for line in handle]
    found = cluster_stories(Document(row["id"], row["text"]) for row in rows)
    assert b_cubed({row["id"]: row["story"] for row in rows}, found) >= 0.94


def test_changes_of_stories_are_told():
    before = {"a": "a", "b": "a", "c": "c", "d": "d", "e": "d"}
    after = [
        Story("a", ("a", "b", "c", "n"), ("dam",)),
        Story("d", ("d",), ("fire",)),
        Story("e", ("e",), ("flood",)),
        Story("m", ("m",), ("quake",)),
    ]
    found = [(change.kind, change.stories, change.arrived) for change in story_changes(before, after)]
    assert found == [
        ("merged", ("a", "c"), ("n",)),
        ("split", ("d",), ()),
        ("split", ("e", "d"), ()),
        ("new", ("m",), ("m",)),
    ]
    assert story_changes(before, [Story("c", ("c",), ())]) == []
    assert [c.kind for c in story_changes(before, [Story("c", ("c", "n"), ())])] == ["joined"]


def test_a_packed_index_goes_on_as_if_it_had_not_been_packed():
    documents = pages()
    whole = StoryIndex()
    whole.add(documents[:5])
    whole.add([], settle=True)
    again = StoryIndex.unpacked(whole.packed())
    assert again.add(documents[5:]) == whole.add(documents[5:])
    assert again.stories() == whole.stories()
