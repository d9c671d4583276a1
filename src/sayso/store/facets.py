"""Statements of a case by words and by facets at once, quick enough to type against however many there are.

Words are found in SQLite's full text; facets are columns of small numbers in memory, so that counting and filtering a
million statements takes milliseconds. It is a cache: made from the tables, grown when shards are added, and made anew
where it doesn't fit them. It may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from sayso.errors import SaysoError

from .search import words_of
from .view import View

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .store import Store

__all__ = ["FACETS", "Found", "StatementIndex"]

FOLDER = "search/statements"
VERSION = 2
BATCH = 5_000
FACETS = ("source", "hand", "certainty", "polarity", "attitude", "act", "voice", "outlet", "year")
"""What is counted and filtered by."""
_COLUMNS = (
    "s.doc, s.id, s.kind, s.text, s.source, s.name, s.cue, s.source_kind, s.certainty, s.polarity, s.attitude, s.act, "
    "json_array_length(s.chain) AS steps, d.outlet, d.published"
)
_SHOWN = ("doc", "id", "text", "source", "name", "cue")
UNKNOWN_DAY = -1


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to."""

    total: int
    rows: list[dict[str, Any]]
    """The stretch that was asked for."""
    facets: dict[str, list[tuple[str, int]]]
    """How many of all found have each value, the most first."""


@dataclass(slots=True)
class _Columns:
    """Facet codes by statement, and what the codes stand for."""

    codes: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in FACETS})
    values: dict[str, dict[str, int]] = field(default_factory=lambda: {name: {} for name in FACETS})
    days: list[int] = field(default_factory=list)

    def add(self, row: Mapping[str, Any]) -> None:
        """Add one statement."""
        for name, value in _facets(row).items():
            known = self.values[name]
            self.codes[name].append(known.setdefault(value, len(known)))
        self.days.append(_day(row["published"]))


def _facets(row: Mapping[str, Any]) -> dict[str, str]:
    own = row["kind"] == "own_voice"
    return {
        "source": row["source_kind"] or "",
        "hand": "" if own else "second" if (row["steps"] or 0) > 1 else "first",
        "certainty": row["certainty"] or "",
        "polarity": row["polarity"] or "",
        "attitude": row["attitude"] or "",
        "act": row["act"] or "",
        "voice": "own" if own else "attributed",
        "outlet": row["outlet"] or "",
        "year": (row["published"] or "")[:4],
    }


def _day(value: str | None) -> int:
    try:
        parts = [int(part) for part in (value or "")[:10].split("-")]
        year, month, day = [*parts, 1, 1][:3]
        return date(year, month, day).toordinal()
    except (ValueError, TypeError):
        return UNKNOWN_DAY


class Narrowed(TypedDict, total=False):
    """What narrows a search of statements, and which stretch of it is shown."""

    who: Sequence[str]
    """Words of the source's name."""
    chosen: Mapping[str, Sequence[str]] | None
    """Values by facet."""
    after: str | None
    """First day of publication."""
    before: str | None
    """Day of publication before which it must be."""
    order: str
    """arrival (unless given), oldest or newest."""
    offset: int
    limit: int
    """50 unless given."""


class StatementIndex:
    """The statements of a case as they were when it was opened.

    Args:
        store: the case's.

    Raises:
        SaysoError: it can't be written anywhere.
    """

    def __init__(self, store: Store) -> None:
        self.root = store.root
        self._lock = threading.Lock()
        self._local = threading.local()
        folder = self._folder(store)
        self.path = folder / "texts.db"
        self._grow(store, folder)
        self._load(folder)

    def _folder(self, store: Store) -> Path:
        folder = store.root / FOLDER
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if os.access(folder, os.W_OK):
                return folder
        except OSError:
            pass
        name = hashlib.sha256(str(store.root.resolve()).encode()).hexdigest()[:16]
        try:
            folder = Path(tempfile.gettempdir()) / f"sayso-search-{os.getuid()}-{name}"
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise SaysoError(f"expected to write a search index, got “{error}” at {folder}; check the disk") from error
        return folder

    def _grow(self, store: Store, folder: Path) -> None:
        """Bring the index up to the shards there are."""
        shards = store.shards
        marks = [_mark(store.root, number) for number in shards]
        state = _state(folder)
        held = state.get("marks", [])
        if state.get("version") == VERSION and held == marks:
            return
        view = View(store.root, shards)
        fits = state.get("version") == VERSION and held == marks[: len(held)]
        fresh = shards[len(held) :] if fits and not _is_reread(View(store.root, shards[len(held) :])) else shards
        columns = _Columns()
        if fresh is not shards:
            view = View(store.root, fresh)
            columns = _read_columns(folder)
        else:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True, exist_ok=True)
        self._write(folder, view, columns)
        part = folder / "state.part"
        part.write_text(json.dumps({"version": VERSION, "marks": marks}), encoding="utf-8")
        os.replace(part, folder / "state.json")

    def _write(self, folder: Path, view: View, columns: _Columns) -> None:
        import numpy as np

        with closing(sqlite3.connect(self.path)) as db:
            db.execute("PRAGMA journal_mode=OFF")
            db.execute("PRAGMA synchronous=OFF")
            db.execute("CREATE TABLE IF NOT EXISTS rows (n INTEGER PRIMARY KEY, doc, id, text, source, name, cue)")
            db.execute(
                "CREATE VIRTUAL TABLE IF NOT EXISTS texts USING fts5(words, who, content='', columnsize=0, "
                "tokenize='unicode61 remove_diacritics 0')"
            )
            # Rows of a run that broke off before its state was written.
            first = len(columns.days)
            if db.execute("SELECT count(*) FROM rows").fetchone()[0] != first:
                raise SaysoError(f"expected {first} statements at {self.path}, got others; delete the folder")
            for batch in _batches(view):
                at = len(columns.days)
                for row in batch:
                    columns.add(row)
                db.executemany(
                    "INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?)",
                    ((at + k, *(row[name] for name in _SHOWN)) for k, row in enumerate(batch)),
                )
                db.executemany("INSERT INTO texts (rowid, words, who) VALUES (?, ?, ?)", _texts(batch, at))
            db.commit()
        arrays: dict[str, Any] = {name: np.asarray(codes, dtype=np.int32) for name, codes in columns.codes.items()}
        np.savez(folder / "columns.npz", days=np.asarray(columns.days, dtype=np.int32), **arrays)
        (folder / "values.json").write_text(json.dumps(columns.values, ensure_ascii=False), encoding="utf-8")

    def _load(self, folder: Path) -> None:
        import numpy as np

        with np.load(folder / "columns.npz") as held:
            self.days: NDArray[np.int32] = held["days"]
            self.codes: dict[str, NDArray[np.int32]] = {name: held[name] for name in FACETS}
        values = json.loads((folder / "values.json").read_text(encoding="utf-8"))
        self.values: dict[str, list[str]] = {name: list(values[name]) for name in FACETS}

    def find(
        self,
        words: Sequence[str] = (),
        phrases: Sequence[str] = (),
        **how: Unpack[Narrowed],
    ) -> Found:
        """Statements that hold every word and phrase and have one of the chosen values of each facet.

        Args:
            words, phrases: in the statement, its source or its cue.
            **how: what `Narrowed` holds, all optional.
        """
        import numpy as np

        found = self._matching(words, phrases, how.get("who", ()))
        keep = np.ones(len(found), dtype=bool)
        for name, wanted in sorted((how.get("chosen") or {}).items()):
            codes = [code for code, value in enumerate(self.values[name]) if value in wanted]
            keep &= np.isin(self.codes[name][found], codes)
        days = self.days[found]
        if after := how.get("after"):
            keep &= days >= _day(after)
        if before := how.get("before"):
            keep &= (days < _day(before)) & (days != UNKNOWN_DAY)
        found = found[keep]
        facets = {name: self._counts(name, found) for name in FACETS}
        stretch = self._stretch(found, how.get("order", "arrival"), how.get("offset", 0), how.get("limit", 50))
        return Found(len(found), self._rows(stretch), facets)

    def _matching(self, words: Sequence[str], phrases: Sequence[str], who: Sequence[str]) -> NDArray[np.int64]:
        import numpy as np

        parts = [f'"{" ".join(words_of(text))}"' for text in (*words, *phrases) if words_of(text)]
        parts += [f'who : "{" ".join(words_of(text))}"' for text in who if words_of(text)]
        if not parts:
            return np.arange(len(self.days), dtype=np.int64)
        cursor = self._db().execute("SELECT rowid FROM texts WHERE texts MATCH ?", (" AND ".join(parts),))
        return np.sort(np.fromiter((row[0] for row in cursor), dtype=np.int64))

    def _stretch(self, found: NDArray[np.int64], order: str, offset: int, limit: int) -> list[int]:
        import numpy as np

        if order in ("oldest", "newest"):
            days = self.days[found].astype(np.int64)
            # Those without a day come last either way.
            days = np.where(days == UNKNOWN_DAY, 10**9, days if order == "oldest" else -days)
            found = found[np.argsort(days, kind="stable")]
        return [int(n) for n in found[offset : offset + limit]]

    def _counts(self, name: str, found: NDArray[np.int64]) -> list[tuple[str, int]]:
        import numpy as np

        counts = np.bincount(self.codes[name][found], minlength=len(self.values[name]))
        pairs = [(value, int(n)) for value, n in zip(self.values[name], counts, strict=True) if n and value]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def _rows(self, numbers: Sequence[int]) -> list[dict[str, Any]]:
        marks = ",".join("?" * len(numbers))
        rows = self._db().execute(f"SELECT n, {', '.join(_SHOWN)} FROM rows WHERE n IN ({marks})", list(numbers))
        by_number = {row[0]: dict(zip(_SHOWN, row[1:], strict=True)) for row in rows}
        out = []
        for number in numbers:
            facets = {name: self.values[name][int(self.codes[name][number])] or None for name in FACETS}
            day = int(self.days[number])
            shown = by_number[number]
            unnamed = (facets["source"] or "").startswith(("unnamed", "public", "unknown"))
            words, name = shown.pop("source"), shown.pop("name")
            shown["who"] = (words or name) if unnamed else (name or words)
            out.append(shown | facets | {"day": date.fromordinal(day).isoformat() if day > 0 else None})
        return out

    def _db(self) -> sqlite3.Connection:
        """This thread's connection."""
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is None:
            db = self._local.db = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro", uri=True)
        return db


def _mark(root: Path, number: int) -> str:
    """Changes when a shard does."""
    manifest = root / "shards" / f"{number:06}" / "shard.json"
    return hashlib.sha256(manifest.read_bytes()).hexdigest()[:16]


def _state(folder: Path) -> dict[str, Any]:
    try:
        state = json.loads((folder / "state.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def _read_columns(folder: Path) -> _Columns:
    import numpy as np

    columns = _Columns()
    with np.load(folder / "columns.npz") as held:
        columns.days = held["days"].tolist()
        columns.codes = {name: held[name].tolist() for name in FACETS}
    columns.values = json.loads((folder / "values.json").read_text(encoding="utf-8"))
    return columns


def _is_reread(view: View) -> bool:
    return bool(view.query("SELECT 1 FROM all_documents WHERE generation > 1 LIMIT 1"))


def _batches(view: View) -> Iterator[list[dict[str, Any]]]:
    names = [column.split(" AS ")[-1].removeprefix("s.").removeprefix("d.") for column in _COLUMNS.split(", ")]
    rows: list[dict[str, Any]] = []
    sql = f"SELECT {_COLUMNS} FROM statements s JOIN documents d ON d.id = s.doc ORDER BY d.number, s.spans, s.id"
    for row in view.stream(sql):
        rows.append(dict(zip(names, row, strict=True)))
        if len(rows) >= BATCH:
            yield rows
            rows = []
    if rows:
        yield rows


def _texts(rows: Iterable[Mapping[str, Any]], first: int) -> Iterator[tuple[int, str, str]]:
    for number, row in enumerate(rows, first):
        who = " ".join(filter(None, (row["source"], row["name"])))
        yield (
            number,
            " ".join(words_of(" ".join(filter(None, (row["source"], row["cue"], row["text"]))))),
            " ".join(words_of(who)),
        )
