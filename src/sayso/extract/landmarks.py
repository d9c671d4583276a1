"""Where each block stands beside a page's byline and headings, whom it names, and how the page is built."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .listing import words
from .segment import PageBlock
from .text import WORD, PageFacts, tokens_of

__all__ = ["LANDMARK_NAMES", "Landmarks", "landmark_columns"]

Floats = NDArray[np.float64]

LANDMARK_NAMES = words(
    "since_headline since_byline since_date author_named author_surname publisher_named heading_links heading_words "
    "heading_title heading_rank headings_so_far page_lists page_tables page_headings page_paragraphs"
)
ABSENT = -100.0
BEFORE, AFTER = -60, 200
"""Bounds of the blocks counted from headline, byline and date."""
MAX_AUTHORS = 4
READ = 48
"""Tokens of a block in which names are looked for."""
MIN_PROSE_WORDS = 12
MAX_PROSE_LINKS = 0.4
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
_ITEMS = _CELLS | {"li", "dt", "dd"}


@dataclass(frozen=True, slots=True)
class Landmarks:
    """What metadata found of the page that blocks are held against."""

    headline: int | None = None
    """Index of the block that shows the headline."""
    byline: int | None = None
    """Of that which names the authors."""
    date: int | None = None
    """Of that which prints the day of publication."""
    authors: tuple[str, ...] = ()
    publisher: str | None = None


def landmark_columns(blocks: Sequence[PageBlock], at: Sequence[int], facts: PageFacts, landmarks: Landmarks) -> Floats:
    """Columns of LANDMARK_NAMES, float64, shape [at, len(LANDMARK_NAMES)].

    Args:
        blocks: the page's blocks, in page order.
        at: indexes of those asked for.
        facts: what the page's head says.
        landmarks: what metadata found.
    """
    index = np.array(at, dtype=np.float64)
    return np.column_stack(
        [
            *(_since(index, mark) for mark in (landmarks.headline, landmarks.byline, landmarks.date)),
            _named([blocks[i] for i in at], landmarks),
            _headings(blocks, facts)[list(at)],
            np.tile(_build(blocks), (len(index), 1)),
        ]
    )


def _since(index: Floats, mark: int | None) -> Floats:
    """Blocks counted from a landmark."""
    return np.full(len(index), ABSENT) if mark is None else np.clip(index - mark, BEFORE, AFTER)


def _named(blocks: Sequence[PageBlock], landmarks: Landmarks) -> Floats:
    """How early a block names an author in full, whether it has one's last name, how early it names the outlet."""
    authors = [tokens for name in landmarks.authors[:MAX_AUTHORS] if (tokens := WORD.findall(name.lower()))]
    outlet = WORD.findall((landmarks.publisher or "").lower())
    last = {tokens[-1] for tokens in authors}
    out = np.zeros((len(blocks), 3))
    for i, block in enumerate(blocks):
        own = tokens_of(block)[:READ]
        if last and not last.isdisjoint(own):
            out[i, 0] = max(_earliness(own, name) for name in authors)
            out[i, 1] = 1.0
        if outlet and outlet[0] in own:
            out[i, 2] = _earliness(own, outlet)
    return out


def _earliness(tokens: Sequence[str], name: Sequence[str]) -> float:
    """1 where a text opens with the name, less the later it stands, 0 where it doesn't."""
    size = len(name)
    for k in range(len(tokens) - size + 1):
        if tokens[k] == name[0] and tokens[k : k + size] == name:
            return 1.0 / (1 + k)
    return 0.0


def _headings(blocks: Sequence[PageBlock], facts: PageFacts) -> Floats:
    """Of the last heading above: link share, words, share of them in the page's titles, rank; and headings so far."""
    title = frozenset(word for text in facts.titles[:3] for word in WORD.findall(text.lower()))
    last = (-1.0, -1.0, -1.0, 0.0)
    count = 0
    rows = []
    for block in blocks:
        rows.append((*last, float(count)))
        tag = block.element.tag
        if tag in _HEADINGS:
            own = tokens_of(block)
            kinds = set(own)
            shared = len(kinds & title) / max(1, len(kinds))
            last = (_link_share(block), float(len(own)), shared, float(tag[1]))
            count += tag in ("h2", "h3")
    return np.array(rows, dtype=np.float64).reshape(-1, 5)


def _link_share(block: PageBlock) -> float:
    return min(1.0, block.link_chars / max(1, len(block.text)))


def _build(blocks: Sequence[PageBlock]) -> Floats:
    """Of the whole page: share of its unlinked words in lists and in tables, headings a paragraph, paragraphs."""
    open_words = listed = celled = 0
    paragraphs = headings = 0
    for block in blocks:
        tag = block.element.tag
        headings += tag in _HEADINGS
        share = _link_share(block)
        if share >= 0.5:
            continue
        size = block.text.count(" ") + 1
        open_words += size
        listed += size * (tag in _ITEMS)
        celled += size * (tag in _CELLS)
        paragraphs += share < MAX_PROSE_LINKS and size >= MIN_PROSE_WORDS
    own = [listed / max(1, open_words), celled / max(1, open_words), headings / max(1, paragraphs), float(paragraphs)]
    return np.array(own, dtype=np.float64)
