"""The tagger as a detector, with the shipped model."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.model import Article, Block, Run, Span
from sayso.stages.attribution.raw import Detector, RawAttribution
from sayso.stages.attribution.tagger import TaggerDetector


def article(*paragraphs: str, kind: str = "paragraph") -> Article:
    text = "\n\n".join(paragraphs)
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(Span(at, at + len(paragraph)), kind))  # type: ignore[arg-type]
        at += len(paragraph) + 2
    return Article("a", "p", text, tuple(blocks), (Run(len(text), 0),))


def read(*paragraphs: str) -> tuple[Article, list[RawAttribution]]:
    page = article(*paragraphs)
    return page, TaggerDetector()(page, (), ())


def words(page: Article, spans: tuple[Span, ...]) -> str:
    return " … ".join(span.of(page.text) for span in spans)


FORMS = [
    ("“The bridge is safe to cross,” said Maria Lopez, a city engineer.", "Maria Lopez", "said", "bridge is safe"),
    ("The minister said on Monday that the dam would open next year.", "The minister", "said", "the dam would open"),
    (
        "According to the coroner, the two men drowned in the lake.",
        "the coroner",
        "According to",
        "the two men drowned",
    ),
    ("“We lost,” coach Ann Reed told reporters. “We were slow all night.”", "Ann Reed", "told", "slow all night"),
    ("She warned that the flood could reach the old town by noon.", "She", "warned", "the flood could reach"),
]


@pytest.mark.parametrize(("sentence", "source", "cue", "content"), FORMS)
def test_common_forms_are_found_whole(sentence: str, source: str, cue: str, content: str) -> None:
    page, found = read(sentence)
    best = max(found, key=lambda raw: raw.score)
    assert source in words(page, best.source)
    assert cue in words(page, best.cue)
    assert content in words(page, best.content)
    assert best.score > 0.5


def test_passive_without_a_source_has_none() -> None:
    _, found = read("The harbour was said to be closed because of the storm.")
    assert found
    assert found[0].source == ()


def test_plain_narration_has_no_attribution() -> None:
    _, found = read("The train left the station at noon. It carried forty passengers and a dog.")
    assert found == []


def test_each_speaker_keeps_their_own_words() -> None:
    page, found = read(
        "The mayor said that the tower would be repaired in spring.",
        "Critics argued that the money should go to schools instead.",
    )
    pairs = {(words(page, raw.source), "tower" in words(page, raw.content)) for raw in found}
    assert pairs == {("The mayor", True), ("Critics", False)}


def test_only_the_story_is_read() -> None:
    page = article("The minister said that the dam would open next year.", kind="caption")
    assert TaggerDetector()(page, (), ()) == []


def test_scores_below_the_threshold_are_left_out() -> None:
    page = article("The minister said on Monday that the dam would open next year.")
    assert TaggerDetector(min_score=0.0)(page, (), ())
    assert TaggerDetector(min_score=1.0)(page, (), ()) == []


def test_same_page_same_result_and_the_protocol_holds() -> None:
    page = article(*(sentence for sentence, *_ in FORMS))
    detector = TaggerDetector()
    assert isinstance(detector, Detector)
    assert detector(page, (), ()) == TaggerDetector()(page, (), ())


HOSTILE = [
    "",
    "   ",
    "“" * 3000,
    "A" * 5000,
    "THE MINISTER SAID THAT THE DAM WOULD OPEN. " * 40,
    "he said she said they said " * 200,
    "said\u0301 \ud800 \U0001f600 \u200b\u202e“«„‟ he said" * 30,
    "北京说，这座桥很安全。" * 50,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_never_raises_and_spans_stay_inside(text: str) -> None:
    page, found = read(text)
    check(page, found)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200), st.sampled_from([s for s, *_ in FORMS]), st.text(max_size=200))
def test_any_surroundings_leave_spans_on_words(before: str, sentence: str, after: str) -> None:
    page, found = read(before + sentence + after)
    check(page, found)


def check(page: Article, found: list[RawAttribution]) -> None:
    for raw in found:
        assert raw.content
        assert 0 <= raw.score <= 1
        for span in (*raw.source, *raw.cue, *raw.content):
            assert 0 <= span.start < span.end <= len(page.text)
            assert span.of(page.text) == span.of(page.text).strip()
    firsts = [min((*raw.source, *raw.cue, *raw.content)) for raw in found]
    assert firsts == sorted(firsts)
