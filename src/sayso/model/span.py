"""Spans: half-open ranges of code points in one text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Span", "merged"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range [start, end) of Unicode code points in one text.

    >>> Span(2, 5).of("news day")
    'ws '
    """

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        return self.end > self.start

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """The same range `by` code points further on."""
        return Span(self.start + by, self.end + by)

    def stripped(self, text: str) -> Span:
        """The span less white space at either end; empty at `start` where nothing else is there."""
        start, end = self.start, self.end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return Span(start, end)

    def as_list(self) -> list[int]:
        """`[start, end]`, the form of reading/1."""
        return [self.start, self.end]


def merged(spans: Iterable[Span], *, gap: int = 0) -> list[Span]:
    """Join spans that touch or lie at most `gap` code points apart, in order.

    >>> merged([Span(5, 9), Span(0, 3), Span(8, 12)])
    [Span(start=0, end=3), Span(start=5, end=12)]
    """
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end + gap:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out
