"""Source kinds: who a source is by its words, how many, how it came to know, and why it goes unnamed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from sayso import lang
from sayso.model import Entity, Span
from sayso.model.annotation import SourceKind
from sayso.stages.mentions import names

from .scene import Role, Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "Lists",
    "hand_of",
    "heads_of",
    "is_official_role",
    "kind_of_entity",
    "kind_of_noun",
    "lists",
    "unnamed_reason",
]

MAX_REASON_CHARS = 240


@dataclass(frozen=True, slots=True)
class Lists:
    """Word lists on sources, casefolded."""

    nouns: dict[str, frozenset[str]]
    roles: frozenset[str]
    speakers: frozenset[str]
    marks: frozenset[str]
    private: frozenset[str]
    government: frozenset[str]
    platforms: frozenset[str]
    without_name: re.Pattern[str]
    reason: re.Pattern[str]
    first_hand: re.Pattern[str]
    second_hand: re.Pattern[str]
    numbers: dict[str, int]
    at_least: dict[str, int]


@cache
def lists() -> Lists:
    """The lists of `lang/en`, loaded once."""
    sources, officials = lang.load("sources"), lang.load("officials")
    kinds = ("document", "social_post", "outlet", "reporter", "organization", "public", "person")
    return Lists(
        nouns={kind: frozenset(map(str.casefold, sources[kind])) for kind in kinds},
        roles=frozenset(officials["roles"]),
        speakers=frozenset(officials["speakers"]),
        marks=frozenset(officials["marks"]),
        private=frozenset(officials["private"]),
        government=frozenset(officials["nouns"]),
        platforms=frozenset(map(str.casefold, sources["platforms"])),
        without_name=_any(sources["anonymity"]["without_name"]),
        reason=_any(sources["anonymity"]["reason"]),
        first_hand=_any(sources["first_hand"]),
        second_hand=_any(sources["second_hand"]),
        numbers=sources["numbers"],
        at_least=sources["at_least"],
    )


def _any(phrases: Iterable[str]) -> re.Pattern[str]:
    inner = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=lambda p: (-len(p), p)))
    return re.compile(rf"\b(?:{inner})\b", re.IGNORECASE)


def kind_of_entity(entity: Entity, scene: Scene, bylines: frozenset[str]) -> SourceKind:
    """Source kind of somebody named."""
    if entity.kind == "person":
        if entity.name.casefold() in bylines:
            return "reporter"
        roles = scene.roles.get(entity.id, [])
        if any(is_official_role(role, scene) for role in roles):
            return "named_official"
        return "reporter" if any(role.noun in lists().nouns["reporter"] for role in roles) else "named_person"
    kinds: dict[str, SourceKind] = {
        "organization": "organization",
        "government": "government",
        "outlet": "outlet",
        "place": "government",
        "document": "document",
        "group": "public",
    }
    return kinds.get(entity.kind, "organization")


def is_official_role(role: Role, scene: Scene) -> bool:
    """Whether the words mean an office of the state: `finance minister`, not `bank president`."""
    known = lists()
    if role.noun not in known.roles | known.speakers and role.noun not in names().official_titles:
        return False
    if role.words & known.marks:
        return True
    inside = {naming.entity.kind for naming in scene.namings_in(role.span)}
    if "government" in inside:
        return True
    if role.noun in known.speakers or role.words & known.private or "organization" in inside:
        return False
    return (
        role.noun not in {"general", "representative", "officer", "captain", "agent", "clerk"}
        or "former" in role.words
        or _titled(role, scene)
    )


def _titled(role: Role, scene: Scene) -> bool:
    return role.span.of(scene.article.text)[:1].isupper() or bool(role.words & lists().marks)


def kind_of_noun(head: Token, role: Role, scene: Scene) -> SourceKind:
    """Source kind of somebody described and not named."""
    known = lists()
    noun = role.noun
    if noun in known.nouns["social_post"]:
        return "social_post"
    if is_official_role(role, scene):
        return "unnamed_official"
    if noun in known.government and not (
        noun in {"agency", "authority", "committee", "council"} and role.words & {"news"}
    ):
        return "outlet" if noun == "agency" and "news" in role.words else "government"
    order: tuple[SourceKind, ...] = ("outlet", "reporter", "document", "organization", "public")
    for kind in order:
        if noun in known.nouns[kind] and not (kind == "document" and noun in known.nouns["person"]):
            return kind
    if noun in known.nouns["person"] or noun in known.roles or noun in known.speakers:
        return "unnamed_person"
    if head.tag_ == "NNS" and (noun.endswith(("er", "or", "ist", "ian", "ant", "ent")) or head.dep_ == "nsubj"):
        return "unnamed_person"
    return (
        "unknown"
        if head.tag_ not in {"NN", "NNS"}
        else "unnamed_person"
        if noun.endswith(("er", "or", "ist", "man", "woman"))
        else "unknown"
    )


def heads_of(span: Span, scene: Scene) -> tuple[int, int | None] | None:
    """How many people the words imply, `(min, max)`; None where they're no people or unclear."""
    found = scene.tokens(span)
    if found is None:
        return None
    head = found[1].root
    total_low, total_high = 0, 0
    open_ended = False
    for part in [head, *(token for token in head.conjuncts if span.start <= found[0].offset + token.idx < span.end)]:
        low, high = _heads(part)
        total_low += low
        open_ended = open_ended or high is None
        total_high += high or 0
    return total_low, None if open_ended else total_high


def _heads(head: Token) -> tuple[int, int | None]:
    known = lists()
    left = [child for child in head.lefts if child.dep_ in {"nummod", "amod", "det", "predet", "quantmod"}]
    words = [token.lower_ for token in head.doc[head.left_edge.i : head.i]]
    for child in left:
        if child.dep_ == "nummod":
            number = known.numbers.get(child.lower_) or (
                int(child.text) if child.text.isascii() and child.text.isdigit() and len(child) < 7 else None
            )
            if number is not None:
                return (number, None) if {"least", "than", "over"} & set(words) else (number, number)
    for word in words:
        if word in known.at_least and head.tag_ in {"NNS", "NNPS"}:
            return known.at_least[word], None
    if head.tag_ in {"NNS", "NNPS"} or head.lower_ in {"people", "police", "they", "we", "those"}:
        return (2, 2) if "both" in words else (2, None)
    return 1, 1


def hand_of(text: str) -> Literal["first", "second"] | None:
    """`first`, `second` or None, by the words of the source's description."""
    if lists().first_hand.search(text):
        return "first"
    return "second" if lists().second_hand.search(text) else None


def unnamed_reason(sentence: Span, text: str) -> Span | None:
    """The words that say why the source goes without a name."""
    known = lists()
    words = sentence.of(text)
    asked = known.without_name.search(words)
    if asked is None:
        return None
    after = known.reason.search(words, asked.end())
    before = list(known.reason.finditer(words, 0, asked.start()))
    start = None
    if after is not None and after.start() - asked.end() < 40:
        start = after.start()
    elif before and asked.start() - before[-1].end() < 60:
        start = before[-1].start()
    if start is None:
        return None
    end = min(
        [
            i
            for i in (
                words.find(mark, max(start, asked.end() if start > asked.start() else asked.start()))
                for mark in (",", ";", ".", " said", "—")
            )
            if i > start
        ]
        or [len(words)]
    )
    return Span(sentence.start + start, sentence.start + min(end, start + MAX_REASON_CHARS)).stripped(text)
