"""Sources that a page names beside a statement: they may add an origin, although no statement of theirs was found."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from sayso.lang import load

from .doubts_unsaid import GAP
from .graph import Node, Statement
from .source_names import plain_name

__all__ = ["more_sources"]

SHOWN = 80
"""Code points of the words that a reason repeats."""


def more_sources(
    nodes: Mapping[str, Node], held: Mapping[str, Sequence[Statement]], copied: Collection[str]
) -> list[str]:
    """Reasons for which a claim may have more origins than its roots, one for each page that gives one.

    Args:
        nodes: the claim's, by id.
        held: the statements that go back to each root.
        copied: statements that are taken from another page, which say nothing of their own.
    """
    roots: dict[str, set[str]] = {}
    for root, rows in held.items():
        for row in rows:
            roots.setdefault(row.page, set()).add(root)
    names = frozenset(_last(nodes[root].name) for root in held)
    told: dict[str, str] = {}
    for row in sorted((row for rows in held.values() for row in rows), key=lambda row: row.id):
        if row.page in told or row.id in copied or len(roots[row.page]) > 1:
            continue
        if words := _second(row, names):
            told[row.page] = (
                f"{row.outlet or row.page} names another source beside it (“{words}”), which isn't counted: "
                "reading the page would settle whether it says the same"
            )
    return list(told.values())


def _last(name: str) -> str:
    return (plain_name(name).split() or [""])[-1]


def _second(row: Statement, names: frozenset[str]) -> str:
    """The words that name a second source of a statement, or confirm it in the sentences after it."""
    before = row.beside.partition(GAP)[0]
    if found := _together().search(before):
        return _shown(found.group())
    for sentence in re.split(r"(?<=[.!?”])\s+", f"{row.beside.partition(GAP)[2]} {row.after}"):
        # One who is counted already and is said to say so again adds nothing.
        again = names & set(re.findall(r"\w+", sentence.lower()))
        if _confirming().search(sentence) and not again and not _denying().search(sentence):
            return _shown(sentence)
    return ""


def _shown(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= SHOWN else f"{words[:SHOWN].rsplit(' ', 1)[0]} …"


@cache
def _together() -> re.Pattern[str]:
    held = load("source_names")
    joining, counts = "|".join(map(re.escape, held["joining"])), "|".join(held["counts"].split())
    return re.compile(rf"\b(?:{joining}) (?:(?:{counts}) [a-z]|[A-Z][\w’'-]+ [A-Z])[^.;]{{0,60}}")


@cache
def _denying() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load('source_names')['denying'].split())})\b|n['’]t\b", re.IGNORECASE)


@cache
def _confirming() -> re.Pattern[str]:
    cues = "|".join(re.escape(cue).replace(r"\ ", r"\s+") for cue in load("source_names")["confirming"])
    return re.compile(rf"\b(?:{cues})\b", re.IGNORECASE)
