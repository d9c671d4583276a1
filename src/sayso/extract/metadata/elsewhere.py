"""The date of a page that states none at the top of its story: in its scripts, or printed once and alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sayso.extract.segment import PageBlock
from sayso.extract.tree import Element
from sayso.lang import load
from sayso.model import PageDate

from .dates import FoundDate, find_dates, parse_date
from .facts import Facts
from .strings import clean
from .window import is_apart

__all__ = ["date_elsewhere"]

MAX_SOURCE = 4_000_000
MAX_STATEMENTS = 50
MAX_READ_BLOCKS = 2_000
MAX_STAMP = 60
MAX_WORDS = 6
"""Words beside a date that stands alone: of a name, a section."""
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")
_LOWER_WORD = re.compile(r"(?<![\w'’-])[^\W\d_A-Z]{2,}")


def date_elsewhere(
    facts: Facts, blocks: Sequence[PageBlock], *, headline: int | None, order: bool | None
) -> PageDate | None:
    """The one day that scripts state as that of publication, else the one day, else the one month, printed alone.

    Two different days in one place are as good as none: nothing says which is the story's.

    Args:
        order: whether `03/04/2020` is the third of April; None where it isn't known.
    """
    stated = _one(_in_scripts(facts))
    if stated:
        return PageDate(stated.value, clean(stated.raw), "meta")
    around = blocks[headline].element if headline is not None else None
    alone = _alone(blocks, headline, around, order)
    printed = _one([d for d in alone if len(d.value) >= 10]) or _one([d for d in alone if len(d.value) == 7])
    return PageDate(printed.value, printed.raw, "text") if printed else None


def _one(found: Sequence[FoundDate]) -> FoundDate | None:
    return found[0] if len({d.day for d in found}) == 1 else None


@cache
def _statement() -> re.Pattern[str]:
    """A publication date in JSON, its quotation marks bare, escaped, or as entities; a bounded look."""
    keys = "|".join(re.escape(key) for key in load("page_words")["published_script_keys"])
    quote = r"(?:\\{0,3}\"|&quot;|&#34;)"
    return re.compile(rf"{quote}(?:{keys}){quote}\s?:\s?{quote}(\d{{4}}-\d\d-\d\d(?:[T ][\d:.+Z-]{{1,24}})?){quote}")


def _in_scripts(facts: Facts) -> list[FoundDate]:
    source = facts.tree.source[:MAX_SOURCE]
    out: list[FoundDate] = []
    for match in _statement().finditer(source):
        found = parse_date(match.group(1))
        out += [found] if found else []
        if len(out) >= MAX_STATEMENTS:
            break
    return out


def _alone(
    blocks: Sequence[PageBlock], headline: int | None, around: Element | None, order: bool | None
) -> list[FoundDate]:
    """Dates of the blocks that hold little else, in the page's own part, from the headline on where there is one."""
    out: list[FoundDate] = []
    for block in blocks[max(0, (headline or 0) - 3) : MAX_READ_BLOCKS]:
        text = block.text
        if len(text) > MAX_STAMP or not _DIGIT.search(text):
            continue
        found = next(find_dates(text, day_first=order), None)
        if found and _stands_alone(text, found) and not block.link_chars and not is_apart(block.element, around):
            out.append(found)
    return out


def _stands_alone(text: str, found: FoundDate) -> bool:
    """Whether only a name or a mark is beside the date; a month stands quite alone or it is part of a sentence."""
    rest = (text[: found.start] + " " + text[found.end :]).strip(" |•·:,–—-\n")
    if len(found.value) < 10:
        return not rest
    words = [word.lower() for word in _LOWER_WORD.findall(rest)]
    return len(_WORD.findall(rest)) <= MAX_WORDS and not _DIGIT.search(rest) and all(w in ("by", "on") for w in words)
