"""Reading a case: DuckDB over the Parquet shards, the latest reading of each document."""

from __future__ import annotations

import json
import re
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

from sayso.errors import BrokenStore, InvalidSetting

from .shards import shard_path
from .tables import TABLES

__all__ = ["StoredDocument", "StoredStatement", "View", "document_of_row", "statement_of_row"]

Row = dict[str, Any]
BATCH = 4096


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """One document of the case, latest reading; every position refers to `text`."""

    number: int
    id: str
    generation: int
    page: str
    source: str
    url: str | None
    outlet: str | None
    title: str | None
    published: str | None
    language: str | None
    credits: tuple[str, ...]
    text: str
    story: tuple[tuple[int, int], ...]
    """Where the story stands, in order."""
    version: str
    layers: tuple[str, ...]
    given: str
    """JSON: id, url, published, title, publisher as the caller gave them."""


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """One attribution or own-voice sentence."""

    doc: str
    id: str
    kind: str
    spans: tuple[tuple[int, int], ...]
    text: str
    source: str | None
    source_spans: tuple[tuple[int, int], ...]
    source_kind: str | None
    name: str | None
    cue: str | None
    form: str | None
    tier: str | None
    polarity: str | None
    certainty: str | None
    attitude: str | None
    act: str | None
    parent: str | None
    chain: tuple[Row, ...]
    heads: tuple[int, int | None] | None
    score: float | None


class View:
    """A case as it was when the view was made; many may read while one writes.

    Args:
        root: the case's folder.
        shards: numbers of the shards it sees.
    """

    def __init__(self, root: Path, shards: Sequence[int]) -> None:
        self.root = root
        self.shards = list(shards)
        self._known: set[str] = set()
        self._lock = threading.RLock()
        """A connection refuses two threads at once, the cursors that it gives don't."""

    @cached_property
    def _db(self) -> Any:
        import duckdb

        db = duckdb.connect(":memory:")
        db.execute("SET enable_progress_bar = false")
        # No extension can be relied on offline, and none is needed.
        db.execute("SET autoinstall_known_extensions = false")
        db.execute("SET autoload_known_extensions = false")
        db.execute("SET memory_limit = '1GB'")
        db.execute("SET threads = 2")
        db.execute(f"SET temp_directory = '{tempfile.gettempdir().replace(chr(39), chr(39) * 2)}'")
        return db

    def _execute(self, sql: str, parameters: Iterable[object]) -> Any:
        """Run a query; tables are made known when one first names them, for each costs a look into every shard."""
        named = {table for table in TABLES if re.search(rf"\b(?:all_)?{table}\b", sql, re.IGNORECASE)}
        with self._lock:
            missing = ({"documents", *named} if named else set()) - self._known
            for table in sorted(missing, key=list(TABLES).index):
                self._make_known(table)
                self._known.add(table)
            cursor = self._db.cursor()
        return cursor.execute(sql, list(parameters))

    def _make_known(self, table: str) -> None:
        self._db.execute(f"CREATE VIEW all_{table} AS {self._source(table)}")
        if table == "documents":
            # The latest reading of each document, and what belongs to it.
            latest = "SELECT id, max(generation) AS generation FROM all_documents GROUP BY id"
            self._db.execute(
                f"CREATE VIEW documents AS SELECT d.* FROM all_documents d JOIN ({latest}) USING (id, generation)"
            )
        elif TABLES[table][1][0][0] == "doc":
            latest = "SELECT id AS doc, max(generation) AS generation FROM all_documents GROUP BY id"
            self._db.execute(
                f"CREATE VIEW {table} AS SELECT t.* FROM all_{table} t JOIN ({latest}) USING (doc, generation)"
            )
        else:
            self._db.execute(f"CREATE VIEW {table} AS SELECT * FROM all_{table}")

    def _source(self, table: str) -> str:
        types = {"list<string>": "VARCHAR[]", "list<int32>": "INTEGER[]", "binary": "BLOB", "string": "VARCHAR"}
        types |= {"int32": "INTEGER", "int64": "BIGINT", "double": "DOUBLE"}
        columns = ", ".join(f'NULL::{types[kind]} AS "{name}"' for name, kind, _ in TABLES[table][1])
        empty = f"SELECT {columns} WHERE false"
        paths = [shard_path(self.root, number) / f"{table}.parquet" for number in self.shards]
        # What a table had before it was added is nothing; that a shard lacks a file is seen when it is opened.
        files = [str(path) for path in paths if table != "sightings" or path.is_file()]
        if not files:
            return empty
        names = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
        # Shards written before a column was added have null there, all of them alike.
        return f"{empty} UNION ALL BY NAME SELECT * FROM read_parquet([{names}], union_by_name = true)"

    def query(self, sql: str, parameters: Iterable[object] = ()) -> list[Row]:
        """Run SQL over the tables (documents, statements, …; `all_` before a name sees every reading).

        Raises:
            InvalidSetting: the SQL is wrong.
            BrokenStore: a file can't be read.
        """
        import duckdb

        try:
            cursor = self._execute(sql, parameters)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            raise BrokenStore(f"expected readable tables, got “{error}” at {self.root}; restore the shard") from error
        except duckdb.Error as error:
            raise InvalidSetting(f"expected a query over {', '.join(TABLES)}, got “{error}”; mend it") from error

    def stream(self, sql: str, parameters: Iterable[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows of a query of ours, a batch at a time."""
        cursor = self._execute(sql, parameters)
        while rows := cursor.fetchmany(BATCH):
            yield from rows

    def shard_rows(self, number: int, table: str) -> list[Row]:
        """Rows of one shard's table, as written."""
        import pyarrow.parquet as pq

        rows: list[Row] = pq.read_table(shard_path(self.root, number) / f"{table}.parquet").to_pylist()
        return rows

    def keys(self) -> set[str]:
        """Keys of all records taken in."""
        return {row[0] for row in self.stream("SELECT DISTINCT key FROM inputs")}

    def identities(self) -> dict[str, str]:
        """Identity of each document by id."""
        return dict(self.stream("SELECT id, identity FROM all_documents WHERE generation = 1"))

    def bodies_held(self) -> set[str]:
        """Pages whose bytes are kept."""
        return {row[0] for row in self.stream("SELECT page FROM bodies")}

    def body(self, page: str) -> Row | None:
        """The bytes of a page with their media type and encoding, or None."""
        rows = self.query("SELECT media_type, encoding, fetched_at, body FROM bodies WHERE page = ? LIMIT 1", [page])
        return rows[0] if rows else None

    def count(self) -> int:
        """How many documents the case holds."""
        return int(self.query("SELECT count(*) AS n FROM all_documents WHERE generation = 1")[0]["n"])

    def next_number(self) -> int:
        """The place in order of arrival that the next document gets."""
        rows = self.query("SELECT coalesce(max(number) + 1, 0) AS n FROM all_documents WHERE generation = 1")
        return int(rows[0]["n"])

    def documents(
        self, ids: Iterable[str] | None = None, *, numbers: Iterable[int] | None = None
    ) -> Iterator[StoredDocument]:
        """Documents in order of arrival; all of them, those named, or those of the given places in that order."""
        columns = (
            "number, id, generation, page, source, url, outlet, title, published, language, credits, text, story, "
            "version, layers, given"
        )
        where, wanted = _among("id", ids)
        if numbers is not None:
            where, wanted = "WHERE number IN (SELECT unnest(?::BIGINT[]))", [sorted(set(numbers))]
        if not where and not self.is_reread:
            # Shards are in order of arrival: one at a time, no more than one is in memory.
            rows: Iterator[tuple[Any, ...]] = (
                row for number in self.shards for row in self._documents_of(number, columns)
            )
        else:
            rows = self.stream(f"SELECT {columns} FROM documents {where} ORDER BY number", wanted)
        for row in rows:
            yield document_of_row(dict(zip(columns.split(", "), row, strict=True)))

    @cached_property
    def is_reread(self) -> bool:
        """Whether any document was read more than once."""
        return bool(self.query("SELECT 1 FROM all_documents WHERE generation > 1 LIMIT 1"))

    def _documents_of(self, number: int, columns: str) -> Iterator[tuple[Any, ...]]:
        source = View(self.root, [number])._source("documents")
        return self.stream(f"SELECT {columns} FROM ({source}) ORDER BY number")

    def document(self, id: str) -> StoredDocument:
        """One document.

        Raises:
            InvalidSetting: there is none of that id.
        """
        found = next(self.documents([id]), None)
        if found is None:
            raise InvalidSetting(f"expected the id of a page in the case, got {id!r}; `sayso stories` lists them")
        return found

    def reading(self, id: str, generation: int | None = None) -> Row:
        """The reading of a document as reading/1, the latest or the one asked for.

        Raises:
            InvalidSetting: there is none.
        """
        sql = "SELECT reading FROM readings WHERE doc = ?"
        wanted: list[str | int] = [id]
        if generation is not None:
            sql = "SELECT reading FROM all_readings WHERE doc = ? AND generation = ?"
            wanted.append(generation)
        rows = self.query(sql, wanted)
        if not rows:
            raise InvalidSetting(f"expected a page of the case, got {id!r}; `sayso stories` lists them")
        reading: Row = json.loads(rows[0]["reading"])
        return reading

    def sharing(self, words: Iterable[str], *, limit: int) -> list[str]:
        """Documents whose statements hold most of the words (beginnings of words will do), the best first."""
        wanted = sorted(set(words))
        if not wanted:
            return []
        held = " + ".join(["contains(lower(text), ?)::INTEGER"] * len(wanted))
        sql = (
            f"SELECT s.doc, max(s.shared) AS shared FROM (SELECT doc, {held} AS shared FROM statements) s "
            "JOIN documents d ON d.id = s.doc WHERE s.shared > 0 GROUP BY s.doc, d.number "
            "ORDER BY max(s.shared) DESC, d.number LIMIT ?"
        )
        return [row["doc"] for row in self.query(sql, [*wanted, limit])]

    def statements(self, docs: Iterable[str] | None = None) -> Iterator[StoredStatement]:
        """Statements by document in order of arrival, then by place."""
        columns = (
            "s.doc, s.id, s.kind, s.spans, s.text, s.source, s.source_spans, s.source_kind, s.name, s.cue, s.form, "
            "s.tier, s.polarity, s.certainty, s.attitude, s.act, s.parent, s.chain, s.heads_min, s.heads_max, s.score"
        )
        where, wanted = _among("s.doc", docs)
        order = "ORDER BY d.number, s.spans, s.id"
        join = "statements s JOIN documents d ON d.id = s.doc"
        names = [column.removeprefix("s.") for column in columns.split(", ")]
        for row in self.stream(f"SELECT {columns} FROM {join} {where} {order}", wanted):
            yield statement_of_row(dict(zip(names, row, strict=True)))


def document_of_row(row: Row) -> StoredDocument:
    """A document from a row of the table `documents`; columns that it has no use for are passed over."""
    named: Row = {field.name: row.get(field.name) for field in fields(StoredDocument)}
    named["story"] = _pairs(row["story"])
    named |= {name: tuple(row[name] or ()) for name in ("credits", "layers")}
    return StoredDocument(**named)


def statement_of_row(row: Row) -> StoredStatement:
    """A statement from a row of the table `statements`; what the row lacks is null."""
    named: Row = {field.name: row.get(field.name) for field in fields(StoredStatement)}
    low, high = row.get("heads_min"), row.get("heads_max")
    named |= {name: _pairs(row[name]) for name in ("spans", "source_spans")}
    named |= {"chain": tuple(json.loads(row["chain"] or "[]")), "heads": None if low is None else (low, high)}
    return StoredStatement(**named)


def _among(column: str, ids: Iterable[str] | None) -> tuple[str, list[object]]:
    if ids is None:
        return "", []
    return f"WHERE {column} IN (SELECT unnest(?::VARCHAR[]))", [sorted(set(ids))]


def _pairs(flat: Sequence[int] | None) -> tuple[tuple[int, int], ...]:
    edges = flat or ()
    return tuple(zip(edges[::2], edges[1::2], strict=True))
