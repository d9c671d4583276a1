"""Which pages are near each other: candidates by rare terms, cosines, and vectors smoothed by neighbours.

A short page shares few words with another of its story, but its neighbours share more: each vector is
drawn towards the pages nearest to it, twice, before pages are joined. On ECB+ that is worth more than any
model of pairs that was tried (docs/method/stories.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from .story_terms import Space, Vector, dots, summed

__all__ = ["Links", "Postings", "nearest", "smoothed", "two_steps"]

Links = dict[int, list[tuple[float, int]]]
"""Neighbours of each page with their cosines, nearest first."""

LINK_TERMS = 40
"""Terms of a page by which its neighbours are looked up."""
MAX_HOLDERS = 120
"""Pages looked at for one term, the latest ones."""
TRIED = 50
"""Pages whose cosine is computed, those that share most terms."""
NEIGHBOURS = 5
PAGES_PER_NEIGHBOUR = 20
"""A small case has few pages a story: it takes so many pages for each neighbour beyond the first."""
SMOOTHED_TERMS = 200
MIN_COSINE = 0.05


class Postings:
    """Which pages hold a term among their weightiest."""

    def __init__(self) -> None:
        self._holders: dict[int, list[int]] = {}

    def add(self, page: int, vector: Vector) -> None:
        """Enter a page under its weightiest terms."""
        for term in vector.terms[:LINK_TERMS].tolist():
            self._holders.setdefault(term, []).append(page)

    @classmethod
    def of(cls, vectors: Sequence[Vector]) -> Postings:
        """Postings of pages 0, 1, 2…, of each term the latest that `tried` looks at."""
        sizes = [min(LINK_TERMS, len(vector.terms)) for vector in vectors]
        terms = np.concatenate([np.empty(0, np.int32), *(vector.terms[:LINK_TERMS] for vector in vectors)])
        order = np.argsort(terms, kind="stable")
        pages = np.repeat(np.arange(len(vectors)), sizes)[order]
        distinct, first = np.unique(terms[order], return_index=True)
        ends = [*first[1:].tolist(), len(pages)]
        postings = cls()
        for term, start, end in zip(distinct.tolist(), first.tolist(), ends, strict=True):
            postings._holders[term] = pages[max(start, end - MAX_HOLDERS) : end].tolist()
        return postings

    def tried(self, page: int, vector: Vector) -> list[int]:
        """Pages that share most terms with the page."""
        shared: Counter[int] = Counter()
        for term in vector.terms[:LINK_TERMS].tolist():
            shared.update(self._holders.get(term, ())[-MAX_HOLDERS:])
        shared.pop(page, None)
        least = _least_of_top(shared)
        # Most pages share a term or two: they are left out before the others are put in order.
        ranked = sorted((-count, other) for other, count in shared.items() if count >= least)
        return [other for _, other in ranked[:TRIED]]


def _least_of_top(shared: Mapping[int, int]) -> int:
    """How many terms at least the TRIED pages share that share most."""
    pages = 0
    for count, held in sorted(Counter(shared.values()).items(), reverse=True):
        pages += held
        if pages >= TRIED:
            return count
    return 1


def nearest(
    space: Space,
    vectors: Mapping[int, Vector],
    tried: Iterable[tuple[int, Sequence[int]]],
    neighbours: int | None = None,
) -> Links:
    """The nearest of the pages tried for each page; how many depends on the size of the case unless given."""
    scratch = space.scratch()
    if neighbours is None:
        neighbours = min(NEIGHBOURS, 1 + len(space) // PAGES_PER_NEIGHBOUR)
    links: Links = {}
    for page, others in tried:
        cosines = dots(scratch, vectors[page], [vectors[other] for other in others])
        order = np.lexsort((np.array(others, dtype=np.int64), -cosines))[:neighbours]
        links[page] = [(float(cosines[at]), others[at]) for at in order.tolist() if cosines[at] >= MIN_COSINE]
    return links


def smoothed(space: Space, vectors: Mapping[int, Vector], links: Links) -> dict[int, Vector]:
    """Every page's vector drawn towards the mean of its neighbours', length 1."""
    scratch = space.scratch()
    out = {}
    for page, rows in links.items():
        total = sum(cosine for cosine, _ in rows) or 1.0
        near = [vectors[page], *(vectors[other] for _, other in rows)]
        shares = [1.0, *(cosine / total for cosine, _ in rows)]
        out[page] = summed(scratch, near, shares, SMOOTHED_TERMS, unit=True)
    return out


def two_steps(links: Links, limit: int = TRIED) -> dict[int, list[int]]:
    """Pages at one or two links' distance, either way, nearer ones first."""
    around: dict[int, list[int]] = {page: [other for _, other in rows] for page, rows in links.items()}
    for page, rows in links.items():
        for _, other in rows:
            if other in around and all(back != page for _, back in links[other]):
                around[other].append(page)
    return {page: _two_steps_from(page, around, limit) for page in around}


def _two_steps_from(page: int, around: Mapping[int, Sequence[int]], limit: int) -> list[int]:
    """At most so many pages: one that thousands are linked with isn't gone through for each of them."""
    reached = dict.fromkeys(around[page])
    for other in around[page]:
        for further in around.get(other, ()):
            if len(reached) > limit:
                break
            reached.setdefault(further)
    reached.pop(page, None)
    return list(reached)[:limit]
