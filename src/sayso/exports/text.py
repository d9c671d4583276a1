"""Bytes of JSON and XML that are the same on every run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

__all__ = ["json_bytes", "json_line", "pieces", "xml_text"]

# Some readers take these for the end of a line.
_LINE_ENDS = {ord(c): f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def json_bytes(value: Any) -> bytes:
    """JSON for people: two spaces a level, characters as they are, a line end at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8", "replace")


def json_line(value: Any) -> bytes:
    """JSON on one line, with its end."""
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return (line.translate(_LINE_ENDS) + "\n").encode("utf-8", "replace")


def xml_text(text: str) -> str:
    """The text with U+FFFD for each character that XML has no place for, one for one.

    >>> xml_text("a\\x00b")
    'a\\ufffdb'
    """
    return _NOT_XML.sub("\ufffd", text)


def pieces(texts: Iterable[str]) -> Iterable[bytes]:
    """Texts as UTF-8, one at a time."""
    return (text.encode("utf-8", "replace") for text in texts)
