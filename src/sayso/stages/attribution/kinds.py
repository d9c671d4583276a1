"""Source kinds: who a source is by its words, how many, how it came to know, and why it goes unnamed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sayso import lang
from sayso.model import Entity
from sayso.model.annotation import SourceKind
from sayso.stages.mentions import names

from .scene import Role, Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Lists", "is_official_role", "kind_of_entity", "kind_of_noun", "lists"]

FORMER = frozenset({"former", "ex", "retired", "ousted", "late"})
OWNERS = frozenset({"his", "her", "their"})
VAGUE = frozenset({"many", "most", "some", "other", "young", "ordinary", "of", "in"})
ABSTRACT = ("tion", "sion", "ment", "ity", "ship", "ism", "ing", "ry", "ure", "age", "ence", "ance", "um", "hood")


@dataclass(frozen=True, slots=True)
class Lists:
    """Word lists on sources, casefolded."""

    nouns: dict[str, frozenset[str]]
    roles: frozenset[str]
    led: frozenset[str]
    speakers: frozenset[str]
    marks: frozenset[str]
    private: frozenset[str]
    government: frozenset[str]
    offices: frozenset[str]
    office_marks: frozenset[str]
    sport: frozenset[str]
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
        led=frozenset(officials["led"]),
        speakers=frozenset(officials["speakers"]),
        marks=frozenset(officials["marks"]),
        private=frozenset(officials["private"]),
        government=frozenset(officials["nouns"]),
        offices=frozenset(officials["offices"]),
        office_marks=frozenset(officials["office_marks"]),
        sport=frozenset(officials["sport"]),
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
    if any(role.noun in lists().nouns["outlet"] for role in scene.roles.get(entity.id, [])):
        return "outlet"
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
    if role.words & FORMER or not (role.noun in known.roles | known.led or role.noun in names().official_titles):
        return False
    inside = {naming.entity.kind for naming in scene.namings_in(role.span)}
    if role.noun in known.led and role.pair not in known.roles:
        return bool(role.words & known.marks) or "government" in inside
    if role.words & known.marks or "government" in inside:
        return not role.words & known.private or "government" in inside
    return not role.words & known.private and "organization" not in inside


def kind_of_noun(head: Token, role: Role, scene: Scene) -> SourceKind:
    """Source kind of somebody described and not named."""
    known = lists()
    if role.noun in known.nouns["social_post"]:
        return "social_post"
    if role.noun in known.speakers and role.noun.startswith(("spokes", "represent")):
        return _kind_of_mouthpiece(head, role, scene)
    if is_official_role(role, scene):
        return "unnamed_official"
    if role.noun in known.nouns["outlet"] and _names_next(head):
        return "outlet"
    if _is_body(role):
        return "organization" if role.words & known.sport else "government"
    order: tuple[SourceKind, ...] = ("outlet", "reporter", "document", "organization")
    for kind in order:
        if role.noun in known.nouns[kind] or role.pair in known.nouns[kind]:
            plural_people = role.noun in known.nouns["person"] and head.tag_ == "NNS"
            return "unnamed_person" if plural_people else kind
    if role.noun in known.nouns["public"]:
        return "unnamed_person" if _is_counted(head) else "public"
    if role.noun in known.nouns["person"] or role.noun in known.roles or head.tag_ == "NNS":
        return "unnamed_person"
    if head.tag_ != "NN":
        return "unknown"
    return "organization" if role.noun.endswith(ABSTRACT) else "unnamed_person"


def _names_next(head: Token) -> bool:
    """`the agency Prim`: a name follows the noun."""
    following = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else None
    return following is not None and following.pos_ == "PROPN" and bool(head.whitespace_)


def _is_body(role: Role) -> bool:
    known = lists()
    if role.noun in known.offices and role.words & known.office_marks:
        return True
    if role.noun == "office" and role.words & OWNERS:
        return True
    news = role.noun == "agency" and role.words & {"news", "press"}
    return not news and (role.noun in known.government or role.pair in known.government)


def _is_counted(head: Token) -> bool:
    """`two people familiar with the matter` are somebody; `people`, `many people` are the public."""
    if any(child.dep_ == "nummod" and child.lower_ != "%" for child in head.children) and head.lower_ != "percent":
        return True
    return any(child.dep_ in {"relcl", "acl", "amod", "prep"} and child.lower_ not in VAGUE for child in head.children)


def _kind_of_mouthpiece(head: Token, role: Role, scene: Scene) -> SourceKind:
    """Whoever speaks for a body speaks as it; for a state's body, as an official."""
    known = lists()
    if role.words & known.marks or is_official_role(role, scene):
        return "unnamed_official"
    inside = {naming.entity.kind for naming in scene.namings_in(role.span)}
    if "government" in inside or "place" in inside:
        return "unnamed_official"
    bodies = known.nouns["organization"] | known.private
    if "organization" in inside or "outlet" in inside or role.words & bodies:
        return "organization"
    government = role.words & known.government
    return "unnamed_official" if government else "unnamed_person"
