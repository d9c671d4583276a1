"""Headlines: whether the body bears them out, and as firmly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.audit.scene import UNNAMED, Scene
from sayso.audit.words import compiled, content_words, last_noun, singular_of, singulars
from sayso.model import Attribution, Finding, Span
from sayso.stages.attribution.kinds import lists
from sayso.stages.findings_registry import finding

from .people import is_role

__all__ = ["firmer_headline", "unsourced_headline"]

MIN_TELLING = 3
MIN_TELLING_ALONE = 4
"""A headline of fewer telling words, which names nobody, may well be of the same thing in other words."""
MIN_SHARED = 0.25
"""A headline that shares less of its telling words with every sentence isn't borne out by any."""
SAME = 0.5
FEW_TELLING = 4
"""A headline of so few telling words is borne out by a statement that shares one of them."""
_MONTH = re.compile(r"\b(?:in|by|of|since|until|this|next|last|from|on|early|late|mid)[\s-]+May\b|\bMay\s+\d")
_SPLIT = re.compile(r";|—|\s–\s|,\s+and\s|,?\s+(?:but|although|though|while|whereas)\s")
_OWNED = ("the ", "its ", "his ", "her ", "their ")
_COLON = re.compile(r"\A(?P<who>[^:]{2,40}):\s|:\s*(?P<after>[A-Z][^:]{2,40})\Z")


def unsourced_headline(scene: Scene) -> Iterator[Finding]:
    """A headline's `engineers say` with no such statement below it, or a headline of something else."""
    headline = scene.headline
    if headline is None or not scene.sentences:
        return
    telling = content_words(headline.of(scene.text))
    if len(telling) < MIN_TELLING:
        return
    best = max(_share(telling, sentence.of(scene.text)) for sentence in scene.sentences)
    whole = frozenset().union(*(content_words(sentence.of(scene.text)) for sentence in scene.sentences))
    named = _names_sayer(headline.of(scene.text))
    if len(telling) < MIN_TELLING_ALONE and not named:
        return
    if best < MIN_SHARED and len(telling & whole) < SAME * len(telling):
        yield finding("SAY315", headline, why="the body tells nothing of what the headline says")
    elif named and not _is_said(scene, telling):
        yield finding("SAY315", headline, why="the headline names who says so, and in the body nobody says it")


def _share(telling: frozenset[str], words: str) -> float:
    return len(telling & content_words(words)) / len(telling)


def _names_sayer(headline: str) -> bool:
    return compiled("headline_sayers").search(headline) is not None or _is_of_person(_COLON.search(headline))


def _is_of_person(match: re.Match[str] | None) -> bool:
    """`Mayor: …`, and `…: police`, not `Live: …`."""
    noun = last_noun(match["who"] or match["after"] or "") if match else ""
    known = lists()
    return noun in known.forces or is_role(singular_of(noun)) or singular_of(noun) in singulars().values()


def _is_said(scene: Scene, telling: frozenset[str]) -> bool:
    """Whether a sentence of the body in which somebody speaks shares enough of the headline."""
    least = 1 if len(telling) <= FEW_TELLING else max(2, MIN_SHARED * len(telling))
    said = {scene.sentence_at(a.source[0].start) for a in scene.said if a.source and a.content}
    said |= {scene.sentence_at(span.start) for a in scene.said if a.source for span in a.content}
    return any(len(telling & content_words(sentence.of(scene.text))) >= least for sentence in said)


def firmer_headline(scene: Scene) -> Iterator[Finding]:
    """A plain headline over a body that holds back or leans on an unnamed source alone."""
    headline = scene.headline
    if headline is None:
        return
    words = headline.of(scene.text)
    telling = content_words(words)
    if len(telling) < MIN_TELLING or _names_sayer(words) or compiled("headline_hedges").search(_MONTH.sub(" ", words)):
        return
    if "?" in words or any(q.span.overlaps(headline) for q in scene.quotes) or _COLON.search(words):
        return
    best = [s for s in scene.sentences if _share(telling, s.of(scene.text)) >= SAME]
    if best and (why := _held_back(scene, best, telling)):
        yield finding("SAY316", headline, why=why)


def _held_back(scene: Scene, sentences: list[Span], telling: frozenset[str]) -> str | None:
    """How the sentences of the body that the headline is drawn from hold back; None where one of them doesn't."""
    ways = []
    for sentence in sentences:
        way = _hedge(scene, sentence, telling) or _leans(scene, sentence, telling)
        if way is None:
            return None
        ways.append(way)
    return ways[0]


def _hedge(scene: Scene, sentence: Span, telling: frozenset[str]) -> str | None:
    """The hedge of the clause that holds most of what the headline tells."""
    for match in compiled("body_hedges").finditer(scene.text, sentence.start, sentence.end):
        if match.group() == "May" or scene.quoted(match.start()):
            continue  # the month, for a sentence seldom begins with the hedge
        clause = _clause(scene, sentence, match.start())
        if len(telling & content_words(clause.of(scene.text))) >= SAME * len(telling):
            return f"says “{match.group()}”"
    return None


def _clause(scene: Scene, sentence: Span, position: int) -> Span:
    """From the last to the next semicolon, dash or `, but`."""
    start, end = sentence.start, sentence.end
    for match in re.finditer(
        r";|—|\s–\s|,\s+and\s|,?\s+(?:but|although|though|while|whereas)\s", scene.text[start:end]
    ):
        if start + match.start() < position:
            start_of = sentence.start + match.end()
            start = max(start, start_of) if start_of <= position else start
        else:
            end = min(end, sentence.start + match.start())
            break
    return Span(start, end)


def _leans(scene: Scene, sentence: Span, telling: frozenset[str]) -> str | None:
    """`has it from an unnamed source alone`, where the sentence does."""
    found = [a for a in scene.speech if a.content and any(sentence.overlaps(span) for span in (*a.content, *a.cue))]
    sayers = [a for a in found if _says(scene, a, telling) and not _is_act(scene, a)]
    if sayers and all(a.source_kind in UNNAMED for a in sayers):
        return "has it from an unnamed source alone"
    return None


def _is_act(scene: Scene, a: Attribution) -> bool:
    """`The queen has named a poet`: who holds an office is no unnamed source."""
    words = scene.words(a.source).split(",")[0].casefold()
    return words.startswith(_OWNED) and is_role(last_noun(words))


def _says(scene: Scene, a: Attribution, telling: frozenset[str]) -> bool:
    return len(telling & scene.telling(a)) >= SAME * len(telling)
