"""Word lists written as running text."""

from __future__ import annotations

__all__ = ["words"]


def words(listing: str) -> tuple[str, ...]:
    """The words of a listing, parted by white space.

    >>> words("ul ol")
    ('ul', 'ol')
    """
    return tuple(listing.split())
