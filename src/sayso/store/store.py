"""A case: opening it, reading it, and the one writer that adds to it."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from sayso.errors import BrokenStore, InvalidSetting, Retryable

from .ledger import Ledger
from .rows import Entry
from .shards import check_shard, clean, shard_numbers, shard_path, trouble, write_shard
from .tables import SCHEMA_VERSION, TABLES
from .view import View

__all__ = ["SHARD_SIZE", "Store", "Writer", "digest_of"]

CARD = "case.json"
CONTRACT = "case/1"
SHARD_SIZE = 256
"""Records of a shard: what an interrupted run reads again at most."""


class Store:
    """A case's folder.

    Args:
        root: the folder.
        create: make it where it isn't there.

    Raises:
        InvalidSetting: there is no case, or it can't be made.
        BrokenStore: it was written by a newer program, or a shard isn't what was written.
    """

    def __init__(self, root: str | os.PathLike[str], *, create: bool = False) -> None:
        self.root = Path(root)
        self.ledger = Ledger(self.root)
        card = self.root / CARD
        if not card.exists():
            if not create:
                raise InvalidSetting(f"expected a case, got none at {self.root}; make one with `sayso ingest`")
            self._make(card)
        self._check(card)

    def _make(self, card: Path) -> None:
        if self.root.exists() and (not self.root.is_dir() or any(self.root.iterdir())):
            raise InvalidSetting(f"expected a case or an empty folder, got other files at {self.root}; name another")
        try:
            (self.root / "shards").mkdir(parents=True, exist_ok=True)
            part = card.with_name(f"{CARD}.part")
            part.write_text(json.dumps({"sayso": CONTRACT, "schema": SCHEMA_VERSION}) + "\n", encoding="utf-8")
            os.replace(part, card)
        except OSError as error:
            raise trouble(error, self.root) from error

    def _check(self, card: Path) -> None:
        try:
            said = json.loads(card.read_text(encoding="utf-8"))
            contract, schema = said["sayso"], int(said["schema"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BrokenStore(f"expected {CONTRACT} at {card}, got something else; restore it") from error
        if contract != CONTRACT or schema > SCHEMA_VERSION:
            raise BrokenStore(
                f"expected {CONTRACT} with tables of version {SCHEMA_VERSION} or older, got {contract} {schema}; "
                "use a newer sayso"
            )

    @property
    def shards(self) -> list[int]:
        """Numbers of the shards, in order."""
        return shard_numbers(self.root)

    def digest(self) -> str:
        """Changes when the case's documents do: names what is worked out from them."""
        return digest_of(self.manifests())

    def manifests(self, shards: Sequence[int] | None = None) -> tuple[str, ...]:
        """A hash for each shard (or of those asked for), in order; a shard never changes, so neither does its hash."""
        folders = (shard_path(self.root, number) for number in (self.shards if shards is None else shards))
        return tuple(hashlib.sha256((folder / "shard.json").read_bytes()).hexdigest()[:16] for folder in folders)

    def check(self, *, deep: bool = False) -> None:
        """See that every shard is as it was written; `deep` reads every byte.

        Raises:
            BrokenStore: one isn't.
        """
        for number in self.shards:
            check_shard(self.root, number, deep=deep)

    def view(self) -> View:
        """The case as it is now, for reading.

        Raises:
            BrokenStore: a shard isn't what was written.
        """
        self.check()
        return View(self.root, self.shards)

    @contextmanager
    def writer(self, *, shard_size: int = SHARD_SIZE) -> Iterator[Writer]:
        """The one writer; what it was given is in the case when the block ends without an error.

        Raises:
            Retryable: somebody else is writing.
        """
        handle = self._locked()
        try:
            clean(self.root)
            self._rebuild_ledger()
            writer = Writer(self, shard_size)
            yield writer
            writer.flush()
        finally:
            handle.close()

    def _locked(self) -> IO[bytes]:
        path = self.root / "lock"
        try:
            handle = open(path, "ab")  # noqa: SIM115  held for as long as the writer is
        except OSError as error:
            raise trouble(error, path) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            handle.close()
            raise Retryable(f"expected to write to {self.root}, got another writer at work; wait for it") from error
        return handle

    def _rebuild_ledger(self) -> None:
        """Enter shards that were written just before a run broke off; take out those that are gone."""
        self.check()
        here, entered = set(self.shards), self.ledger.shards()
        self.ledger.forget(entered - here)
        if here - entered:
            view = View(self.root, self.shards)
            for number in sorted(here - entered):
                self.ledger.enter(number, view.shard_rows(number, "inputs"), view.shard_rows(number, "refused"))


def digest_of(manifests: Sequence[str]) -> str:
    """What `Store.digest` gives for these shards."""
    return hashlib.sha256("\0".join(manifests).encode()).hexdigest()[:16]


class Writer:
    """Gathers entries into shards, in the order they are added; the same entries give the same bytes."""

    def __init__(self, store: Store, shard_size: int) -> None:
        self.store = store
        self.shard_size = max(1, shard_size)
        view = View(store.root, store.shards)
        self.keys = view.keys()
        self._known = view.identities()
        self._bodies = view.bodies_held()
        self._number = view.next_number()
        self._next = max(store.shards, default=0) + 1
        self._open = {letter.key for letter in store.ledger.dead_letters() if letter.state == "open"}
        self._rows: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
        self.outcomes = dict.fromkeys(("read", "repeat", "refused"), 0)
        self.on_shard: Callable[[int], None] = lambda number: None

    def seen(self, key: str) -> bool:
        """Whether the case holds this very record."""
        return key in self.keys

    def add(self, entry: Entry) -> None:
        """Take in what became of one record."""
        if entry.key in self.keys and entry.key not in self._open:
            return
        self.keys.add(entry.key)
        if entry.refused is not None:
            self._rows["refused"].append(entry.refused)
            self._outcome(entry, "refused", None)
        elif "documents" not in entry.rows:
            self._seen_again(entry)
        else:
            self._document(entry)
        if len(self._rows["inputs"]) >= self.shard_size:
            self.flush()

    def _outcome(self, entry: Entry, outcome: str, doc: str | None) -> None:
        self.outcomes[outcome] += 1
        self._rows["inputs"].append({"key": entry.key, "source": entry.source, "outcome": outcome, "doc": doc})

    def _document(self, entry: Entry) -> None:
        document = entry.document
        identity = _identity(entry)
        wanted, doc, copy = document["id"], document["id"], 1
        while doc in self._known and self._known[doc] != identity:
            copy += 1
            doc = f"{wanted}#{copy}"
        if doc in self._known:
            self._rows["sightings"] += entry.rows.get("sightings", [])
            self._outcome(entry, "repeat", doc)
            return
        self._known[doc] = identity
        self._put(entry, doc, generation=1, number=self._number)
        self._number += 1
        self._outcome(entry, "read", doc)

    def holds(self, page: str) -> bool:
        """Whether the case holds the page of that id as nobody said anything of it."""
        return self._known.get(page) == _identity_of(page, "")

    def _seen_again(self, entry: Entry) -> None:
        (sighting,) = entry.rows["sightings"]
        self._rows["sightings"].append(sighting)
        self._outcome(entry, "repeat", sighting["page"])

    def reread(self, entry: Entry, doc: str, generation: int, number: int) -> None:
        """Add another reading of a document that the case holds; its identity stays."""
        self._put(entry, doc, generation=generation, number=number)
        if sum(map(len, (self._rows["inputs"], self._rows["documents"]))) >= self.shard_size:
            self.flush()

    def _put(self, entry: Entry, doc: str, *, generation: int, number: int) -> None:
        for table, rows in entry.rows.items():
            for row in rows:
                if table == "bodies":
                    if row["page"] not in self._bodies:
                        self._bodies.add(row["page"])
                        self._rows["bodies"].append(row)
                elif table == "sightings":
                    # Reading a page again is no fetch.
                    self._rows[table] += [row] if generation == 1 else []
                elif table == "documents":
                    self._rows[table].append(
                        {**row, "id": doc, "number": number, "generation": generation, "identity": _identity(entry)}
                    )
                else:
                    self._rows[table].append({**row, "doc": doc, "generation": generation})

    def flush(self) -> None:
        """Write what was gathered as a shard."""
        if not any(self._rows.values()):
            return
        rows, number = self._rows, self._next
        write_shard(self.store.root, number, rows)
        self._next += 1
        self._rows = {table: [] for table in TABLES}
        self.store.ledger.enter(number, rows["inputs"], rows["refused"])
        settled = sorted({row["key"] for row in rows["inputs"] if row["outcome"] != "refused"} & self._open)
        self.store.ledger.settle(settled)
        self.on_shard(number)


def _identity(entry: Entry) -> str:
    """Which document an entry is: the page's bytes and what the caller said of them."""
    return _identity_of(entry.document["page"], entry.given)


def _identity_of(page: str, given: str) -> str:
    return hashlib.sha256(f"{page}\0{given}".encode()).hexdigest()[:32]
