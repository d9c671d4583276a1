"""Unnamed sources: with no reason, with a formula for one, or with nothing said of who they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.audit.scene import Scene
from sayso.audit.words import compiled
from sayso.model import Attribution, Finding, Span
from sayso.stages.findings_registry import finding

from .people import is_bare, is_counted, is_met_before, is_of_another, is_person, is_told_otherwise, is_unnamed

__all__ = ["formulas", "undescribed_sources", "unnamed_sources"]

_CLAUSE = re.compile(r",|\s(?:who|whose|fearing|afraid|worried|wary|lest)\b", re.IGNORECASE)


def undescribed_sources(scene: Scene) -> Iterator[Finding]:
    """Bare `officials` and `a source`, one remark a wording."""
    said: set[str] = set()
    for a in scene.said:
        words = scene.words(a.source).casefold()
        if not is_bare(words) or words in said or is_of_another(scene, a) or scene.quoted(a.source[0].start):
            continue
        said.add(words)
        if not is_met_before(scene, a.source[0]):
            yield finding("SAY102", a.source[0], source=a.source[0].of(scene.text))


def unnamed_sources(scene: Scene) -> Iterator[Finding]:
    """People who speak unnamed and without a reason, less those whom the text tells of otherwise."""
    said = {scene.words(a.source).casefold() for a in scene.said if a.source and a.anonymity_reason}
    for a in scene.said:
        words = scene.words(a.source)
        if not a.source or words.casefold() in said or not is_unnamed(a, words):
            continue
        said.add(words.casefold())
        span = a.source[0]
        if scene.quoted(span.start) or is_of_another(scene, a) or is_bare(words) or not is_person(words):
            continue
        if is_counted(a, words) and not is_told_otherwise(scene, span) and not _is_excused(scene, a):
            yield finding("SAY101", span, source=span.of(scene.text))


def _is_excused(scene: Scene, a: Attribution) -> bool:
    """A reason in the sentence, or in the next where that tells why nobody is named."""
    span = a.source[0]
    after = scene.sentence_after(span.start).of(scene.text)
    here = scene.near(span.start).of(scene.text)
    if any(compiled("anonymity").search(s) and _tells_why(s) for s in (here, after)):
        return True
    if compiled("reason").search(here) and compiled("risks").search(here):
        return True
    until = max((span.end for span in (*a.source, *a.cue)), default=span.end)
    added = _CLAUSE.search(scene.text, span.start, until)
    if added and compiled("risks").search(scene.text, added.start(), until):
        return True
    return bool(compiled("afraid").search(here) or any(compiled("formulas").search(s) for s in (here, after)))


def _tells_why(words: str) -> bool:
    return any(compiled(name).search(words) for name in ("reason", "risks"))


def formulas(scene: Scene) -> Iterator[Finding]:
    """Reasons for anonymity that say nothing."""
    sources = [a.source[0] for a in scene.said if a.source and is_unnamed(a, scene.words(a.source))]
    taken: set[Span] = set()
    for span in scene.matches(compiled("formulas")):
        sentence = scene.sentence_at(span.start)
        words = sentence.of(scene.text)
        if sentence in taken or _is_at_risk(scene, sentence):
            continue
        here = any(sentence.overlaps(source) for source in sources)
        before = any(scene.sentence_after(source.start) == sentence for source in sources)
        pronoun = re.match(r"(?:he|she|they|the \w+|both|all)\b", words.lstrip(), re.IGNORECASE)
        if here or compiled("anonymity").search(words) or (before and pronoun):
            taken.add(sentence)
            yield finding("SAY105", span, words=" ".join(span.of(scene.text).split()))


def _is_at_risk(scene: Scene, sentence: Span) -> bool:
    """Whether the sentence tells what the source would risk: `said the visas were forged` tells none."""
    if compiled("fears").search(scene.text, sentence.start, sentence.end):
        return compiled("risks").search(sentence.of(scene.text)) is not None
    told = [span for a in scene.speech_in(sentence) for span in a.content]
    risks = compiled("risks").finditer(scene.text, sentence.start, sentence.end)
    return any(not any(span.start <= risk.start() < span.end for span in told) for risk in risks)
