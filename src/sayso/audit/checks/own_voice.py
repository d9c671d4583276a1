"""Guilt, motives, blame and verdicts that the page asserts by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.audit.assertions import KINDS, asserting, own_voice
from sayso.audit.scene import Scene
from sayso.audit.words import compiled
from sayso.model import Finding, Span
from sayso.stages.findings_registry import finding

__all__ = ["disputable"]

SUBJECT_CHARS = 60
NEGATED_CHARS = 40
AGENT_CHARS = 80
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|got|had)\s+(?:\w+ly\s+)?\Z", re.IGNORECASE)
_AGENT = re.compile(r"\bby\s+(?!\w+ing\b)")
_NO_OBJECT = re.compile(r"\s+(?:in|on|at|near|during|last|while|outside|after|before|from|when)\b|\s*[.,;]")


def disputable(scene: Scene) -> Iterator[Finding]:
    """Guilt, motives, blame and verdicts that nobody is said to say, one remark a sentence."""
    for sentence in scene.sentences:
        words = sentence.of(scene.text)
        if own_voice("settled").search(words) or compiled("hearsay").search(words) or words.rstrip().endswith("?"):
            continue
        found = [(span, what) for kind, what in KINDS.items() for span in _asserted(scene, sentence, kind)]
        if found:
            span, what = min(found)
            yield finding("SAY207", span, words=span.of(scene.text), what=what)


def _asserted(scene: Scene, sentence: Span, kind: str) -> Iterator[Span]:
    for match in asserting(kind).finditer(scene.text, sentence.start, sentence.end):
        span = Span(*match.span())
        before = scene.text[max(sentence.start, span.start - NEGATED_CHARS) : span.start]
        if scene.quoted(span.start) or compiled("negation").search(before) or scene.held(span):
            continue
        if kind != "guilt" or not _is_of_nobody(scene, sentence, span):
            yield span


def _is_of_nobody(scene: Scene, sentence: Span, span: Span) -> bool:
    """`Thieves stole two bicycles`, `was murdered in her flat`: nobody is accused."""
    before = scene.text[max(sentence.start, span.start - SUBJECT_CHARS) : span.start]
    if own_voice("culprits").search(before):
        return True
    if not own_voice("done_to").fullmatch(span.of(scene.text)):
        return False
    after = scene.text[span.end : min(sentence.end, span.end + AGENT_CHARS)]
    passive = _PASSIVE.search(before) or _NO_OBJECT.match(after)
    return passive is not None and _AGENT.search(after) is None
