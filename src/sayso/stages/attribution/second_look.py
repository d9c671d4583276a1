"""What the tagger overlooks at first: the same probabilities decoded again, with "outside" made dearer.

The first look finds what is likelier said than not. Short reports in the middle of a sentence often miss that by a
little; the second look takes them where the first found nothing, and the score decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .cover import Cover
from .footing import cue_of, tier_of
from .link import Mark
from .raw import RawAttribution
from .scene import Scene

__all__ = ["SecondLook", "apart", "overlooked"]


@dataclass(frozen=True, slots=True)
class SecondLook:
    """How much dearer "outside" is, and what is kept of what is found then."""

    outside: float = 1.5
    """Nats."""
    speech: float = 0.2
    """Least score where the cue is a word of saying."""
    other: float = 0.5
    """Least score of the rest."""


def overlooked(marks: Iterable[Mark], taken: Cover) -> list[Mark]:
    """The marks of the second look, less contents that touch what was found at the first."""
    return [mark for mark in marks if mark.role != "content" or not taken.touches(mark.span)]


def apart(again: Sequence[RawAttribution], taken: Cover, scene: Scene, look: SecondLook) -> list[RawAttribution]:
    """Of what the second look found, what touches nothing of `taken` and has the score that its cue needs."""
    return [
        raw
        for raw in again
        if raw.score >= min(look.speech, look.other)
        and not any(taken.touches(span) for span in (*raw.cue, *raw.content))
        and raw.score >= (look.speech if tier_of(cue_of(raw.cue, scene)) == "speech" else look.other)
    ]
