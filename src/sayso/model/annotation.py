"""Annotations: what the stages say about an article, each pointing at its characters."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal, get_args

from .span import Span

__all__ = [
    "Act",
    "Anchor",
    "Annotation",
    "Attitude",
    "Attribution",
    "Candidate",
    "Certainty",
    "ChainStep",
    "Entity",
    "EntityKind",
    "Event",
    "EventFooting",
    "EventTime",
    "Finding",
    "Footing",
    "Form",
    "OwnVoice",
    "Polarity",
    "Sentence",
    "Severity",
    "SourceKind",
    "Tier",
    "Timex",
    "TimexType",
    "annotation_id",
]

EntityKind = Literal["person", "organization", "government", "outlet", "place", "document", "group", "other"]
Form = Literal["direct", "indirect", "mixed"]
Tier = Literal["speech", "stance"]
Polarity = Literal["affirmed", "negated", "mixed"]
Certainty = Literal["plain", "hedged"]
Attitude = Literal["neutral", "factive", "doubting"]
Act = Literal["report", "denial", "order", "promise", "accusation", "opinion", "fear", "hope", "plan", "question"]
EventFooting = Literal[
    "own_voice", "reported", "hedged", "denied", "negated", "planned", "ordered", "feared", "hoped", "hypothetical"
]
SourceKind = Literal[
    "named_person",
    "named_official",
    "unnamed_person",
    "unnamed_official",
    "organization",
    "government",
    "outlet",
    "reporter",
    "document",
    "social_post",
    "public",
    "unknown",
]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
AnchorKind = Literal["publication", "timex", "event", "narrative"]
Severity = Literal["error", "warning", "note"]

SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)


def annotation_id(prefix: str, article_id: str, *parts: object) -> str:
    """A stable id: `prefix` and 10 hexadecimal digits of a hash over the article and the parts.

    >>> annotation_id("a", "x", 1, 2) == annotation_id("a", "x", 1, 2)
    True
    """
    digest = hashlib.sha256("\x1f".join([article_id, prefix, *map(repr, parts)]).encode("utf-8", "surrogatepass"))
    return f"{prefix}{digest.hexdigest()[:10]}"


@dataclass(frozen=True, slots=True)
class Annotation:
    """Base of all annotations; a layer is a sequence of one subclass."""


@dataclass(frozen=True, slots=True)
class Sentence(Annotation):
    """One sentence of a block that is read."""

    span: Span


@dataclass(frozen=True, slots=True)
class Entity(Annotation):
    """The one whom mentions name; mentions are merged by alias within the page, never across a doubt."""

    id: str
    name: str
    kind: EntityKind
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody an open mention may stand for."""

    entity: str | None
    span: Span | None
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One step from the page inward; the last one is the attribution's own source."""

    kind: Literal["page"] | SourceKind
    entity: str | None = None
    span: Span | None = None
    attribution: str | None = None
    inferred: bool = False
    """True where the page doesn't say it."""


@dataclass(frozen=True, slots=True)
class Footing:
    """How the content stands, and whether the cue takes sides."""

    polarity: Polarity = "affirmed"
    certainty: Certainty = "plain"
    attitude: Attitude = "neutral"
    act: Act = "report"


@dataclass(frozen=True, slots=True)
class Attribution(Annotation):
    """Source + cue + content: who said what, by which words."""

    id: str
    source: tuple[Span, ...]
    """Who said it; empty where the text names nobody."""
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    """What was said; may be discontinuous."""
    form: Form
    tier: Tier
    source_kind: SourceKind
    entity: str | None = None
    candidates: tuple[Candidate, ...] = ()
    parent: str | None = None
    """The attribution whose content holds this one: chains are read off parents."""
    chain: tuple[ChainStep, ...] = ()
    footing: Footing = Footing()
    description: tuple[Span, ...] = ()
    """What the text says of the source beside a name."""
    anonymity_reason: tuple[Span, ...] = ()
    heads: tuple[int, int | None] | None = None
    """[min, max] people the words imply; max None where unbounded."""
    hand: Literal["first", "second"] | None = None
    score: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class OwnVoice(Annotation):
    """What the page asserts with no attribution at all."""

    span: Span


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a relative time was counted from."""

    kind: AnchorKind
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Timex(Annotation):
    """A time expression with its TimeML value and the days it can mean."""

    id: str
    span: Span
    type: TimexType
    value: str | None
    """TimeML value; None where unresolved."""
    mod: str | None = None
    anchor: Anchor | None = None
    earliest: str | None = None
    """First day it can mean, ISO 8601; None where open."""
    latest: str | None = None
    score: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class EventTime:
    """When an event happened: its timex if the text gives one, and its interval in days."""

    timex: str | None
    earliest: str | None
    latest: str | None


@dataclass(frozen=True, slots=True)
class Event(Annotation):
    """Who did what to whom, when, on which footing, under which attribution."""

    id: str
    trigger: Span
    actor: tuple[Span, ...]
    action: str
    """The trigger's lemma."""
    target: tuple[Span, ...]
    time: EventTime | None
    attribution: str | None
    footing: EventFooting


@dataclass(frozen=True, slots=True)
class Finding(Annotation):
    """A numbered remark on the sourcing or the text, as a linter gives."""

    code: str
    span: Span | None
    severity: Severity
    message: str
    related: tuple[Span, ...] = field(default=())
