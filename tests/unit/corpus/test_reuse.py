from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.corpus import Document, find_reuse
from sayso.corpus.alignment import Passage
from sayso.corpus.candidates import Shingles, candidate_pairs, joined
from sayso.corpus.case_text import CaseText
from sayso.corpus.closure import composed_pairs
from sayso.corpus.reuse import shingles_of

from .texts import LINES, MOVED, QUOTES, WIRE, case, page


def passages(a: str, b: str) -> list[tuple[str, str]]:
    found = find_reuse([page("a", a), page("b", b)])
    return [(a[slice(*p.a)], b[slice(*p.b)]) for pair in found for p in pair.passages]


def test_pairs_of_a_small_case():
    pairs = {(pair.a, pair.b) for pair in find_reuse(case())}
    assert {("wire", "trimmed"), ("wire", "edited"), ("wire", "moved"), ("wire", "quotes")} <= pairs
    assert not any("other" in pair for pair in pairs)


def test_copy_is_one_passage_over_the_whole_text():
    assert passages(WIRE, WIRE) == [(WIRE, WIRE)]


def test_a_quoted_sentence_is_found_exactly():
    assert passages(WIRE, QUOTES) == [(LINES[2], LINES[2])]


def test_moved_paragraphs_are_separate_passages():
    found = passages(WIRE, MOVED)
    assert found == [(LINES[0],) * 2, ("\n".join(LINES[3:]),) * 2, ("\n".join(LINES[1:3]),) * 2]


def test_a_dropped_sentence_parts_two_passages():
    shorter = "\n".join([*LINES[:2], *LINES[4:]])
    assert passages(WIRE, shorter) == [("\n".join(LINES[:2]),) * 2, ("\n".join(LINES[4:]),) * 2]


def test_swapped_and_added_words_stay_in_one_passage():
    noisy = WIRE.replace("closed the eastern breakwater", "the eastern closed also breakwater").replace(
        "since", "still since the"
    )
    assert passages(WIRE, noisy) == [(WIRE, noisy)]


def test_text_on_too_many_pages_is_no_reuse():
    footer = "Copyright of the publishing house. Every morning letter lists the stories of the day for all our readers."
    themes = [f"{name} {name}ville opened a {name}ium under {name}son." for name in map(chr, range(97, 127))]
    documents = [page(f"p{n}", f"{theme}\n{footer}") for n, theme in enumerate(themes)]
    assert find_reuse(documents) == []


def test_two_rewrites_share_what_both_took_from_a_third():
    shared = Passage((0, 200), (10, 210), 90.0, 0.8, 9, True)
    found = composed_pairs({(0, 1): [shared], (0, 2): [shared]}, ["x" * 300] * 3)
    assert [(p.a, p.b) for p in found[1, 2]] == [((10, 210), (10, 210))]


def test_no_pair_by_way_of_different_stretches():
    one, two = Passage((0, 100), (0, 100), 90.0, 1.0, 9), Passage((150, 290), (0, 140), 90.0, 1.0, 9)
    assert composed_pairs({(0, 1): [one], (0, 2): [two]}, ["x" * 300] * 3) == {}


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["word"], ["a b", "a b"], ["\ud800 \x00", "…"]])
def test_hardly_any_text(texts):
    assert find_reuse([page(str(n), text) for n, text in enumerate(texts)]) == []


def test_one_word_repeated_is_bounded():
    assert find_reuse([page("a", "echo " * 20_000), page("b", "echo " * 20_000)]) == []


@settings(max_examples=25, deadline=None)
@given(st.permutations(LINES), st.integers(0, 5))
def test_spans_lie_inside_and_order_of_pages_does_not_matter(lines, cut):
    text = "\n".join(lines[cut:])
    forward, backward = ([page("a", WIRE), page("b", text)], [page("b", text), page("a", WIRE)])
    found, turned = find_reuse(forward), find_reuse(backward)
    assert [{(p.a, p.b) for p in pair.passages} for pair in found] == [
        {(p.b, p.a) for p in pair.passages} for pair in turned
    ]
    for pair in found:
        for p in pair.passages:
            assert 0 <= p.a[0] < p.a[1] <= len(WIRE)
            assert 0 <= p.b[0] < p.b[1] <= len(text)


def test_same_result_twice():
    assert find_reuse(case()) == find_reuse(case())


def test_document_defaults():
    assert Document("a", "b").credits == ()


def test_counted_text_decides_what_later_pages_share():
    footer = "Copyright of the publishing house. Every morning letter lists the stories of the day for all our readers."
    themes = [f"{name} {name}ville opened a {name}ium under {name}son." for name in map(chr, range(97, 127))]
    known = CaseText([page(f"p{n}", f"{theme}\n{footer}") for n, theme in enumerate(themes)])
    late = [page("late", f"{WIRE}\n{footer}"), page("later", f"{WIRE}\n{footer}")]
    text = CaseText(late, counted=known.counted, vocabulary=known.table.vocabulary)
    (pair,) = find_reuse(text)
    assert [WIRE[slice(*p.a)] for p in pair.passages] == [WIRE]


def test_a_shingle_pairs_no_more_pages_than_its_first_holders():
    def shingles(holders):
        return Shingles(np.zeros(len(holders), np.uint64), np.array(holders, np.int32))

    def pairs(holders, counted):
        found = candidate_pairs(shingles(holders), counted=counted, max_documents=3, min_shared=1)
        return list(zip(found.first.tolist(), found.second.tolist(), strict=True))

    assert pairs([0, 1, 2, 3], counted=4) == []
    assert pairs([0, 1, 2, 3], counted=3) == [(0, 1), (0, 2), (1, 2)]
    assert pairs([0, 5, 6], counted=3) == [(0, 5), (0, 6), (5, 6)]


def test_a_long_run_of_common_words_is_a_sign_too():
    run = (
        "we will do what we can and they will not be there when it is over so that you and I have to go on with "
        "what was not done by those who had it in their own hands and all of us know how they did that then"
    )
    pages = [page("a", f"Kallen burned. {run}"), page("b", f"Osten was flooded. {run}")]
    shared = joined(shingles_of(CaseText(pages)))
    assert len(shared.hashes) - len(np.unique(shared.hashes)) >= 5
