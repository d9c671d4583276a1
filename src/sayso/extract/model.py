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

__all__ = ["COLUMNS", "MAX_BLOCKS", "BlockModel", "block_model"]

COLUMNS: tuple[str, ...] = (*NAMES, "wording")
"""Names of what the forest reads, in order."""
MAX_BLOCKS = 4_000
"""Blocks that are told apart; those after them are no part of the story."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class BlockModel:
    """A boosted forest over markup, place, neighbours and words; a linear model of words among its columns."""

    forest: Forest
    wording: Wording
    threshold: float
    """Probability from which a block is taken for the story's."""

    def probabilities(
        self, blocks: Sequence[PageBlock], facts: PageFacts, where: Sequence[Place] | None = None
    ) -> list[float]:
        """0..1 for each block.

        Args:
            blocks: the page's blocks, in page order, at most MAX_BLOCKS.
            facts: what the page's head says.
            where: the blocks' places, if known.
        """
        if not blocks:
            return []
        columns = with_wording(block_features(blocks, facts, where), blocks, self.wording)
        return [float(p) for p in self.forest.predict(columns)]


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
    with as_file(folder.joinpath("blocks-forest.npz")) as path:
        return BlockModel(Forest.load(path), wording, threshold)
