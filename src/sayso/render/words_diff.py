"""Two passages side by side: which words are the same, gone, new."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from .labels import clean

__all__ = ["Pieces", "word_changes"]

MAX_WORDS = 1500
ALIKE = 0.5
"""Share of words in common from which on differences are marked."""
Pieces = list[tuple[bool, str]]
"""Stretches of a text, each with whether the other text has it too."""
_WORD = re.compile(r"\s*\S+")


def word_changes(a: str, b: str) -> tuple[Pieces, Pieces]:
    """Both texts cut where they differ; beyond `MAX_WORDS` words they are given whole.

    >>> word_changes("It rained hard", "It snowed hard")[1]
    [(True, 'It'), (False, ' snowed'), (True, ' hard')]
    """
    left, right = _WORD.findall(clean(a)), _WORD.findall(clean(b))
    if not left or not right or len(left) > MAX_WORDS or len(right) > MAX_WORDS:
        return [(True, clean(a))], [(True, clean(b))]
    old, new = ([word.strip().lower() for word in side] for side in (left, right))
    first: Pieces = []
    second: Pieces = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        # Marks on nearly every word would tell nothing.
        return [(True, clean(a))], [(True, clean(b))]
    for what, a0, a1, b0, b1 in matcher.get_opcodes():
        if a1 > a0:
            first.append((what == "equal", "".join(left[a0:a1])))
        if b1 > b0:
            second.append((what == "equal", "".join(right[b0:b1])))
    return first, second
