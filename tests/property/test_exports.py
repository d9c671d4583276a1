"""Exports and packages under any input."""

from __future__ import annotations

import csv
import gzip
import io
import json
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sayso.exports.cells import FORMULA, csv_lines
from sayso.exports.evidence import DIGEST, PACKAGE, digest_file
from sayso.exports.plain_zip import central, read_central, read_headers, write_member
from sayso.exports.text import json_line, xml_text
from sayso.exports.verify import verify
from sayso.readers.decode import byte_offsets, decode, decode_as

TEXT = st.text(max_size=60)
ENCODINGS = st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "windows-1252", "gb18030", "shift_jis"))


@given(st.lists(st.dictionaries(st.sampled_from("abc"), TEXT.filter(lambda text: "\0" not in text)), max_size=4))
def test_cells_are_read_back_and_never_formulas(rows: list[dict[str, str]]) -> None:
    written = "".join(csv_lines(["a", "b", "c"], rows))
    for row, got in zip(rows, csv.DictReader(io.StringIO(written, newline="")), strict=True):
        for name in "abc":
            assert got[name][:1] not in FORMULA or got[name] == ""
            assert got[name].removeprefix("'") == row.get(name, "").removeprefix("'")


@given(TEXT)
def test_lines_stay_lines_and_xml_stays_xml(text: str) -> None:
    line = json_line({"text": text})
    assert line.decode().splitlines() == [line.decode().removesuffix("\n")]
    element = etree.Element("x")
    element.text = xml_text(text)
    again = etree.fromstring(etree.tostring(element)).text or ""
    assert len(again) == len(text)


@given(TEXT, ENCODINGS)
def test_places_in_bytes_are_those_of_the_characters(text: str, encoding: str) -> None:
    body = text.encode(encoding, "ignore")
    page, named = decode(body, f"text/html; charset={encoding}")
    assert decode_as(body, named) == page
    points = list(range(len(page) + 1))
    found = byte_offsets(body, page, named, points)
    for start, end in pairwise(points):
        if end in found:
            assert decode_as(body[found[start] : found[end]], named) in (page[start:end], "")
    assert sorted(found) == points[: len(found)]


@given(st.binary(max_size=40), st.sampled_from(("utf-8", "gb18030", "utf-16-le")))
def test_bytes_that_are_no_text_leave_the_places_after_them_right(body: bytes, named: str) -> None:
    page = decode_as(body, named)
    found = byte_offsets(body, page, named, range(len(page) + 1))
    if named == "utf-8":
        assert found[len(page)] == len(body)
    for start, end in pairwise(sorted(found)):
        assert body[found[start] : found[end]].decode(named, "replace").removeprefix("\ufeff") in (page[start:end], "")


@settings(deadline=None)
@given(st.lists(st.binary(max_size=40), min_size=1, max_size=5), st.data())
def test_a_zip_is_told_from_any_other_bytes(contents: list[bytes], data: st.DataObject) -> None:
    out = io.BytesIO()
    members = [write_member(out, f"a/{number}", [content]) for number, content in enumerate(contents)]
    out.write(central(members))
    package = out.getvalue()
    assert read_central(io.BytesIO(package), len(package)) == members
    assert read_headers(io.BytesIO(package), len(package))[0] == members
    at = data.draw(st.integers(0, len(package) - 1))
    damaged = bytearray(package)
    damaged[at] ^= data.draw(st.integers(1, 255))
    found = verify(io.BytesIO(bytes(damaged)), len(damaged))
    assert found.problems


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(("sayso", "resources", "path", "hash", "bytes", "contract", "version", "documents"))


@settings(deadline=None)
@given(
    st.dictionaries(KEYS, JSON | st.lists(st.dictionaries(KEYS, JSON, max_size=4), max_size=3)), st.binary(max_size=80)
)
def test_no_package_raises(card: dict[str, object], content: bytes) -> None:
    kept = json.dumps(card).encode()
    files = {"archive/data.warc.gz": content, "readings/readings.jsonl.gz": gzip.compress(content)}
    files |= {"annotations/annotations.jsonl.gz": gzip.compress(content), PACKAGE: kept, DIGEST: digest_file(kept)}
    out = io.BytesIO()
    out.write(central([write_member(out, name, [data]) for name, data in files.items()]))
    assert verify(out, out.tell()).problems
    assert verify(io.BytesIO(content), len(content)).problems
