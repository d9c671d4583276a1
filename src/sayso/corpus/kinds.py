"""What kind of reuse a pair of pages shows, which page came first, and why; unsure is an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from sayso.lang import load
from sayso.model import Span, merged

from .alignment import Passage
from .case_text import CaseText
from .document import Document
from .families import DocFamily
from .lineage import is_agency
from .reuse import Reuse

__all__ = ["Relation", "ReuseKind", "relate"]

ReuseKind = Literal["wire", "verbatim", "edited", "rewrite", "quotation", "boilerplate", "coincidence"]

COPY_SHARE = 0.3
"""Share of a page's own words that must be shared for it to count as taken from another; below it quotes."""
VERBATIM, EDITED = 0.97, 0.6
"""Mean share of words that agree."""
DOUBTFUL_SCORE = 0.5
LEAD_CHARS = 300


@dataclass(frozen=True, slots=True)
class Relation:
    """What one pair of pages has to do with each other."""

    a: str
    b: str
    kind: ReuseKind
    passages: tuple[Passage, ...]
    earlier: str | None
    """Id of the page that the text was taken from; None where that is open."""
    later: str | None
    score: float
    """How sure the direction is, 0..1; 0 where it is open."""
    reason: str


def relate(case: CaseText, reuse: Iterable[Reuse], families: Iterable[DocFamily]) -> list[Relation]:
    """Name the kind and the direction of every pair, in the order of `reuse`."""
    rows = {row.id: row for row in families}
    return [_relation(case, pair, rows) for pair in reuse]


def _relation(case: CaseText, pair: Reuse, rows: Mapping[str, DocFamily]) -> Relation:
    earlier, score, reason = _direction(case, pair, rows)
    later = None if earlier is None else pair.b if earlier == pair.a else pair.a
    kind, why = _kind(case, pair, earlier, later)
    if kind in ("quotation", "boilerplate", "coincidence"):
        earlier, later, score = None, None, 0.0
    return Relation(pair.a, pair.b, kind, pair.passages, earlier, later, score, "; ".join(filter(None, (why, reason))))


def _direction(case: CaseText, pair: Reuse, rows: Mapping[str, DocFamily]) -> tuple[str | None, float, str]:
    for later, earlier in ((pair.a, pair.b), (pair.b, pair.a)):
        steps, score, page = 0, 1.0, later
        while rows[page].parent is not None:
            score, steps = score * rows[page].score, steps + 1
            page = rows[page].parent or page
            if page == earlier:
                reason = rows[later].reason if steps == 1 else f"by way of {steps - 1} other pages"
                return earlier, round(score, 6), reason
    if rows[pair.a].family == rows[pair.b].family:
        first = rows[pair.a].family
        return None, 0.0, f"both go back to {case.documents[case.number[first]].outlet or first}"
    return None, 0.0, "neither was taken from the other as a whole"


def _kind(case: CaseText, pair: Reuse, earlier: str | None, later: str | None) -> tuple[ReuseKind, str]:
    a, b = case.documents[case.number[pair.a]], case.documents[case.number[pair.b]]
    if all(_is_boilerplate(passage.a, a.text) or _is_boilerplate(passage.b, b.text) for passage in pair.passages):
        return "boilerplate", "text that an outlet puts on its pages"
    if pair.score < DOUBTFUL_SCORE and not any(passage.whole for passage in pair.passages):
        return "coincidence", "little more than the same names and phrases"
    share = max(_share(case, a, pair.passages, 0), _share(case, b, pair.passages, 1))
    if share < COPY_SHARE and earlier is None:
        return "quotation", f"at most {round(100 * share)} % of either page: a quotation or a document both use"
    density = _mean_density(pair.passages)
    first, taker = (b, a) if later == pair.a else (a, b)
    if density >= EDITED and (credit := _agency_credit(first, taker)):
        return "wire", credit
    if density >= VERBATIM:
        return "verbatim", f"{round(100 * density)} % of the words agree"
    kind: ReuseKind = "edited" if density >= EDITED else "rewrite"
    return kind, f"{round(100 * density)} % of the words agree"


def _share(case: CaseText, document: Document, passages: Sequence[Passage], side: int) -> float:
    """Share of the page's own words, boilerplate left out, that stands in the passages."""
    number = case.number[document.id]
    mask = case.masks[number]
    starts = case.starts(number)[~mask]
    spans = merged(Span(*((passage.a, passage.b)[side])) for passage in passages)
    edges = np.array([edge for span in spans for edge in (span.start, span.end)], dtype=np.int64)
    # A word between the first and second, third and fourth… edge stands inside.
    inside = int((np.searchsorted(edges, starts, "right") % 2).sum())
    return inside / max(1, len(starts))


def _mean_density(passages: Sequence[Passage]) -> float:
    sizes = [passage.b[1] - passage.b[0] for passage in passages]
    return sum(p.density * size for p, size in zip(passages, sizes, strict=True)) / max(1, sum(sizes))


@cache
def _cues() -> Mapping[str, list[str]]:
    cues: Mapping[str, list[str]] = load("reuse_cues")
    return cues


def _is_boilerplate(span: tuple[int, int], text: str) -> bool:
    passage = text[span[0] : span[1]].lower()
    return sum(cue in passage for cue in _cues()["boilerplate"]) >= 2


def _agency_credit(first: Document, taker: Document) -> str:
    """Why the text is an agency's, or nothing."""
    if is_agency(first.outlet):
        return f"{first.outlet} is an agency"
    for document in (taker, first):
        agency = next((credit for credit in document.credits if is_agency(credit)), None)
        if agency:
            return f"{document.outlet or document.id} credits {agency}"
        marked = [agency for agency in _cues()["agencies"] if f"({agency})" in document.text[:LEAD_CHARS]]
        if marked:
            return f"{document.outlet or document.id} carries the mark ({marked[0]})"
    return ""
