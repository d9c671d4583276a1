"""What a check reads of a page: its text, where its story stands, and who says what in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sayso.corpus.graph import Source
from sayso.corpus.tokens import word_spans
from sayso.model import Block, Span
from sayso.stages.attribution.quotes import Quote, find_quotes

from .fold import Folded, fold

__all__ = ["CheckedPage", "SaidThere", "Voices"]


@dataclass(frozen=True, slots=True)
class SaidThere:
    """An attribution or own-voice sentence of a page."""

    id: str
    spans: tuple[tuple[int, int], ...]
    chain: tuple[Source, ...]
    """From the page inward, the page left out; empty for own voice."""
    form: str | None = None
    """direct, indirect, mixed; None for own voice."""
    tier: str | None = None
    parent: str | None = None
    denied: bool = False
    cue: str | None = None

    @property
    def start(self) -> int:
        """Its first code point."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """The end of its last code point."""
        return self.spans[-1][1]

    def holds(self, start: int, end: int) -> int:
        """How many code points of a range lie between its first and its last."""
        return max(0, min(end, self.end) - max(start, self.start))

    def says(self, start: int, end: int) -> int:
        """How many code points of a range are its very words."""
        return sum(max(0, min(end, last) - max(start, first)) for first, last in self.spans)


@dataclass(frozen=True)
class CheckedPage:
    """A page as a check sees it; positions are code points of `text`."""

    id: str
    text: str
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    title: str | None = None
    credits: tuple[str, ...] = ()
    blocks: tuple[tuple[int, int], ...] = ()
    """Where the blocks of the story stand."""

    @cached_property
    def folded(self) -> Folded:
        """The text with marks, dashes and white space of one form."""
        return fold(self.text)

    @cached_property
    def words(self) -> list[tuple[int, int]]:
        """Where each word stands."""
        return word_spans(self.text)

    @cached_property
    def quotes(self) -> list[Quote]:
        """What stands in quotation marks in the story, in order."""
        return find_quotes(self.text, [Block(Span(*block), "paragraph") for block in self.blocks])

    def block_at(self, place: int) -> int | None:
        """Number of the story's block that holds a code point."""
        for number, (start, end) in enumerate(self.blocks):
            if start <= place < end:
                return number
        return None

    def quote_at(self, place: int) -> int | None:
        """Number of the quotation that holds a code point."""
        for number, quote in enumerate(self.quotes):
            if quote.span.start <= place < quote.span.end:
                return number
        return None


WHOLE = 0.97
"""Share of a range, of what is said of it at most, that counts as all."""


class Voices:
    """Who speaks where on a page.

    Args:
        page: the page.
        said: its attributions and own-voice sentences.
    """

    def __init__(self, page: CheckedPage, said: tuple[SaidThere, ...]) -> None:
        self.page = page
        self.said = tuple(one for one in said if one.spans)

    def at(self, start: int, end: int) -> SaidThere | None:
        """The attribution that says a range, the innermost of those that say all of it; None where none does."""
        found = [one for one in self.said if one.chain and 5 * one.holds(start, end) >= 3 * max(1, end - start)]
        most = max((one.says(start, end) for one in found), default=0)
        # What a quotation says that others said is inside it, and isn't the quotation.
        whole = [one for one in found if one.says(start, end) >= WHOLE * most]
        return min(whole, key=_nearness, default=None)

    def is_one(self, first: tuple[int, int], second: tuple[int, int]) -> bool:
        """Whether two ranges belong to one statement of one speaker."""
        page = self.page
        quotes = page.quote_at(first[0]), page.quote_at(second[0])
        if quotes[0] is not None and quotes[0] == quotes[1]:
            return True
        blocks = page.block_at(first[0]), page.block_at(second[0])
        near = blocks[0] == blocks[1] or self._goes_on(quotes)
        if not near or (quotes[0] is None) != (quotes[1] is None):
            return False
        return _speaker(self.at(*first)) == _speaker(self.at(*second))

    def _goes_on(self, quotes: tuple[int | None, int | None]) -> bool:
        """Whether the second quotation continues the first over paragraphs."""
        if quotes[0] is None or quotes[1] is None or quotes[1] <= quotes[0]:
            return False
        return all(self.page.quotes[number].continued for number in range(quotes[0] + 1, quotes[1] + 1))


def _nearness(said: SaidThere) -> tuple[bool, int, int, str]:
    """Whoever is named first, then the innermost, then the longest chain."""
    return said.chain[-1].name == "somebody", said.end - said.start, -len(said.chain), said.id


def _speaker(said: SaidThere | None) -> str:
    return said.chain[-1].name.lower() if said else ""
