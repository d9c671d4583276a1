"""Sayso inside a spaCy pipeline: `nlp.add_pipe("sayso")` fills `doc.spans` and `doc._.sayso`.

>>> import spacy
>>> nlp = spacy.blank("en")
>>> pipe = nlp.add_pipe("sayso")
>>> doc = nlp("The mayor said the bridge was safe.")
>>> [(a.source[0].text, a.cue[0].text, a.content[0].text) for a in doc._.sayso.attributions]
[('The mayor', 'said', 'the bridge was safe')]
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from sayso.model import Attribution, Reading
from sayso.model import Span as Characters

__all__ = ["LAYERS", "ROLES", "SpacyAttribution", "SpacyReading", "make"]

LAYERS = ("entities", "attributions")
ROLES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True, eq=False)
class SpacyAttribution:
    """An attribution with the document's own spans; `read` is what the reading says of it."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    chain: tuple[str, ...]
    """The way from the page to the source, in words: names where known, else the source's own words, else the kind."""
    read: Attribution


@dataclass(frozen=True, slots=True, eq=False)
class SpacyReading:
    """What `doc._.sayso` holds."""

    attributions: tuple[SpacyAttribution, ...]
    own_voice: tuple[Span, ...]
    reading: Reading


def make(nlp: Language, name: str, min_score: float) -> Any:
    """The component that spaCy's factory `sayso` makes.

    Args:
        nlp: the pipeline; only its tokenization is used.
        name: the component's name.
        min_score: attributions with a lower score are left out, 0..1.
    """
    if not Doc.has_extension("sayso"):
        Doc.set_extension("sayso", default=None)

    def read(doc: Doc) -> Doc:
        return _filled(doc, min_score)

    return read


Language.factory("sayso", default_config={"min_score": 0.0}, assigns=["doc._.sayso", "doc.spans"], func=make)


def _filled(doc: Doc, min_score: float) -> Doc:
    """The document with `doc.spans["sayso/source"]`, `/cue`, `/content`, `/own_voice` and `doc._.sayso`.

    Spans of the reading are widened to the document's tokens. Each is labelled with the source's kind and carries the
    attribution's id.
    """
    from sayso.service import read_text

    reading = read_text(doc.text, layers=LAYERS, min_score=min_score)
    found = reading.attributions or ()
    for role in ROLES:
        spans = [span for a in found for span in _spans(doc, getattr(a, role), a.source_kind, a.id)]
        doc.spans[f"sayso/{role}"] = spans
    voice = _spans(doc, (voice.span for voice in reading.own_voice or ()), "own_voice", "")
    doc.spans["sayso/own_voice"] = voice
    attributions = tuple(_attribution(doc, a, reading) for a in found)
    doc._.sayso = SpacyReading(attributions, tuple(voice), reading)
    return doc


def _attribution(doc: Doc, read: Attribution, reading: Reading) -> SpacyAttribution:
    source, cue, content = (tuple(_spans(doc, getattr(read, role), read.source_kind, read.id)) for role in ROLES)
    return SpacyAttribution(source, cue, content, tuple(_steps(read, reading)), read)


def _steps(read: Attribution, reading: Reading) -> Iterable[str]:
    for step in read.chain:
        entity = reading.entity(step.entity)
        yield entity.name if entity else reading.words((step.span,)) if step.span else step.kind


def _spans(doc: Doc, spans: Iterable[Characters], label: str, identity: str) -> list[Span]:
    found = (doc.char_span(s.start, s.end, label, alignment_mode="expand", span_id=identity) for s in spans)
    return [span for span in found if span is not None]
