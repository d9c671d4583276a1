"""Which statements of a story are near enough to be judged: all against all, or by the rare words that they share."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from .claim_pairs import Said

__all__ = ["near_pairs"]

MAX_TABLE = 1500
"""Statements each of which is measured against every other; of more, those that share a rare word are."""
NEAR = 0.45
"""Least cosine of a pair worth judging."""
NEIGHBOURS = 24


def near_pairs(said: Sequence[Said]) -> list[tuple[int, int]]:
    """Pairs of statements near in meaning, or sharing words where there are no vectors."""
    if len(said) > MAX_TABLE:
        return _near_by_words(said)
    vectors = [one.vector for one in said]
    if not said or any(vector is None for vector in vectors):
        bags = [frozenset([*one.claim.words, *one.claim.names]) for one in said]
        return [(a, b) for a in range(len(said)) for b in range(a + 1, len(said)) if len(bags[a] & bags[b]) >= 2]
    table = np.stack([vector.whole for vector in vectors if vector is not None]).astype(np.float64)
    pairs: set[tuple[int, int]] = set()
    for at in range(len(said)):
        cosines = np.round(table @ table[at], 4)
        cosines[at] = -1
        order = np.lexsort((np.arange(len(said)), -cosines))[:NEIGHBOURS]
        pairs.update((min(at, o), max(at, o)) for o in order.tolist() if cosines[o] >= NEAR)
    return sorted(pairs)


def _near_by_words(said: Sequence[Said]) -> list[tuple[int, int]]:
    """Pairs of many statements: wordings that share a rare word and are near, in time linear in their number.

    Every statement is linked to the next of its own wording, and to the first of each wording near its own.
    """
    homes: dict[int, list[int]] = {}
    for at, one in enumerate(said):
        homes.setdefault(id(one), []).append(at)
    groups = list(homes.values())
    pairs = {pair for group in groups for pair in itertools.pairwise(group)}
    for a, near in enumerate(_neighbours([said[group[0]] for group in groups])):
        for b in near:
            first = groups[b][0]
            pairs.update((min(at, first), max(at, first)) for at in groups[a])
    return sorted(pairs)


RARE_WORDS = 6
"""Rarest words of a wording by which others are looked up."""
MAX_SHARING = 100
"""Wordings that share one word and are measured against each other: those nearest in order of arrival."""


def _neighbours(said: Sequence[Said]) -> Iterator[list[int]]:
    """The nearest of those wordings that share rare words with each, best first."""
    bags = [sorted({*one.claim.words, *one.claim.names}) for one in said]
    holding: dict[str, list[int]] = {}
    for at, bag in enumerate(bags):
        for word in bag:
            holding.setdefault(word, []).append(at)
    vectors = [one.vector.whole for one in said if one.vector is not None]
    table = np.stack(vectors).astype(np.float64) if len(vectors) == len(said) else None
    for at, bag in enumerate(bags):
        rarest = sorted(bag, key=lambda word: (len(holding[word]), word))[:RARE_WORDS]
        others: Counter[int] = Counter()
        for word in rarest:
            others.update(_window(holding[word], at))
        del others[at]
        if table is None:
            ranked = sorted((-shared, other) for other, shared in others.items() if shared > 1)
            yield [other for _, other in ranked[:NEIGHBOURS]]
        else:
            yield _nearest(table, at, sorted(others))


def _window(held: Sequence[int], at: int) -> Sequence[int]:
    """At most `MAX_SHARING` of the numbers held, those on either side of one of them."""
    start = max(0, min(bisect_left(held, at) - MAX_SHARING // 2, len(held) - MAX_SHARING))
    return held[start : start + MAX_SHARING]


def _nearest(table: npt.NDArray[np.float64], at: int, others: Sequence[int]) -> list[int]:
    """Of those that share words with one, the nearest in meaning."""
    if not others:
        return []
    cosines = np.round(table[others] @ table[at], 4)
    order = np.lexsort((np.array(others), -cosines))[:NEIGHBOURS]
    return [others[place] for place in order.tolist() if cosines[place] >= NEAR]
