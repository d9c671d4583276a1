"""Read pages: one, several, or a folder of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from sayso.errors import BadInput, InvalidSetting
from sayso.model import LAYERS, Given, Page, Reading
from sayso.pipeline import check_layers, read_page
from sayso.readers import page_from_html, page_from_text
from sayso.readers import read_page as page_from_bytes

__all__ = ["find_pages", "layers_of", "read", "read_html", "read_text"]

PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".txt", ".md"})
"""What a folder is searched for; a file that is named is read whatever it is called."""


def layers_of(names: str | None) -> tuple[str, ...]:
    """The layers that a comma-separated list names; all of them for None.

    Raises:
        InvalidSetting: a name is none of the layers.
    """
    if names is None:
        return LAYERS
    return check_layers(name.strip() for name in names.split(",") if name.strip())


def _given(url: str | None, published: str | None, title: str | None, publisher: str | None) -> Given:
    return Given(url=url, published=published, title=title, publisher=publisher)


def _finish(page: Page, layers: tuple[str, ...], min_score: float) -> Reading:
    return read_page(page, layers=check_layers(layers), min_score=min_score)


def read(
    source: str | os.PathLike[str] | bytes,
    *,
    url: str | None = None,
    published: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    layers: tuple[str, ...] = LAYERS,
    min_score: float = 0.0,
) -> Reading:
    """Read one page.

    Args:
        source: path of an HTML or text file, `-` for standard input, or the page's bytes.
        url, title, publisher: what is known of the page beside its bytes.
        published: ISO 8601 day or moment that times are counted from, where the page doesn't say.
        layers: what to compute, among `sayso.LAYERS`.
        min_score: attributions that score below it are left out.
    Returns:
        The reading; print it, ask its layers, or turn them into rows.
    Raises:
        BadInput: the page can't be read (`TooLarge`, `Unsupported` say more).
        InvalidSetting: no such file or layer.
    """
    given = _given(url, published, title, publisher)
    if isinstance(source, bytes):
        return _finish(page_from_bytes(source, given=given), layers, min_score)
    name = os.fspath(source)
    data = sys.stdin.buffer.read() if name == "-" else _bytes_of(Path(name))
    page = page_from_bytes(data, given=given, path_name=None if name == "-" else name)
    return _finish(page, layers, min_score)


def read_text(
    text: str,
    *,
    url: str | None = None,
    published: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    layers: tuple[str, ...] = LAYERS,
    min_score: float = 0.0,
) -> Reading:
    """Read a plain text; `reading.article.text` equals it character for character. Else as `read`."""
    return _finish(page_from_text(text, given=_given(url, published, title, publisher)), layers, min_score)


def read_html(
    html: str,
    *,
    url: str | None = None,
    published: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    layers: tuple[str, ...] = LAYERS,
    min_score: float = 0.0,
) -> Reading:
    """Read a decoded HTML page. Else as `read`."""
    return _finish(page_from_html(html, given=_given(url, published, title, publisher)), layers, min_score)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InvalidSetting(f"expected a readable file, got “{why}” at {path}; check the path") from error


def find_pages(sources: tuple[str, ...]) -> Iterator[str]:
    """The files that `sources` name, folders searched for pages by suffix, in a fixed order.

    Raises:
        InvalidSetting: a source is neither a file nor a folder.
        BadInput: a folder holds no page.
    """
    for source in sources:
        path = Path(source)
        if source == "-" or path.is_file():
            yield source
        elif path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix.lower() in PAGE_SUFFIXES and p.is_file())
            if not found:
                raise BadInput(
                    f"expected pages ({', '.join(sorted(PAGE_SUFFIXES))}) in the folder, got none at {source}; "
                    "name the files"
                )
            yield from map(str, found)
        else:
            raise InvalidSetting(f"expected a file, a folder or -, got nothing at {source}; check the path")
