"""Sentences glued into a paragraph that send the reader to another story: cut out, so that the rest can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from sayso.lang import load
from sayso.model import Block, Span

__all__ = ["without_glued"]

MAX_POINTER = 260
"""Characters from the words that point to the end of the title they point to."""
MAX_PARAGRAPH = 50_000
"""Characters of a paragraph in which pointers are looked for."""
REASON = "points to another story, inside a paragraph"
_END = re.compile(r"[.!?…][\"”’')\]]*(?=\s|\Z)")
_SPLIT_KINDS = frozenset({"paragraph", "quote"})


@cache
def _pointer() -> re.Pattern[str]:
    """Words that point, at a block's start or behind the end of a sentence, and the sign after them."""
    words = load("page")["glued"]
    return re.compile(rf"(?:\A|(?<=[.!?…”’\"')\]]))\s*(?P<from>(?:{words})\s*[:>»|–—]\s*(?=\w))", re.IGNORECASE)


def without_glued(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, each paragraph parted where a pointer to another story stands in it; the pointer is foreign."""
    for block in blocks:
        if block.kind in _SPLIT_KINDS and not block.foreign and len(block.span) <= MAX_PARAGRAPH:
            yield from _parts(text, block)
        else:
            yield block


def _parts(text: str, block: Block) -> Iterator[Block]:
    words = block.span.of(text)
    at = 0
    for found in _pointer().finditer(words):
        start = found.start("from")
        end = _end_of(words, found.end())
        if start < at or end is None:
            continue
        yield from _own(text, block, at, start)
        span = Span(block.span.start + start, block.span.start + end)
        yield replace(block, span=span, kind="teaser", foreign=True, foreign_score=1.0, reason=REASON)
        at = end
    yield from _own(text, block, at, len(words))


def _end_of(words: str, after: int) -> int | None:
    """Where the title ends: with its sentence, or with the block where that is near."""
    found = _END.search(words, after, after + MAX_POINTER)
    if found is not None:
        return found.end()
    return len(words) if len(words) - after <= MAX_POINTER else None


def _own(text: str, block: Block, start: int, end: int) -> Iterator[Block]:
    """What is left of a paragraph between pointers, less the white space around it."""
    if start == 0 and end == len(block.span):
        yield block
        return
    span = Span(block.span.start + start, block.span.start + end).stripped(text)
    if span:
        yield replace(block, span=span)
