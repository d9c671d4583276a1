from __future__ import annotations

import hashlib

import pytest

import sayso.readers
from sayso.errors import BadInput, TooLarge, Unsupported
from sayso.model import Given
from sayso.readers import page_from_html, page_from_text, read_page


@pytest.mark.parametrize(
    "data, name, media_type, expected",
    [
        (b"<!doctype html><p>x", None, None, "text/html"),
        (b"  <html><body>x", "x.txt", None, "text/html"),
        (b"<p>fragment</p>", None, None, "text/html"),
        (b"plain words", None, None, "text/plain"),
        (b"1 < 2", "notes.txt", None, "text/plain"),
        (b"plain words", None, "text/html; charset=utf-8", "text/html"),
        (b"plain words", "page.html", None, "text/html"),
        (b"<html>a\x00b\x00c</html>", None, None, "text/html"),
    ],
)
def test_media_type(data: bytes, name: str | None, media_type: str | None, expected: str) -> None:
    assert read_page(data, path_name=name, media_type=media_type).media_type == expected


@pytest.mark.parametrize("data", [b"%PDF-1.7 x", b"\x89PNG\r\n", b"PK\x03\x04abc", bytes(range(256)) * 20])
def test_other_formats(data: bytes) -> None:
    with pytest.raises(Unsupported, match=r"expected .*, got .* at x\.bin; .+"):
        read_page(data, path_name="x.bin")


def test_empty() -> None:
    with pytest.raises(BadInput, match="got 0 bytes"):
        read_page(b"")
    assert page_from_text("").text == ""


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sayso.readers, "MAX_BYTES", 10)
    assert read_page(b"0123456789").text == "0123456789"
    with pytest.raises(TooLarge, match="at most 10 bytes, got 11"):
        read_page(b"0123456789a")
    with pytest.raises(TooLarge):
        page_from_html("é" * 6)


def test_given_text_is_kept() -> None:
    text = "\ufeff a\r\nb \ud800 \n"
    page = page_from_text(text, given=Given(url="https://x.example/1"))
    assert page.text == text.replace("\ud800", "\ufffd")
    assert page.body == page.text.encode()
    assert page.id == hashlib.sha256(page.body).hexdigest()
    assert page.url == "https://x.example/1"
    assert page.media_type == "text/plain"
