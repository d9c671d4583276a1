"""Cells of tables that a spreadsheet may open: nested values as JSON, formulas made inert."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

__all__ = ["cell", "csv_lines", "csv_text"]

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters by which a spreadsheet takes a cell for a formula."""


def csv_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV, nested values as JSON; cells that a spreadsheet would take for a formula begin with an apostrophe.

    >>> csv_text([{"a": "=1+1", "b": ["x"]}])
    'a,b\\r\\n\\'=1+1,"[""x""]"\\r\\n'
    """
    names = list(dict.fromkeys(name for row in rows for name in row))
    return "".join(csv_lines(names, rows)) if names else ""


def csv_lines(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The same a line at a time, with the columns of these names; the first line names them."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    yield out.getvalue()
    for row in rows:
        out.seek(0)
        out.truncate()
        writer.writerow([cell(row.get(name)) for name in names])
        yield out.getvalue()


def cell(value: Any) -> Any:
    """A value as it may stand in a cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value[:1] in FORMULA else value
    if isinstance(value, int | float):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
