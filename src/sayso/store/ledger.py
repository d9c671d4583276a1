"""What changes in a case, in SQLite: which shards are in, records to look at again, a person's judgements."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict, Unpack

from sayso.errors import BrokenStore, InvalidSetting, Retryable

__all__ = ["MIGRATIONS", "VERDICTS", "DeadLetter", "KeptJudgement", "Ledger"]

NAME = "case.db"

VERDICTS: dict[str, tuple[str, ...]] = {
    "root": ("same", "different", "unsure"),
    "source": ("same", "different", "unsure"),
    "attribution": ("accept", "reject", "correct"),
    "date": ("accept", "reject", "correct"),
    "edge": ("accept", "reject", "correct"),
}
"""What is judged, and the verdicts there are on it: two roots of a claim, two sources, an attribution, a date, a page
taken from another."""
PAIRS = frozenset({"root", "source", "edge"})
_COLUMNS = "number, verdict, a, b, by, at, withdrawn_at"


def _first_tables(db: sqlite3.Connection) -> None:
    db.execute("CREATE TABLE shards (number INTEGER PRIMARY KEY, read INTEGER, repeated INTEGER, refused INTEGER)")
    db.execute(
        "CREATE TABLE dead_letters (key TEXT PRIMARY KEY, id TEXT, source TEXT, kind TEXT, message TEXT, trace TEXT,"
        " shard INTEGER, state TEXT NOT NULL DEFAULT 'open')"
    )
    db.execute(
        "CREATE TABLE judgements (number INTEGER PRIMARY KEY AUTOINCREMENT, verdict TEXT NOT NULL, a TEXT NOT NULL,"
        " b TEXT NOT NULL, by TEXT, at TEXT, withdrawn_at TEXT)"
    )


def _judgements_of_all(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE judgements ADD COLUMN what TEXT NOT NULL DEFAULT 'root'")
    db.execute("ALTER TABLE judgements ADD COLUMN value TEXT")
    db.execute("ALTER TABLE judgements ADD COLUMN why TEXT")


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_first_tables, _judgements_of_all)
"""Each brings the file one version further; the file's `user_version` is how many were applied."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A record that could not be read."""

    key: str
    id: str | None
    source: str
    kind: str
    message: str
    trace: str | None
    state: str
    """open, or settled once the same record was read."""


@dataclass(frozen=True, slots=True)
class KeptJudgement:
    """What a person decided: kept for ever, withdrawn by date."""

    number: int
    verdict: str
    """One of `VERDICTS[what]`."""
    a: str
    b: str
    """The other of a pair; empty where one thing is judged."""
    by: str | None
    at: str | None
    withdrawn_at: str | None = None
    what: str = "root"
    value: str | None = None
    """JSON: what a correction puts in place of the machine's."""
    why: str | None = None


class Judging(TypedDict, total=False):
    """What may be said of a judgement beside the verdict."""

    what: str
    """What is judged, one of `VERDICTS`; two roots unless given."""
    value: str | None
    """JSON of what a correction puts in place of the machine's."""
    why: str | None
    by: str | None
    """The person."""
    at: str | None
    """The moment."""


class Ledger:
    """The SQLite file of a case; a case that can't be written to is still read."""

    def __init__(self, root: Path) -> None:
        self.path = root / NAME

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            db = sqlite3.connect(self.path, timeout=10, isolation_level=None)
        except sqlite3.Error as error:
            raise InvalidSetting(f"expected to open {self.path}, got “{error}”; check the folder") from error
        try:
            db.execute("PRAGMA journal_mode=WAL")
            self._migrate(db)
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise _told(error, self.path) from error
        except sqlite3.DatabaseError as error:
            raise BrokenStore(
                f"expected a SQLite file, got “{error}” at {self.path}; restore it, or delete it: judgements are lost, "
                "the rest is rebuilt from the shards"
            ) from error
        finally:
            db.close()

    def _migrate(self, db: sqlite3.Connection) -> None:
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        if version > len(MIGRATIONS):
            raise BrokenStore(
                f"expected version {len(MIGRATIONS)} or older, got {version} at {self.path}; use a newer sayso"
            )
        for number, step in enumerate(MIGRATIONS[version:], version + 1):
            db.execute("BEGIN IMMEDIATE")
            step(db)
            db.execute(f"PRAGMA user_version = {number}")
            db.execute("COMMIT")

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        if not self.path.exists():
            return []
        try:
            # Read-only folders can't hold the shared memory that WAL asks for: then nobody writes either.
            try:
                db = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)
                found = db.execute(query).fetchall()
            except sqlite3.OperationalError:
                db = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
                found = db.execute(query).fetchall()
            db.close()
        except sqlite3.DatabaseError as error:
            if "no such table" in str(error) or "no such column" in str(error):
                # Nobody has written since the tables grew.
                return []
            raise BrokenStore(f"expected a SQLite file, got “{error}” at {self.path}; restore it") from error
        return found

    def shards(self) -> set[int]:
        """Numbers of the shards that are entered."""
        return {row[0] for row in self._rows("SELECT number FROM shards")}

    def enter(self, number: int, outcomes: Iterable[Mapping[str, Any]], dead: Iterable[Mapping[str, Any]]) -> None:
        """Enter a shard: how many records were read, and those that were not."""
        kinds = [row["outcome"] for row in outcomes]
        counts = (number, kinds.count("read"), kinds.count("repeat"), kinds.count("refused"))
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO shards VALUES (?, ?, ?, ?)", counts)
            for row in dead:
                columns = tuple(row[name] for name in ("key", "id", "source", "kind", "message", "trace"))
                db.execute(
                    "INSERT OR REPLACE INTO dead_letters (key, id, source, kind, message, trace, shard)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (*columns, number),
                )

    def settle(self, keys: Iterable[str]) -> None:
        """Mark dead letters as read since."""
        wanted = [(key,) for key in keys]
        if wanted:
            with self._writing() as db:
                db.executemany("UPDATE dead_letters SET state = 'settled' WHERE key = ?", wanted)

    def forget(self, numbers: Iterable[int]) -> None:
        """Take out shards that are no longer there."""
        wanted = [(number,) for number in sorted(numbers)]
        if wanted:
            with self._writing() as db:
                db.executemany("DELETE FROM dead_letters WHERE shard = ?", wanted)
                db.executemany("DELETE FROM shards WHERE number = ?", wanted)

    def dead_letters(self) -> list[DeadLetter]:
        """Records that could not be read, in order of arrival."""
        query = "SELECT key, id, source, kind, message, trace, state FROM dead_letters ORDER BY shard, rowid"
        return [DeadLetter(*row) for row in self._rows(query)]

    def judge(
        self,
        verdict: str,
        a: str,
        b: str = "",
        **more: Unpack[Judging],
    ) -> int:
        """Keep a judgement, by default about two roots; returns its number.

        Args:
            verdict, a, b: one of `VERDICTS`, and what it is on; `b` is empty where one thing is judged.
            **more: what `Judging` holds, all optional.

        Raises:
            InvalidSetting: nothing of the kind is judged so, or a pair is one thing twice.
        """
        what = more.get("what", "root")
        if what not in VERDICTS:
            raise InvalidSetting(f"expected one of {', '.join(VERDICTS)}, got {what}; choose one of them")
        if verdict not in VERDICTS[what]:
            *some, last = VERDICTS[what]
            raise InvalidSetting(f"expected {', '.join(some)} or {last}, got {verdict}; choose one of them")
        if what in PAIRS and (a == b or not b):
            raise InvalidSetting(f"expected two of a kind ({what}), got {a} {'twice' if b else 'alone'}; name another")
        with self._writing() as db:
            row = db.execute(
                "INSERT INTO judgements (verdict, a, b, by, at, what, value, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (verdict, a, b, more.get("by"), more.get("at"), what, more.get("value"), more.get("why")),
            )
            return int(row.lastrowid or 0)

    def withdraw(self, number: int, *, at: str) -> None:
        """Withdraw a judgement; it stays on file.

        Raises:
            InvalidSetting: there is none of that number, or it is withdrawn already.
        """
        with self._writing() as db:
            done = db.execute(
                "UPDATE judgements SET withdrawn_at = ? WHERE number = ? AND withdrawn_at IS NULL", (at, number)
            ).rowcount
        if not done:
            raise InvalidSetting(f"expected a judgement that stands, got number {number}; list them first")

    def judgements(self, *, withdrawn: bool = False, what: str | None = None) -> list[KeptJudgement]:
        """Judgements that stand, of one kind if asked, oldest first; with `withdrawn`, all there ever were."""
        rows = self._rows(f"SELECT {_COLUMNS}, what, value, why FROM judgements ORDER BY number")
        kept = [KeptJudgement(*row) for row in rows or self._rows(f"SELECT {_COLUMNS} FROM judgements ORDER BY number")]
        return [one for one in kept if (withdrawn or one.withdrawn_at is None) and what in (None, one.what)]


def _told(error: sqlite3.OperationalError, path: Path) -> Exception:
    words = str(error)
    if "locked" in words or "full" in words:
        return Retryable(f"expected to write {path}, got “{words}”; run the same again")
    return InvalidSetting(f"expected to write {path}, got “{words}”; check the folder's permissions")
