"""How far words and names of markup are those of stories, and not of notices, biographies and offers: linear models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .places import Place

__all__ = ["FIRST", "LAST", "MAX_LINE", "MIN_TOKENS", "Markup", "Wording", "heading_marks", "line_marks", "marks_of"]

FIRST, LAST = 24, 8
"""Tokens looked at, from either end of a block."""
MIN_TOKENS = 4
"""Tokens from which a block's words are read as prose."""
MAX_LINE = 6
"""Tokens up to which a block is read as a line, whole."""
MAX_HEADING = 12


def _plain(tokens: Iterable[str]) -> list[str]:
    return ["0" if token[0].isdigit() else token for token in tokens]


def _pairs(words: Sequence[str]) -> list[str]:
    return [f"{one} {two}" for one, two in pairwise(words)]


def marks_of(tokens: Sequence[str]) -> list[str]:
    """Words and pairs of words of a block's beginning and end, in lower case; numbers as `0`.

    Empty for a block of fewer than MIN_TOKENS tokens.
    """
    if len(tokens) < MIN_TOKENS:
        return []
    words = _plain(tokens if len(tokens) <= FIRST + LAST else [*tokens[:FIRST], *tokens[-LAST:]])
    return [*words, *_pairs(words)]


def line_marks(tokens: Sequence[str]) -> list[str]:
    """The same of a short line, with the line as a whole, how it begins and how it ends; empty for a longer one."""
    if not 0 < len(tokens) <= MAX_LINE:
        return []
    words = _plain(tokens)
    return ["=" + " ".join(words), "^" + words[0], words[-1] + "$", *words, *_pairs(words)]


def heading_marks(tokens: Sequence[str]) -> list[str]:
    """The same of a heading, for the blocks under it."""
    if not tokens:
        return []
    words = _plain(tokens[:MAX_HEADING])
    return ["=" + " ".join(words), "^" + words[0], *words, *_pairs(words)]


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """A linear model over marks."""

    weights: Mapping[str, int]
    """Whole numbers, none of them 0, in units of `scale`: adding them in any order gives the same sum."""
    scale: float
    bias: float

    def score(self, marks: Sequence[str]) -> float:
        """Log-odds that the block is a story's; 0 where no mark is known."""
        found = list(filter(None, map(self.weights.get, set(marks))))
        if not found:
            return 0.0
        return float(round(self.bias + self.scale * sum(found) / len(found) ** 0.5, 6))


@dataclass(frozen=True, slots=True, eq=False)
class Markup:
    """A linear model over the names that elements around a block bear: in class, id and role."""

    weights: Mapping[str, tuple[int, int, int]]
    """By name: where it is the own element's, where it is one of the three innermost elements', and wherever it is."""
    scale: float
    bias: float

    def scores(self, where: Sequence[Place]) -> list[float]:
        """Log-odds for each block that it is a story's."""
        known: dict[int, tuple[int, int, int, int]] = {}
        told: dict[tuple[str, ...], tuple[int, int, int]] = {(): (0, 0, 0)}
        return [round(self.bias + self.scale * self._sums(place, known, told)[3], 6) for place in where]

    def _sums(
        self,
        place: Place,
        known: dict[int, tuple[int, int, int, int]],
        told: dict[tuple[str, ...], tuple[int, int, int]],
    ) -> tuple[int, int, int, int]:
        """Weights of the names: of a near element, of the one around it, of all, and the block's own sum."""
        path: list[Place] = []
        at: Place | None = place
        while at is not None and id(at) not in known:
            path.append(at)
            at = at.outer
        near = before = around = total = 0
        if at is not None:
            near, before, around, total = known[id(at)]
        for node in reversed(path):
            named = node.names.named
            weights = told.get(named)
            if weights is None:
                weights = told[named] = self._of(named)
            own, inner, outer = weights
            around += outer
            total = own + inner + near + before + around
            near, before = inner, near
            known[id(node)] = near, before, around, total
        return near, before, around, total

    def _of(self, named: Sequence[str]) -> tuple[int, int, int]:
        found = [weights for weights in map(self.weights.get, named) if weights is not None]
        if not found:
            return 0, 0, 0
        own, inner, outer = zip(*found, strict=True)
        return sum(own), sum(inner), sum(outer)
