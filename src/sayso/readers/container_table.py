"""Tables with a column of texts or pages: CSV, TSV, JSON Lines and Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from sayso.errors import BadInput, TooLarge, Unsupported
from sayso.model import Given

from .container_limits import Limits, Record, iso_moment, page_of_string

__all__ = ["read_csv", "read_jsonl", "read_parquet"]

HTML_COLUMNS = ("html", "raw_html", "content_html", "page_html", "body_html")
TEXT_COLUMNS = ("text", "content", "body", "article", "article_text", "full_text", "fulltext", "maintext", "story")
_GIVEN: dict[str, tuple[str, ...]] = {
    "id": ("id", "doc_id", "guid", "uuid"),
    "url": ("url", "link", "uri", "source_url"),
    "published": ("published", "date_published", "publish_date", "published_at", "date", "pubdate"),
    "title": ("title", "headline"),
    "publisher": ("publisher", "outlet", "source", "site", "source_name"),
}


def read_csv(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Record]:
    """Yield one page per row; the first row names the columns."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    csv.field_size_limit(limits.max_bytes)
    first = text.readline(1_000_000)
    separator = max(",\t;|", key=first.count)
    rows = csv.reader(_lines(first, text), delimiter=separator)
    try:
        columns = [column.strip().lower() for column in next(rows, [])]
    except csv.Error as error:
        yield name, BadInput(f"expected a row of column names, got {error} in {name}; mend the file")
        return
    for number in range(1, limits.max_records + 1):
        where = f"{name}:{number}"
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield where, BadInput(f"expected a row, got {error} at {where}; mend the row")
            continue
        if row is None:
            return
        yield _row(dict(zip(columns, row, strict=False)), where, limits)


def _lines(first: str, text: io.TextIOWrapper) -> Iterator[str]:
    yield first
    yield from text


def read_jsonl(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Record]:
    """Yield one page per line that holds an object."""
    number = 0
    while number < limits.max_records:
        line = stream.readline(limits.max_bytes + 1)
        if not line:
            return
        number += 1
        where = f"{name}:{number}"
        if len(line) > limits.max_bytes:
            while line and not line.endswith(b"\n"):
                line = stream.readline(limits.max_bytes)
            yield where, TooLarge(f"expected a line of at most {limits.max_bytes:,} bytes at {where}; leave it out")
            continue
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            yield (
                where,
                BadInput(f"expected one JSON object a line, got {type(error).__name__} at {where}; mend the line"),
            )
            continue
        if not isinstance(row, dict):
            yield where, BadInput(f"expected a JSON object, got {type(row).__name__} at {where}; mend the line")
            continue
        yield _row({str(key).lower(): value for key, value in row.items()}, where, limits)


def read_parquet(data: bytes, name: str, limits: Limits) -> Iterator[Record]:
    """Yield one page per row of a Parquet file; needs polars (`pip install sayso[frames]`)."""
    try:
        import polars
    except ImportError:
        yield name, Unsupported(f"expected polars to read {name}, got none; run `pip install sayso[frames]`")
        return
    try:
        frame = polars.scan_parquet(io.BytesIO(data))
        names = {column.lower(): column for column in frame.collect_schema().names()}
        wanted = [names[c] for c in _columns(list(names)) if c in names]
        rows = frame.select(wanted).head(limits.max_records).collect()
    except (polars.exceptions.PolarsError, OSError, ValueError, TypeError) as error:
        yield (
            name,
            BadInput(f"expected a Parquet file, got {' '.join(str(error).split())[:120]} in {name}; write it again"),
        )
        return
    for number, row in enumerate(rows.iter_rows(named=True), start=1):
        yield _row({key.lower(): value for key, value in row.items()}, f"{name}:{number}", limits)


def _columns(names: Sequence[str]) -> list[str]:
    known = [*HTML_COLUMNS, *TEXT_COLUMNS, *(column for columns in _GIVEN.values() for column in columns)]
    return [column for column in known if column in names]


def _row(row: Mapping[str, Any], where: str, limits: Limits) -> Record:
    body, html = _body(row)
    if body is None:
        choices = ", ".join((*HTML_COLUMNS[:1], *TEXT_COLUMNS[:3]))
        return where, BadInput(f"expected text in a column such as {choices}, got none at {where}; name the column so")
    if len(body) > limits.max_bytes:
        return where, TooLarge(
            f"expected at most {limits.max_bytes:,} characters, got {len(body):,} at {where}; leave it out"
        )
    values = {field: _value(row, columns) for field, columns in _GIVEN.items()}
    values["published"] = iso_moment(values["published"])
    return page_of_string(body, where, html=html, given=Given(**values), record=where)


def _body(row: Mapping[str, Any]) -> tuple[str | None, bool]:
    for columns, html in ((HTML_COLUMNS, True), (TEXT_COLUMNS, False)):
        for column in columns:
            value = row.get(column)
            if isinstance(value, bytes):
                value = value.decode("utf-8", "replace")
            if isinstance(value, str) and value.strip():
                return value, html
    return None, False


def _value(row: Mapping[str, Any], columns: Sequence[str]) -> str | None:
    for column in columns:
        value = row.get(column)
        if value is not None and not isinstance(value, dict | list | bytes) and str(value).strip():
            return str(value).strip()[:2_000]
    return None
