"""What a page's markup states about itself, gathered in one pass over the tree."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.extract.tree import Element, Text, Tree

from .jsonld import LinkedData, read_linked_data
from .strings import clean, without_tags

__all__ = ["Facts", "gather", "host_names"]

MAX_METAS = 600
MAX_HEADINGS = 60
_META_KEYS = ("property", "name", "itemprop", "http-equiv")


@dataclass(slots=True)
class Facts:
    """A page's own statements, raw."""

    tree: Tree
    metas: dict[str, list[str]] = field(default_factory=dict)
    """Values by lower-case key, page order."""
    title: str = ""
    language: str | None = None
    canonical: str | None = None
    url: str | None = None
    h1s: list[Element] = field(default_factory=list)
    linked: LinkedData = field(default_factory=LinkedData)
    dated: list[Element] | None = None
    """Elements that state a date as microdata, once they were looked for."""

    def meta(self, *keys: str) -> str:
        """The first non-empty value under the first key that has one."""
        for key in keys:
            for value in self.metas.get(key, ()):
                if value:
                    return value
        return ""

    def addresses(self) -> list[str]:
        """The page's addresses, surest first."""
        found = (self.url, self.canonical, self.meta("og:url"))
        return [address for address in found if address]


def gather(tree: Tree, *, url: str | None = None) -> Facts:
    """Collect metas, title, canonical address, first-rank headings and JSON-LD."""
    facts = Facts(tree, url=url)
    _read_metas(facts)
    title = next((e for e in tree.find_all("title") if e.parent is None or e.parent.tag != "svg"), None)
    facts.title = clean(title.text()) if title else ""
    html = tree.find("html")
    facts.language = (html.get("lang") or html.get("xml:lang")) if html else None
    for link in tree.find_all("link")[:MAX_METAS]:
        if "canonical" in link.raw_attrs and link.get("rel") == "canonical":
            facts.canonical = link.get("href") or None
            break
    facts.h1s = tree.find_all("h1")[:MAX_HEADINGS]
    scripts = [_script_text(e) for e in tree.scripts if "ld+json" in e.raw_attrs]
    titles = (facts.meta("og:title", "twitter:title"), facts.title)
    address = facts.canonical or facts.meta("og:url") or url
    facts.linked = read_linked_data(scripts, url=address, titles=titles)
    return facts


def _read_metas(facts: Facts) -> None:
    for element in facts.tree.metas[:MAX_METAS]:
        attrs = element.attrs
        content = attrs.get("content")
        if not content:
            continue
        if "itemprop" in attrs and _inside_other(element):
            continue
        for name in _META_KEYS:
            key = attrs.get(name)
            if key:
                facts.metas.setdefault(key.strip().lower(), []).append(without_tags(content))


def _inside_other(element: Element) -> bool:
    """Whether a microdata meta belongs to a nested item that isn't the article: a comment, an image, a card."""
    scopes = 0
    for parent in element.ancestors():
        if parent.has("itemscope"):
            scopes += 1
            kind = (parent.get("itemtype") or "").lower()
            if not any(name in kind for name in ("article", "posting", "webpage", "report", "review")):
                return True
    return scopes > 2


def _script_text(element: Element) -> str:
    return "".join(child.value for child in element.children if isinstance(child, Text))


def host_names(facts: Facts) -> list[str]:
    """The site's names as its address gives them."""
    out = []
    for address in facts.addresses()[:1]:
        host = address.split("://", 1)[-1].split("/", 1)[0].lower().removeprefix("www.")
        out += [host, host.rsplit(".", 1)[0], host.split(".")[-2] if host.count(".") else host]
    return [name for name in out if len(name) > 2]
