"""What speaks for one page being taken from another: signs of direction, for every pair that shares text.

Time is one sign among many, for clocks lie. The others come from the text: what a page has that its
would-be parent lacks but a third page holds (nobody restores cut words), edits that two pages share,
how much of a page the other explains, order kept or broken, agency marks, and who shares the lead.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np

from sayso.lang import load

from .alignment import Passage
from .case_text import CaseText

__all__ = ["SIGNS", "Candidate", "Page", "candidates_of", "elect_root", "pages_of"]

MAX_CANDIDATES = 24
"""Would-be parents looked at for one page."""
MIN_COVERAGE = 0.12
"""Least share of a page that a would-be parent must explain."""
LEAD_CHARS = 40

SIGNS = (
    "explains",  # share of the page's own words inside shared passages
    "explains_less",  # ... less than the best candidate does
    "explained",  # share of the candidate inside shared passages
    "new",  # inside them: pairs of words that the candidate lacks
    "new_more",  # ... more than for the best candidate
    "lost",  # inside them: pairs of words of the candidate that the page lacks
    "lost_more",
    "restored",  # pairs that the candidate lacks but the family's root has
    "restored_back",  # the same for the opposite direction
    "restored_any",  # pairs that the candidate lacks but any other relative has
    "restored_any_more",
    "inherited",  # pairs shared with the candidate that the root lacks
    "inherited_less",  # ... less than with the candidate that shares most
    "inherited_alone",  # ... that no other relative has
    "edits_kept",  # of the candidate's pairs that the root lacks, the share that the page has too
    "edits_explained",  # of the page's pairs that the root lacks, the share that the candidate has too
    "absent",  # pairs of the root that both lack
    "absent_less",  # ... fewer than with the candidate that shares most
    "absent_kept",  # of the root's pairs that the candidate lacks, the share that the page lacks too
    "absent_explained",  # of the root's pairs that the page lacks, the share that the candidate lacks too
    "breaks",  # passages beyond one
    "breaks_more",  # ... more than for the candidate with fewest
    "breaks_root",  # ... more than with the root, below 0 where the order is nearer the candidate's
    "is_root",
    "root_inherited",  # most pairs the page shares with any candidate that the root lacks
    "agency",  # the candidate's outlet is an agency
    "page_agency",
    "lead",  # both begin alike
    "lead_page",  # the page begins inside a shared passage
    "later",  # +1 the page's clock is later, -1 earlier, 0 unknown
    "hours",  # log of the clocks' distance, signed
    "clock_rank",  # candidates with a clock between the two
    "length",  # log ratio of the two lengths
    "relatives",  # log of the number of candidates
)


@dataclass(slots=True)
class Page:
    """One page of a family with the pairs of words it holds; boilerplate left out."""

    number: int
    agency: bool
    time: float | None
    """Hours since an arbitrary moment."""
    starts: list[int]
    """Where each kept word starts."""
    pairs: list[int]
    """One number for each pair of neighbouring kept words, in text order."""
    bag: frozenset[int]
    lead: int
    """Where the kept words begin."""
    relatives: dict[int, tuple[Passage, ...]] = field(default_factory=dict)
    """Passages shared with other pages, `a` being this page's side."""

    def words_inside(self, passages: Iterable[Passage]) -> int:
        """How many kept words stand in the passages."""
        starts = self.starts
        return sum(bisect_left(starts, p.a[1]) - bisect_left(starts, p.a[0]) for p in passages)

    def pairs_inside(self, passages: Iterable[Passage]) -> set[int]:
        """The pairs of kept words in the passages."""
        pairs: set[int] = set()
        for passage in passages:
            first, end = bisect_left(self.starts, passage.a[0]), bisect_left(self.starts, passage.a[1])
            pairs.update(self.pairs[first : max(first, end - 1)])
        return pairs


@dataclass(slots=True)
class Candidate:
    """A would-be parent of a page and the signs for and against it."""

    parent: int
    signs: dict[str, float]

    def row(self) -> list[float]:
        """The signs in the order of `SIGNS`."""
        return [self.signs[name] for name in SIGNS]


def pages_of(case: CaseText, found: Iterable[tuple[int, int, Sequence[Passage]]]) -> dict[int, Page]:
    """Pages that share text with another, by number.

    Args:
        case: texts made ready.
        found: pairs of document numbers with their passages.
    """
    relatives: dict[int, dict[int, tuple[Passage, ...]]] = defaultdict(dict)
    for a, b, passages in found:
        relatives[a][b] = tuple(passages)
        relatives[b][a] = tuple(passage.flipped() for passage in passages)
    pages = {}
    for number in sorted(relatives):
        page = _page(case, number)
        page.relatives = relatives[number]
        pages[number] = page
    return pages


def _page(case: CaseText, number: int) -> Page:
    document = case.documents[number]
    kept = ~case.masks[number]
    starts = case.starts(number)[kept].tolist()
    words = case.table.words(number)[kept].astype(np.int64)
    pairs = (words[:-1] * 0x1000003 + words[1:]).tolist()
    return Page(
        number=number,
        agency=is_agency(document.outlet),
        time=_hours(document.time),
        starts=starts,
        pairs=pairs,
        bag=frozenset(pairs),
        lead=starts[0] if starts else 0,
    )


def is_agency(outlet: str | None) -> bool:
    """Whether an outlet's name is one of an agency that others copy."""
    if not outlet:
        return False
    name = " ".join(outlet.lower().replace(".", "").split())
    names = load("agencies")
    return name in names["names"] or any(name.endswith(" " + ending) or name == ending for ending in names["endings"])


def _hours(time: str | None) -> float | None:
    if not time:
        return None
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.timestamp() / 3600


def elect_root(pages: Mapping[int, Page], members: Sequence[int]) -> int:
    """The member that explains the others best; an agency's page before any other, then the earlier one."""

    def rank(number: int) -> tuple[bool, float, float, int]:
        page = pages[number]
        explained = sum(
            pages[other].words_inside(pages[other].relatives[number])
            for other in members
            if number in pages[other].relatives
        )
        return (page.agency, round(explained / 20), -(page.time or 0.0), -number)

    return max(members, key=rank)


def candidates_of(page: Page, pages: Mapping[int, Page], root: int | None) -> list[Candidate]:
    """Would-be parents of a page with their signs, those that explain most of it first."""
    total = max(1, len(page.starts))
    explained = {other: page.words_inside(passages) for other, passages in page.relatives.items()}
    order = sorted(explained, key=lambda other: (-explained[other], other))
    chosen = [other for other in order if explained[other] >= MIN_COVERAGE * total][:MAX_CANDIDATES]
    if root is not None and root in explained and root not in chosen and explained[root] >= MIN_COVERAGE * total:
        chosen.append(root)
    held = _held_by(pages, chosen)
    root_bag = pages[root].bag if root is not None else frozenset()
    out = [_signs(page, pages[other], root, root_bag, held, explained[other] / total) for other in chosen]
    _compare(out)
    return [Candidate(other, signs) for other, signs in zip(chosen, out, strict=True)]


def _held_by(pages: Mapping[int, Page], members: Sequence[int]) -> dict[int, int]:
    """How many of the members hold each pair of words."""
    held: Counter[int] = Counter()
    for member in members:
        held.update(pages[member].bag)
    return held


def _signs(
    page: Page, other: Page, root: int | None, root_bag: frozenset[int], held: Mapping[int, int], explains: float
) -> dict[str, float]:
    passages = page.relatives[other.number]
    back = [passage.flipped() for passage in passages]
    page_pairs = page.pairs_inside(passages)
    other_words, other_pairs = other.words_inside(back), other.pairs_inside(back)
    missing = page.bag - other.bag
    shared = page.bag & other.bag
    is_root = other.number == root
    own_root = page.number == root
    compared = not is_root and not own_root
    unlike_root = shared - root_bag if compared else frozenset()
    absent = root_bag - other.bag if compared else frozenset()
    absent_page = root_bag - page.bag if compared else frozenset()
    absent_both = absent & absent_page
    edits = len(other_pairs - root_bag) if compared else 0
    return {
        "explains": explains,
        "explained": other_words / max(1, len(other.starts)),
        "new": len(page_pairs - other.bag) / max(1, len(page_pairs)),
        "lost": len(other_pairs - page.bag) / max(1, len(other_pairs)),
        "restored": math.log1p(len(missing & root_bag)) if compared else 0.0,
        "restored_back": math.log1p(len((other.bag - page.bag) & root_bag)) if compared else 0.0,
        "restored_any": math.log1p(sum(1 for pair in missing if held.get(pair, 0))),
        "inherited": math.log1p(len(unlike_root)),
        "inherited_alone": math.log1p(sum(1 for pair in unlike_root if held.get(pair, 0) == 1)),
        "edits_kept": len(unlike_root) / max(1, edits, len(unlike_root)),
        "edits_explained": len(unlike_root) / max(1, len(page.bag - root_bag)),
        "absent": math.log1p(len(absent_both)),
        "absent_kept": len(absent_both) / max(1, len(absent)),
        "absent_explained": len(absent_both) / max(1, len(absent_page)),
        "breaks": float(min(12, len(passages) - 1)),
        "breaks_root": float(len(passages) - len(page.relatives.get(root, passages) if root is not None else passages)),
        "is_root": float(is_root),
        "agency": float(other.agency),
        "page_agency": float(page.agency),
        "lead": float(any(_near(p.a[0], page.lead) and _near(p.b[0], other.lead) for p in passages)),
        "lead_page": float(any(_near(p.a[0], page.lead) for p in passages)),
        **_clock(page.time, other.time),
        "length": math.log(max(1, len(page.starts)) / max(1, len(other.starts))),
    }


def _near(position: int, lead: int) -> bool:
    return abs(position - lead) <= LEAD_CHARS


def _clock(time: float | None, other: float | None) -> dict[str, float]:
    if time is None or other is None:
        return {"later": 0.0, "hours": 0.0}
    hours = time - other
    return {"later": float(np.sign(hours)), "hours": math.copysign(math.log1p(abs(hours)), hours)}


def _compare(rows: list[dict[str, float]]) -> None:
    """Add the signs that compare a candidate with its rivals."""
    if not rows:
        return
    for name, against, best in (
        ("explains_less", "explains", max),
        ("new_more", "new", min),
        ("lost_more", "lost", min),
        ("restored_any_more", "restored_any", min),
        ("inherited_less", "inherited", max),
        ("absent_less", "absent", max),
        ("breaks_more", "breaks", min),
    ):
        limit = best(row[against] for row in rows)
        for row in rows:
            row[name] = abs(row[against] - limit)
    inherited = max(row["inherited"] for row in rows)
    for row in rows:
        row["root_inherited"] = inherited
        row["relatives"] = math.log(len(rows))
        between = sum(1 for rival in rows if 0 < rival["hours"] < row["hours"]) if row["hours"] > 0 else 0
        row["clock_rank"] = float(between)
