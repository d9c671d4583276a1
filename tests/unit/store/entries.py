"""Entries made without reading anything, for tests of the store."""

from __future__ import annotations

import hashlib

from sayso.model import LAYERS, Article, Given, Page, Reading, Run, Span, page_id
from sayso.model.article import Block
from sayso.store import Entry, entry_of

__all__ = ["entry", "key_of"]


def key_of(text: str, id: str | None) -> str:
    return hashlib.sha256(f"{id}\0{text}".encode()).hexdigest()


def entry(text: str, id: str | None = None, *, published: str | None = None, publisher: str | None = None) -> Entry:
    body = text.encode()
    page = Page(
        page_id(body), body, text, "text/plain", "utf-8", given=Given(id=id, published=published, publisher=publisher)
    )
    block = Block(Span(0, len(text)), "paragraph")
    article = Article("a", page.id, text, (block,), (Run(len(text), 0),), language="en")
    empty = dict.fromkeys(("sentences", "entities", "attributions", "own_voice", "timexes", "events", "findings"), ())
    reading = Reading(id or page.id, "0", page, article, LAYERS, **empty)
    return entry_of(reading, key_of(text, id), "test:1")
