"""Reading many records into a case: workers with their models loaded once, one entry a record, in order."""

from __future__ import annotations

import hashlib
import json
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sayso.errors import BadInput, SaysoError
from sayso.model import LAYERS, Page, Sighting
from sayso.pipeline import Options, read_page, warm_up
from sayso.pipeline.records import id_of, page_of
from sayso.readers.container_limits import Revisit
from sayso.store import Entry, entry_of, refused, sighted

from .engine import Engine
from .local import Guard, Job

__all__ = ["Item", "items_of", "read_entries", "read_item"]

TRACE_STEPS = 12


@dataclass(frozen=True, slots=True)
class Item:
    """One record to read: a line of the batch door, a page, that one was seen again, or why there is none."""

    key: str
    source: str
    content: bytes | Page | Sighting | BadInput

    @property
    def size(self) -> int:
        """Bytes of the record."""
        if isinstance(self.content, bytes):
            return len(self.content)
        return len(self.content.body) if isinstance(self.content, Page) else 0


def items_of(records: Iterable[tuple[str, bytes | Page | BadInput]], folder: str = ".") -> Iterator[Item]:
    """Items with their keys: a hash of the record as given, so that the same record is known again.

    Args:
        records: where each comes from, and its content.
        folder: where relative paths in lines are looked for after the current folder.
    """
    for source, content in records:
        key = _key(source, content, folder)
        again = content.sighting if isinstance(content, Revisit) else None
        yield Item(key, source, again or content)


def _key(source: str, content: bytes | Page | BadInput, folder: str) -> str:
    digest = hashlib.sha256()
    if isinstance(content, bytes):
        digest.update(content)
        if b'"path"' in content:
            digest.update(_file_digest(content, folder))
    elif isinstance(content, Page):
        seen = [content.fetched_at] if content.record else []
        digest.update(json.dumps([content.id, content.urls, repr(content.given), *seen]).encode())
    else:
        digest.update(f"{source}\0{content}".encode())
    return digest.hexdigest()


def _file_digest(line: bytes, folder: str) -> bytes:
    """Hash of the file that a line names, so that a file that changed is another record."""
    try:
        name = json.loads(line)["path"]
        path = Path(name) if Path(name).exists() else Path(folder) / name
        with open(path, "rb") as handle:
            return hashlib.file_digest(handle, "sha256").digest()
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return b""


def read_entries(
    items: Iterable[Item],
    *,
    layers: tuple[str, ...] = LAYERS,
    engine: Engine | None = None,
    folder: str = ".",
) -> Iterator[Entry]:
    """Read every item; the same entries in the same order whatever the engine and the number of workers.

    Args:
        items: taken only as fast as entries are.
        layers: what to compute.
        engine: where; one process here by default.
        folder: as for `items_of`.
    Raises:
        InvalidSetting: the engine isn't installed.
        Retryable: the cluster can't be reached, or is lost.
    """
    engine = engine or Engine()
    work, prepare = partial(read_item, options=Options(layers=layers, folder=folder)), partial(warm_up, layers)
    yield from engine.map(Job(work, _lost, prepare, engine.guard or Guard()), items)


def read_item(item: Item, options: Options) -> Entry:
    """What becomes of one record; never raises for what stands in it."""
    id = None
    try:
        if isinstance(item.content, BadInput):
            raise item.content
        if isinstance(item.content, Sighting):
            return sighted(item.key, item.source, item.content)
        if isinstance(item.content, Page):
            page, id = item.content, item.content.given.id
        else:
            page = page_of(item.content, options)
        return entry_of(read_page(page, layers=options.layers), item.key, item.source)
    except SaysoError as error:
        return refused(item.key, item.source, id or _id(item), error.kind, str(error))
    except (RecursionError, MemoryError) as error:
        message = f"expected a record of bounded nesting and size, got {type(error).__name__}; cut the record down"
        return refused(item.key, item.source, id or _id(item), "TooLarge", message, _trace(error))
    except Exception as error:  # noqa: BLE001  a fault of ours must not cost the other records
        message = (
            f"expected a reading, got {type(error).__name__}; this is a fault in sayso: "
            "please report it with the record and the trace"
        )
        return refused(item.key, item.source, id or _id(item), "Crash", message, _trace(error))


def _id(item: Item) -> str | None:
    return id_of(item.content) if isinstance(item.content, bytes) else None


def _trace(error: BaseException) -> str:
    """Where it happened, innermost last, by module and line: the same on every machine."""
    steps = traceback.extract_tb(error.__traceback__)[-TRACE_STEPS:]
    return " > ".join(f"{Path(step.filename).stem}.{step.name}:{step.lineno}" for step in steps)


def _lost(item: Item) -> Entry:
    message = (
        "expected the record to be read, got a process that died, ran out of memory or hung on it, twice; "
        "the record is set aside, the others are read"
    )
    id = item.content.given.id if isinstance(item.content, Page) else _id(item)
    return refused(item.key, item.source, id, "Crash", message)
