"""From a page's tree to its visible blocks of text, in page order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from .runs import Pieces
from .tree import SHORTEST_ATTRIBUTE, Element, Text, Tree

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
_AMPERSAND = re.compile("&")
SPACED = _words("a span time label cite")
"""Inline elements that pages lay out apart without white space between them."""

_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_MAY_HIDE = re.compile(r"(?:\A|[\s\"'/])hidden(?:[\s=/]|\Z)|none|visibility", re.IGNORECASE)
_FOLDED = re.compile(
    r"accordion|collaps|aria-labelledby|tabpanel|subscriber|read-?more|\\bid=[\"']?S:\\d", re.IGNORECASE
)
"""Parts that a reader unfolds or a script puts in place; `S:0` is how React streams a page."""
SHOWN_BY_SCRIPT = 0.4
"""A hidden element that holds more than this share of the page's prose is shown by a script."""
MAX_REFERENCES = 120_000
"""Ampersands read on a page, each of which may be a piece of its own; text after them is left unread."""
MIN_PROSE = 400
MAX_HIDDEN = 24
"""Hidden elements looked into."""


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
    inline: Element | None = None
    """The first inline element opened in the block."""
    link: Element | None = None
    """The first link that holds text of the block."""
    tokens: list[str] | None = None
    """Words of the block, once somebody asked for them."""


def is_hidden(element: Element) -> bool:
    """Whether the page hides the element, as far as its own attributes say."""
    if element.stop - element.named < SHORTEST_ATTRIBUTE:
        return False
    raw = element.source[element.named : element.stop]
    if "hidden" not in raw and "display" not in raw and "DISPLAY" not in raw and "HIDDEN" not in raw:
        return False
    if _MAY_HIDE.search(raw) is None:
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
    walker = _Walker(tree)
    walker.walk(tree.root)
    return walker.blocks


def _prose(element: Element) -> int:
    return sum(text.end - text.start for text in islice(element.texts(), 64))


class _Walker:
    """Walks the tree once and closes a block wherever a line of text must end."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.blocks: list[PageBlock] = []
        self.pieces = Pieces()
        self.owners: list[Element] = []
        self.links: list[Element] = []
        self.bold = 0
        self.pre = 0
        self.images = 0
        self.references_left = MAX_REFERENCES
        self.total_prose = -1
        self.hidden_left = MAX_HIDDEN
        self.closed_tag = ""
        """The spaced inline element just left, where nothing stands since."""
        self.reset()

    def reset(self) -> None:
        self.pieces = Pieces()
        self.link_chars = self.bold_chars = self.link_count = 0
        self.breaks = self.fresh_breaks = 0
        self.inline: Element | None = None
        self.link: Element | None = None
        self.closed_tag = ""

    def flush(self) -> None:
        """Close the block under construction."""
        pieces = self.pieces
        if not pieces.chars:
            pieces.gap = ""
            self.inline = None
            self.fresh_breaks = self.link_count = 0
            return
        if self.pre or pieces.chars[0][0].isspace() or pieces.chars[-1][-1].isspace():
            pieces = pieces.trimmed()
        pieces.gap = ""
        text = pieces.text
        if text:
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
        self.reset()

    def walk(self, root: Element) -> None:
        self.owners.append(root)
        stack: list[tuple[Element, Iterator[Element | Text]]] = [(root, iter(root.children))]
        read, enter, source = self.text, self.enter, self.tree.source
        while stack:
            element, children = stack[-1]
            for node in children:
                if isinstance(node, Text):
                    if not source[node.start : node.end].isspace() or self.pre:
                        read(node)
                    elif not self.pieces.gap:
                        self.pieces.gap = " "
                elif enter(node):
                    stack.append((node, iter(node.children)))
                    break
            else:
                stack.pop()
                if stack:
                    self.leave(element)
        self.flush()

    def text(self, node: Text) -> None:
        """Add a text that is more than white space, or stands in preformatted text."""
        pieces, source, start, end = self.pieces, self.tree.source, node.start, node.end
        references = source.count("&", start, end)
        if references:
            end = self.within_bounds(node, references)
        if self.pre:
            added = pieces.add_lines(source, start, end, raw=node.raw)
        else:
            added = pieces.add(source, start, end, raw=node.raw)
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

    def within_bounds(self, node: Text, references: int) -> int:
        """Where to stop reading a text with so many references."""
        end = node.end
        if references > self.references_left:
            marks = islice(_AMPERSAND.finditer(node.source, node.start, end), max(0, self.references_left), None)
            end = next(marks).start()
            if self.tree.cut_at is None or end < self.tree.cut_at:
                self.tree.cut_at = end
        self.references_left -= references
        return end

    def enter(self, element: Element) -> bool:
        """Open an element; False where nothing inside is shown."""
        tag = element.tag
        if tag in INLINE:
            return self.enter_inline(element)
        if tag == "br":
            self.line_break()
            return False
        if tag in UNSEEN or (is_hidden(element) and not self.shown_by_script(element)):
            return False
        self.flush()
        if not element.children:
            return False
        self.owners.append(element)
        self.pre += tag == "pre"
        return True

    def enter_inline(self, element: Element) -> bool:
        tag = element.tag
        if tag == "img" or tag == "amp-img":
            self.images += 1
        if not element.children or (is_hidden(element) and not self.shown_by_script(element)):
            return False
        if self.closed_tag and tag in SPACED:
            self.pieces.space()
        if self.inline is None:
            self.inline = element
        if tag == "a":
            self.link_count += 1
            self.links.append(element)
        elif tag == "b" or tag == "strong":
            self.bold += 1
        elif tag == "rt" and not _has_rp(element):
            self.pieces.insert("(")
        return True

    def leave(self, element: Element) -> None:
        tag = element.tag
        if tag not in INLINE:
            self.flush()
            self.owners.pop()
            self.pre -= tag == "pre"
            return
        if tag == "a":
            self.links.pop()
        elif tag == "b" or tag == "strong":
            self.bold -= 1
        elif tag == "rt" and not _has_rp(element):
            self.pieces.insert(")")
        if tag in SPACED:
            pieces = self.pieces
            if not pieces.gap and pieces.chars and len(pieces.chars[-1]) > 2:
                self.closed_tag = tag

    def line_break(self) -> None:
        self.fresh_breaks += 1
        if self.pieces.chars:
            if self.fresh_breaks > 1:
                self.flush()
            else:
                self.pieces.line()

    def shown_by_script(self, element: Element) -> bool:
        """Whether a hidden element holds most of the page's prose: a script shows it once all is loaded."""
        if self.hidden_left <= 0:
            return False
        if _FOLDED.search(element.raw_attrs):
            return True
        if self.total_prose < 0:
            self.total_prose = sum(map(_prose, self.tree.find_all("p")))
        if self.total_prose < MIN_PROSE or element.end - element.start < SHOWN_BY_SCRIPT * self.total_prose:
            return False
        self.hidden_left -= 1
        inside = sum(_prose(p) for p in element.elements() if p.tag == "p")
        return inside > SHOWN_BY_SCRIPT * self.total_prose


def _has_rp(element: Element) -> bool:
    siblings = element.parent.children if element.parent is not None else []
    return any(isinstance(node, Element) and node.tag == "rp" for node in siblings[:64])
