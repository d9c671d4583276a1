"""What is exported or packed: the pages of a case or of files, each with its reading, a few at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.errors import BrokenStore, InvalidSetting
from sayso.exports import Document, Material
from sayso.model import Reading
from sayso.store.remote import is_address
from sayso.version import __version__

from .reading import find_pages, read_all

if TYPE_CHECKING:
    from .case import Case
    from .case_analysis import Analysis

__all__ = ["is_case", "material_of_case", "material_of_pages"]

BATCH = 32
"""Documents held at a time."""
_SQL = (
    "SELECT d.id, d.outlet, d.title, d.published, d.given, r.reading, b.body FROM documents d "
    "JOIN readings r ON r.doc = d.id LEFT JOIN bodies b ON b.page = d.page "
    "WHERE d.id IN (SELECT unnest(?::VARCHAR[])) ORDER BY d.number"
)
GIVEN = ("id", "url", "published", "title", "publisher")


class _Again(Iterable[Any]):
    """What a function yields, worked out anew each time it is gone through."""

    def __init__(self, make: Callable[[], Iterator[Any]]) -> None:
        self.make = make

    def __iter__(self) -> Iterator[Any]:
        return self.make()


def is_case(name: str) -> bool:
    """Whether the name is a case's: a folder with its card, or an address in an object store."""
    return is_address(name) or (Path(name) / "case.json").is_file()


def material_of_case(case: Case, story: str | None = None) -> Material:
    """Everything a case holds, or one of its stories.

    Args:
        case: the case.
        story: the id of a story or of one of its pages.
    Raises:
        InvalidSetting: there is no such case or story.
    """
    from .case_story import find_story

    analysis = case.analysis
    pages = find_story(analysis, story).pages if story is not None else None
    return Material(
        documents=_Again(lambda: _documents(analysis, pages)),
        reuse=_Again(lambda: _reuse(analysis, pages)),
        claims=_Again(lambda: _claims(analysis, story)),
        origins=_Again(lambda: _origins(case, _claims(analysis, story))),
        version=__version__,
    )


def _documents(analysis: Analysis, pages: Sequence[str] | None) -> Iterator[Document]:
    ids = list(analysis.stored) if pages is None else [id for id in analysis.stored if id in set(pages)]
    for start in range(0, len(ids), BATCH):
        for row in analysis.view.query(_SQL, [ids[start : start + BATCH]]):
            yield _document(row)


def _document(row: dict[str, Any]) -> Document:
    if row["body"] is None:
        raise BrokenStore(f"expected the bytes of page {row['id']}, got none in the case; ingest its file again")
    given = dict(zip(GIVEN, json.loads(row["given"]), strict=True))
    reading = json.loads(row["reading"])
    if "article" not in reading:
        raise InvalidSetting(f"expected the layer article of page {row['id']}, got none; ingest it with that layer")
    return Document(
        id=row["id"],
        reading=reading,
        body=bytes(row["body"]),
        outlet=row["outlet"],
        title=row["title"],
        published=row["published"],
        given=given,
    )


def _reuse(analysis: Analysis, pages: Sequence[str] | None) -> Iterator[dict[str, Any]]:
    from .case_reuse import reuse_rows_of

    kept = None if pages is None else set(pages)
    for row in reuse_rows_of(analysis):
        if kept is None or (row["a"] in kept and row["b"] in kept):
            yield row


def _claims(analysis: Analysis, story: str | None) -> Iterator[dict[str, Any]]:
    from .case_claims import claim_row, claims_of

    for name in [story] if story is not None else [found.id for found in analysis.stories if len(found.pages) > 1]:
        for claim in claims_of(analysis, name):
            yield claim_row(claim)


def _origins(case: Case, claims: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for claim in claims:
        yield case.origins(claim["id"]).to_dict()


def material_of_pages(sources: Sequence[str], skipped: Callable[[str, Exception], None]) -> Material:
    """The pages of files or folders, read now; what can't be read is told to `skipped`."""
    documents = [document for name in find_pages(tuple(sources)) for document in _read(name, skipped)]
    return Material(documents=documents, version=__version__)


def _read(name: str, skipped: Callable[[str, Exception], None]) -> Iterator[Document]:
    for label, found in read_all(name):
        if isinstance(found, Reading):
            yield document_of(found)
        else:
            skipped(label, found)


def document_of(reading: Reading) -> Document:
    """A reading as exporters see it."""
    page, article, given = reading.page, reading.article, reading.page.given
    return Document(
        id=reading.id,
        reading=reading.to_dict(),
        body=page.body,
        outlet=given.publisher or article.publisher,
        title=given.title or (article.headline.value if article.headline else None),
        published=given.published or (article.date_published.value if article.date_published else None),
        given={name: getattr(given, name) for name in GIVEN},
    )
