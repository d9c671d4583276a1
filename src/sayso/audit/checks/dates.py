"""Dates that a later reader can't tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.audit.scene import Scene
from sayso.audit.words import compiled
from sayso.model import Finding
from sayso.stages.findings_registry import finding

__all__ = ["rotting_dates"]

_DATE = re.compile(
    r"\b(?:1[6-9]|20)\d\d\b|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}\b"
)


def rotting_dates(scene: Scene) -> Iterator[Finding]:
    """Dates told from the day of writing, where the sentence gives no date beside them."""
    end = -1
    for span in scene.matches(compiled("rotting")):
        joined = end >= 0 and not scene.text[end : span.start].strip()  # `a year ago this week`
        end = span.end
        if not joined and not _DATE.search(scene.sentence_at(span.start).of(scene.text)):
            yield finding("SAY403", span, words=" ".join(span.of(scene.text).split()))
