"""Taking into a case what a person hands over: a file or a text, read at once by a reader that is kept warm."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.engines.ingest import Item, items_of
from sayso.errors import SaysoError

from .case_inputs import records_of

if TYPE_CHECKING:
    from sayso.engines.reader import PageReader
    from sayso.model import Page
    from sayso.store import Entry, Store

__all__ = ["Taken", "take_file", "take_page"]

MAX_RECORDS = 2_000
SHARD = 64


@dataclass(slots=True)
class Taken:
    """What became of what was handed over."""

    pages: list[str] = field(default_factory=list)
    """Ids of the pages it holds, those that the case held before too."""
    new: int = 0
    refused: list[str] = field(default_factory=list)
    """Why records could not be read."""
    cut: bool = False
    """Whether more records are there than are taken this way."""


def take_file(store: Store, name: str, data: bytes, reader: PageReader) -> Taken:
    """Take in a file of any kind that `sayso ingest` takes.

    Args:
        store: the case's.
        name: the file's; only its last part is used.
        data: its bytes.
        reader: reads each record.
    Raises:
        Retryable: somebody else is writing.
    """
    with tempfile.TemporaryDirectory(prefix="sayso-") as folder:
        path = Path(folder) / _plain(name)
        path.write_bytes(data)
        return _take(store, items_of(records_of([str(path)]), folder), reader)


def take_page(store: Store, page: Page, source: str, reader: PageReader) -> Taken:
    """Take in one page."""
    return _take(store, items_of([(source, page)]), reader)


def _plain(name: str) -> str:
    """A file name that is only that."""
    kept = "".join(c if c.isalnum() or c in "-_. " else "_" for c in name.replace("\\", "/").rsplit("/", 1)[-1])
    return kept.strip(". ")[-80:] or "page"


def _take(store: Store, items: Iterator[Item], reader: PageReader) -> Taken:
    taken = Taken()
    keys: list[str] = []
    with store.writer(shard_size=SHARD) as writer:
        for item in items:
            if len(keys) >= MAX_RECORDS:
                taken.cut = True
                break
            keys.append(item.key)
            if not writer.seen(item.key):
                entry = _entry(item, reader)
                if entry.refused is not None:
                    taken.refused.append(str(entry.refused["message"]))
                writer.add(entry)
        taken.new = writer.outcomes["read"]
    taken.pages = _pages(store, keys)
    return taken


def _entry(item: Item, reader: PageReader) -> Entry:
    from sayso.store import refused

    try:
        return reader.entry(item)
    except SaysoError as error:
        if error.kind == "Retryable":
            raise
        return refused(item.key, item.source, None, error.kind, str(error))


def _pages(store: Store, keys: list[str]) -> list[str]:
    rows = store.view().query(
        "SELECT key, any_value(doc) AS doc FROM inputs WHERE doc IS NOT NULL AND key IN (SELECT unnest(?::VARCHAR[])) "
        "GROUP BY key",
        [keys],
    )
    found = {row["key"]: row["doc"] for row in rows}
    return list(dict.fromkeys(found[key] for key in keys if key in found))
