"""What class names, ids and roles of elements tell: the web's habits of naming, as bits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .references import decode_attribute
from .tree import ATTRIBUTE, Element, read_attributes

__all__ = ["FLAGS", "Names", "flags_of", "names_of"]

_GROUPS: dict[str, str] = {
    "article": r"article|story|entry|post(?!er)|single",
    "body": r"body|content|text|prose|copy|richtext|paragraph|rte|wysiwyg",
    "comment": r"comment|disqus|respon|discuss|reply|coral",
    "related": r"related|recirc|^more$|readmore|recommend|^recs?$|trending|popular|^also$|^most$|outbrain|taboola|"
    r"upnext|further|zergnet|revcontent|mgid|linked",
    "card": r"teaser|promo|card|carousel|slider|swiper|listing|^grid$|feed|river|stream|tile|tease|thumb|loop|archive",
    "share": r"share|sharing|social|follow|facebook|twitter|^tool$|^tools$|addthis|addtoany|sharedaddy",
    "side": r"sidebar|widget|^rail|^rightrail|aside|complement|secondary",
    "subscribe": r"newsletter|subscri|signup|paywall|regist|donat|membership|piano|login|^cta$|^offer",
    "foot": r"foot|copyright|legal|disclaim|terms|colophon|bottom",
    "nav": r"nav|menu|breadcrumb|header|masthead|topbar|pagination|pager|^toc$|skip|^tabs?$|search",
    "ad": r"^ad$|^ads$|advert|sponsor|banner|commerc|affiliate|dfp|^gpt|adslot|promoted|partner",
    "media": r"caption|credit|photo|image|img|gallery|media|figure|video|player|slide|audio|podcast|embed",
    "byline": r"byline|author|contributor|writer|^bio$|avatar",
    "meta": r"meta|date|time|publish|info|kicker|^tags?$|categor|label|topic|eyebrow|stamp",
    "consent": r"cookie|consent|gdpr|modal|popup|overlay|notice|alert|dialog|toast",
    "hidden": r"hidden|hide|screenreader|visually|collapse|tooltip|offscreen|assistive",
    "summary": r"summary|dek|subtitle|standfirst|lead|lede|intro|excerpt|subhead|deck|synopsis|abstract|keypoints|"
    r"highlights|tldr",
    "title": r"headline|title|heading",
    "quote": r"quote|pull|blockquote|tweet|instagram|callout",
    "note": r"footnote|reference|source|correction|editor|about|^box$|factbox|infobox|note",
    "event": r"event|product|price|recipe|ingredient|review|rating|buy|shop|deal|faq|step",
    "live": r"live|update|timeline|ticker|breaking",
}
FLAGS = (*_GROUPS, "hidden_attr", "article_body", "main", "navigation", "complementary")
_PATTERNS = tuple(map(re.compile, _GROUPS.values()))
_BASE = len(_GROUPS)
MAX_NAMES = 24
MAX_NAME = 80
MAX_VALUE = 30
MAX_WORDS = 3
MAX_PLAIN = 256
"""Characters of attributes that can't hold more of them than are read."""
MAX_KEPT = 1_000
"""Characters of attributes whose reading is kept."""
_DATA_KEYS = (
    "data-component",
    "data-testid",
    "data-type",
    "data-module",
    "data-name",
    "data-block",
    "data-qa",
    "data-role",
)
_ROLES = {
    "main": 2,
    "article": 1,
    "navigation": 3,
    "menu": 3,
    "banner": 3,
    "complementary": 4,
    "contentinfo": 4,
    "search": 3,
}


_NAMING = frozenset({"class", "id", *_DATA_KEYS})
_READ = _NAMING | {"aria-hidden", "itemprop", "role"}
_PARTS = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
_PAIRS = re.compile(
    r"(?P<related>read-?more|read-?next|read-?also|up-?next|more-(?:from|on|stories|news|posts|articles|in)|see-also)"
    r"|(?P<side>(?:column|col)-right|right-(?:column|col|bar))|(?P<subscribe>sign-up|call-to|log-in)"
    r"|(?P<hidden>screen-reader|sr-only|print-only|off-screen)|(?P<summary>key-points|tl-dr)|(?P<share>jp-relatedposts)"
)
_PAIR_BITS = {name: 1 << list(_GROUPS).index(name) for name in _PAIRS.groupindex}


_HINT = 3
"""Letters that an alternative of a group is looked up by."""


def _hints() -> dict[str, int]:
    """Bits of the groups with an alternative that begins with those letters."""
    out: dict[str, int] = {}
    for i, pattern in enumerate(_GROUPS.values()):
        for alternative in pattern.split("|"):
            hint = alternative.lstrip("^").rstrip("$")[:_HINT]
            out[hint] = out.get(hint, 0) | 1 << i
    return out


_HINTS = _hints()


@lru_cache(maxsize=30_000)
def _part_flags(part: str) -> int:
    """Flags of a part of a name, in lower case; only the groups that it has a hint of are looked for."""
    bits, get = _HINTS.get(part, 0), _HINTS.get
    for i in range(len(part) - _HINT + 1):
        bits |= get(part[i : i + _HINT], 0)
    flags = 0
    while bits:
        low = bits & -bits
        if _PATTERNS[low.bit_length() - 1].search(part):
            flags |= low
        bits ^= low
    return flags


@lru_cache(maxsize=50_000)
def _name(name: str) -> tuple[int, tuple[str, ...]]:
    """Flags of a name; and its words in lower case, pairs of neighbours, and all of them joined.

    >>> _name("entryContent_12")[1]
    ('entry', 'content', 'entry-content')
    """
    parts = [part.lower() for part in _PARTS.findall(name)]
    flags = 0
    for part in parts:
        flags |= _part_flags(part)
    if len(parts) < 2:
        return flags, tuple(parts)
    joined = "-".join(parts)
    for match in _PAIRS.finditer(joined):
        flags |= _PAIR_BITS[match.lastgroup or ""]
    if len(parts) == 2:
        return flags, (*parts, joined)
    return flags, (*parts, *map("{}-{}".format, parts, parts[1:]), joined)


class Names(NamedTuple):
    """What an element's attributes call it."""

    flags: int = 0
    """Bits in the order of FLAGS."""
    classes: str = ""
    """The value of its class."""
    named: tuple[str, ...] = ()
    """Names and their parts in lower case, of class, id, role and the like; sorted, each once."""


_NO_NAMES = Names()


@lru_cache(maxsize=30_000)
def _words(value: str, most: int) -> tuple[int, tuple[str, ...]]:
    """Flags of the first words of an attribute's value; and the words with their parts."""
    flags = 0
    named: list[str] = []
    for word in value.split()[:most]:
        bits, parts = _name(word[:MAX_NAME])
        flags |= bits
        named += parts
    return flags, tuple(named)


def _naming(raw: str) -> Iterator[tuple[str, str]]:
    """Those of an element's attributes that name it; the first of equal names counts."""
    if len(raw) > MAX_PLAIN:
        yield from ((key, value) for key, value in read_attributes(raw, 0, len(raw)).items() if key in _READ)
        return
    seen = []
    for name, double, single, bare in ATTRIBUTE.findall(raw):
        key = name.lower()
        if key in _READ and key not in seen:
            seen.append(key)
            value = double or single or bare
            yield key, decode_attribute(value) if "&" in value else value


@lru_cache(maxsize=30_000)
def _read(raw: str) -> Names:
    flags, classes = 0, ""
    named: list[str] = []
    for key, value in _naming(raw):
        if key == "class":
            classes = value
            bits, words = _words(value, MAX_NAMES)
            flags |= bits
            named += words
        elif key in _NAMING:
            bits, words = _words(value, MAX_WORDS)
            # An id's or a test name's flags are those of the whole.
            flags |= _name(value[:MAX_NAME])[0] if " " in value else bits
            named += words
        elif key == "aria-hidden":
            flags |= (value == "true") << _BASE
        else:
            named.append(f"{key}={value[:MAX_VALUE].lower()}")
            if key == "itemprop":
                flags |= (value.lower() == "articlebody") << (_BASE + 1)
            elif value in _ROLES:
                flags |= 1 << (_BASE + _ROLES[value])
    return Names(flags, classes, tuple(sorted(set(named)))) if named or flags or classes else _NO_NAMES


def names_of(element: Element) -> Names:
    """What the element's own attributes call it."""
    if not element.has_attributes:
        return _NO_NAMES
    raw = element.raw_attrs
    lower = raw.lower()
    if not ("class" in lower or "id" in lower or "role" in lower or "data-" in lower or "itemprop" in lower):
        return _NO_NAMES
    return _read(raw) if len(raw) <= MAX_KEPT else _read.__wrapped__(raw)


def flags_of(element: Element) -> int:
    """Bits in the order of FLAGS for the element's own attributes."""
    return names_of(element).flags
