"""The cue lexicon: how often a lemma in a given frame was a cue, learned by `tools/learn_cues.py`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sayso import lang

__all__ = ["Lexicon", "lexicon", "logit"]

PRIOR_WEIGHT = 4.0
"""Sightings that a prior is worth."""


def logit(probability: float) -> float:
    """Log-odds, held to ±6.

    >>> round(logit(0.5), 3)
    0.0
    """
    p = min(max(probability, 0.0025), 0.9975)
    return math.log(p / (1 - p))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Counts of cues by lemma and frame, with back-off to the lemma, then to the frame."""

    counts: Mapping[str, Mapping[str, tuple[int, int]]]
    """lemma -> frame -> (times a cue, times seen)."""
    frames: Mapping[str, tuple[int, int]]
    """The same over all lemmas."""

    def prior(self, frame: str) -> float:
        """Probability of a cue in the frame, whatever the lemma."""
        hits, seen = self.frames.get(frame, (0, 0))
        return (hits + 1) / (seen + 4)

    def of_lemma(self, lemma: str) -> float:
        """Probability that the lemma is a cue, whatever the frame."""
        known = self.counts.get(lemma, {})
        hits, seen = sum(h for h, _ in known.values()), sum(n for _, n in known.values())
        return (hits + 0.15 * PRIOR_WEIGHT) / (seen + PRIOR_WEIGHT)

    def of_frame(self, lemma: str, frame: str) -> float:
        """Probability that the lemma in this frame is a cue."""
        hits, seen = self.counts.get(lemma, {}).get(frame, (0, 0))
        prior = (self.prior(frame) + self.of_lemma(lemma)) / 2
        return (hits + prior * PRIOR_WEIGHT) / (seen + PRIOR_WEIGHT)

    def seen(self, lemma: str) -> int:
        """How often the lemma was seen in any frame."""
        return sum(n for _, n in self.counts.get(lemma, {}).values())


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon."""
    data = lang.load("cues")
    counts = {
        lemma: {frame: (int(pair[0]), int(pair[1])) for frame, pair in frames.items()}
        for lemma, frames in data["lemmas"].items()
    }
    frames = {frame: (int(pair[0]), int(pair[1])) for frame, pair in data["frames"].items()}
    return Lexicon(counts, frames)
