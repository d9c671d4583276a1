"""Sources put right by grammar, whoever found the spans: whom a passive accuses is no source of the accusation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.model import Span

from .candidates import REPORTED, TELLING
from .forms import forms
from .raw import RawAttribution
from .scene import Scene
from .syntax import agent_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["mended"]

EXPLETIVES = frozenset({"it", "there"})
MAX_NAME_GAP = 1
MAX_NAME_CHARS = 60


def mended(found: Sequence[RawAttribution], scene: Scene) -> list[RawAttribution]:
    """The attributions with sources dropped that are none, and names cut off a source put back."""
    kept = [raw for raw in found if not _is_fixed_phrase(raw, scene)]
    return [_with_name(_without_subject(raw, scene), scene) for raw in kept]


def _is_fixed_phrase(raw: RawAttribution, scene: Scene) -> bool:
    """Whether the cue is the noun of `in order to …`, which reports no order."""
    if len(raw.cue) != 1 or raw.cue[0].of(scene.article.text).lower() != "order":
        return False
    return scene.article.text[max(0, raw.cue[0].start - 3) : raw.cue[0].start].lower().lstrip() == "in "


def _without_subject(raw: RawAttribution, scene: Scene) -> RawAttribution:
    """`The trader was accused of …`, `The parrot apparently knew …`, `It is feared that …`: nobody is named."""
    cue = scene.tokens(raw.cue[0]) if raw.cue and raw.source else None
    source = scene.tokens(raw.source[0]) if cue is not None else None
    if cue is None or source is None:
        return raw
    if all(token.lower_ in REPORTED for token in cue[1]):
        return replace(raw, source=())
    verb, subject = cue[1].root, source[1].root
    if not _is_passive_of(verb, subject):
        return raw
    if subject.lower_ in EXPLETIVES or verb.lemma_.lower() in TELLING:
        return replace(raw, source=())
    return replace(raw, source=(), content=tuple(sorted((*raw.source, *raw.content))))


def _is_passive_of(verb: Token, subject: Token) -> bool:
    """Whether the verb's passive, without an agent, has the subject, and the form leaves open who said it."""
    known = forms()
    if verb.lemma_.lower() not in known.sure.passive | known.likely.passive | TELLING or agent_of(verb) is not None:
        return False
    return any(child.dep_ == "nsubjpass" and child.i == subject.i for child in verb.children)


def _with_name(raw: RawAttribution, scene: Scene) -> RawAttribution:
    """`the rector | Pavlo Hrach`: the name right behind the noun belongs to it."""
    if len(raw.source) != 1:
        return raw
    source = raw.source[0]
    naming = next(scene.namings_in(Span(source.end, source.end + MAX_NAME_CHARS)), None)
    found = scene.tokens(source) if naming is not None else None
    if naming is None or found is None or naming.entity.kind != "person":
        return raw
    gap = scene.article.text[source.end : naming.span.start]
    if len(gap) != MAX_NAME_GAP or not gap.isspace() or found[1][-1].pos_ != "NOUN" or "\n" in gap:
        return raw
    content = tuple(piece for span in raw.content for piece in _cut(span, naming.span))
    return replace(raw, source=(Span(source.start, naming.span.end),), content=content or raw.content)


def _cut(span: Span, name: Span) -> list[Span]:
    if not span.overlaps(name):
        return [span]
    halves = [Span(span.start, min(span.end, name.start)), Span(max(span.start, name.end), span.end)]
    return [half for half in halves if half]
