"""The article: a page's text in blocks, each character traced to the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from .span import Span

__all__ = [
    "BLOCK_KINDS",
    "BODY_KINDS",
    "READ_KINDS",
    "STORY_KINDS",
    "Article",
    "Block",
    "BlockKind",
    "DateFrom",
    "PageDate",
    "Run",
    "Value",
]

BlockKind = Literal[
    "headline",
    "dek",
    "byline",
    "date",
    "heading",
    "paragraph",
    "quote",
    "list",
    "caption",
    "teaser",
    "widget",
    "furniture",
]
BLOCK_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
BODY_KINDS: frozenset[BlockKind] = frozenset({"heading", "paragraph", "quote", "list"})
STORY_KINDS: frozenset[BlockKind] = BODY_KINDS | {"headline", "dek"}
READ_KINDS: frozenset[BlockKind] = STORY_KINDS | {"byline", "date", "caption"}
"""Kinds that sentences and timexes are read from, where the block isn't foreign."""

DateFrom = Literal["json-ld", "meta", "time", "text", "url", "header", "given"]


@dataclass(frozen=True, slots=True)
class Run:
    """`length` code points of article text, copied from `origin` in the decoded page, or inserted (None).

    A copied code point equals the page's at its origin, or is the decoded form of the character
    reference that stands there; a reference is a run of its own, its origin the ampersand.
    """

    length: int
    origin: int | None


@dataclass(frozen=True, slots=True)
class Block:
    """One visible block of the page, in page order."""

    span: Span
    kind: BlockKind
    foreign: bool = False
    foreign_score: float = 0.0
    """0..1, how likely the block belongs to another story."""
    reason: str | None = None
    language: str | None = None
    """ISO 639-1 where it differs from the article's or was asked for."""
    score: float | None = None
    """0..1, how sure the kind is; None where a rule is certain."""

    @property
    def in_story(self) -> bool:
        """Whether attributions, own voice and events are read from the block."""
        return not self.foreign and self.kind in STORY_KINDS

    @property
    def is_read(self) -> bool:
        """Whether sentences and timexes are read from the block."""
        return not self.foreign and self.kind in READ_KINDS


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the page beside the words it was read from."""

    value: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class PageDate:
    """A date of the page: normalised, as written, and where it stood."""

    value: str
    """ISO 8601, at the precision the page gives: `2021-02` is that month."""
    raw: str
    found: DateFrom


@dataclass(frozen=True, slots=True)
class Article:
    """The story's text taken from a page, cut in blocks."""

    id: str
    """Hash of page id, extractor name and version; spans belong to it."""
    page_id: str
    text: str
    blocks: tuple[Block, ...]
    runs: tuple[Run, ...]
    language: str | None = None
    headline: Value | None = None
    byline: tuple[str, ...] = ()
    publisher: str | None = None
    section: str | None = None
    date_published: PageDate | None = None
    date_modified: PageDate | None = None
    representation: Literal["full", "partial"] = "full"
    page_kind: str | None = None
    """article, paywall, live, gallery, index, video, error, consent; None where not looked at."""
    credits: tuple[str, ...] = ()
    """Agencies and outlets credited on the page (AP, Reuters…), as data for the chain."""
    dated_by_change: bool = False
    """Whether `date_published` is the day of the last change, since the page states no other."""
    dates_against: tuple[PageDate, ...] = ()
    """Other statements of the page on its dates that don't go with `date_published`."""

    @property
    def story(self) -> tuple[Block, ...]:
        """Blocks that attributions, own voice and events are read from."""
        return tuple(block for block in self.blocks if block.in_story)

    @property
    def read(self) -> tuple[Block, ...]:
        """Blocks that sentences and timexes are read from."""
        return tuple(block for block in self.blocks if block.is_read)
