"""Web archives: WARC files, packed or not, and WACZ packages of them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from sayso.errors import BadInput, TooLarge
from sayso.model import Page, Sighting

from .container_limits import Limits, Record, Revisit, iso_moment, page_of_bytes

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

__all__ = ["read_wacz", "read_warc"]

_TEXTUAL = ("text/html", "application/xhtml", "text/plain")
MAX_REDIRECTS = 50_000


class _Kept:
    """Bodies of earlier records by payload digest, the oldest dropped first."""

    def __init__(self, max_bytes: int) -> None:
        self.bodies: OrderedDict[str, tuple[bytes, str | None]] = OrderedDict()
        self.size = 0
        self.max_bytes = max_bytes

    def keep(self, digest: str | None, body: bytes, media_type: str | None) -> None:
        if not digest or digest in self.bodies or len(body) > self.max_bytes:
            return
        self.bodies[digest] = body, media_type
        self.size += len(body)
        while self.size > self.max_bytes:
            _, (dropped, _) = self.bodies.popitem(last=False)
            self.size -= len(dropped)


def read_warc(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Record]:
    """Yield the pages of a WARC file: responses, resources, and revisits of responses that stand before them.

    Records of other kinds and media types are passed over in silence; a redirect lends its address to
    the page it leads to. A damaged end yields one error for the file.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.revisit | WarcRecordType.conversion
    kept = _Kept(limits.max_kept)
    redirects: dict[str, tuple[str, ...]] = {}
    count = 0
    try:
        for record in ArchiveIterator(stream, record_types=wanted, parse_http=True, auto_decode="all"):
            found = _read_record(record, name, limits, kept, redirects)
            if found is not None:
                count += 1
                yield found
            if count >= limits.max_records:
                return
    except (OSError, ValueError, RuntimeError, EOFError, MemoryError) as error:
        yield name, BadInput(f"expected WARC records to the end, got {_said(error)} in {name}; fetch the file again")


def _said(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _read_record(
    record: WarcRecord, name: str, limits: Limits, kept: _Kept, redirects: dict[str, tuple[str, ...]]
) -> Record | None:
    headers = record.headers
    url = headers.get("WARC-Target-URI") or ""
    where = f"{name}:{record.stream_pos}"
    kind = str(headers.get("WARC-Type", "")).lower()
    http = record.http_headers
    status = getattr(http, "status_code", None) if http is not None else None
    media_type = (http.get("Content-Type") if http is not None else headers.get("Content-Type")) or None
    if http is not None and status is not None and 300 <= status < 400 and kind != "revisit":
        _note_redirect(redirects, url, http.get("Location"))
        return None
    digest = headers.get("WARC-Payload-Digest")
    moment = iso_moment(headers.get("WARC-Date"))
    try:
        if kind == "revisit":
            if digest is None or digest not in kept.bodies:
                return where, Revisit(
                    f"expected a body, got a revisit of one not read before at {where}; read it with its file",
                    Sighting(None, digest, url or None, moment),
                )
            body, media_type = kept.bodies[digest]
        else:
            if not _is_textual(media_type):
                return None
            body = _payload(record, where, limits)
            kept.keep(digest, body, media_type)
    except BadInput as error:
        return where, error
    except (OSError, ValueError, RuntimeError, EOFError, zlib.error) as error:
        return where, BadInput(f"expected a body that unpacks, got {_said(error)} at {where}; fetch the page again")
    urls = (*redirects.get(url, ()), url) if url else ()
    page = page_of_bytes(body, where, media_type=media_type, urls=urls, fetched_at=moment, record=where)
    return replace(page, digest=digest) if isinstance(page, Page) else page


def _is_textual(media_type: str | None) -> bool:
    return media_type is None or media_type.strip().lower().startswith(_TEXTUAL)


def _note_redirect(redirects: dict[str, tuple[str, ...]], url: str, target: str | None) -> None:
    if url and target and target != url and len(redirects) < MAX_REDIRECTS:
        redirects[target] = (*redirects.get(url, ()), url)[-10:]


def _payload(record: Any, where: str, limits: Limits) -> bytes:
    """The decoded body, never more than the bounds on size and ratio allow."""
    body: bytes = record.reader.read(limits.max_bytes + 1)
    packed = max(1, int(record.content_length or 0))
    if len(body) > limits.max_bytes or (len(body) > 2**20 and len(body) > packed * limits.max_ratio):
        raise TooLarge(
            f"expected at most {limits.max_bytes:,} bytes and {limits.max_ratio} per packed byte, "
            f"got {len(body):,} from {packed:,} at {where}; leave the record out"
        )
    if not _is_packed(record.http_headers) and len(body) < int(record.content_length or 0):
        raise BadInput(
            f"expected {int(record.content_length):,} bytes, got {len(body):,} at {where}; fetch the page again"
        )
    return body


def _is_packed(http: Any) -> bool:
    """Whether a body's length says nothing of the record's."""
    return http is not None and bool(http.get("Content-Encoding") or http.get("Transfer-Encoding"))


def read_wacz(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Record]:
    """Yield the pages of all WARC files in a WACZ package."""
    try:
        archive = zipfile.ZipFile(stream)
        members = [m for m in archive.infolist() if m.filename.lower().endswith((".warc", ".warc.gz"))]
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        yield name, BadInput(f"expected a WACZ package, got {_said(error)} in {name}; fetch the file again")
        return
    for member in members[:10_000]:
        inner = f"{name}/{member.filename}"
        if member.file_size > max(2**20, member.compress_size) * limits.max_ratio:
            yield inner, TooLarge(f"expected at most {limits.max_ratio} bytes per packed byte at {inner}; leave it out")
            continue
        try:
            with archive.open(member) as unpacked:
                yield from read_warc(io.BufferedReader(cast(io.RawIOBase, unpacked)), inner, limits)
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, zlib.error) as error:
            yield (
                inner,
                BadInput(f"expected a packed WARC file, got {_said(error)} at {inner}; fetch the package again"),
            )
