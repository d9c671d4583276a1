"""Which content and which source belong to which cue, and how likely the three are right together."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from sayso.model import Span

__all__ = ["FEATURES", "Link", "Mark", "features_of", "link", "link_weights", "probability"]

MIN_LINK = 0.15
"""Below this share of a pointer's mass, a content has no cue in reach."""

FEATURES = (
    "content", "content_weakest", "content_start", "content_end", "cue", "source", "no_source", "to_cue", "to_source",
    "words", "fragments", "quoted", "unquoted_no_source", "cue_words", "inside_quotes", "first_in_window", "rivals",
)  # fmt: skip
"""What the score is worked out from, in the order of the weights' file."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mark:
    """A span that the tagger found in one window."""

    role: str
    span: Span
    """In the article's text."""
    positions: tuple[int, ...]
    """The first word piece of each word, in the window."""
    certainty: tuple[float, ...]
    """Probability of the span's role at each word."""
    starts: float
    """Probability that a span of the role begins at the first word."""
    ends: float
    """Probability that the word after the last has another label."""
    quoted: float
    """Share of words between double quotation marks."""


@dataclass(frozen=True, slots=True)
class Link:
    """A cue with what belongs to it."""

    cue: Mark
    contents: tuple[Mark, ...]
    source: Mark | None
    to_cue: float
    """Mass of the pointer from the content to the cue; the mean over fragments, by words."""
    to_source: float
    """Mass of the pointer from the cue to the source chosen, or to nothing."""
    rivals: int
    """Other cues in the same window."""


def link(marks: Sequence[Mark], to_cue: Floats, to_source: Floats) -> list[Link]:
    """Links of one window.

    Args:
        marks: the spans of the window, in order.
        to_cue: [contents, 1 + cues], mass on nothing and on each cue, in the order of `marks`.
        to_source: [cues, 1 + sources], mass on nothing and on each source.

    Returns:
        One link for each cue that has a content, in order of the cues.
    """
    contents, cues, sources = ([m for m in marks if m.role == role] for role in ("content", "cue", "source"))
    mine: dict[int, list[int]] = {}
    for row in range(len(contents)):
        best = int(to_cue[row, 1:].argmax()) if cues else -1
        if best >= 0 and to_cue[row, 1 + best] >= MIN_LINK:
            mine.setdefault(best, []).append(row)
    return [_linked(cue, rows, (contents, cues, sources), to_cue, to_source) for cue, rows in sorted(mine.items())]


def _linked(
    cue: int, rows: list[int], parts: tuple[list[Mark], list[Mark], list[Mark]], to_cue: Floats, to_source: Floats
) -> Link:
    contents, cues, sources = parts
    best = int(to_source[cue].argmax())
    words = np.array([len(contents[row].positions) for row in rows], np.float64)
    mass = float((to_cue[rows, 1 + cue] * words).sum() / words.sum())
    source = sources[best - 1] if best else None
    chosen = tuple(contents[row] for row in rows)
    return Link(cues[cue], chosen, source, mass, float(to_source[cue, best]), len(cues) - 1)


def features_of(found: Link) -> list[float]:
    """The values of FEATURES for one link."""
    certain = [p for content in found.contents for p in content.certainty]
    words = len(certain)
    quoted = sum(c.quoted * len(c.positions) for c in found.contents) / words
    return [
        _mean_logit(certain),
        _logit(min(certain)),
        _logit(found.contents[0].starts),
        _logit(found.contents[-1].ends),
        _mean_logit(found.cue.certainty),
        _mean_logit(found.source.certainty) if found.source else 0.0,
        float(found.source is None),
        _logit(found.to_cue),
        _logit(found.to_source),
        math.log1p(words),
        float(len(found.contents) - 1),
        float(quoted > 0.9),
        float(quoted < 0.1 and found.source is None),
        math.log1p(len(found.cue.positions)),
        float(found.cue.quoted > 0.5),
        float(found.contents[0].positions[0] <= 1),
        math.log1p(found.rivals),
    ]


@cache
def link_weights() -> tuple[float, tuple[float, ...]]:
    """Bias and weights of the shipped score, in the order of FEATURES."""
    text = files("sayso.stages.attribution").joinpath("weights/linker-v1.json").read_text("utf-8")
    known: Mapping[str, float] = json.loads(text)["weights"]
    return known["bias"], tuple(known[name] for name in FEATURES)


def probability(found: Link) -> float:
    """0..1: how likely content and source are right together."""
    bias, weights = link_weights()
    total = bias + sum(weight * value for weight, value in zip(weights, features_of(found), strict=True))
    return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))


def _mean_logit(values: Sequence[float]) -> float:
    return sum(map(_logit, values)) / len(values)


def _logit(value: float) -> float:
    value = min(max(value, 1e-4), 1 - 1e-4)
    return math.log(value / (1 - value))
