"""Unnamed sources in the plural where the text shows one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso import lang
from sayso.audit.scene import UNNAMED, Scene
from sayso.audit.words import around_noun, compiled, last_noun, singular_of
from sayso.model import Attribution, Finding, Span
from sayso.stages.findings_registry import finding

from .people import is_person, short_name

__all__ = ["plural_for_one"]

ANY = ("source", "person", "official", "insider", "aide")
"""Nouns that one source may be called by in turn."""
_NAME_AFTER = re.compile(r"[^.,;:“”]{0,60},\s+(?:[A-Z][\w'’.-]*\s+){1,3}[A-Z][\w'’-]+\s*[,.]")
_BACK = re.compile(r"(?:the|he|she|that|this)\b", re.IGNORECASE)
_OF_THEM = re.compile(r"\b(?:of\s+them|they)\Z", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_HE = re.compile(r"(?:he|she)", re.IGNORECASE)


def plural_for_one(scene: Scene) -> Iterator[Finding]:
    """Sources in the plural where the text goes on to one of them alone."""
    seen: set[str] = set()
    for a in scene.said:
        span = _plural(scene, a)
        noun = last_noun(short_name(scene.words((span,)))) if span else ""
        if span is None or noun in seen:
            continue
        seen.add(noun)
        single = _clause(scene, a) or _only(scene, a, singular_of(noun)) or _pronoun(scene, a)
        if single is not None:
            plural, words = short_name(scene.words((span,))), single.of(scene.text)
            yield finding("SAY106", span, plural=plural, single=words, related=(single,))
    yield from _headline_plural(scene)


def _plural(scene: Scene, a: Attribution) -> Span | None:
    """Where the source is a plural noun for people; for `several of them`, where that noun stands before it."""
    if not a.source or a.source_kind not in UNNAMED:
        return None
    words = short_name(scene.words(a.source))
    if _OF_THEM.search(words):
        return _plural_before(scene, a.source[0].start)
    noun = last_noun(words)
    return a.source[0] if singular_of(noun) != noun and is_person(words) else None


def _plural_before(scene: Scene, position: int) -> Span | None:
    """The last plural noun for people in the sentence before it."""
    start = scene.sentence_at(position).start
    words = list(_WORD.finditer(scene.text, start, position))
    people = (w for w in reversed(words) if singular_of(w.group().casefold()) != w.group().casefold())
    return next((Span(*word.span()) for word in people), None)


def _clause(scene: Scene, a: Attribution) -> Span | None:
    """`officials, who … because he`: one person in the sentence of the plural."""
    sentence = scene.sentence_at(a.source[0].start)
    for match in compiled("one_person").finditer(scene.text, a.source[0].start, sentence.end):
        if not scene.quoted(match.start()) and _is_left_unnamed(sentence.of(scene.text)):
            return Span(*match.span())
    return None


def _is_left_unnamed(words: str) -> bool:
    return any(compiled(name).search(words) for name in ("anonymity", "formulas"))


def _only(scene: Scene, a: Attribution, single: str) -> Span | None:
    """`the official`, where no official was introduced alone or told from the others."""
    after = max(span.end for span in (*a.source, *a.cue))
    speakers = {one.source[0].start for one in scene.said if one.source}
    others = ANY if single in ANY else ("source", "person")
    for noun in dict.fromkeys((single, *others)):
        alone = (s for s in scene.matches(around_noun("alone", noun)) if s.start > after and not _is_named(scene, s))
        found = next((s for s in alone if s.start in speakers or _speaks_on(scene, s)), None)
        if any(True for _ in scene.matches(around_noun("told_apart", noun))):
            if noun == single:
                return None
        elif found:
            return found
    return None


def _is_named(scene: Scene, single: Span) -> bool:
    """`The teacher dismissed in March, Colin Farr,`."""
    return _NAME_AFTER.match(scene.text, single.end) is not None


def _speaks_on(scene: Scene, single: Span) -> bool:
    """`The banker, who asked not to be named, would not say`, `the source had seen it`."""
    if _followed_by(scene, "speaks_on", single):
        return True
    sentence = scene.sentence_at(single.start)
    noun = last_noun(single.of(scene.text))
    witnessed = noun in ANY or sentence.start == single.start
    return witnessed and (_followed_by(scene, "witnesses", single) or _is_said_by_one(scene, sentence))


def _followed_by(scene: Scene, name: str, single: Span) -> bool:
    return re.compile(lang.load("audit_words")[name]).match(scene.text, single.end) is not None


def _is_said_by_one(scene: Scene, sentence: Span) -> bool:
    """`The steward fainted, she said`."""
    return any(_HE.fullmatch(scene.words(a.source)) for a in scene.speech_in(sentence))


def _pronoun(scene: Scene, a: Attribution) -> Span | None:
    """`Officials said … He said`, where the text names nobody whom `he` could stand for."""
    if any(e.kind == "person" for e in scene.reading.entities or ()):
        return None
    after = scene.sentence_after(a.source[0].start)
    if compiled("somebody").search(scene.sentence_at(a.source[0].start).of(scene.text)):
        return None
    he = (x.source[0] for x in scene.said if x.source and after.contains(x.source[0]))
    return next((span for span in he if _HE.fullmatch(span.of(scene.text))), None)


def _headline_plural(scene: Scene) -> Iterator[Finding]:
    """A headline's `sources say` over a body whose one unnamed source is one person."""
    match = scene.headline and compiled("headline_plurals").search(scene.headline.of(scene.text))
    if not match or scene.headline is None:
        return
    sources = [a for a in scene.said if a.source and a.source_kind in UNNAMED]
    introduced = {scene.words(a.source) for a in sources if not _BACK.match(scene.words(a.source))}
    if sources and all(a.heads == (1, 1) for a in sources) and len(introduced) <= 1:
        span = Span(*match.span()).shifted(scene.headline.start)
        plural, single = span.of(scene.text).split()[0], short_name(scene.words(sources[0].source))
        yield finding("SAY106", span, plural=plural, single=single, related=(sources[0].source[0],))
