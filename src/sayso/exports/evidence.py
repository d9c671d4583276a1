"""An evidence package: pages as received, their readings and annotations in one WACZ, each with its hash."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from .material import Document, Json, Material
from .plain_zip import central, write_member
from .text import json_bytes, json_line
from .warc import Record, index_files, packed_records, record_url, warc_moment
from .web_annotation import annotation_page

__all__ = ["ANNOTATIONS", "ARCHIVE", "CONTRACT", "DIGEST", "PACKAGE", "READINGS", "Packed", "digest_file", "pack"]

CONTRACT = "evidence/1"
WACZ = "1.1.1"
ARCHIVE, INDEX, BLOCKS = "archive/data.warc.gz", "indexes/index.cdx.gz", "indexes/index.idx"
PAGES, READINGS, ANNOTATIONS = "pages/pages.jsonl", "readings/readings.jsonl.gz", "annotations/annotations.jsonl.gz"
PACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"


@dataclass(slots=True)
class Packed:
    """What a package came to."""

    documents: int = 0
    statements: int = 0
    digest: str = ""
    """SHA-256 of `datapackage.json`, which names the hash of everything else: keep it apart from the package."""
    stages: dict[str, None] = field(default_factory=dict)
    layers: dict[str, None] = field(default_factory=dict)
    last_fetch: str = ""


class _Hashed:
    """Passes pieces on while their hash and size are taken."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self.parts = parts
        self.hash = hashlib.sha256()
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for part in self.parts:
            self.hash.update(part)
            self.size += len(part)
            yield part


def pack(material: Material, out: BinaryIO) -> Packed:
    """Write the package; the same material gives the same bytes.

    Args:
        material: what to pack.
        out: an empty file that can be sought in.
    Raises:
        TooLarge: the package would pass two GiB.
    """
    packed, members, resources = Packed(), [], []
    records: list[Record] = []

    def put(name: str, parts: Iterable[bytes]) -> None:
        hashed = _Hashed(parts)
        members.append(write_member(out, name, hashed))
        resources.append(
            {
                "name": name.rsplit("/", 1)[1],
                "path": name,
                "hash": f"sha256:{hashed.hash.hexdigest()}",
                "bytes": hashed.size,
            }
        )

    put(ARCHIVE, _kept(packed_records(material.documents, material.version), records))
    for name, data in zip((INDEX, BLOCKS), index_files(records, ARCHIVE.rsplit("/", 1)[1]), strict=True):
        put(name, [data])
    put(PAGES, _pages(material.documents))
    put(READINGS, _readings(material.documents, packed))
    put(ANNOTATIONS, _packed_lines(annotation_page(document) for document in material.documents))
    card = json_bytes(_card(material, packed, resources))
    members.append(write_member(out, PACKAGE, [card]))
    members.append(write_member(out, DIGEST, [digest_file(card)]))
    out.write(central(members))
    packed.digest = hashlib.sha256(card).hexdigest()
    return packed


def _kept(records: Iterable[tuple[bytes, Record | None]], held: list[Record]) -> Iterator[bytes]:
    for data, record in records:
        if record is not None:
            held.append(record)
        yield data


def _packed_lines(lines: Iterable[Json]) -> Iterator[bytes]:
    """JSON Lines, each line packed by itself: together they unpack as one file."""
    return (gzip.compress(json_line(line), 9, mtime=0) for line in lines)


def _pages(documents: Iterable[Document]) -> Iterator[bytes]:
    yield json_line({"format": "json-pages-1.0", "id": "pages", "title": "All pages"})
    for number, document in enumerate(documents, 1):
        yield json_line(
            {
                "id": f"p{number}",
                "url": record_url(document),
                "ts": warc_moment(document.fetched_at),
                "title": document.title or "",
                "document": document.id,
                "sha256": document.reading["page"]["id"],
                "fetched_at": document.fetched_at,
            }
        )


def _readings(documents: Iterable[Document], packed: Packed) -> Iterator[bytes]:
    for document in documents:
        reading = document.reading
        packed.documents += 1
        packed.statements += len(document.attributions)
        packed.stages.update(dict.fromkeys(o["name"] for o in reading.get("operations", [])))
        packed.layers.update(dict.fromkeys(key for key, value in reading.items() if isinstance(value, list)))
        packed.last_fetch = max(packed.last_fetch, warc_moment(document.fetched_at))
        line = {"document": document.id, "given": dict(document.given), "reading": reading}
        yield from _packed_lines([line])


def _card(material: Material, packed: Packed, resources: list[Json]) -> Json:
    return {
        "profile": "data-package",
        "wacz_version": WACZ,
        "software": f"sayso {material.version}",
        "created": packed.last_fetch or warc_moment(None),
        "title": "Evidence package",
        "sayso": {
            "contract": CONTRACT,
            "version": material.version,
            "stages": sorted(packed.stages),
            "layers": sorted(packed.layers),
            "documents": packed.documents,
            "statements": packed.statements,
        },
        "resources": resources,
    }


def digest_file(card: bytes) -> bytes:
    """The content of `datapackage-digest.json` for that of `datapackage.json`."""
    said = {"path": PACKAGE, "hash": f"sha256:{hashlib.sha256(card).hexdigest()}"}
    return (json.dumps(said, indent=2) + "\n").encode()
