"""Where characters of the article stand in the page's bytes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from sayso.readers.decode import byte_offsets, decode_as

from .material import Document

__all__ = ["BytePlaces"]


class BytePlaces:
    """Places of a document's spans in the bytes of its page.

    Args:
        document: whose.
        spans: all spans that will be asked for, in code points of the article.
    """

    def __init__(self, document: Document, spans: Iterable[Sequence[int]]) -> None:
        self._runs: list[list[int | None]] = document.article["runs"]
        self._starts = [0, *accumulate(int(length or 0) for length, _ in self._runs)]
        self._text = document.text
        self._places: dict[tuple[int, int], tuple[int, int]] = {}
        encoding = document.reading["page"]["encoding"]
        try:
            page = decode_as(document.body, encoding)
        except LookupError:
            return
        wanted = {(span[0], span[1]): self._origin(span[0], span[1], page) for span in spans}
        points = sorted({point for found in wanted.values() if found for point in found})
        offsets = byte_offsets(document.body, page, encoding, points)
        for span, found in wanted.items():
            if found and found[0] in offsets and found[1] in offsets:
                self._places[span] = offsets[found[0]], offsets[found[1]]

    def of(self, span: Sequence[int]) -> tuple[int, int] | None:
        """First byte and one past the last; None where white space was put in at an edge or the bytes are no text."""
        return self._places.get((span[0], span[1]))

    def _origin(self, start: int, end: int, page: str) -> tuple[int, int] | None:
        """The span in code points of the page: from the origin of its first character to the end of its last's."""
        first, last = self._at(start), self._at(end - 1)
        if first is None or last is None or end <= start:
            return None
        stop = last + 1
        if page[last : last + 1] != self._text[end - 1 : end]:
            # A character reference: it ends with its semicolon.
            semicolon = page.find(";", last, last + 40)
            if page[last : last + 1] != "&" or semicolon < 0:
                return None
            stop = semicolon + 1
        return (first, stop) if first < stop else None

    def _at(self, point: int) -> int | None:
        number = bisect_right(self._starts, point) - 1
        if not 0 <= number < len(self._runs):
            return None
        origin = self._runs[number][1]
        return None if origin is None else origin + point - self._starts[number]
