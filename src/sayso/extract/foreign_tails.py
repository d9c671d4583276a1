"""The end of a paragraph that tells another story: a title and its text, or sentences, glued behind the story's own.

A paragraph's end is looked at where a title seems to run into text, or where its words hardly occur elsewhere on the
page; it is scored as a block of its own, and cut off where it scores as another story's and what is before it doesn't.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Final

from sayso.lang import load
from sayso.model import Block, Span

from .foreign import MIN_BLOCKS, score_foreign

__all__ = ["TAIL_THRESHOLD", "without_tails"]

TAIL_THRESHOLD: Final = 0.9
"""Score from which a paragraph's end is another story's."""
TITLED_THRESHOLD: Final = 0.7
"""The same where a title opens it: then two things bear witness."""
HEAD_LIMIT: Final = 0.5
"""Score from which the paragraph's beginning is in doubt too, and nothing is cut."""
MIN_TAIL: Final = 60
MIN_PLAIN_TAIL: Final = 150
"""Characters of an end that no title opens."""
TEXT: Final = (0.3, 0.15)
"""Share of an end's words that stand elsewhere on the page, below which it is scored: with a title, and without."""
TITLED_MARKUP: Final = (0.3, 0.0)
"""The same where the markup was read."""
MIN_LOOSE: Final = 3
"""Words that stand nowhere else, without which no end of a paragraph is looked at."""
MAX_CUTS: Final = 2
MAX_TITLE: Final = 220
SHORT_SENTENCE: Final = 90
MAX_CHARS: Final = 4_000
MAX_PARAGRAPHS: Final = 6
"""Paragraphs of a page whose ends are scored; those that share least with the page go first."""
MAX_BLOCKS: Final = 120
KINDS: Final = frozenset({"paragraph", "quote"})
REASON: Final = "words of another story, inside a paragraph"
_END = re.compile(r"(?:(?<=\w{3})\.|(?<=[\])”’\"'%])\.|[!?…:])[\"”’')\]]*\s+(?=[\"“‘']?[^\W_])|[\"”’)\]]\s+(?=[A-Z])")
"""The end of a sentence; a full stop after fewer than three letters may be an abbreviation's."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_CAPITAL = r"[A-Z\d$][\w'’.,$%&-]*[:,?!]?"


@dataclass(frozen=True, slots=True)
class _Tail:
    block: int
    start: int
    """Where it begins, counted from the block's start."""
    shared: float
    titled: bool


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A capital on a common word inside a sentence; a run of words written as in a title."""
    words = load("page")["title_seam"]
    after = "|".join(word.capitalize() for word in words["after"].split("|"))
    seam = re.compile(rf"(?<=[^\W_])[?!)”’\"…]?\s(?:{after})\s(?=[a-z])")
    return seam, re.compile(rf"(?:(?:{_CAPITAL}|{words['within']})\s){{5}}")


def without_tails(text: str, blocks: Sequence[Block], title: str | None, *, markup: bool) -> list[Block]:
    """The blocks, a paragraph's end cut off and flagged where its words are another story's.

    Args:
        text: the article's text.
        blocks: its blocks, scored and flagged.
        title: the story's headline, if known.
        markup: whether the kinds were read from markup, where paragraphs are rarely run together; then only an end
            that a title opens is looked at.
    """
    story = [i for i, block in enumerate(blocks) if not block.foreign and block.kind in READ]
    if not MIN_BLOCKS <= len(story) <= MAX_BLOCKS or (markup and not _any_seam(text, blocks, story)):
        return list(blocks)
    tails = _doubtful(text, blocks, story, TITLED_MARKUP if markup else TEXT)
    return _parted(text, blocks, story, tails, title) if tails else list(blocks)


def _any_seam(text: str, blocks: Sequence[Block], story: Sequence[int]) -> bool:
    """Whether a title seems to run into text anywhere; asked first, since most pages are done with it."""
    seam, _ = _patterns()
    return any(seam.search(text, blocks[i].span.start, blocks[i].span.end) for i in story if blocks[i].kind in KINDS)


READ: Final = KINDS | {"dek", "heading", "list"}


def _doubtful(
    text: str, blocks: Sequence[Block], story: Sequence[int], limits: tuple[float, float]
) -> dict[int, list[_Tail]]:
    """For each paragraph whose end is to be scored, where that may begin."""
    words = [[(m.start(), m[0]) for m in _WORD.finditer(blocks[i].span.of(text)[:MAX_CHARS].lower())] for i in story]
    held = Counter(word for tokens in words for word in {word for _, word in tokens})
    found: list[_Tail] = []
    for i, tokens in zip(story, words, strict=True):
        if blocks[i].kind in KINDS and sum(held[word] == 1 for _, word in tokens) >= MIN_LOOSE:
            found += _tails(i, blocks[i].span.of(text)[:MAX_CHARS], tokens, held, limits)
    found.sort(key=lambda tail: (not tail.titled, tail.shared, tail.block, tail.start))
    out: dict[int, list[_Tail]] = {}
    for tail in found:
        if tail.block in out or len(out) < MAX_PARAGRAPHS:
            out.setdefault(tail.block, []).append(tail)
    return {i: sorted(tails[:MAX_CUTS], key=lambda tail: tail.start) for i, tails in out.items()}


def _tails(
    number: int, paragraph: str, tokens: Sequence[tuple[int, str]], held: Counter[str], limits: tuple[float, float]
) -> list[_Tail]:
    """The ends of a paragraph whose words hardly stand elsewhere, on the page or in the paragraph's beginning."""
    starts = [found.end() for found in _END.finditer(paragraph)]
    titled = _titled(paragraph, starts) if starts else set()
    first = {word: at for at, word in reversed(tokens)}
    out: list[_Tail] = []
    seen: set[str] = set()
    loose, last = 0, len(tokens) - 1
    for start in reversed(starts):
        while last >= 0 and tokens[last][0] >= start:
            at, word = tokens[last]
            seen.add(word)
            loose += held[word] == 1 and first[word] == at
            last -= 1
        shared = 1.0 - loose / max(1, len(seen))
        title = start in titled
        enough = len(paragraph) - start >= (MIN_TAIL if title else MIN_PLAIN_TAIL)
        if enough and shared < limits[0 if title else 1]:
            out.append(_Tail(number, start, shared, title))
    return out


def _titled(paragraph: str, ends: Sequence[int]) -> set[int]:
    """Sentence starts from which a title seems to run into text."""
    seam, run = _patterns()
    out = {start for start in ends if run.match(paragraph, start, start + MAX_TITLE)}
    for found in seam.finditer(paragraph):
        at = bisect_left(ends, found.start() - 5)
        for number in (at - 1, at - 2):
            near = number >= 0 and ends[number] >= found.start() - MAX_TITLE
            if near and (number == at - 1 or ends[at - 1] - ends[number] < SHORT_SENTENCE):
                out.add(ends[number])
    return out


def _parted(
    text: str, blocks: Sequence[Block], story: Sequence[int], tails: dict[int, list[_Tail]], title: str | None
) -> list[Block]:
    """The blocks, their ends cut off where a scoring of all pieces finds them another story's."""
    pieces = [part for i in story for part in _pieces(blocks[i], text, tails.get(i, []))]
    scores = iter(score_foreign([part.of(text) for part in pieces], title))
    out: list[Block] = []
    for i, block in enumerate(blocks):
        ends = tails.get(i, [])
        head = next(scores) if i in story else 0.0
        scored = [(tail, next(scores)) for tail in ends]
        found = next((pair for pair in scored if pair[1] >= _least(pair[0])), None)
        out += [block] if found is None or head >= HEAD_LIMIT else _cut(text, block, found[0].start, found[1])
    return out


def _least(tail: _Tail) -> float:
    return TITLED_THRESHOLD if tail.titled else TAIL_THRESHOLD


def _pieces(block: Block, text: str, tails: Sequence[_Tail]) -> list[Span]:
    edges = [0, *(tail.start for tail in tails), len(block.span)]
    return [Span(block.span.start + start, block.span.start + end).stripped(text) for start, end in pairwise(edges)]


def _cut(text: str, block: Block, start: int, score: float) -> list[Block]:
    """The paragraph's beginning, as it was, and its end, flagged."""
    at = block.span.start + start
    end = Span(at, block.span.end)
    return [
        replace(block, span=Span(block.span.start, at).stripped(text)),
        replace(block, span=end, foreign=True, foreign_score=round(score, 4), reason=REASON),
    ]
