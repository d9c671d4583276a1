"""What each block of an HTML page is: the model's probability read with the markup and the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.model.article import BlockKind

from .classes import FLAGS
from .phrases import phrases
from .places import Place
from .segment import PageBlock
from .text import tokens_of

__all__ = ["Marks", "Sort", "heads_of_boxes", "sort_blocks"]

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ASIDE = frozenset({"widget", "teaser", "furniture"})
_LIST = frozenset({"li", "dt", "dd", "td", "th"})
_CAPTION = frozenset({"figcaption", "caption"})
_INITIALS = re.compile(r"\W*[A-Z]{2,6}(?:/[A-Za-z]{2,6})?\W*")
"""An agency's mark or a desk's, as it stands alone under a story."""
_BIT = {flag: 1 << i for i, flag in enumerate(FLAGS)}
_WIDGET = _BIT["share"] | _BIT["subscribe"] | _BIT["consent"] | _BIT["comment"] | _BIT["ad"]
_OTHERS = _BIT["related"] | _BIT["card"]
_NAV = _BIT["nav"] | _BIT["navigation"]
_FRAME = _BIT["nav"] | _BIT["foot"] | _BIT["navigation"]
OFFER = 200
"""After a wall, a shorter block is part of the offer."""
SURE = 0.9
"""Probability from which the model outweighs what a line's words say."""
MAX_TITLE_WORDS = 60
MIN_DEK, MAX_DEK = 6, 80
"""Words of a dek."""
MIN_POINTER = 6
"""Words from which a line that points to another story gives its title too."""
PROSE = 25
"""Words from which a block of few links is a paragraph, whoever's story it is."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What metadata found: indexes of blocks, None where the page doesn't show it."""

    headline: int | None = None
    byline: int | None = None
    date: int | None = None
    wall: int | None = None
    """The line that says the rest is for subscribers; what follows it is its offer."""


@dataclass(frozen=True, slots=True)
class Sort:
    """A block's kind, with the reason where there is one to give."""

    kind: BlockKind
    reason: str | None = None
    foreign_score: float = 0.0
    """How likely the block is of another story, as far as the page's layout tells."""


def sort_blocks(
    blocks: Sequence[PageBlock],
    where: Sequence[Place],
    probabilities: Sequence[float],
    threshold: float,
    marks: Marks,
) -> list[Sort]:
    """Say what each block is.

    Args:
        blocks: the page's blocks, in page order.
        where: their places.
        probabilities: of being the story's, as many.
        threshold: probability from which a block is the story's.
        marks: where headline, byline and date were found.
    """
    title = _folded(blocks[marks.headline]) if marks.headline is not None else ""
    first = next((i for i, p in enumerate(probabilities) if p >= threshold and len(blocks[i].text) > 80), len(blocks))
    out: list[Sort] = []
    for i, (block, place, p) in enumerate(zip(blocks, where, probabilities, strict=True)):
        marked = _marked(i, block, marks, title)
        if marked is not None:
            out.append(marked)
        elif marks.wall is not None and i >= marks.wall and len(block.text) < OFFER:
            out.append(Sort("widget", "offer to subscribers"))
        elif p >= threshold:
            out.append(_of_story(block, place, p))
        else:
            under = marks.headline is not None and marks.headline < i < first
            out.append(_outside(block, place, p, under=under))
    return heads_of_boxes(out, probabilities)


def heads_of_boxes(sorts: list[Sort], probabilities: Sequence[float]) -> list[Sort]:
    """A heading of which the model isn't sure, over two blocks that aren't the story's, heads them."""
    out = list(sorts)
    for i in range(len(sorts) - 2):
        under = sorts[i + 1 : i + 3]
        if sorts[i].kind == "heading" and probabilities[i] < SURE and all(s.kind in _ASIDE for s in under):
            out[i] = Sort("widget" if under[0].kind == "furniture" else under[0].kind, "heads what isn't the story's")
    return out


def _folded(block: PageBlock) -> str:
    return " ".join(tokens_of(block))


def _marked(i: int, block: PageBlock, marks: Marks, title: str) -> Sort | None:
    if i == marks.headline:
        return Sort("headline")
    if title and len(block.text) < 400 and _folded(block) == title:
        return Sort("furniture", "headline repeated")
    short = len(tokens_of(block)) <= MAX_TITLE_WORDS
    if i == marks.byline and short:
        return Sort("byline")
    if i == marks.date and short:
        return Sort("date")
    return None


def _of_story(block: PageBlock, place: Place, p: float) -> Sort:
    """The kind of a block that the model takes for the story's."""
    tag = block.element.tag
    said = phrases().kind_of(block.text)
    if said is not None and p < SURE:
        return Sort(*said)
    if tag in _CAPTION or _within(place, "figcaption"):
        return Sort("caption", "caption of a figure")
    if _INITIALS.fullmatch(block.text) and tag not in _LIST:
        return Sort("furniture", "credit")
    if tag in _HEADINGS:
        return Sort("heading")
    if _within(place, "blockquote"):
        return Sort("quote")
    return Sort("list" if tag in _LIST else "paragraph")


def _within(place: Place, tag: str, depth: int = 4) -> bool:
    at: Place | None = place
    for _ in range(depth):
        if at is None:
            return False
        if at.element.tag == tag:
            return True
        at = at.outer
    return False


def _outside(block: PageBlock, place: Place, p: float, *, under: bool) -> Sort:
    """The kind of a block that the model keeps out of the story."""
    tag = block.element.tag
    said = phrases().kind_of(block.text)
    words = len(tokens_of(block))
    if said is not None:
        if said[0] == "teaser" and words >= MIN_POINTER:
            return Sort(*said, round(1 - p, 4))
        return Sort("furniture", "navigation") if said[0] == "widget" and place.around & _NAV else Sort(*said)
    if phrases().note.match(block.text):
        return Sort("furniture", "a note on the article")
    linked = block.link_chars > 0.5 * len(block.text)
    if tag in _CAPTION or _within(place, "figcaption") or (_within(place, "figure") and words <= MAX_TITLE_WORDS):
        return Sort("caption", "caption of a figure")
    if words >= 4 and place.near & _BIT["related"]:
        return Sort("teaser", "markup of other stories", round(1 - p, 4))
    if tag == "button" or place.near & _WIDGET:
        return Sort("widget", "markup of a widget")
    if place.flags & _BIT["byline"] and words <= 20:
        return Sort("byline", "markup of a byline")
    if under and not linked and MIN_DEK <= words <= MAX_DEK and not place.around & (_FRAME | _OTHERS):
        return Sort("dek", "line under the headline")
    if place.around & _OTHERS and words >= 4:
        return Sort("teaser", "markup of other stories", round(1 - p, 4))
    if linked and words >= 5 and not place.around & _FRAME and "|" not in block.text:
        return Sort("teaser", "all link", round(1 - p, 4))
    if words >= PROSE and not linked and not place.around & _FRAME:
        # Read by hand, eight in ten are the story's own, lost: set aside, but nobody else's.
        return Sort("furniture", "prose outside the story", round(0.5 * (1 - p), 4))
    return Sort("furniture", "outside the story")
