"""Forms that speak for themselves: which verb with which complement is an attribution on any page.

The learned score knows what one corpus marked. These lists say what it saw too seldom to learn: `vowed to`,
`maintains that`, `is rumoured to`. A form on the list scores at least its floor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso import lang

from .candidates import Candidate, View
from .footing import classes

__all__ = ["Forms", "floor_of", "forms"]

SURE, LIKELY = 0.6, 0.5
QUOTE_FLOOR = 0.45
FLOORS = {
    "accord": 0.6,
    "speaker-colon": 0.8,
    "headline-dash": 0.6,
    "headline-tail": 0.6,
    "adverb": 0.6,
    "heading-colon": 0.6,
    "light": 0.6,
}
OURS = frozenset({"i", "we", "you", "me", "us"})
WHOLE = frozenset({"clause", "to", "as", "prep", "object", "passive", "passive-as", "noun"})


@dataclass(frozen=True, slots=True)
class Level:
    """Lemmas by how their content hangs on them."""

    clause: frozenset[str]
    to: frozenset[str]
    like: frozenset[str]
    of: Mapping[str, frozenset[str]]
    object: frozenset[str]
    passive: frozenset[str]
    noun: frozenset[str]


@dataclass(frozen=True, slots=True)
class Forms:
    """The lists of `lang/en/cue_forms.yaml`."""

    sure: Level
    likely: Level
    promises: frozenset[str]
    """Nouns for what somebody says will be done: `the party's pledge to build`."""
    feelings: frozenset[str]
    figures: frozenset[str]
    hearsay: frozenset[str]
    rumours: frozenset[str]


@cache
def forms() -> Forms:
    """The lists, loaded once."""
    data = lang.load("cue_forms")
    return Forms(
        _level(data["sure"]),
        _level(data["likely"]),
        *(frozenset(data[name]) for name in ("promises", "feelings", "figures", "hearsay", "rumours")),
    )


def _level(data: dict[str, Any]) -> Level:
    def words(name: str) -> frozenset[str]:
        return frozenset(data[name])

    of = {lemma: frozenset(preps) for lemma, preps in data["of"].items()}
    return Level(words("clause"), words("to"), words("as"), of, words("object"), words("passive"), words("noun"))


def floor_of(view: View, candidate: Candidate) -> float:
    """What the candidate scores at least, 0 where its form says nothing."""
    if candidate.frame == "quote" and candidate.lemma in classes().manner | classes().speech and candidate.source:
        return QUOTE_FLOOR
    if candidate.frame in FLOORS:
        return FLOORS[candidate.frame]
    if candidate.frame == "noun-to" and candidate.source is not None:
        return SURE if candidate.lemma in forms().promises else 0.0
    if candidate.frame not in WHOLE or _is_ours(view, candidate):
        return 0.0
    if candidate.frame == "object" and view.doc[candidate.head].dep_ == "xcomp":
        return 0.0  # `declined to back the plan` is the refusal's
    known = forms()
    return (
        SURE
        if _is_listed(view, candidate, known.sure)
        else LIKELY
        if _is_listed(view, candidate, known.likely)
        else 0.0
    )


def _is_ours(view: View, candidate: Candidate) -> bool:
    """`I think`, `we hope`, `do you believe`."""
    return candidate.source_head is not None and view.doc[candidate.source_head].lower_ in OURS


def _is_listed(view: View, candidate: Candidate, level: Level) -> bool:
    lemma, frame = candidate.lemma, candidate.frame
    if frame in {"passive", "passive-as"}:
        return lemma in level.passive
    if frame == "noun":
        return lemma in level.noun
    if candidate.source is None:
        return False
    head = view.doc[candidate.head]
    preps = {child.lower_ for child in head.children if child.dep_ == "prep" and child.i > head.i}
    if frame in {"prep", "object"} and (
        (lemma in level.like and "as" in preps) or preps & level.of.get(lemma, frozenset())
    ):
        return True
    if frame == "object" and lemma in forms().figures and level is forms().sure:
        return _is_figure(view, candidate, preps)
    if frame == "object" and lemma in level.to and _has_to(view, candidate):
        return True
    if frame == "as" and lemma in level.clause and level is forms().sure:
        return True
    if lemma == "rule" and level is forms().sure and any(c.dep_ == "prt" and c.lower_ == "out" for c in head.children):
        return True
    return lemma in {"clause": level.clause, "to": level.to, "object": level.object}.get(frame, frozenset())


def _has_to(view: View, candidate: Candidate) -> bool:
    return any(view.doc[i].tag_ == "TO" for first, last in candidate.content for i in range(first, last + 1))


def _is_figure(view: View, candidate: Candidate, preps: set[str]) -> bool:
    """`put the dead at 12`, `gave the figure as 11`."""
    words = [view.doc[i] for first, last in candidate.content for i in range(first, last + 1)]
    return bool(preps & {"at", "as"}) and any(word.like_num for word in words)
