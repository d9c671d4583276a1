"""Word lists of the event stage."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.lang import load

__all__ = ["Words", "words"]


@dataclass(frozen=True, slots=True)
class Words:
    """What `lang/en/time_events.yaml` holds, as sets."""

    nouns: frozenset[str]
    weak_nouns: frozenset[str]
    statives: frozenset[str]
    governors: dict[str, str]
    """Lemma of a governing verb to the footing of what it governs."""
    hypothetical_marks: frozenset[str]
    hypothetical_phrases: tuple[str, ...]
    hedges: frozenset[str]
    reporting: frozenset[str]
    stamp_words: frozenset[str]
    """Labels of a page's own dates: `Published: …`."""
    stamp_leads: frozenset[str]
    """What may stand before such a label on its line."""


@cache
def words() -> Words:
    """The lists, read once."""
    data = load("time_events")
    governors = {word: footing for footing, group in data["governors"].items() for word in group}
    return Words(
        frozenset(data["nouns"]),
        frozenset(data["weak_nouns"]),
        frozenset(data["statives"]),
        governors,
        frozenset(data["hypothetical_marks"]),
        tuple(data["hypothetical_phrases"]),
        frozenset(data["hedges"]),
        frozenset(data["reporting"]),
        frozenset(data["stamp_words"]),
        frozenset(data["stamp_leads"]),
    )
