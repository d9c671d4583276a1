"""The extractor: a page in, its article out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sayso.model import Article, Block, Page, Run, Span, Value

from .blend import with_foreign
from .collector import without_collections
from .foreign_tails import without_tails
from .glued import without_glued
from .html import html_blocks
from .metadata import Metadata, read_metadata
from .plain import plain_blocks

__all__ = ["EXTRACTOR", "EXTRACTOR_VERSION", "extract"]

EXTRACTOR = "sayso.extract.blocks"
EXTRACTOR_VERSION = "1"


def extract(page: Page) -> Article:
    """Take the story's text out of a page, every other block kept beside it.

    The text holds all visible blocks in page order, blank lines between; from plain text it equals the
    page's text character for character. Never raises for what stands in the page.
    """
    with without_collections():
        return _from_text(page) if page.media_type == "text/plain" else _from_markup(page)


def _from_markup(page: Page) -> Article:
    found = html_blocks(page)
    blocks = with_foreign(found.text, found.blocks, _title(found.metadata), markup=True)
    found.tree.release()
    return _finish(page, found.text, blocks, found.runs, found.metadata)


def _from_text(page: Page) -> Article:
    text = page.text
    blocks = plain_blocks(text, title=page.given.title)
    metadata = read_metadata(page, None, blocks)
    headline = next((block for block in blocks if block.kind == "headline"), None)
    title = _title(metadata) or (headline.span.of(text) if headline else None)
    blocks = with_foreign(text, blocks, title, markup=False)
    runs = (Run(len(text), 0),) if text else ()
    return _finish(page, text, blocks, runs, metadata)


def _title(metadata: Metadata) -> str | None:
    return metadata.headline.value if metadata.headline else None


def _article_id(page: Page) -> str:
    return hashlib.sha256(f"{page.id}\x1f{EXTRACTOR}\x1f{EXTRACTOR_VERSION}".encode()).hexdigest()


def _finish(page: Page, text: str, blocks: Sequence[Block], runs: tuple[Run, ...], metadata: Metadata) -> Article:
    headline = _headline(text, blocks, metadata)
    markup = page.media_type != "text/plain"
    parted = list(without_glued(text, blocks))
    return Article(
        id=_article_id(page),
        page_id=page.id,
        text=text,
        blocks=tuple(without_tails(text, parted, headline.value if headline else None, markup=markup)),
        runs=runs,
        language=metadata.language,
        headline=headline,
        byline=metadata.byline,
        publisher=metadata.publisher,
        section=metadata.section,
        date_published=metadata.date_published,
        date_modified=metadata.date_modified,
        dated_by_change=metadata.dated_by_change,
        dates_against=tuple(conflict.other for conflict in metadata.date_conflicts),
        representation=metadata.representation,
        page_kind=metadata.page_kind,
        credits=metadata.credits,
    )


def _headline(text: str, blocks: Sequence[Block], metadata: Metadata) -> Value | None:
    """The headline's value, and its span where the page shows it."""
    found = metadata.headline
    shown = next((block.span for block in blocks if block.kind == "headline"), None)
    if found is None:
        return Value(" ".join(shown.of(text).split()), shown) if shown else None
    if found.block is None or found.block >= len(blocks):
        return Value(found.value, shown if shown and _agree(shown.of(text), found.value) else None)
    start = blocks[found.block].span.start
    span = Span(start + found.start, start + found.end)
    return Value(found.value, span if span else blocks[found.block].span)


def _agree(shown: str, value: str) -> bool:
    return " ".join(shown.split()).casefold() == value.casefold()
