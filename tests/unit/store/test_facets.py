from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.model import LAYERS, Article, Attribution, ChainStep, Footing, Given, Page, Reading, Run, Span, page_id
from sayso.model.article import Block
from sayso.store import Entry, Store, entry_of
from sayso.store.facets import StatementIndex

WORDS = ["bridge", "dam", "letter", "mayor", "flood", "inquiry"]
CHOSEN: tuple[dict[str, list[str]], ...] = (
    {},
    {"source": ["outlet"]},
    {"hand": ["second"], "certainty": ["hedged"]},
    {"outlet": ["Ünïon"]},
)
KINDS = ("named_person", "unnamed_official", "outlet")


def entry(number: int, dice: random.Random) -> Entry:
    """A page of one sentence: who says which words, how firmly."""
    who = dice.choice(("Ada Bell", "an aide", "The Gazette"))
    text = f"{who} said {' '.join(dice.sample(WORDS, 3))}"
    body = text.encode()
    day = dice.choice(("2023-01-05", "2023-02-01", "2024-01-01", None))
    given = Given(f"p{number}", None, day, None, dice.choice(("The Post", "Ünïon", None)))
    page = Page(page_id(body), body, text, "text/plain", "utf-8", given=given)
    spans = Span(0, len(who)), Span(len(who) + 1, len(who) + 5), Span(len(who) + 6, len(text))
    chain = [ChainStep("page"), ChainStep("outlet"), ChainStep("unnamed_person")][: dice.choice((2, 3))]
    said = Attribution(
        f"a{number}",
        (spans[0],),
        (spans[1],),
        (spans[2],),
        "indirect",
        "speech",
        dice.choice(KINDS),
        chain=tuple(chain),
    )
    said = replace(said, footing=Footing(certainty=dice.choice(("plain", "hedged"))))
    blocks = (Block(Span(0, len(text)), "paragraph"),)
    article = Article("a", page.id, text, blocks, (Run(len(text), 0),), language="en")
    empty = dict.fromkeys(("sentences", "entities", "own_voice", "timexes", "events", "findings"), ())
    reading = Reading(f"p{number}", "0", page, article, LAYERS, attributions=(said,), **empty)
    return entry_of(reading, f"key-{number}", "test:1")


def filled(folder: Path, entries: list[Entry], *, shard_size: int = 30) -> Store:
    store = Store(folder, create=True)
    with store.writer(shard_size=shard_size) as writer:
        for one in entries:
            writer.add(one)
    return store


@pytest.fixture
def entries() -> list[Entry]:
    dice = random.Random(5)
    return [entry(number, dice) for number in range(60)]


def keys(index: StatementIndex, *words: str, **more: object) -> list[str]:
    return [row["doc"] for row in index.find(words, limit=500, **more).rows]  # type: ignore[arg-type]


def test_what_is_found_is_what_a_look_at_every_statement_finds(tmp_path: Path, entries: list[Entry]) -> None:
    index = StatementIndex(filled(tmp_path / "case", entries))
    rows = [(one.document, one.rows["statements"][0]) for one in entries]
    for words in ((), ("dam",), ("dam", "mayor"), ("nothing",)):
        for chosen in (
            {},
            {"source": ["outlet"]},
            {"hand": ["second"], "certainty": ["hedged"]},
            {"outlet": ["Ünïon"]},
        ):
            expected = [
                document["id"]
                for document, row in rows
                if all(word in row["text"] for word in words)
                and ("source" not in chosen or row["source_kind"] in chosen["source"])
                and ("hand" not in chosen or (row["chain"].count('"kind"') > 1 and row["certainty"] == "hedged"))
                and ("outlet" not in chosen or document["outlet"] == "Ünïon")
            ]
            assert keys(index, *words, chosen=chosen) == expected


def test_counts_of_facets_are_those_of_what_they_lead_to(tmp_path: Path, entries: list[Entry]) -> None:
    index = StatementIndex(filled(tmp_path / "case", entries))
    found = index.find(("dam",))
    for name, pairs in found.facets.items():
        for value, count in pairs:
            assert index.find(("dam",), chosen={name: [value]}).total == count
    assert keys(index, "dam", who=["aide"]) == [doc for doc in keys(index, "dam") if doc in keys(index, who=["aide"])]


def test_days_bound_and_order(tmp_path: Path, entries: list[Entry]) -> None:
    index = StatementIndex(filled(tmp_path / "case", entries))
    days = [row["day"] for row in index.find(order="oldest", limit=500).rows]
    known = [day for day in days if day]
    assert known == sorted(known)
    assert days[len(known) :] == [None] * (len(days) - len(known))
    inside = index.find(after="2023-02-01", before="2024", limit=500).rows
    assert {row["day"] for row in inside} == {"2023-02-01"}
    assert index.find(offset=7, limit=3).rows == index.find(limit=500).rows[7:10]


def test_an_index_that_grew_is_as_one_made_at_once(tmp_path: Path, entries: list[Entry]) -> None:
    store = filled(tmp_path / "case", entries[:20])
    StatementIndex(store)
    made = (tmp_path / "case/search/statements/texts.db").stat().st_ino
    store = filled(tmp_path / "case", entries[20:])
    grown, whole = StatementIndex(store), StatementIndex(filled(tmp_path / "other", entries))
    assert (tmp_path / "case/search/statements/texts.db").stat().st_ino == made
    for words in ((), ("dam",), ("flood", "letter")):
        assert grown.find(words, limit=500) == whole.find(words, limit=500)


def test_a_damaged_index_is_made_anew(tmp_path: Path, entries: list[Entry]) -> None:
    store = filled(tmp_path / "case", entries)
    expected = StatementIndex(store).find(("dam",))
    (tmp_path / "case/search/statements/state.json").write_text("{", encoding="utf-8")
    assert StatementIndex(store).find(("dam",)) == expected


def test_hostile_words_are_words(tmp_path: Path, entries: list[Entry]) -> None:
    index = StatementIndex(filled(tmp_path / "case", entries))
    for word in ('"', "dam OR mayor", "NEAR(", "who:", "dam*", "x" * 500, "\ud800", "'; DROP TABLE rows"):
        index.find((word,), (word,), who=(word,))
    assert index.find().total == len(entries)
