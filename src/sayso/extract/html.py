"""Blocks of an HTML page with their kinds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.model import Block, Page, Run, Span
from sayso.model.article import BlockKind

from .phrases import phrases
from .runs import join_runs
from .segment import PageBlock, segment
from .tree import Element, Tree, parse_html

__all__ = ["HtmlBlocks", "html_blocks"]


@dataclass(frozen=True, slots=True)
class HtmlBlocks:
    """What an HTML page holds: its text, blocks over it, runs back to the page."""

    tree: Tree
    text: str
    blocks: list[Block]
    runs: tuple[Run, ...]


def html_blocks(page: Page) -> HtmlBlocks:
    """Cut an HTML page into blocks and say what each is."""
    tree = parse_html(page.text)
    found = segment(tree)
    text, starts, runs = join_runs([block.pieces for block in found])
    spans = [Span(start, start + len(block.text)) for start, block in zip(starts, found, strict=True)]
    kinds = _kinds(tree, found)
    blocks = [Block(span, kind, reason=reason) for span, (kind, reason) in zip(spans, kinds, strict=True)]
    return HtmlBlocks(tree, text, blocks, runs)


_ASIDE = re.compile(
    r"comment|related|recirc|sidebar|widget|newsletter|promo|footer|nav|menu|share|social", re.IGNORECASE
)


def _in_aside(element: Element) -> bool:
    while element.parent is not None:
        if element.tag in ("nav", "footer", "aside", "header", "form"):
            return True
        if element.tag not in ("body", "html", "article", "main") and _ASIDE.search(element.raw_attrs):
            return True
        element = element.parent
    return False


def _kinds(tree: Tree, found: list[PageBlock]) -> list[tuple[BlockKind, str | None]]:
    title = tree.find("title")
    words = set(re.findall(r"\w+", title.text().lower())) if title else set()
    out: list[tuple[BlockKind, str | None]] = []
    headline = False
    for block in found:
        tag = block.element.tag
        said = phrases().kind_of(block.text)
        if not headline and tag == "h1" and (not words or words & set(re.findall(r"\w+", block.text.lower()))):
            headline = True
            out.append(("headline", "h1 that agrees with the title"))
        elif said is not None:
            out.append(said)
        elif _in_aside(block.element):
            out.append(("furniture", "outside the story's column"))
        elif tag == "figcaption":
            out.append(("caption", "caption of a figure"))
        elif block.link_chars > 0.6 * len(block.text):
            out.append(("teaser" if len(block.text) > 30 else "furniture", "all link"))
        elif tag in ("h2", "h3", "h4", "h5", "h6"):
            out.append(("heading", None))
        elif tag == "li":
            out.append(("list", None))
        elif tag == "p" or len(block.text) > 150:
            out.append(("paragraph", None))
        else:
            out.append(("furniture", "short line outside a paragraph"))
    return out
