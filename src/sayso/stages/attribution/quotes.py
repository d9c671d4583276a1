"""Quotation spans, block by block: straight and curly marks, '' and ´´, guillemets, unbalanced marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.model import Block, Span

__all__ = ["Quote", "find_quotes", "in_quotes"]

_MARK = re.compile("''|``|´´|,,|[“”„‟«»\"＂‘’‚'`´]")
_OPENS = frozenset("“„‟«")
_CLOSES = frozenset("”»")
_STRAIGHT = frozenset({'"', "＂", "''", "``", "´´", ",,"})
_SINGLE = frozenset("‘’‚'`´")
_BEFORE_OPEN = frozenset(" \t\n\xa0([{—–-/:…")
_ELIDED = re.compile(r"(?:\d|em\b|tis\b|twas\b|til\b|cause\b|n\b|round\b|bout\b)", re.IGNORECASE)
MIN_UNCLOSED_CHARS = 20
MAX_SINGLE_CHARS = 1_000


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation, its marks included."""

    span: Span
    closed: bool = True
    continued: bool = False
    """Whether it opens where the quotation of the block before was left open."""
    single: bool = False
    words: int = 0


def find_quotes(text: str, blocks: Sequence[Block]) -> list[Quote]:
    """Outermost quotations of the blocks, in text order; none crosses a block.

    A mark left open runs to the end of its block, and the next block's opening mark then continues it.
    """
    out: list[Quote] = []
    open_before = False
    for block in blocks:
        found = _block_quotes(text, block.span, open_before)
        out.extend(found)
        open_before = bool(found) and not found[-1].closed and found[-1].span.end == block.span.end
    return out


def in_quotes(quotes: Sequence[Quote], position: int) -> Quote | None:
    """The quotation that holds the character, by bisection."""
    from bisect import bisect_right

    index = bisect_right(quotes, position, key=lambda quote: quote.span.start) - 1
    if index >= 0 and quotes[index].span.end > position:
        return quotes[index]
    return None


def _block_quotes(text: str, block: Span, open_before: bool) -> list[Quote]:
    marks = list(_MARK.finditer(text, block.start, block.end))
    out: list[Quote] = []
    opened: int | None = None
    skip_to = -1
    for index, mark in enumerate(marks):
        if mark.start() < skip_to:
            continue
        sort = _sort(text, block, mark, opened is not None)
        if sort == "single":
            if opened is None:
                end = _single_end(text, block, marks, index)
                if end is not None:
                    out.append(_quote(text, mark.start(), end, single=True))
                    skip_to = end
        elif sort == "open":
            if opened is not None and _is_straight(mark):
                _close_early(text, out, opened, mark.start())
                opened = mark.start()
            elif opened is None:
                opened = mark.start()
        elif opened is not None:
            out.append(_quote(text, opened, mark.end(), continued=open_before and opened == block.start))
            opened = None
        elif open_before and not out:
            out.append(_quote(text, block.start, mark.end(), continued=True))
    if opened is not None and block.end - opened >= MIN_UNCLOSED_CHARS:
        out.append(_quote(text, opened, block.end, closed=False, continued=open_before and opened == block.start))
    return out


def _quote(
    text: str, start: int, end: int, *, closed: bool = True, continued: bool = False, single: bool = False
) -> Quote:
    return Quote(Span(start, end), closed, continued, single, len(text[start:end].split()))


def _is_straight(mark: re.Match[str]) -> bool:
    return mark.group() in _STRAIGHT


def _close_early(text: str, out: list[Quote], start: int, limit: int) -> None:
    """A closing mark is missing: the quotation ends with its last whole sentence before `limit`."""
    ends = [m.end() for m in re.finditer(r"[.!?](?=\s)", text[start:limit])]
    if ends:
        out.append(_quote(text, start, start + ends[-1], closed=False))


def _sort(text: str, block: Span, mark: re.Match[str], is_open: bool) -> str:
    """`open`, `close` or `single`."""
    sign = mark.group()
    if sign in _SINGLE:
        return "single"
    if sign == "“" and is_open and _closes_here(text, block, mark):
        return "close"  # German pairs, and a closing mark typed the wrong way round
    if sign in _OPENS:
        return "open"
    if sign in _CLOSES:
        return "open" if not is_open and sign == "”" and _opens_here(text, block, mark) else "close"
    opens, closes = _opens_here(text, block, mark), _closes_here(text, block, mark)
    if opens != closes:
        return "open" if opens else "close"
    return "close" if is_open else "open"


def _opens_here(text: str, block: Span, mark: re.Match[str]) -> bool:
    before = text[mark.start() - 1] if mark.start() > block.start else " "
    after = text[mark.end()] if mark.end() < block.end else " "
    return (before in _BEFORE_OPEN or before in "‘'“") and not after.isspace()


def _closes_here(text: str, block: Span, mark: re.Match[str]) -> bool:
    before = text[mark.start() - 1] if mark.start() > block.start else " "
    after = text[mark.end()] if mark.end() < block.end else " "
    return not before.isspace() and not after.isalnum()


def _single_end(text: str, block: Span, marks: Sequence[re.Match[str]], index: int) -> int | None:
    """Where a single quotation mark that opens here closes; None where it is an apostrophe."""
    mark = marks[index]
    if not _opens_here(text, block, mark) or mark.group() == "’" or _ELIDED.match(text, mark.end()):
        return None
    best: int | None = None
    for other in marks[index + 1 :]:
        if other.start() - mark.start() > MAX_SINGLE_CHARS or other.group() not in _SINGLE:
            break
        if best is not None and _opens_here(text, block, other):
            break
        if other.group() == "‘" or not _closes_here(text, block, other):
            continue
        best = other.end()
        if text[other.start() - 1] not in "sz":
            break  # after an s it may be a plural's apostrophe: look for a later mark
    return best
