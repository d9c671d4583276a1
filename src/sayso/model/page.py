"""The page as fetched, decoded but otherwise unchanged."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

__all__ = ["Given", "Page", "Sighting", "page_id"]


def page_id(body: bytes) -> str:
    """SHA-256 of the bytes and of nothing else, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says of a page beside its bytes; `None` is as good as absent."""

    id: str | None = None
    url: str | None = None
    published: str | None = None
    """ISO 8601 day or moment; the anchor for times."""
    title: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched, kept unchanged, with the one decoding that every position refers to."""

    id: str
    """SHA-256 of `body` and of nothing else."""
    body: bytes = field(repr=False)
    text: str = field(repr=False)
    """`body` decoded, less a byte-order mark; origins in `Article.runs` are code points of this."""
    media_type: str
    """`text/html`, `text/plain`…, as read, not as claimed."""
    encoding: str
    urls: tuple[str, ...] = ()
    """As requested, each redirect, the final one last."""
    record: str | None = None
    """WARC file and record offset, where the page came from one."""
    fetched_at: str | None = None
    """ISO 8601 moment of the fetch, where the container states it."""
    given: Given = Given()
    digest: str | None = None
    """Hash of the payload as a web archive states it: a later record may refer to the page by it."""

    @property
    def url(self) -> str | None:
        """The address the bytes finally came from."""
        return self.urls[-1] if self.urls else None

    @property
    def sighting(self) -> Sighting:
        """That it was fetched."""
        return Sighting(self.id, self.digest, self.url, self.fetched_at)


@dataclass(frozen=True, slots=True)
class Sighting:
    """That a page was fetched, as a web archive records it; its bytes are elsewhere."""

    page: str | None
    """The page's id, where its bytes are known."""
    digest: str | None
    """Hash of the payload as the archive states it."""
    url: str | None
    fetched_at: str | None
