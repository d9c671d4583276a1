"""Unnamed sources: with no reason, with a formula for one, as many where one speaks, or alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.audit.scene import UNNAMED, Scene
from sayso.audit.words import around_noun, compiled, head_noun
from sayso.model import Attribution, Finding, Span
from sayso.stages.findings_registry import finding

__all__ = ["formulas", "is_met_before", "single_sources", "unnamed_sources"]

SHARED_WORDS = 2
SHARED_PART = 0.4
"""Two statements that share so many telling words, and so large a part of the shorter, say much the same."""


_DEFINITE = re.compile(r"(?:the|that|this|both|these|those)\s", re.IGNORECASE)
ONESELF = frozenset({"question", "hope", "fear", "opinion"})
"""Acts that nobody else could bear out."""
PRONOUNS = frozenset({"he", "she", "they", "it", "who", "i", "we", "you", "one"})


def unnamed_sources(scene: Scene, code: str) -> Iterator[Finding]:
    """The reading's own remarks, less those on somebody the text introduced before."""
    others = {a.source[0] for a in scene.speech if a.source and is_of_another(a)}
    for found in scene.reading.findings or ():
        if found.code != code or found.span is None or not scene.in_body(found.span.start) or found.span in others:
            continue
        if scene.quoted(found.span.start) or is_met_before(scene, found.span) or _is_name(scene, found.span):
            continue
        if code == "SAY101" and _is_excused(scene, found.span):
            continue
        yield found


def is_of_another(a: Attribution) -> bool:
    """Whether another outlet's source: its names are that outlet's to give."""
    return any(step.kind == "outlet" and not step.inferred for step in a.chain[:-1])


def is_met_before(scene: Scene, span: Span) -> bool:
    """`The engineer`, after `an engineer`."""
    words = span.of(scene.text)
    if not _DEFINITE.match(words):
        return False
    noun = head_noun(words)
    spoke = any(
        head_noun(scene.words(a.source)) == noun
        for a in scene.speech
        if a.source and a.source[0].end <= span.start and a.source_kind in UNNAMED
    )
    return spoke or around_noun("introduced", noun).search(scene.text, 0, span.start) is not None


def _is_name(scene: Scene, span: Span) -> bool:
    """`Reyes`, where two people are called so: unresolved, and no less named."""
    words = span.of(scene.text).split()
    known = {name.split()[-1] for name in scene.writers} | {
        entity.name.split()[-1] for entity in scene.reading.entities or () if entity.kind == "person" and entity.name
    }
    return bool(words) and len(words) <= 3 and words[-1].strip(",.") in known


def _is_excused(scene: Scene, span: Span) -> bool:
    """A reason in the sentence, or in the next where that tells why nobody is named."""
    after = scene.sentence_after(span.start).of(scene.text)
    here = scene.sentence_at(span.start).of(scene.text)
    told = any(compiled("anonymity").search(s) and compiled("reason").search(s) for s in (here, after))
    return told or bool(compiled("afraid").search(here) or any(compiled("formulas").search(s) for s in (here, after)))


def formulas(scene: Scene) -> Iterator[Finding]:
    """Reasons for anonymity that say nothing."""
    sources = [a.source[0] for a in scene.speech if a.source and a.source_kind in UNNAMED]
    taken: set[Span] = set()
    for span in scene.matches(compiled("formulas")):
        sentence = scene.sentence_at(span.start)
        words = sentence.of(scene.text)
        if sentence in taken or compiled("risks").search(words):
            continue
        here = any(sentence.overlaps(source) for source in sources)
        before = any(scene.sentence_after(source.start) == sentence for source in sources)
        pronoun = re.match(r"(?:he|she|they|the \w+|both|all)\b", words.lstrip(), re.IGNORECASE)
        if here or compiled("anonymity").search(words) or (before and pronoun):
            taken.add(sentence)
            yield finding("SAY105", span, words=" ".join(span.of(scene.text).split()))


def short_name(scene: Scene, a: Attribution) -> str:
    """The source's words less what a clause adds."""
    return re.split(r",|\swho\b", scene.words(a.source), maxsplit=1)[0]


def single_sources(scene: Scene) -> Iterator[Finding]:
    """Statements that stand on one unnamed person."""
    for a in scene.speech:
        if a.source_kind not in UNNAMED or a.heads != (1, 1) or not a.source or not a.content:
            continue
        if a.entity is not None or a.parent is not None or is_of_another(a) or a.footing.act in ONESELF:
            continue
        first = a.source[0]
        if scene.quoted(first.start) or _is_name(scene, first) or is_met_before(scene, first):
            continue
        if scene.words(a.source).casefold() not in PRONOUNS and not _is_borne_out(scene, a):
            yield finding("SAY107", first, source=short_name(scene, a))


def _is_borne_out(scene: Scene, a: Attribution) -> bool:
    """Somebody else says much the same, or a word of confirming stands where another speaks."""
    said = scene.telling(a)
    for other in scene.speech:
        if other.id == a.id or not other.source or other.source[0].overlaps(a.source[0]):
            continue
        same_noun = head_noun(scene.words(other.source)) == head_noun(scene.words(a.source))
        if same_noun and not (_is_another(scene, other) or _is_another(scene, a)):
            continue
        shared = said & scene.telling(other)
        near = scene.sentence_at(other.source[0].start).of(scene.text)
        if compiled("bearing_out").search(near) and (shared or abs(other.source[0].start - a.source[0].start) < 600):
            return True
        if len(shared) >= SHARED_WORDS and len(shared) >= SHARED_PART * min(len(said), len(scene.telling(other))):
            return True
    return False


def _is_another(scene: Scene, a: Attribution) -> bool:
    return compiled("another").match(scene.words(a.source)) is not None
