"""Which pages are near each other: candidates by rare terms, cosines, and vectors smoothed by neighbours.

A short page shares few words with another of its story, but its neighbours share more: each vector is
drawn towards the pages nearest to it, twice, before pages are joined. On ECB+ that is worth more than any
model of pairs that was tried (docs/method/stories.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .story_terms import Places, Space, Vector, dots, summed

__all__ = ["Links", "Postings", "nearest", "smoothed", "two_steps"]

Links = dict[int, list[tuple[float, int]]]
"""Neighbours of each page with their cosines, nearest first."""

LINK_TERMS = 40
"""Terms of a page by which its neighbours are looked up."""
MAX_HOLDERS = 120
"""Pages looked at for one term, the latest ones."""
LATE_SHARE = 0.25
"""Pages entered since the others were put in order, by those; beyond it all are put in order anew."""
TRIED = 50
"""Pages whose cosine is computed, those that share most terms."""
NEIGHBOURS = 5
PAGES_PER_NEIGHBOUR = 20
"""A small case has few pages a story: it takes so many pages for each neighbour beyond the first."""
SMOOTHED_TERMS = 200
MIN_COSINE = 0.05


@dataclass(frozen=True, slots=True)
class _Held:
    """Pages that hold each term, in order: those of term t stand from `edges[t]` to `edges[t + 1]`."""

    pages: Places
    edges: npt.NDArray[np.int64]

    @classmethod
    def of(cls, terms: Places, pages: Places) -> _Held:
        order = np.argsort(terms, kind="stable")
        size = int(terms.max(initial=-1)) + 1
        # One term more than there are, which nobody holds: all that are unknown.
        return cls(pages[order], np.searchsorted(terms[order], np.arange(size + 2)))

    def latest(self, terms: Places, limit: npt.NDArray[np.int64]) -> tuple[list[Places], npt.NDArray[np.int64]]:
        """The latest holders of the terms, so many of each at most, and how many there are of each."""
        place = np.minimum(terms, len(self.edges) - 2)
        end = self.edges[place + 1]
        size = np.minimum(limit, end - self.edges[place])
        return [self.pages[a:b] for a, b in zip((end - size).tolist(), end.tolist(), strict=True) if b > a], size


class Postings:
    """Which pages hold a term among their weightiest."""

    def __init__(self) -> None:
        self._base = _Held.of(np.empty(0, np.int32), np.empty(0, np.int32))
        self._late = self._base
        self._terms: list[Places] = []
        self._pages: list[int] = []
        """Pages that came after those of the base, and their terms."""
        self._base_size = 0
        self._arranged = 0

    def add(self, page: int, vector: Vector) -> None:
        """Enter a page, later than all others, under its weightiest terms."""
        self._terms.append(vector.terms[:LINK_TERMS])
        self._pages.append(page)

    @classmethod
    def of(cls, vectors: Sequence[Vector]) -> Postings:
        """Postings of pages 0, 1, 2…"""
        postings = cls()
        for page, vector in enumerate(vectors):
            postings.add(page, vector)
        return postings

    def _arrange(self) -> None:
        """Bring what was entered since into order; the many pages before it stay as they are."""
        if self._arranged == len(self._pages):
            return
        terms = np.concatenate([np.empty(0, np.int32), *self._terms])
        pages = np.repeat(np.array(self._pages, dtype=np.int32), [len(held) for held in self._terms])
        if len(self._pages) > LATE_SHARE * self._base_size:
            sizes = np.diff(self._base.edges)
            terms = np.concatenate([np.repeat(np.arange(len(sizes), dtype=np.int32), sizes), terms])
            self._base = _Held.of(terms, np.concatenate([self._base.pages, pages]))
            self._base_size += len(self._pages)
            self._terms, self._pages = [], []
            terms, pages = terms[:0], pages[:0]
        self._late = _Held.of(terms, pages)
        self._arranged = len(self._pages)

    def tried(self, page: int, vector: Vector) -> list[int]:
        """Pages that share most terms with the page, the latest of those that hold a term."""
        self._arrange()
        terms = vector.terms[:LINK_TERMS]
        late, sizes = self._late.latest(terms, np.full(len(terms), MAX_HOLDERS))
        base, _ = self._base.latest(terms, MAX_HOLDERS - sizes)
        holders = np.sort(np.concatenate([np.empty(0, np.int32), *late, *base]))
        starts = np.flatnonzero(np.r_[True, holders[1:] != holders[:-1]]) if len(holders) else np.empty(0, np.int64)
        others, shared = holders[starts], np.diff(np.r_[starts, len(holders)])
        # Most pages share a term or two: they are left out before the others are put in order.
        kept = (shared >= _least_of_top(shared)) & (others != page)
        others, shared = others[kept], shared[kept]
        found: list[int] = others[np.lexsort((others, -shared))][:TRIED].tolist()
        return found


def _least_of_top(shared: npt.NDArray[np.int64]) -> int:
    """How many terms at least the TRIED pages share that share most, the page itself beside them."""
    if len(shared) <= TRIED + 1:
        return 1
    return int(np.partition(shared, len(shared) - TRIED - 1)[len(shared) - TRIED - 1])


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


def smoothed(vectors: Mapping[int, Vector], links: Links) -> dict[int, Vector]:
    """Every page's vector drawn towards the mean of its neighbours', length 1."""
    out = {}
    for page, rows in links.items():
        total = sum(cosine for cosine, _ in rows) or 1.0
        near = [vectors[page], *(vectors[other] for _, other in rows)]
        shares = [1.0, *(cosine / total for cosine, _ in rows)]
        out[page] = summed(near, shares, SMOOTHED_TERMS, unit=True)
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
