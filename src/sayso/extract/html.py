"""Blocks of an HTML page with their kinds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.model import Block, Page, Run, Span

from .facts import page_facts
from .kinds import Marks, Sort, sort_blocks
from .metadata import Metadata, read_metadata
from .model import MAX_BLOCKS, block_model
from .places import Place, places
from .runs import join_runs
from .segment import PageBlock, segment
from .tree import Tree, parse_html

__all__ = ["HtmlBlocks", "html_blocks"]

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
    probabilities, threshold = _probabilities(read, where, tree)
    headline = metadata.headline
    marks = Marks(headline.block if headline else None, metadata.byline_block, metadata.date_block)
    sorts = sort_blocks(read, where, probabilities, threshold, marks)
    blocks = _blocks(spans, sorts, probabilities, metadata)
    blocks += [Block(span, "furniture", reason=UNREAD) for span in spans[len(read) :]]
    if tree.cut_at is not None and blocks:
        reason = f"page too long: nothing is read after its character {tree.cut_at:,}"
        blocks[-1] = replace(blocks[-1], reason=reason)
    return HtmlBlocks(tree, text, blocks, runs, metadata)


_PROSE_TAGS = frozenset({"p", "li", "h2", "h3", "blockquote"})


def _probabilities(found: list[PageBlock], where: list[Place], tree: Tree) -> tuple[list[float], float]:
    try:
        model = block_model()
    except FileNotFoundError:
        prose = [len(b.text) > 20 and b.link_chars < 0.4 * len(b.text) for b in found]
        return [0.9 if ok and b.element.tag in _PROSE_TAGS else 0.1 for ok, b in zip(prose, found, strict=True)], 0.5
    return model.probabilities(found, page_facts(tree), where), model.threshold


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
