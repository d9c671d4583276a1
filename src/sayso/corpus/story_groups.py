"""Average link over near pages: the two groups most alike are joined until none are alike enough."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence

from .story_terms import Space, Vector, dots, summed

__all__ = ["average_link"]

GROUP_TERMS = 400
"""Terms of a group that count: its mean cosine with another is read off these."""
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
        for page, others in near.items():
            for other in others:
                if other in self.near and other != page:
                    self.near[page].add(other)
                    self.near[other].add(page)
        self.heap: list[tuple[float, int, int]] = []

    def run(self) -> list[list[int]]:
        """Join until no two groups are alike enough."""
        for page in self.sums:
            self._compare(page, [other for other in sorted(self.near[page]) if other > page])
        heapq.heapify(self.heap)
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
        self.sums[fresh] = summed(
            self.scratch, [self.sums.pop(a), self.sums.pop(b)], [1.0, 1.0], GROUP_TERMS, unit=False
        )
        kept = sorted(other for other in around if other in self.groups)[-MAX_NEAR:]
        self.near[fresh] = set(kept)
        for other in kept:
            self.near[other].add(fresh)
        self._compare(fresh, kept, push=True)

    def _compare(self, group: int, others: Sequence[int], *, push: bool = False) -> None:
        """Put pairs that are alike enough on the heap."""
        size = len(self.groups[group])
        values = dots(self.scratch, self.sums[group], [self.sums[other] for other in others])
        for other, value in zip(others, values.tolist(), strict=True):
            likeness = value / (size * len(self.groups[other]))
            if likeness >= self.least:
                entry = (-likeness, min(group, other), max(group, other))
                heapq.heappush(self.heap, entry) if push else self.heap.append(entry)
