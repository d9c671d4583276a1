"""What a growing case counts as common, rare and boilerplate: taken over its first pages, then left as it is.

Were it counted anew with every page, each page that arrives would change what all others share. So a case
counts over its first pages (`counted_pages`), and anew once it has grown by a quarter. What is found then
depends on the pages and their order of arrival alone, never on when it was asked for
(docs/decisions/0009-growing-case.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .tokens import Ints, TokenTable

__all__ = ["WINDOW", "Counted", "count", "counted_pages", "window_hashes"]

FIRST_COUNT = 1000
"""Up to so many pages everything is counted anew: that takes seconds."""
GROWTH = 1.25
WINDOW = 4
"""Words of a window; one that recurs too often hides all its words."""
CHUNK = 5000
"""Documents whose windows are hashed at a time."""


def counted_pages(pages: int) -> int:
    """Of so many pages, how many are counted over.

    >>> [counted_pages(pages) for pages in (10, 1000, 1249, 1250, 100_000)]
    [10, 1000, 1000, 1250, 86658]
    """
    if pages <= FIRST_COUNT:
        return pages
    step = FIRST_COUNT
    while int(step * GROWTH) <= pages:
        step = int(step * GROWTH)
    return step


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts over the first pages of a case."""

    documents: int
    """How many pages were counted over."""
    frequency: Ints
    """In how many of them each word stands, by word number; words first met later have no place here."""
    windows: npt.NDArray[np.uint64]
    """Hashes of windows of words that recur too often, sorted."""

    def frequency_of(self, words: int) -> Ints:
        """Frequency of the first so many words; one that was met later counts as met once."""
        padded = np.ones(words, dtype=np.int64)
        padded[: len(self.frequency)] = self.frequency[:words]
        return padded


def count(table: TokenTable, *, max_documents: int) -> Counted:
    """Counts over all documents of the table.

    Args:
        table: words of the documents.
        max_documents: a window of words that recurs more often is boilerplate.
    """
    return Counted(len(table), table.document_frequency, _frequent(_all_windows(table), max_documents))


def _all_windows(table: TokenTable) -> npt.NDArray[np.uint64]:
    """Hashes of all windows of words, in one array that holds nothing else."""
    held = np.empty(sum(len(table.words(document)) for document in range(len(table))), dtype=np.uint64)
    end = 0
    for first in range(0, len(table), CHUNK):
        hashes, inside = window_hashes(*table.flat(range(first, min(first + CHUNK, len(table)))))
        hashes = hashes[inside]
        held[end : end + len(hashes)] = hashes
        end += len(hashes)
    return held[:end]


def window_hashes(
    words: npt.NDArray[np.int32], documents: Ints
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.bool_]]:
    """A hash for each window of words, and whether it stands inside one document."""
    size = max(0, len(words) - WINDOW + 1)
    hashes = np.zeros(size, dtype=np.uint64)
    for step in range(WINDOW):
        hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + words[step : size + step].astype(np.uint64)
    return hashes, documents[:size] == documents[WINDOW - 1 :][:size]


def _frequent(hashes: npt.NDArray[np.uint64], limit: int) -> npt.NDArray[np.uint64]:
    """Values that occur more than `limit` times, sorted; the array given is put in order."""
    hashes.sort()
    ordered = hashes
    if len(ordered) <= limit:
        return ordered[:0]
    repeated: npt.NDArray[np.uint64] = np.unique(ordered[limit:][ordered[limit:] == ordered[:-limit]])
    return repeated
