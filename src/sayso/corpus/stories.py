"""Stories: pages about the same happening, in one batch or as pages arrive."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from .document import Document
from .story_groups import average_link
from .story_links import NEIGHBOURS, Postings, nearest, smoothed, two_steps
from .story_terms import Space, Vector

__all__ = ["Story", "StoryChange", "StoryIndex", "cluster_stories", "story_changes"]

MIN_LIKENESS = 0.6
"""Least mean cosine, after smoothing, of two groups of pages that are joined."""
REFRESH = 1.25
"""Growth of the case after which all terms are weighed anew; until then pages keep their vectors."""
NEAR_STORY = 0.15
"""Least cosine of an arriving page with a page whose story is looked at again; .05 to .2 group ECB+ alike."""
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
    """What arriving pages did to a story."""

    kind: str
    """`joined` pages came into a story, `merged` stories became one, `split` one became several, `new`."""
    stories: tuple[str, ...]
    """The story as it is now, first, then those that its pages stood in before."""
    terms: tuple[str, ...]
    """Why: the terms that its pages share."""
    arrived: tuple[str, ...] = ()
    """Pages in it that are new."""


def story_changes(before: Mapping[str, str], after: Iterable[Story]) -> list[StoryChange]:
    """What became of stories.

    Args:
        before: story id by page id, as it was.
        after: the stories as they are, or those of them that may have changed.

    Returns:
        A change for each story that isn't what it was, in the order given.
    """
    after = list(after)
    olds = [dict.fromkeys(before[page] for page in story.pages if page in before) for story in after]
    pieces = Counter(old for held in olds for old in held)
    changes = []
    for story, held in zip(after, olds, strict=True):
        arrived = tuple(page for page in story.pages if page not in before)
        split = any(pieces[old] > 1 for old in held)
        kind = "merged" if len(held) > 1 else "split" if split else "new" if not held else "joined" if arrived else ""
        if kind:
            names = (story.id, *(old for old in held if old != story.id))
            changes.append(StoryChange(kind, names, story.terms, arrived))
    return changes


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
    _settled: bool = False
    _story: dict[int, int] = field(default_factory=dict)
    _members: dict[int, list[int]] = field(default_factory=dict)
    _told: dict[int, Story] = field(default_factory=dict)
    """Stories as last told, by first page."""

    def add(self, documents: Iterable[Document], *, settle: bool = False) -> list[StoryChange]:
        """Add pages and revise the stories near them.

        Args:
            documents: pages in order of arrival.
            settle: let all pages keep their vectors from here on, however much the case grows.

        Returns:
            What changed, in the order of the stories' first pages.
        """
        first = len(self._documents)
        for document in documents:
            self._space.add(document)
            self._documents.append(document.id)
        new = list(range(first, len(self._documents)))
        if new:
            self._weigh(new)
        if settle:
            self._settle()
        if not new:
            return []
        return self._revise(sorted({*new, *self._around(new)}))

    def _settle(self) -> None:
        """From here on pages keep their vectors however much the case grows; their texts' terms are let go."""
        self._settled = True
        self._space.forget_pages()

    def packed(self) -> dict[str, npt.NDArray[Any]]:
        """All that is needed to go on from here, as arrays; the index must be settled."""
        vectors = [self._vectors[page] for page in range(len(self._documents))]
        return {
            **self._space.packed(),
            "documents": np.frombuffer(json.dumps(self._documents).encode(), dtype=np.uint8),
            "stories": np.array([self._story[page] for page in range(len(vectors))], dtype=np.int64),
            "sizes": np.array([len(vector.terms) for vector in vectors], dtype=np.int64),
            "terms": np.concatenate([np.empty(0, np.int32), *(vector.terms for vector in vectors)]),
            "weights": np.concatenate([np.empty(0, np.float32), *(vector.weights for vector in vectors)]),
        }

    @classmethod
    def unpacked(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> StoryIndex:
        """An index that goes on from where `packed` was asked for."""
        documents = json.loads(arrays["documents"].tobytes())
        terms, weights = np.asarray(arrays["terms"]), np.asarray(arrays["weights"])
        edges = np.cumsum([0, *arrays["sizes"].tolist()]).tolist()
        vectors = [Vector(terms[a:b], weights[a:b]) for a, b in itertools.pairwise(edges)]
        story = dict(enumerate(arrays["stories"].tolist()))
        members: dict[int, list[int]] = {}
        for page, first in story.items():
            members.setdefault(first, []).append(page)
        return cls(
            _documents=documents,
            _space=Space.unpacked(arrays, len(documents)),
            _vectors=dict(enumerate(vectors)),
            _postings=Postings.of(vectors),
            _weighed=len(documents),
            _settled=True,
            _story=story,
            _members=members,
        )

    def _weigh(self, new: list[int]) -> None:
        """Vectors of the new pages, or of all where the case has grown much."""
        total = len(self._documents)
        if not self._settled and total > REFRESH * self._weighed:
            self._weighed, new, self._postings = total, list(range(total)), Postings()
            self._told.clear()
        for page in new:
            self._vectors[page] = self._space.vector(page)
            self._postings.add(page, self._vectors[page])
        if self._settled:
            self._space.forget_pages()

    def _revise(self, pages: list[int]) -> list[StoryChange]:
        inside = set(pages)
        looked_up = ((page, self._postings.tried(page, self._vectors[page])) for page in pages)
        tried = ((page, [other for other in others if other in inside]) for page, others in looked_up)
        links = nearest(self._space, self._vectors, tried)
        once = smoothed(self._vectors, links)
        again = nearest(self._space, once, two_steps(links).items())
        twice = smoothed(once, again)
        # A large case's vectors are most of its memory: let them go before groups are made of the others.
        del once, links
        groups = average_link(self._space, twice, two_steps(again), self.min_likeness)
        del twice, again
        before = {page: self._story[page] for page in pages if page in self._story}
        for story in set(before.values()):
            self._members.pop(story, None)
        for group in groups:
            self._members[group[0]] = group
            for page in group:
                self._story[page] = group[0]
        names = self._documents
        stories = [self._story_of(group[0], group, {}) for group in groups]
        return story_changes({names[page]: names[story] for page, story in before.items()}, stories)

    def _around(self, new: list[int]) -> set[int]:
        """Pages of the stories that the new pages may belong to."""
        if len(new) == len(self._documents):
            return set()
        near: Counter[int] = Counter()
        tried = ((page, self._postings.tried(page, self._vectors[page])) for page in new)
        for rows in nearest(self._space, self._vectors, tried, 2 * NEIGHBOURS).values():
            for cosine, other in rows:
                if other in self._story and cosine >= NEAR_STORY:
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
        return list(self.numbered({}).values())

    def numbered(self, known: Mapping[str, Story]) -> dict[int, Story]:
        """All stories by the place of their first page, in order.

        Args:
            known: stories by id whose terms are known: one with the same pages has the same terms.
        """
        return {first: self._story_of(first, pages, known) for first, pages in sorted(self._members.items())}

    def _story_of(self, first: int, members: Sequence[int], known: Mapping[str, Story]) -> Story:
        id, pages = self._documents[first], tuple(self._documents[page] for page in members)
        held = self._told.get(first) or known.get(id)
        if held is None or held.pages != pages:
            held = Story(id, pages, self.shared_terms(members))
        self._told[first] = held
        return held

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
