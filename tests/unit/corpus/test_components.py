"""What hangs together, however it is shaped and numbered: chains, stars, cliques; and shingles that everybody holds."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.corpus import Document
from sayso.corpus.case_text import CaseText
from sayso.corpus.components import components, connected
from sayso.corpus.reuse import proposed_pairs, shingles_of

NODES = 1_000_000
FEW_ROUNDS = 14


def numbered(shuffled: bool) -> np.ndarray:
    names = np.arange(NODES)
    return np.random.default_rng(5).permutation(names) if shuffled else names


@pytest.mark.full
@pytest.mark.parametrize("shuffled", [False, True])
@pytest.mark.parametrize("shape", ["chain", "star", "cliques"])
def test_a_million_pages_hang_together_in_few_rounds(shape, shuffled):
    names = numbered(shuffled)
    if shape == "chain":
        first, second, groups = names[:-1], names[1:], 1
    elif shape == "star":
        first, second, groups = np.full(NODES - 1, names[-1]), names[:-1], 1
    else:
        # A thousand pages in a clique of half a million pairs, and all others in cliques of four.
        rows, columns = np.triu_indices(1000, 1)
        small = names[1000:].reshape(-1, 4)
        left, right = np.triu_indices(4, 1)
        first = np.concatenate([names[rows], small[:, left].ravel()])
        second = np.concatenate([names[columns], small[:, right].ravel()])
        groups = 1 + len(small)
    pages, lowest, rounds = components(first, second)
    assert len(pages) == NODES
    assert len(np.unique(lowest)) == groups
    assert (lowest <= pages).all()
    assert (lowest[np.searchsorted(pages, first)] == lowest[np.searchsorted(pages, second)]).all()
    assert rounds <= FEW_ROUNDS


@pytest.mark.parametrize("seed", range(3))
def test_a_chain_numbered_at_random_takes_few_rounds(seed):
    names = np.random.default_rng(seed).permutation(20_000)
    _, lowest, rounds = components(names[:-1], names[1:])
    assert set(lowest.tolist()) == {0}
    assert 1 < rounds <= 10


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40))
def test_the_same_as_walking_from_page_to_page(pairs):
    near: dict[int, set[int]] = {}
    for a, b in pairs:
        near.setdefault(a, {a}).add(b)
        near.setdefault(b, {b}).add(a)

    def reached(page: int) -> set[int]:
        seen, front = {page}, {page}
        while front:
            front = {other for one in front for other in near[one]} - seen
            seen |= front
        return seen

    assert connected(pairs) == {page: min(reached(page)) for page in sorted(near)}


def text(dice: random.Random, words: int) -> str:
    return " ".join("".join(dice.choices("bdfgklmnprstvz", k=3)) + str(dice.randrange(9_000)) for _ in range(words))


def test_what_everybody_holds_pairs_nobody_and_one_page_may_share_with_many():
    dice = random.Random(2)
    everywhere = text(dice, 40)
    own = [text(dice, 60) for _ in range(300)]
    hub = "\n".join(words[:200] for words in own[:120])
    pages = [Document(f"p{n}", f"{everywhere}\n{words}") for n, words in enumerate(own)] + [Document("hub", hub)]
    case = CaseText(pages)
    pairs = proposed_pairs(case, shingles_of(case))
    assert set(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)) == {(n, 300) for n in range(120)}
