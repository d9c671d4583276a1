"""How far a block's words are those of stories, and not of notices, biographies and offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["FIRST", "LAST", "MIN_TOKENS", "Wording", "marks_of"]

FIRST, LAST = 24, 8
"""Tokens looked at, from either end of a block."""
MIN_TOKENS = 4

Floats = NDArray[np.float32]


def marks_of(tokens: Sequence[str]) -> list[str]:
    """Words and pairs of words of a block's beginning and end, in lower case; numbers as `0`."""
    if len(tokens) > FIRST + LAST:
        tokens = [*tokens[:FIRST], *tokens[-LAST:]]
    words = ["0" if token[0].isdigit() else token for token in tokens]
    return [*words, *map("{} {}".format, words, words[1:])]


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """A linear model over words and pairs of words."""

    weights: Mapping[str, float]
    bias: float

    def score(self, tokens: Sequence[str]) -> float:
        """Log-odds that the block is a story's; 0 for fewer than MIN_TOKENS tokens."""
        if len(tokens) < MIN_TOKENS:
            return 0.0
        get = self.weights.get
        found = [weight for mark in set(marks_of(tokens)) if (weight := get(mark)) is not None]
        if not found:
            return 0.0
        return float(round(self.bias + sum(sorted(found)) / len(found) ** 0.5, 6))
