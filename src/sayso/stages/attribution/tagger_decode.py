"""From label probabilities of words to spans: the best sequence under BIO rules and a price on change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .tagger_input import LABELS

__all__ = ["Found", "best_labels", "spans_of"]

SWITCH = 0.3
"""Nats a change of span costs: single odd words inside a long content stay inside."""
OUTSIDE = 0.0
"""Nats taken from "outside": above 0, more is found for the score to weigh (no gain on documents held out)."""
GROUP = 64
"""Sequences decoded side by side."""

_ROLE = [label[2:] for label in LABELS]
_NEVER = -1e4

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Found:
    """A span of one role, in words of its sequence."""

    role: str
    start: int
    end: int
    """Excluded."""


def best_labels(sequences: Sequence[Floats], switch: float = SWITCH, outside: float = OUTSIDE) -> list[list[int]]:
    """The best label of each word, for each sequence of [words, labels] log-probabilities."""
    price = np.array([outside if label == "O" else 0.0 for label in LABELS])
    out: list[list[int]] = []
    for start in range(0, len(sequences), GROUP):
        out += _decode([s - price for s in sequences[start : start + GROUP]], _transitions(switch))
    return out


def spans_of(labels: Sequence[int]) -> Iterator[Found]:
    """Spans of a label sequence, in order."""
    start = 0
    for at in range(1, len(labels) + 1):
        goes_on = at < len(labels) and LABELS[labels[at]] == f"I-{_ROLE[labels[start]]}"
        if goes_on:
            continue
        if _ROLE[labels[start]]:
            yield Found(_ROLE[labels[start]], start, at)
        start = at


def _transitions(switch: float) -> Floats:
    """[from, to] log-weights: inside follows its own role alone, and every change costs `switch`."""
    weights = np.zeros((len(LABELS), len(LABELS)))
    for i, before in enumerate(LABELS):
        for j, after in enumerate(LABELS):
            if after[0] == "I" and before[2:] != after[2:]:
                weights[i, j] = _NEVER
            elif before[2:] != after[2:] or after[0] == "B":
                weights[i, j] = -switch
    return weights


def _decode(sequences: Sequence[Floats], transitions: Floats) -> list[list[int]]:
    longest = max((len(s) for s in sequences), default=0)
    if not longest:
        return [[] for _ in sequences]
    padded = np.zeros((len(sequences), longest, len(LABELS)))
    for row, sequence in enumerate(sequences):
        padded[row, : len(sequence)] = sequence
    inside = np.array([label[0] == "I" for label in LABELS])
    score = padded[:, 0] + np.where(inside, _NEVER, 0.0)
    pointers = np.zeros((longest, len(sequences), len(LABELS)), np.int64)
    scores = [score]
    for at in range(1, longest):
        ways = score[:, :, None] + transitions
        pointers[at] = ways.argmax(1)
        score = ways.max(1) + padded[:, at]
        scores.append(score)
    return [_trace(row, len(s), scores, pointers) for row, s in enumerate(sequences)]


def _trace(row: int, length: int, scores: list[Floats], pointers: NDArray[np.int64]) -> list[int]:
    if not length:
        return []
    label = int(scores[length - 1][row].argmax())
    out = [label]
    for at in range(length - 1, 0, -1):
        label = int(pointers[at, row, label])
        out.append(label)
    return out[::-1]
