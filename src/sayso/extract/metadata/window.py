"""The blocks around the headline, where byline and date stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from sayso.extract.segment import INLINE, PageBlock
from sayso.extract.tree import Element
from sayso.lang import load

__all__ = ["inline_elements", "is_apart", "marks", "matches", "near_headline"]

BEFORE, AFTER = 10, 30
LONG = 220
"""A block of more characters is prose; a few of them end the top of a story."""
MAX_LONG = 3
MAX_LOOKED = 60
MAX_FOOT_DEPTH = 4
MAX_RAW = 1_000
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ELEMENT_PART = re.compile(r"__\S+")


def near_headline(blocks: Sequence[PageBlock], headline: int | None) -> list[int]:
    """Indexes of the blocks at the top of the story, the nearest to the headline first.

    What follows the headline comes before what precedes it; blocks of other stories are left out.
    """
    at = headline if headline is not None else -1
    around = blocks[at].element if 0 <= at < len(blocks) else None
    out: list[int] = []
    prose = 0
    for index in range(at + 1, min(len(blocks), at + 1 + AFTER + (20 if at < 0 else 0))):
        if len(blocks[index].text) > LONG:
            prose += 1
            if prose >= MAX_LONG:
                break
        elif not is_apart(blocks[index].element, around):
            out.append(index)
    return out + [i for i in range(at - 1, max(-1, at - 1 - BEFORE), -1) if not is_apart(blocks[i].element, around)]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The words of a list where a part of a class name begins; `x__y`, part y of x, is no part of its own."""
    parts = "|".join(re.escape(part) for part in load("page_words")[name])
    return re.compile(f"(?<![a-z])(?:{parts})" + ("s?(?![a-z])" if name == "other_parts" else ""))


def matches(element: Element, name: str) -> bool:
    """Whether the element's class, id or data attributes hold a word of the list `name`."""
    raw = element.raw_attrs
    return bool(raw) and _matches(raw[:MAX_RAW], name)


@lru_cache(maxsize=4_096)
def _matches(raw: str, name: str) -> bool:
    named = marks(raw)
    if name == "other_parts":
        named = _ELEMENT_PART.sub("", named)
    return _pattern(name).search(named) is not None


@cache
def _class_value() -> re.Pattern[str]:
    return re.compile(
        r"""(?:class|id|itemprop|rel|role|data-(?:testid|test-id|qa|component|module|type|name|element|test|key|track-label)|aria-label)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
    )


def marks(raw: str) -> str:
    """The values of the attributes by which a page names its parts, lower case."""
    if "=" not in raw:
        return ""
    named = " ".join(a or b or c for a, b, c in _class_value().findall(raw))
    return _CAMEL.sub("-", named).lower()


def is_apart(element: Element, around: Element | None = None, depth: int = 10) -> bool:
    """Whether an element stands in a part of the page that belongs to other stories or to nobody.

    A part that holds `around`, the headline, too is none of these whatever its name; nor is the foot of the article
    that holds it, where blogs print date and author.
    """
    node: Element | None = element
    for _ in range(depth):
        if node is None or node.tag in ("body", "article", "main"):
            return False
        if around is not None and node.start <= around.start and around.end <= node.end:
            return False
        if node.tag == "footer" and _is_foot_of_article(node, around):
            return False
        if node.tag in ("nav", "footer", "figcaption") or (node.raw_attrs and matches(node, "other_parts")):
            return True
        node = node.parent
    return False


def _is_foot_of_article(foot: Element, around: Element | None) -> bool:
    """Whether the innermost article around a foot holds the headline too."""
    if around is None:
        return False
    node = foot.parent
    for _ in range(MAX_FOOT_DEPTH):
        if node is None or node.tag == "article":
            break
        node = node.parent
    return node is not None and node.tag == "article" and node.start <= around.start and around.end <= node.end


def inline_elements(block: PageBlock, limit: int = 12) -> list[Element]:
    """Elements inside the block's line, in page order, at most `limit`."""
    origins = [origin for origin in block.pieces.origins if origin >= 0]
    if not origins:
        return []
    first, last = origins[0], origins[-1]
    out: list[Element] = []
    stack = [block.element]
    for _ in range(MAX_LOOKED):
        if not stack or len(out) >= limit:
            break
        node = stack.pop()
        inside = [c for c in node.children if isinstance(c, Element) and c.start <= last and c.end > first]
        stack += reversed(inside[:MAX_LOOKED])
        if node is not block.element:
            if node.tag not in INLINE:
                continue
            out.append(node)
    return out
