"""Blocks of another story, told from the story's own by their text alone.

Two boosted forests. The first reads each block against the rest of the page: shared words, names and numbers, topic,
style, place. The second reads it again once the suspects are known, counting each block by how likely it is the
story's own, so that the two halves of a teaser no longer vouch for each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sayso.learned import Forest

from .foreign_features import PageView, features, second
from .foreign_words import lexicon

__all__ = ["FOREIGN_THRESHOLD", "SETTLED", "score_foreign", "score_sentences", "warm_up"]

FOREIGN_THRESHOLD: Final = 0.9
"""From this score up a block is flagged; at most one untouched article in twenty then has a block flagged."""
MIN_BLOCKS: Final = 4
"""A page of fewer blocks has no rest to compare with: nothing is scored."""
MAX_BLOCKS: Final = 200
"""Longer pages are read in pieces of about this many blocks; the cost grows with the square of a piece."""
SETTLED: Final = 0.05
"""First score that some block of a page must reach for the page to be read a second time."""
SURE: Final = 0.003
"""First score below which a block keeps it; as a foreign block's that is met once in four hundred."""


@dataclass(frozen=True, slots=True, eq=False)
class _Model:
    first: Forest
    second: Forest


@cache
def _model() -> _Model:
    folder = files(__package__).joinpath("weights")
    with as_file(folder.joinpath("foreign-first.npz")) as one, as_file(folder.joinpath("foreign-second.npz")) as two:
        return _Model(Forest.load(one), Forest.load(two))


def warm_up() -> None:
    """Load the lexicon and both forests, once per process."""
    lexicon()
    _model()


def score_foreign(
    paragraphs: Sequence[str],
    title: str | None = None,
    kinds: Sequence[str] | None = None,
    settled: float = SETTLED,
) -> list[float]:
    """How likely each block belongs to another story than the rest, from text alone.

    Args:
        paragraphs: the page's blocks of text, in page order, the headline left out where `title` gives it.
        title: the story's headline, if known.
        kinds: the blocks' kinds, as many; a block that isn't running text (stamp, byline, headline, caption,
            widget, furniture) gets 0 and doesn't count as part of the story.
        settled: a page none of whose blocks reaches this by the first forest keeps that forest's scores.

    Returns:
        A score of 0..1 for each block, deterministic. All 0 for fewer than 4 blocks of running text.

    >>> score_foreign(["One block alone."], "A title")
    [0.0]
    """
    scores = [0.0] * len(paragraphs)
    read = [
        i for i, text in enumerate(paragraphs) if text.strip() and (kinds is None or kinds[i] not in NOT_RUNNING_TEXT)
    ]
    for piece in _pieces(read):
        for i, score in zip(piece, _score([paragraphs[i] for i in piece], title, settled), strict=True):
            scores[i] = float(score)
    return scores


NOT_RUNNING_TEXT: Final = frozenset({"headline", "byline", "date", "caption", "widget", "furniture"})


def _pieces(read: list[int]) -> list[list[int]]:
    if len(read) < MIN_BLOCKS:
        return []
    count = -(-len(read) // MAX_BLOCKS)
    cuts = [len(read) * i // count for i in range(count + 1)]
    return [read[start:end] for start, end in pairwise(cuts)]


def _score(texts: Sequence[str], title: str | None, settled: float) -> NDArray[np.float64]:
    model = _model()
    page = PageView(texts, title, lexicon())
    told = features(page)
    scores = model.first.predict(columns(told, model.first.names))
    if scores.max() < settled:
        return scores
    doubtful = np.flatnonzero(scores >= SURE)
    rows = columns(second(page, told, scores), model.second.names)[doubtful]
    scores[doubtful] = model.second.predict(rows)
    return scores


def columns(held: Mapping[str, NDArray[np.float32]], names: Sequence[str]) -> NDArray[np.float32]:
    """The features a forest reads, shape [n, len(names)]."""
    return np.column_stack([held[name] for name in names])


def score_sentences(sentences: Sequence[str], story: Sequence[str], title: str | None = None) -> list[float]:
    """How likely each sentence of one block belongs to another story, given the story's other blocks."""
    return score_foreign([*sentences, *story], title)[: len(sentences)]
