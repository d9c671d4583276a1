"""What kind of page it is: a story, or a stub, live blog, gallery, index, video, error or consent page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sayso.extract.segment import PageBlock
from sayso.lang import load

if TYPE_CHECKING:
    from sayso.extract.metadata.facts import Facts

__all__ = ["PageKind", "find_page_kind"]


@dataclass(frozen=True, slots=True)
class PageKind:
    """A page's kind and why."""

    kind: str = "article"
    reason: str | None = None
    partial: bool = False
    wall: int | None = None
    """Index of the block that says the rest is for subscribers."""


MAX_WALL = 400
"""A block that says the rest is for subscribers is no longer."""
LONG = 200
"""A block of prose after such a line is of the story, which goes on: the line was a mere advertisement."""
PROSE = 80
"""A block of so many characters and few links is prose."""


def find_page_kind(facts: Facts, blocks: Sequence[PageBlock]) -> PageKind:
    """Tell what kind of page it is; `article` where nothing says otherwise."""
    prose = sum(len(b.text) for b in blocks if len(b.text) >= PROSE and b.link_chars * 2 < len(b.text))
    types = facts.linked.types()
    own = {kind for node in facts.linked.articles[:1] for kind in _kinds(node)}
    title = facts.title.lower()
    for kind, limit in (("error", 1_500), ("consent", 2_500)):
        if prose < limit and _pattern(f"{kind}_titles").search(title):
            return PageKind(kind, f"the page's title says so: {facts.title[:80]!r}")
    wall = _wall(blocks)
    walled = _walled(facts, blocks, wall)
    if walled:
        at = next((i for i, block in enumerate(blocks) if block is wall), None)
        return PageKind("paywall", walled, partial=True, wall=at)
    if "liveblogposting" in own or (not own and "liveblogposting" in types):
        return PageKind("live", "JSON-LD says LiveBlogPosting")
    if facts.meta("og:type").lower().startswith("video") or ("videoobject" in types and not own and prose < 1_500):
        return PageKind("video", "the page says it is a video")
    if own & {"imagegallery", "mediagallery"} or ({"imagegallery", "mediagallery"} & types and prose < 1_500):
        return PageKind("gallery", "JSON-LD says it is a gallery")
    if not own and prose < 800 and {"collectionpage", "searchresultspage"} & types:
        return PageKind("index", "the page says it is a collection")
    if not own and _mostly_links(blocks, prose):
        return PageKind("index", "links to other pages outweigh prose")
    return PageKind()


def _kinds(node: dict[str, object]) -> list[str]:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rsplit("/", 1)[-1].lower() for kind in listed if isinstance(kind, str)]


def _mostly_links(blocks: Sequence[PageBlock], prose: int) -> bool:
    linked = sum(b.link_chars for b in blocks if b.link_chars > 25)
    return prose < 600 and linked > 1_500


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = sorted(load("page_kinds")[name], key=lambda word: (-len(word), word))
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words), re.IGNORECASE)


def _wall(blocks: Sequence[PageBlock]) -> PageBlock | None:
    """The first short block that says the rest is for subscribers."""
    whole = "\n".join(b.text for b in blocks if len(b.text) < MAX_WALL).lower()
    phrases = [phrase for phrase in load("page_kinds")["walls"] if phrase in whole]
    if not phrases:
        return None
    return next((b for b in blocks if len(b.text) < MAX_WALL and any(p in b.text.lower() for p in phrases)), None)


def _walled(facts: Facts, blocks: Sequence[PageBlock], wall: PageBlock | None) -> str | None:
    """Why the page is taken for a stub: it says the text isn't free, and what is there is short or breaks off."""
    free = facts.linked.articles[0].get("isAccessibleForFree") if facts.linked.articles else None
    locked = str(free).lower() == "false" or facts.meta("article:content_tier").lower() in ("locked", "metered", "paid")
    if not locked and wall is None:
        return None
    body = [
        b for b in blocks if len(b.text) >= PROSE and b.link_chars * 2 < len(b.text) and (wall is None or b is not wall)
    ]
    before = body if wall is None else [b for b in body if b.pieces.origins[0] < wall.pieces.origins[0]]
    chars = sum(len(b.text) for b in (before or body))
    cut = bool(before) and before[-1].text.rstrip().endswith(("…", "..."))
    behind = [b for b in body[len(before) :] if len(b.text) >= LONG]
    follows = sum(len(b.text) for b in behind)
    if wall is not None and (chars < 1_500 or cut) and follows < 1_500:
        return f"a wall follows {chars} characters of text: {wall.text[:60]!r}"
    if locked and chars < 900:
        return f"the page says it isn't free and shows {chars} characters of text"
    return None
