"""The extractor: a page in, its article out."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from sayso.model import Article, Block, Page, PageDate, Run, Value

from .html import html_blocks
from .plain import plain_blocks
from .tree import Tree

__all__ = ["EXTRACTOR", "EXTRACTOR_VERSION", "extract"]

EXTRACTOR = "sayso.extract.blocks"
EXTRACTOR_VERSION = "1"


def extract(page: Page) -> Article:
    """Take the story's text out of a page, every other block kept beside it.

    The text holds all visible blocks in page order, blank lines between; from plain text it equals the
    page's text character for character. Never raises for what stands in the page.
    """
    if page.media_type == "text/plain":
        return _finish(page, page.text, plain_blocks(page.text, title=page.given.title), _whole_run(page.text), None)
    found = html_blocks(page)
    return _finish(page, found.text, found.blocks, found.runs, found.tree)


def _whole_run(text: str) -> tuple[Run, ...]:
    return (Run(len(text), 0),) if text else ()


def _article_id(page: Page) -> str:
    return hashlib.sha256(f"{page.id}\x1f{EXTRACTOR}\x1f{EXTRACTOR_VERSION}".encode()).hexdigest()


def _finish(page: Page, text: str, blocks: list[Block], runs: tuple[Run, ...], tree: Tree | None) -> Article:
    article = Article(
        id=_article_id(page),
        page_id=page.id,
        text=text,
        blocks=tuple(blocks),
        runs=runs,
        headline=_headline(text, blocks),
    )
    given = page.given
    if given.published:
        article = replace(article, date_published=PageDate(given.published[:10], given.published, "given"))
    if given.publisher:
        article = replace(article, publisher=given.publisher)
    return article


def _headline(text: str, blocks: list[Block]) -> Value | None:
    found = next((block for block in blocks if block.kind == "headline"), None)
    return Value(" ".join(found.span.of(text).split()), found.span) if found else None
