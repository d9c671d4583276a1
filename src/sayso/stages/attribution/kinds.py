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
from sayso.stages.name_signs import known_surnames

from .scene import Role, Scene, role_of, singular

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.stages.parse import Parse

__all__ = ["Lists", "is_official_role", "kind_of_entity", "kind_of_noun", "lists"]

NEARNESS = frozenset({"close", "familiar", "briefed", "near", "acquainted", "knowledge"})
FORMER = frozenset(
    [
        "former",
        "ex",
        "retired",
        "ousted",
        "late",
        "deposed",
        "sacked",
        "dismissed",
        "disgraced",
        "exiled",
        "convicted",
        "captured",
        "jailed",
        "imprisoned",
        "then",
        "onetime",
        "one-time",
        "would-be",
        "aspiring",
    ]
)
"""Words with which an office is held no more, or not yet."""
EX = re.compile(r"\bex-", re.IGNORECASE)
NEWS = frozenset(
    {"news", "press", "wire", "state", "official", "local", "media", "domestic", "other", "two", "several"}
)
POSTED = frozenset({"message", "video", "story", "update", "clip", "comment", "caption", "reel", "status", "statement"})
OWNERS = frozenset({"his", "her", "their"})
NOT_OFFICES = frozenset({"official", "officer", "general", "major", "deputy"})
POSSESSIVE = frozenset({"his", "her", "its"})
BODIES = frozenset({"organization", "government", "outlet"})
MAX_BACK = 120
"""Words before a pronoun among which its owner is looked for."""
ORDINALS = frozenset(
    {"first", "second", "third", "fourth", "fifth", "last", "other", "latter", "former", "accused", "deceased"}
)
VAGUE = frozenset({"many", "most", "some", "other", "young", "ordinary", "of", "in"})
QUANTITIES = frozenset({"many", "most", "some", "few", "half", "majority", "percent", "%", "other", "others", "one"})
POLLED = frozenset({"polled", "surveyed", "questioned", "interviewed", "asked", "canvassed", "respondents"})
SHARES = frozenset({"third", "quarter", "fifth", "tenth", "half", "majority", "minority", "percent", "%", "proportion"})
"""A share of all who were asked."""
ABSTRACT = ("tion", "sion", "ment", "ity", "ship", "ism", "ing", "ry", "ure", "age", "ence", "ance", "um", "hood")


@dataclass(frozen=True, slots=True)
class Lists:
    """Word lists on sources, casefolded."""

    nouns: dict[str, frozenset[str]]
    roles: frozenset[str]
    led: frozenset[str]
    official_nouns: frozenset[str]
    """Roles of one word."""
    speakers: frozenset[str]
    marks: frozenset[str]
    private: frozenset[str]
    government: frozenset[str]
    offices: frozenset[str]
    office_marks: frozenset[str]
    lawyers: frozenset[str]
    state_lawyers: frozenset[str]
    always: frozenset[str]
    forces: frozenset[str]
    posts: frozenset[str]
    advisers: frozenset[str]
    laymen: frozenset[str]
    faint_marks: frozenset[str]
    confidants: frozenset[str]
    international: frozenset[str]
    council_marks: frozenset[str]
    figure_marks: frozenset[str]
    common: dict[str, frozenset[str]]
    """Nouns by their commonest sense, of a general dictionary: asked last."""
    professions: frozenset[str]
    """Callings of which nobody is likely to have two: `pathologist`, `barrister`."""
    offices_held: frozenset[str]
    """Offices of which nobody is likely to have two: `prefect`, `mayor`."""
    sport: frozenset[str]
    parties: frozenset[str]
    clubs: frozenset[str]
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
    sources, officials, nouns = lang.load("sources"), lang.load("officials"), lang.load("nouns")
    kinds = ("document", "social_post", "outlet", "reporter", "organization", "public", "person")
    return Lists(
        nouns={kind: frozenset(map(str.casefold, sources[kind])) for kind in kinds},
        roles=frozenset(officials["roles"]),
        led=frozenset(officials["led"]),
        official_nouns=frozenset(role for role in officials["roles"] if " " not in role) - NOT_OFFICES,
        speakers=frozenset(officials["speakers"]),
        marks=frozenset(officials["marks"]),
        private=frozenset(officials["private"]),
        government=frozenset(officials["nouns"]),
        offices=frozenset(officials["offices"]),
        office_marks=frozenset(officials["office_marks"]),
        lawyers=frozenset(officials["lawyers"]),
        state_lawyers=frozenset(officials["state_lawyers"]),
        always=frozenset(officials["always"]),
        forces=frozenset(officials["forces"]),
        posts=frozenset(officials["posts"]),
        advisers=frozenset(officials["advisers"]),
        laymen=frozenset(officials["laymen"]),
        faint_marks=frozenset(officials["faint_marks"]),
        confidants=frozenset(officials["confidants"]),
        international=frozenset(map(str.casefold, officials["international"])),
        council_marks=frozenset(officials["council_marks"]),
        figure_marks=frozenset(officials["figure_marks"]),
        common={kind: frozenset(nouns[kind].split()) for kind in ("document", "organization", "person")},
        professions=frozenset(sources["professions"]),
        offices_held=frozenset(officials["offices_held"]),
        sport=frozenset(officials["sport"]),
        parties=frozenset(sources["parties"]),
        clubs=frozenset(sources["clubs"]),
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
    roles = scene.roles.get(entity.id, [])
    if entity.kind == "person":
        return _kind_of_person(entity, roles, scene, bylines)
    if any(role.noun in lists().nouns["outlet"] for role in roles) or _is_masthead(entity, _is_definite(entity, scene)):
        return "outlet"
    if entity.name.casefold().removeprefix("the ") in lists().parties | lists().international:
        return "organization"
    kinds: dict[str, SourceKind] = {
        "organization": "organization",
        "government": "government",
        "outlet": "outlet",
        "place": "government",
        "document": "document",
        "group": "public",
    }
    return kinds.get(entity.kind, "organization")


def _kind_of_person(entity: Entity, roles: list[Role], scene: Scene, bylines: frozenset[str]) -> SourceKind:
    if entity.name.casefold() in bylines:
        return "reporter"
    if any(role.words & lists().forces for role in roles):
        return "named_person"
    if any(is_official_role(role, scene) for role in roles):
        return "named_official"
    if any(role.noun in lists().nouns["reporter"] for role in roles) or _is_of_outlet(entity, scene):
        return "reporter"
    return "named_person"


def _is_of_outlet(entity: Entity, scene: Scene) -> bool:
    """`the BBC's Jane Poole`."""
    for mention in entity.mentions:
        before = scene.article.text[max(mention.start - 3, 0) : mention.start]
        owner = scene.named_at(mention.start - 4) if before in {"'s ", "’s "} and mention.start > 3 else None
        if owner is None or owner.id == entity.id:
            continue
        if owner.kind == "outlet" or _is_masthead(owner, _is_definite(owner, scene)):
            return True
    return False


def _is_masthead(entity: Entity, definite: bool) -> bool:
    """`the Ledger`, `The Times of Varn`: what papers are called, where the page calls nobody else so."""
    words = entity.name.casefold().removeprefix("the ").split()
    if entity.kind == "document" and words and words[-1] not in lists().nouns["document"]:
        return (
            entity.name.casefold().startswith("the ") or words[-1] in names().outlet_endings or _is_coined(entity.name)
        )
    called = entity.kind in {"organization", "other", "document"} or (entity.kind == "place" and definite)
    if not called or words[0] not in names().outlet_endings:
        return False
    return len(words) == 1 or words[1] == "of"


def _is_definite(entity: Entity, scene: Scene) -> bool:
    start = entity.mentions[0].start
    return scene.article.text[max(start - 4, 0) : start].casefold() == "the "


def _is_coined(name: str) -> bool:
    """`ScienceBlast`: a capital inside one word."""
    return " " not in name and name[1:] != name[1:].lower() and not name.isupper()


def is_official_role(role: Role, scene: Scene) -> bool:
    """Whether the words mean an office of the state: `finance minister`, not `bank president`."""
    known = lists()
    former = role.words & FORMER or EX.search(role.span.of(scene.article.text))
    if former or (role.noun in known.confidants and role.words & NEARNESS):
        return False
    if role.noun in known.lawyers:
        return bool(role.words & known.state_lawyers) and not role.words & {"defence", "defense"}
    if role.noun in known.always or role.pair in known.always:
        return True
    if any(word in known.forces or singular(word) in known.forces for word in role.words):
        return False
    inside = _bodies_in(role, scene)
    if role.pair in known.roles:
        return True
    if role.noun in known.laymen:
        return bool(role.words & known.marks - known.faint_marks) or "government" in inside
    if role.noun in known.advisers:
        return bool(role.words & {"security", "national"}) and not role.words & known.private
    if role.noun in known.led | known.posts and role.noun not in known.roles:
        return bool(role.words & known.marks) or "government" in inside
    if role.noun not in known.roles and role.noun not in names().official_titles:
        return False
    if role.words & known.marks or "government" in inside:
        return not role.words & known.private or "government" in inside
    return not role.words & known.private and ("organization" not in inside or "to" in role.words)


def _bodies_in(role: Role, scene: Scene) -> set[str]:
    """Kinds of those named in a role; a body of several states gives offices as a state does: `the ECB's economist`."""
    named = [naming.entity for naming in scene.namings_in(role.span)]
    states = lists().international
    shared = {"government" for e in named if e.kind != "person" and e.name.casefold().removeprefix("the ") in states}
    return {entity.kind for entity in named} | shared


def kind_of_noun(head: Token, role: Role, scene: Scene) -> SourceKind:
    """Source kind of somebody described and not named."""
    known = lists()
    plural = head.tag_ in {"NNS", "NNPS"}
    if _is_social(role, plural):
        return "social_post"
    if role.noun == "figure" and plural and not role.words & known.figure_marks:
        return "document"
    if head.lower_ == "one":
        return "unnamed_person"
    if role.noun.startswith("spokes") or ("press" in role.words and role.noun in known.offices):
        return _kind_of_mouthpiece(head, role, scene)
    if role.noun == "representative" or (role.noun == "officer" and "press" in role.words):
        kind = _kind_of_mouthpiece(head, role, scene)
        return "unnamed_official" if kind == "government" else kind
    office = role.noun in known.roles | known.led | known.posts
    if is_official_role(role, scene) or (office and _is_of_state(head, scene)):
        return "unnamed_official"
    if role.noun in known.forces:
        return "organization" if plural and "the" in role.words else "unnamed_person"
    if role.noun in known.nouns["outlet"] and _names_next(head):
        return "outlet"
    if role.noun == "regulator" and plural:
        return "unnamed_official"
    if role.noun in known.offices and _is_of_state(head, scene):
        return "government"
    if _is_body(role):
        return "organization" if _is_of_no_state(role) else "government"
    return _kind_by_lists(head, role, plural)


def _is_of_state(head: Token, scene: Scene) -> bool:
    """`The central bank's governor`: whose office it is."""
    owner = next((child for child in head.children if child.dep_ == "poss" and child.pos_ == "NOUN"), None)
    parse = None if owner is None else scene.parse_of(owner)
    if owner is None or parse is None:
        return False
    return kind_of_noun(owner, role_of(parse, owner, parse.between(owner.left_edge.i, owner.i)), scene) == "government"


def _kind_by_lists(head: Token, role: Role, plural: bool) -> SourceKind:
    known = lists()
    if (plural and head.text[:1].isupper() and not head.is_sent_start) or head.lower_ in known.clubs - {"city", "town"}:
        return "organization" if head.lower_ in known.clubs | known.parties else "unnamed_person"
    if role.noun == "side" and role.words & {"other", "both", "either", "neither", "two", "all", "warring"}:
        return "unknown"
    order: tuple[SourceKind, ...] = ("outlet", "reporter", "document", "organization")
    if role.noun == "paper" and (plural or role.words & {"a", "an", "this", "in", "by"}):
        order = ("document",)
    for kind in order:
        if role.noun == "agency" and kind == "outlet" and _is_other_agency(role):
            continue
        if role.noun in known.nouns[kind] or role.pair in known.nouns[kind]:
            several = plural and kind != "reporter" and role.noun in known.nouns["person"]
            return "unnamed_person" if several else kind
    if singular(head.lower_) in SHARES and role.words & POLLED:
        return "public"
    if role.noun in known.nouns["public"]:
        return "unnamed_person" if _is_counted(head) else "public"
    if role.noun in known.nouns["person"] or role.noun in known.roles:
        return "unnamed_person"
    for common in ("document", "organization"):
        if role.noun in known.common[common]:
            return common
    if plural or role.noun in known.common["person"]:
        return "unnamed_person"
    if head.lower_ in ORDINALS or singular(head.lower_) in known.nouns["person"] | known.common["person"]:
        return "unnamed_person"
    if head.tag_ != "NN":
        return "unknown"
    return "organization" if role.noun.endswith(ABSTRACT) else "unnamed_person"


def _is_social(role: Role, plural: bool) -> bool:
    """`a post on the page`, `a video on TikTok`, `messages on Telegram`."""
    known = lists()
    if role.noun in known.nouns["social_post"]:
        return _is_posted(role, plural)
    online = role.words & known.platforms or {"social", "media"} <= role.words or role.words & {"posted", "online"}
    return bool(online) and role.noun in POSTED


def _is_posted(role: Role, plural: bool) -> bool:
    """`the club's account`, `an anonymous account`, not `accounts seen by`, `her account of it`."""
    return role.noun != "account" or not (plural or "of" in role.words or role.words & OWNERS)


def _is_of_no_state(role: Role) -> bool:
    """`the sports council`, `the UN refugee agency`, `the research council`."""
    known = lists()
    if role.words & known.sport or role.words & {"un", "u.n", "eu", "nato", "international", "world", "global"}:
        return True
    return role.noun in {"council", "committee", "agency", "commission"} and bool(role.words & known.council_marks)


def _is_other_agency(role: Role) -> bool:
    """`the ratings agency`: an agency that isn't said to be one for news."""
    others = role.words - {"agency", "agencies", "the", "a", "an", "its", "this", "that", "our"}
    return bool(others) and not others & NEWS


def _names_next(head: Token) -> bool:
    """`the agency Prim`: a name follows the noun."""
    following = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else None
    return following is not None and following.pos_ == "PROPN" and bool(head.whitespace_)


def _is_body(role: Role) -> bool:
    known = lists()
    if role.noun in {"agency", "service"} and role.words & {"news", "press", "wire", "streaming"}:
        return False
    if role.noun == "agency" and role.words & known.council_marks:
        return False
    if role.noun == "authority" and "authorities" in role.words:
        return True
    if role.noun in known.offices and {*role.words, *map(singular, role.words)} & known.office_marks:
        return True
    if role.noun == "office" and role.words & OWNERS:
        return True
    if role.pair in known.government:
        return True
    if role.noun in known.nouns["organization"] and role.words & known.private:
        return False
    return role.noun in known.government


def _is_counted(head: Token) -> bool:
    """`two people familiar with the matter` are somebody; `people`, `many people` are the public."""
    if any(child.dep_ == "nummod" and child.lower_ != "%" for child in head.children) and head.lower_ != "percent":
        return True
    vague = VAGUE if head.lower_ in QUANTITIES else VAGUE - {"in"}
    return any(child.dep_ in {"relcl", "acl", "amod", "prep"} and child.lower_ not in vague for child in head.children)


def _kind_of_mouthpiece(head: Token, role: Role, scene: Scene) -> SourceKind:
    """Whoever speaks for a body speaks as it; who speaks for an official, as an official."""
    known = lists()
    behind = _spoken_for(head, scene) or _of_pronoun(head, scene)
    if behind is not None:
        return "government" if behind == "unnamed_official" and role.noun in known.offices else behind
    others = role.words - {role.noun}
    if others & known.official_nouns:
        return "unnamed_official"
    inside = {naming.entity.kind for naming in scene.namings_in(role.span)}
    if others & (known.government | known.office_marks) or "government" in inside or "place" in inside:
        return "organization" if others & known.private and "government" not in inside else "government"
    if "person" in inside and not _is_bare_name(head, scene):
        people = [n.entity for n in scene.namings_in(role.span) if n.entity.kind == "person"]
        official = any(is_official_role(r, scene) for e in people for r in scene.roles.get(e.id, []))
        return "unnamed_official" if official else "unnamed_person"
    bodies = known.nouns["organization"] | known.private
    if _is_bare_name(head, scene) or "organization" in inside or "outlet" in inside or others & bodies:
        return "organization"
    return "government" if others & known.marks else "unnamed_person"


def _of_pronoun(head: Token, scene: Scene) -> SourceKind | None:
    """`Governor Toth stayed away. His spokesman said …`, `The ministry closed. Its spokesman said …`: whose he is.

    The nearest subject before that the pronoun fits; None where there is none.
    """
    owner = next((child for child in head.children if child.dep_ == "poss" and child.lower_ in POSSESSIVE), None)
    parse = None if owner is None else scene.parse_of(owner)
    if owner is None or parse is None:
        return None
    at = scene.index_at(parse.offset)
    before = list(parse.doc[max(0, owner.i - MAX_BACK) : owner.i])
    for place, tokens in ((parse, before), *((p, list(p.doc)[-MAX_BACK:]) for p in scene.parses[max(0, at - 1) : at])):
        for token in reversed(tokens):
            kind = _kind_of_subject(token, place, scene) if token.dep_ in {"nsubj", "nsubjpass"} else None
            if kind is not None and (kind in BODIES) == (owner.lower_ == "its"):
                spoken: SourceKind = "unnamed_official" if kind == "named_official" else kind
                return spoken if spoken in BODIES or spoken == "unnamed_official" else "unnamed_person"
    return None


def _kind_of_subject(token: Token, parse: Parse, scene: Scene) -> SourceKind | None:
    named = scene.named_at(parse.offset + token.idx)
    if named is not None:
        return kind_of_entity(named, scene, frozenset())
    if token.pos_ != "NOUN" or token.lemma_.lower().startswith("spokes"):
        return None
    return kind_of_noun(token, role_of(parse, token, parse.between(token.left_edge.i, token.i)), scene)


def _is_bare_name(head: Token, scene: Scene) -> bool:
    """`Brennick's spokesman`, where no Brennick has a first name or a title: more likely a firm."""
    owner = next((child for child in head.children if child.dep_ == "poss" and child.pos_ == "PROPN"), None)
    parse = None if owner is None else scene.parse_of(owner)
    named = None if owner is None or parse is None else scene.named_at(parse.offset + owner.idx)
    if named is None or owner is None or named.kind != "person" or " " in named.name or scene.roles.get(named.id):
        return False
    known = names().first | known_surnames()
    return named.name.casefold() not in known and owner.left_edge.i == owner.i and len(named.mentions) == 1


def _spoken_for(head: Token, scene: Scene) -> SourceKind | None:
    """The kind of the body or official behind `a spokesman for …`, where a noun says it; None where a name does."""
    parse = scene.parse_of(head)
    for preposition in head.children:
        if preposition.dep_ != "prep" or preposition.lower_ not in {"for", "of"} or parse is None:
            continue
        for noun in preposition.children:
            if noun.dep_ != "pobj" or noun.pos_ != "NOUN" or noun.lemma_.lower().startswith("spokes"):
                continue
            span = parse.between(noun.left_edge.i, noun.i)
            kind = kind_of_noun(noun, role_of(parse, noun, span), scene)
            if kind in {"organization", "government", "unnamed_official"}:
                return kind
            return "organization" if kind == "outlet" else None
    return None
