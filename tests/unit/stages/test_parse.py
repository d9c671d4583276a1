"""The parse's bounds and positions."""

from __future__ import annotations

import sayso
from sayso.model import Span
from sayso.stages.parse import MAX_SENTENCE_TOKENS, _tokenized, language_model


def test_words_without_end_are_cut_into_sentences_of_bounded_length() -> None:
    text = "he said " * 1_000
    doc = _tokenized(language_model(), text, Span(0, len(text)), [0])
    starts = [token.i for token in doc if token.is_sent_start]
    assert starts[0] == 0
    assert max(b - a for a, b in zip(starts, [*starts[1:], len(doc)], strict=True)) <= MAX_SENTENCE_TOKENS


def test_sentence_starts_are_those_given() -> None:
    text = "She left. He stayed."
    doc = _tokenized(language_model(), text, Span(0, len(text)), [0, 10])
    assert [token.text for token in doc if token.is_sent_start] == ["She", "He"]


def test_a_sentence_of_nested_quotations_is_read_and_its_cues_found() -> None:
    reading = sayso.read_text("“He said " * 200)
    assert reading.article.text.startswith("“He said ")
