"""From a page's tree to its visible blocks of text, in page order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .runs import Pieces
from .tree import Element, Text, Tree

__all__ = ["INLINE", "PageBlock", "is_hidden", "segment"]


def _words(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


INLINE = _words(
    "a abbr acronym amp-img b bdi bdo big cite code data del dfn em font g i img ins kbd mark nobr q rb rp rt rtc ruby "
    "s samp small source span strike strong sub sup time tt u var wbr meter output label picture"
)
"""Elements that don't part a line of text; any other one begins and ends a block."""
UNSEEN = _words(
    "script style noscript template svg iframe select option datalist textarea head title object video audio canvas "
    "input map area embed applet noframes noembed math xmp frameset param track dialog"
)
"""Elements whose content isn't shown as text of the page."""
SPACED = _words("a span time label cite")
"""Inline elements that pages lay out apart without white space between them."""

_MAYBE_HIDDEN = re.compile(r"hidden|display\s*:|visibility\s*:", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
SHOWN_BY_SCRIPT = 0.6
"""A hidden element that holds more than this share of the page's prose is shown by a script."""


@dataclass(slots=True)
class PageBlock:
    """One visible block of the page, before anything is known of what it is."""

    pieces: Pieces
    element: Element
    """The innermost element around the block that parts lines."""
    text: str
    link_chars: int = 0
    """Characters inside links."""
    bold_chars: int = 0
    """Characters inside b and strong."""
    links: int = 0
    images: int = 0
    """Images passed since the block before."""
    breaks: int = 0
    """Single line breaks inside."""
    inline: list[Element] = field(default_factory=list)
    """Inline elements open at, or opened in, the block."""
    link: Element | None = None
    """The first link that holds text of the block."""


def is_hidden(element: Element) -> bool:
    """Whether the page hides the element, as far as its own attributes say."""
    if not _MAYBE_HIDDEN.search(element.raw_attrs):
        return False
    attrs = element.attrs
    hidden = attrs.get("hidden")
    if hidden is not None and hidden != "until-found":
        return True
    style = attrs.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None


def segment(tree: Tree) -> list[PageBlock]:
    """Cut the page's visible text into blocks.

    Returns:
        Blocks in page order, each with at least one character other than white space.
    """
    shown = _shown_by_script(tree)
    walker = _Walker(shown)
    walker.walk(tree.root)
    return walker.blocks


def _shown_by_script(tree: Tree) -> frozenset[int]:
    """Ids of hidden elements that hold most of the page's prose: a script shows them once all is loaded."""
    hidden = [e for e in tree.elements if e.tag not in UNSEEN and is_hidden(e)]
    if not hidden:
        return frozenset()
    total = sum(_prose(p) for p in tree.find_all("p"))
    out = {
        id(e)
        for e in hidden
        if total and sum(_prose(p) for p in e.elements() if p.tag == "p") > SHOWN_BY_SCRIPT * total
    }
    return frozenset(out)


def _prose(element: Element) -> int:
    return sum(child.end - child.start for child in element.children if isinstance(child, Text))


class _Walker:
    """Walks the tree once and closes a block wherever a line of text must end."""

    def __init__(self, shown: frozenset[int]) -> None:
        self.blocks: list[PageBlock] = []
        self.shown = shown
        self.pieces = Pieces()
        self.owners: list[Element] = []
        self.links: list[Element] = []
        self.bold = 0
        self.pre = 0
        self.images = 0
        self.breaks = 0
        self.fresh_breaks = 0
        """Line breaks since the last character."""
        self.inline_open: list[Element] = []
        self.reset()

    def reset(self) -> None:
        self.link_chars = self.bold_chars = self.link_count = 0
        self.breaks = self.fresh_breaks = 0
        self.inline: list[Element] = list(self.inline_open)
        self.link: Element | None = None
        self.closed_tag = ""

    def flush(self) -> None:
        """Close the block under construction."""
        if self.pieces.chars:
            pieces = self.pieces.trimmed() if self.pre or not self.pieces.chars[0].strip() else self.pieces
            pieces.gap = ""
            text = pieces.text
            if text.strip():
                self.blocks.append(
                    PageBlock(
                        pieces,
                        self.owners[-1],
                        text,
                        self.link_chars,
                        self.bold_chars,
                        self.link_count,
                        self.images,
                        self.breaks,
                        self.inline,
                        self.link,
                    )
                )
                self.images = 0
        if self.pieces.chars or self.pieces.gap:
            self.pieces = Pieces()
        self.reset()

    def walk(self, root: Element) -> None:
        self.owners.append(root)
        stack: list[tuple[Element, Iterator[Element | Text]]] = [(root, iter(root.children))]
        while stack:
            element, children = stack[-1]
            for node in children:
                if type(node) is Text:
                    self.text(node)
                elif isinstance(node, Element) and self.enter(node):
                    stack.append((node, iter(node.children)))
                    break
            else:
                stack.pop()
                if stack:
                    self.leave(element)
        self.flush()

    def text(self, node: Text) -> None:
        pieces = self.pieces
        add = pieces.add_lines if self.pre else pieces.add
        added = add(node.source, node.start, node.end, raw=node.raw)
        if not added:
            return
        self.closed_tag = ""
        if self.fresh_breaks:
            self.breaks += 1
            self.fresh_breaks = 0
        if self.links:
            self.link_chars += added
            if self.link is None:
                self.link = self.links[-1]
        if self.bold:
            self.bold_chars += added

    def enter(self, element: Element) -> bool:
        """Open an element; False where nothing inside is shown."""
        tag = element.tag
        if tag == "br":
            self.line_break()
            return False
        if tag == "img" or tag == "amp-img":
            self.images += 1
            return False
        if tag in UNSEEN or (is_hidden(element) and id(element) not in self.shown):
            return False
        if tag not in INLINE:
            self.flush()
            self.owners.append(element)
            self.pre += tag == "pre"
            return True
        self.enter_inline(element)
        return bool(element.children)

    def enter_inline(self, element: Element) -> None:
        tag = element.tag
        if self.closed_tag and tag in SPACED:
            self.pieces.space()
        self.inline.append(element)
        if not element.children:
            return
        self.inline_open.append(element)
        if tag == "a":
            self.link_count += 1
            self.links.append(element)
        elif tag == "b" or tag == "strong":
            self.bold += 1
        elif tag == "rt" and not _has_rp(element):
            self.pieces.copy("(", -1)

    def leave(self, element: Element) -> None:
        tag = element.tag
        if tag not in INLINE:
            self.flush()
            self.owners.pop()
            self.pre -= tag == "pre"
            return
        self.inline_open.pop()
        if tag == "a":
            self.links.pop()
        elif tag == "b" or tag == "strong":
            self.bold -= 1
        elif tag == "rt" and not _has_rp(element):
            self.pieces.copy(")", -1)
        if tag in SPACED and not self.pieces.gap and self.pieces.chars and len(self.pieces.chars[-1]) > 2:
            self.closed_tag = tag

    def line_break(self) -> None:
        self.fresh_breaks += 1
        if self.fresh_breaks > 1 and self.pieces.chars:
            links, inline = self.links, self.inline_open
            self.flush()
            self.links, self.inline_open = links, inline
        elif self.pieces.chars:
            self.pieces.line()


def _has_rp(element: Element) -> bool:
    return element.parent is not None and any(isinstance(c, Element) and c.tag == "rp" for c in element.parent.children)
