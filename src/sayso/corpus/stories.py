"""Stories: pages about the same happening, in one batch or as pages arrive."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .document import Document
from .story_links import nearest, smoothed
from .story_terms import Terms, Vector, dot, terms_of, vector_of

__all__ = ["Story", "StoryChange", "StoryIndex", "cluster_stories"]

MIN_LIKENESS = 0.42
"""Least mean cosine, after smoothing, of two groups of pages that are joined."""
MIN_LINK = 0.05
MAX_REVISED = 2000
"""Pages of neighbouring stories looked at again when pages arrive, the nearest stories first."""


@dataclass(frozen=True, slots=True)
class Story:
    """Pages about the same happening."""

    id: str
    """The id of its first page in order of arrival."""
    pages: tuple[str, ...]
    terms: tuple[str, ...]
    """The terms that hold it together, weightiest first."""


@dataclass(frozen=True, slots=True)
class StoryChange:
    """What arriving pages did to stories."""

    kind: str
    """`joined` pages came into a story, `merged` stories became one, `split` one became several, `new`."""
    stories: tuple[str, ...]
    terms: tuple[str, ...]
    """Why: the terms that the pages share."""


def cluster_stories(documents: Iterable[Document], *, min_likeness: float = MIN_LIKENESS) -> dict[str, str]:
    """Group pages by the happening they tell.

    Args:
        documents: pages of one case; ids should differ.
        min_likeness: least mean cosine of groups that are joined, 0..1.

    Returns:
        Story id by page id; a story's id is that of its first page as given.

    Source:
        Average link over TF-IDF; the smoothing by neighbours is ours.
    """
    index = StoryIndex(min_likeness=min_likeness)
    index.add(documents)
    return index.assignment()


@dataclass(slots=True)
class StoryIndex:
    """Stories of a growing case: adding pages looks again at the stories near them and at no others."""

    min_likeness: float = MIN_LIKENESS
    _documents: list[str] = field(default_factory=list)
    _terms: list[Terms] = field(default_factory=list)
    _frequency: Counter[str] = field(default_factory=Counter)
    _story: dict[int, int] = field(default_factory=dict)
    _vectors: dict[int, Vector] = field(default_factory=dict)

    def add(self, documents: Iterable[Document]) -> list[StoryChange]:
        """Add pages and revise the stories near them.

        Returns:
            What changed, in the order of the stories' first pages.
        """
        first = len(self._documents)
        for document in documents:
            terms = terms_of(document)
            self._documents.append(document.id)
            self._terms.append(terms)
            self._frequency.update(terms.counts.keys())
        new = range(first, len(self._documents))
        if not new:
            return []
        total = len(self._documents)
        self._vectors = {page: vector_of(self._terms[page], self._frequency, total) for page in range(total)}
        return self._revise(list(new))

    def _revise(self, new: list[int]) -> list[StoryChange]:
        pages = sorted({*new, *self._around(new)})
        links = nearest(self._vectors, pages)
        drawn = {page: smoothed(self._vectors[page], links[page], self._vectors) for page in pages}
        groups = _average_link(drawn, links, self.min_likeness)
        before = {page: self._story[page] for page in pages if page in self._story}
        for group in groups:
            for page in group:
                self._story[page] = group[0]
        return self._changes(groups, before)

    def _around(self, new: list[int]) -> set[int]:
        """Pages of the stories that the new pages may belong to."""
        if len(new) == len(self._documents):
            return set()
        links = nearest(self._vectors, new)
        near: Counter[int] = Counter()
        for page in new:
            for cosine, other in links[page]:
                if other in self._story and cosine >= MIN_LINK:
                    near[self._story[other]] += round(1000 * cosine)
        members: dict[int, list[int]] = {}
        for page, story in self._story.items():
            members.setdefault(story, []).append(page)
        chosen: set[int] = set()
        for story, _ in sorted(near.items(), key=lambda item: (-item[1], item[0])):
            if len(chosen) + len(members[story]) <= MAX_REVISED:
                chosen.update(members[story])
        return chosen

    def assignment(self) -> dict[str, str]:
        """Story id by page id."""
        return {self._documents[page]: self._documents[self._story[page]] for page in sorted(self._story)}

    def stories(self) -> list[Story]:
        """All stories, in the order of their first pages."""
        members: dict[int, list[int]] = {}
        for page in sorted(self._story):
            members.setdefault(self._story[page], []).append(page)
        return [
            Story(self._documents[first], tuple(self._documents[page] for page in pages), self.shared_terms(pages))
            for first, pages in sorted(members.items())
        ]

    def shared_terms(self, pages: Sequence[int], limit: int = 8) -> tuple[str, ...]:
        """Terms that most hold the pages together."""
        weight: dict[str, float] = {}
        held: Counter[str] = Counter()
        for page in pages:
            for word, value in self._vectors[page].items():
                weight[word] = weight.get(word, 0.0) + value
                held[word] += 1
        least = 2 if len(pages) > 1 else 1
        kept = [word for word in weight if held[word] >= least]
        return tuple(sorted(kept, key=lambda word: (-weight[word], word))[:limit])

    def _changes(self, groups: Sequence[Sequence[int]], before: dict[int, int]) -> list[StoryChange]:
        pieces: Counter[int] = Counter(story for group in groups for story in {before[p] for p in group if p in before})
        changes = []
        for group in groups:
            old = sorted({before[page] for page in group if page in before})
            added = any(page not in before for page in group)
            split = any(pieces[story] > 1 for story in old)
            kind = "merged" if len(old) > 1 else "split" if split else "new" if not old else "joined" if added else ""
            if kind:
                names = tuple(self._documents[story] for story in sorted({group[0], *old}))
                changes.append(StoryChange(kind, names, self.shared_terms(group)))
        return changes


def _average_link(
    vectors: dict[int, Vector], links: dict[int, list[tuple[float, int]]], least: float
) -> list[list[int]]:
    """Join the two groups of highest mean cosine until none reaches `least`; groups in order of first page."""
    groups: dict[int, list[int]] = {page: [page] for page in sorted(vectors)}
    sums: dict[int, Vector] = dict(vectors)
    near: dict[int, set[int]] = {page: set() for page in groups}
    for page, rows in links.items():
        for cosine, other in rows:
            if other in near and cosine >= MIN_LINK:
                near[page].add(other)
                near[other].add(page)
    for page in list(near):
        near[page] |= {far for other in sorted(near[page]) for far in sorted(near[other])[:40]} - {page}
    heap: list[tuple[float, int, int]] = []
    for page in groups:
        for other in near[page]:
            if page < other:
                _push(heap, sums, groups, page, other, least)
    heapq.heapify(heap)
    fresh = max(groups, default=0) + 1
    while heap:
        _, a, b = heapq.heappop(heap)
        if a not in groups or b not in groups:
            continue
        groups[fresh] = sorted(groups.pop(a) + groups.pop(b))
        sums[fresh] = _added(sums.pop(a), sums.pop(b))
        around = (near.pop(a) | near.pop(b)) - {a, b}
        near[fresh] = {group for group in around if group in groups}
        for other in sorted(near[fresh]):
            near[other].add(fresh)
            entry = _likeness(sums, groups, other, fresh)
            if entry >= least:
                heapq.heappush(heap, (-entry, other, fresh))
        fresh += 1
    return sorted(groups.values())


def _push(
    heap: list[tuple[float, int, int]],
    sums: dict[int, Vector],
    groups: dict[int, list[int]],
    a: int,
    b: int,
    least: float,
) -> None:
    likeness = _likeness(sums, groups, a, b)
    if likeness >= least:
        heap.append((-likeness, a, b))


def _likeness(sums: dict[int, Vector], groups: dict[int, list[int]], a: int, b: int) -> float:
    return dot(sums[a], sums[b]) / (len(groups[a]) * len(groups[b]))


def _added(a: Vector, b: Vector) -> Vector:
    if len(a) < len(b):
        a, b = b, a
    for word, weight in b.items():
        a[word] = a.get(word, 0.0) + weight
    return a
