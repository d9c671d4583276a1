"""Take an evidence package apart within bounds, whatever it holds."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from .plain_zip import Member

__all__ = ["ArchivedPage", "Unpacker"]

PIECE = 2**18
MAX_RECORD = 64 * 2**20
"""Unpacked bytes of one record or line."""
MAX_RECORDS = 2_000_000
MAX_HEAD = 2**16
_LENGTH = re.compile(rb"\r\nContent-Length: (\d{1,10})\r\n")

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """Where a page's record begins in the package, and the hash of its bytes."""

    sha256: str
    at: int
    end: int


class _Broken(Exception):
    """A packed part can't be read."""


class Unpacker:
    """Reads packed parts of a file one at a time.

    Args:
        data: the package.
        most: bytes that all of it may unpack to.
    """

    def __init__(self, data: BinaryIO, most: int) -> None:
        self.data = data
        self.left = most

    def pages(self, member: Member, tell: Tell) -> Iterator[ArchivedPage]:
        """The pages of the archive, in order; what can't be read is told, and ends it."""
        for at, end, record in self._parts(member, tell):
            head, body = _split(record)
            if b"\r\nWARC-Type: resource\r\n" not in head:
                continue
            if body is None:
                tell(f"a record at byte {at - member.start:,} isn't as long as it says")
                continue
            sha = hashlib.sha256(body).hexdigest()
            if f"\r\nWARC-Payload-Digest: sha256:{sha}\r\n".encode() not in head:
                tell(f"the record at byte {at - member.start:,} isn't the page that its hash says")
            yield ArchivedPage(sha, at, end)

    def body(self, page: ArchivedPage) -> bytes:
        """The page's bytes."""
        try:
            _, record = self._part(page.at, page.end)
        except _Broken as error:
            raise ValueError(str(error)) from error
        return _split(record)[1] or b""

    def lines(self, member: Member, tell: Tell) -> Iterator[Any]:
        """The JSON values of a packed file of lines."""
        for at, _, line in self._parts(member, tell):
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                tell(f"expected JSON at byte {at - member.start:,}, got something else")
                return

    def _parts(self, member: Member, tell: Tell) -> Iterator[tuple[int, int, bytes]]:
        """First byte, one past the last, and content of each packed part."""
        at, count = member.start, 0
        while at < member.end:
            count += 1
            try:
                end, content = self._part(at, member.end)
            except _Broken as error:
                tell(f"{error} at byte {at - member.start:,}")
                return
            if count > MAX_RECORDS:
                tell(f"expected at most {MAX_RECORDS:,} records, got more")
                return
            yield at, end, content
            at = end

    def _part(self, at: int, stop: int) -> tuple[int, bytes]:
        """Unpack one gzip member; where it ends, and what it holds."""
        self.data.seek(at)
        unpack, out, size = zlib.decompressobj(31), [], 0
        while not unpack.eof:
            piece = unpack.unconsumed_tail or self.data.read(min(PIECE, stop - at))
            if not piece:
                raise _Broken("a packed part is cut off")
            if not unpack.unconsumed_tail:
                at += len(piece)
            try:
                made = unpack.decompress(piece, MAX_RECORD + 1 - size)
            except zlib.error as error:
                raise _Broken("a packed part doesn't unpack") from error
            size += len(made)
            out.append(made)
            self.left -= len(made)
            if self.left < 0:
                raise _Broken("the package unpacks to more than it may")
            if size > MAX_RECORD:
                raise _Broken(f"a part unpacks to more than {MAX_RECORD:,} bytes")
        return at - len(unpack.unused_data), b"".join(out)


def _split(record: bytes) -> tuple[bytes, bytes | None]:
    """Head and body of a record; no body where its length isn't the one stated."""
    cut = record.find(b"\r\n\r\n", 0, MAX_HEAD)
    head = record[: cut + 2] if cut >= 0 else b""
    said = _LENGTH.search(head)
    body = record[cut + 4 : -4]
    if said is None or int(said[1]) != len(body) or record[-4:] != b"\r\n\r\n":
        return head, None
    return head, body
