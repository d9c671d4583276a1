"""Blocks of an HTML page with their kinds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.model import Block, Page, Run, Span

from .facts import page_facts
from .kinds import Marks, Sort, sort_blocks
from .landmarks import Landmarks
from .metadata import Metadata, read_metadata
from .model import MAX_BLOCKS, best_cut, block_model
from .places import places
from .runs import join_runs
from .segment import segment
from .tree import Tree, parse_html

__all__ = ["HtmlBlocks", "html_blocks"]

SENTENCE_END = re.compile(r"[.!?…。][\"'”’»)\]]*\s*\Z")
MIN_WORDS = 4
UNREAD = f"page too long: only its first {MAX_BLOCKS:,} blocks are told apart"


@dataclass(frozen=True, slots=True)
class HtmlBlocks:
    """What an HTML page holds: its text, blocks over it, runs back to the page, metadata."""

    tree: Tree
    text: str
    blocks: list[Block]
    runs: tuple[Run, ...]
    metadata: Metadata


def html_blocks(page: Page) -> HtmlBlocks:
    """Cut an HTML page into blocks and say what each is."""
    tree = parse_html(page.text)
    found = segment(tree)
    text, starts, runs = join_runs([block.pieces for block in found])
    spans = [Span(start, start + len(block.text)) for start, block in zip(starts, found, strict=True)]
    read = found[:MAX_BLOCKS]
    metadata = read_metadata(page, tree, read)
    where = places(read)
    model = block_model()
    likely = model.probabilities(read, page_facts(tree), where, landmarks_of(metadata))
    threshold = best_cut([len(block.text) for block in read], likely)
    probabilities = at_least_prose([block.text for block in read], likely, threshold)
    headline = metadata.headline
    marks = Marks(headline.block if headline else None, metadata.byline_block, metadata.date_block, metadata.wall_block)
    sorts = sort_blocks(read, where, probabilities, threshold, marks)
    blocks = _blocks(spans, sorts, probabilities, metadata)
    blocks += [Block(span, "furniture", reason=UNREAD) for span in spans[len(read) :]]
    if tree.cut_at is not None and blocks:
        reason = f"page too long: nothing is read after its character {tree.cut_at:,}"
        blocks[-1] = replace(blocks[-1], reason=reason)
    return HtmlBlocks(tree, text, blocks, runs, metadata)


def landmarks_of(metadata: Metadata) -> Landmarks:
    """What the block model is told of the page's headline, byline and date."""
    headline = metadata.headline
    return Landmarks(
        headline.block if headline else None,
        metadata.byline_block,
        metadata.date_block,
        metadata.byline,
        metadata.publisher,
    )


def at_least_prose(texts: Sequence[str], probabilities: Sequence[float], threshold: float) -> Sequence[float]:
    """Probabilities; where the model takes no block at all, for the page is small, whole sentences are taken."""
    if any(p >= threshold for p in probabilities):
        return probabilities
    return [
        threshold if SENTENCE_END.search(text) and len(text.split()) >= MIN_WORDS else p
        for text, p in zip(texts, probabilities, strict=True)
    ]


def _blocks(
    spans: Sequence[Span], sorts: Sequence[Sort], probabilities: Sequence[float], metadata: Metadata
) -> list[Block]:
    languages = metadata.block_languages or (None,) * len(sorts)
    return [
        Block(
            span,
            sort.kind,
            foreign=sort.kind == "teaser" and sort.foreign_score > 0,
            foreign_score=sort.foreign_score,
            reason=sort.reason,
            language=language,
            score=round(max(p, 1 - p), 4),
        )
        for span, sort, p, language in zip(spans, sorts, probabilities, languages, strict=False)
    ]
