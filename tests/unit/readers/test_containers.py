from __future__ import annotations

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable

import pytest

from sayso.errors import BadInput, InvalidSetting, TooLarge, Unsupported
from sayso.model import Page
from sayso.readers.container_limits import Limits, iso_moment
from sayso.readers.containers import container_kind, read_container

PAGE = "<html><head><title>Dam holds</title></head><body><p>The dam held, engineers said.</p></body></html>"


def pages(data: bytes, name: str, limits: Limits | None = None) -> list[Page]:
    return [r for r in read_container(data, name=name, limits=limits or Limits()) if isinstance(r, Page)]


def errors(data: bytes, name: str, limits: Limits | None = None) -> list[tuple[str, BadInput]]:
    return [r for r in read_container(data, name=name, limits=limits or Limits()) if not isinstance(r, Page)]


def warc_record(kind: str, url: str, block: bytes, **headers: str) -> bytes:
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2018-09-11T08:30:00Z",
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>",
        f"Content-Type: application/http; msgtype={kind}",
        f"Content-Length: {len(block)}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def http(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def chunked(body: bytes) -> bytes:
    half = len(body) // 2
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:half], body[half:])) + b"0\r\n\r\n"


def test_warc_response_carries_address_and_time() -> None:
    (page,) = pages(warc_record("response", "https://n.example/a", http(PAGE.encode())), "x.warc")
    assert (page.text, page.urls, page.fetched_at) == (PAGE, ("https://n.example/a",), "2018-09-11T08:30:00Z")
    assert page.record is not None
    assert page.record.startswith("x.warc:")


@pytest.mark.parametrize(
    "pack, headers",
    [
        (chunked, ["Transfer-Encoding: chunked"]),
        (gzip.compress, ["Content-Encoding: gzip"]),
        (zlib.compress, ["Content-Encoding: deflate"]),
        (lambda b: chunked(gzip.compress(b)), ["Transfer-Encoding: chunked", "Content-Encoding: gzip"]),
    ],
)
def test_warc_bodies_are_unpacked(pack: Callable[[bytes], bytes], headers: list[str]) -> None:
    block = http(pack(PAGE.encode()), *headers)
    assert [
        p.text for p in pages(gzip.compress(warc_record("response", "https://n.example/a", block)), "x.warc.gz")
    ] == [PAGE]


def test_warc_revisit_and_redirect() -> None:
    first = warc_record("response", "https://n.example/a", http(PAGE.encode()), WARC_Payload_Digest="sha1:AAAA")
    moved = warc_record(
        "response", "http://n.example/b", http(b"", "Location: https://n.example/b", status="301 Moved")
    )
    again = warc_record("revisit", "https://n.example/b", http(b""), WARC_Payload_Digest="sha1:AAAA")
    lost = warc_record("revisit", "https://n.example/c", http(b""), WARC_Payload_Digest="sha1:BBBB")
    data = first + moved + again + lost
    assert [p.urls for p in pages(data, "x.warc")] == [
        ("https://n.example/a",),
        ("http://n.example/b", "https://n.example/b"),
    ]
    assert [p.text for p in pages(data, "x.warc")] == [PAGE, PAGE]
    ((_, error),) = errors(data, "x.warc")
    assert "revisit" in str(error)


def test_warc_bomb_is_refused_and_the_rest_read() -> None:
    bomb = http(gzip.compress(b"a" * 6_000_000), "Content-Encoding: gzip")
    data = warc_record("response", "https://n.example/z", bomb) + warc_record(
        "response", "https://n.example/a", http(PAGE.encode())
    )
    ((_, error),) = errors(data, "x.warc")
    assert isinstance(error, TooLarge)
    assert [p.text for p in pages(data, "x.warc")] == [PAGE]


def test_wacz_holds_warcs() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "archive/data.warc.gz", gzip.compress(warc_record("response", "https://n.example/a", http(PAGE.encode())))
        )
        archive.writestr("pages/pages.jsonl", "{}")
    assert [p.text for p in pages(packed.getvalue(), "x.wacz")] == [PAGE]
    assert errors(b"PK\x03\x04 broken", "x.wacz")


def test_mhtml_gives_the_page_and_its_address() -> None:
    data = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://n.example/a\r\nSubject: Dam\r\n"
        b"Date: Tue, 11 Sep 2018 08:30:00 -0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        b"Content-Location: https://n.example/a\r\n\r\n<p>5 =3D 5, caf=C3=A9</p>\r\n--b--\r\n"
    )
    (page,) = pages(data, "x.mhtml")
    assert page.text.strip() == "<p>5 = 5, café</p>"
    assert (page.urls, page.fetched_at) == (("https://n.example/a",), "2018-09-11T08:30:00+00:00")


def test_mail_prefers_html_and_gives_subject_and_date() -> None:
    data = (
        b"Subject: =?utf-8?q?Dam_h=C3=A4lt?=\r\nDate: Tue, 11 Sep 2018 08:30:00 +0200\r\n"
        b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n"
        b"--b\r\nContent-Type: text/html\r\n\r\n<p>rich</p>\r\n--b--\r\n"
    )
    (page,) = pages(data, "x.eml")
    assert "rich" in page.text
    assert (page.given.title, page.given.published) == ("Dam hält", "2018-09-11T08:30:00+02:00")


def test_deeply_nested_mail_is_answered() -> None:
    data = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i) for i in range(3_000))
    assert len(list(read_container(data, name="x.eml"))) == 1


RSS = """<?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Bugle</title>
<item><title>Dam holds</title><link>https://n.example/a</link><pubDate>Tue, 11 Sep 2018 08:30:00 GMT</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>The dam held.</p>]]></content:encoded></item>
<item><title>Nothing</title></item></channel></rss>"""


def test_rss_gives_the_encoded_content() -> None:
    (page,) = pages(RSS.encode(), "feed.xml")
    assert (page.text, page.media_type) == ("<p>The dam held.</p>", "text/html")
    assert (page.given.title, page.given.publisher, page.given.url) == ("Dam holds", "Bugle", "https://n.example/a")
    assert page.given.published == "2018-09-11T08:30:00+00:00"
    assert len(errors(RSS.encode(), "feed.xml")) == 1


def test_atom_and_damaged_feeds() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="https://n.example/a"/>'
        '<published>2018-09-11T08:30:00Z</published><content type="html">&lt;p>Held.&lt;/p></content></entry><entry><'
    )
    (page,) = pages(atom.encode(), "x.atom")
    assert (page.text, page.urls) == ("<p>Held.</p>", ("https://n.example/a",))
    assert errors(atom.encode(), "x.atom")
    assert errors(b'<!DOCTYPE x [<!ENTITY a "b">]><rss/>', "x.rss")
    assert errors(b"<rss>" + b"<a>" * 500, "x.rss")


def test_csv_and_jsonl_rows() -> None:
    table = "Title;Text;Date\r\nDam;The dam held.;2018-09-11\r\nEmpty;;\r\n"
    (page,) = pages(table.encode("utf-8-sig"), "x.csv")
    assert (page.text, page.given.title, page.given.published) == ("The dam held.", "Dam", "2018-09-11")
    assert [name for name, _ in errors(table.encode(), "x.csv")] == ["x.csv:2"]
    lines = "\n".join([json.dumps({"html": PAGE, "url": "https://n.example/a"}), "{broken", "[1]", ""])
    (page,) = pages(gzip.compress(lines.encode()), "x.jsonl.gz")
    assert (page.media_type, page.urls) == ("text/html", ("https://n.example/a",))
    assert [name for name, _ in errors(lines.encode(), "x.jsonl")] == ["x.jsonl:2", "x.jsonl:3"]


def test_a_line_too_long_costs_no_other() -> None:
    data = b'{"text": "' + b"a" * 5_000 + b'"}\n{"text": "short"}\n'
    limits = Limits(max_bytes=1_000)
    assert [p.text for p in pages(data, "x.jsonl", limits)] == ["short"]
    assert isinstance(errors(data, "x.jsonl", limits)[0][1], TooLarge)


def test_parquet_rows() -> None:
    polars = pytest.importorskip("polars")
    out = io.BytesIO()
    polars.DataFrame({"text": ["The dam held.", None], "title": ["Dam", "None"]}).write_parquet(out)
    assert [(p.text, p.given.title) for p in pages(out.getvalue(), "x.parquet")] == [("The dam held.", "Dam")]
    assert len(errors(out.getvalue(), "x.parquet")) == 1
    assert errors(b"PAR1 broken", "x.parquet")


def test_markdown_front_matter_is_given() -> None:
    text = "---\ntitle: Dam holds\ndate: 2018-09-11\n---\n\nThe dam held.\n"
    (page,) = pages(text.encode(), "x.md")
    assert (page.text, page.media_type) == (text, "text/plain")
    assert (page.given.title, page.given.published) == ("Dam holds", "2018-09-11")


@pytest.mark.parametrize(
    "name, head, kind",
    [
        ("a.warc.gz", b"", "warc"),
        ("a.wacz", b"", "wacz"),
        ("A.MHT", b"", "mhtml"),
        ("a.csv.gz", b"", "csv"),
        ("a.xml", b"<?xml version='1.0'?><rss version='2.0'>", "feed"),
        ("a.xml", b"<?xml version='1.0'?><note/>", None),
        ("a", b"WARC/1.0\r\n", "warc"),
        ("a.html", b"<html>", None),
    ],
)
def test_kinds(name: str, head: bytes, kind: str | None) -> None:
    assert container_kind(name, head) == kind


def test_wrong_calls() -> None:
    with pytest.raises(Unsupported):
        read_container(b"<html>", name="a.html")
    with pytest.raises(InvalidSetting):
        read_container(b"", name="a.html", kind="zip")


@pytest.mark.parametrize(
    "name", ["x.warc", "x.warc.gz", "x.wacz", "x.mhtml", "x.eml", "x.rss", "x.csv", "x.jsonl", "x.parquet", "x.md"]
)
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 50,
        b"\xff\xfe\xfd" * 40,
        b"WARC/1.0\r\nContent-Length: 99999999\r\n\r\nabc",
        b"\x1f\x8b\x08\x00broken",
    ],
)
def test_no_bytes_raise(name: str, data: bytes) -> None:
    for record in read_container(data, name=name):
        assert isinstance(record, Page) or isinstance(record[1], BadInput)


def test_moments() -> None:
    assert iso_moment("2018-09-11 08:30") == "2018-09-11T08:30"
    assert iso_moment("2018-13-40") is None
    assert iso_moment("soon") is None
