"""Which blocks of a page belong together: by container, by markup, by the heading above."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from .listing import words
from .places import Place
from .segment import PageBlock

__all__ = ["GROUPS", "Groups", "groups_of"]

GROUPS = words("container outer outer2 signature section")
Groups = list[NDArray[np.int64]]
"""For each of GROUPS a number for each block, equal for those that belong together."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})


def groups_of(blocks: Sequence[PageBlock], where: Sequence[Place]) -> Groups:
    """Numbers of each block's container, of the two around that, of those marked up like it, of its section."""
    section = np.cumsum([block.element.tag in _HEADINGS for block in blocks])
    return [*_containers(where), _numbered(map(_signature, where)), section]


def _containers(where: Sequence[Place]) -> Groups:
    levels: list[list[int]] = [[], [], []]
    numbers: tuple[dict[int, int], ...] = ({}, {}, {})
    known: dict[int, tuple[int, ...]] = {}
    for place in where:
        found = known.get(id(place.outer))
        if found is None:
            at: Place | None = place
            own = []
            for level in numbers:
                at = at.outer if at is not None else None
                own.append(level.setdefault(id(at), len(level)))
            found = known[id(place.outer)] = tuple(own)
        for numbered, number in zip(levels, found, strict=True):
            numbered.append(number)
    return [np.array(level, dtype=np.int64) for level in levels]


def _signature(place: Place) -> tuple[str, ...]:
    """Tag and class of an element and of the one around it."""
    outer = place.outer
    if outer is None:
        return place.element.tag, place.names.classes
    return place.element.tag, place.names.classes, outer.element.tag, outer.names.classes


def _numbered(keys: Iterable[Hashable]) -> NDArray[np.int64]:
    """A number for each key, equal for equal ones, counted from 0 in the order of appearance."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)
