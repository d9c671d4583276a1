"""The seam between finding spans and reading them: raw attributions and the detector protocol.

A detector says which words are source, cue and content; everything else (speaker, kind, nesting,
chain, footing) is worked out from that, whoever found it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from sayso.model import Article, Sentence, Span
from sayso.stages.parse import Parse

__all__ = ["Detector", "RawAttribution"]


@dataclass(frozen=True, slots=True)
class RawAttribution:
    """Source, cue and content as found, spans of the article text, each tuple in text order."""

    source: tuple[Span, ...]
    """Empty where the text names nobody."""
    cue: tuple[Span, ...]
    """Empty for a floating quotation."""
    content: tuple[Span, ...]
    """Never empty; less the cue and the source where they interrupt it."""
    score: float
    """0..1, how likely the three belong together as found."""
    parent_index: int | None = None
    """Position, in the same list, of the attribution whose content holds this one; None where the
    detector does not say (it is then read off the spans)."""


@runtime_checkable
class Detector(Protocol):
    """Finds attributions in the story's blocks; pure, never raises for what stands in a page."""

    def warm_up(self) -> None:
        """Load models and word lists; called once per process."""
        ...

    def __call__(
        self, article: Article, parses: Sequence[Parse], sentences: Sequence[Sentence]
    ) -> list[RawAttribution]:
        """Attributions of the story in text order of their first span."""
        ...
