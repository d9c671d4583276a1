"""The headline, by agreement of what the page shows and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from sayso.extract.segment import PageBlock
from sayso.extract.tree import Element
from sayso.lang import load

from .facts import Facts, host_names
from .strings import clean, fold, overlap
from .window import inline_elements, marks

__all__ = ["BAR", "Headline", "find_headline", "without_site"]

MAX_CHARS = 400
MAX_BLOCKS = 400
MIN_LIKENESS = 0.12
"""A lone heading that shares fewer words with what the page calls itself isn't its headline."""
HEADINGS = ("h1", "h2", "h3")
BAR = re.compile(r"\s+[|·•»«:]+\s+|\s+[-–—]+\s+|\s*[|｜]\s*")
"""What parts a title from the outlet's name."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A page's headline and where it stands."""

    value: str
    block: int | None = None
    """Index of the block it stands in; None where the page doesn't show it."""
    start: int = 0
    end: int = 0
    """Where in that block's text."""


@dataclass(slots=True)
class _Shown:
    """One heading that the page shows."""

    text: str
    index: int
    rank: int
    element: Element
    start: int = 0
    end: int = 0


def without_site(title: str, sites: Iterable[str]) -> str:
    """A page title less the site's name at its end or beginning.

    >>> without_site("Dog bites man | The Daily Bugle", ["Daily Bugle"])
    'Dog bites man'
    """
    names = [key for key in (fold(site).removeprefix("the ") for site in sites) if key]
    bars = list(BAR.finditer(title))
    for bar in bars:
        tail = fold(title[bar.end() :]).removeprefix("the ")
        if tail and any(_names_site(tail, name) for name in names):
            return _trimmed(title[: bar.start()], names)
    for bar in bars[:1]:
        head = fold(title[: bar.start()]).removeprefix("the ")
        if any(_names_site(head, name) for name in names):
            return title[bar.end() :].strip()
    return title


def _trimmed(title: str, names: list[str]) -> str:
    for bar in BAR.finditer(title):
        tail = fold(title[bar.end() :]).removeprefix("the ")
        if any(_names_site(tail, name) for name in names):
            return title[: bar.start()].strip()
    return title.strip()


def _names_site(part: str, name: str) -> bool:
    return (
        part == name
        or part.replace(" ", "") == name.replace(" ", "")
        or (len(name) > 3 and part.startswith(name + " ") and len(part) < 60)
    )


def find_headline(facts: Facts, blocks: Sequence[PageBlock], *, sites: Sequence[str] = ()) -> Headline | None:
    """Choose the heading that agrees best with JSON-LD, og:title and the page title; else what those say.

    Args:
        facts: what the markup states.
        blocks: the page's visible blocks.
        sites: names the outlet goes by, to cut from titles.
    Returns:
        The headline as the page writes it; None for a page without any.
    """
    stated = _stated(facts, sites)
    heads = _heads(stated)
    shown = _shown(facts, blocks)
    best = _best(shown, [fold(text) for text in stated])
    if best is None:
        best = _echoed(blocks, stated) or _echoed(blocks, heads)
    if best is not None:
        _trim_kicker(best, blocks[best.index] if best.index >= 0 else None, [*stated, *heads])
        if best.index < 0:
            return Headline(best.text)
        return Headline(clean(best.text), best.index, best.start, best.end)
    if stated:
        return Headline(stated[0])
    return None


def _stated(facts: Facts, sites: Sequence[str]) -> list[str]:
    """What the page says its headline is, surest first, the site's name cut off."""
    found = [
        facts.linked.first_text("headline", "name"),
        *(facts.meta(key) for key in load("page_words")["title_keys"][:5]),
    ]
    found.append(facts.title)
    names = [*sites, *host_names(facts)]
    out: dict[str, str] = {}
    for text in found:
        if text:
            short = without_site(text, names)
            if fold(short):
                out.setdefault(fold(short), short)
    texts = list(out.values())
    return [_without_unshared_tail(text, texts) for text in texts]


def _heads(stated: Sequence[str]) -> list[str]:
    """What stands before a bar in a title: its headline, if the outlet's name follows."""
    heads = (text[: bar.start()].strip() for text in stated for bar in BAR.finditer(text))
    return [head for head in heads if len(fold(head).split()) >= 3]


def _without_unshared_tail(text: str, others: list[str]) -> str:
    """`text` less its last part where another title is just what stands before it."""
    bars = list(BAR.finditer(text))
    for bar in reversed(bars):
        head = text[: bar.start()].strip()
        if any(other != text and fold(other) == fold(head) for other in others):
            return head
    return text


@cache
def _parts(name: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(part) for part in load("page_words")[name]), re.IGNORECASE)


def _shown(facts: Facts, blocks: Sequence[PageBlock]) -> list[_Shown]:
    """First-rank headings that the page shows, then those hidden."""
    out: list[_Shown] = []
    by_heading: dict[int, list[int]] = {}
    for index, block in enumerate(blocks):
        heading = _heading_of(block.element)
        if heading is not None and heading.tag == "h1":
            by_heading.setdefault(id(heading), []).append(index)
    for element in facts.h1s:
        indexes = by_heading.get(id(element), [])
        if len(indexes) == 1 and _is_logo(element, blocks[indexes[0]].text):
            continue
        if len(indexes) == 1:
            text = blocks[indexes[0]].text
            out.append(_Shown(text[:MAX_CHARS], indexes[0], 0, element, 0, min(len(text), MAX_CHARS)))
        elif indexes:
            out += [
                _Shown(blocks[i].text[:MAX_CHARS], i, 1, element, 0, min(len(blocks[i].text), MAX_CHARS))
                for i in indexes[:6]
            ]
            whole = " ".join(clean(blocks[i].text) for i in indexes[:6])
            out.append(_Shown(whole, -1, 1, element))
        else:
            text = clean(element.text())
            if text and not _parts("logo_parts").search(element.raw_attrs):
                out.append(_Shown(text, -1, 2, element))
    return [heading for heading in out if 1 < len(heading.text) <= MAX_CHARS]


def _is_logo(element: Element, text: str) -> bool:
    return len(text.split()) <= 4 and bool(_parts("logo_parts").search(marks(element.raw_attrs)))


def _heading_of(element: Element | None) -> Element | None:
    for _ in range(4):
        if element is None:
            return None
        if element.tag in HEADINGS:
            return element
        element = element.parent
    return None


def _best(shown: list[_Shown], stated: list[str]) -> _Shown | None:
    """The heading most like what is stated; a lone one stands on its own words."""
    scored: list[tuple[float, int, _Shown]] = []
    for place, heading in enumerate(shown):
        key = fold(heading.text)
        if not key or len(key.split()) > 60:
            continue
        likeness = max((_likeness(key, other) for other in stated), default=0.0)
        scored.append((likeness - 0.02 * heading.rank, -place, heading))
    if not scored:
        return None
    likeness, _, best = max(scored, key=lambda item: item[:2])
    words = len(fold(best.text).split())
    if likeness >= 0.5 or (likeness >= 0.3 and words >= 2):
        return best
    telling = [s for s in scored if len(fold(s[2].text).split()) >= 3 and s[2].index >= 0]
    agrees = not stated or likeness >= MIN_LIKENESS
    if len(telling) == 1 and agrees and not _inside_other(telling[0][2].element):
        return telling[0][2]
    return None


def _likeness(key: str, other: str) -> float:
    if key == other:
        return 1.0
    words, others = set(key.split()), set(other.split())
    shared = len(words & others)
    if not shared:
        return 0.0
    contained = shared / min(len(words), len(others)) if min(len(words), len(others)) >= 3 else 0.0
    return max(overlap(key, other), 0.9 * contained)


def _inside_other(element: Element) -> bool:
    for depth, parent in enumerate(element.ancestors()):
        if depth > 8:
            break
        if parent.tag in ("aside", "footer", "nav") or _parts("logo_parts").search(parent.raw_attrs):
            return True
    return False


def _echoed(blocks: Sequence[PageBlock], stated: Sequence[str]) -> _Shown | None:
    """A block of another rank whose whole text is what is stated."""
    keys = {fold(text) for text in stated}
    for index, block in enumerate(blocks[:MAX_BLOCKS]):
        if 8 < len(block.text) <= MAX_CHARS and fold(block.text) in keys and not block.link_chars:
            return _Shown(block.text, index, 1, block.element, 0, len(block.text))
    return None


def _trim_kicker(heading: _Shown, block: PageBlock | None, stated: Sequence[str]) -> None:
    """Cut a label that stands beside the headline in an inline element of its own."""
    if block is None:
        return
    for text in stated:
        key, whole = fold(text), fold(heading.text)
        if key == whole:
            return
        if len(key.split()) < 3:
            continue
        if whole.endswith(" " + key):
            start = _tail_start(heading.text, key)
            if start and _bounded(block, fold(heading.text[start:])):
                heading.start, heading.text = heading.start + start, heading.text[start:]
                return


def _tail_start(text: str, key: str) -> int:
    """Where the tail of `text` that folds to `key` starts, 0 where none does."""
    at = len(text)
    for _ in range(key.count(" ") + 40):
        at = text.rfind(" ", 0, at)
        if at < 0:
            return 0
        if fold(text[at:]) == key:
            while at < len(text) and not (text[at].isalnum() or text[at] in "“\"'‘¿¡("):
                at += 1
            return at
    return 0


def _bounded(block: PageBlock, key: str) -> bool:
    """Whether an inline element of the block holds just the label or just the headline."""
    whole = fold(block.text)
    label = whole.removesuffix(key).strip()
    return any(fold(element.text()) in (key, label) for element in inline_elements(block))
