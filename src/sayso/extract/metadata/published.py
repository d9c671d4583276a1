"""When the page says it was published and changed, and where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sayso.extract.segment import PageBlock
from sayso.extract.tree import Element
from sayso.lang import load
from sayso.model import PageDate
from sayso.model.article import DateFrom

from .dates import FoundDate, find_dates, parse_date
from .elsewhere import date_elsewhere
from .facts import Facts
from .strings import clean, fold
from .window import is_apart

__all__ = ["DateConflict", "Dates", "date_in_address", "day_first_in", "find_dates_of_page"]

MAX_STAMP = 200
MAX_FAR_STAMP = 90
MAX_READ_BLOCKS = 2_000
MAX_TIMES = 200
MAX_BEGUN = 31
"""Days that a story's address or last change may be older than its publication: both may be of its draft."""
MAX_UNDER = 6
"""A date within so many blocks under the headline is the story's own without saying so."""
MAX_OVER = 2
"""So is one in the line above it, or with the byline between."""
_DIGIT = re.compile(r"\d")
_DATED_TAGS = frozenset(["time", "span", "abbr", "p", "div"])


@dataclass(frozen=True, slots=True)
class DateConflict:
    """Two statements of one page about the same date that lie days apart."""

    kept: PageDate
    other: PageDate
    days: int


@dataclass(frozen=True, slots=True)
class Dates:
    """A page's dates."""

    published: PageDate | None = None
    modified: PageDate | None = None
    published_block: int | None = None
    """The block in which a stamp of the publication was printed."""
    conflicts: tuple[DateConflict, ...] = ()
    by_change: bool = False
    """Whether `published` is the day of the last change, since the page states no other."""


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A printed date and what the words before it make of it."""

    found: FoundDate
    modified: bool
    cued: bool
    block: int


_ADDRESS_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/._-]?)(0?[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01]|[1-9])(?!\d)")
_ADDRESS_NAMED = re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/(\d{1,2})(?!\d)")


def date_in_address(address: str | None) -> PageDate | None:
    """The day that stands in a page's own address; None where none does.

    >>> date_in_address("https://news.example/2018/09/11/story.html").value
    '2018-09-11'
    """
    if not address:
        return None
    path = address.split("://", 1)[-1].partition("/")[2].split("?", 1)[0].split("#", 1)[0][:600]
    for match in _ADDRESS_DAY.finditer("/" + path):
        year, separator, month, day = match.groups()
        if not separator and (len(month) < 2 or len(day) < 2 or _within_number(match)):
            continue
        value = _day(f"{year}-{int(month):02d}-{int(day):02d}")
        if value and separator != ".":
            return PageDate(value, match.group().strip("/"), "url")
    named = _ADDRESS_NAMED.search("/" + path.lower())
    if named:
        found = parse_date(f"{named.group(3)} {named.group(2)} {named.group(1)}")
        if found:
            return PageDate(found.value, named.group().strip("/"), "url")
    return None


def _within_number(match: re.Match[str]) -> bool:
    """A bare run of eight digits counts only between marks, not inside a longer code."""
    text, start, end = match.string, match.start(), match.end()
    return text[start - 1 : start] not in ("/", "-", "_", "") or text[end : end + 1] not in ("/", "-", "_", ".", "")


def _day(value: str) -> str | None:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return None


def day_first_in(language: str | None, address: str | None) -> bool | None:
    """How a page of that language and site writes `03/04/2020`: day first, month first, or not known."""
    code = (language or "").lower().replace("_", "-")
    host = (address or "").split("://", 1)[-1].split("/", 1)[0].lower()
    if code in ("en-us", "en-ph") or host.endswith((".gov", ".mil", ".us")):
        return False
    if host.endswith((".uk", ".au", ".nz", ".ie", ".in", ".za", ".ng", ".ke", ".pk", ".sg", ".my")):
        return True
    if code.startswith("en-") and len(code) == 5:
        return True
    if not code or code == "en":
        return None
    return True


def find_dates_of_page(
    facts: Facts,
    blocks: Sequence[PageBlock],
    window: Sequence[int],
    *,
    headline: int | None = None,
    fetched_at: str | None = None,
) -> Dates:
    """Read publication and modification date; what is stated in markup comes before what is printed.

    Args:
        facts: what the markup states.
        blocks, window: visible blocks and the indexes of those at the top of the story.
        fetched_at: ISO 8601 moment of the fetch; a later date is no date of the page.
    """
    order = day_first_in(facts.meta("og:locale") or facts.language, next(iter(facts.addresses()), None))
    stamps = list(_stamps(blocks, window, order))
    if not any(s.cued or not s.modified for s in stamps):
        stamps += _cued_anywhere(blocks, headline, order)
    address = next((d for a in facts.addresses() if (d := date_in_address(a))), None)
    published = [d for d in _published(facts, order) if _possible(d, fetched_at)]
    published = published or [d for d in _of_any_node(facts, order) if _possible(d, fetched_at)]
    modified = [d for d in _modified(facts, order) if _possible(d, fetched_at)]
    printed = [s for s in stamps if not s.modified and _possible(_printed(s), fetched_at)]
    changed = [_printed(s) for s in stamps if s.modified and _possible(_printed(s), fetched_at)]
    stated = _less_republished(published, modified, printed, address)
    change = next(iter([*modified, *changed]), None)
    chosen = _shown(stated, printed, change, headline)
    chosen = chosen or _chosen(stated, printed, address, facts, order, fetched_at, headline)
    if chosen is None:
        chosen = date_elsewhere(facts, blocks, headline=headline, order=order)
        chosen = chosen if chosen is not None and _possible(chosen, fetched_at) else None
    if chosen is None:
        standing_in = _dated_by_change(facts, changed, order, fetched_at)
        return Dates(standing_in, change, by_change=standing_in is not None)
    block = next((s.block for s in printed if s.found.day == chosen.value[:10]), None)
    others = [d for d in published[1:] if d.found == "meta"]
    others += [d for d in published[:1] if d is not chosen]
    others += [_printed(s) for s in printed[:1] if s.cued or _is_under(s.block, headline)]
    if address is not None and _apart(address.value, chosen.value) > MAX_BEGUN:
        others.append(address)
    if change and change.value[:10] < chosen.value[:10] and _apart(change.value, chosen.value) > MAX_BEGUN:
        others.append(change)
    return Dates(chosen, change, block, _conflicts(chosen, others))


def _is_under(block: int, headline: int | None) -> bool:
    return headline is not None and 0 < block - headline <= MAX_UNDER


def _is_beside(block: int, headline: int | None) -> bool:
    return headline is None or -MAX_OVER <= block - headline <= MAX_UNDER


def _shown(
    stated: Sequence[PageDate], printed: Sequence[_Stamp], change: PageDate | None, headline: int | None
) -> PageDate | None:
    """The day that the page shows beside its headline, without a word for it, where its markup states an older one.

    A story kept up for years bears the day of its last edition; that of the first stands in the markup alone.
    Such a day lies not after the last change, or it may be that of an event.
    """
    stamp = next((s for s in printed if headline is not None and _is_beside(s.block, headline)), None)
    if stamp is None or stamp.cued or not stated or change is None or any(s.cued for s in printed):
        return None
    day, first = stamp.found.day, stated[0].value[:10]
    if day <= first or _apart(day, first) <= 1 or _apart(_swapped(day), first) <= 1:
        return None
    return _printed(stamp) if day <= change.value[:10] or _apart(day, change.value) <= 1 else None


def _swapped(day: str) -> str:
    """The day with month and day of the month in each other's place."""
    return f"{day[:4]}-{day[8:]}-{day[5:7]}"


def _dated_by_change(
    facts: Facts, changed: Sequence[PageDate], order: bool | None, fetched_at: str | None
) -> PageDate | None:
    """The day of the last change, where the page states no other: printed, or said of the article itself.

    `Updated 5 May 2021` alone over a story is the day it goes by; a server's time of change is not.
    """
    nodes = facts.linked.articles[:1]
    said = [d for node in nodes for d in _stated([node.get("dateModified")], "json-ld", order)]
    return next(iter([*changed, *(d for d in said if _possible(d, fetched_at))]), None)


def _printed(stamp: _Stamp) -> PageDate:
    return PageDate(stamp.found.value, stamp.found.raw, "text")


def _possible(found: PageDate, fetched_at: str | None) -> bool:
    """A date lies not before the first news on the web's archives and not after the fetch."""
    if not "1800" < found.value[:4] < "2100":
        return False
    if fetched_at is None or len(fetched_at) < 10 or _day(fetched_at[:10]) is None:
        return True
    return found.value[:10] <= (date.fromisoformat(fetched_at[:10]) + timedelta(days=1)).isoformat()


def _chosen(
    published: list[PageDate],
    printed: list[_Stamp],
    address: PageDate | None,
    facts: Facts,
    order: bool | None,
    fetched_at: str | None,
    headline: int | None,
) -> PageDate | None:
    """Markup, then the address, then a printed stamp; the outlet's own day beats a neighbouring day in UTC."""
    if published:
        first = published[0]
        beside = (s for s in printed if s.cued or _is_beside(s.block, headline))
        local = next((s for s in beside if _apart(s.found.value, first.value) == 1), None)
        if _in_utc(first) and local is not None:
            return _printed(local)
        if _in_utc(first) and address is not None and _apart(address.value, first.value) == 1:
            return address
        return first
    cued = next((s for s in printed if s.cued), None)
    if cued is not None:
        return _printed(cued)
    times = [d for d in _times(facts, order) if _possible(d, fetched_at)]
    if address is not None:
        return address
    if printed:
        return _printed(printed[0])
    return times[0] if times else None


def _less_republished(
    published: list[PageDate], modified: list[PageDate], printed: Sequence[_Stamp], address: PageDate | None
) -> list[PageDate]:
    """No stated date where it is only that of the last change and the page prints an earlier one."""
    if not published or not modified or published[0].value[:10] != modified[0].value[:10]:
        return published
    if address is not None and _apart(address.value, published[0].value) <= 1:
        return published
    if any(s.found.day < published[0].value[:10] and _apart(s.found.day, published[0].value) > 1 for s in printed[:1]):
        return []
    return published


def _in_utc(found: PageDate) -> bool:
    return len(found.value) > 10 and found.value.endswith(("Z", "+00:00"))


def _apart(one: str, other: str) -> int:
    """Days between two ISO values; a large number where either has no day."""
    try:
        return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)
    except ValueError:
        return 99_999


def _published(facts: Facts, order: bool | None) -> Iterator[PageDate]:
    for node in facts.linked.articles[:3]:
        yield from _stated(
            [node.get("datePublished"), node.get("dateCreated"), node.get("uploadDate")], "json-ld", order
        )
    yield from _from_metas(facts, "published_keys", order)
    yield from _microdata(facts, "datePublished", order)


def _of_any_node(facts: Facts, order: bool | None) -> Iterator[PageDate]:
    """Dates of whatever else JSON-LD describes, such as a video: better than none."""
    for node in facts.linked.nodes[:50]:
        yield from _stated([node.get("datePublished")], "json-ld", order)
    yield from _from_other_metas(facts, order)


def _modified(facts: Facts, order: bool | None) -> Iterator[PageDate]:
    for node in facts.linked.articles[:3]:
        yield from _stated([node.get("dateModified")], "json-ld", order)
    yield from _from_metas(facts, "modified_keys", order)
    yield from _microdata(facts, "dateModified", order)


def _stated(values: Iterable[object], found_in: DateFrom, order: bool | None) -> Iterator[PageDate]:
    for value in values:
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, dict):
            value = value.get("@value")
        if isinstance(value, str | int) and not isinstance(value, bool):
            found = parse_date(str(value), day_first=order)
            if found and len(found.value) >= 7:
                yield PageDate(found.value, clean(str(value)), found_in)


def _from_metas(facts: Facts, keys: str, order: bool | None) -> Iterator[PageDate]:
    for key in load("page_words")[keys]:
        yield from _stated(facts.metas.get(key, ())[:3], "meta", order)


def _from_other_metas(facts: Facts, order: bool | None) -> Iterator[PageDate]:
    """Metadata under a house's own key that says in words what it is: `w-published-date`."""
    for key, values in facts.metas.items():
        if "publi" in key and ("date" in key or "time" in key):
            yield from _stated(values[:1], "meta", order)


def _microdata(facts: Facts, name: str, order: bool | None) -> Iterator[PageDate]:
    lower = name.lower()
    for element in _dated(facts):
        if (
            lower in element.raw_attrs.lower()
            and (element.get("itemprop") or "").lower() == lower
            and not _in_other(element)
        ):
            value = element.get("datetime") or element.get("content") or element.text()
            yield from _stated([value], "time" if element.tag == "time" else "meta", order)


def _dated(facts: Facts) -> list[Element]:
    """Elements that may state a date as microdata."""
    if facts.dated is None:
        facts.dated = []
        if "temprop" in facts.tree.source or "temProp" in facts.tree.source:
            marked = (e for e in facts.tree.elements if e.tag in _DATED_TAGS and "date" in e.raw_attrs.lower())
            facts.dated = [e for e in marked if e.has("itemprop")][:MAX_TIMES]
    return facts.dated


def _in_other(element: Element) -> bool:
    """Whether the element is part of a comment or of another story's item."""
    scopes = 0
    for parent in element.ancestors():
        if "itemscope" in parent.raw_attrs:
            scopes += 1
            kind = (parent.get("itemtype") or "").lower()
            if "comment" in kind or (scopes > 1 and "article" in kind):
                return True
    return is_apart(element)


def _times(facts: Facts, order: bool | None) -> Iterator[PageDate]:
    """Time elements in the first article or main part of the page."""
    for element in facts.tree.find_all("time")[:MAX_TIMES]:
        if not is_apart(element) and any(parent.tag in ("article", "main", "header") for parent in element.ancestors()):
            yield from _stated([element.get("datetime") or element.text()], "time", order)
            return


@cache
def _cues(name: str) -> re.Pattern[str]:
    words = sorted(load("dates")[name], key=lambda word: (-len(word), word))
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words) + r")\b", re.IGNORECASE)


def _stamps(blocks: Sequence[PageBlock], window: Sequence[int], order: bool | None) -> Iterator[_Stamp]:
    """Dates printed at the top of the story; a date within a sentence is none."""
    for index in window:
        text = blocks[index].text
        if len(text) > MAX_STAMP or not _DIGIT.search(text):
            continue
        at = 0
        for found in find_dates(text, day_first=order):
            if len(found.value) < 10 or not _stamp_like(text, found):
                continue
            before = text[at : found.start]
            if not before.strip(" :,|•·–—-\n") and at == 0 and index and _only_cue(blocks[index - 1].text):
                before = blocks[index - 1].text
            modified, published = _last(_cues("modified"), before), _last(_cues("published"), before)
            yield _Stamp(found, modified > published, max(modified, published) >= 0, index)
            at = found.end


def _only_cue(text: str) -> bool:
    """Whether a block is a cue that ends before its date: `Last updated on:`."""
    if len(text) > 40:
        return False
    rest = _cues("modified").sub("", _cues("published").sub("", text)).lower()
    return not rest.replace("on", "").strip(" :|•·–—-\n")


def _cued_anywhere(blocks: Sequence[PageBlock], headline: int | None, order: bool | None) -> list[_Stamp]:
    """Stamps elsewhere on the page that say in words what they are; the first published and the first modified."""
    around = blocks[headline].element if headline is not None else None
    short = [
        i
        for i, block in enumerate(blocks[:MAX_READ_BLOCKS])
        if len(block.text) <= MAX_FAR_STAMP and _DIGIT.search(block.text)
    ]
    out: dict[bool, _Stamp] = {}
    for stamp in _stamps(blocks, short, order):
        if stamp.cued and stamp.modified not in out and not is_apart(blocks[stamp.block].element, around):
            out[stamp.modified] = stamp
    return list(out.values())


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _stamp_like(text: str, found: FoundDate) -> bool:
    """Whether the words around a date are few, as in a stamp or byline."""
    rest = text[: found.start] + text[found.end :]
    if len(rest) > 120:
        return False
    before = text[: found.start].strip()
    if _cues("published").search(rest) or _cues("modified").search(rest):
        return True
    words = [word for word in fold(before).split() if not word.isdigit()]
    lower = [w for w in before.split() if w[:1].islower() and w not in ("by", "on", "at", "in", "and", "for", "of")]
    return len(words) <= 14 and len(lower) <= 2


def _conflicts(chosen: PageDate | None, others: Iterable[PageDate]) -> tuple[DateConflict, ...]:
    """Statements more than a day away from the one kept, the first of each source."""
    if chosen is None:
        return ()
    out: dict[str, DateConflict] = {}
    for other in others:
        days = _apart(chosen.value, other.value)
        if 1 < days < 99_999 and other.found not in out:
            out[other.found] = DateConflict(chosen, other, days)
    return tuple(out.values())
