"""Why two roots with names may be one: words left out, papers and their authors, bodies and who leads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from .graph import Node, Statement
from .source_names import core_name, described_outlet, leads, nobody, plain_name, shared_words, voiced

__all__ = ["Doubt", "Doubts", "doubts_of_names"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why two roots may be one."""

    reason: str
    presumed: bool
    """Whether a careful reader counts them as one until shown otherwise."""


Doubts = dict[frozenset[str], Doubt]


def doubts_of_names(nodes: Mapping[str, Node], held: Mapping[str, Sequence[Statement]]) -> Doubts:
    """Pairs of roots that may be one by their names, the likelier reason of each.

    Args:
        nodes: the claim's, by id.
        held: the statements that go back to each root.
    """
    found = (_bodies(nodes, held), _nested_names(nodes, held), _written_by(nodes, held))
    unknown = {**_outlets_away(nodes, held), **_papers(nodes, held)}
    doubts: Doubts = {}
    for group in (*found, unknown):
        for pair, doubt in group.items():
            if pair not in doubts or (doubt.presumed and not doubts[pair].presumed):
                doubts[pair] = doubt
    return doubts


def _bodies(nodes: Mapping[str, Node], held: Mapping[str, Sequence[Statement]]) -> Doubts:
    """A body, and somebody who is said to lead it or to work there."""
    doubts: Doubts = {}
    for body in (root for root in sorted(held) if nodes[root].kind == "organization"):
        for root in (root for root in sorted(held) if nodes[root].kind in ("person", "unnamed")):
            roles = {role for row in held[root] for source in row.chain[-1:] for role in source.roles}
            for role in sorted(roles if nodes[root].kind == "person" else {nodes[root].name}):
                shared, whole = shared_words(nodes[body].name, role)
                if shared:
                    who = role if role == nodes[root].name else f"{nodes[root].name}, {role}"
                    reason = f"“{who}” may speak for {nodes[body].name}: saying in whose name would settle it"
                    doubts[frozenset((body, root))] = Doubt(reason, presumed=whole and leads(role))
    return doubts


def _papers(nodes: Mapping[str, Node], held: Iterable[str]) -> Doubts:
    """A report, letter or post of which nobody says who wrote it, which may be any other's."""
    roots = sorted(held)
    doubts: Doubts = {}
    for paper in (root for root in roots if nodes[root].kind == "document" and voiced(nodes[root].name)):
        for root in roots:
            if nodes[root].kind in ("person", "organization"):
                reason = f"“{nodes[paper].name}” may be the word of {nodes[root].name}: its author would settle it"
                doubts[frozenset((paper, root))] = Doubt(reason, presumed=False)
    return doubts


def _outlets_away(nodes: Mapping[str, Node], held: Mapping[str, Sequence[Statement]]) -> Doubts:
    """An outlet that others cite, no page of which says how it knows: it may go by any other root."""
    doubts: Doubts = {}
    for root in sorted(held):
        name = plain_name(nodes[root].name)
        own = any(row.outlet and plain_name(row.outlet) == name for row in held[root])
        if nodes[root].kind != "outlet" or own or described_outlet(nodes[root].name):
            continue
        for other in sorted(held):
            if other != root and not nobody(nodes[other].name):
                reason = (
                    f"no page tells how {nodes[root].name} knows, which may have it from “{nodes[other].name}”: "
                    "its own report would settle it"
                )
                doubts[frozenset((root, other))] = Doubt(reason, presumed=False)
    return doubts


NAMED = ("person", "organization", "document")


def _nested_names(nodes: Mapping[str, Node], held: Iterable[str]) -> Doubts:
    """Roots of one kind whose names differ by words that one leaves out: *the letter*, *a letter dated March 4*."""
    doubts: Doubts = {}
    named = [root for root in sorted(held) if nodes[root].kind in NAMED]
    for a, b in combinations(named, 2):
        kind, names = nodes[a].kind, (core_name(nodes[a].name), core_name(nodes[b].name))
        first, second = (set(plain_name(name).split()) for name in names)
        if kind != nodes[b].kind or not (first and second):
            continue
        nested = first <= second or second <= first
        one_paper = _one_paper(*names)
        if nested or (one_paper is not None and kind == "document"):
            presumed = nested or one_paper is True
            doubts[frozenset((a, b))] = Doubt(
                f"“{nodes[a].name}” and “{nodes[b].name}” {'are most likely' if presumed else 'may be'} one {kind}: "
                "the full name would settle it",
                presumed,
            )
    return doubts


def _written_by(nodes: Mapping[str, Node], held: Mapping[str, Sequence[Statement]]) -> Doubts:
    """A paper of which one page tells the author, and another doesn't."""
    doubts: Doubts = {}
    for paper in (root for root in sorted(held) if nodes[root].kind == "document"):
        for root in sorted(held):
            written = {step.name for row in held[root] for step in row.chain[:-1] if step.kind == "document"}
            if root != paper and any(_one_paper(core_name(nodes[paper].name), core_name(name)) for name in written):
                doubts[frozenset((paper, root))] = Doubt(
                    f"“{nodes[paper].name}” is most likely that of {nodes[root].name}: its author would settle it",
                    presumed=True,
                )
    return doubts


_AFTER_HEAD = re.compile(r",|\s(?:by|of|from|dated|filed|made|on|in|at|to|that|which|about|unsealed|issued)\b")


def _one_paper(first: str, second: str) -> bool | None:
    """Whether two papers are most likely (True) or maybe (False) one, by the noun that says what they are."""
    a, b = (plain_name(_AFTER_HEAD.split(name)[0]).split() for name in (first, second))
    numbers = [set(re.findall(r"\d+", name)) for name in (first, second)]
    if not a or not b or a[-1] != b[-1] or (numbers[0] and numbers[1] and numbers[0] != numbers[1]):
        return None
    return set(a) <= set(b) or set(b) <= set(a)
