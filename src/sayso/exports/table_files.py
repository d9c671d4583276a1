"""Tables as CSV, JSON Lines and Parquet, each with a description of its columns (Frictionless table schema)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from .cells import csv_lines
from .material import Json, Material
from .registry import Exporter, File
from .tables import TABLES, Table
from .text import json_bytes, json_line, pieces

__all__ = ["CSV", "JSONL", "PARQUET"]

BATCH = 5_000
"""Rows of a Parquet row group."""


def _card(ending: str, media_type: str) -> bytes:
    """What the folder holds, for machines: `datapackage.json`."""
    resources = [
        {
            "name": table.name,
            "path": f"{table.name}.{ending}",
            "description": table.summary,
            "mediatype": media_type,
            "encoding": "utf-8",
            "schema": {"fields": [_field(c.name, c.type, c.meaning) for c in table.columns]},
        }
        for table in TABLES
    ]
    return json_bytes({"name": "sayso-tables", "resources": resources})


def _field(name: str, kind: str, meaning: str) -> Json:
    return {"name": name, "type": "array" if kind.startswith("list") else kind, "description": meaning}


def _write_csv(material: Material) -> Iterator[File]:
    for table in TABLES:
        yield f"{table.name}.csv", pieces(csv_lines([c.name for c in table.columns], table.rows(material)))
    yield "datapackage.json", [_card("csv", "text/csv")]


def _complete(table: Table, rows: Iterable[Json]) -> Iterator[Json]:
    for row in rows:
        yield {column.name: row.get(column.name) for column in table.columns}


def _write_jsonl(material: Material) -> Iterator[File]:
    for table in TABLES:
        yield f"{table.name}.jsonl", map(json_line, _complete(table, table.rows(material)))
    yield "dictionary.json", [_card("jsonl", "application/jsonl")]


def _schema(table: Table) -> Any:
    import pyarrow as pa

    plain = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    types = plain | {f"list<{name}>": pa.list_(kind) for name, kind in plain.items()}
    return pa.schema(
        [pa.field(c.name, types[c.type], metadata={"description": c.meaning.encode()}) for c in table.columns]
    )


def _parquet(table: Table, rows: Iterator[Json]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema, out = _schema(table), io.BytesIO()
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        writer.write_table(schema.empty_table())
        while batch := list(islice(rows, BATCH)):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
    return out.getvalue()


def _write_parquet(material: Material) -> Iterator[File]:
    for table in TABLES:
        yield f"{table.name}.parquet", [_parquet(table, _complete(table, table.rows(material)))]


CSV = Exporter("csv", "tables of who said what, for spreadsheets", "text/csv", "csv", _write_csv, many=True)
JSONL = Exporter(
    "jsonl", "the same tables, one JSON object a line", "application/jsonl", "jsonl", _write_jsonl, many=True
)
PARQUET = Exporter(
    "parquet",
    "the same tables for DuckDB, pandas and polars",
    "application/vnd.apache.parquet",
    "parquet",
    _write_parquet,
    many=True,
)
