"""Sentences of the blocks that are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from sayso.model import Annotation, Article, Block, Context, Layers, Sentence, Span

__all__ = ["MAX_READ_CHARS", "Sentences", "blocks_read", "is_english", "split_sentences"]

MAX_READ_CHARS = 500_000
"""Code points of one article that the layers beyond it are read from: a long book, half a minute of one core."""
LANGUAGES = frozenset({"en"})
"""Languages with rules; None counts, since a text too short to tell is tried."""


def split_sentences(text: str) -> list[Span]:
    """Spans of the sentences of one block, stripped of white space, in order; empty for blank text."""
    from nupunkt import sent_spans

    spans = (Span(start, end).stripped(text) for start, end in sent_spans(text))
    return [span for span in spans if span]


def is_english(article: Article, block: Block) -> bool:
    """Whether there are rules for the block's language."""
    language = block.language or article.language
    return language is None or language.split("-")[0].lower() in LANGUAGES


def blocks_read(article: Article) -> Iterator[Block]:
    """The blocks that are read, in a language with rules, until MAX_READ_CHARS are reached."""
    room = MAX_READ_CHARS
    for block in article.read:
        if not is_english(article, block):
            continue
        if len(block.span) > room:
            return
        room -= len(block.span)
        yield block


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
        for block in blocks_read(article):
            for span in split_sentences(block.span.of(article.text)):
                yield Sentence(span.shifted(block.span.start))
