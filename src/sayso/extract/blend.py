"""Blocks of other stories: what the layout gave away, joined with what the words say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.model import BODY_KINDS, Block

from .foreign import FOREIGN_THRESHOLD, score_foreign

__all__ = ["with_foreign"]

PROSE_KINDS = frozenset({"paragraph", "quote"})
TEXT_KINDS = BODY_KINDS | {"dek", "teaser"}
"""Kinds of a plain text's blocks that are scored: nothing but words tells whose they are."""
POINTER = 0.5
"""How likely a line that points to another story is that story's, before its words are read."""
MAX_SCORED = 400
"""Blocks of running text compared with each other; a longer page's later blocks are taken as they are."""
MAX_SCORED_MARKUP = 80
"""The same where the page's markup has been read: the cost grows with the square."""
MIN_CHARS_MARKUP = 60


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
    scores = score_foreign([blocks[i].span.of(text) for i in read], title, [blocks[i].kind for i in read])
    for i, score in zip(read, scores, strict=True):
        out[i] = _judged(blocks[i], score)
    return out


def _judged(block: Block, score: float) -> Block:
    """The block with the score of its words, a line that points elsewhere weighed with that."""
    if block.kind == "teaser":
        score = 1 - (1 - score) * (1 - POINTER)
    score = round(score, 4)
    flagged = score >= FOREIGN_THRESHOLD
    reason = block.reason if not flagged or block.kind == "teaser" else "words of another story"
    return replace(block, foreign=flagged, foreign_score=score, reason=reason)
