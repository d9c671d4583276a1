"""WARC files of pages as received, and the index over them."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from .material import Document

__all__ = ["UNKNOWN_MOMENT", "Record", "index_files", "packed_records", "record_url", "surt", "warc_moment"]

UNKNOWN_MOMENT = "1970-01-01T00:00:00Z"
"""WARC asks for the moment of the fetch; this one says that nobody knows it."""
NAMED = uuid.UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")
BLOCK = 3_000
"""Lines of the index that are packed together."""
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?")
_SAFE = "".join(map(chr, range(0x21, 0x7F)))


@dataclass(frozen=True, slots=True)
class Record:
    """Where a page stands in the packed file."""

    url: str
    moment: str
    media_type: str
    digest: str
    offset: int
    length: int


def record_url(document: Document) -> str:
    """The page's address as a WARC may hold it; where none is known, one that names its bytes."""
    address = quote(document.url or "", safe=_SAFE)
    return address or f"urn:sha256:{document.reading['page']['id']}"


def warc_moment(moment: str | None) -> str:
    """A moment in UTC as WARC writes it.

    >>> warc_moment("2018-09-11T08:30:00+02:00"), warc_moment(None)
    ('2018-09-11T06:30:00Z', '1970-01-01T00:00:00Z')
    """
    from datetime import UTC, datetime

    if not moment or not _MOMENT.fullmatch(moment):
        return UNKNOWN_MOMENT
    try:
        found = datetime.fromisoformat(moment)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return UNKNOWN_MOMENT
    return found.strftime("%Y-%m-%dT%H:%M:%SZ")


def _record(kind: str, headers: Iterable[tuple[str, str]], body: bytes) -> bytes:
    lines = ["WARC/1.1", f"WARC-Type: {kind}", *(f"{name}: {value}" for name, value in headers)]
    head = "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode("utf-8", "replace")
    return gzip.compress(head + body + b"\r\n\r\n", 9, mtime=0)


def _id(*parts: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(NAMED, chr(0).join(parts))}>"


def packed_records(documents: Iterable[Document], version: str) -> Iterator[tuple[bytes, Record | None]]:
    """Each packed record with its entry for the index; first one that tells what wrote the file."""
    fields = f"software: sayso/{version}\r\nformat: WARC File Format 1.1\r\n".encode()
    about = (("WARC-Date", UNKNOWN_MOMENT), ("WARC-Record-ID", _id("warcinfo", version)))
    first = _record("warcinfo", (*about, ("Content-Type", "application/warc-fields")), fields)
    yield first, None
    at, written = len(first), set()
    for document in documents:
        url, page = record_url(document), document.reading["page"]
        if (url, page["id"]) in written:
            continue
        written.add((url, page["id"]))
        moment, kind = warc_moment(document.fetched_at), f"{page['media_type']}; charset={page['encoding']}"
        digest = f"sha256:{hashlib.sha256(document.body).hexdigest()}"
        headers = (
            ("WARC-Target-URI", url),
            ("WARC-Date", moment),
            ("WARC-Record-ID", _id("page", url, page["id"], moment)),
            ("WARC-Payload-Digest", digest),
            ("Content-Type", kind),
        )
        packed = _record("resource", headers, document.body)
        yield packed, Record(url, moment, page["media_type"], digest, at, len(packed))
        at += len(packed)


def surt(url: str) -> str:
    """The address with its host turned round, by which an index is sorted.

    >>> surt("https://www.example.org:8080/A?b=C")
    'org,example:8080)/a?b=c'
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return url.lower()
    if parts.scheme not in ("http", "https") or not host:
        return url.lower()
    turned = ",".join(reversed(re.sub(r"^www\d*\.", "", host).split(".")))
    at = "" if port in (None, 80, 443) else f":{port}"
    return f"{turned}{at}){parts.path.lower() or '/'}{f'?{parts.query.lower()}' if parts.query else ''}"


def index_files(records: Iterable[Record], file: str) -> tuple[bytes, bytes]:
    """The packed CDXJ index and the index over its blocks."""
    lines = sorted(_line(record, file) for record in records)
    packed, blocks = io.BytesIO(), ['!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\n']
    for start in range(0, max(1, len(lines)), BLOCK):
        block = gzip.compress("".join(lines[start : start + BLOCK]).encode(), 9, mtime=0)
        place = {"offset": packed.tell(), "length": len(block), "filename": "index.cdx.gz"}
        place["digest"] = f"sha256:{hashlib.sha256(block).hexdigest()}"
        if lines:
            blocks.append(f"{' '.join(lines[start].split(' ', 2)[:2])} {json.dumps(place)}\n")
        packed.write(block)
    return packed.getvalue(), "".join(blocks).encode()


def _line(record: Record, file: str) -> str:
    said = {
        "url": record.url,
        "mime": record.media_type,
        "status": "200",
        "digest": record.digest,
        "length": str(record.length),
        "offset": str(record.offset),
        "filename": file,
    }
    moment = re.sub(r"\D", "", record.moment)
    return f"{surt(record.url)} {moment} {json.dumps(said)}\n"
