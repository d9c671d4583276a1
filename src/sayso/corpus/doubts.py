"""Why two roots of a claim may be one: what a page leaves open, and what would settle it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from .doubts_names import Doubt, Doubts, doubts_of_names
from .doubts_open import doubts_left_open
from .doubts_unsaid import doubts_unsaid
from .graph import Node, Statement
from .source_names import collective, core_name, described_outlet, nobody, plain_name, without_name
from .unnamed import compatible

__all__ = ["Doubt", "Doubts", "Resemblance", "compatible", "doubts_of"]


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Two roots of which one's page may have its wording from the other's."""

    roots: frozenset[str]
    pages: tuple[str, str]


def doubts_of(
    nodes: Mapping[str, Node], held: Mapping[str, Sequence[Statement]], alike: Iterable[Resemblance] = ()
) -> Doubts:
    """Pairs of roots that may be one, with the reason and what would settle it.

    Args:
        nodes: the claim's, by id.
        held: the statements that go back to each root.
        alike: roots whose statements may be copies.
    """
    found = (
        _hearsay(nodes, held),
        doubts_of_names(nodes, held),
        _described_outlets(nodes, held),
        _same_words(nodes, held),
        _told_by_role(nodes, held),
        _unnamed(nodes, held),
        _resembling(alike),
        _own_voice_doubts(held),
        doubts_left_open(nodes, held),
        doubts_unsaid(nodes, held),
    )
    doubts: Doubts = {}
    for group in found:
        for pair, doubt in group.items():
            if pair not in doubts or (doubt.presumed and not doubts[pair].presumed):
                doubts[pair] = doubt
    return doubts


def _resembling(alike: Iterable[Resemblance]) -> Doubts:
    doubts: Doubts = {}
    for one in alike:
        reason = f"{one.pages[0]} may have taken its wording from {one.pages[1]}: a credit would settle it"
        if len(one.roots) == 2:
            doubts.setdefault(one.roots, Doubt(reason, presumed=False))
    return doubts


def _unnamed(nodes: Mapping[str, Node], held: Iterable[str]) -> Doubts:
    """Unnamed sources of two outlets whose descriptions can mean the same people."""
    doubts: Doubts = {}
    for a, b in combinations([root for root in sorted(held) if nodes[root].kind == "unnamed"], 2):
        first, second = nodes[a].name, nodes[b].name
        if compatible(first, second) and not (nobody(first) or nobody(second)):
            doubts[frozenset((a, b))] = Doubt(
                f"“{first}” ({_owner(a)}) and “{second}” ({_owner(b)}) may be the same people: "
                "either outlet naming its source, or saying whom it shares, would settle it",
                presumed=plain_name(core_name(first)) == plain_name(core_name(second))
                and (_counted(first) or collective(first)),
            )
    return doubts


MIN_QUOTED = 5
"""Words between quotation marks that two people don't say alike by chance."""


def _same_words(nodes: Mapping[str, Node], held: Mapping[str, Sequence[Statement]]) -> Doubts:
    """Roots quoted in the same words, at most one of them with a name of its own."""
    quoted = {root: {words for row in held[root] if (words := _words_of(row.quote))} for root in sorted(held)}
    doubts: Doubts = {}
    for a, b in combinations([root for root in quoted if quoted[root]], 2):
        if "unnamed" in (nodes[a].kind, nodes[b].kind) and any(
            first in second or second in first for first in quoted[a] for second in quoted[b]
        ):
            doubts[frozenset((a, b))] = Doubt(
                f"“{nodes[a].name}” and “{nodes[b].name}” are quoted in the same words, so most likely one speaker: "
                "the name would settle it",
                presumed=True,
            )
    return doubts


def _words_of(quote: str) -> str:
    words = re.findall(r"\w+", quote.lower())
    return f" {' '.join(words)} " if len(words) >= MIN_QUOTED else ""


def _told_by_role(nodes: Mapping[str, Node], held: Mapping[str, Sequence[Statement]]) -> Doubts:
    """A source without a name that is what the pages say a named one is: *a deckhand*, *the transport minister*."""
    unnamed = [root for root in sorted(held) if nodes[root].kind == "unnamed" and not nobody(nodes[root].name)]
    doubts: Doubts = {}
    for person in (root for root in sorted(held) if nodes[root].kind == "person"):
        for role in sorted({role for row in held[person] for source in row.chain[-1:] for role in source.roles}):
            for root in unnamed:
                if (fit := _fits(nodes[root].name, role)) is not None:
                    pair = frozenset((root, person))
                    reason = (
                        f"“{nodes[root].name}” ({_owner(root)}) may be {nodes[person].name}, {core_name(role)}: "
                        "the name would settle it"
                    )
                    if pair not in doubts or fit:
                        doubts[pair] = Doubt(reason, presumed=fit)
    return doubts


def _fits(description: str, role: str) -> bool | None:
    """Whether a description is surely (True) or maybe (False) that of somebody in a role; None where it isn't."""
    told, held = plain_name(core_name(description)), plain_name(core_name(role))
    if not told or not held or told.split()[-1] != held.split()[-1]:
        return None
    definite = description.lower().startswith("the ") and not role.lower().startswith(("a ", "an ", "former "))
    return told == held and (definite or without_name(role))


def _hearsay(nodes: Mapping[str, Node], held: Iterable[str]) -> Doubts:
    """Roots of which nobody says who they are: one rumour, most likely, which may go back to any other root."""
    roots = sorted(held)
    unknown = [root for root in roots if nodes[root].kind == "unnamed" and nobody(nodes[root].name)]
    doubts: Doubts = {}
    for root in unknown:
        for other in roots:
            if other in unknown and other != root:
                reason = (
                    f"neither {_owner(root)} nor {_owner(other)} says from whom it has it, which may be one rumour: "
                    "either naming its source would settle it"
                )
                doubts[frozenset((root, other))] = Doubt(reason, presumed=True)
            elif other != root:
                reason = (
                    f"{_owner(root)} doesn't say from whom it has it, which may be “{nodes[other].name}”: "
                    "naming its source would settle it"
                )
                doubts[frozenset((root, other))] = Doubt(reason, presumed=False)
    return doubts


def _own_voice_doubts(held: Mapping[str, Sequence[Statement]]) -> Doubts:
    """Outlets that say it in their own voice, after another, may only repeat it."""
    first = {
        root: min(row.time or "" for row in rows)
        for root, rows in sorted(held.items())
        if all(row.time and not row.chain for row in rows)
    }
    doubts: Doubts = {}
    repeating: list[str] = []
    for root, time in first.items():
        teller = held[root][0].outlet or held[root][0].page
        for other in sorted(held):
            earlier = [row for row in held[other] if row.time and row.time < time and row.chain]
            if other != root and earlier:
                reason = (
                    f"{teller} says it in its own voice, after {earlier[0].outlet or earlier[0].page}, "
                    "without saying how it knows: its source would settle it"
                )
                doubts[frozenset((root, other))] = Doubt(reason, presumed=True)
        if any(root in pair for pair in doubts):
            repeating.append(root)
    for a, b in combinations(repeating, 2):
        # Two that repeat the same source are no two origins either.
        reason = (
            f"{held[a][0].outlet or held[a][0].page} and {held[b][0].outlet or held[b][0].page} may repeat one source"
        )
        doubts[frozenset((a, b))] = Doubt(f"{reason}: either naming it would settle it", presumed=True)
    return doubts


def _described_outlets(nodes: Mapping[str, Node], held: Mapping[str, Sequence[Statement]]) -> Doubts:
    """Roots that are an outlet told of without its name, which may be any outlet that tells the same."""
    doubts: Doubts = {}
    for root in sorted(held):
        if nodes[root].kind != "outlet" or not described_outlet(nodes[root].name):
            continue
        for other in sorted(held):
            named = _first_outlet(held[other])
            if other != root and named:
                doubts[frozenset((root, other))] = Doubt(
                    f"“{nodes[root].name}” may be {named}: the name of that outlet would settle it",
                    presumed=True,
                )
    return doubts


def _first_outlet(rows: Iterable[Statement]) -> str | None:
    """The outlet that told it first: the innermost one that the earliest statement cites, else its own."""
    first = min(rows, key=lambda row: (row.time or "9999", row.id))
    cited = [source.name for source in first.chain if source.kind == "outlet" and not described_outlet(source.name)]
    return cited[-1] if cited else first.outlet


def _counted(description: str) -> bool:
    """Whether it says how many: “two ministry officials” told twice are likelier the same than “officials”."""
    first = description.lower().split()[0] if description.split() else ""
    return first in ("a", "an", "one", "two", "three", "four", "five", "the", "another")


def _owner(root: str) -> str:
    return root.removeprefix("unnamed:").split("/")[0]
