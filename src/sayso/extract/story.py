"""How far each block of a page still belongs to the story under the title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .listing import words
from .places import Place
from .segment import PageBlock
from .text import TEXT

__all__ = ["MAX_SINCE", "STORY_NAMES", "common_share", "story_columns"]

Floats = NDArray[np.float32]

LOOKED_AT = 1200
STORY_NAMES = words(
    "since_title titles_since bylines_since title_common same_article part_order part_start topic part_topic "
    "prose_since"
)
MAX_SINCE = 60.0
"""Blocks counted from the title."""
TOPIC_BLOCKS = 4
"""Paragraphs after the title whose words make the topic."""
LARGE_PART = 0.1
"""Share of the page's prose from which a container counts as a part of its own."""
LONG_WORD = 5
"""Letters of a word that tells something of the topic."""
_LONG_WORD = re.compile(rf"\w{{{LONG_WORD},}}")


def story_columns(
    blocks: Sequence[PageBlock],
    where: list[Place],
    containers: NDArray[np.int64],
    text: Floats,
    prose: Floats,
    title: int,
) -> list[Floats]:
    """How far a block still belongs to the story under the title."""
    n = len(blocks)
    start = max(0, title)
    after = np.arange(n) > start
    is_h1 = np.array([block.element.tag == "h1" for block in blocks]) & after
    byline = text[:, TEXT["phrase_byline"]] + text[:, TEXT["phrase_date"]]
    total = max(1.0, float(prose.sum()))
    begun = np.cumsum(prose)
    passed = after & (begun - begun[start] > 0)
    common, _ = common_share(where, start)
    topic = _topic(blocks, prose, start)
    order, first = _parts(containers.tolist(), prose, begun, total)
    return [
        np.clip(np.arange(n) - start, -MAX_SINCE, MAX_SINCE).astype(np.float32),
        np.minimum(10, np.cumsum(is_h1)).astype(np.float32),
        np.minimum(10, np.cumsum((byline > 0) & passed)).astype(np.float32),
        common,
        _same_article(where, start),
        order,
        first,
        topic,
        _mean_by(containers, topic, prose),
        ((begun - begun[start]) / total).astype(np.float32),
    ]


def _same_article(where: list[Place], title: int) -> Floats:
    """1 in the title's own article element, -1 in another one, 0 where there is none."""
    known: dict[int, int] = {}

    def article(place: Place) -> int:
        key = id(place.element)
        if key not in known:
            at: Place | None = place
            while at is not None and at.element.tag != "article":
                at = at.outer
            known[key] = id(at.element) if at is not None else 0
        return known[key]

    own = article(where[title])
    found = [article(place) for place in where]
    return np.array([0 if not a and not own else 1 if a == own else -1 for a in found], dtype=np.float32)


def _topic(blocks: Sequence[PageBlock], prose: Floats, start: int) -> Floats:
    """Share of a block's longer words that the title or the first paragraphs after it have."""
    lead = [i for i in range(start, len(blocks)) if prose[i] > 0][:TOPIC_BLOCKS]
    words: set[str] = set()
    for i in [start, *lead]:
        words.update(_LONG_WORD.findall(blocks[i].text[:LOOKED_AT].lower()))
    out = []
    for block in blocks:
        own = {token for token in block.tokens or () if len(token) >= LONG_WORD}
        out.append(len(own & words) / len(own) if own else 0.0)
    return np.array(out, dtype=np.float32)


def _mean_by(numbers: NDArray[np.int64], values: Floats, weights: Floats) -> Floats:
    sums = np.bincount(numbers, values.astype(np.float64) * weights)
    counts = np.bincount(numbers, weights)
    means = np.divide(sums, counts, out=np.full(len(sums), -1.0), where=counts > 0)
    return np.asarray(means[numbers], dtype=np.float32)


def _parts(keys: list[int], prose: Floats, begun: Floats, total: float) -> tuple[Floats, Floats]:
    """Among containers with a tenth of the page's prose: the block's container's number, and prose before it."""
    sums: defaultdict[int, float] = defaultdict(float)
    starts: dict[int, float] = {}
    for key, value, so_far in zip(keys, prose.tolist(), begun.tolist(), strict=True):
        if value:
            starts.setdefault(key, (so_far - value) / total)
        sums[key] += value
    large = {key: number for number, key in enumerate(k for k in starts if sums[k] >= 0.1 * total)}
    order = np.array([large.get(key, -1) for key in keys], dtype=np.float32)
    return order, np.array([starts.get(key, -1.0) for key in keys], dtype=np.float32)


def common_share(where: list[Place], first: int) -> tuple[Floats, Floats]:
    """Share of the first good block's ancestors that a block shares, and how deep it stands beside them."""
    known: dict[int, int] = {}
    at: Place | None = where[first].outer or where[first]
    base = at.depth + 1 if at else 1
    while at is not None:
        known[id(at.element)] = at.depth + 1
        at = at.outer
    common = np.array([_shared(place, known) for place in where], dtype=np.float32)
    depth = np.array([place.depth + 1 for place in where], dtype=np.float32)
    return np.asarray(common / base, dtype=np.float32), np.asarray(depth - common, dtype=np.float32)


def _shared(place: Place, known: dict[int, int]) -> int:
    """The number at the nearest known place outwards; all on the way there are known from then on."""
    path: list[int] = []
    node: Place | None = place
    value = 0
    while node is not None:
        key = id(node.element)
        found = known.get(key)
        if found is not None:
            value = found
            break
        path.append(key)
        node = node.outer
    for key in path:
        known[key] = value
    return value
