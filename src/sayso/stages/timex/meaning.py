"""What an expression means once anchored, and what resolution may know of its place."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.model.annotation import Anchor, TimexType

from .calendar import When
from .render import narrowed
from .tense import Direction

__all__ = ["Meaning", "Situation", "dated", "unresolved"]


@dataclass(frozen=True, slots=True)
class Situation:
    """What resolution may know of the place: position, block, tense of the governing verb, kind of telling."""

    position: int
    block: int
    direction: Direction = ""
    verb: str = ""
    story: bool = False
    """History or narrative: times count from what was told, not from the publication."""
    lead: str = ""
    """The word before the expression."""
    planned: bool = False
    """Whether what lies ahead is seen from the past."""
    since: int | None = None
    """Where the sentence before begins, in the same block; None where it doesn't matter."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A resolved expression."""

    type: TimexType
    value: str | None
    mod: str | None = None
    anchor: Anchor | None = None
    first: int | None = None
    last: int | None = None
    score: float = 0.9
    reason: str = ""
    when: When | None = None
    """Set where later expressions may count from it."""
    aside: bool = False
    """A step back in the telling."""


def dated(
    when: When, reason: str, *, anchor: Anchor | None = None, score: float = 0.95, mod: str | None = None
) -> Meaning:
    """A meaning from a stretch of the calendar."""
    first, last = narrowed(when, mod)
    kind: TimexType = "TIME" if when.clock else "DATE"
    return Meaning(kind, when.value, mod, anchor, first, last, score, reason, when)


def unresolved(kind: TimexType, reason: str, mod: str | None = None) -> Meaning:
    """A meaning that stays open, and why."""
    return Meaning(kind, None, mod, None, None, None, 0.2, reason)
