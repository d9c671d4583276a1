"""Stories: pages about the same happening, in one batch or as pages arrive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .document import Document
from .story_groups import average_link
from .story_links import NEIGHBOURS, Postings, nearest, smoothed, two_steps
from .story_terms import Space, Vector

__all__ = ["Story", "StoryChange", "StoryIndex", "cluster_stories"]

MIN_LIKENESS = 0.6
"""Least mean cosine, after smoothing, of two groups of pages that are joined."""
REFRESH = 1.25
"""Growth of the case after which all terms are weighed anew; until then pages keep their vectors."""
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
    _space: Space = field(default_factory=Space)
    _vectors: dict[int, Vector] = field(default_factory=dict)
    _postings: Postings = field(default_factory=Postings)
    _weighed: int = 0
    """Number of pages when all terms were last weighed."""
    _story: dict[int, int] = field(default_factory=dict)
    _members: dict[int, list[int]] = field(default_factory=dict)

    def add(self, documents: Iterable[Document]) -> list[StoryChange]:
        """Add pages and revise the stories near them.

        Returns:
            What changed, in the order of the stories' first pages.
        """
        first = len(self._documents)
        for document in documents:
            self._space.add(document)
            self._documents.append(document.id)
        new = list(range(first, len(self._documents)))
        if not new:
            return []
        self._weigh(new)
        return self._revise(sorted({*new, *self._around(new)}))

    def _weigh(self, new: list[int]) -> None:
        """Vectors of the new pages, or of all where the case has grown much."""
        total = len(self._documents)
        if total > REFRESH * self._weighed:
            self._weighed, new, self._postings = total, list(range(total)), Postings()
        for page in new:
            self._vectors[page] = self._space.vector(page)
            self._postings.add(page, self._vectors[page])

    def _revise(self, pages: list[int]) -> list[StoryChange]:
        inside = set(pages)
        tried = {page: self._postings.tried(page, self._vectors[page]) for page in pages}
        tried = {page: [other for other in others if other in inside] for page, others in tried.items()}
        links = nearest(self._space, self._vectors, tried)
        once = smoothed(self._space, self._vectors, links)
        again = nearest(self._space, once, two_steps(links))
        twice = smoothed(self._space, once, again)
        groups = average_link(self._space, twice, two_steps(again), self.min_likeness)
        before = {page: self._story[page] for page in pages if page in self._story}
        for story in set(before.values()):
            self._members.pop(story, None)
        for group in groups:
            self._members[group[0]] = group
            for page in group:
                self._story[page] = group[0]
        return self._changes(groups, before)

    def _around(self, new: list[int]) -> set[int]:
        """Pages of the stories that the new pages may belong to."""
        if len(new) == len(self._documents):
            return set()
        near: Counter[int] = Counter()
        tried = {page: self._postings.tried(page, self._vectors[page]) for page in new}
        for rows in nearest(self._space, self._vectors, tried, 2 * NEIGHBOURS).values():
            for cosine, other in rows:
                if other in self._story:
                    near[self._story[other]] += round(1000 * cosine)
        chosen: set[int] = set()
        for story, _ in sorted(near.items(), key=lambda item: (-item[1], item[0])):
            if len(chosen) + len(self._members[story]) <= MAX_REVISED:
                chosen.update(self._members[story])
        return chosen

    def assignment(self) -> dict[str, str]:
        """Story id by page id."""
        return {self._documents[page]: self._documents[self._story[page]] for page in sorted(self._story)}

    def stories(self) -> list[Story]:
        """All stories, in the order of their first pages."""
        return [
            Story(self._documents[first], tuple(self._documents[page] for page in pages), self.shared_terms(pages))
            for first, pages in sorted(self._members.items())
        ]

    def shared_terms(self, pages: Sequence[int], limit: int = 8) -> tuple[str, ...]:
        """Terms that most hold the pages together."""
        weight: dict[int, float] = {}
        held: Counter[int] = Counter()
        for page in pages:
            vector = self._vectors[page]
            held.update(vector.terms.tolist())
            for term, value in zip(vector.terms.tolist(), vector.weights.tolist(), strict=True):
                weight[term] = weight.get(term, 0.0) + value
        least = 2 if len(pages) > 1 else 1
        kept = [term for term in weight if held[term] >= least]
        return tuple(self._space.words[term] for term in sorted(kept, key=lambda term: (-weight[term], term))[:limit])

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
