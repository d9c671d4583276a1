"""What a page can't assert by itself: the words for guilt, motive, blame and verdicts, in all their forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from sayso import lang

from .words import edged

__all__ = ["KINDS", "asserting", "assertions", "own_voice"]

KINDS = {"guilt": "guilt", "motive": "a motive", "blame": "blame", "verdict": "a verdict"}
_GOING_ON = r"(?:is|was|are|were|been|kept|keeps|went on|goes on|began|started)"


def _lists() -> dict[str, Any]:
    lists: dict[str, Any] = lang.load("audit_own_voice")
    return lists


@cache
def own_voice(name: str) -> re.Pattern[str]:
    """The list of that name as one expression."""
    return edged(_lists()[name])


@cache
def asserting(kind: str) -> re.Pattern[str]:
    """What asserts guilt, a motive, blame or a verdict, as one expression."""
    return edged(assertions(kind))


@cache
def assertions(kind: str) -> tuple[str, ...]:
    """Its alternatives."""
    part = _lists()[kind]
    verbs = (form for entry in part.get("verbs", ()) for form in _verb(entry))
    adjectives = (_adjective(word) for word in part.get("adjectives", ()))
    return (*verbs, *adjectives, *part["phrases"])


def _verb(entry: str) -> Iterator[str]:
    """`Looted`, `was looting`."""
    base, *past = entry.split(",")
    stem = base.removesuffix("+")
    root = stem + stem[-1] if base.endswith("+") else stem.removesuffix("e")
    if not past:
        past = [re.sub(r"([^aeiou])y\Z", r"\1i", root) + "ed"]
    yield from past
    yield f"{_GOING_ON} " + ("lying" if stem == "lie" else root + "ing")


def _adjective(word: str) -> str:
    """`Cruel` and `cruelly`, `despicable` and `despicably`, `shoddy` and `shoddily`."""
    if word.endswith("le"):
        return word[:-1] + "[ey]"
    if word.endswith("y"):
        return word[:-1] + "(?:y|ily)"
    return word + ("(?:ally)?" if word.endswith("ic") else "(?:ly)?")
