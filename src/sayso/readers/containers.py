"""Files that hold pages: web archives, saved pages, mail, feeds, tables, Markdown."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from sayso.errors import BadInput, InvalidSetting, TooLarge, Unsupported
from sayso.model import Given

from .container_feed import read_feed
from .container_limits import DEFAULT_LIMITS, Limits, Record, iso_moment, page_of_bytes
from .container_mail import read_mail, read_mhtml
from .container_table import read_csv, read_jsonl, read_parquet
from .container_warc import read_wacz, read_warc

__all__ = ["KINDS", "Limits", "Record", "container_kind", "read_container"]

KINDS = ("warc", "wacz", "mhtml", "eml", "feed", "csv", "jsonl", "parquet", "markdown")
_ENDINGS: tuple[tuple[str, str], ...] = (
    (".warc.gz", "warc"),
    (".warc", "warc"),
    (".wacz", "wacz"),
    (".mhtml", "mhtml"),
    (".mht", "mhtml"),
    (".eml", "eml"),
    (".rss", "feed"),
    (".atom", "feed"),
    (".csv", "csv"),
    (".tsv", "csv"),
    (".jsonl", "jsonl"),
    (".ndjson", "jsonl"),
    (".parquet", "parquet"),
    (".markdown", "markdown"),
    (".md", "markdown"),
)
_FEED = re.compile(rb"\s*(?:<\?[^>]{0,500}>\s*){0,5}(?:<!--[^>]{0,500}>\s*)?<(?:rss|feed|rdf:RDF)[\s>]")
_FRONT_MATTER = re.compile(r"\A---\r?\n(.{0,20000}?)\r?\n---\r?\n", re.DOTALL)
_SETTING = re.compile(r"^(title|date|published|url|link|permalink|publisher|source):[ \t]*(.{1,1000})$", re.MULTILINE)


def container_kind(name: str, head: bytes = b"") -> str | None:
    """What kind of container a file is, by its name and its first bytes; None where it is a page of its own.

    >>> container_kind("crawl.warc.gz")
    'warc'
    """
    lower = name.lower().removesuffix(".gz") if not name.lower().endswith(".warc.gz") else name.lower()
    for ending, kind in _ENDINGS:
        if lower.endswith(ending):
            return kind
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"PAR1"):
        return "parquet"
    if lower.endswith((".xml", ".rdf")) or not Path(lower).suffix:
        return "feed" if _FEED.match(head[:4_000]) else None
    return None


def read_container(
    source: str | Path | bytes | BinaryIO,
    *,
    name: str | None = None,
    kind: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Record]:
    """Yield the pages of a container in its order; a record that can't be read yields its name and why.

    Args:
        source: a path, the file's bytes, or an open binary file.
        name: the file's name, for messages and to tell its kind; a path's own where none is given.
        kind: one of KINDS; told by name and first bytes where None.
        limits: how much is read.
    Raises:
        InvalidSetting: `kind` is none of KINDS, or the path can't be opened.
        Unsupported: the file is no container.
    """
    if kind is not None and kind not in KINDS:
        raise InvalidSetting(f"expected kind to be one of {', '.join(KINDS)}, got {kind!r}; choose one of them")
    called = name or (Path(source).name if isinstance(source, str | Path) else "the input")
    stream = _opened(source)
    head = stream.read(8_192)
    stream.seek(0)
    kind = kind or container_kind(called, head)
    if kind is None:
        stream.close()
        raise Unsupported(f"expected one of {', '.join(KINDS)}, got another format at {called}; read it as a page")
    return _read(stream, called, kind, limits)


def _opened(source: str | Path | bytes | BinaryIO) -> BinaryIO:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    if isinstance(source, str | Path):
        try:
            return Path(source).open("rb")
        except OSError as error:
            raise InvalidSetting(
                f"expected a file, got {error.strerror} at {Path(source).name}; check its name"
            ) from error
    return source


def _read(stream: BinaryIO, name: str, kind: str, limits: Limits) -> Iterator[Record]:
    with stream:
        if kind == "warc":
            yield from read_warc(stream, name, limits)
        elif kind == "wacz":
            yield from read_wacz(stream, name, limits)
        elif kind in ("csv", "jsonl"):
            yield from _read_rows(stream, name, kind, limits)
        else:
            try:
                data = _whole(stream, name, limits)
            except BadInput as error:
                yield name, error
                return
            yield from _read_whole(data, name, kind, limits)


def _read_rows(stream: BinaryIO, name: str, kind: str, limits: Limits) -> Iterator[Record]:
    rows = cast(BinaryIO, gzip.GzipFile(fileobj=stream)) if name.lower().endswith(".gz") else stream
    try:
        yield from read_csv(rows, name, limits) if kind == "csv" else read_jsonl(rows, name, limits)
    except (OSError, EOFError, zlib.error) as error:
        yield name, BadInput(f"expected rows to the end, got {type(error).__name__} in {name}; fetch the file again")


def _read_whole(data: bytes, name: str, kind: str, limits: Limits) -> Iterator[Record]:
    if kind == "mhtml":
        yield read_mhtml(data, name, limits)
    elif kind == "eml":
        yield read_mail(data, name, limits)
    elif kind == "feed":
        yield from read_feed(data, name, limits)
    elif kind == "parquet":
        yield from read_parquet(data, name, limits)
    else:
        yield _markdown(data, name)


def _whole(stream: BinaryIO, name: str, limits: Limits) -> bytes:
    """All bytes, unpacked where the name says so, within the bounds."""
    most = limits.max_bytes * 16
    data = stream.read(most + 1)
    if name.lower().endswith(".gz"):
        packed = len(data)
        try:
            data = gzip.GzipFile(fileobj=io.BytesIO(data)).read(min(most, max(2**20, packed * limits.max_ratio)) + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise BadInput(f"expected a gzip file, got {type(error).__name__} in {name}; fetch it again") from error
        if len(data) > max(2**20, packed * limits.max_ratio):
            raise TooLarge(f"expected at most {limits.max_ratio} bytes per packed byte at {name}; leave it out")
    if len(data) > most:
        raise TooLarge(f"expected at most {most:,} bytes at {name}; split it")
    return data


def _markdown(data: bytes, name: str) -> Record:
    """Markdown is read as the plain text it is; its front matter says title, date and address."""
    text = data[:40_000].decode("utf-8-sig", "replace")
    front = _FRONT_MATTER.match(text)
    said = {key: value.strip().strip("\"'") for key, value in _SETTING.findall(front.group(1))} if front else {}
    given = Given(
        url=said.get("url") or said.get("link") or said.get("permalink"),
        published=iso_moment(said.get("date") or said.get("published")),
        title=said.get("title"),
        publisher=said.get("publisher") or said.get("source"),
    )
    return page_of_bytes(data, name, media_type="text/plain", given=given)
