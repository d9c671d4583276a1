"""Work over independent parts of a case: done here one after the other, or wherever an engine does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

__all__ = ["Mapped", "in_turn"]

T = TypeVar("T")
R = TypeVar("R")


class Mapped(Protocol):
    """An ordered map: the work's answer to each item, in the order of the items."""

    def __call__(self, work: Callable[[T], R], items: Iterable[T], /) -> Iterator[R]:
        """The answers."""
        ...


def in_turn(work: Callable[[T], R], items: Iterable[T], /) -> Iterator[R]:
    """The work's answer to each item, one after the other.

    >>> list(in_turn(len, ["a", "bcd"]))
    [1, 3]
    """
    return map(work, items)
