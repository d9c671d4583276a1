"""What a page's head says of its story, as far as blocks are held against it."""

from __future__ import annotations

import re

from .text import PageFacts
from .tree import Tree

__all__ = ["page_facts"]

_TITLE_KEYS = frozenset({"og:title", "twitter:title", "title"})
_DESCRIPTION_KEYS = frozenset({"og:description", "description", "twitter:description"})
_BODY = re.compile(r'"articleBody"\s*:\s*"((?:[^"\\]|\\.){200,400000}+)"')
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,2000}>")


def page_facts(tree: Tree) -> PageFacts:
    """Titles, description and body that the head states; empty where it doesn't."""
    titles: list[str] = []
    description = ""
    element = tree.find("title")
    if element is not None:
        titles.append(element.text())
    for meta in tree.metas[:400]:
        key = (meta.get("property") or meta.get("name") or "").lower()
        if key in _TITLE_KEYS:
            titles.append(meta.get("content") or "")
        elif key in _DESCRIPTION_KEYS and not description:
            description = meta.get("content") or ""
    return PageFacts(tuple(titles), description, _linked_body(tree))


def _linked_body(tree: Tree) -> str:
    for script in tree.scripts:
        if "ld+json" not in script.raw_attrs.lower():
            continue
        for text in script.texts():
            found = _BODY.search(text.source, text.start, text.end)
            if found:
                return _TAG.sub(" ", _ESCAPE.sub(_unescaped, found[1]))
    return ""


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    return {"n": "\n", "t": "\t", "r": "\r"}.get(match[2], match[2])
