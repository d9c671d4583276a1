"""Roots that nothing on the pages tells apart: each kind of source may stand for another unless a page says more."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from sayso.lang import load

from .doubts_names import Doubt, Doubts
from .graph import Node, Statement
from .source_names import author_of, core_name, leads, nobody, plain_name, spoken_for, telling_words, voiced
from .unnamed import MANY_ROLES, compatible, roles_meant

__all__ = ["doubts_left_open"]

MAX_ROOTS = 200
"""Roots that are compared each with each; a claim with more of them is far from being one origin."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the pages tell of a root."""

    kind: str
    name: str
    owner: str
    pages: frozenset[str]
    roles: tuple[str, ...]
    stems: frozenset[str]
    """Beginnings of the telling words of its name and roles."""
    beside: str
    """The words around its statements, plain."""
    own_voice: bool


def doubts_left_open(nodes: Mapping[str, Node], held: Mapping[str, Sequence[Statement]]) -> Doubts:
    """Pairs of roots that no page tells apart.

    Args:
        nodes: the claim's, by id.
        held: the statements that go back to each root.
    """
    known = {root: _known(nodes[root], held[root]) for root in sorted(held)[:MAX_ROOTS]}
    doubts: Doubts = {}
    for a, b in combinations(known, 2):
        doubt = _doubt(known[a], known[b]) or _doubt(known[b], known[a])
        if doubt is not None:
            doubts[frozenset((a, b))] = doubt
    return doubts


def _known(node: Node, rows: Sequence[Statement]) -> _Known:
    roles = tuple(dict.fromkeys(role for row in rows for source in row.chain[-1:] for role in source.roles))
    return _Known(
        node.kind,
        node.name,
        rows[0].outlet or rows[0].page,
        frozenset(row.page for row in rows),
        roles,
        frozenset(stem for words in (core_name(node.name), *roles) for stem in _stems(words)),
        f" {' '.join(plain_name(row.beside) for row in rows)} ",
        all(not row.chain for row in rows),
    )


STEM = 5
"""Letters that words of one stem share: *ministry*, *minister*."""


def _stems(words: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in telling_words(words) if len(word) >= STEM)


def _doubt(one: _Known, other: _Known) -> Doubt | None:
    """Why the first may be the other, by the kinds of both; None where a page tells them apart."""
    if nobody(one.name) or nobody(other.name):
        return None
    if one.own_voice:
        reason = f"{one.owner} says it in its own voice, without saying how it knows, which may be from “{other.name}”"
        return Doubt(f"{reason}: its source would settle it", presumed=bool(one.pages & other.pages))
    if other.kind != "unnamed" and f" {plain_name(other.name)} " in one.beside:
        reason = f"{one.owner} names {other.name} beside what “{one.name}” says, who may have it from there"
        return Doubt(f"{reason}: how it knows would settle it", presumed=False)
    rule = _RULES.get((one.kind, other.kind))
    if rule is None or one.pages & other.pages:
        # A page that has both tells them apart.
        return None
    why = rule(one, other)
    reason = f"“{one.name}” may be {other.name}{why}: the full name would settle it"
    return Doubt(reason, presumed=False) if why else None


def _person_person(one: _Known, other: _Known) -> str:
    first, second = plain_name(one.name).split(), plain_name(other.name).split()
    if not first or not second:
        return ""
    alike = SequenceMatcher(None, " ".join(first), " ".join(second), autojunk=False).ratio() >= ALIKE
    return ", whose name is much like it" if first[-1] == second[-1] or alike else ""


ALIKE = 0.8
"""How alike two spellings of one name are, at least."""


def _person_body(one: _Known, other: _Known) -> str:
    if not one.roles:
        return ", for the pages don't say what that person is"
    heading = any(leads(role) or spoken_for(role) for role in one.roles)
    return ", for which that role may speak" if heading or one.stems & other.stems else ""


def _body_body(one: _Known, other: _Known) -> str:
    if not _proper(one.name) and _proper(other.name) and not _known_body(one.name):
        return ", told of without its name"
    initials = "".join(word[0] for word in re.findall(r"\b[A-Z]\w*", other.name))
    letters = re.sub(r"^[Tt]he\b|\W", "", core_name(one.name))
    short = letters.isupper() and len(letters) > 1 and len(initials) > 1 and letters in initials
    return ", of whose name it has letters or words" if short or one.stems & other.stems else ""


def _known_body(name: str) -> bool:
    words = load("source_names")
    return bool(set(plain_name(name).split()) & {*words["bodies"].split(), *words["collective"].split()})


def _proper(name: str) -> bool:
    return any(word[0].isupper() for word in re.findall(r"\w+", name)[1:]) or " " not in name.strip()


def _unnamed_person(one: _Known, other: _Known) -> str:
    if _several(one.name):
        return ""
    meant = roles_meant(core_name(one.name))
    if not other.roles:
        return ", for the pages don't say what that person is"
    fits = any(compatible(core_name(one.name), role) and roles_meant(role) for role in other.roles)
    vague = len(meant) >= MANY_ROLES and not any(roles_meant(role) for role in other.roles)
    return ", whose role fits" if (fits and meant) or vague or one.stems & other.stems else ""


def _several(name: str) -> bool:
    first = next((word for word in name.lower().split() if word not in ("at", "least")), "")
    return first in load("source_names")["counts"].split() and first not in ("a", "an", "one", "some", "another")


def _unnamed_body(one: _Known, other: _Known) -> str:
    vague = len(roles_meant(core_name(one.name))) >= MANY_ROLES
    return ", for which such people may speak" if vague or one.stems & other.stems else ""


def _paper_paper(one: _Known, other: _Known) -> str:
    return ", told of by a word for any paper" if _any_paper(one.name) else ""


def _any_paper(name: str) -> bool:
    words = plain_name(re.split(r",|\s(?:by|of|from|that|which|in|on)\s", core_name(name))[0]).split()
    return bool(words) and words[-1] in load("source_names")["any_paper"].split()


def _paper_unnamed(one: _Known, other: _Known) -> str:
    told = voiced(one.name) and author_of(one.name) is None
    return ", whose word it may be" if told or one.stems & other.stems else ""


_RULES: dict[tuple[str, str], Callable[[_Known, _Known], str]] = {
    ("person", "person"): _person_person,
    ("person", "organization"): _person_body,
    ("organization", "organization"): _body_body,
    ("unnamed", "person"): _unnamed_person,
    ("unnamed", "organization"): _unnamed_body,
    ("document", "document"): _paper_paper,
    ("document", "unnamed"): _paper_unnamed,
    ("document", "organization"): _paper_unnamed,
    ("document", "person"): _paper_unnamed,
}
