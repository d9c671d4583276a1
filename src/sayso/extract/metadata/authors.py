"""Who wrote the page: printed bylines near the headline weighed against what the markup states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.extract.segment import PageBlock
from sayso.extract.tree import Element
from sayso.lang import load

from .bylines import Byline, join_bylines, opens_byline, parse_byline
from .facts import Facts
from .strings import clean, fold
from .window import inline_elements, matches

__all__ = ["Authors", "find_authors"]

MAX_LINE = 240
MAX_LINKED = 8


@dataclass(frozen=True, slots=True)
class Authors:
    """The byline taken apart, and the block it was printed in."""

    byline: Byline
    block: int | None = None


def find_authors(
    facts: Facts, blocks: Sequence[PageBlock], window: Sequence[int], *, sites: Sequence[str] = ()
) -> Authors:
    """Read the byline.

    Args:
        facts: what the markup states.
        blocks, window: visible blocks and the indexes of those at the top of the story.
        sites: names of the outlet.
    """
    stated = _stated(facts)
    shown, block = _shown(blocks, window)
    return Authors(_chosen(stated, shown, sites), block)


def _chosen(stated: Byline, shown: Byline, sites: Sequence[str]) -> Byline:
    keys = {fold(site).removeprefix("the ") for site in sites if site}
    stated, shown = _without_sites(stated, keys), _without_sites(shown, keys)
    if stated.people:
        names = {fold(name) for name in stated.people}
        if names < {fold(name) for name in shown.people}:
            return shown
        return stated
    for byline in (shown, stated):
        if byline.people:
            return byline
    for byline in (stated, shown):
        if byline.lone:
            return byline
    if shown.outlets:
        return shown
    return stated if stated.outlets else shown


def _without_sites(byline: Byline, keys: set[str]) -> Byline:
    """The outlet's own name is no person."""
    people = tuple(name for name in byline.people if fold(name).removeprefix("the ") not in keys)
    own = tuple(name for name in byline.people if name not in people)
    lone = tuple(name for name in byline.lone if fold(name) not in keys)
    return Byline(people, byline.outlets + own, byline.roles, byline.helpers, lone)


def _stated(facts: Facts) -> Byline:
    """Authors from JSON-LD, else from meta elements."""
    for node in facts.linked.articles[:3]:
        named = facts.linked.names(node, "author", "creator")
        bylines = [parse_byline(name, person=kind == "person") for name, kind in named]
        joined = join_bylines(bylines)
        if joined.names:
            return joined
    for key in load("page_words")["author_keys"][:14]:
        values = [value for value in facts.metas.get(key, ()) if not value.startswith(("http", "www.", "/", "@"))]
        joined = join_bylines([parse_byline(value) for value in values[:20]])
        if joined.names:
            return joined
    return Byline()


def _shown(blocks: Sequence[PageBlock], window: Sequence[int]) -> tuple[Byline, int | None]:
    """The printed byline nearest to the headline."""
    fallback: tuple[Byline, int | None] = (Byline(), None)
    for index in window:
        line = clean(blocks[index].text)
        if not line or len(line) > MAX_LINE:
            continue
        byline = _printed(line, blocks, index)
        if byline.people:
            return byline, index
        if byline.names and not fallback[0].names:
            fallback = byline, index
    return fallback


def _printed(line: str, blocks: Sequence[PageBlock], index: int) -> Byline:
    """What one line says, if anything, as a byline."""
    rest = opens_byline(line)
    if rest is not None:
        if rest.strip():
            return parse_byline(line)
        if index + 1 < len(blocks) and len(blocks[index + 1].text) < 80:
            return parse_byline(clean(blocks[index + 1].text))
        return Byline()
    marked = _marked(blocks[index])
    return parse_byline(marked or line) if marked is not None else Byline()


def _marked(block: PageBlock) -> str | None:
    """Text of the element that the page itself marks as the author; None where it marks none."""
    for element in inline_elements(block, MAX_LINKED):
        if _is_author_mark(element):
            return clean(element.text())
    node: Element | None = block.element
    for _ in range(3):
        if node is None or node.tag in ("body", "article", "main"):
            return None
        if _is_author_mark(node):
            return clean(block.text)
        node = node.parent
    return None


def _is_author_mark(element: Element) -> bool:
    raw = element.raw_attrs
    if not raw or matches(element, "not_author_parts"):
        return False
    if "author" in raw and ("rel=" in raw or "itemprop=" in raw or "/author" in raw):
        return True
    return matches(element, "byline_parts")

