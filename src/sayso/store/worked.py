"""Tables of what was worked out from a case as a whole: reuse, families, stories, claims, origins.

They are written below another name, a part at a time, and take the place of the old ones when all are there; a run that
was broken off goes on after its last part.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .shards import trouble
from .tables import Columns, markdown_of, schema_of

__all__ = ["CONTRACT", "FOLDER", "WORKED_TABLES", "Worked", "worked_markdown"]

CONTRACT = "corpus/1"
FOLDER = "corpus"
CARD = "corpus.json"
PART = "corpus.part-"

WORKED_TABLES: dict[str, tuple[str, Columns]] = {
    "reuse": (
        "One row a pair of pages that share text.",
        (
            ("a", "string", "the page that arrived first"),
            ("b", "string", "the other"),
            ("kind", "string", "wire, verbatim, edited, rewrite, quotation, boilerplate, coincidence"),
            ("earlier", "string", "the page that the text was taken from; null where that is open"),
            ("later", "string", "the one that took it"),
            ("score", "double", "how sure the direction is, 0 to 1"),
            ("reason", "string", "in words"),
            ("passages", "string", "JSON: start and end in `a`, start and end in `b`, of each passage"),
        ),
    ),
    "families": (
        "One row a page: where it stands among the copies of a text.",
        (
            ("id", "string", "the page"),
            ("family", "string", "the page that its text goes back to, itself where nothing was taken"),
            ("parent", "string", "the page that it was taken from"),
            ("score", "double", "how likely that is, 0 to 1"),
            ("reason", "string", "in words"),
        ),
    ),
    "stories": (
        "One row a page.",
        (("id", "string", "the page"), ("story", "string", "its story: the first page of it")),
    ),
    "claims": (
        "One row a claim that several pages tell.",
        (
            ("id", "string", "the claim"),
            ("story", "string", "as in `stories`"),
            ("text", "string", "the statement nearest to all others, as a page words it"),
            ("pages", "list<string>", "that tell it, in time"),
            ("outlets", "list<string>", "that tell it, in time"),
            ("statements", "string", "JSON: id, page, outlet, published, text, span, chain, polarity, hedged of each"),
            ("differences", "string", "JSON: code, kind, earlier, later, detail, score of each"),
        ),
    ),
    "origins": (
        "One row a claim that several pages tell.",
        (
            ("claim", "string", "as in `claims`"),
            ("story", "string", "as in `stories`"),
            ("min", "int32", "fewest independent origins"),
            ("likely", "int32", "on a careful reading"),
            ("max", "int32", "most"),
            ("reasons", "list<string>", "why the number is open"),
            ("roots", "string", "JSON: id, kind, name, pages, outlets, statements, may_equal of each origin"),
        ),
    ),
}


class Worked:
    """The tables of one state of a case.

    Args:
        root: the case's folder.
        state: what they are worked out from; other tables than those of this state are put away when these are whole.
    """

    def __init__(self, root: Path, state: Mapping[str, Any]) -> None:
        self.root, self.state = root, dict(state)
        digest = hashlib.sha256(json.dumps(self.state, sort_keys=True).encode()).hexdigest()[:12]
        self.part, self.final = root / f"{PART}{digest}", root / FOLDER

    def card(self) -> dict[str, Any] | None:
        """What is said of the tables where they are whole and of this state."""
        try:
            said: dict[str, Any] = json.loads((self.final / CARD).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return said if said.get("sayso") == CONTRACT and said.get("of") == self.state else None

    def has(self, table: str, number: int = 1) -> bool:
        """Whether a part of a table is written."""
        return (self.part / _file(table, number)).is_file()

    def put(self, table: str, rows: Iterable[Mapping[str, Any]], number: int = 1) -> None:
        """Write a part of a table; it is there whole or not at all.

        Raises:
            Retryable: the disk is full.
            InvalidSetting: the folder can't be written to.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = self.part / _file(table, number)
        try:
            self.part.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f"{path.name}.part")
            data = pa.Table.from_pylist(list(rows), schema=schema_of(WORKED_TABLES[table][1]))
            with open(part, "wb") as handle:
                pq.write_table(data, handle, compression="zstd")
                handle.flush()
                os.fsync(handle.fileno())
            os.replace(part, path)
        except OSError as error:
            raise trouble(error, path) from error

    def finish(self, more: Mapping[str, Any]) -> dict[str, Any]:
        """Put the tables in the place of the old ones; returns what is said of them.

        Raises:
            Retryable: the disk is full.
            InvalidSetting: the folder can't be written to.
        """
        import pyarrow.parquet as pq

        try:
            files = sorted(self.part.glob("*.parquet"))
            rows = dict.fromkeys(WORKED_TABLES, 0)
            for path in files:
                rows[path.name.split("-")[0]] += pq.read_metadata(path).num_rows
            hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
            said = {"sayso": CONTRACT, "of": self.state, "rows": rows, "files": hashes, **more}
            text = json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True)
            (self.part / CARD).write_text(text + "\n", encoding="utf-8")
            shutil.rmtree(self.final, ignore_errors=True)
            os.replace(self.part, self.final)
        except OSError as error:
            raise trouble(error, self.final) from error
        for old in sorted(self.root.glob(f"{PART}*")):
            shutil.rmtree(old, ignore_errors=True)
        return said


def _file(table: str, number: int) -> str:
    return f"{table}-{number:06}.parquet"


def worked_markdown() -> str:
    """The tables and their columns, for the docs."""
    return markdown_of(WORKED_TABLES)
