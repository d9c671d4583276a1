"""Who wrote the page: printed bylines near the headline weighed against what the markup states."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache

from sayso.extract.segment import PageBlock
from sayso.extract.tree import Element
from sayso.lang import load

from .bylines import Byline, is_agency, is_person, join_bylines, opens_byline, parse_byline
from .dates import find_dates
from .facts import Facts, host_names
from .strings import clean, fold
from .window import inline_elements, is_apart, matches

__all__ = ["Authors", "find_authors"]

MAX_LINE = 240
MAX_NAME_LINE = 60
MAX_MARKED = 8
MAX_HEADING_GAP = 5
"""A bare name counts as a byline within so many blocks after the headline."""
MAX_READ_BLOCKS = 3_000
MAX_MARKED_AUTHORS = 12
_NAME_TAGS = frozenset(["a", "span", "address", "p", "div", "strong", "li"])
MAX_SEARCHED = 2_000
"""Characters of a block in which a stated author's name is looked for."""
MAX_CARDS = 3
"""Different authors printed after the words for a byline; more are those of a list of cards."""
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]*")
_AUTHOR_ATTRIBUTE = re.compile(r"""(?:itemprop|rel)=["']author["']""")
_BY = re.compile(r"(?:^|[\s|•·,])[Bb][Yy]:?\s+(?=[^\W\d_])")
_READ_TIME = re.compile(r"\b\d{1,3}\s*(?:min|minute)s?\b|\b\d{1,2}[./-]\d{1,2}[./-](?:20)?\d\d\b", re.IGNORECASE)
"""A reading time, or a date in figures, of whichever order."""


@dataclass(frozen=True, slots=True)
class Authors:
    """The byline taken apart, whom it names, and the block it was printed in."""

    byline: Byline = field(default_factory=Byline)
    names: tuple[str, ...] = ()
    block: int | None = None


@dataclass(frozen=True, slots=True)
class _Printed:
    """A byline that the page prints; `cued` where words or marks say that it is one, `worded` where words do."""

    byline: Byline = field(default_factory=Byline)
    block: int | None = None
    cued: bool = False
    worded: bool = False


def find_authors(
    facts: Facts, blocks: Sequence[PageBlock], window: Sequence[int], *, headline: int | None, sites: Sequence[str] = ()
) -> Authors:
    """Read the byline.

    Args:
        facts: what the markup states.
        blocks, window: visible blocks and the indexes of those at the top of the story.
        headline: index of the headline's block.
        sites: names of the outlet.
    """
    keys = {fold(site).removeprefix("the ") for site in [*sites, *host_names(facts)] if site}
    stated = _without_sites(_stated(facts), keys, _persons(facts))
    printed = _printed_near(blocks, window, headline, keys)
    far = headline is not None and printed.block is not None and printed.block - headline > MAX_HEADING_GAP
    if far and not stated.names and printed.worded and _lists_authors(blocks, headline):
        printed = _Printed()
    if not stated.people and not printed.byline.people:
        late = _printed_after(blocks, headline)
        if late.byline.people:
            printed = late
        else:
            stated = _better(_without_sites(_marked_anywhere(facts), keys), stated)
    if printed.cued and _hidden(stated, printed.byline, blocks):
        stated = Byline()
    chosen = _chosen(stated, printed)
    return Authors(chosen, _credited(chosen, printed.worded and chosen is printed.byline, keys), printed.block)


def _hidden(stated: Byline, shown: Byline, blocks: Sequence[PageBlock]) -> bool:
    """Whether the page prints a byline and nowhere a name that its markup states: whoever typed it in, it may be."""
    if not stated.people or not shown.names or all(is_agency(name) for name in shown.names):
        return False
    wanted = [_letters(name) for name in stated.people]
    return not any(name in _letters(block.text) for block in blocks[:MAX_READ_BLOCKS] for name in wanted)


def _letters(text: str) -> str:
    return fold(text[:MAX_SEARCHED]).replace(" ", "")


def _credited(byline: Byline, worded: bool, keys: set[str]) -> tuple[str, ...]:
    """Whom the byline names: people, else others; the outlet, its staff or an agency only where it says `By …`."""
    if byline.people or byline.lone:
        return byline.people or byline.lone
    return tuple(name for name in byline.outlets if not _own(name, keys, worded) and (worded or not is_agency(name)))


def _own(name: str, keys: set[str], worded: bool) -> bool:
    key = fold(name).removeprefix("the ")
    if key in keys or key.replace(" ", "") in keys:
        return True
    return not worded and any(len(site) > 2 and key.startswith(site) for site in keys)


def _chosen(stated: Byline, printed: _Printed) -> Byline:
    """The people stated, or more fully printed; then whom the page prints; bodies only where printed or agencies."""
    shown = printed.byline
    if stated.people:
        names, others = {fold(name) for name in stated.people}, {fold(name) for name in shown.people}
        helpers = {fold(name) for name in shown.helpers}
        if printed.cued and names < others:
            return shown
        if names & others and names & helpers:
            return shown
        return stated
    if shown.people:
        return shown
    if printed.worded and shown.names and all(name[:1].isupper() for name in shown.names):
        return shown
    if stated.lone:
        return stated
    if printed.cued and any(_is_desk(name) or is_agency(name) for name in shown.outlets):
        return shown
    agencies = tuple(name for name in stated.outlets if is_agency(name) or _is_desk(name))
    return Byline((), agencies, stated.roles, stated.helpers)


def _better(one: Byline, other: Byline) -> Byline:
    return one if one.people else other


def _marked_anywhere(facts: Facts) -> Byline:
    """Authors marked by `itemprop` or `rel` outside the top of the story, if they are few."""
    source = facts.tree.source
    if 'itemprop="author"' not in source and 'rel="author"' not in source:
        return Byline()
    found = [e for e in facts.tree.elements if e.tag in _NAME_TAGS and _AUTHOR_ATTRIBUTE.search(e.raw_attrs)]
    if len(found) > MAX_MARKED_AUTHORS:
        return Byline()
    joined = join_bylines([parse_byline(e.text()[:MAX_LINE]) for e in found if not is_apart(e)])
    return joined if len(joined.people) <= 4 else Byline()


def _is_desk(name: str) -> bool:
    return fold(name).split()[-1:] in (["team"], ["desk"], ["editors"], ["staff"], ["board"]) and " " in name


def _without_sites(byline: Byline, keys: set[str], persons: Collection[str] = ()) -> Byline:
    """The outlet's own name is no person, unless it's two words that the page calls a person."""
    people = tuple(name for name in byline.people if fold(name).removeprefix("the ") not in keys)
    own = tuple(name for name in byline.people if name not in people)
    if len(own) == 1 and not people and len(own[0].split()) == 2 and own[0] in persons:
        return byline
    lone = tuple(name for name in byline.lone if fold(name) not in keys)
    own += tuple(name for name in byline.lone if name not in lone)
    return Byline(people, byline.outlets + own, byline.roles, byline.helpers, lone)


def _persons(facts: Facts) -> frozenset[str]:
    """Authors that JSON-LD calls people."""
    return frozenset(
        name
        for node in facts.linked.articles[:3]
        for name, kind in facts.linked.names(node, "author")
        if kind == "person"
    )


def _stated(facts: Facts) -> Byline:
    """Authors from JSON-LD, else from meta elements."""
    weaker = Byline()
    for node in facts.linked.articles[:3]:
        named = facts.linked.names(node, "author", "creator")
        joined = join_bylines([parse_byline(name, person=kind == "person") for name, kind in named])
        if joined.people:
            return joined
        if joined.names and not weaker.names:
            weaker = joined
    for key in load("page_words")["author_keys"]:
        values = [value for value in facts.metas.get(key, ()) if not value.startswith(("http", "www.", "/", "@"))]
        if key.startswith("dc"):  # content management systems put the login of whoever typed the page in here
            values = [value for value in values if not _LOGIN.fullmatch(value)]
        joined = join_bylines([parse_byline(value) for value in values[:20]])
        if joined.people:
            return joined
        if joined.names and not weaker.names:
            weaker = joined
    return weaker


def _printed_near(blocks: Sequence[PageBlock], window: Sequence[int], headline: int | None, keys: set[str]) -> _Printed:
    """The printed byline nearest to the headline."""
    fallback = _Printed()
    bare = _Printed()
    for index in window:
        line = clean(blocks[index].text)
        if not line or len(line) > MAX_LINE or _contact().match(line):
            continue
        worded, byline = _cued(line, blocks, index)
        byline = _without_sites(byline, keys)
        if byline.people:
            return _Printed(byline, index, True, worded)
        if byline.names and not fallback.byline.names and len(line) < MAX_NAME_LINE:
            fallback = _Printed(byline, index, True, worded)
        near = headline is not None and 0 < index - headline <= MAX_HEADING_GAP
        if near and not bare.byline.people and _bare_name(line, blocks, index, keys):
            bare = _Printed(parse_byline(line), index)
    return bare if bare.byline.people else fallback


def _lists_authors(blocks: Sequence[PageBlock], headline: int | None) -> bool:
    """Whether several authors are printed one after the other, each with a card of its own."""
    found: set[str] = set()
    for index in range((headline or 0) + 1, min(len(blocks), MAX_READ_BLOCKS)):
        line = blocks[index].text
        if len(line) <= MAX_LINE and opens_byline(clean(line)) is not None:
            found.add(fold(" ".join(_cued(clean(line), blocks, index)[1].people)))
            if len(found - {""}) > MAX_CARDS:
                return True
    return False


@cache
def _contact() -> re.Pattern[str]:
    words = sorted(load("bylines")["contacts"], key=lambda word: (-len(word), word))
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})\s*:", re.IGNORECASE)


def _cued(line: str, blocks: Sequence[PageBlock], index: int) -> tuple[bool, Byline]:
    """What one line says, if anything, as a byline, and whether words rather than marks make it one."""
    rest = opens_byline(line)
    if rest is not None:
        if rest.strip():
            return True, parse_byline(line)
        if index + 1 < len(blocks) and len(blocks[index + 1].text) < 80:
            return True, parse_byline(clean(blocks[index + 1].text))
        return True, Byline()
    named = _after_stamp(line)
    if named.people:
        return True, named
    marked = _marked(blocks[index])
    return False, parse_byline(marked) if marked else Byline()


def _after_stamp(line: str) -> Byline:
    """The byline in `May 18, 2023 by Ann Lee` or `Daily Bugle | By Ann Lee`."""
    match = _BY.search(line)
    if match is None or match.start() > 60:
        return Byline()
    before = line[: match.start()]
    stamp = next(find_dates(before), None)
    if "|" in before + line[match.start() : match.start() + 1] or (
        stamp and len(before) - (stamp.end - stamp.start) < 25
    ):
        return parse_byline("by " + line[match.end() :])
    return Byline()


def _bare_name(line: str, blocks: Sequence[PageBlock], index: int, keys: set[str]) -> bool:
    """Whether a line is just a person's name, with a date or a reading time beside it."""
    if len(line) > MAX_NAME_LINE or blocks[index].element.tag[:1] == "h" or fold(line) in keys:
        return False
    if matches(blocks[index].element, "section_parts"):
        return False
    found = parse_byline(line)
    if len(found.people) != 1 or not is_person(found.people[0]) or not line.startswith(found.people[0]):
        return False
    rest = line[len(found.people[0]) :]
    beside = [blocks[i].text for i in (index - 1, index + 1, index + 2) if 0 <= i < len(blocks)]
    return any(len(text) < 80 and (_READ_TIME.search(text) or next(find_dates(text), None)) for text in [rest, *beside])


def _marked(block: PageBlock) -> str | None:
    """Text that the page itself marks as the author; None where it marks none."""
    found = [element for element in inline_elements(block, MAX_MARKED) if _is_author_mark(element)]
    if found:
        return " | ".join(dict.fromkeys(clean(element.text()) for element in found))
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


@cache
def _after_story() -> re.Pattern[str]:
    words = sorted(load("bylines")["after_story"], key=lambda word: (-len(word), word))
    return re.compile("|".join(re.escape(word) for word in words) + r":?\s+", re.IGNORECASE)


def _printed_after(blocks: Sequence[PageBlock], headline: int | None) -> _Printed:
    """A byline below the story: one that says so in words, and the only one that does."""
    around = blocks[headline].element if headline is not None else None
    found: dict[str, _Printed] = {}
    for index in range((headline or 0) + 1, min(len(blocks), MAX_READ_BLOCKS)):
        text = blocks[index].text
        if len(text) > 120 or not _after_story().match(text) or is_apart(blocks[index].element, around):
            continue
        byline = parse_byline(text)
        if byline.people and not byline.helpers:
            found.setdefault(fold(" ".join(byline.people)), _Printed(byline, index, True))
    return next(iter(found.values())) if len(found) == 1 else _Printed()
