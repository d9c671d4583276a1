"""Quotations that are not to the letter anywhere: the place that is nearest, and whether it was put together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from sayso.lang import load
from sayso.render.words_diff import word_changes

from .fold import fold
from .index import Window
from .pages import CheckedPage
from .quotation import Quotation

__all__ = ["Change", "Near", "Places", "changes", "find_near", "is_near", "stitched"]

MAX_WORDS = 200
"""Words of a quotation that are aligned."""
COMMON = 0.3
"""What a word that says nothing counts, beside 1."""
MIN_SHARE = 0.55
"""Share of a quotation, by weight, that a place must hold to be told of."""
MIN_RUN = 3
MIN_OTHER = 4
"""Words in a row that a second place must add for a quotation to be put together from two."""
REST = 0.75
"""Share of what the first place lacks that the second must hold."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a quotation and what the page has in their place; either may be empty."""

    quoted: str
    there: str


@dataclass(frozen=True, slots=True)
class Near:
    """A stretch of a page that a quotation resembles."""

    page: int
    span: tuple[int, int]
    """What stands in the quotation's place, words at its edges that differ included."""
    core: tuple[int, int]
    """From the first word that agrees to the last."""
    held: frozenset[int]
    """Numbers of the quotation's words that stand there, in order."""
    runs: tuple[tuple[int, int, int], ...]
    """Words in a row: first of the quotation, first of the page, how many."""
    share: float
    """Of the quotation's words, by weight."""


@cache
def _common() -> frozenset[str]:
    return frozenset(load("stopwords")["words"].split())


def _weight(word: str) -> float:
    return COMMON if word in _common() or len(word) == 1 else 1.0


@dataclass(frozen=True, slots=True)
class Places:
    """Pages, and what belongs together on each."""

    pages: Sequence[CheckedPage]
    is_one: Callable[[int, tuple[int, int], tuple[int, int]], bool]
    """Whether two ranges of a page belong to one statement."""


def _margin(count: int) -> int:
    return count + 12


def find_near(
    quotation: Quotation, windows: Sequence[Window], places: Places, only: Sequence[int] | None = None
) -> list[Near]:
    """Places that hold words of a quotation in its order, the nearest first; each within one statement.

    Args:
        quotation: what is looked for.
        windows: where.
        places: the pages, and what belongs together on each.
        only: numbers of the words that are looked for; None for all.
    """
    words = quotation.words[:MAX_WORDS]
    numbers = [at for at in (range(len(words)) if only is None else only) if at < len(words)]
    found = {(near.page, near.core): near for window in windows for near in _aligned(words, numbers, window, places)}
    return sorted(found.values(), key=lambda near: (-round(near.share, 4), near.core[1] - near.core[0], near.page))


def _aligned(words: list[str], numbers: list[int], window: Window, places: Places) -> list[Near]:
    page = places.pages[window.page]
    first = max(0, window.first - _margin(len(numbers)))
    spans = page.words[first : window.end + _margin(len(numbers))]
    there = [page.text[a:b].lower() for a, b in spans]
    matcher = SequenceMatcher(None, [words[at] for at in numbers], there, autojunk=False)
    runs = [run for block in matcher.get_matching_blocks() for run in _unbroken(numbers, *block)]
    total = sum(map(_weight, words))
    out = []
    for group in _groups(runs, spans, window.page, places):
        held = frozenset(at for a, _, size in group for at in range(a, a + size))
        share = sum(_weight(words[at]) for at in held) / total
        weighty = [run for run in group if sum(_weight(words[at]) for at in range(run[0], run[0] + run[2])) >= 1]
        edges = weighty or group
        core = spans[edges[0][1]][0], spans[edges[-1][1] + edges[-1][2] - 1][1]
        widened = _widened(group, len(words), spans, page)
        out.append(Near(window.page, widened, core, held, tuple(group), share))
    return out


def _unbroken(numbers: list[int], a: int, b: int, size: int) -> Iterator[tuple[int, int, int]]:
    """A block of matching words as runs of neighbours in the quotation, for some of its words may not be looked for."""
    start = 0
    for at in range(1, size + 1):
        if at == size or numbers[a + at] != numbers[a + at - 1] + 1:
            yield numbers[a + start], b + start, at - start
            start = at


def _groups(
    runs: list[tuple[int, int, int]], spans: list[tuple[int, int]], page: int, places: Places
) -> list[list[tuple[int, int, int]]]:
    """Runs that lie no farther apart on the page than a sentence, within one statement."""
    out: list[list[tuple[int, int, int]]] = []
    for run in runs:
        last = out[-1][-1] if out else None
        if last and _near(last, run):
            before, after = spans[last[1] + last[2] - 1], spans[run[1]]
            if places.is_one(page, before, after):
                out[-1].append(run)
                continue
        out.append([run])
    return out


def _near(a: tuple[int, int, int], b: tuple[int, int, int]) -> bool:
    gap = b[1] - a[1] - a[2]
    return gap <= (30 if min(a[2], b[2]) >= MIN_RUN else 8)


def _widened(
    runs: list[tuple[int, int, int]], count: int, places: list[tuple[int, int]], page: CheckedPage
) -> tuple[int, int]:
    """The passage, with as many words at its edges as the quotation has there and the page has otherwise."""
    text = page.text
    first = max(0, runs[0][1] - runs[0][0])
    last = min(len(places) - 1, runs[-1][1] + runs[-1][2] - 1 + count - runs[-1][0] - runs[-1][2])
    start, end = places[runs[0][1]][0], places[runs[-1][1] + runs[-1][2] - 1][1]
    edge = max((match.end() for match in re.finditer(r"[“”\"\n]|[.!?]\s", text[places[first][0] : start])), default=0)
    stop = re.search(r"[“”\"\n]|[.!?](?=\s|$)", text[end : places[last][1]])
    return places[first][0] + edge, end + (stop.start() if stop else places[last][1] - end)


def stitched(quotation: Quotation, near: Sequence[Near]) -> tuple[Near, Near] | None:
    """Two places that hold a quotation between them where neither does alone; None for one place."""
    words = quotation.words[:MAX_WORDS]
    first = near[0] if near else None
    rest = sorted(set(range(len(words))) - first.held) if first else []
    if first is None or len(rest) < MIN_RUN:
        return None
    for second in near[1:]:
        if not _overlap(first, second) and _adds(second, rest, words):
            return (first, second) if min(first.held) <= min(second.held & set(rest)) else (second, first)
    return None


def _overlap(a: Near, b: Near) -> bool:
    return a.page == b.page and a.core[0] < b.core[1] and b.core[0] < a.core[1]


def _adds(second: Near, rest: list[int], words: list[str]) -> bool:
    """Whether a place holds most of what is missing, in a row."""
    missing = set(rest)
    run = max((sum(at in missing for at in range(a, a + size)) for a, _, size in second.runs), default=0)
    weight = sum(_weight(words[at]) for at in rest)
    held = sum(_weight(words[at]) for at in rest if at in second.held)
    return run >= min(MIN_OTHER, len(rest)) and run >= MIN_RUN and held >= max(1.5, REST * weight)


def is_near(near: Near, quotation: Quotation) -> bool:
    """Whether a place holds enough of a quotation to be what was altered."""
    count = len(quotation.words[:MAX_WORDS])
    longest = max((size for _, _, size in near.runs), default=0)
    return near.share >= MIN_SHARE and longest >= min(MIN_RUN, max(1, count // 2))


def changes(quoted: str, there: str) -> list[Change]:
    """What the quotation changed, word by word.

    >>> changes("It rained hard", "It snowed hard")
    [Change(quoted='rained', there='snowed')]
    """
    a, b = fold(quoted).text, fold(there).text
    left, right = word_changes(a, b)
    out: list[Change] = []
    while left or right:
        mine = _take(left)
        other = _take(right)
        if mine or other:
            out.append(Change(mine, other))
        if left:
            left.pop(0)
        if right:
            right.pop(0)
    if not out and a != b:
        return [Change(a, b)]
    return [change for change in out if change.quoted != change.there] or [Change(a, b)]


def _take(pieces: list[tuple[bool, str]]) -> str:
    """The words before the next stretch that both have."""
    words = []
    while pieces and not pieces[0][0]:
        words.append(pieces.pop(0)[1].strip())
    return " ".join(words)
