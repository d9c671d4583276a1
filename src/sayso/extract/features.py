"""Numbers about each block of a page: its words, its place, its markup, its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .classes import FLAGS
from .listing import words
from .places import AROUND, Place, places
from .position import POSITION_NAMES, position_features
from .segment import PageBlock
from .text import TEXT, TEXT_NAMES, PageFacts, text_features

__all__ = ["NAMES", "block_features"]

Floats = NDArray[np.float32]

TAGS = words("p li h1 h2 h3 h4 div td blockquote figcaption dd pre section article button")
NEAR = (-3, -2, -1, 1, 2, 3)
"""Neighbours looked at."""
MIN_PROSE_WORDS = 12
MAX_PROSE_LINKS = 0.4

NAMES: tuple[str, ...] = (
    *TEXT_NAMES,
    *POSITION_NAMES,
    *(f"{what}{k:+d}" for k in NEAR for what in ("words", "links", "prose", "ends", "same_tag")),
    *(f"tag_{tag}" for tag in TAGS),
    *(f"in_{tag}" for tag in AROUND),
    *(f"{level}_{flag}" for level in ("own", "near", "any") for flag in FLAGS),
)
"""Names of the columns, in order."""


@cache
def _bits(count: int) -> NDArray[np.int64]:
    return np.arange(count, dtype=np.int64)


def _unpack(values: Sequence[int], count: int) -> Floats:
    return ((np.array(values, dtype=np.int64)[:, None] >> _bits(count)) & 1).astype(np.float32)


def block_features(blocks: Sequence[PageBlock], facts: PageFacts, where: Sequence[Place] | None = None) -> Floats:
    """Features of every block, float32, shape [blocks, len(NAMES)]."""
    if not blocks:
        return np.zeros((0, len(NAMES)), dtype=np.float32)
    where = list(where) if where is not None else places(blocks)
    text = text_features(blocks, facts)
    size, links, ends = text[:, TEXT["words"]], text[:, TEXT["link_share"]], text[:, TEXT["ends_sentence"]]
    prose = np.where((links < MAX_PROSE_LINKS) & (size >= MIN_PROSE_WORDS) & (ends > 0), size, 0).astype(np.float32)
    position = position_features(blocks, where, text, prose)
    tags = [block.element.tag for block in blocks]
    near = _near_features(size, links, prose, ends, tags)
    tag_marks = np.array([[tag == t for t in TAGS] for tag in tags], dtype=np.float32)
    return np.hstack(
        [
            text,
            position,
            near,
            tag_marks,
            _unpack([p.tags for p in where], len(AROUND)),
            _unpack([p.flags for p in where], len(FLAGS)),
            _unpack([p.near for p in where], len(FLAGS)),
            _unpack([p.around for p in where], len(FLAGS)),
        ]
    )


def _near_features(words: Floats, links: Floats, prose: Floats, ends: Floats, tags: list[str]) -> Floats:
    """Words, link share, prose and end of the three blocks on either side; -1 beyond the page's ends."""
    n = len(words)
    reach = 3
    codes = {tag: i for i, tag in enumerate(sorted(set(tags)))}
    tag = np.array([codes[t] for t in tags], dtype=np.float32)
    padded = [
        np.pad(column, reach, constant_values=-1)
        for column in (words, links, (prose > 0).astype(np.float32), ends, tag)
    ]
    columns: list[Floats] = []
    for k in NEAR:
        columns.extend(column[reach + k : reach + k + n] for column in padded[:4])
        columns.append((padded[4][reach + k : reach + k + n] == tag).astype(np.float32))
    return np.column_stack(columns).astype(np.float32)
