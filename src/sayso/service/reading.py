"""Read pages: one, several, a folder of them, or the many that a web archive, feed or table holds."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TypedDict, Unpack

from sayso.errors import BadInput, InvalidSetting, Unsupported
from sayso.model import LAYERS, Given, Page, Reading
from sayso.pipeline import check_layers, read_page
from sayso.readers import MAX_BYTES, page_from_html, page_from_text
from sayso.readers import read_page as page_from_bytes
from sayso.readers.containers import Record, container_kind, read_container

__all__ = ["Options", "find_pages", "holds_many", "layers_of", "read", "read_all", "read_html", "read_text"]

PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".txt", ".md"})
"""What a folder is searched for; a file that is named is read whatever it is called."""


class Options(TypedDict, total=False):
    """What may be said of a page beside its content; `read` explains each."""

    url: str | None
    published: str | None
    title: str | None
    publisher: str | None
    layers: tuple[str, ...]
    min_score: float


def layers_of(names: str | None) -> tuple[str, ...]:
    """The layers that a comma-separated list names; all of them for None.

    Raises:
        InvalidSetting: a name is none of the layers.
    """
    if names is None:
        return LAYERS
    return check_layers(name.strip() for name in names.split(",") if name.strip())


def _given(options: Options) -> Given:
    return Given(
        url=options.get("url"),
        published=options.get("published"),
        title=options.get("title"),
        publisher=options.get("publisher"),
    )


def _finish(page: Page, options: Options) -> Reading:
    layers = check_layers(options.get("layers", LAYERS))
    return read_page(page, layers=layers, min_score=options.get("min_score", 0.0))


def read(source: str | os.PathLike[str] | bytes, **options: Unpack[Options]) -> Reading:
    """Read one page.

    Args:
        source: path of an HTML or text file, `-` for standard input, or the page's bytes.
        **options: all by name, all optional. `url`, `title`, `publisher`: what is known of the page beside its bytes.
            `published`: ISO 8601 day or moment that times are counted from, where the page doesn't say.
            `layers`: what to compute, among `sayso.LAYERS`. `min_score`: attributions that score below it are left out.
    Returns:
        The reading; print it, ask its layers, or turn them into rows.
    Raises:
        BadInput: the page can't be read (`TooLarge`, `Unsupported` say more).
        InvalidSetting: no such file or layer.
    """
    given = _given(options)
    if isinstance(source, bytes):
        return _finish(page_from_bytes(source, given=given), options)
    records = list(islice(_records(os.fspath(source), given), 2))
    if len(records) != 1:
        raise Unsupported(
            f"expected one page, got {'several' if records else 'none'} in {source}; "
            "read it with `sayso.read_all` or `sayso read`"
        )
    if not isinstance(records[0], Page):
        raise records[0][1]
    return _finish(records[0], options)


def read_all(source: str | os.PathLike[str], **options: Unpack[Options]) -> Iterator[tuple[str, Reading | BadInput]]:
    """Read every page of a file: a web archive (WARC, WACZ, MHTML), mail, feed, table, or a page by itself.

    Args:
        source: path, or `-` for one page on standard input. Else as `read`.
    Yields:
        A name for each page, and its reading or why it can't be read; one bad record stops nothing.
    Raises:
        InvalidSetting: no such file or layer.
    """
    name = os.fspath(source)
    check_layers(options.get("layers", LAYERS))
    for number, record in enumerate(_kept(name, _records(name, _given(options))), 1):
        if not isinstance(record, Page):
            yield record
            continue
        label = record.url or record.record or (name if number == 1 else f"{name} ({number})")
        try:
            yield label, _finish(record, options)
        except BadInput as error:
            yield label, error


def holds_many(source: str) -> bool:
    """Whether the file is of a kind that may hold several pages."""
    return source != "-" and container_kind(source, _head(Path(source))) is not None


def _records(name: str, given: Given) -> Iterator[Record]:
    """The pages of the file, what the caller says of them winning over what the container says."""
    if name == "-":
        yield page_from_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), given=given)
        return
    if not holds_many(name):
        yield page_from_bytes(_bytes_of(Path(name)), given=given, path_name=name)
        return
    said = {key: value for key in ("url", "published", "title", "publisher") if (value := getattr(given, key))}
    for record in read_container(Path(name)):
        yield replace(record, given=replace(record.given, **said)) if isinstance(record, Page) else record


def _kept(name: str, records: Iterator[Record]) -> Iterator[Record]:
    """The records, a file that can't be read at all being one of them."""
    try:
        yield from records
    except BadInput as error:
        yield name, error


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            return handle.read(4_096)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InvalidSetting(f"expected a readable file, got “{why}” at {path}; check the path") from error


def read_text(text: str, **options: Unpack[Options]) -> Reading:
    """Read a plain text; `reading.article.text` equals it character for character. Else as `read`."""
    return _finish(page_from_text(text, given=_given(options)), options)


def read_html(html: str, **options: Unpack[Options]) -> Reading:
    """Read a decoded HTML page. Else as `read`."""
    return _finish(page_from_html(html, given=_given(options)), options)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            return handle.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InvalidSetting(f"expected a readable file, got “{why}” at {path}; check the path") from error


def find_pages(sources: tuple[str, ...]) -> Iterator[str]:
    """The files that `sources` name, folders searched for pages by suffix, in a fixed order.

    Raises:
        InvalidSetting: a source is neither a file nor a folder.
        BadInput: a folder holds no page.
    """
    for source in sources:
        path = Path(source)
        if source == "-" or path.is_file():
            yield source
        elif path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix.lower() in PAGE_SUFFIXES and p.is_file())
            if not found:
                raise BadInput(
                    f"expected pages ({', '.join(sorted(PAGE_SUFFIXES))}) in the folder, got none at {source}; "
                    "name the files"
                )
            yield from map(str, found)
        else:
            raise InvalidSetting(f"expected a file, a folder or -, got nothing at {source}; check the path")
