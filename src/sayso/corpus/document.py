"""What the case-wide methods read of a page: who, when, title and text, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Document", "document_of"]


@dataclass(frozen=True, slots=True)
class Document:
    """One page as a case sees it; every position refers to code points of `text`."""

    id: str
    text: str
    outlet: str | None = None
    time: str | None = None
    """ISO 8601 moment or day as shown by the page; a sign among others, for clocks lie."""
    title: str | None = None
    credits: tuple[str, ...] = ()
    """Agencies and outlets that the page credits, where a reading found them."""


def document_of(row: Mapping[str, object]) -> Document:
    """A document from one line of the batch door; unknown keys are ignored, null is as good as absent.

    >>> document_of({"id": "x", "text": "t", "published": "2018-09-11", "publisher": "KAB"}).outlet
    'KAB'
    """

    def string(*keys: str) -> str | None:
        return next((str(row[key]) for key in keys if row.get(key) is not None), None)

    credits = row.get("credits")
    return Document(
        id=string("id") or "",
        text=string("text") or "",
        outlet=string("outlet", "publisher"),
        time=string("time", "published"),
        title=string("title"),
        credits=tuple(map(str, credits)) if isinstance(credits, Iterable) and not isinstance(credits, str) else (),
    )
