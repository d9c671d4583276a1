"""What is exported: pages with their readings, and what a case says across them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

__all__ = ["VOCABULARY", "Document", "Json", "Material", "content_uri", "file_names"]

Json = dict[str, Any]
VOCABULARY = "urn:x-sayso:"
"""Prefix of the names that are ours alone: kinds of source, footing, chains."""
MAX_NAME = 48
"""Characters of a document's id in the name of its file."""


def content_uri(data: bytes) -> str:
    """The address of these very bytes, after RFC 6920.

    >>> content_uri(b"")
    'ni:///sha-256;47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU'
    """
    return _address(hashlib.sha256(data).digest())


def _address(digest: bytes) -> str:
    return f"ni:///sha-256;{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


@dataclass(frozen=True)
class Document:
    """One page with its reading; every span points into `text`, in code points."""

    id: str
    reading: Json
    """reading/1 of the page."""
    body: bytes = field(repr=False)
    """The page as received."""
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    given: Mapping[str, str | None] = field(default_factory=dict)
    """What the caller said of the page beside its bytes."""

    @property
    def url(self) -> str | None:
        """The page's address, where known."""
        url: str | None = self.reading["page"]["url"]
        return url

    @property
    def fetched_at(self) -> str | None:
        """ISO 8601 moment of the fetch, where known."""
        moment: str | None = self.reading["page"]["fetched_at"]
        return moment

    @property
    def article(self) -> Json:
        """The article of the reading."""
        article: Json = self.reading["article"]
        return article

    @property
    def text(self) -> str:
        """The article's text."""
        text: str = self.article["text"]
        return text

    @property
    def attributions(self) -> Sequence[Json]:
        """Attributions, none where the layer was not read."""
        found: Sequence[Json] = self.reading.get("attributions", [])
        return found

    @cached_property
    def page_uri(self) -> str:
        """Address of the page's bytes."""
        return _address(bytes.fromhex(self.reading["page"]["id"]))

    @cached_property
    def text_uri(self) -> str:
        """Address of the article's text in UTF-8, which positions are counted in."""
        return content_uri(self.text.encode("utf-8", "replace"))

    def uri(self, id: str) -> str:
        """Address of a result of the reading."""
        return f"{self.text_uri}#{id}"

    def words(self, spans: Iterable[Sequence[int]]) -> str:
        """The characters under the spans, joined by " … "."""
        return " … ".join(self.text[start:end] for start, end in spans)

    @cached_property
    def entities(self) -> dict[str, Json]:
        """Entities by id."""
        return {entity["id"]: entity for entity in self.reading.get("entities", [])}

    def name(self, entity: str | None) -> str | None:
        """The name of an entity, None for none."""
        return self.entities[entity]["name"] if entity in self.entities else None

    def step_name(self, step: Json) -> str:
        """A step of a chain in words: the name, but an unnamed source as the page has it."""
        if step["kind"] == "page":
            return "this page"
        words = self.words([step["span"]]) if step["span"] else None
        name = self.name(step["entity"])
        return (words or name if step["kind"].startswith("unnamed") else name or words) or step["kind"].replace(
            "_", " "
        )

    def chain(self, attribution: Json) -> str:
        """The chain in words: `this page ← The New York Times ← unnamed U.S. officials`."""
        return " ← ".join(self.step_name(step) for step in attribution["chain"])


@dataclass(frozen=True, slots=True)
class Material:
    """Everything an exporter may write; each part may be gone through again and again."""

    documents: Iterable[Document]
    reuse: Iterable[Json] = ()
    """Pairs of pages that share text, with passages."""
    claims: Iterable[Json] = ()
    """Claims with their statements."""
    origins: Iterable[Json] = ()
    """Origins of each claim: interval, roots, graph."""
    version: str = ""
    """Of the program that exports."""


def file_names(documents: Iterable[Document]) -> Iterable[tuple[str, Document]]:
    """Each document with a name for its files: its place and what of its id goes into any file system.

    >>> [name for name, _ in file_names([Document("../a b", {}, b"")])]
    ['0001-a-b']
    """
    for number, document in enumerate(documents, 1):
        kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in document.id[:MAX_NAME])
        yield f"{number:04d}-{'-'.join(part for part in kept.split('-') if part) or 'page'}", document
