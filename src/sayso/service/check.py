"""Check a text's quotations and attributed statements against the pages of a case, or against plain strings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from sayso.errors import InvalidSetting, TooLarge
from sayso.model import Reading

from .lines import shown
from .reading import Options, read_html, read_text

if TYPE_CHECKING:
    from sayso.checking import CheckedPage, SaidThere, Verdict
    from sayso.checking.checker import Told
    from sayso.corpus.graph import Source
    from sayso.store import StoredDocument, StoredStatement

    from .case_analysis import Analysis

__all__ = ["CheckReport", "SourcePage", "Sources", "check", "check_in_case", "check_lines"]

MAX_CHARS = 2_000_000
"""Of a text that is checked."""
CONTRACT = "check/1"
LAYERS = ("entities", "attributions")


class SourcePage(TypedDict, total=False):
    """A page to check against: `text` or `html`, and what is known of it."""

    id: str
    text: str
    html: str
    url: str | None
    published: str | None
    title: str | None
    publisher: str | None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Every quotation and attributed statement of a text, with what the pages have of it."""

    verdicts: tuple[Verdict, ...]

    @property
    def ok(self) -> bool:
        """Whether everything was found, or is supported in other words."""
        from sayso.checking import is_right

        return is_right(self.verdicts)

    def to_dict(self) -> dict[str, Any]:
        """Plain data: `check/1`."""
        from sayso.checking import summary

        return {
            "sayso": CONTRACT,
            "ok": self.ok,
            "summary": summary(self.verdicts),
            "items": [verdict.to_dict() for verdict in self.verdicts],
        }


def check(text: str, *, pages: Sequence[str | SourcePage], html: bool = False) -> CheckReport:
    """Check a text against pages given as strings.

    Args:
        text: an answer, a draft, a transcript: Markdown, plain text, or HTML.
        pages: plain texts, or mappings with `text` or `html` and, as far as known, `id`, `publisher`, `published`,
            `url`, `title`.
        html: whether `text` is HTML; its spans then count code points of the article text.
    Returns:
        A verdict for each quotation and attributed statement.
    Raises:
        InvalidSetting: a page has neither text nor HTML.
        BadInput: a page can't be read.

    >>> report = check("Berg said “the dam may hold”.", pages=["“The dam will hold,” Anna Berg said."])
    >>> report.ok, report.verdicts[0].status
    (False, 'altered')
    """
    return Sources(pages).check(text, html=html)


def check_in_case(analysis: Analysis, text: str, *, html: bool = False) -> CheckReport:
    """Check a text against all pages of a case."""
    pages = [_page(stored) for stored in analysis.stored.values()]

    outlets = _outlets(page.outlet for page in pages)
    by_id = {page.id: page for page in pages}

    def told(ids: Sequence[str]) -> Callable[[str], tuple[SaidThere, ...]]:
        rows: dict[str, list[StoredStatement]] = {}
        for row in analysis.view.statements(ids) if ids else ():
            rows.setdefault(row.doc, []).append(row)
        return lambda id: _said(rows.get(id, ()), by_id[id], outlets)

    return _checked(text, html, pages, told)


def _checked(text: str, html: bool, pages: Sequence[CheckedPage], told: Told) -> CheckReport:
    from sayso.checking import check_pages

    if len(text) > MAX_CHARS:
        raise TooLarge(f"expected a text of at most {MAX_CHARS} characters, got {len(text)}; check it in parts")
    answer, said, place = _answer(text, html)
    verdicts = check_pages(answer, said, pages, told)
    return CheckReport(tuple(place(verdict) for verdict in verdicts))


def _answer(text: str, html: bool) -> tuple[CheckedPage, tuple[SaidThere, ...], Callable[[Verdict], Verdict]]:
    """The text as a page, what is said in it, and how a verdict's span is put back where it was."""
    from dataclasses import replace

    from sayso.checking.markdown import shown as plain_of

    if html:
        reading = read_html(text, layers=LAYERS)
        return (*_read(reading), lambda verdict: verdict)
    plain = plain_of(text)
    reading = read_text(plain.text, layers=LAYERS)

    def place(verdict: Verdict) -> Verdict:
        span = plain.span(*verdict.item.span)
        return replace(verdict, item=replace(verdict.item, span=span))

    return (*_read(reading), place)


def _read(reading: Reading, outlets: frozenset[str] = frozenset()) -> tuple[CheckedPage, tuple[SaidThere, ...]]:
    stored, rows = _stored(reading)
    page = _page(stored)
    return page, _said(rows, page, outlets)


def _stored(reading: Reading) -> tuple[StoredDocument, list[StoredStatement]]:
    """A reading as a case would give it back."""
    from sayso.store import entry_of
    from sayso.store.view import document_of_row, statement_of_row

    entry = entry_of(reading, "", "")
    document = document_of_row({**entry.document, "number": 0, "generation": 1})
    return document, [statement_of_row({**row, "doc": document.id}) for row in entry.rows["statements"]]


class Sources:
    """Pages given as strings, read once; any number of texts may be checked against them.

    Args:
        pages: as `check` takes them.
    """

    def __init__(self, pages: Sequence[str | SourcePage]) -> None:
        read = [_stored(_reading(page, number)) for number, page in enumerate(pages, 1)]
        outlets = _outlets(document.outlet for document, _ in read)
        self._pages = [_page(document) for document, _ in read]
        self._said = {page.id: _said(rows, page, outlets) for page, (_, rows) in zip(self._pages, read, strict=True)}

    def check(self, text: str, *, html: bool = False) -> CheckReport:
        """Check one text."""
        return _checked(text, html, self._pages, lambda ids: self._said.__getitem__)


def _reading(page: str | SourcePage, number: int) -> Reading:
    from dataclasses import replace

    known: SourcePage = {"text": page} if isinstance(page, str) else page
    text, html = known.get("text"), known.get("html")
    if (text is None) == (html is None):
        raise InvalidSetting(f"expected `text` or `html`, got both or neither at page {number}; give one of them")
    about: Options = {"layers": LAYERS, "url": known.get("url"), "published": known.get("published")}
    about |= {"title": known.get("title"), "publisher": known.get("publisher")}
    reading = read_html(html or "", **about) if text is None else read_text(text, **about)
    return replace(reading, id=known.get("id") or f"page {number}")


def _outlets(names: Iterable[str | None]) -> frozenset[str]:
    from sayso.corpus.origins import plain_name

    return frozenset(plain_name(name) for name in names if name)


def _page(stored: StoredDocument) -> CheckedPage:
    from sayso.checking import CheckedPage

    return CheckedPage(
        id=stored.id,
        text=stored.text,
        outlet=stored.outlet,
        published=stored.published,
        url=stored.url,
        title=stored.title,
        credits=stored.credits,
        blocks=stored.story,
    )


def _said(rows: Sequence[StoredStatement], page: CheckedPage, outlets: frozenset[str]) -> tuple[SaidThere, ...]:
    """The statements of a page with by way of whom it has them."""
    from sayso.checking import SaidThere
    from sayso.checking.hearers import relayed, told_to
    from sayso.corpus.origins import plain_name

    from .case_claims import acts_of, chain_of, is_denied

    acts = acts_of(rows)
    said = [
        SaidThere(
            id=row.id,
            spans=row.spans,
            chain=chain_of(row, page.text, outlets),
            form=row.form,
            tier=row.tier,
            parent=row.parent,
            denied=is_denied(row, acts),
            cue=row.cue,
        )
        for row in rows
        if row.spans
    ]
    known = outlets | _outlets(source.name for one in said for source in one.chain if source.kind == "outlet")
    found = [told_to(one, page.text, lambda name: plain_name(name) in known) for one in said]
    return (*found, *relayed(page))


_TOLD = {
    "found": "found",
    "supported": "supported in other words",
    "altered": "altered",
    "stitched": "stitched from several places",
    "misattributed": "credited to another",
    "second_hand": "only said by way of someone else",
    "not_found": "not found",
}


def check_lines(report: CheckReport) -> list[str]:
    """The report in words, the text's order kept."""
    lines = []
    for verdict in report.verdicts:
        lines.append(
            f"{_TOLD[verdict.status].upper() if verdict.status not in _FINE else _TOLD[verdict.status]}: "
            f"{_short(verdict.item.text)}"
        )
        lines += [f"    {line}" for line in _details(verdict)]
    counts = report.to_dict()["summary"]
    told = ", ".join(f"{count} {_TOLD[status]}" for status, count in counts.items())
    return [*lines, told or "nothing to check: no quotation and no attributed statement"]


_FINE = ("found", "supported")
MAX_SHOWN = 240


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= MAX_SHOWN else f"{words[:MAX_SHOWN]}…"


def _details(verdict: Verdict) -> list[str]:
    lines = [f"credited to {_by(verdict.item.chain)}"] if verdict.item.chain else []
    for place in verdict.places[: 2 if verdict.status == "stitched" else 1]:
        where = " ".join(filter(None, (place.outlet or shown(place.page), (place.published or "")[:10])))
        start, end = place.spans[0][0], place.spans[-1][1]
        lines.append(f"{where} [{start}:{end}] {_by(place.chain) or 'in its own voice'}: {_short(place.quote)}")
    lines += [f"here “{change.quoted}”, there “{change.there}”" for change in verdict.changes[:6]]
    lines += [f"left out: “{_short(words)}”" for words in verdict.left_out]
    lines += [f"put in: [{words}]" for words in verdict.put_in]
    return [*lines, *verdict.notes]


def _by(chain: Sequence[Source]) -> str:
    return " ← ".join(source.name for source in chain)
