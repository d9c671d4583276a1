"""By way of whom a page has a quotation: what its reporting clause says beside the speaker's name."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sayso.corpus.graph import Source
from sayso.corpus.source_names import described_outlet
from sayso.model import Span

from .pages import CheckedPage, SaidThere

__all__ = ["IsOutlet", "relayed", "told_to"]

IsOutlet = Callable[[str], bool]
"""Whether a name is known to be an outlet's."""
NEAR = 90
"""Code points before and after what is said in which its reporting clause is looked for."""
CLAUSE = 220
"""Code points of a reporting clause, the speaker's description included."""
_OUTLET = r"(?P<outlet>(?:[Tt]he )?[A-Z][\w'’&-]*(?: (?:(?:of|the|and|de) )?[A-Z][\w'’&-]*){0,6})"
_PERSON = r"(?P<person>(?:[A-Z][\w'’-]+\.? ){0,3}[A-Z][\w'’-]+)"
_ASIDE = r"(?:, [^“”\"\n.]{1,90}?,?)?"
_RELAYED = (
    rf"{_OUTLET} (?:quoted|cited) {_PERSON}{_ASIDE} (?:as (?:saying|telling|writing)|to the effect)",
    rf"[Aa]ccording to {_OUTLET}, {_PERSON}{_ASIDE} (?:said|had said|told|says|wrote)",
    rf"{_OUTLET} (?:reported|wrote|reports)(?: on \w+)? that {_PERSON}{_ASIDE} (?:had )?(?:said|told|written|wrote)",
    rf"[Aa]s {_OUTLET} (?:reported|wrote|reports), {_PERSON}{_ASIDE} (?:had )?(?:said|told|wrote)",
    rf"{_PERSON}{_ASIDE} (?:was|is|has been|had been) quoted (?:as saying )?by {_OUTLET}",
)
_MAY = re.compile(r"quoted|cited|ccording to|report|wrote|writes")
"""Without one of these no pattern can fit."""
_TOLD = re.compile(r"\btold (the [a-z]+)\b")
_SPOKE = re.compile(
    rf"\b(?:(?:spoke|spoken|talked|speaking|talking) (?:to|with)|interview (?:with|given to)|interviewed by) {_OUTLET}"
)


def relayed(page: CheckedPage) -> Iterator[SaidThere]:
    """Quotations of which the page says in so many words who relayed them, with who said them.

    Args:
        page: a page, or the text that is checked.
    """
    for number, quote in enumerate(page.quotes):
        clauses = [place for place in _clauses(page, number) if _MAY.search(page.text, *place)]
        for pattern, (start, end) in itertools.product(_PATTERNS, clauses):
            match = pattern.search(page.text, start, end)
            if match:
                chain = (
                    Source("outlet", match["outlet"], Span(*match.span("outlet"))),
                    Source("person", match["person"], Span(*match.span("person"))),
                )
                yield SaidThere(
                    f"q{quote.span.start}", ((quote.span.start, quote.span.end),), chain, "direct", "speech"
                )
                break


_PATTERNS = tuple(re.compile(pattern) for pattern in _RELAYED)


def _clauses(page: CheckedPage, number: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The words of a quotation's own sentence before and after it."""
    text, quotes = page.text, page.quotes
    start, end = quotes[number].span.start, quotes[number].span.end
    low = max(start - CLAUSE, quotes[number - 1].span.end if number else 0)
    high = min(end + CLAUSE, quotes[number + 1].span.start if number + 1 < len(quotes) else len(text))
    cut = max((match.end() for match in re.finditer(r"\n|[.!?]\s", text[low:start])), default=0)
    # A full stop inside the closing mark ends the sentence: what follows belongs to the next.
    ended = text[start:end].rstrip("”\"'’»“ ").endswith((".", "!")) or text[end : end + 1] == "."
    stop = re.search(r"\n|[.!?](?=\s|$)", text[end:high])
    return (low + cut, start), (end, end if ended else end + stop.start() if stop else high)


def told_to(said: SaidThere, text: str, is_outlet: IsOutlet) -> SaidThere:
    """An attribution with whom its speaker told it, where its chain names nobody between: “the newspaper”, an outlet.

    Args:
        said: who says what.
        text: the page's.
        is_outlet: whether a name is known to be an outlet's.
    """
    if len(said.chain) != 1 or said.chain[0].kind == "outlet" or said.form not in ("direct", "mixed"):
        return said
    found = _told_newspaper(said.spans, text) or _spoke_to(said.spans[0][0], text, is_outlet)
    return replace(said, chain=(found, *said.chain)) if found else said


def _told_newspaper(spans: Sequence[tuple[int, int]], text: str) -> Source | None:
    places = [(max(0, spans[0][0] - NEAR), spans[0][0])]
    places += [(a[1], min(b[0], a[1] + NEAR)) for a, b in itertools.pairwise(spans)]
    places.append((spans[-1][1], spans[-1][1] + NEAR))
    for start, end in places:
        around = text[start:end]
        # Only the sentence that what is said stands in tells of it.
        around = around[around.rfind("\n") + 1 :] if end == spans[0][0] else around.split("\n")[0].split(".")[0]
        found = _TOLD.search(around)
        if found and described_outlet(found.group(1)):
            at = text.index(found.group(1), start)
            return Source("outlet", found.group(1), Span(at, at + len(found.group(1))))
    return None


def _spoke_to(start: int, text: str, is_outlet: IsOutlet) -> Source | None:
    """The outlet that the words before, in the same line, say was spoken to."""
    low = max(text.rfind("\n", 0, start) + 1, start - CLAUSE)
    for match in _SPOKE.finditer(text, low, start):
        if is_outlet(match["outlet"]):
            return Source("outlet", match["outlet"], Span(*match.span("outlet")))
    return None
