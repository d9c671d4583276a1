"""Shape of a page's blocks: titles run into text, list marks and their numbers, headings beside other headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .foreign_words import PageWords

__all__ = ["shape"]

Floats = NDArray[np.float32]

COMMON: Final = 150
"""Rank below which a word is so common that a capital inside a sentence is a sentence's or a title's."""
OPENING_WORDS: Final = 10
"""Words of a block's opening that are looked at for a title's capitals."""
HEADING_WORDS: Final = 16
MARK: Final = re.compile(r"\s*(?:(?P<bullet>[-•*–·▪●◦‣>])|[#(]?(?P<number>\d{1,3})(?P<sign>[.):]))\s")
CLOSED: Final = re.compile(r"[.!?…:;,][\"”’')\]]*\s*$")
REACH: Final = 4
"""Blocks looked over for a list's item before and after."""


def shape(texts: Sequence[str], words: PageWords) -> dict[str, Floats]:
    """Features by name, each of shape [n]; `words` may hold more blocks than `texts`, which are left out."""
    return {**seams(len(texts), words), **lists(texts), **headings(texts, words)}


def seams(n: int, words: PageWords) -> dict[str, Floats]:
    """Where a title without a full stop runs into text: a capital on a common word inside a sentence."""
    block, form = words.block, words.form
    count = len(form)
    capital = words.capital[form]
    following = np.zeros(count, dtype=np.bool_)
    following[:-1] = (block[1:] == block[:-1]) & ~capital[1:] & ~words.opening[1:]
    long = words.length[form] > 1
    common = (words.rank < COMMON)[words.token_key]
    seam = capital & ~words.opening & ~words.shouted[form] & long & common & following
    starts = np.searchsorted(block, np.arange(n + 2))
    at = np.arange(count) - starts[block]
    total = np.bincount(block, weights=seam, minlength=n + 1)[:n]
    first = np.full(n + 1, -1.0)
    places = np.flatnonzero(seam)[::-1]
    first[block[places]] = at[places]
    longer = (words.length[form] > 3) & (at > 0)
    begins = longer & (at < OPENING_WORDS)
    later = longer & (at >= OPENING_WORDS)

    def share(mask: NDArray[np.bool_]) -> NDArray[np.float64]:
        whole = np.bincount(block, weights=mask, minlength=n + 1)[:n]
        part = np.bincount(block, weights=mask & capital, minlength=n + 1)[:n]
        return np.asarray(part / np.maximum(whole, 1.0))

    stops = np.flatnonzero(words.opening & (at > 0))[::-1]
    reach = np.diff(starts)[:n].astype(np.float64)
    sentence = np.concatenate([reach, [0.0]])
    sentence[block[stops]] = at[stops]
    return {
        "seam": total.astype(np.float32),
        "seam.at": first[:n].astype(np.float32),
        "seam.case": share(begins).astype(np.float32),
        "seam.step": (share(begins) - share(later)).astype(np.float32),
        "seam.stop": sentence[:n].astype(np.float32),
    }


def lists(texts: Sequence[str]) -> dict[str, Floats]:
    """A block's list mark beside the marks around it, and how its number goes on from theirs."""
    n = len(texts)
    marks: list[str] = []
    numbers: list[int | None] = []
    for text in texts:
        found = MARK.match(text[:12])
        marks.append("" if found is None else found["bullet"] or found["sign"])
        numbers.append(int(found["number"]) if found is not None and found["number"] else None)
    held = {mark: marks.count(mark) for mark in sorted(set(marks))}
    same_before = [bool(i) and marks[i] == marks[i - 1] for i in range(n)]
    same_after = [i + 1 < n and marks[i] == marks[i + 1] for i in range(n)]
    inside = [_inside(marks, i) for i in range(n)]
    steps = _steps(numbers)
    columns = {
        "list.count": [held[mark] if mark else 0 for mark in marks],
        "list.share": [held[mark] / n for mark in marks],
        "list.before": same_before,
        "list.after": same_after,
        "list.inside": inside,
        "list.number": [np.nan if number is None else number for number in numbers],
        "list.step": steps,
        "list.next": [-step for step in _steps(numbers[::-1])[::-1]],
    }
    return {name: np.array(column, dtype=np.float32) for name, column in columns.items()}


def _inside(marks: Sequence[str], i: int) -> float:
    """1 for a block of another mark than the like items right before and after it, less the farther these are."""
    for reach in range(1, REACH):
        before = marks[i - reach] if i >= reach else ""
        after = marks[i + 1] if i + 1 < len(marks) else ""
        if before and before == after and before != marks[i]:
            return 1.0 / reach
        after = marks[i + reach] if i + reach < len(marks) else ""
        before = marks[i - 1] if i else ""
        if after and before == after and after != marks[i]:
            return 1.0 / reach
    return 0.0


def _steps(numbers: Sequence[int | None]) -> list[float]:
    """How much a numbered block's number is above the one before it; NaN where either is missing."""
    out, last = [], None
    for number in numbers:
        out.append(np.nan if number is None or last is None else float(np.clip(number - last, -9, 9)))
        last = number if number is not None else last
    return out


def headings(texts: Sequence[str], words: PageWords) -> dict[str, Floats]:
    """Short lines without a full stop: how many there are, and how this one differs from the others."""
    n = len(texts)
    block, form = words.block, words.form
    size = np.bincount(block, minlength=n + 1)[:n].astype(np.float64)
    long = (words.length[form] > 3) & (words.block < n)
    capital = np.bincount(block, weights=long & words.capital[form], minlength=n + 1)[:n]
    case = capital / np.maximum(np.bincount(block, weights=long, minlength=n + 1)[:n], 1.0)
    heading = (
        np.array([not CLOSED.search(text[-4:]) for text in texts], dtype=np.bool_)
        & (size <= HEADING_WORDS)
        & (size > 0)
    )
    others = np.maximum(heading.sum() - heading, 0)
    at_least = np.maximum(others, 1)

    def beside(values: NDArray[np.float64]) -> Floats:
        rest = ((values * heading).sum() - values * heading) / at_least
        return np.where(heading & (others > 0), values - rest, np.nan).astype(np.float32)

    between = np.full(n, np.nan, dtype=np.float32)
    at = np.flatnonzero(heading)
    between[at[1:]] = np.diff(at)
    ahead = np.full(n, np.nan, dtype=np.float32)
    ahead[at[:-1]] = np.diff(at)
    since = np.arange(n) - np.maximum.accumulate(np.where(heading, np.arange(n), -1))
    return {
        "head": heading.astype(np.float32),
        "head.others": (others / max(1, n)).astype(np.float32),
        "head.case": beside(case),
        "head.words": beside(size),
        "head.gap": between,
        "head.ahead": ahead,
        "head.since": since.astype(np.float32),
    }
