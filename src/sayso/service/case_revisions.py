"""Revisions: bodies that one address gave at different times, and when archives saw each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.errors import InvalidSetting

if TYPE_CHECKING:
    from sayso.store import StoredDocument, View

    from .case_analysis import Analysis

__all__ = ["Revision", "before", "revision_rows", "revisions", "sighting_rows"]


@dataclass(frozen=True, slots=True)
class Revision:
    """Which of an address's bodies a page is."""

    number: int
    """1 for the first that came in."""
    first: str
    """Id of that one."""
    before: str | None
    """Id of the one before; None for the first."""


def revisions(documents: Iterable[StoredDocument]) -> dict[str, Revision]:
    """Which revision of its address each page is, by id; pages are taken in order of arrival.

    A page whose address isn't known is the first and only one of its own.
    """
    latest: dict[str, tuple[str, Revision]] = {}
    found: dict[str, Revision] = {}
    for document in documents:
        address = (document.url or "").partition("#")[0]
        held = latest.get(address) if address else None
        revision = Revision(held[1].number + 1, held[1].first, held[0]) if held else Revision(1, document.id, None)
        found[document.id] = revision
        if address:
            latest[address] = document.id, revision
    return found


def before(analysis: Analysis, page: str) -> str:
    """The revision before a page's.

    Raises:
        InvalidSetting: there is none.
    """
    revision = revisions(analysis.stored.values())[page]
    if revision.before is None:
        raise InvalidSetting(f"expected a page whose address gave another body before, got {page}; name two pages")
    return revision.before


def revision_rows(analysis: Analysis, page: str) -> list[dict[str, Any]]:
    """Every revision of a page's address in order of arrival, with when each was seen."""
    held = revisions(analysis.stored.values())
    wanted = [id for id, revision in held.items() if revision.first == held[page].first]
    rows = []
    for id in wanted:
        document, seen = analysis.stored[id], sighting_rows(analysis.view, analysis.stored[id].page)
        moments = sorted(row["fetched_at"] for row in seen if row["fetched_at"])
        rows.append(
            {
                "id": id,
                "revision": held[id].number,
                "url": document.url,
                "title": document.title,
                "published": document.published,
                "seen": len(seen),
                "first_seen": moments[0] if moments else None,
                "last_seen": moments[-1] if moments else None,
            }
        )
    return rows


def sighting_rows(view: View, page: str) -> list[dict[str, Any]]:
    """When and where archives saw a page's bytes; records that have none lead to it by the payload's digest."""
    return view.query(
        "SELECT url, fetched_at, source FROM sightings WHERE page = ? OR page IS NULL AND digest IN "
        "(SELECT digest FROM sightings WHERE page = ?) ORDER BY fetched_at, source",
        [page, page],
    )
