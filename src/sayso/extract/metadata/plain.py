"""Metadata of plain text: the first lines of a story, read as an editor reads them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.model import PageDate

from .bylines import Byline, opens_byline, parse_byline
from .dates import FoundDate, find_dates, month_number
from .headlines import Headline
from .strings import clean, fold

__all__ = ["PlainTop", "read_top"]

TOP = 14
"""Blocks at the start in which stamp, byline and headline are looked for."""
MAX_LINE = 240
MAX_HEADLINE = 200
_CUE = re.compile(r"^(?:first |originally )?(?:published|posted|updated|date|dated|filed|created)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*$")
_BAR = re.compile(r"\s*[|•·]\s*|\n")


@dataclass(slots=True)
class PlainTop:
    """What the first lines of a plain text say."""

    headline: Headline | None = None
    byline: Byline = field(default_factory=Byline)
    byline_block: int | None = None
    published: PageDate | None = None
    published_block: int | None = None
    modified: PageDate | None = None


def read_top(texts: Sequence[str], *, day_first: bool | None = None) -> PlainTop:
    """Read the top of a plain text.

    Args:
        texts: the text's blocks in order.
        day_first: how `03/04/2020` is meant, where known.
    """
    top = PlainTop()
    repeated = {key for key, times in Counter(map(fold, texts[:TOP])).items() if times > 1}
    for index, text in enumerate(texts[:TOP]):
        line = clean(text)
        if not line:
            continue
        if len(line) > MAX_LINE or (len(line) > 120 and _SENTENCE_END.search(line)):
            break
        stamp = _read_stamp(text, top, index, day_first)
        byline = _read_byline(text, top, index)
        if not stamp and not byline and top.headline is None and _headline_like(line, fold(line) in repeated):
            start = len(text) - len(text.lstrip())
            top.headline = Headline(line, index, start, start + len(text.strip()))
    return top


def _read_stamp(text: str, top: PlainTop, index: int, day_first: bool | None) -> bool:
    found = next(find_dates(text, day_first=day_first), None)
    if found is None or len(found.value) < 10 or not _is_stamp(text, found):
        return False
    stamp = PageDate(found.value, found.raw, "text")
    changed = re.search(r"updated|modified|revised", text[: found.start], re.IGNORECASE)
    if changed and top.modified is None:
        top.modified = stamp
    elif not changed and top.published is None:
        top.published, top.published_block = stamp, index
    return True


def _is_stamp(text: str, found: FoundDate) -> bool:
    """Whether a line is a stamp: a cue and the date, or little else than the date, or beside a byline."""
    if _CUE.match(text.strip()):
        return True
    rest = _BAR.sub(" ", text[: found.start] + " " + text[found.end :]).split()
    return (
        len(rest) <= 6 and not _SENTENCE_END.search(text.strip()[-2:]) and not any(month_number(word) for word in rest)
    )


def _read_byline(text: str, top: PlainTop, index: int) -> bool:
    """Read a line that opens a byline, itself or after a bar: `Daily Bugle | By Ann Lee`."""
    segments = _BAR.split(text)
    for segment in segments:
        rest = opens_byline(segment.strip())
        if rest is None or not segment.strip()[:1].isupper():
            continue
        byline = parse_byline(segment)
        if byline.names and len(segment) < 160 and not _SENTENCE_END.search(rest):
            if not top.byline.names:
                top.byline, top.byline_block = byline, index
            return True
    return False


def _headline_like(line: str, repeated: bool) -> bool:
    words = line.split()
    if not 1 < len(words) <= 40 or len(line) > MAX_HEADLINE or not any(c.isalpha() for c in line):
        return False
    if repeated:
        return True
    return len(words) >= 3 and not line.endswith((".", ":", ",", ";"))
