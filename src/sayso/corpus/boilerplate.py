"""Which words of each document belong to text that far too many documents share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .counted import CHUNK, WINDOW, window_hashes
from .tokens import TokenTable

__all__ = ["boilerplate_masks"]


def boilerplate_masks(
    table: TokenTable, documents: Sequence[int] | range, windows: npt.NDArray[np.uint64]
) -> list[npt.NDArray[np.bool_]]:
    """For each of the documents, which words stand in a window of words that recurs too often.

    Args:
        table: words of the documents.
        documents: numbers of those to mask.
        windows: hashes of the windows that recur too often, sorted (`counted.count`).
    """
    masks: list[npt.NDArray[np.bool_]] = []
    for first in range(0, len(documents), CHUNK):
        masks += _masks(table, documents[first : first + CHUNK], windows)
    return masks


def _masks(
    table: TokenTable, documents: Sequence[int] | range, windows: npt.NDArray[np.uint64]
) -> list[npt.NDArray[np.bool_]]:
    words, numbers = table.flat(documents)
    hashes, inside = window_hashes(words, numbers)
    found = inside & np.isin(hashes, windows) if len(windows) else np.zeros(len(hashes), dtype=bool)
    masked = np.zeros(len(words), dtype=bool)
    for step in range(WINDOW):
        masked[step : len(hashes) + step] |= found
    return np.split(masked, np.cumsum([len(table.words(number)) for number in documents])[:-1])
