"""JSON-LD on news pages, read leniently: which node is the article, and what it says of itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from .strings import fold, starts_alike, without_tags

__all__ = ["LinkedData", "read_linked_data"]

Node = dict[str, Any]

MAX_SCRIPTS = 40
MAX_CHARS = 1_000_000
MAX_NODES = 4_000
MAX_NAMES = 40

ARTICLE_TYPES = frozenset(
    [
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "backgroundnewsarticle",
        "asknewsarticle",
        "reviewnewsarticle",
        "satiricalarticle",
        "advertisercontentarticle",
        "blogposting",
        "liveblogposting",
        "socialmediaposting",
        "report",
        "scholarlyarticle",
        "medicalscholarlyarticle",
        "techarticle",
        "review",
        "criticreview",
        "discussionforumposting",
        "howto",
        "recipe",
        "newsarticle,article",
    ]
)
PAGE_TYPES = frozenset(
    [
        "webpage",
        "itempage",
        "medicalwebpage",
        "aboutpage",
        "faqpage",
        "collectionpage",
        "profilepage",
        "searchresultspage",
        "videogallery",
        "imagegallery",
        "mediagallery",
    ]
)
_OTHERS = frozenset(
    [
        "comment",
        "review",
        "reviews",
        "itemlistelement",
        "haspart",
        "liveblogupdate",
        "isrelatedto",
        "citation",
        "mentions",
        "relatedlink",
        "significantlink",
        "isbasedon",
        "workexample",
        "subjectof",
        "recommendedarticles",
        "blogpost",
        "about",
    ]
)
"""Properties whose nodes are no part of this article, in lower case."""
_CONTROL = re.compile(r"[\x00-\x1f]")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_WRAPPING = " \t\r\n;"


@dataclass(slots=True)
class LinkedData:
    """All nodes of a page's JSON-LD, and its article nodes, the page's own first."""

    nodes: list[Node] = field(default_factory=list)
    articles: list[Node] = field(default_factory=list)
    by_id: dict[str, Node] = field(default_factory=dict)

    def types(self) -> set[str]:
        """Folded types of all top nodes."""
        return {kind for node in self.nodes for kind in node_types(node)}

    def first_text(self, *names: str) -> str:
        """First non-empty text property among the article nodes."""
        for node in self.articles:
            for name in names:
                value = without_tags(_text(node.get(name)))
                if value:
                    return value
        return ""

    def names(self, node: Node, *properties: str) -> list[tuple[str, str]]:
        """(name, folded type) of the people and organizations that a property of a node gives."""
        for name in properties:
            found = list(self._named(node.get(name)))
            if found:
                return found[:MAX_NAMES]
        return []

    def _named(self, value: Any) -> Iterator[tuple[str, str]]:
        stack, budget = [value], 200
        while stack and budget:
            budget -= 1
            item = stack.pop(0)
            if isinstance(item, list):
                stack = item[:MAX_NAMES] + stack
            elif isinstance(item, dict):
                if "name" not in item and isinstance(item.get("@id"), str):
                    item = self.by_id.get(item["@id"], item)
                kind = next(iter(node_types(item)), "")
                names = item.get("name")
                for name in names if isinstance(names, list) else [names]:
                    text = without_tags(_text(name))
                    if text:
                        yield text, kind
            elif isinstance(item, str) and without_tags(item):
                yield without_tags(item), ""


def read_linked_data(scripts: Sequence[str], *, url: str | None = None, titles: Iterable[str] = ()) -> LinkedData:
    """Read a page's JSON-LD scripts; broken ones are mended where that is plain, else skipped.

    Args:
        scripts: contents of the scripts, page order.
        url: the page's address, to tell its own article node from those of other stories.
        titles: what the page calls itself elsewhere, for the same purpose.
    """
    data = LinkedData()
    for script in scripts[:MAX_SCRIPTS]:
        for root in _parsed(script):
            _collect(root, data)
    folded = [fold(title) for title in titles if title]
    ranked = sorted(enumerate(data.articles), key=lambda pair: (-_own(pair[1], url, folded), pair[0]))
    data.articles = [node for _, node in ranked]
    return data


def node_types(node: Node) -> list[str]:
    """A node's types, folded to the bare lower-case name."""
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rsplit("/", 1)[-1].lower() for kind in listed if isinstance(kind, str)]


def is_article(node: Node) -> bool:
    """Whether a node is of an article type and says anything of an article."""
    return any(kind in ARTICLE_TYPES for kind in node_types(node)) and any(
        node.get(name) for name in ("headline", "datePublished", "author", "name", "articleBody")
    )


def _parsed(script: str) -> list[Any]:
    text = script[:MAX_CHARS].strip(_WRAPPING)
    for opening, closing in (
        ("<!--", "-->"),
        ("//<![CDATA[", "//]]>"),
        ("<![CDATA[", "]]>"),
        ("/*<![CDATA[*/", "/*]]>*/"),
    ):
        text = text.removeprefix(opening).removesuffix(closing).strip(_WRAPPING)
    if not text:
        return []
    for candidate in (text, _TRAILING_COMMA.sub(r"\1", _CONTROL.sub(" ", text))):
        try:
            return [json.loads(candidate, strict=False)]
        except (ValueError, RecursionError):
            continue
    return _leading_values(text)


def _leading_values(text: str) -> list[Any]:
    """Whole values at the start of a script whose end is damaged or that holds several."""
    out: list[Any] = []
    decoder, at = json.JSONDecoder(strict=False), 0
    while at < len(text) and len(out) < MAX_SCRIPTS:
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        out.append(value)
        while at < len(text) and text[at] in " \t\r\n;,":
            at += 1
    return out


def _collect(root: Any, data: LinkedData) -> None:
    """Add the nodes under `root`; article nodes inside lists of other stories are left aside."""
    stack: list[tuple[Any, bool]] = [(root, True)]
    while stack and len(data.nodes) < MAX_NODES:
        item, own = stack.pop()
        if isinstance(item, list):
            stack.extend((child, own) for child in reversed(item[:MAX_NODES]))
        elif isinstance(item, dict):
            identity = item.get("@id")
            if isinstance(identity, str) and ("name" in item or identity not in data.by_id):
                data.by_id.setdefault(identity, item)
                if "name" in item and "name" not in data.by_id[identity]:
                    data.by_id[identity] = item
            if own:
                data.nodes.append(item)
                if is_article(item):
                    data.articles.append(item)
            for name, value in reversed(item.items()):
                if isinstance(value, dict | list):
                    stack.append((value, own and name.lower() not in _OTHERS and not _lists_others(item, name)))


def _lists_others(node: Node, name: str) -> bool:
    """Whether the property of a list or collection page holds other stories."""
    return name == "mainEntity" and "itemlist" in node_types(node)


def _own(node: Node, url: str | None, titles: Sequence[str]) -> float:
    """How surely an article node is the page's own."""
    score = 0.0
    here = _address(url)
    there = {_address(_text(node.get(name))) for name in ("url", "mainEntityOfPage", "@id")} - {""}
    if here and here in there:
        score += 2
    headline = fold(without_tags(_text(node.get("headline")) or _text(node.get("name"))))
    if headline and any(starts_alike(headline, title) for title in titles):
        score += 2
    if "review" in node_types(node):
        score -= 1
    return score + 0.5 * bool(node.get("headline")) + 0.25 * bool(node.get("datePublished"))


def _address(url: str | None) -> str:
    """An address less scheme, query, fragment and closing slash."""
    if not url:
        return ""
    bare = url.split("#", 1)[0].split("?", 1)[0].rstrip("/").lower()
    return bare.split("://", 1)[-1].removeprefix("www.")


def _text(value: Any) -> str:
    """A property as text: the first of a list, the `@value` or `@id` of a node."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("@id") or value.get("url") or value.get("name")
    if isinstance(value, bool) or value is None:
        return ""
    return str(value) if isinstance(value, str | int | float) else ""
