"""Findings on the sourcing: who is left unnamed, untold, or heard of by way of others only."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import ClassVar

from sayso.model import (
    Annotation,
    Article,
    Attribution,
    Context,
    Entity,
    Finding,
    Layers,
    OwnVoice,
    Span,
    Timex,
    merged,
)

from .attribution.quotes import find_quotes
from .findings_registry import finding

__all__ = ["SourcingFindings"]

UNNAMED = frozenset({"unnamed_person", "unnamed_official"})
NAMED = frozenset({"named_person", "named_official"})
MIN_QUOTED_WORDS = 6
"""Shorter words in marks are names, titles and scare quotes more often than speech."""
DETERMINERS = frozenset({"the", "some", "several", "many", "other", "unnamed", "anonymous", "unidentified", "certain"})
BARE = frozenset({"officials", "sources", "insiders", "observers", "authorities", "people", "source", "official"})


class SourcingFindings:
    """Remarks on attributions, quotations and times, as a standards editor would make them."""

    name: ClassVar[str] = "sayso.sourcing.v1"
    requires: ClassVar[frozenset[type[Annotation]]] = frozenset({Attribution, OwnVoice, Entity, Timex})
    provides: ClassVar[frozenset[type[Annotation]]] = frozenset({Finding})

    def warm_up(self) -> None:
        """Nothing to load."""

    def __call__(self, article: Article, layers: Layers, context: Context) -> Iterator[Annotation]:
        """Yield findings, each kind in text order."""
        attributions = layers[Attribution]
        names = {entity.id: entity.name for entity in layers[Entity]}
        yield from _unnamed(article, attributions)
        yield from _untold(article, attributions)
        yield from _at_second_hand(article, attributions, names)
        yield from _quoted_by_nobody(article, attributions)
        yield from _cues(article, attributions)
        yield from _times(article, layers[Timex], context)


def _key(article: Article, spans: Sequence[Span]) -> str:
    return " ".join(span.of(article.text).lower() for span in spans)


def _unnamed(article: Article, attributions: Sequence[Attribution]) -> Iterator[Finding]:
    """One remark a source, however often it speaks; a reason given once serves them all."""
    excused = {_key(article, a.source) for a in attributions if a.anonymity_reason}
    said: set[str] = set()
    for a in attributions:
        key = _key(article, a.source)
        if a.source_kind not in UNNAMED or a.tier != "speech" or not a.source or key in said:
            continue
        said.add(key)
        words = [word for word in key.split() if word not in DETERMINERS]
        source = a.source[0].of(article.text)
        if len(words) == 1 and words[0] in BARE:
            yield finding("SAY102", a.source[0], source=source)
        elif key not in excused:
            yield finding("SAY101", a.source[0], source=source)


def _untold(article: Article, attributions: Sequence[Attribution]) -> Iterator[Finding]:
    for a in attributions:
        if a.source and a.entity is None and a.candidates and a.tier == "speech" and a.source_kind not in NAMED:
            reason = a.reason or "it fits nobody in the text for certain"
            related = tuple(c.span for c in a.candidates if c.span is not None)
            yield finding("SAY103", a.source[0], related=related, source=a.source[0].of(article.text), reason=reason)


def _at_second_hand(article: Article, attributions: Sequence[Attribution], names: dict[str, str]) -> Iterator[Finding]:
    speech = [a for a in attributions if a.tier == "speech" and a.chain]
    # A step that is only inferred is no ground for a remark.
    through = [a for a in speech if any(step.kind == "outlet" and not step.inferred for step in a.chain)]
    for a in through:
        inner = [step for step in a.chain if step.kind != "page"]
        if len(inner) > 1 and a.content:
            steps = ["this page"]
            for step in inner:
                known = names.get(step.entity or "")
                steps.append(known or (step.span.of(article.text) if step.span else step.kind.replace("_", " ")))
            yield finding("SAY204", a.content[0], chain=" ← ".join(steps))
    if through and len(through) == len(speech):
        outlets = dict.fromkeys(
            names.get(step.entity or "") or (step.span.of(article.text) if step.span else "an outlet")
            for a in through
            for step in a.chain
            if step.kind == "outlet"
        )
        yield finding("SAY104", None, outlets=", ".join(outlets), related=tuple(a.content[0] for a in through))


def _quoted_by_nobody(article: Article, attributions: Sequence[Attribution]) -> Iterator[Finding]:
    claimed = merged(span for a in attributions for span in (*a.content, *a.cue))
    story = [block for block in article.story if block.kind not in ("headline", "dek", "heading")]
    for quote in find_quotes(article.text, story):
        after = bisect_left(claimed, quote.span.end, key=lambda span: span.start)
        taken = after > 0 and claimed[after - 1].end > quote.span.start
        if quote.words >= MIN_QUOTED_WORDS and not taken:
            yield finding("SAY201", quote.span)


def _cues(article: Article, attributions: Sequence[Attribution]) -> Iterator[Finding]:
    for a in attributions:
        if not a.cue or a.tier != "speech":
            continue
        cue = a.cue[0].of(article.text)
        if not a.source and cue.lower().endswith("ly"):
            yield finding("SAY203", a.cue[0], cue=cue)
        elif a.footing.attitude == "factive":
            yield finding("SAY202", a.cue[0], cue=cue, effect="says that the statement is true")
        elif a.footing.attitude == "doubting":
            yield finding("SAY202", a.cue[0], cue=cue, effect="doubts the statement")


def _times(article: Article, timexes: Sequence[Timex], context: Context) -> Iterator[Finding]:
    if context.published is None and any(t.value is None for t in timexes):
        yield finding("SAY402", None)
    for t in timexes:
        if t.value is None and t.type in ("DATE", "TIME") and context.published is not None:
            reason = t.reason or "nothing in the text anchors it"
            yield finding("SAY401", t.span, words=t.span.of(article.text), reason=reason)
