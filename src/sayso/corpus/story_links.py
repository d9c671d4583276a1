"""Which pages are near each other: candidates by rare terms, cosines, and vectors smoothed by neighbours.

A short page shares few words with another of its story, but its neighbours share more: each vector is
drawn towards the pages nearest to it before pages are joined. On ECB+ that is worth more than any model
of pairs that was tried (docs/method/stories.md).
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from .story_terms import Vector, dot, unit

__all__ = ["nearest", "smoothed"]

LINK_TERMS = 40
"""Terms of a page by which its neighbours are looked up."""
MAX_HOLDERS = 120
"""A term held by more pages finds no neighbours."""
TRIED = 40
"""Pages whose cosine is computed, those that share most by rare terms."""
NEIGHBOURS = 10
SHARPNESS = 2.0
"""Exponent of the cosine by which a neighbour counts."""
PULL = 1.0
"""Weight of the neighbours' mean against the page's own vector."""
SMOOTHED_TERMS = 250


def nearest(vectors: Mapping[int, Vector], wanted: Iterable[int]) -> dict[int, list[tuple[float, int]]]:
    """The nearest pages of each wanted page, nearest first, with their cosines."""
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for page in sorted(vectors):
        for word, weight in list(vectors[page].items())[:LINK_TERMS]:
            holders[word].append((page, weight))
    out = {}
    for page in wanted:
        shared: dict[int, float] = defaultdict(float)
        for word, weight in list(vectors[page].items())[:LINK_TERMS]:
            held = holders[word]
            if len(held) <= MAX_HOLDERS:
                for other, other_weight in held:
                    shared[other] += weight * other_weight
        shared.pop(page, None)
        tried = heapq.nlargest(TRIED, shared.items(), key=lambda item: (item[1], -item[0]))
        cosines = [(dot(vectors[page], vectors[other]), other) for other, _ in tried]
        out[page] = heapq.nlargest(NEIGHBOURS, cosines, key=lambda item: (item[0], -item[1]))
    return out


def smoothed(vector: Vector, neighbours: Sequence[tuple[float, int]], vectors: Mapping[int, Vector]) -> Vector:
    """A page's vector drawn towards its neighbours', length 1."""
    total = sum(cosine**SHARPNESS for cosine, _ in neighbours)
    if total <= 0:
        return vector
    sums = dict(vector)
    for cosine, other in neighbours:
        share = PULL * cosine**SHARPNESS / total
        for word, weight in vectors[other].items():
            sums[word] = sums.get(word, 0.0) + share * weight
    return unit(sums, SMOOTHED_TERMS)
