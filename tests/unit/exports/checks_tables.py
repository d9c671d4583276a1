"""Tables read back by other programs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from sayso.exports import TABLES, Material

Files = dict[str, bytes]


def check_csv(files: Files, material: Material, folder: Path) -> None:
    """Every table against its own description (Frictionless), and the words against the text."""
    from frictionless import Package, system

    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message", "rowNumber"])[:3]
    for table in TABLES:
        rows = list(csv.DictReader(io.StringIO(files[f"{table.name}.csv"].decode(), newline="")))
        assert rows
        assert list(rows[0]) == [column.name for column in table.columns]
        assert not [cell for row in rows for cell in row.values() if cell[:1] in ("=", "+", "@")]
    assert any(row["outlet"] == "'=1+1" for row in csv.DictReader(io.StringIO(files["documents.csv"].decode())))


def check_jsonl(files: Files, material: Material, folder: Path) -> None:
    """One JSON object a line, whatever a reader takes for a line's end; every span under its words."""
    held: dict[str, list[dict[str, Any]]] = {}
    for table in TABLES:
        lines = files[f"{table.name}.jsonl"].decode().splitlines()
        held[table.name] = [json.loads(line) for line in lines]
        assert held[table.name], table.name
        for row in held[table.name]:
            assert list(row) == [column.name for column in table.columns]
            for column in table.columns:
                assert row[column.name] is None or _fits(row[column.name], column.type), (table.name, column, row)
    texts = {row["document"]: row["text"] for row in held["documents"]}
    assert texts == {document.id: document.text for document in material.documents}
    for row in held["statements"]:
        spans = list(zip(row["spans"][::2], row["spans"][1::2], strict=True))
        assert " … ".join(texts[row["document"]][a:b] for a, b in spans) == row["text"]
    for row in held["timexes"]:
        assert texts[row["document"]][row["start"] : row["end"]] == row["text"]
    for row in held["claims"]:
        assert row["document"] in texts
    assert sum(row["statements"] for row in held["sources"]) <= len(held["statements"])


def _fits(value: object, kind: str) -> bool:
    if kind.startswith("list<"):
        return isinstance(value, list) and all(_fits(item, kind[5:-1]) for item in value)
    types = {"string": str, "integer": int, "number": (int, float), "boolean": bool}
    return isinstance(value, types[kind]) and (kind == "boolean" or not isinstance(value, bool))


def check_parquet(files: Files, material: Material, folder: Path) -> None:
    for table in TABLES:
        read = pq.read_table(io.BytesIO(files[f"{table.name}.parquet"]))
        assert read.column_names == [column.name for column in table.columns]
        assert read.num_rows == sum(1 for _ in table.rows(material))
        said = {field.name: field.metadata[b"description"].decode() for field in read.schema}
        assert said == {column.name: column.meaning for column in table.columns}
    texts = {document.id: document.text for document in material.documents}
    for row in pq.read_table(io.BytesIO(files["statements.parquet"])).to_pylist():
        start, end = row["spans"][:2]
        assert row["text"].startswith(texts[row["document"]][start:end])
