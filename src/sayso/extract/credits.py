"""Credit lines and datelines: which agencies a story says it comes from, and where it was filed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sayso.lang import load

__all__ = ["Dateline", "find_credits", "read_dateline"]

MAX_DATELINE = 110
MAX_CREDIT_LINE = 300


@dataclass(frozen=True, slots=True)
class Dateline:
    """`WASHINGTON, Sept 11 (Reuters) -` at the start of a story."""

    place: str
    agency: str | None
    raw: str
    end: int
    """Where the story's first word after it starts."""


_DATELINE = re.compile(
    r"(?P<place>[A-Z][^\W\d_.'’/ -]*(?:[ .'’/,-]{1,2}[^\W\d_.'’/,() -]+\.?){0,7})?\s*,?\s*"
    r"(?P<day>(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?)?\s*,?\s*"
    r"(?:[(/\[](?P<agency>[^()\[\]/]{2,40})[)/\]])?\s*(?:--|[-–—―:])\s*"
)


_AGENCY_NAME = re.compile(
    r"(?:[Tt]he )?(?:[^\W\d_a-z][\w.-]{0,20} ){1,3}"
    r"(?:News Agency|Press Agency|News Service|Wire Service|Press Trust|Newswire)"
)
"""Names that say what they are."""


def read_dateline(text: str) -> Dateline | None:
    """Read the dateline a paragraph opens with.

    A place in capitals is enough; a place in mixed case needs an agency's mark after it.

    >>> read_dateline("PARIS, Sept 11 (Reuters) - A court ruled.").agency
    'Reuters'
    """
    match = _DATELINE.match(text[:MAX_DATELINE])
    if match is None:
        return None
    place, mark = (match["place"] or "").strip(" ,"), match["agency"]
    agency = agency_of(mark) if mark else None
    letters = [c for word in place.split(",")[:1] for c in word if c.isalpha()]
    capitals = len(letters) > 2 and all(c.isupper() for c in letters)
    if agency is None and not (capitals and (match["day"] or match.group().rstrip()[-1:] in "-–—―")):
        return None
    if not place and agency is None:
        return None
    return Dateline(place, agency, match.group().strip(), match.end())


@cache
def _marks() -> dict[str, str]:
    return {mark: name for name, marks in load("credits")["agencies"].items() for mark in marks}


@cache
def _credit_pattern() -> re.Pattern[str]:
    words = sorted((re.escape(word) for word in load("credits")["credit_cues"]), key=lambda word: (-len(word), word))
    marks = sorted((re.escape(mark) for mark in _marks()), key=lambda mark: (-len(mark), mark))
    return re.compile(
        rf"(?<!\w)(?P<cue>{'|'.join(words)})(?!\w)[\s:,-]*(?:\d{{4}}\s+)?(?:the\s+)?(?-i:(?P<mark>{'|'.join(marks)}))(?!\w)",
        re.IGNORECASE,
    )


def agency_of(mark: str) -> str | None:
    """The agency that a mark stands for: the whole mark, or one of its parts between slashes and commas.

    A name that ends in `News Agency` or the like is its own.

    >>> agency_of("AP"), agency_of("Reuters/Ipsos poll"), agency_of("a mark")
    ('Associated Press', None, None)
    """
    if _AGENCY_NAME.fullmatch(mark.strip(" .")) and mark.strip(" .") not in _marks():
        return " ".join(mark.strip(" .").removeprefix("The ").removeprefix("the ").split())
    marks = _marks()
    for part in (mark, *re.split(r"\s*[/,&|]\s*|\s+and\s+", mark)[:6]):
        found = marks.get(part.strip(" ."))
        if found and (
            part == mark or all(p.strip(" .") in marks for p in re.split(r"\s*[/,&|]\s*|\s+and\s+", mark)[:6])
        ):
            return found
    return None


def find_credits(byline: Iterable[str], paragraphs: Iterable[str], lines: Iterable[str] = ()) -> tuple[str, ...]:
    """Agencies that a page credits, in order of where they stand, none twice.

    Args:
        byline: outlets and agencies named in the byline.
        paragraphs: the story's first blocks, read for a dateline.
        lines: short blocks that may be credit lines: bylines, stamps, the story's last blocks.
    """
    out: dict[str, None] = {}
    for name in byline:
        agency = agency_of(name)
        if agency:
            out[agency] = None
    for text in paragraphs:
        dateline = read_dateline(text)
        if dateline and dateline.agency:
            out[dateline.agency] = None
    weak = set(load("credits")["datelines_only"])
    for line in lines:
        if len(line) > MAX_CREDIT_LINE:
            continue
        whole = agency_of(line.strip(" .()—-"))
        if whole and line.strip(" .()—-") not in weak:
            out[whole] = None
        for match in _credit_pattern().finditer(line):
            if match["mark"] not in weak:
                out[_marks()[match["mark"]]] = None
    return tuple(out)
