"""What a file is, by its bytes, its sender and its name."""

from __future__ import annotations

import re

from sayso.errors import Unsupported

__all__ = ["sniff"]

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"ID3", "an audio file"),
    (b"OggS", "an audio file"),
    (b"wOF", "a font"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file"),
)
HEAD = 4096
"""Characters looked at."""
MAX_CONTROL = 0.05
"""Share of control characters from which a file is no text."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_OPENING = re.compile(
    r"\s*(?:<!doctype\s+html|<html|<head|<body|<!--|<script|<title|<meta|<link|<style|<div|<p[\s>]|<h[1-6][\s>]|<table|"
    r"<article|<main|<section|<span|<br|<a\s|<b>|<iframe|<font|<base)",
    re.IGNORECASE,
)
_ANYWHERE = re.compile(r"<(?:html|head|body|!doctype\s+html)[\s>]", re.IGNORECASE)
_XML = re.compile(r"\s*<\?xml", re.IGNORECASE)
_HTML_NAME = re.compile(r"\.(?:x?html?|xht|shtml|php|aspx?|jsp)\Z", re.IGNORECASE)
_TEXT_NAME = re.compile(r"\.(?:txt|text|md|markdown|rst|log)\Z", re.IGNORECASE)


def sniff(data: bytes, text: str, *, media_type: str | None, path_name: str | None) -> str:
    """`text/html` or `text/plain`.

    Args:
        data: the bytes as fetched.
        text: the same decoded.
        media_type: the sender's Content-Type.
        path_name: the file's name.
    Raises:
        Unsupported: the bytes are of another format.
    """
    where = path_name or "the input"
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise Unsupported(f"expected HTML or plain text, got {name} at {where}; convert it first")
    head = text[:HEAD]
    if _OPENING.match(head) or _ANYWHERE.search(head):
        return "text/html"
    if head and len(_CONTROL.findall(head)) > MAX_CONTROL * len(head):
        raise Unsupported(f"expected HTML or plain text, got binary data at {where}; convert it first")
    said = (media_type or "").split(";")[0].strip().lower()
    if said in ("text/html", "application/xhtml+xml") or _XML.match(head):
        return "text/html"
    if said.startswith("text/") or (path_name and _TEXT_NAME.search(path_name)):
        return "text/plain"
    if path_name and _HTML_NAME.search(path_name):
        return "text/html"
    return "text/plain"
