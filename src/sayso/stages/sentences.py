"""Sentences of the blocks that are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from sayso.model import Annotation, Article, Context, Layers, Sentence, Span

__all__ = ["Sentences", "split_sentences"]


def split_sentences(text: str) -> list[Span]:
    """Spans of the sentences of one block, stripped of white space, in order; empty for blank text."""
    from nupunkt import sent_spans

    spans = (Span(start, end).stripped(text) for start, end in sent_spans(text))
    return [span for span in spans if span]


class Sentences:
    """Splits each block that is read; no sentence crosses a block."""

    name: ClassVar[str] = "sayso.sentences.nupunkt.v1"
    requires: ClassVar[frozenset[type[Annotation]]] = frozenset()
    provides: ClassVar[frozenset[type[Annotation]]] = frozenset({Sentence})

    def warm_up(self) -> None:
        """Load the splitter's parameters."""
        split_sentences("Warm up.")

    def __call__(self, article: Article, layers: Layers, context: Context) -> Iterator[Annotation]:
        """Yield sentences in text order."""
        for block in article.read:
            for span in split_sentences(block.span.of(article.text)):
                yield Sentence(span.shifted(block.span.start))
