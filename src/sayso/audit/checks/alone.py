"""Statements that stand on one unnamed person, and how others bear them out."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.audit.scene import Scene
from sayso.audit.words import around_noun, compiled, head_noun
from sayso.model import Attribution, Finding, Span
from sayso.stages.findings_registry import finding

from .people import is_definite, is_of_another, is_person, is_told_otherwise, is_unnamed, meant, short_name

__all__ = ["single_sources"]

SHARED_WORDS = 2
SHARED_PART = 0.4
"""Two statements that share so many telling words, and so large a part of the shorter, say much the same."""
NEAR_CHARS = 600
ONESELF = frozenset({"question", "hope", "fear", "opinion"})
"""Acts that nobody else could bear out."""


def single_sources(scene: Scene) -> Iterator[Finding]:
    """One remark a person, at the first statement."""
    spoke: set[str] = set()
    for a in scene.said:
        if a.source and not is_unnamed(a, scene.words(a.source)):
            spoke.add(head_noun(scene.words(a.source)))  # `an official, Vera Mols`
        elif a.source and a.content and a.heads == (1, 1):
            yield from _alone(scene, a, spoke)


def _alone(scene: Scene, a: Attribution, spoke: set[str]) -> Iterator[Finding]:
    if compiled("anonymity").search(scene.words((*a.cue, *a.content))):
        return  # asks not to be named, and states nothing yet
    first = meant(scene, a)
    words = scene.words((first,))
    noun = head_noun(words)
    again = noun in spoke and (is_definite(words) or first != a.source[0])
    spoke.add(noun)
    if again or _is_no_statement(scene, a) or scene.quoted(first.start) or not is_person(words):
        return
    if not _is_introduced(scene, first, noun) and is_told_otherwise(scene, first):
        return
    if not _is_borne_out(scene, a):
        yield finding("SAY107", first, source=short_name(words))


def _is_no_statement(scene: Scene, a: Attribution) -> bool:
    if a.tier != "speech" and compiled("wishing").search(scene.words(a.cue)):
        return True
    described = compiled("describing").match(scene.words(a.cue)) is not None
    if a.entity is not None or a.parent is not None or is_of_another(scene, a):
        return True
    return a.footing.act in ONESELF and not described


def _is_introduced(scene: Scene, span: Span, noun: str) -> bool:
    """`The official` after `an official`, who said nothing there."""
    words = scene.words((span,))
    return is_definite(words) and around_noun("introduced_one", noun).search(scene.text, 0, span.start) is not None


def _is_borne_out(scene: Scene, a: Attribution) -> bool:
    """Somebody else says much the same, or a word of confirming stands where another speaks."""
    return _is_backed(scene, a) or any(_bears_out(scene, a, other) for other in scene.said)


def _is_backed(scene: Scene, a: Attribution) -> bool:
    """`Her account is borne out by two letters`, near what she says."""
    return any(
        0 < span.start - a.source[0].start < NEAR_CHARS and not _is_taken_back(scene, span)
        for span in scene.matches(compiled("borne_out"))
    )


def _is_taken_back(scene: Scene, span: Span) -> bool:
    """`The ministry declined to confirm`: a word of refusing or denying before it in the sentence."""
    return compiled("unconfirmed").search(scene.text, scene.near(span.start).start, span.start) is not None


def _bears_out(scene: Scene, a: Attribution, other: Attribution) -> bool:
    if other.id == a.id or not other.source or other.source[0].overlaps(a.source[0]):
        return False
    same_noun = head_noun(scene.words((meant(scene, other),))) == head_noun(scene.words(a.source))
    if (same_noun and not (_is_another(scene, other) or _is_another(scene, a))) or _contradicts(scene, a, other):
        return False
    shared = scene.telling(a) & scene.telling(other)
    near = abs(a.source[0].start - other.source[0].start) < NEAR_CHARS
    if (shared or near) and _confirms(scene, other):
        return True
    if near and compiled("the_same").fullmatch(scene.words(other.content).strip(" .,")):
        return True
    sentences = [scene.near(x.source[0].start).of(scene.text) for x in (a, other)]
    if shared and any(compiled("joining").search(words) for words in sentences):
        return True
    least = min(len(scene.telling(a)), len(scene.telling(other)))
    return len(shared) >= SHARED_WORDS and len(shared) >= SHARED_PART * least


def _confirms(scene: Scene, other: Attribution) -> bool:
    sentence = scene.near(other.source[0].start)
    found = compiled("confirming").finditer(scene.text, sentence.start, sentence.end)
    return any(not _is_taken_back(scene, Span(*match.span())) for match in found)


def _contradicts(scene: Scene, a: Attribution, other: Attribution) -> bool:
    """A denial, or the same words where one of the two says no."""
    if other.footing.polarity != a.footing.polarity:
        return True
    denies = [compiled("contrary").search(scene.words(x.content)) is not None for x in (a, other)]
    return denies[0] != denies[1]


def _is_another(scene: Scene, a: Attribution) -> bool:
    return compiled("another").match(scene.words(a.source)) is not None
