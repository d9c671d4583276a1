"""What is known of a page beside its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from sayso.extract.credits import Dateline
from sayso.extract.segment import PageBlock
from sayso.model import PageDate, Span

from .bylines import Byline
from .headlines import Headline
from .published import DateConflict

__all__ = ["Blocks", "Metadata", "Spanned"]


class Spanned(Protocol):
    """A block of plain text, as far as metadata looks at it."""

    @property
    def span(self) -> Span:
        """Its place in the page's text."""
        ...


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; what it doesn't say is None or empty."""

    headline: Headline | None = None
    byline: tuple[str, ...] = ()
    """People, in the page's order; where it names none, the staff, agency or outlet it credits."""
    byline_parts: Byline = field(default_factory=Byline)
    """The byline taken apart: people, outlets, roles, helpers."""
    byline_block: int | None = None
    publisher: str | None = None
    section: str | None = None
    date_published: PageDate | None = None
    date_block: int | None = None
    """The block in which the publication date is printed."""
    date_modified: PageDate | None = None
    dated_by_change: bool = False
    """Whether `date_published` is the day of the last change, since the page states no other."""
    date_conflicts: tuple[DateConflict, ...] = ()
    credits: tuple[str, ...] = ()
    """Agencies credited, by their full names."""
    dateline: Dateline | None = None
    dateline_block: int | None = None
    page_kind: str = "article"
    page_kind_reason: str | None = None
    wall_block: int | None = None
    """The block that says the rest is for subscribers."""
    representation: Literal["full", "partial"] = "full"
    language: str | None = None
    """ISO 639-1."""
    block_languages: tuple[str | None, ...] = ()
    """ISO 639-1 per block; None where it's the page's or the block is too short to say."""


Blocks = Sequence[PageBlock] | Sequence[Spanned]
