"""Drafts: the text that is read of a plain text, Markdown or HTML draft, each character traced to the draft."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Literal

from sayso.model import Reading, Span, merged

from .markdown import front_matter, markup

__all__ = ["Draft", "Kind", "Marker", "Place", "draft_of"]

Kind = Literal["text", "markdown", "html"]
SUFFIXES: dict[str, Kind] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
_MARKER = re.compile(
    r"(?:<!--\s{0,20}|\[)sayso:\s{0,20}(?P<what>ignore(?:-file)?)(?P<codes>[\sA-Z0-9,]{0,200})(?:-->|\])"
)
_CODE = re.compile(r"SAY\d{0,3}")


@dataclass(frozen=True, slots=True)
class Marker:
    """`<!-- sayso: ignore SAY101 -->`: codes that aren't raised for a paragraph, or for the whole draft."""

    span: Span
    """In the draft as given."""
    codes: tuple[str, ...]
    """Prefixes; empty for all."""
    whole: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a character of the draft stands; lines and columns count from 1, columns in code points."""

    line: int
    column: int


@dataclass(frozen=True)
class Draft:
    """One draft: as given, and as read."""

    name: str
    kind: Kind
    source: str
    """As given."""
    text: str
    """What is read; for HTML the source, which the readers take apart."""
    pieces: tuple[tuple[int, int, int], ...]
    """(start in `text`, start in `source`, length), in order; between two, characters were left out."""
    markers: tuple[Marker, ...] = ()
    title: str | None = None
    writers: tuple[str, ...] = ()
    published: str | None = None

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", self.source))]

    def place(self, position: int) -> Place:
        """Line and column of a position in `source`."""
        line = bisect_right(self._lines, position)
        return Place(line, position - self._lines[line - 1] + 1)

    def line(self, number: int) -> str:
        """A line's characters, its end left out."""
        end = self._lines[number] if number < len(self._lines) else len(self.source)
        return self.source[self._lines[number - 1] : end].rstrip("\r\n")

    def origin(self, span: Span, reading: Reading) -> Span:
        """A span of the article's text as a span of `source`."""
        if self.kind == "html":
            return _through_runs(span, reading)
        return Span(self._at(span.start), max(self._at(span.end - 1) + 1, self._at(span.start)))

    def _at(self, position: int) -> int:
        index = bisect_right(self.pieces, position, key=lambda piece: piece[0]) - 1
        if index < 0:
            return 0
        start, origin, length = self.pieces[index]
        return origin + min(position - start, length)


def draft_of(source: str, *, name: str = "draft", kind: Kind | None = None) -> Draft:
    """A draft made ready to be read.

    Args:
        source: the draft, decoded.
        name: its file's name, whose ending tells the kind where `kind` doesn't.
        kind: text, markdown or html.
    """
    kind = kind or SUFFIXES.get(PurePath(name).suffix.lower(), "text")
    markers = tuple(_markers(source))
    if kind == "html":
        return Draft(name, kind, source, source, ((0, 0, len(source)),), markers)
    left_out = [marker.span for marker in markers]
    head = None
    joined: frozenset[int] = frozenset()
    if kind == "markdown":
        head = front_matter(source)
        found, joined = markup(source, head.end if head else 0)
        left_out += found
        if head:
            left_out.append(Span(0, head.end))
    text, pieces = _without(source, merged(left_out), joined)
    if head is None:
        return Draft(name, kind, source, text, pieces, markers)
    return Draft(name, kind, source, text, pieces, markers, head.title, head.writers, head.published)


def _markers(source: str) -> Iterable[Marker]:
    for match in _MARKER.finditer(source):
        codes = tuple(_CODE.findall(match["codes"]))
        yield Marker(Span(*match.span()), codes, match["what"] == "ignore-file")


def _without(
    source: str, left_out: Sequence[Span], joined: frozenset[int]
) -> tuple[str, tuple[tuple[int, int, int], ...]]:
    """The source less those spans, line breaks at `joined` read as spaces."""
    kept: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    at = length = 0
    for span in (*left_out, Span(len(source), len(source))):
        if span.start > at:
            part = source[at : span.start]
            if joined:
                part = "".join(" " if char == "\n" and at + i in joined else char for i, char in enumerate(part))
            kept.append(part)
            pieces.append((length, at, len(part)))
            length += len(part)
        at = max(at, span.end)
    return "".join(kept), tuple(pieces)


def _through_runs(span: Span, reading: Reading) -> Span:
    """The part of the page that the article's characters were copied from."""
    first: int | None = None
    last = at = 0
    for run in reading.article.runs:
        start, end = max(at, span.start), min(at + run.length, span.end)
        if run.origin is not None and start < end:
            origin = run.origin + start - at
            first = origin if first is None else first
            last = max(last, run.origin + end - at)
        at += run.length
        if at >= span.end:
            break
    return Span(first or 0, max(last, first or 0))
