"""From a page, its tree and its blocks to its metadata."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from sayso.extract.credits import Dateline, find_credits, read_dateline
from sayso.extract.language import block_languages, page_language
from sayso.extract.page_kind import find_page_kind
from sayso.extract.segment import PageBlock
from sayso.extract.tree import Tree
from sayso.model import Page, PageDate

from .authors import find_authors
from .dates import parse_date
from .facts import Facts, gather
from .headlines import Headline, find_headline
from .plain import read_top
from .published import find_dates_of_page
from .publisher import find_publisher, find_section, site_names
from .strings import clean, fold
from .types import Blocks, Metadata, Spanned
from .window import near_headline

__all__ = ["read_metadata"]

MAX_GIVEN = 1_000
LEAD_BLOCKS = 12


def read_metadata(page: Page, tree: Tree | None, blocks: Blocks) -> Metadata:
    """Read what a page says of itself; never raises for what stands in it.

    Args:
        page: the page; what the caller gave of it wins over what it says.
        tree: its markup; None for plain text.
        blocks: its visible blocks in page order: `PageBlock`s where there is a tree, else anything with a
            `span` in the page's text.
    """
    if tree is None:
        spans = [block.span for block in cast("Sequence[Spanned]", blocks)]
        return _with_given(page, _from_text([span.of(page.text) for span in spans]))
    return _with_given(page, _from_markup(page, tree, cast("Sequence[PageBlock]", blocks)))


def _from_markup(page: Page, tree: Tree, blocks: Sequence[PageBlock]) -> Metadata:
    facts = gather(tree, url=page.url or page.given.url)
    sites = site_names(facts, page.given.publisher)
    headline = find_headline(facts, blocks, sites=sites)
    at = headline.block if headline else None
    window = near_headline(blocks, at)
    authors = find_authors(facts, blocks, window, headline=at, sites=sites)
    dates = find_dates_of_page(facts, blocks, window, headline=at, fetched_at=page.fetched_at)
    texts = [block.text for block in blocks]
    first = at + 1 if at is not None else 0
    metadata = Metadata(
        headline=headline,
        byline=authors.names,
        byline_parts=authors.byline,
        byline_block=authors.block,
        publisher=find_publisher(facts, headline.value if headline else None),
        section=find_section(facts),
        date_published=dates.published,
        date_block=dates.published_block,
        date_modified=dates.modified,
        dated_by_change=dates.by_change,
        date_conflicts=dates.conflicts,
    )
    metadata = _with_credits(metadata, texts, first)
    return _with_kind(metadata, facts, blocks, texts)


def _with_kind(metadata: Metadata, facts: Facts, blocks: Sequence[PageBlock], texts: list[str]) -> Metadata:
    kind = find_page_kind(facts, blocks)
    language = page_language(facts.language or facts.meta("og:locale", "content-language"), texts)
    return replace(
        metadata,
        page_kind=kind.kind,
        page_kind_reason=kind.reason,
        wall_block=kind.wall,
        representation="partial" if kind.partial else "full",
        language=language,
        block_languages=block_languages(texts, language),
    )


def _from_text(texts: list[str]) -> Metadata:
    top = read_top(texts)
    language = page_language(None, texts)
    metadata = Metadata(
        headline=top.headline,
        byline=top.byline.names,
        byline_parts=top.byline,
        byline_block=top.byline_block,
        date_published=top.published,
        date_block=top.published_block,
        date_modified=top.modified,
        language=language,
        block_languages=block_languages(texts, language),
    )
    return _with_credits(metadata, texts, 0)


def _with_credits(metadata: Metadata, texts: list[str], first: int) -> Metadata:
    """Add agencies credited in byline, dateline and credit lines."""
    lead = texts[first : first + LEAD_BLOCKS]
    dateline: Dateline | None = None
    place: int | None = None
    for index, text in enumerate(lead):
        dateline = read_dateline(text) if len(text) > 60 else None
        if dateline:
            place = first + index
            break
    lines = [text for text in [*lead, *texts[-LEAD_BLOCKS:]] if len(text) <= 300]
    named = (*metadata.byline_parts.outlets, *metadata.byline_parts.people, *metadata.byline_parts.lone)
    return replace(
        metadata,
        dateline=dateline,
        dateline_block=place,
        credits=find_credits(named, lead[:LEAD_BLOCKS] if dateline else (), lines),
    )


def _with_given(page: Page, metadata: Metadata) -> Metadata:
    """What the caller says of the page wins."""
    given = page.given
    if given.title and clean(given.title):
        metadata = replace(metadata, headline=_given_headline(given.title, metadata.headline))
    if given.publisher and clean(given.publisher):
        metadata = replace(metadata, publisher=clean(given.publisher[:MAX_GIVEN]))
    if given.published:
        found = parse_date(given.published)
        if found:
            metadata = replace(
                metadata,
                date_published=PageDate(found.value, clean(given.published), "given"),
                date_block=None,
                dated_by_change=False,
            )
    return metadata


def _given_headline(title: str, found: Headline | None) -> Headline:
    """The caller's title, in the block of the page's own headline where the two agree."""
    value = clean(title[:MAX_GIVEN])
    if found is not None and fold(found.value) == fold(value):
        return replace(found, value=value)
    return Headline(value)
