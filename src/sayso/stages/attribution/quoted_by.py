"""Who is quoted by whom, told backwards: `Y was quoted by X as saying C`, `“C,” Y was quoted as saying by X`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.model import Span

from .raw import RawAttribution
from .scene import Scene
from .syntax import noun_phrase

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.stages.parse import Parse

__all__ = ["quoted_by"]

QUOTING = frozenset({"quote", "cite"})
MIN_CONTENT = len("as by")
"""What is no longer than the words between is no content."""
NOBODY = frozenset({"it", "there", "who", "which", "that"})


def quoted_by(raw: RawAttribution, scene: Scene) -> tuple[RawAttribution, RawAttribution] | None:
    """Who quotes, with the passive for its cue, and who is quoted; None where the words are others."""
    cue = scene.tokens(raw.cue[0]) if raw.cue else None
    if cue is None:
        return None
    near = [*cue[1], *(token.head.head for token in cue[1] if token.tag_ == "VBG")]
    verb = next((t for t in near if t.tag_ == "VBN" and t.lemma_.lower() in QUOTING), None)
    subject = None if verb is None else next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    if verb is None or subject is None or subject.lower_ in NOBODY:
        return None
    saying = _saying(verb)
    agent = next((found for word in (verb, saying) if word is not None and (found := _agent(word)) is not None), None)
    if agent is None:
        return None
    return _both(raw, (scene, cue[0]), verb, (subject, agent, saying))


def _saying(verb: Token) -> Token | None:
    """`saying` of `quoted as saying`."""
    below = (grand for child in verb.children if child.lower_ == "as" for grand in child.children)
    return next((token for token in below if token.tag_ == "VBG"), None)


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.lower_ == "by" and child.dep_ in {"agent", "prep"}:
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None


def _both(
    raw: RawAttribution, found: tuple[Scene, Parse], verb: Token, parts: tuple[Token, Token, Token | None]
) -> tuple[RawAttribution, RawAttribution] | None:
    subject, agent, saying = parts
    scene, parse = found
    whose, by = parse.between(*noun_phrase(subject)), parse.between(*noun_phrase(agent))
    first = min([verb.i, *(child.i for child in verb.children if child.dep_ == "auxpass")])
    outer = parse.between(first, verb.i)
    inner = parse.span_of(saying or verb)
    text = scene.article.text
    content = (piece for piece in _less(raw.content, (whose, by, outer, inner)) if len(piece) > MIN_CONTENT)
    told = [_opened(piece, text) for piece in content] or _behind(parse, saying, text)
    if not told or by.overlaps(whose):
        return None
    return (
        replace(raw, source=(by,), cue=(outer,), content=tuple(told)),
        RawAttribution((whose,), (inner,), tuple(told), raw.score),
    )


def _behind(parse: Parse, saying: Token | None, text: str) -> list[Span]:
    """What follows `saying` in its sentence."""
    if saying is None or saying.i + 1 >= saying.sent.end:
        return []
    rest = _opened(parse.between(saying.i + 1, saying.sent.end - 1), text)
    return [rest] if len(rest) > MIN_CONTENT else []


def _opened(piece: Span, text: str) -> Span:
    """The piece less a colon and white space at its start."""
    words = piece.of(text)
    return Span(piece.end - len(words.lstrip(": ,")), piece.start + len(words.rstrip()))


def _less(content: Sequence[Span], cut: Sequence[Span]) -> list[Span]:
    out = list(content)
    for gone in cut:
        pieces = [Span(s.start, min(s.end, gone.start)) for s in out]
        pieces += [Span(max(s.start, gone.end), s.end) for s in out]
        out = sorted({piece for piece in pieces if piece})
    return out
