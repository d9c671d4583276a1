"""Findings about what Sayso itself did not read, so that silence is never taken for absence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from sayso.model import Annotation, Article, Context, Finding, Layers, Span

from .findings_registry import finding
from .parse import Parse
from .sentences import MAX_READ_CHARS, is_english

__all__ = ["LimitFindings"]


class LimitFindings:
    """Says where a text is too long, or in a language without rules, for the layers beyond the article."""

    name: ClassVar[str] = "sayso.limits.v1"
    requires: ClassVar[frozenset[type[Annotation]]] = frozenset({Parse})
    provides: ClassVar[frozenset[type[Annotation]]] = frozenset({Finding})

    def warm_up(self) -> None:
        """Nothing to load."""

    def __call__(self, article: Article, layers: Layers, context: Context) -> Iterator[Annotation]:
        """Yield at most one finding of each kind."""
        other = [block for block in article.story if not is_english(article, block)]
        if other:
            language = other[0].language or article.language
            yield finding(
                "SAY209", other[0].span, language=language, count=len(other), related=tuple(b.span for b in other[1:])
            )
        parses = layers[Parse]
        last = parses[-1].span.end if parses else 0
        total = sum(len(block.span) for block in article.read)
        if total > MAX_READ_CHARS:
            yield finding("SAY319", Span(last, len(article.text)), limit=MAX_READ_CHARS)
