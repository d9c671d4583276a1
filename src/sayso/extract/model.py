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

from .context import CONTEXT_NAMES, OWN_NAMES, context_columns
from .features import NAMES, block_features
from .groups import groups_of
from .landmarks import LANDMARK_NAMES, Landmarks, landmark_columns
from .places import Place, places
from .segment import PageBlock
from .text import PageFacts, tokens_of
from .wording import Markup, Wording, heading_marks, line_marks, marks_of

__all__ = [
    "COLUMNS",
    "CRUMB",
    "LINEAR",
    "MAX_BLOCKS",
    "SECOND_COLUMNS",
    "BlockModel",
    "Linear",
    "best_cut",
    "block_model",
]

LINEAR = ("wording", "line", "heading", "markup")
"""Names of the linear models, whose scores are the last columns."""
COLUMNS: tuple[str, ...] = (*NAMES, *LINEAR)
"""Names of what the forest reads, in order."""
SECOND_COLUMNS: tuple[str, ...] = (*CONTEXT_NAMES, *LANDMARK_NAMES, *(f"own_{name}" for name in OWN_NAMES))
"""Names of what the second forest reads."""
_OWN = [COLUMNS.index(name) for name in OWN_NAMES]
SURE_OUT = 0.02
"""Probability of the first forest below which the second isn't asked."""
CRUMB = 0.01
"""Probability of a crumb of navigation."""
SIFT = (48, -3.0)
"""Trees after which blocks are let go, and the log-odds below which they are."""
LOWEST, HIGHEST = 0.3, 0.6
"""Bounds of a page's threshold."""
MAX_BLOCKS = 4_000
"""Blocks that are told apart; those after them are no part of the story."""
NO_LANDMARKS = Landmarks()
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """Linear models over words of a block, of a short line and of the heading above, and over names of markup."""

    wording: Wording
    line: Wording
    heading: Wording
    markup: Markup

    def columns(self, blocks: Sequence[PageBlock], rows: Sequence[int], where: Sequence[Place]) -> Floats:
        """Scores of the blocks at `rows`, float32, shape [rows, 4]."""
        out = np.zeros((len(rows), len(LINEAR)), dtype=np.float32)
        above = headings_above(blocks)
        known = {i: self.heading.score(heading_marks(tokens_of(blocks[i]))) for i in sorted(set(above)) if i >= 0}
        known[-1] = 0.0
        for at, i in enumerate(rows):
            tokens = tokens_of(blocks[i])
            out[at, 0] = self.wording.score(marks_of(tokens))
            out[at, 1] = self.line.score(line_marks(tokens))
            out[at, 2] = known[above[i]]
        out[:, 3] = self.markup.scores([where[i] for i in rows])
        return out


def headings_above(blocks: Sequence[PageBlock]) -> list[int]:
    """For each block the index of the last heading before it; -1 where there is none, and for headings."""
    out = []
    last = -1
    for i, block in enumerate(blocks):
        if block.element.tag in _HEADINGS:
            last = i
            out.append(-1)
        else:
            out.append(last)
    return out


@dataclass(frozen=True, slots=True, eq=False)
class BlockModel:
    """A forest over markup, place, neighbours and words; and one over what the first says of the blocks nearby."""

    forest: Forest
    linear: Linear
    second: Forest

    def probabilities(
        self,
        blocks: Sequence[PageBlock],
        facts: PageFacts,
        where: Sequence[Place] | None = None,
        landmarks: Landmarks = NO_LANDMARKS,
    ) -> list[float]:
        """0..1 for each block.

        Args:
            blocks: the page's blocks, in page order, at most MAX_BLOCKS.
            facts: what the page's head says.
            where: the blocks' places, if known.
            landmarks: what metadata found.
        """
        where = where if where is not None else places(blocks)
        groups = groups_of(blocks, where)
        rows, columns = block_features(blocks, facts, where, groups)
        out = [CRUMB] * len(blocks)
        if not rows:
            return out
        columns = np.hstack([columns, self.linear.columns(blocks, rows, where)])
        first = self.forest.predict(columns, sift=SIFT)
        for i, p in zip(rows, first.tolist(), strict=True):
            out[i] = p
        open_rows = np.flatnonzero(first >= SURE_OUT)
        if len(open_rows):
            at = np.array(rows)[open_rows]
            around = context_columns(groups, [len(block.text) for block in blocks], out)
            marks = landmark_columns(blocks, at.tolist(), facts, landmarks)
            second = self.second.predict(second_columns(around[at], marks, columns[open_rows]))
            for i, p in zip(at.tolist(), second.tolist(), strict=True):
                out[i] = p
        return out


def second_columns(around: NDArray[np.float64], marks: NDArray[np.float64], columns: Floats) -> Floats:
    """What the second forest reads, in the order of SECOND_COLUMNS: context, landmarks, some of the first's columns."""
    return np.hstack([around, marks, columns[:, _OWN]]).astype(np.float32)


def best_cut(sizes: Sequence[float], probabilities: Sequence[float] | NDArray[np.float64]) -> float:
    """The probability from which blocks are taken for a page's story.

    It is the one where precision and recall are expected to add up to most, within bounds.

    Args:
        sizes: how much each block counts, at least 0.
        probabilities: of being the story's, as many.
    """
    p = np.asarray(probabilities, dtype=np.float64)
    if not len(p):
        return HIGHEST
    size = np.asarray(sizes, dtype=np.float64)
    order = np.argsort(-p, kind="stable")
    found, taken = np.cumsum((p * size)[order]), np.cumsum(size[order])
    whole = max(float(found[-1]), 1e-9)
    best = int(np.argmax(found / np.maximum(taken, 1e-9) + found / whole))
    return float(min(HIGHEST, max(LOWEST, p[order][best])))


def read_linear(held: Mapping[str, NDArray[np.generic]]) -> Linear:
    """The linear models out of their arrays."""
    wording, line, heading = (
        Wording(_weights(held, name), float(held[f"{name}_scale"]), float(held[f"{name}_bias"])) for name in LINEAR[:3]
    )
    names: dict[str, list[int]] = {}
    for mark, weight in _weights(held, "markup").items():
        names.setdefault(mark[2:], [0, 0, 0])["ona".index(mark[0])] = weight
    weights = {name: (own, near, around) for name, (own, near, around) in names.items()}
    return Linear(wording, line, heading, Markup(weights, float(held["markup_scale"]), float(held["markup_bias"])))


def _weights(held: Mapping[str, NDArray[np.generic]], name: str) -> dict[str, int]:
    marks = bytes(held[f"{name}_marks"]).decode().split("\n")
    return dict(zip(marks, held[f"{name}_weights"].astype(int).tolist(), strict=True))


@cache
def block_model() -> BlockModel:
    """The shipped model, loaded once per process."""
    folder = files(__package__).joinpath("weights")
    with np.load(BytesIO(folder.joinpath("blocks-linear.npz").read_bytes()), allow_pickle=False) as held:
        linear = read_linear({name: held[name] for name in held.files})
    with as_file(folder) as place:
        return BlockModel(Forest.load(place / "blocks-forest.npz"), linear, Forest.load(place / "blocks-second.npz"))
