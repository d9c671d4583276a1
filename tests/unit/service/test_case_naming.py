from __future__ import annotations

from typing import Any

import pytest

from sayso.corpus.graph import Source
from sayso.service.case_naming import chain_of, is_untrue, relying, speakers_of
from sayso.store import StoredStatement

OUTLETS = frozenset({"weekly compass", "radio osk"})


def stored(text: str, told: str, *chain: dict[str, Any], source: str | None = None) -> StoredStatement:
    start = text.index(told)
    return StoredStatement(
        doc="p", id="a1", kind="attribution", spans=((start, start + len(told)),), text=told, source=source,
        source_spans=(), source_kind=None, name=None, cue=None, form="indirect", tier="speech", polarity="affirmed",
        certainty="plain", act="report", attitude=None, parent=None, chain=chain, heads=None, score=1.0,
    )  # fmt: skip


def step(text: str, kind: str, words: str, name: str | None = None) -> dict[str, Any]:
    start = text.index(words)
    return {"kind": kind, "name": name or words, "span": [start, start + len(words)], "inferred": False}


@pytest.mark.parametrize(
    ("text", "kind", "words", "name", "expected"),
    [
        ("Radio Osk said the dam is cracked.", "unknown", "Radio Osk", None, ("outlet", "Radio Osk")),
        ("The Weekly Compass said the dam is cracked.", "organization", "The Weekly Compass", "Compass",
         ("outlet", "The Weekly Compass")),
        ("In The Weekly Compass, which said the dam is cracked.", "organization", "which", "Compass",
         ("outlet", "Weekly Compass")),
        ("It was which said the dam is cracked.", "organization", "which", "Compass", ("organization", "Compass")),
        ("A letter, a copy of which was seen, says the dam is cracked.", "unknown", "a copy of which was seen", None,
         ("document", "A letter, a copy of which was seen")),
        ("According to media reports the dam is cracked.", "document", "media reports", None,
         ("outlet", "media reports")),
        ("Two clerks said the dam is cracked.", "unnamed_person", "Two clerks", None, ("unnamed", "Two clerks")),
    ],
)  # fmt: skip
def test_a_step_is_whom_the_page_means(text, kind, words, name, expected):
    (source,) = chain_of(stored(text, "the dam is cracked", step(text, kind, words, name)), text, OUTLETS)
    assert (source.kind, source.name) == expected


def test_who_relies_on_a_report_has_it_from_the_outlet():
    text = "It rained. Citing Radio Osk, Ina Bell said the dam is cracked. She left."
    told = (text.index("the dam"), text.index(". She"))
    assert [source.name for source in relying((Source("person", "Ina Bell"),), text, told, OUTLETS)] == [
        "Ina Bell",
        "Radio Osk",
    ]
    assert relying((Source("outlet", "Radio Osk"),), text, told, OUTLETS) == (Source("outlet", "Radio Osk"),)
    assert relying((), text, told, OUTLETS) == ()


def test_only_the_own_sentence_calls_it_untrue():
    denied = "The office said there was no truth to claims that the dam is cracked."
    apart = "All that is untrue. Ina Bell said the dam is cracked."
    assert is_untrue(stored(denied, "the dam is cracked"), denied)
    assert not is_untrue(stored(apart, "the dam is cracked"), apart)


def test_any_page_tells_who_speaks_for_whom():
    assert speakers_of(["Tom Roe said so.", "Skell Line spokesman Tom Roe said so."]) == {"tom roe": "Skell Line"}
