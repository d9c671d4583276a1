"""Shared passages of a case as rows: what the scorers, frames and the command show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .case_analysis import Analysis

__all__ = ["passages_of", "reuse_heading", "reuse_rows_of"]


def reuse_rows_of(analysis: Analysis, page: str | None = None) -> Iterator[dict[str, Any]]:
    """One row a pair; `a` and `b` in order of arrival, spans into either article's text.

    Raises:
        InvalidSetting: the case has no such page.
    """
    if page is not None:
        page = analysis.page(page)
    for relation in analysis.relations:
        if page is None or page in (relation.a, relation.b):
            yield {
                "a": relation.a,
                "b": relation.b,
                "kind": relation.kind,
                "earlier": relation.earlier,
                "later": relation.later,
                "score": relation.score,
                "reason": relation.reason,
                "passages": [[list(passage.a), list(passage.b)] for passage in relation.passages],
            }


def passages_of(analysis: Analysis, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The words of each shared passage in both pages, with their positions."""
    a, b = (analysis.stored[row[side]].text for side in ("a", "b"))
    for (start, end), (other, last) in row["passages"]:
        yield {"a": a[start:end], "b": b[other:last], "a_span": [start, end], "b_span": [other, last]}


def reuse_heading(row: dict[str, Any]) -> str:
    """A pair on one line: earlier → later, or both where that is open."""
    if row["earlier"] is None:
        return f"{row['a']} – {row['b']}  {row['kind']}, direction open: {row['reason']}"
    return f"{row['earlier']} → {row['later']}  {row['kind']}, {row['score']:.2f}: {row['reason']}"
