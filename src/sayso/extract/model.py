"""The block model: how likely each block of a page is part of its story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from sayso.learned import Forest

from .features import NAMES, block_features
from .places import Place
from .segment import PageBlock
from .text import PageFacts, tokens_of
from .wording import Wording

__all__ = ["FIRST_NAMES", "SECOND_NAMES", "BlockModel", "block_model", "hide_keys", "second_features"]

REACH = 4
"""Blocks on either side whose first probabilities the second stage sees."""
WINDOW = 9
FIRST_NAMES: tuple[str, ...] = (*NAMES, "wording")
SECOND_NAMES: tuple[str, ...] = (
    *FIRST_NAMES,
    *(f"first{k:+d}" for k in range(-REACH, REACH + 1)),
    "first_words_before",
    "first_words_after",
    "first_mean",
    "first_window",
    "first_part",
)
MAX_BLOCKS = 4_000
"""Blocks that the model reads; those after them are no part of the story."""

Floats = NDArray[np.float32]


def second_features(first: Floats, probability: NDArray[np.float64]) -> Floats:
    """What the second stage sees: the first stage's features, and its probabilities around each block."""
    n = len(probability)
    p = probability.astype(np.float32)
    padded = np.pad(p, REACH, constant_values=-1)
    around = [padded[REACH + k : REACH + k + n] for k in range(-REACH, REACH + 1)]
    read = np.cumsum(p * first[:, 0], dtype=np.float64)
    total = float(read[-1]) or 1.0
    before = (read / total).astype(np.float32)
    flat = np.pad(p, WINDOW // 2)
    sums = np.cumsum(np.concatenate([[0.0], flat]), dtype=np.float64)
    window = ((sums[WINDOW:] - sums[:-WINDOW]) / WINDOW).astype(np.float32)
    mean = np.full(n, p.mean(dtype=np.float64), dtype=np.float32)
    parts = _part_means(first, p)
    return np.column_stack([hide_keys(first), *around, before, 1 - before, mean, window, parts]).astype(np.float32)


def hide_keys(first: Floats) -> Floats:
    """The features with the number of the container, which says nothing by itself, as 0."""
    out = first.copy()
    out[:, _PART] = 0
    return out


_PART = FIRST_NAMES.index("part_key")


def _part_means(first: Floats, p: Floats) -> Floats:
    """Mean probability over the blocks of the same container, by words."""
    keys = first[:, _PART].astype(np.int64)
    weights = np.maximum(1.0, first[:, 0]).astype(np.float64)
    sums = np.bincount(keys, weights=weights * p)
    counts = np.bincount(keys, weights=weights)
    return np.asarray((sums / np.maximum(counts, 1e-9))[keys], dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class BlockModel:
    """Two boosted forests, the second over the first's probabilities of a block's neighbours."""

    first: Forest
    second: Forest
    wording: Wording
    threshold: float
    """Probability from which a block is taken for the story's."""

    def probabilities(
        self, blocks: Sequence[PageBlock], facts: PageFacts, where: Sequence[Place] | None = None
    ) -> list[float]:
        """0..1 for each block; 0 for blocks beyond MAX_BLOCKS.

        Args:
            blocks: the page's blocks, in page order.
            facts: what the page's head says.
            where: the blocks' places, if known.
        """
        read = blocks[:MAX_BLOCKS]
        if not read:
            return []
        columns = block_features(read, facts, where[: len(read)] if where is not None else None)
        columns = with_wording(columns, read, self.wording)
        second = second_features(columns, self.first.predict(hide_keys(columns)))
        return [float(p) for p in self.second.predict(second)] + [0.0] * (len(blocks) - len(read))


def with_wording(columns: Floats, blocks: Sequence[PageBlock], wording: Wording) -> Floats:
    """`columns` and what the words say, as a last column."""
    scores = np.array([wording.score(tokens_of(block)) for block in blocks], dtype=np.float32)
    return np.column_stack([columns, scores])


def read_wording(held: Mapping[str, NDArray[np.generic]]) -> Wording:
    """The linear model out of its arrays."""
    marks = bytes(held["marks"]).decode().split("\n")
    weights = (held["weights"].astype(np.float64) * float(held["scale"])).round(6).tolist()
    return Wording(dict(zip(marks, weights, strict=True)), float(held["bias"]))


@cache
def block_model() -> BlockModel:
    """The shipped model, loaded once per process."""
    folder = files(__package__).joinpath("weights")
    with np.load(BytesIO(folder.joinpath("blocks-wording.npz").read_bytes()), allow_pickle=False) as held:
        wording, threshold = read_wording(held), float(held["threshold"])
    with as_file(folder.joinpath("blocks-first.npz")) as one, as_file(folder.joinpath("blocks-second.npz")) as two:
        return BlockModel(Forest.load(one), Forest.load(two), wording, threshold)
