"""Families: which pages were taken from which, as trees; one parent at most, so merged pages chain nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np

from sayso.learned.forest import Forest

from .case_text import CaseText
from .components import connected
from .document import Document
from .lineage import Candidate, Page, candidates_of, elect_root, pages_of
from .reuse import Reuse

__all__ = ["DocFamily", "build_families", "credits", "family_rows", "parent_signs"]

MIN_PARENT = 0.05
"""Least likelihood of a parent that is named."""
SURE_PARENT = 0.5
TILT = 8.0
"""Odds given to parents other than the root. Most copies come from the root, and a model that only counts
right answers would hardly ever name a copy's copy; see docs/method/reuse.md for what the tilt costs."""
BATCH_PAGES = 2000
"""Pages whose signs are held at a time: what bounds memory in a large case."""
CREDIT_ODDS = 200.0
"""Odds that a credit adds; evidence, not an oracle."""
CREDITED_SHARE = 0.25
CREDIT_CHARS = 400
CLOSE = 0.3
"""Share of a page that a relative must explain to have a say in who the root is."""


@dataclass(frozen=True, slots=True)
class DocFamily:
    """Where one page stands among the copies of a text."""

    id: str
    family: str
    """Id of the page that the family goes back to; the page's own where nothing was taken."""
    parent: str | None
    """Id of the page it was taken from; None for a root, and where no parent is likely enough."""
    score: float
    """How likely that parent is, 0..1; for a page without one, how likely it is that there is none."""
    reason: str
    rivals: tuple[tuple[str, float], ...] = ()
    """Other possible parents with their scores, best first."""

    @property
    def sure(self) -> bool:
        """Whether the parent is more likely right than wrong."""
        return self.parent is not None and self.score >= SURE_PARENT


@cache
def _forest() -> Forest:
    with as_file(files(__package__).joinpath("weights", "direction.npz")) as path:
        return Forest.load(path)


def build_families(documents: Iterable[Document] | CaseText, reuse: Iterable[Reuse]) -> list[DocFamily]:
    """Arrange pages as trees of copies.

    Args:
        documents: the pages given to `find_reuse`, or their texts made ready.
        reuse: what it returned.

    Returns:
        One row a page, in the order given. A page that only quotes another is a family of its own.
    """
    case = documents if isinstance(documents, CaseText) else CaseText(documents)
    rows: dict[int, DocFamily] = {}
    for pages, pairs in _batches(case, list(reuse)):
        options = _options(case, pairs)
        chosen = _trees(options)
        rows |= {number: _row(case, number, options.get(number, []), chosen) for number in pages}
    return [rows[number] if number in rows else _row(case, number, [], {}) for number in range(len(case))]


def _options(case: CaseText, reuse: Sequence[Reuse]) -> dict[int, list[tuple[float, Candidate]]]:
    """Would-be parents of each page with their likelihoods."""
    signs = parent_signs(case, reuse)
    numbered = [(page, candidate) for page, candidates in signs.items() for candidate in candidates]
    options: dict[int, list[tuple[float, Candidate]]] = {}
    for (page, candidate), likelihood in zip(numbered, _likelihoods([c for _, c in numbered]), strict=True):
        score = _with_credit(case.documents[page], case.documents[candidate.parent], candidate, likelihood)
        options.setdefault(page, []).append((score, candidate))
    return options


def _batches(case: CaseText, reuse: Sequence[Reuse]) -> Iterator[tuple[list[int], list[Reuse]]]:
    """Pages that hang together through shared text, many at a time: families of different batches share nothing."""
    home = connected((case.number[pair.a], case.number[pair.b]) for pair in reuse)
    groups: dict[int, list[int]] = {}
    for page, first in home.items():
        groups.setdefault(first, []).append(page)
    pairs: dict[int, list[Reuse]] = {}
    for pair in reuse:
        pairs.setdefault(home[case.number[pair.a]], []).append(pair)
    pages: list[int] = []
    found: list[Reuse] = []
    for root, members in groups.items():
        pages += members
        found += pairs[root]
        if len(pages) >= BATCH_PAGES:
            yield pages, found
            pages, found = [], []
    if pages:
        yield pages, found


def parent_signs(case: CaseText, reuse: Iterable[Reuse]) -> dict[int, list[Candidate]]:
    """Would-be parents of every page that shares text, with their signs, by document number."""
    found = [(case.number[pair.a], case.number[pair.b], pair.passages) for pair in reuse]
    pages = pages_of(case, found)
    return {number: candidates_of(page, pages, _root(page, pages)) for number, page in pages.items()}


def _root(page: Page, pages: dict[int, Page]) -> int:
    words = len(page.starts)
    close = [other for other, passages in page.relatives.items() if page.words_inside(passages) >= CLOSE * words]
    return elect_root(pages, [*sorted(close), page.number])


def _likelihoods(candidates: Sequence[Candidate]) -> list[float]:
    if not candidates:
        return []
    rows = np.array([candidate.row() for candidate in candidates], dtype=np.float32)
    return [float(value) for value in _forest().predict(rows)]


def _with_credit(page: Document, parent: Document, candidate: Candidate, score: float) -> float:
    """The likelihood once the page's own credit is counted: who credits an outlet and repeats it took it from there."""
    if candidate.signs["explains"] < CREDITED_SHARE or not credits(page, parent):
        return score
    return score * CREDIT_ODDS / (1 - score + score * CREDIT_ODDS)


def credits(page: Document, parent: Document) -> bool:
    """Whether a page credits another's outlet: in its credits, or by a mark such as (NPA) near its top."""
    if not parent.outlet or parent.outlet == page.outlet:
        return False
    name = _plain(parent.outlet)
    if any(_plain(credit) in (name, _initials(parent.outlet)) for credit in page.credits):
        return True
    head = page.text[:CREDIT_CHARS]
    return f"({_initials(parent.outlet).upper()})" in head or name in _plain(head)


def _plain(name: str) -> str:
    words = " ".join(name.lower().replace(".", "").split())
    return words.removeprefix("the ")


def _initials(name: str) -> str:
    words = [word for word in name.split() if word[0].isupper() and word.lower() != "the"]
    return "".join(word[0] for word in words).lower() if len(words) > 1 else "\0"


def _rank(score: float, candidate: Candidate) -> float:
    """The likelihood that parents are chosen by."""
    if candidate.signs["is_root"]:
        return score
    return score * TILT / (1 - score + score * TILT)


def _trees(options: dict[int, list[tuple[float, Candidate]]]) -> dict[int, tuple[float, Candidate]]:
    """The likeliest parent of each page such that nobody descends from itself, likeliest links first."""
    raw = {(page, candidate.parent): score for page, rows in options.items() for score, candidate in rows}
    links = [
        (_rank(score, candidate), score, page, candidate)
        for page, rows in options.items()
        for score, candidate in rows
        # One of two pages was first: the tilt mustn't turn what the signs say of the pair.
        if score >= MIN_PARENT and score >= raw.get((candidate.parent, page), 0.0)
    ]
    links.sort(key=lambda link: (-link[0], link[2], link[3].parent))
    chosen: dict[int, tuple[float, Candidate]] = {}
    for _, score, page, candidate in links:
        if page not in chosen and _top(candidate.parent, chosen) != page:
            chosen[page] = (score, candidate)
    return chosen


def _top(page: int, chosen: dict[int, tuple[float, Candidate]]) -> int:
    while page in chosen:
        page = chosen[page][1].parent
    return page


def _row(
    case: CaseText, number: int, options: list[tuple[float, Candidate]], chosen: dict[int, tuple[float, Candidate]]
) -> DocFamily:
    documents = case.documents
    family = documents[_top(number, chosen)].id
    ranked = sorted(options, key=lambda option: (-option[0], option[1].parent))
    if number not in chosen:
        best = ranked[0][0] if ranked else 0.0
        reason = "shares text with others, but no page that it was taken from is likely" if ranked else "shares no text"
        return DocFamily(documents[number].id, family, None, round(1 - best, 6), reason)
    score, candidate = chosen[number]
    rivals = tuple((documents[o.parent].id, round(s, 6)) for s, o in ranked if o.parent != candidate.parent)[:3]
    return DocFamily(
        documents[number].id, family, documents[candidate.parent].id, round(score, 6), reason_of(candidate), rivals
    )


def reason_of(candidate: Candidate) -> str:
    """What speaks for a parent, in words."""
    signs = candidate.signs
    parts = [f"holds {round(100 * signs['explains'])} % of this page's own words"]
    if signs["edits_kept"] > 0.2 and signs["inherited"] > 1:
        parts.append(f"shares {round(100 * signs['edits_kept'])} % of its changes to the first text with this page")
    if signs["absent_kept"] > 0.9 and signs["absent"] > 1.5:
        parts.append("what it cut is cut here too")
    if signs["breaks"] == 0 and signs["breaks_root"] < 0:
        parts.append("same order")
    if signs["agency"]:
        parts.append("an agency's page")
    if signs["later"] > 0:
        parts.append("its clock is earlier")
    elif signs["later"] < 0:
        parts.append("although its clock is later")
    return "; ".join(parts)


def family_rows(families: Iterable[DocFamily]) -> list[dict[str, object]]:
    """Rows of plain data: id, family, parent, score, reason."""
    return [
        {"id": row.id, "family": row.family, "parent": row.parent, "score": row.score, "reason": row.reason}
        for row in families
    ]
