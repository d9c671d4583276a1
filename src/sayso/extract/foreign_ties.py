"""What ties a paragraph to its page although its words are strange there: the names it shares with the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from sayso.lang import load

__all__ = ["names_held", "tied"]

HELD: Final = 2
"""Blocks of the story that must hold a name for it to be the story's."""
_NAME = re.compile(r"(?<![.!?:”\"“‘] )(?<!\A)\b[A-Z][\w’'-]{3,}")
"""A capital inside a sentence, on a word that is no initial or abbreviation."""
_ANY_NAME = re.compile(r"\b[A-Z][\w’'-]{3,}")
_WORD = re.compile(r"[^\W\d_]+")


def names_held(texts: Iterable[str]) -> Counter[str]:
    """In how many of the texts each word with a capital stands."""
    return Counter(name for text in texts for name in {_bare(word) for word in _ANY_NAME.findall(text)})


def tied(paragraph: str, held: Counter[str]) -> bool:
    """Whether the paragraph's names are the story's: half of them, or one where somebody is reported to say something.

    Args:
        paragraph: the words in doubt.
        held: `names_held` of the story's other blocks.
    """
    names = {_bare(word) for word in _NAME.findall(paragraph)}
    shared = sum(held[name] >= HELD for name in names)
    return shared > 0 and (2 * shared >= len(names) or _reports(_WORD.findall(paragraph.lower())))


def _reports(words: Sequence[str]) -> bool:
    return not _reporting().isdisjoint(words)


@cache
def _reporting() -> frozenset[str]:
    return frozenset(load("manner")["reports"])


def _bare(word: str) -> str:
    return word.removesuffix("’s").removesuffix("'s")
