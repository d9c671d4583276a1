"""Search in a case: `source:unnamed footing:hedged "encrypted radios" after:2018-09-01`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sayso.errors import InvalidSetting

if TYPE_CHECKING:
    from sayso.store import StoredDocument, StoredStatement

    from .case_analysis import Analysis

__all__ = ["FIELDS", "Query", "parse_query", "search"]

_PART = re.compile(r'(?:(\w+):)?(?:"([^"]*)"|(\S+))')

FIELDS = {
    "source": "kind of source (unnamed, named, outlet, official, government, document…), or words of its name",
    "footing": "hedged, plain, negated, denied, factive, doubting, promised, feared… as the reading has it",
    "voice": "own or attributed",
    "outlet": "words of the outlet's name",
    "page": "the document's id",
    "after": "published on or after this day",
    "before": "published before this day",
}


@dataclass(slots=True)
class Query:
    """A search taken apart."""

    words: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)


def parse_query(text: str) -> Query:
    """Take a search apart.

    >>> parse_query('source:unnamed "encrypted radios" dam').phrases
    ['encrypted radios']

    Raises:
        InvalidSetting: a field is none of `FIELDS`, or nothing is asked for.
    """
    query = Query()
    for name, quoted, word in _PART.findall(text):
        value = quoted or word
        if name and name in FIELDS:
            query.fields.append((name, value.lower()))
        elif name and not word.startswith("//"):
            raise InvalidSetting(f"expected a field among {', '.join(FIELDS)}, got {name}; put other words in quotes")
        elif quoted:
            query.phrases.append(quoted)
        else:
            query.words.append(f"{name}:{value}" if name else value)
    query.words = [word for word in query.words if re.search(r"\w", word)]
    query.phrases = [phrase for phrase in query.phrases if re.search(r"\w", phrase)]
    if not (query.words or query.phrases or query.fields):
        raise InvalidSetting(f"expected words or fields ({', '.join(FIELDS)}), got {text!r}; say what to look for")
    return query


def search(analysis: Analysis, text: str, *, limit: int = 100, index: str | None = None) -> list[dict[str, Any]]:
    """Statements that fit a search, by page in order of arrival."""
    query = parse_query(text)
    keys = _keys(analysis, query, index)
    rows = []
    for stored in analysis.view.statements():
        if keys is not None and f"{stored.doc}/{stored.id}" not in keys:
            continue
        page = analysis.stored[stored.doc]
        if all(_TESTS[name](stored, page, value) for name, value in query.fields):
            rows.append(_row(stored, page))
            if len(rows) >= limit:
                break
    return rows


def _keys(analysis: Analysis, query: Query, kind: str | None) -> set[str] | None:
    """Keys of the statements that hold the words; None where no words are asked for."""
    from sayso.store.search import open_index

    if not (query.words or query.phrases):
        return None
    index = open_index(analysis.store.root, analysis.digest, _texts(analysis), kind=kind)
    return set(index.find(query.words, query.phrases))


def _texts(analysis: Analysis) -> Iterator[tuple[str, str]]:
    for stored in analysis.view.statements():
        yield f"{stored.doc}/{stored.id}", " ".join(filter(None, (stored.source, stored.cue, stored.text)))


def _row(stored: StoredStatement, page: StoredDocument) -> dict[str, Any]:
    return {
        "page": stored.doc,
        "outlet": page.outlet,
        "published": page.published,
        "id": stored.id,
        "kind": stored.kind,
        "source": stored.source,
        "source_kind": stored.source_kind,
        "cue": stored.cue,
        "text": stored.text,
        "spans": [list(span) for span in stored.spans],
    }


def _source(stored: StoredStatement, page: StoredDocument, value: str) -> bool:
    words = " ".join(filter(None, (stored.source, stored.name))).lower()
    return value in (stored.source_kind or "").split("_") or value == stored.source_kind or value in words


def _footing(stored: StoredStatement, page: StoredDocument, value: str) -> bool:
    held = {stored.polarity, stored.certainty, stored.attitude, stored.act}
    return value in held or _ACTS.get(value, "no such act") in held


_ACTS = {
    "denied": "denial",
    "feared": "fear",
    "hoped": "hope",
    "planned": "plan",
    "ordered": "order",
    "promised": "promise",
    "asked": "question",
}


def _voice(stored: StoredStatement, page: StoredDocument, value: str) -> bool:
    return value == ("own" if stored.kind == "own_voice" else "attributed")


_TESTS: dict[str, Callable[[StoredStatement, StoredDocument, str], bool]] = {
    "source": _source,
    "footing": _footing,
    "voice": _voice,
    "outlet": lambda stored, page, value: value in (page.outlet or "").lower(),
    "page": lambda stored, page, value: page.id.lower().startswith(value),
    "after": lambda stored, page, value: bool(page.published) and (page.published or "") >= value,
    "before": lambda stored, page, value: bool(page.published) and (page.published or "") < value,
}
