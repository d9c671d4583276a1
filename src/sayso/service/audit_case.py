"""What a draft shares with the pages of a case: quotations in other words, passages without credit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.model import Finding, Reading, Span
from sayso.stages.findings_registry import finding

from .check import check_in_case

if TYPE_CHECKING:
    from sayso.corpus.document import Document

    from .case import Case

__all__ = ["findings_across"]

MIN_WORDS = 30
"""Fewer words in a row of sentences are alike by chance or by necessity."""
MIN_DENSITY = 0.6
MAX_PAGES = 50
"""Pages that share most words with the draft; the others share no passage."""


def findings_across(reading: Reading, case: Case) -> list[Finding]:
    """SAY507 and SAY508 of a draft against a case, in text order."""
    found = [*_altered(reading, case), *_uncredited(reading, case)]
    return sorted(found, key=lambda f: (f.span.start if f.span else -1, f.code))


def _altered(reading: Reading, case: Case) -> Iterator[Finding]:
    for verdict in check_in_case(case.analysis, reading.text).verdicts:
        if verdict.item.kind == "quotation" and verdict.status == "altered" and verdict.places:
            place = verdict.places[0]
            span = Span(*verdict.item.span)
            yield finding("SAY507", span, later="the draft", earlier=f"{place.outlet or place.page}: “{place.quote}”")


def _uncredited(reading: Reading, case: Case) -> Iterator[Finding]:
    """Passages of other outlets, the longest of each page, where the draft names no such outlet."""
    from sayso.corpus.reuse import find_reuse

    drafted, pages = _documents(reading, case)
    taken: list[Span] = []
    for reuse in find_reuse([drafted, *pages.values()]):
        page = pages.get(reuse.b) if reuse.a == drafted.id else None
        if page is None or page.outlet is None or _is_credited(reading, page):
            continue
        passage = max(reuse.passages, key=lambda p: p.a[1] - p.a[0], default=None)
        if passage is None or passage.density < MIN_DENSITY:
            continue
        span = Span(*passage.a).stripped(reading.text)
        words = span.of(reading.text)
        if _own_words(words) >= MIN_WORDS and not any(span.overlaps(one) for one in taken):
            taken.append(span)
            yield finding("SAY508", span, outlet=page.outlet, earlier=f"“{page.title or page.id}”")


def _documents(reading: Reading, case: Case) -> tuple[Document, dict[str, Document]]:
    """The draft, and the pages that may share a passage with it."""
    from sayso.corpus.document import Document

    from .case_analysis import document_of_stored

    analysis = case.analysis
    own = analysis.view.sharing(sorted({w.casefold() for w in reading.text.split()}), limit=MAX_PAGES)
    stored = [analysis.stored[id] for id in own] if len(analysis.stored) > MAX_PAGES else analysis.stored.values()
    pages = {one.id: document_of_stored(one) for one in stored}
    return Document(id="draft", text=reading.text, title=None), pages


def _is_credited(reading: Reading, page: Document) -> bool:
    """Whether the draft names the outlet, or an agency that the page has the passage from."""
    text = reading.text.casefold()
    names = [page.outlet or "", *page.credits]
    return any(name and name.casefold().removeprefix("the ") in text for name in names)


def _own_words(words: str) -> int:
    """How many words stand outside quotation marks."""
    import re

    return len(re.sub(r"“[^”]*”|\"[^\"]*\"", " ", words).split())
