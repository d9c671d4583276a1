"""Character references of HTML, decoded with the place each one stood at."""

from __future__ import annotations

import re
from html.entities import html5

__all__ = ["decode_attribute", "decode_pieces", "decode_reference"]

_REFERENCE = re.compile(r"&(?:#(?:[xX][0-9a-fA-F]{1,8}|[0-9]{1,8})[0-9a-fA-F]*+;?|[a-zA-Z][a-zA-Z0-9]{1,31};?)")
_WINDOWS_1252 = dict(enumerate(bytes(range(0x80, 0xA0)).decode("cp1252", "replace"), 0x80))
_REPLACEMENT = "�"


def _numeric(body: str) -> str:
    """The character of a numeric reference, `body` being all after the number sign, less the semicolon."""
    digits, base = (body[1:], 16) if body[0] in "xX" else (re.split(r"[^0-9]", body, maxsplit=1)[0], 10)
    code = int(digits, base)
    if 0x80 <= code <= 0x9F:
        char = _WINDOWS_1252[code]
        return chr(code) if char == _REPLACEMENT else char
    if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return _REPLACEMENT
    return chr(code)


def decode_reference(source: str) -> tuple[str, int]:
    """Decode the reference that `source` begins with, as the HTML standard says.

    Args:
        source: what `&` and the characters after it match, at most 40 code points.
    Returns:
        The characters meant and how many code points of `source` the reference takes; ("", 0) where
        it is none.
    >>> decode_reference("&amp;"), decode_reference("&notit;"), decode_reference("&x;")
    (('&', 5), ('¬', 4), ('', 0))
    """
    if source[1] == "#":
        match = re.match(r"&#(?:[xX][0-9a-fA-F]+|[0-9]+);?", source)
        if match is None:
            return "", 0
        return _numeric(match[0][2:].rstrip(";")), match.end()
    name = source[1:]
    if name in html5:
        return html5[name], len(source)
    for length in range(min(len(name), 6), 1, -1):  # the longest name that may go without its semicolon has six letters
        if name[:length] in html5:
            return html5[name[:length]], length + 1
    return "", 0


def decode_pieces(source: str, start: int, end: int) -> list[tuple[str, int]]:
    """Cut `source[start:end]` at its character references.

    Returns:
        Pairs of decoded characters and where they stand in `source`: a stretch copied as it is, or one
        reference decoded, its place the ampersand's.
    """
    out: list[tuple[str, int]] = []
    at = start
    for match in _REFERENCE.finditer(source, start, end):
        chars, length = decode_reference(match[0])
        if not length:
            continue
        if match.start() > at:
            out.append((source[at : match.start()], at))
        out.append((chars, match.start()))
        at = match.start() + length
    if at < end:
        out.append((source[at:end], at))
    return out


def _attribute_reference(match: re.Match[str]) -> str:
    source = match[0]
    chars, length = decode_reference(source)
    if not length:
        return source
    if source[length - 1] != ";":
        after = source[length : length + 1] or match.string[match.end() : match.end() + 1]
        if source[1] != "#" and after and (after == "=" or after.isalnum()):
            return source  # `?a=1&copy=2` is an address, not a copyright sign
    return chars + source[length:]


def decode_attribute(value: str) -> str:
    """An attribute's value with its character references decoded.

    >>> decode_attribute("/?a=1&copy=2&amp;b")
    '/?a=1&copy=2&b'
    """
    return _REFERENCE.sub(_attribute_reference, value) if "&" in value else value
