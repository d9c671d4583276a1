"""The tables of a case: one Parquet file each per shard, every column with what it means.

Columns are only ever added; an older shard that lacks one is read with null in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

__all__ = ["SCHEMA_VERSION", "TABLES", "Columns", "arrow_schema", "markdown_of", "schema_of", "tables_markdown"]

SCHEMA_VERSION = 1

_DOC = ("doc", "string", "the document's id")
_GENERATION = ("generation", "int32", "which reading of the document, 1 for the first")

TABLES: dict[str, tuple[str, tuple[tuple[str, str, str], ...]]] = {
    "documents": (
        "One row a document and reading.",
        (
            ("number", "int64", "place in order of arrival, from 0"),
            ("id", "string", "the caller's id, else the page's; `#2` is added where another page holds it"),
            _GENERATION,
            ("page", "string", "SHA-256 of the bytes as received; key of `bodies`"),
            ("identity", "string", "hash of `page` and of what the caller said of it"),
            ("given", "string", "JSON: id, url, published, title, publisher as the caller gave them"),
            ("source", "string", "file it came from, and where in it"),
            ("url", "string", "address"),
            ("outlet", "string", "publisher, as given or as the page says"),
            ("title", "string", "headline, as given or as the page says"),
            ("published", "string", "ISO 8601 day or moment, as given or as the page says"),
            ("language", "string", "ISO 639-1"),
            ("representation", "string", "full or partial"),
            ("page_kind", "string", "article, paywall, live…"),
            ("credits", "list<string>", "agencies and outlets that the page credits"),
            ("byline", "list<string>", "authors"),
            ("text", "string", "the article's text; every position points into it"),
            ("story", "list<int32>", "start, end, start, end… of the blocks that tell the story"),
            ("version", "string", "of the program that read it"),
            ("layers", "list<string>", "what was read"),
        ),
    ),
    "bodies": (
        "The pages as received, each once.",
        (
            ("page", "string", "SHA-256 of `body`"),
            ("media_type", "string", "text/html, text/plain…"),
            ("encoding", "string", "by which `body` is decoded"),
            ("fetched_at", "string", "moment of the fetch, where the container states it"),
            ("body", "binary", "the bytes"),
        ),
    ),
    "sightings": (
        "When and where web archives saw a page, its first fetch too; one row a record.",
        (
            ("page", "string", "key of `bodies`; null where the record has no bytes: `digest` then leads to it"),
            ("digest", "string", "hash of the payload as the archive states it"),
            ("url", "string", "address"),
            ("fetched_at", "string", "moment of the fetch"),
            ("source", "string", "file it came from, and where in it"),
        ),
    ),
    "readings": (
        "The whole reading.",
        (_DOC, _GENERATION, ("reading", "string", "reading/1 as JSON")),
    ),
    "statements": (
        "What is said: attributions, and sentences in the page's own voice.",
        (
            _DOC,
            _GENERATION,
            ("id", "string", "the attribution's id; `o` and the start for own voice"),
            ("kind", "string", "attribution or own_voice"),
            ("spans", "list<int32>", "start, end… of what is said, in `documents.text`"),
            ("text", "string", "the words under the spans"),
            ("source", "string", "the words that name who says it"),
            ("source_spans", "list<int32>", "start, end… of those words"),
            ("source_kind", "string", "named_person, unnamed_official…"),
            ("name", "string", "the one whom the source names, as resolved within the page"),
            ("cue", "string", "the words that link the two"),
            ("form", "string", "direct, indirect or mixed"),
            ("tier", "string", "speech or stance"),
            ("polarity", "string", "affirmed, negated, mixed"),
            ("certainty", "string", "plain or hedged"),
            ("attitude", "string", "neutral, factive, doubting"),
            ("act", "string", "report, denial, order…"),
            ("parent", "string", "the attribution whose content holds this one"),
            ("chain", "string", "JSON: kind, name, span and inferred of each step from the page inward"),
            ("heads_min", "int32", "fewest people the source's words imply"),
            ("heads_max", "int32", "most, null where unbounded"),
            ("score", "double", "0 to 1"),
        ),
    ),
    "events": (
        "Who did what to whom, when.",
        (
            _DOC,
            _GENERATION,
            ("id", "string", "the event's id"),
            ("start", "int32", "of the trigger"),
            ("end", "int32", "of the trigger"),
            ("action", "string", "the trigger's lemma"),
            ("actor", "string", "words"),
            ("target", "string", "words"),
            ("earliest", "string", "first day it can have happened"),
            ("latest", "string", "last day"),
            ("attribution", "string", "under which it is told"),
            ("footing", "string", "own_voice, reported, denied…"),
        ),
    ),
    "timexes": (
        "Time expressions.",
        (
            _DOC,
            _GENERATION,
            ("id", "string", "the expression's id"),
            ("start", "int32", "in `documents.text`"),
            ("end", "int32", "in `documents.text`"),
            ("text", "string", "the words"),
            ("type", "string", "DATE, TIME, DURATION, SET"),
            ("value", "string", "TimeML value, null where unresolved"),
            ("earliest", "string", "first day"),
            ("latest", "string", "last day"),
        ),
    ),
    "entities": (
        "Who and what a page names.",
        (
            _DOC,
            _GENERATION,
            ("id", "string", "the entity's id"),
            ("name", "string", "its fullest name on the page"),
            ("kind", "string", "person, organization…"),
            ("mentions", "int32", "how often it is named"),
        ),
    ),
    "findings": (
        "Remarks on the sourcing and the text.",
        (
            _DOC,
            _GENERATION,
            ("code", "string", "SAY101…"),
            ("severity", "string", "error, warning, note"),
            ("start", "int32", "null where it concerns the whole page"),
            ("end", "int32", "null where it concerns the whole page"),
            ("message", "string", "in words"),
        ),
    ),
    "inputs": (
        "Every record that was taken in, and what became of it.",
        (
            ("key", "string", "SHA-256 of the record as given"),
            ("source", "string", "file, and where in it"),
            ("outcome", "string", "read, repeat (the case held it already, or an archive saw it again) or refused"),
            ("doc", "string", "the document; null where refused, and where an archive names it by `digest` alone"),
        ),
    ),
    "refused": (
        "Records that could not be read.",
        (
            ("key", "string", "as in `inputs`"),
            ("id", "string", "the caller's id, where it could be read"),
            ("source", "string", "file, and where in it"),
            ("kind", "string", "BadInput, TooLarge, Unsupported, Timeout, Crash"),
            ("message", "string", "why, and what to do"),
            ("trace", "string", "where in the program, innermost last; null where the record is at fault"),
        ),
    ),
}


Columns = tuple[tuple[str, str, str], ...]
"""Name, type and meaning of each column."""


@cache
def arrow_schema(table: str) -> Any:
    """The Arrow schema of a table."""
    return schema_of(TABLES[table][1])


def schema_of(columns: Columns) -> Any:
    """The Arrow schema of some columns."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "int32": pa.int32(),
        "int64": pa.int64(),
        "double": pa.float64(),
        "binary": pa.large_binary(),
        "list<string>": pa.list_(pa.string()),
        "list<int32>": pa.list_(pa.int32()),
    }
    return pa.schema([(name, types[kind]) for name, kind, _ in columns])


def tables_markdown() -> str:
    """The tables of a case and their columns, for the docs."""
    return markdown_of(TABLES)


def markdown_of(tables: Mapping[str, tuple[str, Columns]]) -> str:
    """Tables and their columns, for the docs."""
    parts = []
    for name, (summary, columns) in tables.items():
        rows = "\n".join(f"| `{column}` | {kind} | {what} |" for column, kind, what in columns)
        parts.append(f"### {name}\n\n{summary}\n\n| column | type | meaning |\n|---|---|---|\n{rows}\n")
    return "\n".join(parts)
