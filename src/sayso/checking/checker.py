"""A text against pages: every quotation and attributed statement, and where it stands in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .exact import Match, find_exact
from .index import Window, WordIndex
from .items import Item, items_of
from .near import MIN_RUN, Near, Places, changes, find_near, is_near, stitched
from .pages import CheckedPage, SaidThere, Voices
from .paraphrase import candidates, matched
from .quotation import MAX_CHARS, MAX_PIECES, Quotation
from .speakers import RELATIONS, Credit, compare_credit
from .verdicts import Place, Status, Verdict

__all__ = ["Told", "check_pages"]

SaidOn = Callable[[str], tuple[SaidThere, ...]]
"""What is said on the page of an id."""
Told = Callable[[Sequence[str]], SaidOn]
"""Gets ready what is said on the pages of these ids."""
MAX_WINDOWS = 16
ENDS = ".,; "
"""What at its end belongs to whoever quotes."""
MAX_NEAR = 8
"""Stretches that a quotation which stands nowhere to the letter is aligned with."""
HALF = 0.5
"""Share of what the best stretch holds, below which no other can hold a quotation whole."""
MAX_PLACES = 5
_STATUS: dict[str, Status] = {
    "same": "found",
    "open": "found",
    "second_hand": "second_hand",
    "other": "misattributed",
}
CLOSE = 0.1
"""Shares of two places that differ by less are as near: then the speaker decides."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A place with all that it is judged by."""

    page: int
    match: Match
    place: Place
    credit: Credit

    @property
    def rank(self) -> tuple[int, int]:
        return RELATIONS.index(self.credit.relation), self.page


def check_pages(
    answer: CheckedPage, said: tuple[SaidThere, ...], pages: Sequence[CheckedPage], told: Told
) -> list[Verdict]:
    """Check every quotation and attributed statement of a text against pages.

    Args:
        answer: the text that is checked.
        said: its attributions.
        pages: what it is checked against.
        told: gives what is said on some of the pages; asked once for all.
    Returns:
        A verdict for each item, in the order of the text.
    """
    items = items_of(answer, said)
    words = (word for item in items if item.quotation for word in item.quotation.words)
    roots = (word for item in items if not item.quotation for word in item.text.lower().split())
    index = WordIndex((page.text for page in pages), words, _plain(roots))
    windows = [_windows(item, index) for item in items]
    wanted = sorted({window.page for found in windows for window in found})
    checker = _Checker(pages, told([pages[number].id for number in wanted]), index)
    return [
        checker.quotation(item, item.quotation, found) if item.quotation else checker.paraphrase(item, found)
        for item, found in zip(items, windows, strict=True)
    ]


def _plain(words: Iterable[str]) -> list[str]:
    return [word.strip(".,;:!?\"'“”‘’()[]") for word in words]


def _windows(item: Item, index: WordIndex) -> list[Window]:
    if item.quotation is None:
        return index.near_words(_plain(item.text.lower().split()), limit=MAX_WINDOWS)
    return index.near_phrase([piece.words for piece in item.quotation.pieces], limit=MAX_WINDOWS)


class _Checker:
    def __init__(self, pages: Sequence[CheckedPage], said_on: SaidOn, index: WordIndex) -> None:
        self.pages = pages
        self._said_on = said_on
        self.index = index
        self._voices: dict[int, Voices] = {}

    def voices(self, number: int) -> Voices:
        if number not in self._voices:
            page = self.pages[number]
            self._voices[number] = Voices(page, self._said_on(page.id))
        return self._voices[number]

    def said(self, number: int) -> tuple[SaidThere, ...]:
        return self.voices(number).said

    def quotation(self, item: Item, quotation: Quotation, windows: Sequence[Window]) -> Verdict:
        if quotation.is_cut:
            note = f"longer than {MAX_CHARS:,} characters or in more than {MAX_PIECES} pieces: check it part by part"
            return Verdict(item, "not_found", notes=(note,))
        found = self._exact_anywhere(item, quotation, windows)
        right = sorted((one for one in found if one.match.is_right), key=lambda one: one.rank)
        if right:
            return self._right(item, quotation, right)
        near = self._near(item, quotation, windows)
        wrong = sorted(found, key=lambda one: (one.match.apart, one.rank))
        if wrong:
            return self._wrong(item, quotation, wrong[0])
        return self._otherwise(item, quotation, near)

    def _exact_anywhere(self, item: Item, quotation: Quotation, windows: Sequence[Window]) -> list[_Found]:
        """Matches page by page, the best first, until enough pages have it from whom it is credited to."""
        least = HALF * max((window.score for window in windows), default=0.0)
        wanted = "same" if item.chain else "open"
        found: list[_Found] = []
        enough = 0
        for number in dict.fromkeys(window.page for window in windows if window.score >= least):
            here = self._exact(item, quotation, number)
            found += here
            enough += any(one.match.is_right and one.credit.relation == wanted for one in here)
            if enough >= MAX_PLACES:
                break
        return found

    def _exact(self, item: Item, quotation: Quotation, number: int) -> list[_Found]:
        page, voices = self.pages[number], self.voices(number)
        out = []
        for match in find_exact(quotation, page, voices):
            place, credit = self._place(item, number, match.spans)
            out.append(_Found(number, match, place, credit))
        return out

    def _place(self, item: Item, number: int, spans: tuple[tuple[int, int], ...]) -> tuple[Place, Credit]:
        page, voices = self.pages[number], self.voices(number)
        start, end = spans[0][0], spans[-1][1]
        voice = voices.at(*spans[0]) or voices.at(start, end)
        chain = voice.chain if voice else ()
        own = bool(voices.said) and voice is None and page.quote_at(start) is None
        credit = compare_credit(item.chain, chain, page, own)
        quote = page.text[start:end]
        return (
            Place(page.id, page.outlet, page.published, page.url, spans, quote, chain, credit.relation),
            credit,
        )

    def _right(self, item: Item, quotation: Quotation, right: Sequence[_Found]) -> Verdict:
        best = right[0]
        match = best.match
        return Verdict(
            item,
            _STATUS[best.credit.relation],
            tuple(one.place for one in right[:MAX_PLACES]),
            left_out=tuple(filter(None, match.left_out)),
            put_in=match.put_in,
            notes=tuple(filter(None, [best.credit.note, *self._notes(best, right)])),
        )

    def _notes(self, best: _Found, right: Sequence[_Found]) -> list[str]:
        match, page = best.match, self.pages[best.page]
        voice = self.voices(best.page).at(match.start, match.end)
        notes = []
        if match.joined:
            notes.append("the page's own words stand between its parts")
        if match.goes_on:
            notes.append(f"the page's sentence goes on: “{match.goes_on[:120]}”")
        if voice and voice.form == "indirect" and page.quote_at(match.start) is None:
            notes.append("the page has these words outside quotation marks: they are its own wording")
        if page.block_at(match.start) is None:
            notes.append("stands outside the page's story")
        if len(right) > MAX_PLACES:
            notes.append(f"also at {len(right) - MAX_PLACES} more places")
        return notes

    def _wrong(self, item: Item, quotation: Quotation, found: _Found) -> Verdict:
        match = found.match
        left_out = tuple(filter(None, match.left_out))
        if match.apart:
            note = "its parts stand in several statements"
            return Verdict(item, "stitched", (found.place,), (), left_out, match.put_in, (note,))
        note = (
            f"“{match.negation}” was left out or put in, and the rest hangs on it"
            if match.negation
            else "the page asks it, the quotation says it, or the other way round"
        )
        difference = tuple(changes(quotation.text.rstrip(ENDS), found.place.quote.rstrip(ENDS)))
        return Verdict(item, "altered", (found.place,), difference, left_out, match.put_in, (note,))

    def _near(self, item: Item, quotation: Quotation, windows: Sequence[Window]) -> list[Near]:
        places = Places(self.pages, lambda page, a, b: self.voices(page).is_one(a, b))
        near = find_near(quotation, windows[:MAX_NEAR], places)
        words = quotation.words
        rest = [at for at in range(len(words)) if near and at not in near[0].held]
        if len(rest) < MIN_RUN:
            return near
        more = self.index.near_phrase([[words[at] for at in rest]], limit=MAX_NEAR)
        return [*near, *find_near(quotation, more, places, rest)]

    def _otherwise(self, item: Item, quotation: Quotation, near: Sequence[Near]) -> Verdict:
        pair = stitched(quotation, near)
        if pair:
            places = tuple(self._place(item, one.page, (one.core,))[0] for one in pair)
            return Verdict(item, "stitched", places, notes=("put together from two places",))
        good = [one for one in near if is_near(one, quotation) and one.share >= near[0].share - CLOSE]
        judged = [(self._near_place(item, one), one) for one in good]
        if not judged:
            return Verdict(item, "not_found")
        (place, credit), _ = min(
            judged, key=lambda row: (RELATIONS.index(row[0][1].relation) >= 2, -round(row[1].share, 2))
        )
        return Verdict(
            item,
            "altered",
            (place,),
            tuple(changes(quotation.text.rstrip(ENDS), place.quote.rstrip(ENDS))),
            notes=tuple(filter(None, [credit.note])),
        )

    def _near_place(self, item: Item, near: Near) -> tuple[Place, Credit]:
        return self._place(item, near.page, (near.span,))

    def paraphrase(self, item: Item, windows: Sequence[Window]) -> Verdict:
        found = matched(item.text, item.denied, candidates(item.text, windows, self.pages, self.said))
        if not found:
            return Verdict(item, "not_found")
        judged = []
        for one in found:
            page = self.pages[one.candidate.page]
            said = one.candidate.said
            credit = compare_credit(item.chain, said.chain, page, not said.chain)
            chain = (one.candidate.span,)
            place = Place(
                page.id, page.outlet, page.published, page.url, chain, one.candidate.text, said.chain, credit.relation
            )
            judged.append((one, place, credit))
        judged.sort(key=lambda row: (bool(row[0].differences), RELATIONS.index(row[2].relation), -row[0].score))
        best, place, credit = judged[0]
        if best.differences:
            return Verdict(item, "altered", (place,), notes=(*best.differences, *filter(None, [credit.note])))
        status: Status = "supported" if _STATUS[credit.relation] == "found" else _STATUS[credit.relation]
        places = tuple(row[1] for row in judged if not row[0].differences)[:MAX_PLACES]
        return Verdict(item, status, places, notes=tuple(filter(None, [credit.note])))
