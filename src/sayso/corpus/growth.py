"""Reuse of a growing case: what a case has so far is kept, and pages that arrive touch only what they share text with.

Both ways give the same: `whole_reuse` over all pages, and `more_reuse` for those that arrived since. Which of
them is run decides nothing but the time it takes, for what counts as rare is fixed (`counted`), pairs depend on
their two pages alone, and all else on the pages that hang together with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .candidates import CandidatePairs, Shingles, joined
from .case_text import CaseText
from .components import connected
from .counted import Counted
from .document import Document
from .families import DocFamily, build_families
from .kinds import Relation, relate
from .parts import Mapped, in_turn
from .reuse import Aligned, aligned_pairs, completed, proposed_pairs, shingles_of
from .shingle_index import ShingleIndex

__all__ = ["Grown", "Numbered", "ReuseRows", "more_reuse", "numbered", "whole_reuse"]

Numbered = dict[int, Document]
"""Documents by their place in order of arrival."""


@dataclass(frozen=True, slots=True)
class ReuseRows:
    """What pages share, by their places in order of arrival."""

    relations: dict[tuple[int, int], Relation]
    odds: dict[tuple[int, int], float]
    """Log odds of the pairs that were found by themselves; the others follow from these."""
    families: dict[int, DocFamily]
    components: dict[int, int]
    """The first page that each page hangs together with; pages that share nothing aren't named."""


@dataclass(frozen=True, slots=True)
class Grown:
    """What arriving pages changed."""

    rows: ReuseRows
    """All of every page that they hang together with."""
    index: ShingleIndex
    vocabulary: dict[str, int]


def whole_reuse(text: CaseText, pairs: CandidatePairs, *, run: Mapped = in_turn) -> ReuseRows:
    """Reuse over all pages of a case, of which those pairs are proposed."""
    return _completed(text, aligned_pairs(text, pairs, run=run), range(len(text)))


def more_reuse(
    new: Numbered,
    *,
    counted: Counted,
    vocabulary: dict[str, int],
    index: ShingleIndex,
    fetch: Callable[[Iterable[int]], Numbered],
    touched: Callable[[Iterable[int]], tuple[Iterable[int], Aligned]],
) -> Grown:
    """Reuse of pages that arrived.

    Args:
        new: the pages, with the places that follow on those of the case.
        counted, vocabulary, index: as kept; the vocabulary is added to.
        fetch: gives pages of the case by their places.
        touched: gives the pages that hang together with some pages, and the pairs among them that were found
            by themselves.
    """
    first = min(new)
    fresh = CaseText(new.values(), counted=counted, vocabulary=vocabulary)
    found = joined(shingles_of(fresh))
    shingles = Shingles(found.hashes, (found.documents + first).astype(np.int32))
    proposed = proposed_pairs(fresh, index.among(shingles, limit=fresh.max_documents + 1))
    aligned = _aligned(proposed, new, first, counted, vocabulary, fetch)
    members, kept = touched({page for pair in aligned for page in pair if page < first})
    pages = numbered([*members, *new], new, fetch)
    places = sorted(pages)
    text = CaseText([pages[place] for place in places], counted=counted, vocabulary=vocabulary)
    local = _renamed({**kept, **aligned}, {place: at for at, place in enumerate(places)})
    return Grown(_completed(text, local, places), index.with_pages(shingles), vocabulary)


def _aligned(
    proposed: CandidatePairs,
    new: Numbered,
    first: int,
    counted: Counted,
    vocabulary: dict[str, int],
    fetch: Callable[[Iterable[int]], Numbered],
) -> Aligned:
    """Pairs that a new page stands in."""
    late = proposed.second >= first
    proposed = CandidatePairs(proposed.first[late], proposed.second[late], proposed.shared[late])
    places = np.unique(np.concatenate([proposed.first, proposed.second]))
    pages = numbered(places.tolist(), new, fetch)
    text = CaseText([pages[place] for place in places.tolist()], counted=counted, vocabulary=vocabulary)
    local = CandidatePairs(
        np.searchsorted(places, proposed.first), np.searchsorted(places, proposed.second), proposed.shared
    )
    names = places.tolist()
    return {(names[a], names[b]): found for (a, b), found in aligned_pairs(text, local).items()}


def numbered(places: Iterable[int], new: Numbered, fetch: Callable[[Iterable[int]], Numbered]) -> Numbered:
    """Pages by their places, the new ones as they are."""
    wanted = set(places)
    return {**fetch(wanted - new.keys()), **{place: page for place, page in new.items() if place in wanted}}


def _renamed(pairs: Aligned, names: Mapping[int, int]) -> Aligned:
    return {(names[a], names[b]): found for (a, b), found in sorted(pairs.items())}


def _completed(text: CaseText, aligned: Aligned, places: Sequence[int] | range) -> ReuseRows:
    """All that follows from the pairs; the pages of the text stand at the places given."""
    found = completed(text, aligned)
    families = build_families(text, found)
    relations = relate(text, found, families)
    named = [(places[text.number[pair.a]], places[text.number[pair.b]]) for pair in found]
    return ReuseRows(
        relations=dict(zip(named, relations, strict=True)),
        odds={(places[a], places[b]): score for (a, b), (_, score) in aligned.items()},
        families=dict(zip(places, families, strict=True)),
        components=connected(named),
    )
