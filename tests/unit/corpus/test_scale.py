"""What is worked out part by part, to save memory, is what all parts together give."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np

from sayso.corpus import boilerplate, counted
from sayso.corpus.candidates import Shingles, candidate_pairs
from sayso.corpus.case_text import CaseText
from sayso.corpus.story_groups import average_link
from sayso.corpus.story_links import TRIED, Postings, two_steps
from sayso.corpus.story_terms import Space, Vector

from .texts import page


def test_shingles_of_every_part_count_for_a_pair():
    random = np.random.default_rng(5)
    held = {(int(random.integers(40)) << 58 | 7, int(random.integers(12))) for _ in range(160)}
    hashes, documents = zip(*sorted(held), strict=True)
    found = candidate_pairs(
        Shingles(np.array(hashes, dtype=np.uint64), np.array(documents, dtype=np.int32)),
        counted=12,
        max_documents=5,
        min_shared=2,
    )
    expected: Counter[tuple[int, int]] = Counter()
    for hash in set(hashes):
        holders = sorted(document for held_hash, document in held if held_hash == hash)
        if len(holders) <= 5:
            expected.update(itertools.combinations(holders, 2))
    kept = {pair: shared for pair, shared in expected.items() if shared >= 2}
    assert len(kept) > 10
    assert dict(zip(zip(found.first.tolist(), found.second.tolist(), strict=True), found.shared, strict=True)) == kept


def test_no_shingles_propose_no_pairs():
    nothing = Shingles(np.empty(0, np.uint64), np.empty(0, np.int32))
    assert len(candidate_pairs(nothing, counted=3)) == 0


def test_boilerplate_is_the_same_however_many_pages_are_read_at_a_time(monkeypatch):
    footer = "Letters of the editors come every morning to the house."
    documents = [page(f"p{n}", f"Page {n} tells of ship{n}.\n{footer}") for n in range(7)]

    def masks():
        return [mask.tolist() for mask in CaseText(documents, max_documents=3).masks]

    whole = masks()
    monkeypatch.setattr(counted, "CHUNK", 2)
    monkeypatch.setattr(boilerplate, "CHUNK", 2)
    assert masks() == whole
    assert all(sum(mask) >= 10 and not mask[0] for mask in whole)


def vector(**weights):
    names = sorted(weights, key=lambda name: -weights[name])
    terms = np.array([ord(name) - ord("a") for name in names], dtype=np.int32)
    return Vector(terms, np.array([weights[name] for name in names], dtype=np.float32))


def groups(near, least=0.6):
    vectors = {0: vector(a=1.0), 1: vector(a=0.8, b=0.6), 2: vector(b=1.0), 3: vector(a=0.96, c=0.28), 9: vector(z=1.0)}
    return average_link(Space(), vectors, near, least)


def test_pages_near_each_other_one_way_are_compared_once():
    both = {0: [1, 3], 1: [0, 2, 3], 2: [1], 3: [0, 1], 9: []}
    one_way = {0: [], 1: [0], 2: [1], 3: [1, 0], 9: []}
    assert groups(both) == groups(one_way) == [[0, 1, 3], [2], [9]]


def test_pages_that_are_near_nobody_stand_alone():
    assert groups({0: [], 1: [], 2: [], 3: [], 9: []}) == [[0], [1], [2], [3], [9]]


def test_a_group_is_compared_with_a_page_less_alike_than_is_joined():
    # Page 2 is near enough to 1 to be remembered, and joins when less is asked for.
    assert groups({0: [1, 3], 1: [2, 3], 2: [], 3: [], 9: []}, least=0.15) == [[0, 1, 2, 3], [9]]


def test_a_page_that_many_are_linked_with_is_two_steps_from_all_of_them_up_to_the_limit():
    links = {0: [], **{page: [(0.5, 0)] for page in range(1, 9)}}
    found = two_steps(links, limit=4)
    assert found[0] == [1, 2, 3, 4]
    assert found[7] == [0, 1, 2, 3]
    assert two_steps(links, limit=50)[7] == [0, 1, 2, 3, 4, 5, 6, 8]


def test_pages_that_share_most_terms_are_tried_first_then_earlier_ones():
    def held(*terms):
        return Vector(np.array(terms, dtype=np.int32), np.ones(len(terms), dtype=np.float32))

    vectors = [held(1, page + 10) if page % 10 else held(1, 2, 3) for page in range(100)]
    postings = Postings.of(vectors)
    tried = postings.tried(0, vectors[0])
    assert tried[:9] == list(range(10, 100, 10))
    assert tried[9:] == [page for page in range(1, 100) if page % 10][: TRIED - 9]
