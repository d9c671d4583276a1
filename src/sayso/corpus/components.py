"""Pages that hang together through pairs."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["connected"]


def connected(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For each page that stands in a pair, the lowest page that it hangs together with.

    >>> connected([(3, 4), (1, 4), (7, 8)])
    {1: 1, 3: 1, 4: 1, 7: 7, 8: 7}
    """
    home: dict[int, int] = {}

    def top(page: int) -> int:
        while home.setdefault(page, page) != page:
            home[page] = page = home[home[page]]
        return page

    for a, b in pairs:
        low, high = sorted((top(a), top(b)))
        home[high] = low
    return {page: top(page) for page in sorted(home)}
