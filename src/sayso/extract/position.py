"""Where each block of a page stands: beside the prose, the title, headings, lists and blocks marked up alike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .groups import Groups
from .listing import words
from .places import Place
from .segment import PageBlock
from .story import STORY_NAMES, common_share, story_columns
from .text import TEXT

__all__ = ["POSITION_NAMES", "position_features"]

Floats = NDArray[np.float32]

POSITION_NAMES = (
    *words(
        "at count prose from_first after_last past_last to_first to_h1 par_share outer_share "
        "outer2_share common_share apart depth prose_before heading_level since_heading "
        "under_teaser_heading since_teaser siblings list_links list_items sig_prose sig_count sig_links "
        "heading_next_links heading_next_words"
    ),
    *STORY_NAMES,
)
_TITLE_TAGS = {"h1": 0.5, "h2": 0.1, "h3": 0.1}
"""Headings, and what the tag adds to the agreement with the title."""
MAX_TITLE_WORDS = 60
_ITEMS = frozenset({"li", "td", "dd", "dt"})


def position_features(
    blocks: Sequence[PageBlock], where: list[Place], groups: Groups, text: Floats, prose: Floats
) -> Floats:
    """Columns of POSITION_NAMES."""
    n = len(blocks)
    index = np.arange(n)
    total = max(1.0, float(prose.sum()))
    levels = groups[:3]
    sums = [np.bincount(level, prose) for level in levels]
    shares = [of[level] / total for of, level in zip(sums, levels, strict=True)]
    inside = levels[0] == int(np.argmax(sums[0]))
    good = np.flatnonzero(inside & (prose > 0))
    good = good if len(good) else np.flatnonzero(prose > 0)
    first, last = (int(good[0]), int(good[-1])) if len(good) else (0, 0)
    common = common_share(where, first)
    h1 = _title_block(blocks, text)
    before = np.concatenate([[0.0], np.cumsum(prose)[:-1]]) / total
    columns = [
        index / n,
        np.full(n, n),
        np.full(n, total),
        (index - first) / max(1, last - first),
        index > last,
        np.maximum(0, index - last),
        np.maximum(0, first - index),
        (index - h1) / n if h1 >= 0 else np.full(n, -2.0),
        *shares,
        *common,
        np.array([place.depth for place in where]),
        before,
        *_heading_columns(blocks, text),
        *_list_columns(where, levels[0], text),
        *_signature_columns(groups[3], text, prose / total),
        *_next_of_heading(blocks, text),
        *story_columns(blocks, where, levels[0], text, prose, h1),
    ]
    return np.column_stack(columns).astype(np.float32)


def _title_block(blocks: Sequence[PageBlock], text: Floats) -> int:
    """The heading that says most of the title's words and little else, -1 where none says half of them."""
    best, best_score = -1, 0.5
    columns = (text[:, TEXT[name]].tolist() for name in ("words", "block_in_title", "title_in_block"))
    for i, (block, size, covered, own) in enumerate(zip(blocks, *columns, strict=True)):
        tag = block.element.tag
        if size > MAX_TITLE_WORDS or (tag not in _TITLE_TAGS and covered < 0.7):
            continue
        score = covered + 0.5 * own + _TITLE_TAGS.get(tag, 0.0)
        if score > best_score + 0.01 and (tag == "h1" or covered > 0.5):
            best, best_score = i, score
    return best


def _heading_columns(blocks: Sequence[PageBlock], text: Floats) -> list[Floats]:
    """Level of a heading, blocks since the last one, and whether that one points to other stories."""
    teaser = text[:, TEXT["phrase_teaser"]].tolist()
    level, since, under, since_teaser = [], [], [], []
    last, last_teaser, flag = -50, -50, False
    for i, block in enumerate(blocks):
        tag = block.element.tag
        own = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else 0
        if teaser[i]:
            last_teaser = i
        if own or teaser[i]:
            last, flag = i, bool(teaser[i])
        level.append(own)
        since.append(min(50, i - last))
        under.append(flag)
        since_teaser.append(min(50, i - last_teaser))
    return [np.array(column, dtype=np.float32) for column in (level, since, under, since_teaser)]


def _list_columns(where: list[Place], keys: NDArray[np.int64], text: Floats) -> list[Floats]:
    """Blocks in the same container, and for list items how far the whole list is links."""
    counts = np.bincount(keys)
    chars = text[:, TEXT["chars"]].astype(np.float64)
    linked = np.bincount(keys, text[:, TEXT["link_share"]] * chars)
    share = linked / np.maximum(1.0, np.bincount(keys, chars))
    is_item = np.array([place.element.tag in _ITEMS for place in where])
    return [column.astype(np.float32) for column in (counts[keys], share[keys], np.where(is_item, counts[keys], 0))]


def _signature_columns(groups: NDArray[np.int64], text: Floats, prose: Floats) -> list[Floats]:
    """Over all blocks marked up alike: their share of the page's prose, how many, how far links."""
    counts = np.bincount(groups)
    shares = np.bincount(groups, prose)
    links = np.bincount(groups, text[:, TEXT["link_share"]]) / counts
    return [column[groups].astype(np.float32) for column in (shares, counts, links)]


def _next_of_heading(blocks: Sequence[PageBlock], text: Floats) -> list[Floats]:
    """For each block, link share and words of the three blocks after it."""
    n = len(blocks)
    size = np.pad(text[:, TEXT["words"]], (0, 3))
    linked = size * np.pad(text[:, TEXT["link_share"]], (0, 3))
    after = size[1 : n + 1] + size[2 : n + 2] + size[3 : n + 3]
    links = linked[1 : n + 1] + linked[2 : n + 2] + linked[3 : n + 3]
    return [links / np.maximum(1, after), after]
