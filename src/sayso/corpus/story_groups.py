"""Average link over near pages: the two groups most alike are joined until none are alike enough."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from .story_terms import Space, Vector, dots, summed

__all__ = ["average_link"]

GROUP_TERMS = 400
"""Terms of a group that count: its mean cosine with another is read off these."""
FAR = 0.5
"""Pages less alike than this share of what joins groups aren't remembered as near: they are most pairs."""
MAX_NEAR = 60


def average_link(
    space: Space, vectors: Mapping[int, Vector], near: Mapping[int, Sequence[int]], least: float
) -> list[list[int]]:
    """Group pages by mean cosine.

    Args:
        space: where the vectors live.
        vectors: of each page, length 1.
        near: pages worth comparing with each page.
        least: mean cosine below which groups stay apart, 0..1.

    Returns:
        Groups of page numbers, each in order, in the order of their first pages.
    """
    return _Joiner(space, vectors, near, least).run()


class _Joiner:
    def __init__(
        self, space: Space, vectors: Mapping[int, Vector], near: Mapping[int, Sequence[int]], least: float
    ) -> None:
        self.scratch = space.scratch()
        self.least = least
        self.sums: dict[int, Vector] = {page: vectors[page] for page in sorted(vectors)}
        self.groups: dict[int, list[int]] = {page: [page] for page in self.sums}
        self.near: dict[int, set[int]] = {page: set() for page in self.sums}
        self.heap: list[tuple[float, int, int]] = []
        for page, others in _pairs(near):
            self._compare(page, [other for other in others if other in self.sums])
        heapq.heapify(self.heap)

    def run(self) -> list[list[int]]:
        """Join until no two groups are alike enough."""
        fresh = max(self.groups, default=0) + 1
        while self.heap:
            _, a, b = heapq.heappop(self.heap)
            if a in self.groups and b in self.groups:
                self._join(a, b, fresh)
                fresh += 1
        return sorted(sorted(group) for group in self.groups.values())

    def _join(self, a: int, b: int, fresh: int) -> None:
        around = (self.near.pop(a) | self.near.pop(b)) - {a, b}
        self.groups[fresh] = self.groups.pop(a) + self.groups.pop(b)
        self.sums[fresh] = summed([self.sums.pop(a), self.sums.pop(b)], [1.0, 1.0], GROUP_TERMS, unit=False)
        self.near[fresh] = set()
        self._compare(fresh, sorted(other for other in around if other in self.groups)[-MAX_NEAR:], push=True)

    def _compare(self, group: int, others: Sequence[int], *, push: bool = False) -> None:
        """Remember what is near, and put pairs that are alike enough on the heap."""
        size = len(self.groups[group])
        values = dots(self.scratch, self.sums[group], [self.sums[other] for other in others])
        for other, value in zip(others, values.tolist(), strict=True):
            likeness = value / (size * len(self.groups[other]))
            if likeness >= FAR * self.least:
                self.near[group].add(other)
                self.near[other].add(group)
            if likeness >= self.least:
                entry = (-likeness, min(group, other), max(group, other))
                heapq.heappush(self.heap, entry) if push else self.heap.append(entry)


def _pairs(near: Mapping[int, Sequence[int]]) -> Iterator[tuple[int, list[int]]]:
    """Each page with the later ones that are near it, either way, in order."""
    pages = np.repeat(np.fromiter(near, dtype=np.int64, count=len(near)), [len(others) for others in near.values()])
    others = np.fromiter((other for held in near.values() for other in held), dtype=np.int64, count=len(pages))
    low, high = np.minimum(pages, others), np.maximum(pages, others)
    codes = np.unique((low << 32 | high)[low < high])
    low, high = codes >> 32, codes & 0xFFFFFFFF
    starts = np.flatnonzero(np.r_[True, low[1:] != low[:-1]]) if len(low) else np.empty(0, np.int64)
    for start, end in itertools.pairwise([*starts.tolist(), len(low)]):
        yield int(low[start]), high[start:end].tolist()
