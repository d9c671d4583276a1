"""Readers: bytes or text to a page with one decoding, which every position refers to."""

from __future__ import annotations

from sayso.errors import BadInput, TooLarge
from sayso.model import Given, Page, page_id

from .decode import decode, without_surrogates
from .sniff import sniff

__all__ = ["MAX_BYTES", "page_from_html", "page_from_text", "read_page"]

MAX_BYTES = 20 * 2**20
"""Largest page read."""


def read_page(
    data: bytes, *, given: Given | None = None, media_type: str | None = None, path_name: str | None = None
) -> Page:
    """Read a fetched page: HTML or plain text.

    Args:
        data: the bytes as fetched, at most MAX_BYTES.
        given: what the caller says of the page.
        media_type: the sender's Content-Type, charset and all; None where unknown.
        path_name: the file's name, for messages and as a hint at its type.
    Raises:
        BadInput: nothing is there to read.
        TooLarge: more than MAX_BYTES.
        Unsupported: neither HTML nor plain text.
    """
    where = path_name or "the input"
    _check_size(len(data), where)
    if not data:
        raise BadInput(f"expected a page, got 0 bytes at {where}; fetch it again or leave it out")
    text, encoding = decode(data, media_type)
    kind = sniff(data, text, media_type=media_type, path_name=path_name)
    return _page(data, text, kind, encoding, given)


def page_from_html(html: str, *, given: Given | None = None) -> Page:
    """A page from markup already decoded.

    Raises:
        TooLarge: more than MAX_BYTES in UTF-8.
    """
    return _from_string(html, "text/html", given)


def page_from_text(text: str, *, given: Given | None = None) -> Page:
    """A page from plain text, which the article will equal character for character, lone surrogates apart.

    Raises:
        TooLarge: more than MAX_BYTES in UTF-8.
    """
    return _from_string(text, "text/plain", given)


def _from_string(text: str, media_type: str, given: Given | None) -> Page:
    _check_size(len(text), "the string given")
    text = without_surrogates(text)
    body = text.encode()
    _check_size(len(body), "the string given")
    return _page(body, text, media_type, "utf-8", given)


def _page(body: bytes, text: str, media_type: str, encoding: str, given: Given | None) -> Page:
    given = given or Given()
    urls = (given.url,) if given.url else ()
    return Page(
        id=page_id(body), body=body, text=text, media_type=media_type, encoding=encoding, urls=urls, given=given
    )


def _check_size(size: int, where: str) -> None:
    if size > MAX_BYTES:
        raise TooLarge(f"expected at most {MAX_BYTES:,} bytes, got {size:,} at {where}; split it or leave it out")
