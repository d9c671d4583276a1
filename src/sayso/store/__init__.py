"""The case on disk: immutable Parquet shards, a small SQLite file for what changes, an index for search."""

from .ledger import DeadLetter, KeptJudgement, Ledger
from .rows import Entry, entry_of, refused
from .store import Store, Writer
from .tables import SCHEMA_VERSION, TABLES
from .view import StoredDocument, StoredStatement, View

__all__ = [
    "SCHEMA_VERSION",
    "TABLES",
    "DeadLetter",
    "Entry",
    "KeptJudgement",
    "Ledger",
    "Store",
    "StoredDocument",
    "StoredStatement",
    "View",
    "Writer",
    "entry_of",
    "refused",
]
