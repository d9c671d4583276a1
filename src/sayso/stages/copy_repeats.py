"""Copy findings on repetition and on text of other stories: what an editor sees without reading closely."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from sayso.model import BODY_KINDS, Article, Block, Finding, Span

from .findings_registry import finding

__all__ = ["foreign_inside", "repeated_headline", "repeated_paragraphs"]

MIN_WORDS: Final = 9
"""A shorter paragraph may well stand twice: a refrain, an address, a line of a list."""
HEADLINE_KINDS: Final = frozenset({"headline", "dek", "heading", "paragraph", "furniture"})
_NOT_WORD: Final = re.compile(r"[\W_]+")


def _key(text: str) -> str:
    return _NOT_WORD.sub(" ", text.casefold()).strip()


def repeated_headline(article: Article) -> Iterator[Finding]:
    """The headline again, before the story's first paragraph or inside the story."""
    first = next((i for i, block in enumerate(article.blocks) if block.kind == "headline"), None)
    if first is None:
        return
    key = _key(article.blocks[first].span.of(article.text))
    if len(key.split()) < 3:
        return
    body = [i for i, block in enumerate(article.blocks) if block.in_story and block.kind in BODY_KINDS]
    last = body[-1] if body else first
    for block in article.blocks[first + 1 : last + 1]:
        if block.kind in HEADLINE_KINDS and not block.foreign and _key(block.span.of(article.text)) == key:
            yield finding("SAY301", block.span, related=(article.blocks[first].span,))


def repeated_paragraphs(article: Article) -> Iterator[Finding]:
    """A paragraph of the story that stands in it before, word for word."""
    seen: dict[str, Span] = {}
    for block in article.story:
        if block.kind != "paragraph":
            continue
        key = _key(block.span.of(article.text))
        if key.count(" ") + 1 < MIN_WORDS:
            continue
        if key in seen:
            yield finding("SAY302", block.span, related=(seen[key],))
        else:
            seen[key] = block.span


def foreign_inside(article: Article) -> Iterator[Finding]:
    """Text of another story between paragraphs of this one, one finding a run of blocks."""
    body = [i for i, block in enumerate(article.blocks) if block.in_story and block.kind in BODY_KINDS]
    if not body:
        return
    inside = article.blocks[body[0] : body[-1] + 1]
    plain = len(article.runs) == 1
    for spliced, run in groupby(inside, key=lambda block: _is_spliced(block, plain)):
        if spliced:
            blocks = list(run)
            yield finding("SAY303", _hull(blocks))


def _is_spliced(block: Block, plain: bool) -> bool:
    """On a page with layout a card between paragraphs looks like one to its readers; in plain text it doesn't."""
    return block.foreign and (block.kind in BODY_KINDS or (plain and block.kind == "teaser"))


def _hull(blocks: Sequence[Block]) -> Span:
    return Span(blocks[0].span.start, blocks[-1].span.end)
