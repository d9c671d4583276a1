"""Where an element stands on its page: what is around it, summed up from the root on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .classes import Names, names_of
from .listing import words
from .segment import INLINE, PageBlock
from .tree import Element

__all__ = ["AROUND", "Place", "places"]

AROUND = words(
    "article main aside footer nav header figure ul ol table form section blockquote figcaption a label address dl "
    "details button p"
)
_AROUND_BIT = {tag: 1 << i for i, tag in enumerate(AROUND)}


@dataclass(slots=True, eq=False)
class Place:
    """Where an element stands: what is around it, summed up from the root on."""

    element: Element
    outer: Place | None
    """The next element outwards that parts lines."""
    flags: int
    near: int
    """Flags of the three innermost elements."""
    around: int
    """Flags of all."""
    tags: int
    """Bits of AROUND."""
    depth: int
    names: Names
    """What the element's attributes call it."""


def places(blocks: Sequence[PageBlock]) -> list[Place]:
    """The place of each block's element; equal elements share one object."""
    known: dict[int, Place] = {}
    return [known.get(id(block.element)) or _place(block.element, known) for block in blocks]


def _place(element: Element, known: dict[int, Place]) -> Place:
    path: list[Element] = []
    at: Element | None = element
    while at is not None and id(at) not in known:
        path.append(at)
        at = at.parent
    place = known[id(at)] if at is not None else None
    for node in reversed(path):
        names = names_of(node)
        flags = names.flags
        bit = _AROUND_BIT.get(node.tag, 0)
        if place is None:
            place = Place(node, None, flags, flags, flags, bit, 0, names)
        elif node.tag in INLINE:
            place = Place(
                place.element, place.outer, place.flags | flags, place.near | flags, place.around | flags,
                place.tags | bit, place.depth, place.names,
            )  # fmt: skip
        else:
            near = flags | place.flags | (place.outer.flags if place.outer else 0)
            place = Place(node, place, flags, near, place.around | flags, place.tags | bit, place.depth + 1, names)
        known[id(node)] = place
    assert place is not None
    return place
