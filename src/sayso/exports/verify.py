"""Check an evidence package: every byte of the file, every hash, and that each statement's words stand in its page."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

from .evidence import ANNOTATIONS, ARCHIVE, CONTRACT, DIGEST, PACKAGE, READINGS, digest_file
from .material import Json
from .plain_zip import Member, central, header, read_central, read_headers
from .quoted import check_annotations, check_reading
from .unpack import ArchivedPage, Unpacker

__all__ = ["Problem", "Verified", "verify"]

PIECE = 2**20
MAX_CARD = 2**20
MAX_PROBLEMS = 100
MAX_RATIO = 600
"""Unpacked bytes per byte of the package, pages counted twice."""
_NAME = re.compile(r"[a-z]+/[a-z.]+|datapackage(?:-digest)?\.json")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and with which file of the package."""

    file: str
    message: str


@dataclass(slots=True)
class Verified:
    """What a check came to."""

    problems: list[Problem] = field(default_factory=list)
    documents: int = 0
    statements: int = 0
    """Whose words were found at their places in the pages."""
    digest: str | None = None
    version: str | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    def add(self, file: str, message: str) -> None:
        """Note a problem; the first hundred are kept."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(file, message))


def verify(data: BinaryIO, length: int) -> Verified:
    """Check a package of ours.

    Args:
        data: the file, which can be sought in.
        length: its size in bytes.
    Returns:
        Every problem, each with the file inside the package that it concerns; content is never trusted or run.
    """
    found = Verified()
    members = _structure(data, length, found)
    held = {member.label: member for member in members}
    if len(held) < len(members):
        found.add(members[0].label, "two files of one name")
    card = _card(data, held, found)
    if card is not None:
        _hashes(data, held, card, found)
        _content(data, held, card, found)
    return found


def _structure(data: BinaryIO, length: int, found: Verified) -> list[Member]:
    """The members, after comparing the whole of the zip with the one way in which it is written."""
    listed, (met, end) = read_central(data, length), read_headers(data, length)
    if listed is None:
        data.seek(end)
        tail, wanted = data.read(len(central(met)) + 1), central(met)
        at = next(
            (i for i, (a, b) in enumerate(zip(tail, wanted, strict=False)) if a != b), min(len(tail), len(wanted))
        )
        name = _entry_at(met, at)
        found.add(name, f"the directory of the zip isn't as it was written, at byte {end + at:,} of the package")
        return met
    for member in listed:
        data.seek(member.offset)
        got, wanted = data.read(member.start - member.offset), header(member)
        if got != wanted:
            own = got[len(wanted) - len(member.name) :].decode("ascii", "backslashreplace")
            found.add(member.label, f"its header isn't as the directory says (there it is {own!r})")
    return listed


def _entry_at(members: list[Member], at: int) -> str:
    """The member whose entry of the directory holds this byte of it; the last part is nobody's."""
    passed = 0
    for member in members:
        passed += 46 + len(member.name)
        if at < passed:
            return member.label
    return "end of the zip's directory"


def _pieces(data: BinaryIO, member: Member) -> Iterator[bytes]:
    data.seek(member.start)
    left = member.size
    while left > 0:
        piece = data.read(min(PIECE, left))
        if not piece:
            return
        left -= len(piece)
        yield piece


def _card(data: BinaryIO, held: dict[str, Member], found: Verified) -> Json | None:
    """`datapackage.json`, where it can be read at all."""
    for name in (PACKAGE, DIGEST):
        if name not in held:
            found.add(name, "missing")
            return None
        if held[name].size > MAX_CARD:
            found.add(name, f"expected at most {MAX_CARD:,} bytes, got {held[name].size:,}")
            return None
    kept, digest = (b"".join(_pieces(data, held[name])) for name in (PACKAGE, DIGEST))
    for name, content in ((PACKAGE, kept), (DIGEST, digest)):
        if zlib.crc32(content) != held[name].crc:
            found.add(name, "changed: its checksum is another")
    if digest != digest_file(kept):
        found.add(DIGEST, f"isn't the hash of {PACKAGE}")
    found.digest = hashlib.sha256(kept).hexdigest()
    try:
        card: Json = json.loads(kept)
        said, resources = card["sayso"], card["resources"]
        found.version = str(said["version"])
        names = [resource["path"] for resource in resources]
        if said["contract"] != CONTRACT or not all(isinstance(name, str) and _NAME.fullmatch(name) for name in names):
            raise ValueError
        _ = [(str(resource["hash"]), int(resource["bytes"])) for resource in resources]
    except (ValueError, KeyError, TypeError, RecursionError):
        found.add(PACKAGE, f"expected the card of a package of {CONTRACT}, got something else")
        return None
    return card


def _hashes(data: BinaryIO, held: dict[str, Member], card: Json, found: Verified) -> None:
    """Every file listed against its hash; none missing, none besides."""
    listed = [resource["path"] for resource in card["resources"]]
    for resource in card["resources"]:
        name = resource["path"]
        if name not in held:
            found.add(name, "missing")
            continue
        digest, crc = hashlib.sha256(), 0
        for piece in _pieces(data, held[name]):
            digest.update(piece)
            crc = zlib.crc32(piece, crc)
        if f"sha256:{digest.hexdigest()}" != resource["hash"] or held[name].size != resource["bytes"]:
            found.add(name, "changed: its hash isn't the one in datapackage.json")
        elif crc != held[name].crc:
            found.add(name, "its checksum in the zip is another")
    for name in held:
        if name not in (*listed, PACKAGE, DIGEST):
            found.add(name, "isn't listed in datapackage.json")
    if list(held) != [*listed, PACKAGE, DIGEST] and set(held) == {*listed, PACKAGE, DIGEST}:
        found.add(PACKAGE, "the files stand in another order than they are listed in")


def _content(data: BinaryIO, held: dict[str, Member], card: Json, found: Verified) -> None:
    """Each statement's words against the archived page, and each annotation against its reading."""
    missing = [name for name in (ARCHIVE, READINGS, ANNOTATIONS) if name not in held]
    if missing:
        for name in missing:
            found.add(name, "missing")
        return
    unpacker = Unpacker(data, MAX_RATIO * data.seek(0, 2))
    pages = {page.sha256: page for page in unpacker.pages(held[ARCHIVE], partial(found.add, ARCHIVE))}
    annotations = unpacker.lines(held[ANNOTATIONS], partial(found.add, ANNOTATIONS))
    for line in unpacker.lines(held[READINGS], partial(found.add, READINGS)):
        found.documents += 1
        try:
            _one(unpacker, pages, line, next(annotations, None), found)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError) as error:
            found.add(READINGS, f"{_short(line)}: no reading with its annotations ({type(error).__name__})")
    if next(annotations, None) is not None:
        found.add(ANNOTATIONS, "more pages than readings")
    if found.documents != card["sayso"].get("documents"):
        found.add(READINGS, f"expected {card['sayso'].get('documents')} readings, got {found.documents}")


def _one(
    unpacker: Unpacker, pages: dict[str, ArchivedPage], line: Json, annotations: Json | None, found: Verified
) -> None:
    page = pages.get(line["reading"]["page"]["id"])
    if page is None:
        found.add(READINGS, f"{_short(line)}: its page isn't in {ARCHIVE}")
        return
    checked = check_reading(line, unpacker.body(page))
    problems = [*checked.problems, *check_annotations(annotations, checked)] if annotations else checked.problems
    if annotations is None:
        found.add(ANNOTATIONS, f"{_short(line)}: no annotations")
    for name, message in problems:
        found.add(name, f"{_short(line)}: {message}")
    found.statements += checked.statements


def _short(line: object) -> str:
    document = line.get("document") if isinstance(line, dict) else None
    return str(document)[:80]
