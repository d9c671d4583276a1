"""Which content and which source belong to which cue, and how likely the three are right together."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable

import numpy as np
from numpy.typing import NDArray

from sayso.model import Span

__all__ = ["FEATURES", "PAIR", "Link", "LinkWeights", "Mark", "features_of", "link", "pair_features", "probability"]

LEAST = -2.5
"""Log-odds below which a content has no cue in reach."""

PAIR = ("bias", "mass", "nothing", "other_paragraph", "before", "gap", "gap_before", "between")
"""What says that a content and a cue, or a cue and a source, belong together; `mass` is the pointer's logarithm."""

FEATURES = (
    "content", "content_weakest", "content_start", "content_end", "cue", "source", "no_source", "to_cue", "to_source",
    "words", "fragments", "quoted", "unquoted_no_source", "cue_words", "inside_quotes", "rivals",
)  # fmt: skip
"""What the score is worked out from, in the order of the weights' file."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mark:
    """A span that the tagger found in one window."""

    role: str
    part: int
    """Number of its paragraph, or part of one, in the window."""
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
    """Probability that the content belongs to the cue; the mean over fragments, by words."""
    to_source: float
    """Probability that the cue's source is the one chosen, or nothing."""
    rivals: int
    """Other cues in the same window."""


@dataclass(frozen=True, slots=True, eq=False)
class LinkWeights:
    """The learned weights of links and of their score."""

    to_cue: Floats
    """In the order of PAIR."""
    to_source: Floats
    bias: float
    score: tuple[float, ...]
    """In the order of FEATURES."""

    @classmethod
    def read(cls, path: Traversable) -> LinkWeights:
        """The weights in a file of the model."""
        known = json.loads(path.read_text("utf-8"))
        to_cue, to_source = (np.array([known[name][one] for one in PAIR]) for name in ("to_cue", "to_source"))
        score: Mapping[str, float] = known["score"]
        return cls(to_cue, to_source, score["bias"], tuple(score[name] for name in FEATURES))


def link(marks: Sequence[Mark], to_cue: Floats, to_source: Floats, weights: LinkWeights) -> list[Link]:
    """Links of one window.

    Args:
        marks: the spans of the window.
        to_cue: [contents, 1 + cues], mass on nothing and on each cue, in the order of `marks`.
        to_source: [cues, 1 + sources], mass on nothing and on each source.
        weights: what the masses and the places of the spans count.

    Returns:
        One link for each cue that has a content, in order of the cues.
    """
    contents, cues, sources = ([m for m in marks if m.role == role] for role in ("content", "cue", "source"))
    if not cues:
        return []
    goals = pair_features(contents, cues, to_cue) @ weights.to_cue
    mine: dict[int, list[int]] = {}
    for row, scores in enumerate(goals):
        best = int(scores[1:].argmax()) + 1
        if scores[best] >= LEAST:
            mine.setdefault(best - 1, []).append(row)
    origins = pair_features(cues, sources, to_source) @ weights.to_source
    out = []
    for cue, rows in sorted(mine.items()):
        words = np.array([len(contents[row].positions) for row in rows], np.float64)
        sure = float((_sigmoid(goals[rows, 1 + cue]) * words).sum() / words.sum())
        best = int(origins[cue].argmax())
        source = sources[best - 1] if best else None
        parts = tuple(sorted((contents[row] for row in rows), key=lambda mark: mark.span))
        out.append(Link(cues[cue], parts, source, sure, float(_sigmoid(origins[cue, best])), len(cues) - 1))
    return out


def pair_features(origins: Sequence[Mark], goals: Sequence[Mark], masses: Floats) -> Floats:
    """[origins, 1 + goals, PAIR]: what says that they belong together; the first goal is nothing."""
    out = np.zeros((len(origins), 1 + len(goals), len(PAIR)))
    out[:, :, 0] = 1.0
    out[:, :, 1] = np.log(np.maximum(masses, 1e-4))
    out[:, 0, 2] = 1.0
    starts = np.array([goal.positions[0] for goal in goals], np.int64)
    for row, origin in enumerate(origins):
        low, high = origin.positions[0], origin.positions[-1]
        for column, goal in enumerate(goals, 1):
            before = goal.positions[-1] < low
            left, right = (goal.positions[-1], low) if before else (high, goal.positions[0])
            between = int(((starts > left) & (starts < right)).sum())
            gap = math.log1p(max(0, right - left - 1))
            out[row, column, 3:] = (goal.part != origin.part, before, gap, gap * before, min(between, 3))
    return out


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
        math.log1p(found.rivals),
    ]


def probability(found: Link, weights: LinkWeights) -> float:
    """0..1: how likely content and source are right together."""
    values = features_of(found)
    total = weights.bias + sum(weight * value for weight, value in zip(weights.score, values, strict=True))
    return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))


def _sigmoid(values: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))))


def _mean_logit(values: Sequence[float]) -> float:
    return sum(map(_logit, values)) / len(values)


def _logit(value: float) -> float:
    value = min(max(value, 1e-4), 1 - 1e-4)
    return math.log(value / (1 - value))
