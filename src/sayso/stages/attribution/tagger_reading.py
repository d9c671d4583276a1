"""An article as the network sees it: read once, for names and for attributions alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.model import Article, Block, Span
from sayso.stages.sentences import blocks_read

from .link_points import Words
from .tagger_decode import OUTSIDE, best_labels
from .tagger_input import encode, pack, paragraphs_of
from .tagger_model import Model, Read, shipped_model

__all__ = ["ReadArticle", "ReadWindow", "labelled", "read_article", "read_paragraphs"]


@dataclass(frozen=True, slots=True)
class ReadWindow:
    """One window with its words."""

    read: Read
    words: list[Words]
    """Of each paragraph, or part of one, in the window."""


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """The windows of an article; no window holds parts of both."""

    story: list[ReadWindow]
    """What attributions are read from."""
    rest: list[ReadWindow]
    """The other blocks that are read, for their names."""


_last: tuple[Article, ReadArticle] | None = None


def read_article(article: Article) -> ReadArticle:
    """The article's windows; the last article is kept, because names and attributions ask for it in turn."""
    global _last
    last = _last
    if last is None or last[0] is not article:
        last = (article, _read(article))
        _last = last
    return last[1]


def read_paragraphs(model: Model, text: str, spans: Sequence[Span]) -> list[ReadWindow]:
    """The paragraphs `spans` of `text` in windows, read; those without a letter or digit are passed over."""
    told = [span for span in spans if any(map(str.isalnum, span.of(text)))]
    windows = pack(encode(model.tokenizer, text, told, model.continues))
    return [ReadWindow(model.read(window), [Words.of(piece) for piece in window]) for window in windows]


def labelled(windows: Sequence[ReadWindow], outside: float = OUTSIDE) -> list[tuple[ReadWindow, list[list[int]]]]:
    """Each window with the best labels of its parts, `outside` nats being taken from "outside"."""
    labels = iter(best_labels([w.read.tags[one.at] for w in windows for one in w.words], outside=outside))
    return [(window, [next(labels) for _ in window.words]) for window in windows]


def _read(article: Article) -> ReadArticle:
    read = list(blocks_read(article))
    story = _paragraphs(article, (block for block in read if block.in_story))
    rest = _paragraphs(article, (block for block in read if not block.in_story))
    model = shipped_model()
    return ReadArticle(read_paragraphs(model, article.text, story), read_paragraphs(model, article.text, rest))


def _paragraphs(article: Article, blocks: Iterable[Block]) -> list[Span]:
    return [p.shifted(block.span.start) for block in blocks for p in paragraphs_of(block.span.of(article.text))]
