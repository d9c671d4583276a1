"""Packages: the same bytes each time, valid for py-wacz, replayable, and no byte can change unnoticed."""

from __future__ import annotations

import hashlib
import io
import json
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso import service
from sayso.cli.main import cli
from sayso.exports import Material
from sayso.exports.evidence import ANNOTATIONS, ARCHIVE, DIGEST, PACKAGE, READINGS, digest_file, pack
from sayso.exports.plain_zip import central, write_member
from sayso.exports.verify import Verified, verify
from sayso.exports.warc import surt, warc_moment
from sayso.readers.containers import read_container


@pytest.fixture(scope="session")
def package(material: Material) -> bytes:
    return _packed(material)


def _packed(material: Material) -> bytes:
    out = io.BytesIO()
    pack(material, out)
    return out.getvalue()


def _verified(data: bytes) -> Verified:
    return verify(io.BytesIO(data), len(data))


def _owner(package: bytes) -> list[tuple[int, str]]:
    """First byte past each member, by zipfile's account."""
    members = zipfile.ZipFile(io.BytesIO(package)).infolist()
    return [(m.header_offset + 30 + len(m.filename) + m.file_size, m.filename) for m in members]


def _check_flips(package: bytes, count: int) -> None:
    draw, owners = random.Random(7), _owner(package)
    places = {0, len(package) - 1, *(end for end, _ in owners), *(end - 1 for end, _ in owners)}
    places |= {draw.randrange(len(package)) for _ in range(count)}
    # The directory is small beside the pages: it gets its own share.
    places |= {draw.randrange(owners[-1][0], len(package)) for _ in range(count // 5)}
    for at in sorted(place for place in places if place < len(package)):
        damaged = bytearray(package)
        damaged[at] ^= draw.randrange(1, 256)
        named = {problem.file for problem in _verified(bytes(damaged)).problems}
        owner = next((name for end, name in owners if at < end), None)
        assert named, f"byte {at} changed unnoticed"
        assert owner is None or owner in named, (at, owner, named)


def test_any_byte_that_changed_is_noticed_and_its_file_named(sample: Material) -> None:
    _check_flips(_packed(sample), 60)


@pytest.mark.full
def test_any_of_a_thousand_bytes(package: bytes) -> None:
    _check_flips(package, 1_000)


def test_as_packed(package: bytes, material: Material) -> None:
    found = _verified(package)
    assert found.problems == []
    assert found.documents == len(list(material.documents))
    assert found.statements == sum(len(document.attributions) for document in material.documents)
    assert _packed(material) == package


def test_py_wacz_finds_it_valid(package: bytes, tmp_path: Path) -> None:
    path = tmp_path / "evidence.wacz"
    path.write_bytes(package)
    command = [sys.executable, "-W", "ignore", "-m", "wacz", "validate", "-f", str(path)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "the passed WACZ is valid" in run.stdout


def test_the_archive_is_read_by_warcio_and_by_its_index(package: bytes, material: Material) -> None:
    import gzip

    from warcio.archiveiterator import ArchiveIterator

    held = zipfile.ZipFile(io.BytesIO(package))
    archive = held.read(ARCHIVE)
    bodies = {}
    for record in ArchiveIterator(io.BytesIO(archive)):
        if record.rec_type == "resource":
            bodies[record.rec_headers["WARC-Target-URI"]] = record.content_stream().read()
    assert {hashlib.sha256(b).hexdigest() for b in bodies.values()} == {
        document.reading["page"]["id"] for document in material.documents
    }
    lines = gzip.decompress(held.read("indexes/index.cdx.gz")).decode().splitlines()
    assert lines == sorted(lines)
    for line in lines:
        said = json.loads(line.split(" ", 2)[2])
        start, length = int(said["offset"]), int(said["length"])
        record = next(iter(ArchiveIterator(io.BytesIO(archive[start : start + length]))))
        assert record.content_stream().read() == bodies[said["url"]]


def test_packed_pages_read_as_before(package: bytes, material: Material) -> None:
    """A package is a web archive that can be read again: the same pages, decoded alike."""
    pages = list(read_container(package, name="evidence.wacz"))
    again = {page.id: (page.encoding, page.media_type) for page in pages if not isinstance(page, tuple)}
    told = {d.reading["page"]["id"]: d.reading["page"] for d in material.documents}
    assert again == {id: (page["encoding"], page["media_type"]) for id, page in told.items()}


def test_files_appended_missing_or_besides_are_named(package: bytes) -> None:
    assert _verified(package + b"x").problems
    assert _verified(b"x" + package).problems
    held = zipfile.ZipFile(io.BytesIO(package))
    files = {name: held.read(name) for name in held.namelist()}
    assert _verified(_zipped(files)).ok
    for name in files:
        missing = _verified(_zipped({key: data for key, data in files.items() if key != name}))
        assert name in {problem.file for problem in missing.problems}
    more = _verified(_zipped({"archive/more.warc.gz": b"", **files}))
    assert {problem.file for problem in more.problems} >= {"archive/more.warc.gz"}
    for end in (0, 10, 21, 22, 200, len(package) // 2, len(package) - 1):
        assert _verified(package[:end]).problems


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    members = [write_member(out, name, [data]) for name, data in files.items()]
    out.write(central(members))
    return out.getvalue()


def _rewritten(package: bytes, name: str, data: bytes) -> bytes:
    """The package with a file replaced and every hash put right, as a forger would."""
    held = zipfile.ZipFile(io.BytesIO(package))
    files = {member: held.read(member) for member in held.namelist()}
    files[name] = data
    card = json.loads(files[PACKAGE])
    for resource in card["resources"]:
        if resource["path"] == name:
            resource |= {"hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "bytes": len(data)}
    files[PACKAGE] = (json.dumps(card, ensure_ascii=False, indent=2) + "\n").encode()
    files[DIGEST] = digest_file(files[PACKAGE])
    return _zipped(files)


def test_words_that_the_page_has_not_are_named_though_every_hash_is_right(package: bytes) -> None:
    import gzip

    held = zipfile.ZipFile(io.BytesIO(package))
    readings = gzip.decompress(held.read(READINGS)).split(b"\n")
    changed = readings[0].replace(b" said ", b" lied ")
    assert changed != readings[0]
    forged = _rewritten(package, READINGS, gzip.compress(b"\n".join([changed, *readings[1:]])))
    assert READINGS in {problem.file for problem in _verified(forged).problems}
    notes = [gzip.compress(line) for line in gzip.decompress(held.read(ANNOTATIONS)).splitlines(keepends=True)]
    moved = gzip.decompress(notes[0]).replace(b'"exact":"', b'"exact":"not ', 1)
    forged = _rewritten(package, ANNOTATIONS, b"".join([gzip.compress(moved), *notes[1:]]))
    problems = _verified(forged).problems
    assert [problem.file for problem in problems] == [ANNOTATIONS]
    assert "doesn't stand at" in problems[0].message


HOSTILE = [
    b"[" * 100_000,
    b"{}",
    b"null",
    b'{"document": 1, "reading": {"page": {"id": []}}}',
    b'{"document": "x", "reading": {"page": {"id": "0", "encoding": "punycode"}, "article": {"text": 1, "runs": 2}}}',
    b"\xff\xfe",
]


@pytest.mark.parametrize("line", HOSTILE)
def test_hostile_readings_are_problems_not_errors(package: bytes, line: bytes) -> None:
    import gzip

    for name in (READINGS, ANNOTATIONS):
        found = _verified(_rewritten(package, name, gzip.compress(line)))
        assert found.problems


def test_bombs_and_odd_names_are_refused(package: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    import gzip

    monkeypatch.setattr("sayso.exports.unpack.MAX_RECORD", 2**20)
    found = _verified(_rewritten(package, READINGS, gzip.compress(b" " * 2**24)))
    assert any("unpacks to more" in problem.message for problem in found.problems)
    held = zipfile.ZipFile(io.BytesIO(package))
    card = json.loads(held.read(PACKAGE))
    for odd in ("../../etc/passwd", "/x/y", "archive/\u202e", 7):
        card["resources"][0]["path"] = odd
        found = _verified(_rewritten(package, PACKAGE, json.dumps(card).encode()))
        assert any(problem.file == PACKAGE for problem in found.problems)
    assert _verified(_zipped({f"a/{number}": b"" for number in range(500)})).problems


def test_command_line(case: service.Case, tmp_path: Path) -> None:
    out, run = tmp_path / "evidence.wacz", CliRunner()
    packed = run.invoke(cli, ["pack", str(case.path), "-o", str(out)], standalone_mode=False)
    digest = packed.stdout.strip().splitlines()[-1]
    good = run.invoke(cli, ["verify", str(out), "--digest", digest, "--json"], standalone_mode=False)
    assert good.return_value == 0
    assert json.loads(good.stdout)["ok"] is True
    other = run.invoke(cli, ["verify", str(out), "--digest", "sha256:00"], standalone_mode=False)
    assert other.return_value == 1
    assert "datapackage.json" in other.stdout
    data = bytearray(out.read_bytes())
    data[100] ^= 1
    out.write_bytes(data)
    bad = run.invoke(cli, ["verify", str(out)], standalone_mode=False)
    assert bad.return_value == 1
    assert bad.stdout.startswith(ARCHIVE)


def test_small_parts() -> None:
    assert warc_moment("nonsense") == "1970-01-01T00:00:00Z"
    assert surt("http://[bad") == "http://[bad"
    assert surt("urn:sha256:00") == "urn:sha256:00"
