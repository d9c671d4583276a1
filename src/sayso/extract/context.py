"""What the probabilities of a page's other blocks tell of a block: its neighbours, its container, its section."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .groups import GROUPS
from .listing import words

__all__ = ["CONTEXT_NAMES", "OWN_NAMES", "context_columns"]

Floats = NDArray[np.float64]

REACH = 4
OWN_NAMES = words(
    "words link_share heading_level list_links tag_li in_figure in_table near_comment near_related title_common "
    "common_share since_title since_heading sig_prose in_form apart wording line heading markup"
)
"""Columns of the first forest that the second reads too."""
CONTEXT_NAMES = (
    *(f"p{k:+d}" for k in range(-REACH, REACH + 1)),
    *(f"{group}_{what}" for group in GROUPS for what in ("mean", "others")),
    *words("taken_before page_mean page_share page_size around from_first from_last next_prose last_prose"),
)
MIN_PROSE = 60
"""Characters from which a block counts as prose beside others."""


def context_columns(
    groups: Sequence[NDArray[np.int64]], sizes: Sequence[float], probabilities: Sequence[float]
) -> Floats:
    """Columns of CONTEXT_NAMES, shape [blocks, len(CONTEXT_NAMES)].

    Args:
        groups: what `groups_of` says of the blocks.
        sizes: the blocks' characters, at least one block.
        probabilities: what the first forest says of each, as many.
    """
    p = np.asarray(probabilities, dtype=np.float64)
    size = np.asarray(sizes, dtype=np.float64)
    n = len(p)
    padded = np.pad(p, REACH, constant_values=-1)
    columns = [padded[k : k + n] for k in range(2 * REACH + 1)]
    for group in groups:
        columns += _of_group(group, p, size)
    taken = np.cumsum(p * size)
    total = taken[-1] + 1e-9
    window = np.ones(2 * REACH + 1)
    around = np.convolve(np.pad(p * size, REACH), window, "valid") / np.convolve(np.pad(size, REACH), window, "valid")
    whole = np.ones(n)
    columns += [taken / total, whole * p.mean(), whole * (total / size.sum()), whole * np.log1p(total), around]
    good = np.flatnonzero((p > 0.5) & (size >= MIN_PROSE))
    first, last = (int(good[0]), int(good[-1])) if len(good) else (0, n)
    at: Floats = np.arange(n, dtype=np.float64)
    columns += [at - float(first), at - float(last), _nearest(p[::-1], size[::-1])[::-1], _nearest(p, size)]
    return np.column_stack(columns)


def _of_group(group: NDArray[np.int64], p: Floats, size: Floats) -> list[Floats]:
    """Mean probability of the block's group by characters, and that of the group's other blocks."""
    weights = np.bincount(group, size)
    means = np.bincount(group, p * size) / np.maximum(weights, 1.0)
    sums, counts = np.bincount(group, p), np.bincount(group)
    return [means[group], (sums[group] - p) / np.maximum(1, counts[group] - 1)]


def _nearest(p: Floats, size: Floats) -> Floats:
    """The probability of the last block of prose before each; -1 where there is none."""
    at = np.where(size >= MIN_PROSE, np.arange(len(p)), -1)
    last = np.concatenate([[-1], np.maximum.accumulate(at)[:-1]])
    return np.where(last >= 0, p[last], -1.0)
