"""Numbers about each block of a page: its words, its place, its markup, its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .classes import FLAGS
from .groups import Groups
from .listing import words
from .places import AROUND, Place
from .position import POSITION_NAMES, position_features
from .segment import PageBlock
from .text import TEXT, TEXT_NAMES, PageFacts, is_short_link, text_features

__all__ = ["NAMES", "block_features", "crumbs"]

Floats = NDArray[np.float32]

TAGS = words("p li h2 div button")
NEAR = (-3, -2, -1, 1, 2, 3)
"""Neighbours looked at."""
REACH = 3
AROUND_READ = words("article main aside footer nav figure ul table form section blockquote figcaption")
LEVELS = {
    "own": words("article body related subscribe"),
    "near": words(
        "comment related card share side subscribe foot nav ad media byline consent summary quote note article body"
    ),
    "any": words("article side share nav foot byline meta summary hidden event live card note article_body main"),
}
"""Flags read of the block's own element, of its three innermost, and of all around it."""
MIN_PROSE_WORDS = 12
MAX_PROSE_LINKS = 0.4

NAMES: tuple[str, ...] = (
    *TEXT_NAMES,
    *POSITION_NAMES,
    *(f"{what}{k:+d}" for k in NEAR for what in ("words", "links")),
    *("ends-1", "ends+1", "phrase-2", "phrase-1", "phrase+1"),
    *(f"tag_{tag}" for tag in TAGS),
    *(f"in_{tag}" for tag in AROUND_READ),
    *(f"{level}_{flag}" for level, flags in LEVELS.items() for flag in flags),
)
"""Names of the columns, in order."""

_TAG_NUMBERS = {tag: i + 1 for i, tag in enumerate(TAGS)}
_TAG_ROWS: Floats = np.eye(len(TAGS) + 1, dtype=np.float32)[:, 1:]
_FRAME_TAGS = 1 << AROUND.index("nav") | 1 << AROUND.index("footer")
_FRAME_FLAGS = 1 << FLAGS.index("nav") | 1 << FLAGS.index("foot") | 1 << FLAGS.index("navigation")


@cache
def _shifts(level: str) -> NDArray[np.int64]:
    if level == "in":
        return np.array([AROUND.index(tag) for tag in AROUND_READ], dtype=np.int64)
    return np.array([FLAGS.index(flag) for flag in LEVELS[level]], dtype=np.int64)


def _unpack(values: Sequence[int], level: str) -> Floats:
    return ((np.array(values, dtype=np.int64)[:, None] >> _shifts(level)) & 1).astype(np.float32)


def crumbs(blocks: Sequence[PageBlock], where: Sequence[Place]) -> list[bool]:
    """Which blocks are crumbs of navigation: short links in a page's frame, or with others on either side.

    They make two fifths of a page's blocks and next to none of a story's words; the model doesn't look at them.
    """
    short = [is_short_link(block) for block in blocks]
    sides = zip(short, [False, *short], [*short[1:], False], where, strict=False)
    return [
        own and ((before and after) or bool(place.tags & _FRAME_TAGS or place.around & _FRAME_FLAGS))
        for own, before, after, place in sides
    ]


def block_features(
    blocks: Sequence[PageBlock], facts: PageFacts, where: Sequence[Place], groups: Groups
) -> tuple[list[int], Floats]:
    """Features of the blocks that are no crumbs.

    Args:
        blocks: the page's blocks, in page order.
        facts: what the page's head says.
        where, groups: the blocks' places, and what belongs together.
    Returns:
        Their indexes, and their features, float32, shape [indexes, len(NAMES)].
    """
    where = list(where)
    skipped = crumbs(blocks, where)
    rows = [i for i, crumb in enumerate(skipped) if not crumb]
    if not rows:
        return [], np.zeros((0, len(NAMES)), dtype=np.float32)
    text = text_features(blocks, facts, skipped)
    size, links, ends = text[:, TEXT["words"]], text[:, TEXT["link_share"]], text[:, TEXT["ends_sentence"]]
    prose = np.where((links < MAX_PROSE_LINKS) & (size >= MIN_PROSE_WORDS) & (ends > 0), size, 0).astype(np.float32)
    position = position_features(blocks, where, groups, text, prose)
    near = _near_features(size, links, ends, text[:, TEXT["short_phrase"]])
    kept = [where[i] for i in rows]
    return rows, np.hstack(
        [
            text[rows],
            position[rows],
            near[rows],
            _TAG_ROWS[[_TAG_NUMBERS.get(blocks[i].element.tag, 0) for i in rows]],
            _unpack([place.tags for place in kept], "in"),
            _unpack([place.flags for place in kept], "own"),
            _unpack([place.near for place in kept], "near"),
            _unpack([place.around for place in kept], "any"),
        ]
    )


def _near_features(words: Floats, links: Floats, ends: Floats, phrase: Floats) -> Floats:
    """Words and link share of the three blocks on either side, ends and phrases of the nearest; -1 beyond the page."""
    n = len(words)

    padded = np.full((4, n + 2 * REACH), -1, dtype=np.float32)
    padded[:, REACH : REACH + n] = words, links, ends, phrase
    wanted = [(column, k) for k in NEAR for column in (0, 1)] + [(2, -1), (2, 1), (3, -2), (3, -1), (3, 1)]
    return np.column_stack([padded[column, REACH + k : REACH + k + n] for column, k in wanted])
