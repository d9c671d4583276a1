"""What `ingest` takes: batch-door lines, pages, folders of pages, web archives, feeds, tables."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sayso.errors import BadInput
from sayso.model import Page
from sayso.pipeline.records import MAX_LINE_BYTES
from sayso.readers import MAX_BYTES
from sayso.readers import read_page as page_from_bytes
from sayso.readers.containers import Record, container_kind, read_container
from sayso.store.remote import fetched, is_address, listed

from .reading import find_pages

__all__ = ["Position", "records_of"]

LINES = (".jsonl", ".ndjson")


@dataclass(slots=True)
class Position:
    """How far the sources are gone through, in bytes of the files here; what stands elsewhere isn't counted."""

    total: int = 0
    before: int = 0
    """Of the files that are done with."""
    inside: int = 0
    """Of the file that is being read."""

    def foreseen(self, records: int) -> int:
        """How many records there are in all, from how many there were so far; 0 where that can't be told."""
        done = self.before + self.inside
        return max(records, round(records * self.total / done)) if done and self.total else 0


def records_of(
    sources: Sequence[str], position: Position | None = None
) -> Iterator[tuple[str, bytes | Page | BadInput]]:
    """Every record of the sources in order: where it comes from, and a line, a page or why there is none.

    Args:
        sources: files, folders and addresses.
        position: kept up to date while records are taken.
    Raises:
        InvalidSetting: a source is not there.
        Retryable: an object store doesn't answer.
    """
    # Looked up first, so that a misspelt name stops the run before it begins.
    names = [name for source in sources for name in _named(source)]
    position = position or Position()
    sizes = [_size(name) for name in names]
    # Where the size of one isn't known, nothing can be foreseen.
    position.total = sum(sizes) if all(sizes) else 0
    for name, size in zip(names, sizes, strict=True):
        if name == "-":
            yield from _lines(sys.stdin.buffer, "-", position)
        elif is_address(name):
            with fetched(name) as copy:
                yield from _file(copy, position)
        else:
            yield from _file(Path(name), position)
        position.before, position.inside = position.before + size, 0


def _size(name: str) -> int:
    """Bytes of a file here, 0 for what stands elsewhere."""
    try:
        return Path(name).stat().st_size if name != "-" and not is_address(name) else 0
    except OSError:
        return 0


def _named(source: str) -> Iterator[str]:
    yield from listed(source) if is_address(source) else find_pages((source,))


def _file(path: Path, position: Position) -> Iterator[tuple[str, bytes | Page | BadInput]]:
    if path.name.lower().endswith(LINES):
        with path.open("rb") as handle:
            yield from _lines(handle, path.name, position)
    else:
        yield from _pages(path, position)


def _lines(handle: BinaryIO, name: str, position: Position) -> Iterator[tuple[str, bytes]]:
    limit, number = MAX_LINE_BYTES + 1, 0
    while line := handle.readline(limit):
        kept, number = line, number + 1
        position.inside += len(line)
        while len(line) == limit and not line.endswith(b"\n"):
            line = handle.readline(limit)
            position.inside += len(line)
        if kept := kept.removesuffix(b"\n").removesuffix(b"\r"):
            yield f"{name}:{number}", kept


def _pages(path: Path, position: Position) -> Iterator[tuple[str, Page | BadInput]]:
    try:
        with path.open("rb") as handle:
            head = handle.read(4_096)
            if container_kind(path.name, head) is None:
                data = head + handle.read(MAX_BYTES + 1 - len(head))
                yield path.name, page_from_bytes(data, path_name=path.name)
                return
        for number, record in enumerate(read_container(path), 1):
            where = f"{path.name}:{number}"
            position.inside = _place(record) or position.inside
            yield (record.record or where, record) if isinstance(record, Page) else (where, record[1])
    except BadInput as error:
        yield path.name, error
    except OSError as error:
        why = error.strerror or str(error)
        yield path.name, BadInput(f"expected a readable file, got “{why}” at {path.name}; check it")


def _place(record: Record) -> int:
    """Where in its file a web archive's record begins; 0 where that isn't known."""
    name = (record.record or "") if isinstance(record, Page) else record[0]
    place = name.rpartition(":")[2]
    return int(place) if place.isdigit() else 0
