"""The one way in which a package's zip is written, so that every byte of it can be told to be right or wrong.

Members are stored, not deflated, one behind the other, with the date of 1980, no extra fields and no comments: the
bytes follow from names and contents alone.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from sayso.errors import TooLarge

__all__ = ["MAX_MEMBERS", "Member", "central", "header", "read_central", "read_headers", "write_member"]

LOCAL, CENTRAL, END = 0x04034B50, 0x02014B50, 0x06054B50
LOCAL_SHAPE, CENTRAL_SHAPE, END_SHAPE = "<IHHHHHIIIHH", "<IHHHHHHIIIHHHHHII", "<IHHHHIIH"
LOCAL_SIZE, CENTRAL_SIZE, END_SIZE = map(struct.calcsize, (LOCAL_SHAPE, CENTRAL_SHAPE, END_SHAPE))
VERSION, DAY = 20, 0x21
MAX_MEMBERS = 64
MAX_NAME = 200
MAX_BYTES = 2**32 - 1


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a package: where its header begins, and what the header says of it."""

    name: bytes
    offset: int
    size: int
    crc: int

    @property
    def start(self) -> int:
        """First byte of the content."""
        return self.offset + LOCAL_SIZE + len(self.name)

    @property
    def end(self) -> int:
        """One past the last."""
        return self.start + self.size

    @property
    def label(self) -> str:
        """The name, for people."""
        return self.name.decode("ascii", "backslashreplace")


def header(member: Member) -> bytes:
    """The bytes in front of a member's content."""
    sizes = member.crc, member.size, member.size, len(member.name), 0
    return struct.pack(LOCAL_SHAPE, LOCAL, VERSION, 0, 0, 0, DAY, *sizes) + member.name


def central(members: Sequence[Member]) -> bytes:
    """The directory behind the last member, to the file's end."""
    parts = [
        struct.pack(
            *(CENTRAL_SHAPE, CENTRAL, VERSION, VERSION, 0, 0, 0, DAY, m.crc, m.size, m.size, len(m.name)),
            *(0, 0, 0, 0, 0, m.offset),
        )
        + m.name
        for m in members
    ]
    size, start = sum(map(len, parts)), members[-1].end if members else 0
    end = struct.pack(END_SHAPE, END, 0, 0, len(members), len(members), size, start, 0)
    return b"".join([*parts, end])


def write_member(out: BinaryIO, name: str, parts: Iterable[bytes]) -> Member:
    """Write a member at the end of the file.

    Raises:
        TooLarge: the package would pass four GiB.
    """
    offset, label = out.tell(), name.encode("ascii")
    out.write(header(Member(label, offset, 0, 0)))
    size = crc = 0
    for part in parts:
        size, crc = size + len(part), zlib.crc32(part, crc)
        if offset + size > MAX_BYTES // 2:
            raise TooLarge(f"expected at most {MAX_BYTES // 2:,} bytes in a package, got more at {name}; pack a story")
        out.write(part)
    member = Member(label, offset, size, crc)
    out.seek(offset)
    out.write(header(member))
    out.seek(member.end)
    return member


def read_central(data: BinaryIO, length: int) -> list[Member] | None:
    """The members after the directory at the file's end; None where it isn't as it is written."""
    if length < END_SIZE:
        return None
    data.seek(length - END_SIZE)
    end = struct.unpack(END_SHAPE, data.read(END_SIZE))
    start, size = end[6], end[5]
    if end[0] != END or end[3] > MAX_MEMBERS or start + size + END_SIZE != length:
        return None
    data.seek(start)
    kept = data.read(size)
    members: list[Member] = []
    at = 0
    while at + CENTRAL_SIZE <= size and len(members) < MAX_MEMBERS:
        entry = struct.unpack_from(CENTRAL_SHAPE, kept, at)
        if entry[0] != CENTRAL or entry[10] > MAX_NAME:
            return None
        name = kept[at + CENTRAL_SIZE : at + CENTRAL_SIZE + entry[10]]
        members.append(Member(name, entry[16], entry[8], entry[7]))
        at += CENTRAL_SIZE + len(name)
    places = [0, *(member.end for member in members)]
    if [member.offset for member in members] != places[:-1] or places[-1] != start:
        return None
    return members if central(members) == kept + struct.pack(END_SHAPE, *end) else None


def read_headers(data: BinaryIO, length: int) -> tuple[list[Member], int]:
    """The members after their own headers, one behind the other, and where the last one that is right ends."""
    members: list[Member] = []
    at = 0
    while at + LOCAL_SIZE <= length and len(members) < MAX_MEMBERS:
        data.seek(at)
        said = struct.unpack(LOCAL_SHAPE, data.read(LOCAL_SIZE))
        member = Member(data.read(min(said[9], MAX_NAME)), at, said[8], said[6])
        data.seek(at)
        if said[0] != LOCAL or member.end > length or data.read(member.start - at) != header(member):
            break
        members.append(member)
        at = member.end
    return members, at
