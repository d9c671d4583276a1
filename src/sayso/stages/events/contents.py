"""Which attribution an event stands under: the innermost one whose content holds its trigger."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sayso.model import Attribution, Span

__all__ = ["Contents"]


class Contents:
    """All pieces of content of a page, smallest content first; one look-up compares with all at once."""

    def __init__(self, attributions: Iterable[Attribution]) -> None:
        """Index the contents of `attributions`; of contents equally long, the earlier given counts as inner."""
        inner_first = sorted(attributions, key=lambda a: sum(len(piece) for piece in a.content))
        self._owners = [(a, piece) for a in inner_first for piece in a.content]
        self._starts = np.array([piece.start for _, piece in self._owners], dtype=np.int64)
        self._ends = np.array([piece.end for _, piece in self._owners], dtype=np.int64)

    def innermost(self, span: Span) -> Attribution | None:
        """The attribution with the shortest content that holds all of `span`, if any does."""
        holds = (self._starts <= span.start) & (self._ends >= span.end)
        first = int(holds.argmax()) if len(holds) else 0
        return self._owners[first][0] if len(holds) and holds[first] else None
