"""What a check says of one quotation or paraphrase, as data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sayso.corpus.graph import Source

from .items import Item
from .near import Change

__all__ = ["STATUSES", "Place", "Status", "Verdict", "is_right", "summary"]

Status = Literal["found", "supported", "altered", "stitched", "misattributed", "second_hand", "not_found"]
STATUSES: tuple[Status, ...] = get_args(Status)
RIGHT: frozenset[Status] = frozenset({"found", "supported"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page has it."""

    page: str
    outlet: str | None
    published: str | None
    url: str | None
    spans: tuple[tuple[int, int], ...]
    """In the page's article text, one for each piece of the quotation."""
    quote: str
    """The page's words from the first span to the last."""
    chain: tuple[Source, ...]
    """Who says it, by way of whom, from the page inward; empty for the page's own voice, or nobody named."""
    relation: str
    """same, open, second_hand or other: whom the text credits against whom the page credits."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "page": self.page,
            "outlet": self.outlet,
            "published": self.published,
            "url": self.url,
            "spans": [list(span) for span in self.spans],
            "quote": self.quote,
            "chain": _chain(self.chain),
            "relation": self.relation,
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """One item with what the pages have of it."""

    item: Item
    status: Status
    places: tuple[Place, ...] = ()
    """The best first."""
    changes: tuple[Change, ...] = ()
    """Of an altered quotation, against the first place."""
    left_out: tuple[str, ...] = ()
    """What the first place has where the quotation marks a gap."""
    put_in: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether the words stand in the case to the letter, whoever says them."""
        return self.item.kind == "quotation" and self.status in ("found", "misattributed", "second_hand")

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as `--format json` prints it."""
        return {
            "kind": self.item.kind,
            "status": self.status,
            "exact": self.is_exact,
            "text": self.item.text,
            "span": list(self.item.span),
            "credited": _chain(self.item.chain),
            "places": [place.to_dict() for place in self.places],
            "changes": [{"quoted": change.quoted, "there": change.there} for change in self.changes],
            "left_out": list(self.left_out),
            "put_in": list(self.put_in),
            "notes": list(self.notes),
        }


def _chain(chain: Iterable[Source]) -> list[dict[str, str]]:
    return [{"kind": source.kind, "name": source.name} for source in chain]


def is_right(verdicts: Iterable[Verdict]) -> bool:
    """Whether every item was found or is supported."""
    return all(verdict.status in RIGHT for verdict in verdicts)


def summary(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """How many items have each status; those of none left out."""
    counts = dict.fromkeys(STATUSES, 0)
    for verdict in verdicts:
        counts[verdict.status] += 1
    return {status: count for status, count in counts.items() if count}
