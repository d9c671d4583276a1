"""The outlet that publishes the page, and the section it puts it in."""

from __future__ import annotations

from typing import Any

from sayso.lang import load

from .facts import Facts
from .headlines import BAR
from .strings import clean, fold, without_tags

__all__ = ["find_publisher", "find_section", "site_names"]

MAX_NAME = 80
MAX_TAIL_WORDS = 5
_NAMELESS = frozenset(
    ["wordpress", "ghost", "blogger", "default", "website", "home", "undefined", "null", "blog", "news", "medium com"]
)


def find_publisher(facts: Facts, headline: str | None = None) -> str | None:
    """The outlet's name as the page states it, else the part of its title after the headline; None without either."""
    named = next(iter(_named(facts)), None)
    if named is None and headline:
        rest = _after(facts.title, headline)
        return rest if rest and _is_name(rest) and 1 <= len(rest.split()) <= MAX_TAIL_WORDS else None
    return named


def _after(title: str, headline: str) -> str | None:
    """What follows the headline and one bar in the page's title."""
    bars = list(BAR.finditer(title))
    if len(bars) != 1 or fold(title[: bars[0].start()]) != fold(headline):
        return None
    return title[bars[0].end() :].strip()


def site_names(facts: Facts, given: str | None = None) -> list[str]:
    """All names the outlet goes by on the page, for telling it from headline and author."""
    names = [given] if given else []
    return [*names, *_named(facts)]


def _named(facts: Facts) -> list[str]:
    out: dict[str, str] = {}
    found: list[str] = []
    for node in facts.linked.articles[:3]:
        found += [name for name, _ in facts.linked.names(node, "publisher", "sourceOrganization")]
    for key in load("page_words")["publisher_keys"]:
        found += facts.metas.get(key, [])[:2]
    for node in facts.linked.nodes[:40]:
        kinds = node.get("@type")
        if (
            isinstance(kinds, str)
            and kinds in ("WebSite", "NewsMediaOrganization", "Organization")
            and isinstance(node.get("name"), str)
        ):
            found.append(without_tags(node["name"]))
    for name in found:
        name = clean(name)
        if _is_name(name):
            out.setdefault(fold(name), name)
    return list(out.values())


def _is_name(name: str) -> bool:
    return (
        1 < len(name) <= MAX_NAME
        and not name.startswith(("http", "@", "www."))
        and fold(name) not in _NAMELESS
        and bool(fold(name))
    )


def find_section(facts: Facts) -> str | None:
    """The section that the page states, the first of several."""
    for node in facts.linked.articles[:2]:
        value: Any = node.get("articleSection")
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, str) and 1 < len(without_tags(first)) <= MAX_NAME:
            return without_tags(first)
    section = facts.meta(*load("page_words")["section_keys"])
    return section if 1 < len(section) <= MAX_NAME and not section.startswith("http") else None
