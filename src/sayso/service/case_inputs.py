"""What `ingest` takes: batch-door lines, pages, folders of pages, web archives, feeds, tables."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from sayso.errors import BadInput
from sayso.model import Page
from sayso.pipeline.records import MAX_LINE_BYTES
from sayso.readers import MAX_BYTES
from sayso.readers import read_page as page_from_bytes
from sayso.readers.containers import container_kind, read_container
from sayso.store.remote import fetched, is_address, listed

from .reading import find_pages

__all__ = ["records_of"]

LINES = (".jsonl", ".ndjson")


def records_of(sources: Sequence[str]) -> Iterator[tuple[str, bytes | Page | BadInput]]:
    """Every record of the sources in order: where it comes from, and a line, a page or why there is none.

    Raises:
        InvalidSetting: a source is not there.
        Retryable: an object store doesn't answer.
    """
    # Looked up first, so that a misspelt name stops the run before it begins.
    for name in [name for source in sources for name in _named(source)]:
        if name == "-":
            yield from _lines(sys.stdin.buffer, "-")
        elif is_address(name):
            with fetched(name) as copy:
                yield from _file(copy)
        else:
            yield from _file(Path(name))


def _named(source: str) -> Iterator[str]:
    yield from listed(source) if is_address(source) else find_pages((source,))


def _file(path: Path) -> Iterator[tuple[str, bytes | Page | BadInput]]:
    if path.name.lower().endswith(LINES):
        with path.open("rb") as handle:
            yield from _lines(handle, path.name)
    else:
        yield from _pages(path)


def _lines(handle: BinaryIO, name: str) -> Iterator[tuple[str, bytes]]:
    limit, number = MAX_LINE_BYTES + 1, 0
    while line := handle.readline(limit):
        kept, number = line, number + 1
        while len(line) == limit and not line.endswith(b"\n"):
            line = handle.readline(limit)
        if kept := kept.removesuffix(b"\n").removesuffix(b"\r"):
            yield f"{name}:{number}", kept


def _pages(path: Path) -> Iterator[tuple[str, Page | BadInput]]:
    try:
        with path.open("rb") as handle:
            head = handle.read(4_096)
            if container_kind(path.name, head) is None:
                data = head + handle.read(MAX_BYTES + 1 - len(head))
                yield path.name, page_from_bytes(data, path_name=path.name)
                return
        for number, record in enumerate(read_container(path), 1):
            where = f"{path.name}:{number}"
            yield (record.record or where, record) if isinstance(record, Page) else (where, record[1])
    except BadInput as error:
        yield path.name, error
    except OSError as error:
        why = error.strerror or str(error)
        yield path.name, BadInput(f"expected a readable file, got “{why}” at {path.name}; check it")
