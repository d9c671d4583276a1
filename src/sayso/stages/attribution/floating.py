"""Quotations with no cue beside them: those that go on from the block before, and those that stand alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.model import Article, Block, Span, merged

from .quotes import Quote, in_quotes
from .raw import RawAttribution

__all__ = ["with_floating"]

HEADINGS = frozenset({"headline", "dek", "heading"})
HEADING_WORDS = 3
BODY_WORDS = 6
HEADING_SCORE = 0.5
BODY_SCORE = 0.4
ALONE_SHARE = 0.8
ENDS = (".", "!", "?")


def with_floating(article: Article, quotes: Sequence[Quote], found: Sequence[RawAttribution]) -> list[RawAttribution]:
    """Add quotations that no attribution holds.

    One that opens where the block before left its quotation open widens that attribution's content; a
    headline's, or one that fills its paragraph, becomes an attribution without source and cue.
    """
    out = list(found)
    holder: dict[int, int] = {}
    taken = merged(span for raw in found if not _is_inside(raw, quotes) for span in (*raw.content, *raw.source))
    blocks = _blocks(article, quotes)
    place = 0
    before: Quote | None = None
    for quote, block in zip(quotes, blocks, strict=True):
        while place < len(taken) and taken[place].end <= quote.span.start:
            place += 1
        covered = place < len(taken) and taken[place].overlaps(quote.span)
        if not covered and block is not None:
            owner = holder.get(before.span.start) if before is not None and quote.continued else None
            if owner is not None:
                out[owner] = replace(out[owner], content=(*out[owner].content, quote.span))
                holder[quote.span.start] = owner
            elif _stands_alone(article.text, quote, block):
                score = HEADING_SCORE if block.kind in HEADINGS else BODY_SCORE
                out.append(RawAttribution((), (), (quote.span,), score))
                holder[quote.span.start] = len(out) - 1
        elif covered:
            _hold(holder, quote, found)
        before = quote
    return out


def _is_inside(raw: RawAttribution, quotes: Sequence[Quote]) -> bool:
    """Whether the cue stands in quotation marks: then somebody else still speaks the quotation."""
    return bool(raw.cue) and in_quotes(quotes, raw.cue[0].start) is not None


def _hold(holder: dict[int, int], quote: Quote, found: Sequence[RawAttribution]) -> None:
    """Note whose content the quotation is, where it is left open and may go on."""
    if quote.closed:
        return
    fits = [i for i, raw in enumerate(found) if any(span.overlaps(quote.span) for span in raw.content)]
    if fits:
        holder[quote.span.start] = max(fits, key=lambda i: (sum(map(len, found[i].content)), -i))


def _blocks(article: Article, quotes: Sequence[Quote]) -> list[Block | None]:
    story = article.story
    out: list[Block | None] = []
    place = 0
    for quote in quotes:
        while place < len(story) and story[place].span.end <= quote.span.start:
            place += 1
        out.append(story[place] if place < len(story) else None)
    return out


def _stands_alone(text: str, quote: Quote, block: Block) -> bool:
    if block.kind in HEADINGS:
        return quote.words >= HEADING_WORDS
    free = Span(block.span.start, block.span.end).stripped(text)
    if quote.words < BODY_WORDS:
        return False
    before = text[free.start : quote.span.start].rstrip()
    whole = text[: quote.span.end].rstrip("”\"'’»“").endswith(ENDS)
    ends_block = quote.span.end >= free.end - 1 and before.endswith(ENDS) and whole
    return ends_block or len(quote.span) >= ALONE_SHARE * len(free)
