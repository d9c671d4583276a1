"""Pages that hang together through pairs."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .tokens import Ints

__all__ = ["components", "connected"]


def connected(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For each page that stands in a pair, the lowest page that it hangs together with.

    >>> connected([(3, 4), (1, 4), (7, 8)])
    {1: 1, 3: 1, 4: 1, 7: 7, 8: 7}
    """
    held = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    pages, lowest, _ = components(held[:, 0], held[:, 1])
    return dict(zip(pages.tolist(), lowest.tolist(), strict=True))


def components(first: Ints, second: Ints) -> tuple[Ints, Ints, int]:
    """Pages that stand in pairs, the lowest page that each hangs together with, and how many rounds it took.

    In each round every group that a pair ties to a lower one joins the lowest of them. Groups that none of their
    neighbours is lower than stay, at most half of those that are tied to any: 10⁶ pages in a chain, however it is
    numbered, take some ten rounds.

    Args:
        first, second: both pages of each pair.
    """
    pages, places = np.unique(np.concatenate([first, second]), return_inverse=True)
    a, b = places[: len(first)], places[len(first) :]
    lowest = np.arange(len(pages))
    rounds = 0
    while len(a):
        rounds += 1
        low = np.minimum(lowest[a], lowest[b])
        np.minimum.at(lowest, lowest[a], low)
        np.minimum.at(lowest, lowest[b], low)
        lowest = _followed(lowest)
        apart = lowest[a] != lowest[b]
        a, b = a[apart], b[apart]
    return pages, pages[lowest], rounds


def _followed(lowest: Ints) -> Ints:
    """Every page's group as it is once groups that joined others are followed to the end."""
    while True:
        further = lowest[lowest]
        if np.array_equal(further, lowest):
            return lowest
        lowest = further
