"""Roots whose statements may not say the claim: only asked, refused or rejected there, or told with another word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from sayso.lang import load

from .doubts_names import Doubt, Doubts
from .graph import Node, Statement

__all__ = ["GAP", "doubts_unsaid"]

GAP = "…"
"""Where, in the rest of a sentence, the statement stands."""
MAX_BESIDE = 200
"""Code points before a statement that are read."""


def doubts_unsaid(nodes: Mapping[str, Node], held: Mapping[str, Sequence[Statement]]) -> Doubts:
    """Roots that may be none, as pairs with each of the others: whatever they are, they add no origin.

    Args:
        nodes: the claim's, by id.
        held: the statements that go back to each root.
    """
    doubts: Doubts = {}
    for root, rows in sorted(held.items()):
        doubt = _doubt(nodes[root].name, rows)
        for other in sorted(held) if doubt else ():
            if doubt and other != root:
                pair = frozenset((root, other))
                if pair not in doubts or doubt.presumed:
                    doubts[pair] = doubt
    return doubts


def _doubt(name: str, rows: Sequence[Statement]) -> Doubt | None:
    if all(_left_open(row.beside) for row in rows):
        where = rows[0].outlet or rows[0].page
        reason = f"“{name}” doesn't say so for certain on the page of {where}, but asks, refuses to tell or rejects it"
        return Doubt(f"{reason}: the whole passage would settle it", presumed=True)
    if all(row.loose for row in rows):
        where = rows[0].outlet or rows[0].page
        reason = f"what “{name}” says on the page of {where} has another word where the claim has one of its own"
        return Doubt(f"{reason}: reading both would settle whether it is the same", presumed=False)
    return None


def _left_open(beside: str) -> bool:
    """Whether the words before a statement ask for it, refuse to tell it or reject it."""
    before = beside.partition(GAP)[0][-MAX_BESIDE:]
    return bool(_unsaid().search(before))


@cache
def _unsaid() -> re.Pattern[str]:
    cues = "|".join(re.escape(cue).replace(r"\ ", r"\s+") for cue in load("source_names")["unsaid"])
    opening = r"\b(?:whether|if)\W*$"
    judged = r"\b(?:is|was|be|were)\s+(?:pure\s+|simply\s+|just\s+|utter\s+|complete\s+)?(?:{})\s+(?:that|to)\b"
    words = "|".join(map(re.escape, load("source_names")["untrue"]))
    return re.compile(rf"{opening}|\b(?:{cues})\b[^.;]{{0,80}}$|{judged.format(words)}", re.IGNORECASE)
