"""Stories of a growing case: over its first pages in one batch, then block by block as pages arrive.

Blocks are of fixed size and begin at fixed places, so the stories depend on the pages and their order of
arrival alone. The last block, not yet full, is gone over again when more pages come.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import numpy.typing as npt

from .document import Document
from .stories import StoryIndex

__all__ = ["BLOCK", "first_stories", "more_stories"]

BLOCK = 256

Arrays = dict[str, npt.NDArray[Any]]


def first_stories(documents: Iterable[Document], counted: int) -> tuple[StoryIndex, Arrays | None]:
    """Stories of all pages of a case.

    Args:
        documents: pages in order of arrival.
        counted: how many of them are taken in one batch.

    Returns:
        The stories, and the index after the last whole block, packed.
    """
    pages = iter(documents)
    index = StoryIndex()
    index.add(itertools.islice(pages, counted), settle=True)
    return index, more_stories(index, pages, pack=True)


def more_stories(index: StoryIndex, documents: Iterable[Document], *, pack: bool) -> Arrays | None:
    """Add the pages after the last whole block.

    Args:
        index: as it was after that block; it is added to.
        documents: all pages since, in order of arrival.
        pack: whether to pack the index though no block is completed.

    Returns:
        The index after the last whole block, packed; None where that is the one given, and `pack` is false.
    """
    pages = iter(documents)
    while block := list(itertools.islice(pages, BLOCK)):
        if len(block) < BLOCK:
            packed = index.packed() if pack else None
            index.add(block)
            return packed
        index.add(block)
        pack = True
    return index.packed() if pack else None
