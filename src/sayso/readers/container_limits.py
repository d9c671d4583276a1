"""Bounds and small helpers that the readers of containers share."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sayso.errors import BadInput, SaysoError
from sayso.model import Given, Page, Sighting

from . import page_from_html, page_from_text, read_page

__all__ = ["DEFAULT_LIMITS", "Limits", "Record", "Revisit", "iso_moment", "page_of_bytes", "page_of_string"]

Record = Page | tuple[str, BadInput]
"""A page, or the name of a record and why it can't be read."""


class Revisit(BadInput):
    """A record says that a page was fetched again unchanged, and its bytes stand in no record before it.

    Args:
        message: for doors that read one file by itself.
        sighting: what the record says.
    """

    def __init__(self, message: str, sighting: Sighting | None = None) -> None:
        super().__init__(message)
        self.sighting = sighting

    @property
    def kind(self) -> str:
        """As its parent's: to one who reads a file by itself it is no other."""
        return "BadInput"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a container is read."""

    max_bytes: int = 32 * 2**20
    """Largest record, unpacked."""
    max_records: int = 10_000_000
    max_depth: int = 12
    """Parts inside parts of a message."""
    max_ratio: int = 250
    """Unpacked bytes per packed byte of an archive's member."""
    max_kept: int = 64 * 2**20
    """Bytes of earlier records kept for records that only refer to them."""


DEFAULT_LIMITS = Limits()
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")


def iso_moment(value: str | None) -> str | None:
    """A mail or ISO date as ISO 8601; None where it is neither.

    >>> iso_moment("Tue, 11 Sep 2018 08:30:00 +0200")
    '2018-09-11T08:30:00+02:00'
    """
    if not value:
        return None
    text = str(value).strip()[:80]
    if _ISO.fullmatch(text):
        try:
            datetime.fromisoformat(text)
        except ValueError:
            return None
        return text.replace(" ", "T")
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if "-0000" in text or moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.isoformat()


def page_of_bytes(
    body: bytes,
    name: str,
    *,
    media_type: str | None = None,
    urls: tuple[str, ...] = (),
    fetched_at: str | None = None,
    record: str | None = None,
    given: Given | None = None,
) -> Record:
    """A page from a record's bytes, or the record's name and what is wrong with it."""
    try:
        page = read_page(body, given=given, media_type=media_type, path_name=name)
    except BadInput as error:
        return name, error
    return replace(page, urls=urls or page.urls, fetched_at=fetched_at, record=record)


def page_of_string(text: str, name: str, *, html: bool, given: Given, record: str | None = None) -> Record:
    """The same from a string that was decoded already."""
    try:
        page = page_from_html(text, given=given) if html else page_from_text(text, given=given)
    except BadInput as error:
        return name, error
    except SaysoError as error:
        return name, BadInput(str(error))
    return replace(page, record=record)
