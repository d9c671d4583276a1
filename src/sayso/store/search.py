"""Full text over the statements of a case: tantivy where it is installed, SQLite's FTS5 else; the same answers."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from sayso.errors import SaysoError

__all__ = ["FtsIndex", "TantivyIndex", "TextIndex", "open_index"]

FOLDER = "search"
STATE = "state.json"
WORD = re.compile(r"\w+")
MOST = 100_000


class TextIndex(Protocol):
    """An index of texts by key; it is a cache, made anew from the tables whenever it does not fit them."""

    name: str

    def add(self, rows: Iterable[tuple[str, str]]) -> None:
        """Add keys with their texts."""

    def find(self, words: Sequence[str], phrases: Sequence[str]) -> list[str]:
        """Keys of the texts that hold every word and every phrase, sorted."""


def words_of(text: str) -> list[str]:
    """Words as the index sees them: lower case, letters and digits."""
    return [word.lower() for word in WORD.findall(text)]


class FtsIndex:
    """SQLite's own full text."""

    name = "fts5"

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "fts.db"
        with sqlite3.connect(self.path) as db:
            db.execute(
                "CREATE VIRTUAL TABLE IF NOT EXISTS texts USING "
                "fts5(key UNINDEXED, words, tokenize='unicode61 remove_diacritics 0')"
            )

    def add(self, rows: Iterable[tuple[str, str]]) -> None:
        """Add keys with their texts."""
        with sqlite3.connect(self.path) as db:
            db.executemany("INSERT INTO texts VALUES (?, ?)", ((key, " ".join(words_of(text))) for key, text in rows))

    def find(self, words: Sequence[str], phrases: Sequence[str]) -> list[str]:
        """Keys of the texts that hold every word and every phrase, sorted."""
        parts = [f'"{" ".join(words_of(text))}"' for text in [*words, *phrases] if words_of(text)]
        with sqlite3.connect(self.path) as db:
            rows = db.execute("SELECT key FROM texts WHERE words MATCH ?", (" AND ".join(parts),)).fetchall()
        return sorted(row[0] for row in rows)


class TantivyIndex:
    """tantivy, for large cases."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        import tantivy

        folder.mkdir(parents=True, exist_ok=True)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("key", stored=True, tokenizer_name="raw")
        builder.add_text_field("words", stored=False, tokenizer_name="whitespace", index_option="position")
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema, path=str(folder))

    def add(self, rows: Iterable[tuple[str, str]]) -> None:
        """Add keys with their texts."""
        import tantivy

        writer = self.index.writer(heap_size=50_000_000, num_threads=1)
        for key, text in rows:
            writer.add_document(tantivy.Document(key=key, words=" ".join(words_of(text))))
        writer.commit()
        writer.wait_merging_threads()

    def find(self, words: Sequence[str], phrases: Sequence[str]) -> list[str]:
        """Keys of the texts that hold every word and every phrase, sorted."""
        import tantivy

        self.index.reload()
        searcher = self.index.searcher()
        parts: list[Any] = []
        for text in [*words, *phrases]:
            terms = words_of(text)
            if len(terms) == 1:
                query = tantivy.Query.term_query(self.schema, "words", terms[0])
            elif terms:
                query = tantivy.Query.phrase_query(self.schema, "words", list(terms))
            else:
                continue
            parts.append((tantivy.Occur.Must, query))
        hits = searcher.search(tantivy.Query.boolean_query(parts), MOST).hits
        return sorted(searcher.doc(address)["key"][0] for _, address in hits)


def open_index(root: Path, digest: str, rows: Iterable[tuple[str, str]], *, kind: str | None = None) -> TextIndex:
    """The index of a case that is as it was when `digest` was taken, made anew where it is of another.

    Args:
        root: the case's folder.
        digest: of its documents.
        rows: every key with its text; read only where the index has to be made.
        kind: `tantivy` or `fts5`; the first where it is installed, if None.
    """
    maker = _maker(kind)
    folder = root / FOLDER / maker.name
    state = folder / STATE
    with suppress(OSError, ValueError):
        if json.loads(state.read_text(encoding="utf-8"))["digest"] == digest:
            return maker(folder)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        index = maker(folder)
        index.add(rows)
        state.write_text(json.dumps({"digest": digest}), encoding="utf-8")
    except (OSError, sqlite3.Error) as error:
        raise SaysoError(f"expected to write the search index at {folder}, got “{error}”; check the folder") from error
    return index


def _maker(kind: str | None) -> type[FtsIndex] | type[TantivyIndex]:
    if kind != "fts5":
        with suppress(ImportError):
            import tantivy  # noqa: F401

            return TantivyIndex
    return FtsIndex
