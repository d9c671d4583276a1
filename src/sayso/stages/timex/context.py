"""What the rules ask of a match: units, numbers, determiners, and the words that stand beside it."""

from __future__ import annotations

from functools import cache
from typing import cast

from sayso.lang import load

from .expr import Base, Shift, Which
from .lexicon import lexicon
from .patterns import Match
from .tokens import Token

__all__ = ["follows", "follows_class", "is_in", "is_near", "number_of", "shift_for", "unit_of", "which_of"]

COUNTS = {"last": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}
"""Steps that a determiner takes from where it counts."""


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(str(word) for word in load("time_context")[name])


def is_in(token: Token | None, name: str) -> bool:
    """Whether the token's word is in a list of `time_context.yaml`."""
    return token is not None and token.lower in _words(name)


def follows(match: Match, name: str) -> bool:
    """Whether the word before the match is in the list."""
    return is_in(match.before(), name)


def is_near(match: Match, name: str) -> bool:
    """Whether the word after the match is in the list."""
    return is_in(match.after(), name)


def follows_class(match: Match, name: str) -> bool:
    """Whether the token before the match has a class of the list."""
    before = match.before()
    return before is not None and not _words(name).isdisjoint(before.classes)


def which_of(token: Token | None) -> Which:
    """The determiner's sense; empty for none."""
    return cast("Which", load("time_context")["which"].get(token.lower, "")) if token else ""


def unit_of(token: Token) -> str:
    """Name of a unit token."""
    return lexicon().values[f"unit:{token.lower}"]


def number_of(token: Token) -> int:
    """Number of a month or weekday token."""
    return int(lexicon().numbers[token.lower])


def shift_for(which: Which, unit: str) -> Shift:
    """`last week`, `the following year`: a unit and a determiner."""
    base: Base = "text" if which in ("previous", "following", "same") else "speech"
    return Shift(unit, COUNTS.get(which, 0), base)
