"""Passages of many pairs at once are those of each pair alone, and words stand where the pattern finds them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.corpus.alignment import Aligner
from sayso.corpus.seeds import Text
from sayso.corpus.tokens import TokenTable, word_edges, word_spans

WORDS = st.sampled_from(["mill", "flood", "dam", "the", "of", "ferry", "pier", "crew", "storm", "gate"])
SENTENCES = st.lists(st.lists(WORDS, min_size=1, max_size=9).map(lambda words: " ".join(words) + "."), max_size=6)
TEXTS = st.lists(SENTENCES.map("\n".join), min_size=2, max_size=5)


@given(st.text(max_size=200))
def test_words_of_any_text(text: str) -> None:
    starts, ends = word_edges(text)
    assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == word_spans(text)


def test_a_run_of_letters_without_end_is_cut_into_words() -> None:
    starts, ends = word_edges("x " + "y" * 90)
    assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == [(0, 1), (2, 42), (42, 82), (82, 92)]


@settings(deadline=None, max_examples=60)
@given(TEXTS, st.integers(0, 3))
def test_many_pairs_at_once_as_each_alone(texts: list[str], hidden: int) -> None:
    table = TokenTable()
    table.add(texts)
    ready = [
        Text(text, table.words(at), np.arange(len(table.words(at))) % 7 == hidden) for at, text in enumerate(texts)
    ]
    aligner = Aligner(np.linspace(1.0, 5.0, len(table.vocabulary)), min_weight=4.0)
    pairs = [(a, b) for a in ready for b in ready]
    assert list(aligner.align_all(pairs)) == [aligner.align(a, b) for a, b in pairs]


def test_passages_of_a_pair_stand_where_they_should() -> None:
    a, b = "The mill burned. The ferry left the pier at nine.", "Rain fell.\nThe ferry left the pier at nine."
    table = TokenTable()
    table.add([a, b])
    ready = [Text(text, table.words(at)) for at, text in enumerate((a, b))]
    (passage,) = Aligner(np.full(len(table.vocabulary), 3.0)).align(*ready)
    assert a[slice(*passage.a)] == b[slice(*passage.b)] == "The ferry left the pier at nine."
    assert (passage.run, passage.density, passage.whole) == (7, 1.0, True)
