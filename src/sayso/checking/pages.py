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
        """How many code points of a range it covers, gaps between its own stretches included where both ends are in."""
        return max(0, min(end, self.end) - max(start, self.start))


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
        """The innermost attribution that says most of a range; None in the page's own voice."""
        wanted = max(1, end - start)
        found = [one for one in self.said if one.chain and 5 * one.holds(start, end) >= 3 * wanted]
        inner = [one for one in found if self._covers(one, start, end)] or found
        return min(inner, key=lambda one: (one.end - one.start, -len(one.chain), one.id), default=None)

    @staticmethod
    def _covers(one: SaidThere, start: int, end: int) -> bool:
        """Whether most of the range stands in its very words, not between them."""
        held = sum(max(0, min(end, b) - max(start, a)) for a, b in one.spans)
        return 2 * held >= end - start

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


def _speaker(said: SaidThere | None) -> str:
    return said.chain[-1].name.lower() if said else ""
