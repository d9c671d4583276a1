"""Spans of one role, searched by position."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from sayso.model import Span

__all__ = ["Cover"]


class Cover:
    """Spans of one role, which don't overlap, searched by position."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]

    def touches(self, span: Span) -> bool:
        """Whether one of them shares a code point with `span`."""
        at = bisect_right(self._starts, span.end - 1)
        return at > 0 and self._spans[at - 1].end > span.start

    def met(self, span: Span) -> Span | None:
        """The last of them that shares a code point with `span`."""
        at = bisect_right(self._starts, span.end - 1)
        return self._spans[at - 1] if at > 0 and self._spans[at - 1].end > span.start else None

    def holds(self, span: Span) -> bool:
        """Whether `span` lies wholly in one of them."""
        at = bisect_right(self._starts, span.start)
        return at > 0 and self._spans[at - 1].end >= span.end
