"""What the tagger reads: word pieces of paragraphs, their shapes, packed into windows.

Training and reading share this module, so that the shipped model sees what it was trained on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sayso.model import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["CLS", "LABELS", "SEP", "SHAPES", "WINDOW", "Paragraph", "Piece", "encode", "pack", "paragraphs_of"]

LABELS = ("O", "B-content", "I-content", "B-cue", "I-cue", "B-source", "I-source")
WINDOW = 256
"""Word pieces the encoder reads at once, marks of start and end included."""
SHAPES = 6
"""Case (lower or none, Title, UPPER) × outside or inside double quotation marks."""
CLS, SEP = 101, 102
MAX_CHARS = 20_000
"""A longer paragraph is tokenized in pieces of this size."""
SHOUTING = 0.6
"""Above this share of capitals among its letters, a paragraph's case says nothing."""

_MARK = re.compile(r"``|''|[\"“”„«»＂]")
_OPENS = {"“", "„", "«", "``"}
_CLOSES = {"”", "»"}

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph in word pieces."""

    ids: Ints
    """Vocabulary ids."""
    starts: Ints
    """First code point of each piece, in the whole text."""
    ends: Ints
    """End of each piece, excluded, in the whole text."""
    shapes: Ints
    """0..SHAPES-1."""
    first: NDArray[np.bool_]
    """Whether the piece begins a word; labels stand on these alone."""

    def __len__(self) -> int:
        return len(self.ids)

    def part(self, start: int, end: int) -> Paragraph:
        """The pieces `start` to `end`, excluded."""
        cut = slice(start, end)
        return Paragraph(self.ids[cut], self.starts[cut], self.ends[cut], self.shapes[cut], self.first[cut])


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a part of a paragraph stands in a window."""

    paragraph: int
    start: int
    """First word piece of the part, counted in its paragraph."""
    part: Paragraph
    at: int
    """Its first position in the window."""


def paragraphs_of(text: str) -> list[Span]:
    """Spans between line breaks that hold more than white space."""
    spans = (Span(m.start(), m.end()).stripped(text) for m in re.finditer(r"[^\n]+", text))
    return [span for span in spans if span]


def encode(tokenizer: Tokenizer, text: str, spans: Sequence[Span], continues: NDArray[np.bool_]) -> list[Paragraph]:
    """The paragraphs in word pieces; `continues` says of each vocabulary id whether it goes on with a word."""
    bounds = [list(_bounded(span)) for span in spans]
    pieces = [_clean(text[a:b]) for parts in bounds for a, b in parts]
    encoded = iter(tokenizer.encode_batch(pieces, add_special_tokens=False))
    out = []
    for span, parts in zip(spans, bounds, strict=True):
        ids: list[int] = []
        offsets: list[tuple[int, int]] = []
        for a, _ in parts:
            encoding = next(encoded)
            ids += encoding.ids
            offsets += [(s + a, e + a) for s, e in encoding.offsets]
        where = np.array(offsets, np.int64).reshape(-1, 2)
        numbers = np.array(ids, np.int64)
        first = ~continues[numbers] if len(ids) else np.zeros(0, bool)
        out.append(Paragraph(numbers, where[:, 0], where[:, 1], _shapes(text, span, where), first))
    return out


def pack(
    paragraphs: Sequence[Paragraph], *, window: int = WINDOW, first_window: int | None = None
) -> list[list[Piece]]:
    """Paragraphs in order, packed into windows of at most `window` positions.

    A window is the start mark, then paragraphs, each followed by the end mark. A paragraph that is
    longer than a window is cut, after a sentence's end where there is one. `first_window` shortens
    the first window, so that training sees other neighbours each time.
    """
    windows: list[list[Piece]] = []
    current: list[Piece] = []
    used, limit = 1, first_window or window
    for number, paragraph in enumerate(paragraphs):
        for start, part in _cut(paragraph, window - 2):
            if used + len(part) + 1 > limit:
                if current:
                    windows.append(current)
                current, used, limit = [], 1, window
            current.append(Piece(number, start, part, used))
            used += len(part) + 1
    if current:
        windows.append(current)
    return windows


def _bounded(span: Span) -> Iterator[tuple[int, int]]:
    for start in range(span.start, span.end, MAX_CHARS):
        yield start, min(span.end, start + MAX_CHARS)


def _clean(text: str) -> str:
    """Lone surrogates can't be encoded; one for one keeps the offsets."""
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text) if not text.isascii() else text


def _shapes(text: str, span: Span, where: Ints) -> Ints:
    inside = _inside_marks(text, span, where[:, 0])
    letters = text[span.start : span.end]
    capitals = sum(map(str.isupper, letters))
    if capitals > SHOUTING * max(1, capitals + sum(map(str.islower, letters))):
        return inside * 3
    return inside * 3 + np.array([_case(text[a:b]) for a, b in where.tolist()], np.int64)


def _case(word: str) -> int:
    if not word[:1].isupper():
        return 0
    return 2 if len(word) > 1 and word.isupper() else 1


def _inside_marks(text: str, span: Span, starts: Ints) -> Ints:
    """1 where an odd double mark stands before, within the paragraph; the opening mark itself counts."""
    turns: list[int] = []
    is_open = False
    for mark in _MARK.finditer(text, span.start, span.end):
        sign = mark.group()
        wanted = True if sign in _OPENS else False if sign in _CLOSES else not is_open
        if wanted != is_open:
            turns.append(mark.start() if wanted else mark.end())
            is_open = wanted
    return np.searchsorted(np.array(turns, np.int64), starts, side="right").astype(np.int64) % 2


def _cut(paragraph: Paragraph, size: int) -> Iterator[tuple[int, Paragraph]]:
    start = 0
    while len(paragraph) - start > size:
        window = paragraph.ids[start : start + size]
        ends = np.flatnonzero(np.isin(window, _SENTENCE_ENDS))
        inside = ends[(ends > size // 2) & (ends < size - 2)]
        # the closing mark of a quotation goes with its sentence
        end = start + (int(inside[-1]) + 1 if len(inside) else size)
        if end < start + size and int(paragraph.ids[end]) in _CLOSING:
            end += 1
        yield start, paragraph.part(start, end)
        start = end
    if len(paragraph) > start:
        yield start, paragraph.part(start, len(paragraph))


_SENTENCE_ENDS = np.array([1012, 999, 1029], np.int64)
"""Ids of `.`, `!` and `?`."""
_CLOSING = frozenset({1000, 1524})
"""Ids of the straight and the curly closing double mark."""
