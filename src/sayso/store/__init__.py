"""The case on disk: immutable Parquet shards, a small SQLite file for what changes, an index for search."""

from .kept import Kept, KeptState
from .ledger import DeadLetter, KeptJudgement, Ledger
from .rows import Entry, entry_of, refused, sighted
from .store import Store, Writer, digest_of
from .tables import SCHEMA_VERSION, TABLES
from .view import StoredDocument, StoredStatement, View

__all__ = [
    "SCHEMA_VERSION",
    "TABLES",
    "DeadLetter",
    "Entry",
    "Kept",
    "KeptJudgement",
    "KeptState",
    "Ledger",
    "Store",
    "StoredDocument",
    "StoredStatement",
    "View",
    "Writer",
    "digest_of",
    "entry_of",
    "refused",
    "sighted",
]
