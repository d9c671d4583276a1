"""Hearsay with nobody behind it."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.audit.scene import Scene
from sayso.audit.words import compiled
from sayso.model import Finding
from sayso.stages.findings_registry import finding

__all__ = ["hearsay"]


def hearsay(scene: Scene) -> Iterator[Finding]:
    """`Reportedly` and the like, where nobody in the sentence reports."""
    for span in scene.matches(compiled("hearsay")):
        sentence = scene.sentence_at(span.start)
        words = scene.text[sentence.start : span.start] + " " + scene.text[span.end : sentence.end]
        if not scene.sourced(span.start) and not compiled("behind_hearsay").search(words):
            yield finding("SAY203", span, cue=" ".join(span.of(scene.text).split()))
