"""From labels and pointers of one window to marks: spans as tagged, and spans that a pointer insists on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.model import Span

from .link import Mark
from .tagger_decode import Found, spans_of
from .tagger_input import LABELS, Piece
from .tagger_model import Floats, Model, Read

__all__ = ["Window", "Words", "marks_of", "window_of"]

MAX_ROWS = 24
"""So many words of a content are asked for their cue; more add nothing."""
INSISTS = 0.3
"""Mass on one word from which a pointer's goal is believed though the tags leave it out."""
LOOSE = 0.2
"""Below this mass on every tagged goal, a pointer has found none of them."""
EDGE = 0.15
"""Neighbours of a source's heaviest word belong to it down to this share of its mass."""
MAX_GROWTH = 6
"""Words to either side that a source may grow by."""

_ROLES = ("content", "cue", "source")
_OF_ROLE = {role: [i for i, label in enumerate(LABELS) if label[2:] == role] for role in _ROLES}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one part of a paragraph, as they stand in a window."""

    at: NDArray[np.int64]
    """Window positions of their first word pieces."""
    starts: NDArray[np.int64]
    """First code points, in the text."""
    ends: NDArray[np.int64]
    quoted: NDArray[np.bool_]
    """Whether they stand between double quotation marks."""

    @classmethod
    def of(cls, piece: Piece) -> Words:
        """The words of `piece`; what stands before the first beginning of a word is left out."""
        first = np.flatnonzero(piece.part.first)
        last = np.append(first[1:], len(piece.part))[: len(first)] - 1
        part = piece.part
        return cls(first + piece.at, part.starts[first], part.ends[last], part.shapes[first] >= 3)

    def __len__(self) -> int:
        return len(self.at)


def marks_of(parts: Sequence[Words], labels: Iterator[list[int]], read: Read) -> list[Mark]:
    """The tagged spans of one window; `labels` gives each part's in turn."""
    return [_mark(parts, part, span, read) for part in range(len(parts)) for span in spans_of(next(labels))]


@dataclass(frozen=True, slots=True)
class Window:
    """Spans and pointers of one window, ready to be linked."""

    marks: list[Mark]
    to_cue: Floats
    """[contents, 1 + cues]: mass on nothing and on each cue."""
    to_source: Floats
    """[cues, 1 + sources]."""


def window_of(model: Model, read: Read, parts: Sequence[Words], marks: Sequence[Mark]) -> Window | None:
    """Pointer masses between the marks; what the tags leave out is added where a pointer insists on it.

    None where there is no content or no cue.
    """
    of_role = {role: [m for m in marks if m.role == role] for role in _ROLES}
    taken = {position for mark in marks for position in mark.positions}
    to_cue = [_mass(model, read, 0, mark) for mark in of_role["content"]]
    _add_missing("cue", to_cue, of_role["cue"], (parts, read, taken))
    if not to_cue or not of_role["cue"]:
        return None
    to_source = [_mass(model, read, 1, mark) for mark in of_role["cue"]]
    _add_missing("source", to_source, of_role["source"], (parts, read, taken))
    everything = [mark for role in _ROLES for mark in of_role[role]]
    return Window(everything, _table(to_cue, of_role["cue"]), _table(to_source, of_role["source"]))


def _mark(parts: Sequence[Words], part: int, found: Found, read: Read) -> Mark:
    words = parts[part]
    positions = words.at[found.start : found.end]
    tags = np.exp(read.tags[positions])
    begins = LABELS.index(f"B-{found.role}")
    after = np.exp(read.tags[words.at[found.end]])[begins + 1] if found.end < len(words) else 0.0
    return Mark(
        role=found.role,
        part=part,
        span=Span(int(words.starts[found.start]), int(words.ends[found.end - 1])),
        positions=tuple(positions.tolist()),
        certainty=tuple(tags[:, _OF_ROLE[found.role]].sum(1).tolist()),
        starts=float(tags[0, begins]),
        ends=float(1 - after),
        quoted=float(words.quoted[found.start : found.end].mean()),
    )


def _mass(model: Model, read: Read, which: int, origin: Mark) -> Floats:
    """Mean mass of a pointer over the origin's words, on every position."""
    step = -(-len(origin.positions) // MAX_ROWS)
    return np.asarray(model.points(read, which, np.array(origin.positions[::step], np.int64)).mean(0))


def _table(masses: list[Floats], goals: list[Mark]) -> Floats:
    """[origins, 1 + goals]: mass on nothing and on each goal's words."""
    return np.array([[mass[0], *(mass[list(goal.positions)].sum() for goal in goals)] for mass in masses])


def _add_missing(
    role: str, masses: list[Floats], goals: list[Mark], window: tuple[Sequence[Words], Read, set[int]]
) -> None:
    """Add to `goals` the words that a pointer insists on and that no span covers."""
    parts, read, taken = window
    for mass in masses:
        heaviest = int(mass.argmax())
        if heaviest == 0 or mass[heaviest] < INSISTS or heaviest in taken:
            continue
        if any(mass[list(goal.positions)].sum() >= LOOSE for goal in goals):
            continue
        mark = _grown(role, heaviest, mass, parts, read, taken)
        if mark:
            goals.append(mark)
            taken.update(mark.positions)


def _grown(role: str, heaviest: int, mass: Floats, parts: Sequence[Words], read: Read, taken: set[int]) -> Mark | None:
    part = next((i for i, w in enumerate(parts) if len(w) and w.at[0] <= heaviest <= w.at[-1]), None)
    if part is None:
        return None
    words = parts[part]
    start = int(np.searchsorted(words.at, heaviest))
    if words.at[start] != heaviest:
        return None
    end = start + 1
    least = EDGE * mass[heaviest]
    while start and end - start < MAX_GROWTH and mass[words.at[start - 1]] > least and words.at[start - 1] not in taken:
        start -= 1
    while end < len(words) and end - start < MAX_GROWTH and mass[words.at[end]] > least and words.at[end] not in taken:
        end += 1
    return _mark(parts, part, Found(role, start, end), read)
