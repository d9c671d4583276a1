"""Which pages of a growing case hold a rare shingle: sorted arrays, looked up without being read whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .candidates import Shingles

__all__ = ["ShingleIndex"]


@dataclass(frozen=True, slots=True)
class ShingleIndex:
    """Shingles of the first pages, which stay as they are, and of those that came since."""

    first: Shingles
    since: Shingles

    def among(self, new: Shingles, *, limit: int) -> Shingles:
        """The new pages' shingles with all that hold them, ordered by hash, then page.

        Args:
            new: shingles of pages that come after all others.
            limit: holders among the first pages, and among the others, that are looked up for one shingle.
        """
        hashes = np.unique(new.hashes)
        return _sorted([_held(self.first, hashes, limit), _held(self.since, hashes, limit), new])

    def with_pages(self, new: Shingles) -> ShingleIndex:
        """The index with more pages, which come after all others."""
        return ShingleIndex(self.first, _sorted([self.since, new]))


def _held(part: Shingles, hashes: npt.NDArray[np.uint64], limit: int) -> Shingles:
    """The first holders of each shingle."""
    low = np.searchsorted(part.hashes, hashes, "left")
    size = np.minimum(np.searchsorted(part.hashes, hashes, "right") - low, limit)
    at = np.repeat(low - np.cumsum(size) + size, size) + np.arange(size.sum())
    return Shingles(np.repeat(hashes, size), np.asarray(part.documents[at], dtype=np.int32))


def _sorted(parts: list[Shingles]) -> Shingles:
    hashes = np.concatenate([np.asarray(part.hashes) for part in parts])
    documents = np.concatenate([np.asarray(part.documents) for part in parts])
    order = np.lexsort((documents, hashes))
    return Shingles(hashes[order], documents[order])
