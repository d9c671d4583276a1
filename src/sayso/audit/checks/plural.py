"""Unnamed sources in the plural where the text shows one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.audit.scene import UNNAMED, Scene
from sayso.audit.words import around_noun, compiled, last_noun, singulars
from sayso.model import Attribution, Finding, Span
from sayso.stages.findings_registry import finding

from .people import short_name

__all__ = ["plural_for_one"]

_BACK = re.compile(r"(?:the|he|she|that|this)\b", re.IGNORECASE)


def plural_for_one(scene: Scene) -> Iterator[Finding]:
    """Sources in the plural where the text goes on to one of them alone."""
    seen: set[str] = set()
    for a in scene.speech:
        noun = _plural(scene, a)
        if noun is None or noun in seen:
            continue
        seen.add(noun)
        single = _clause(scene, a) or _only(scene, a, singulars()[noun])
        if single is not None:
            words = single.of(scene.text)
            yield finding(
                "SAY106", a.source[0], plural=short_name(scene.words(a.source)), single=words, related=(single,)
            )
    yield from _headline_plural(scene)


def _plural(scene: Scene, a: Attribution) -> str | None:
    """The plural noun that the source is, where nothing counts its members."""
    if not a.source or a.source_kind not in UNNAMED:
        return None
    noun = last_noun(short_name(scene.words(a.source)))
    counted = a.heads is not None and a.heads[1] is not None and a.heads[1] > 1
    return noun if noun in singulars() and not counted else None


def _clause(scene: Scene, a: Attribution) -> Span | None:
    """`officials, who … because he`: one person in the sentence of the plural."""
    sentence = scene.sentence_at(a.source[0].start)
    for match in compiled("one_person").finditer(scene.text, sentence.start, sentence.end):
        if not scene.quoted(match.start()) and _is_left_unnamed(sentence.of(scene.text)):
            return Span(*match.span())
    return None


def _is_left_unnamed(words: str) -> bool:
    return any(compiled(name).search(words) for name in ("anonymity", "formulas"))


def _only(scene: Scene, a: Attribution, single: str) -> Span | None:
    """`the official`, where no official was introduced alone or told from the others."""
    if any(True for _ in scene.matches(around_noun("told_apart", single))):
        return None
    after = max(span.end for span in (*a.source, *a.cue))
    speakers = {a.source[0].start for a in scene.speech if a.source}
    for noun in dict.fromkeys((single, "source", "person")):
        alone = (span for span in scene.matches(around_noun("alone", noun)) if span.start > after)
        found = next((span for span in alone if span.start in speakers), None)
        if found and not any(True for _ in scene.matches(around_noun("told_apart", noun))):
            return found
    return None


def _headline_plural(scene: Scene) -> Iterator[Finding]:
    """A headline's `sources say` over a body whose one unnamed source is one person."""
    match = scene.headline and compiled("headline_plurals").search(scene.headline.of(scene.text))
    if not match or scene.headline is None:
        return
    sources = [a for a in scene.speech if a.source and a.source_kind in UNNAMED]
    introduced = {scene.words(a.source) for a in sources if not _BACK.match(scene.words(a.source))}
    if sources and all(a.heads == (1, 1) for a in sources) and len(introduced) <= 1:
        span = Span(*match.span()).shifted(scene.headline.start)
        plural, single = span.of(scene.text).split()[0], short_name(scene.words(sources[0].source))
        yield finding("SAY106", span, plural=plural, single=single, related=(sources[0].source[0],))
