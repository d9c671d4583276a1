"""Copy findings on repetition and on text of other stories: what an editor sees without reading closely."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from sayso.model import BODY_KINDS, Article, Block, Finding, Span

from .findings_registry import finding

__all__ = ["foreign_inside", "repeated_headline", "repeated_paragraphs"]

MIN_STORY_WORDS: Final = 8
MIN_WORDS: Final = 14
"""A shorter paragraph may well stand twice: a refrain, an address, a line of a list."""
_PROSE_END: Final = re.compile(r"[.!…][\"”’')\]]*\s*\Z")
_LIST_MARK: Final = re.compile(r"\s*(?:[-•*–]|\d{1,3}[.)])\s")
BOILERPLATE: Final = re.compile(
    r"\b(?:newsletters?|sign(?:ing|ed)? (?:up|in)|subscrib\w+|privacy|terms of (?:use|service)|cookies?|copyright|"
    r"e-?mails?|your (?:name|data|account)|(?:risk|investment) warning|disclaimers?|affiliate)\b|all rights reserved|©|https?://|\A\W*[—–]|\B@\w",
    re.IGNORECASE,
)
"""Notices, cards and posts: what a page may well say twice, and inside a story."""
SPLICED: Final = frozenset(
    {
        "words of another story",
        "title of another story",
        "teaser under its title",
        "opens with another story's title",
    }
)
"""Reasons of `extract` that rest on the words; what the layout sets apart is set apart for readers too."""
_NOT_WORD: Final = re.compile(r"[\W_]+")


def _key(text: str) -> str:
    return _NOT_WORD.sub(" ", text.casefold()).strip()


def repeated_headline(article: Article) -> Iterator[Finding]:
    """The headline again, before the story's first paragraph or inside the story."""
    first = next((i for i, block in enumerate(article.blocks) if block.kind == "headline"), None)
    if first is None:
        return
    key = _key(article.blocks[first].span.of(article.text))
    if len(key.split()) < 3:
        return
    body = [i for i, block in enumerate(article.blocks) if block.in_story and block.kind in BODY_KINDS]
    last = body[-1] if body else first
    plain = _is_plain(article)
    for i, block in enumerate(article.blocks[: last + 1]):
        shown = block.in_story or (block.kind == "furniture" and (plain or _is_beside(article, i, first)))
        if i != first and shown and _key(block.span.of(article.text)) == key:
            yield finding("SAY301", block.span, related=(article.blocks[first].span,))


def _is_beside(article: Article, at: int, headline: int) -> bool:
    """Whether a reader of a laid-out page sees the line and the headline as one doubled: no crumb, no bar."""
    beyond = 2 * at - headline
    if abs(at - headline) != 1 or not 0 <= beyond < len(article.blocks):
        return False
    return article.blocks[beyond].kind not in {"furniture", "teaser", "widget"}


def repeated_paragraphs(article: Article) -> Iterator[Finding]:
    """Paragraphs of the story that stand in it before, word for word; one finding a run of them."""
    if article.page_kind == "live":
        return
    story = [block for block in article.story if block.kind == "paragraph"]
    keys = [_prose_key(block.span.of(article.text)) for block in story]
    times = Counter(key for key in keys if key)
    first: dict[str, Span] = {}
    run: list[int] = []
    for i, key in enumerate(keys):
        again = key is not None and times[key] == 2 and key in first
        if run and not (again and run[-1] == i - 1):
            yield _repetition(story, run, keys, first)
            run = []
        if again:
            run.append(i)
        elif key:
            first[key] = story[i].span
    if run:
        yield _repetition(story, run, keys, first)


def _prose_key(text: str) -> str | None:
    """What two paragraphs are compared by; None for headings, questions, list items and whatever is short."""
    key = _key(text)
    prose = (
        key.count(" ") + 1 >= MIN_WORDS
        and _PROSE_END.search(text)
        and not _LIST_MARK.match(text)
        and not BOILERPLATE.search(text)
    )
    return key if prose else None


def _repetition(
    story: Sequence[Block], run: Sequence[int], keys: Sequence[str | None], first: Mapping[str, Span]
) -> Finding:
    span = Span(story[run[0]].span.start, story[run[-1]].span.end)
    return finding("SAY302", span, related=tuple(first[key] for i in run if (key := keys[i]) is not None))


def foreign_inside(article: Article) -> Iterator[Finding]:
    """Text of another story between paragraphs of this one, one finding a run of blocks."""
    body = [i for i, block in enumerate(article.blocks) if block.in_story and block.kind in BODY_KINDS]
    if not body:
        return
    inside = article.blocks[body[0] : body[-1] + 1]
    plain = _is_plain(article)
    for spliced, run in groupby(inside, key=lambda block: _is_spliced(block, plain)):
        blocks = list(run)
        if spliced and any(_tells(block.span.of(article.text)) for block in blocks):
            yield finding("SAY303", _hull(blocks))


def _tells(text: str) -> bool:
    """Whether a block is prose of a story, and no notice or post."""
    return text.count(" ") >= MIN_STORY_WORDS and not BOILERPLATE.search(text)


def _is_plain(article: Article) -> bool:
    """Whether the page is bare text: a page with layout repeats and inserts things for its readers' use."""
    return len(article.runs) == 1


def _is_spliced(block: Block, plain: bool) -> bool:
    return block.foreign and block.reason in SPLICED and (plain or block.kind in BODY_KINDS)


def _hull(blocks: Sequence[Block]) -> Span:
    return Span(blocks[0].span.start, blocks[-1].span.end)
