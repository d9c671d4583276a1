"""What was worked out from a case's pages: rows in SQLite and arrays beside it, kept as the case grows.

It may be deleted at any time and is worked out again. A change is one transaction; arrays are written first,
under new names, and those that no state names any more are removed afterwards.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

__all__ = ["Kept", "KeptState"]

_TABLES = """
CREATE TABLE IF NOT EXISTS state (one INTEGER PRIMARY KEY CHECK (one = 1), value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pages (number INTEGER PRIMARY KEY, family INTEGER NOT NULL, row TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pairs (
    a INTEGER, b INTEGER, family INTEGER NOT NULL, odds REAL, row TEXT NOT NULL, PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pages_family ON pages (family);
CREATE INDEX IF NOT EXISTS pairs_family ON pairs (family);
"""
TIMEOUT_S = 60


@dataclass(frozen=True, slots=True)
class KeptState:
    """Which pages the rows and arrays were worked out from."""

    shards: tuple[str, ...]
    """Hashes of the shards' manifests, in order."""
    pages: int
    turn: int = 0
    """How often it was written."""
    arrays: Mapping[str, str] = field(default_factory=dict)
    """File of each array."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """What the method wants to know again."""


Page = tuple[int, int, Any]
"""Number, the number of the first page that it hangs together with, row."""
Pair = tuple[int, int, int, float | None, Any]
"""Both numbers, the first page they hang together with, log odds (None where it follows from others), row."""


class Kept:
    """Rows and arrays of one method.

    Args:
        folder: where they lie.
        name: of the method, with its version: another version keeps its own.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self.path = folder / f"{name}.db"

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """A connection, or None where nothing is kept or it can't be read."""
        if not self.path.is_file():
            yield None
            return
        db = None
        with contextlib.suppress(sqlite3.Error):
            db = sqlite3.connect(
                f"{self.path.resolve().as_uri()}?mode=ro", uri=True, timeout=TIMEOUT_S, isolation_level=None
            )
            db.execute("BEGIN")
        try:
            yield db
        finally:
            if db is not None:
                db.close()

    def state(self) -> KeptState | None:
        """What was kept last, if it can be read."""
        with self._reading() as db:
            return None if db is None else _state(db)

    def rows(self, shards: Sequence[str]) -> tuple[list[Any], list[Any]] | None:
        """Rows of all pairs and of all pages in order, if they are of these very shards."""
        with self._reading() as db:
            state = None if db is None else _state(db)
            if db is None or state is None or state.shards != tuple(shards):
                return None
            pairs = _parsed(db.execute("SELECT row FROM pairs ORDER BY a, b"))
            return pairs, _parsed(db.execute("SELECT row FROM pages ORDER BY number"))

    def touched(self, pages: Iterable[int]) -> tuple[list[Page], list[Pair]]:
        """Pages and pairs that hang together with some pages."""
        with self._reading() as db:
            if db is None:
                return [], []
            wanted = json.dumps(sorted(pages))
            inside = "family IN (SELECT DISTINCT family FROM pages WHERE number IN (SELECT value FROM json_each(?)))"
            members = db.execute(f"SELECT number, family, row FROM pages WHERE {inside} ORDER BY number", (wanted,))
            pairs = db.execute(f"SELECT a, b, family, odds, row FROM pairs WHERE {inside} ORDER BY a, b", (wanted,))
            return (
                [(number, family, json.loads(row)) for number, family, row in members],
                [(a, b, family, odds, json.loads(row)) for a, b, family, odds, row in pairs],
            )

    def array(self, state: KeptState, name: str) -> Any:
        """One array, mapped from its file.

        Raises:
            OSError, ValueError: it is gone or broken.
        """
        import numpy as np

        return np.load(self.folder / state.arrays[name], mmap_mode="r", allow_pickle=False)

    def put(self, turn: int, name: str, array: Any) -> str:
        """Write an array; returns the name of its file.

        Raises:
            OSError: the folder can't be written to.
        """
        import numpy as np

        self.folder.mkdir(exist_ok=True)
        file = f"{self.name}.{name}.{turn}.npy"
        part = self.folder / f"{file}.{os.getpid()}.part"
        with open(part, "wb") as handle:
            np.save(handle, array, allow_pickle=False)
        os.replace(part, self.folder / file)
        return file

    def growing(self, turn: int, name: str, kind: str) -> GrowingArray:
        """An array that is written piece by piece.

        Args:
            turn, name: as for `put`.
            kind: of its numbers, such as `int32`.
        """
        file = f"{self.name}.{name}.{turn}.npy"
        return GrowingArray(self.folder / file, self.folder / f"{file}.{os.getpid()}.part", kind)

    def write(
        self, state: KeptState, pages: Iterable[Page], pairs: Iterable[Pair], *, replaced: Iterable[int] | None
    ) -> bool:
        """Keep rows, in the place of those that hang together with the replaced pages, or of all (None).

        Returns:
            False where somebody else wrote meanwhile, or the folder can't be written to: nothing is kept then.
        """
        try:
            self.folder.mkdir(exist_ok=True)
            db = sqlite3.connect(self.path, timeout=TIMEOUT_S, isolation_level=None)
        except (OSError, sqlite3.Error):
            return False
        try:
            done = _write(db, state, pages, pairs, replaced)
        except sqlite3.Error:
            return False
        finally:
            db.close()
        if done:
            self._tidy(state)
        return done

    def _tidy(self, state: KeptState) -> None:
        """Remove arrays that the state doesn't name, and what other versions kept."""
        method = self.name.split("-")[0]
        for path in sorted(self.folder.glob(f"{method}-*")):
            ours = path.name.startswith(f"{self.name}.")
            if not ours or (path.suffix == ".npy" and path.name not in state.arrays.values()):
                with contextlib.suppress(OSError):
                    path.unlink()


class GrowingArray:
    """A file of one array that is never in memory whole.

    Args:
        path: of the file once it is whole.
        part: of the file until then.
        kind: of its numbers.
    """

    def __init__(self, path: Path, part: Path, kind: str) -> None:
        self._path, self._part, self._kind = path, part, kind
        self._length = 0
        self._file: BinaryIO | None = None
        with contextlib.suppress(OSError):
            part.parent.mkdir(exist_ok=True)
            self._file = open(part, "wb")  # noqa: SIM115  closed by `close`
            self._head()

    def append(self, numbers: Any) -> None:
        """Add numbers; nothing happens once the folder couldn't be written to."""
        self._length += len(numbers)
        with self._giving_up() as file:
            if file:
                file.write(numbers.tobytes())

    def close(self) -> str | None:
        """The name of the file, None where it couldn't be written."""
        with self._giving_up() as file:
            if file:
                file.seek(0)
                self._head()
                file.close()
                os.replace(self._part, self._path)
        return self._path.name if self._file else None

    @contextlib.contextmanager
    def _giving_up(self) -> Iterator[BinaryIO | None]:
        try:
            yield self._file
        except OSError:
            self._file = None
            with contextlib.suppress(OSError):
                self._part.unlink()

    def _head(self) -> None:
        """What precedes the numbers; its size is the same whatever their count."""
        import numpy as np

        head = {"descr": np.dtype(self._kind).str, "fortran_order": False, "shape": (self._length,)}
        if self._file:
            np.lib.format.write_array_header_1_0(self._file, head)


def _write(
    db: sqlite3.Connection,
    state: KeptState,
    pages: Iterable[Page],
    pairs: Iterable[Pair],
    replaced: Iterable[int] | None,
) -> bool:
    db.executescript(_TABLES)
    db.execute("BEGIN IMMEDIATE")
    held = _state(db)
    if held is not None and held.turn >= state.turn:
        db.execute("ROLLBACK")
        return False
    chosen, wanted = "", []
    if replaced is not None:
        chosen, wanted = "WHERE family IN (SELECT value FROM json_each(?))", [json.dumps(sorted(replaced))]
    for table in ("pairs", "pages"):
        db.execute(f"DELETE FROM {table} {chosen}", wanted)
    db.executemany("INSERT INTO pages VALUES (?, ?, ?)", ((n, family, _text(row)) for n, family, row in pages))
    db.executemany("INSERT INTO pairs VALUES (?, ?, ?, ?, ?)", ((*head, _text(row)) for *head, row in pairs))
    value = [state.shards, state.pages, state.turn, dict(state.arrays), dict(state.more)]
    db.execute("INSERT OR REPLACE INTO state VALUES (1, ?)", (_text(value),))
    db.execute("COMMIT")
    return True


def _text(row: Any) -> str:
    return json.dumps(row, ensure_ascii=True, separators=(",", ":"))


def _state(db: sqlite3.Connection) -> KeptState | None:
    try:
        found = db.execute("SELECT value FROM state").fetchone()
        if found is None:
            return None
        shards, pages, turn, arrays, more = json.loads(found[0])
        return KeptState(tuple(shards), int(pages), int(turn), arrays, more)
    except (sqlite3.Error, ValueError, TypeError):
        return None


def _parsed(rows: Iterable[tuple[str]]) -> list[Any]:
    """Rows from JSON, many at a time: one call costs more than a row."""
    texts = [row[0] for row in rows]
    parsed: list[Any] = json.loads(f"[{','.join(texts)}]")
    return parsed
