"""Which words of each document belong to text that far too many documents share."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .tokens import TokenTable

__all__ = ["boilerplate_masks"]

WINDOW = 4
"""Words of a window; one that recurs in too many documents hides all its words."""


def boilerplate_masks(table: TokenTable, *, max_documents: int = 25) -> list[npt.NDArray[np.bool_]]:
    """For every document, which words stand in a window of words that more than `max_documents` windows repeat."""
    words, documents = table.flat(range(len(table)))
    count = max(0, len(words) - WINDOW + 1)
    hashes = np.zeros(count, dtype=np.uint64)
    for step in range(WINDOW):
        hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + words[step : count + step].astype(np.uint64)
    inside = documents[:count] == documents[WINDOW - 1 :]
    frequent = _frequent(hashes[inside], max_documents)
    found = inside & np.isin(hashes, frequent, assume_unique=False) if len(frequent) else np.zeros(count, dtype=bool)
    masked = np.zeros(len(words), dtype=bool)
    for step in range(WINDOW):
        masked[step : count + step] |= found
    edges = np.searchsorted(documents, np.arange(1, len(table)))
    return np.split(masked, edges)


def _frequent(hashes: npt.NDArray[np.uint64], limit: int) -> npt.NDArray[np.uint64]:
    """Values that occur more than `limit` times, sorted."""
    ordered = np.sort(hashes)
    if len(ordered) <= limit:
        return ordered[:0]
    repeated: npt.NDArray[np.uint64] = np.unique(ordered[limit:][ordered[limit:] == ordered[:-limit]])
    return repeated
