"""Blocks of other stories: what the layout gave away, joined with what the words say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.model import BODY_KINDS, Block

from .foreign import FOREIGN_THRESHOLD, SETTLED, score_foreign
from .foreign_ties import names_held, tied
from .phrases import phrases

__all__ = ["with_foreign"]

PROSE_KINDS = frozenset({"paragraph", "quote"})
TEXT_KINDS = BODY_KINDS | {"dek", "teaser"}
"""Kinds of a plain text's blocks that are scored: nothing but words tells whose they are."""
POINTER = 3.0
"""By how much the odds rise that a line is another story's where it points to one."""
MAX_SCORED = 400
"""Blocks of running text compared with each other; a longer page's later blocks are taken as they are."""
MAX_SCORED_MARKUP = 80
"""The same where the page's markup has been read: the cost grows with the square."""
MIN_CHARS_MARKUP = 60
THRESHOLD_MARKUP = 0.9
"""Score of a flagged block where the markup was read: the block model has set most of other stories aside before."""
SETTLED_MARKUP = 0.3
"""First score that a block must reach for a page with markup to be read a second time; from below, none is flagged."""
MAX_TITLE = 240
OPENING = 40
"""Characters by which a title is known again."""
TITLED = 0.95
DOUBTED = 0.2
"""Score of its words from which a block's opening is compared with titles."""
SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s*\Z")


def with_foreign(text: str, blocks: Sequence[Block], title: str | None, *, markup: bool) -> list[Block]:
    """Blocks with the score of their words; those of another story flagged, with the reason.

    Args:
        text: the article's text.
        blocks: its blocks; those that the layout flagged stay flagged.
        title: the story's headline, if known.
        markup: whether the kinds were read from markup, which has told headings and lists apart already.
    """
    kinds = PROSE_KINDS if markup else TEXT_KINDS
    read = [i for i, block in enumerate(blocks) if block.kind in kinds and not block.foreign]
    if markup:
        read = [i for i in read if len(blocks[i].span) >= MIN_CHARS_MARKUP]
    read = read[: MAX_SCORED_MARKUP if markup else MAX_SCORED]
    out = list(blocks)
    titles = _titles_elsewhere(text, blocks) if markup else frozenset()
    settled = SETTLED_MARKUP if markup else SETTLED
    scores = score_foreign([blocks[i].span.of(text) for i in read], title, [blocks[i].kind for i in read], settled)
    for i, score in zip(read, scores, strict=True):
        words = blocks[i].span.of(text)
        if score >= DOUBTED and _folded(words[:MAX_TITLE])[:OPENING] in titles:
            out[i] = replace(blocks[i], foreign=True, foreign_score=TITLED, reason="opens with another story's title")
            continue
        score = _with_layout(blocks[i], score, words) if markup else score
        out[i] = _judged(blocks[i], score, THRESHOLD_MARKUP if markup else FOREIGN_THRESHOLD)
    return out if markup else _less_tied(text, out, blocks)


def _less_tied(text: str, judged: Sequence[Block], before: Sequence[Block]) -> list[Block]:
    """Of a text, less the flags of paragraphs that the story's own names hold; the score stays.

    Nothing but words speaks against them, and in most texts no other story is glued in at all.
    """
    doubted = [i for i, block in enumerate(judged) if block.foreign and block.kind in PROSE_KINDS]
    doubted = [i for i in doubted if not before[i].foreign]
    if not doubted:
        return list(judged)
    held = names_held(b.span.of(text) for b in judged if b.kind in BODY_KINDS and not b.foreign)
    out = list(judged)
    for i in doubted:
        if tied(judged[i].span.of(text), held):
            out[i] = replace(judged[i], foreign=False, reason=before[i].reason)
    return out


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _titles_elsewhere(text: str, blocks: Sequence[Block]) -> frozenset[str]:
    """How titles of other stories begin that the page links to; a paragraph that opens with one was glued in."""
    teasers = [_folded(b.span.of(text)[:MAX_TITLE]) for b in blocks if b.kind == "teaser" and b.foreign]
    return frozenset(title[:OPENING] for title in teasers if len(title) >= OPENING)


def _with_layout(block: Block, score: float, words: str) -> float:
    """The words' score, less where the layout is sure that the block is the story's.

    Layout and words bear witness apart, so odds are multiplied; the layout's count by their fourth root, since it
    knows nothing of a paragraph glued in. Fragments (list entries, labels, names) fit nowhere by their words alone.
    """
    sure = min(max(block.score or 0.5, 0.5), 0.9999)
    odds = score / max(1 - score, 1e-6) * float((1 - sure) / sure) ** 0.25
    joined: float = odds / (1 + odds)
    if SENTENCE_END.search(words) or phrases().kind_of(words) is not None:
        return joined
    return min(joined, 0.5)


def _judged(block: Block, score: float, threshold: float) -> Block:
    """The block with its score, a line that points elsewhere weighed with that."""
    if block.kind == "teaser":
        score = POINTER * score / (1 + (POINTER - 1) * score)
    score = round(score, 4)
    flagged = score >= threshold
    reason = block.reason if not flagged or block.kind == "teaser" else "words of another story"
    return replace(block, foreign=flagged, foreign_score=score, reason=reason)
