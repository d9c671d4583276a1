"""A person's verdicts on single results, put over what the machine says; nothing that was read is changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.corpus.claims import Claim, Told
    from sayso.corpus.graph import NodeKind
    from sayso.store import KeptJudgement, Store

__all__ = ["Verdicts", "value_of", "verdicts_of"]

NODE_KINDS: dict[str, NodeKind] = {
    "named_person": "person",
    "named_official": "person",
    "reporter": "person",
    "organization": "organization",
    "government": "organization",
    "outlet": "outlet",
    "document": "document",
    "social_post": "document",
}


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The verdicts that stand, the latest on each thing."""

    attributions: Mapping[tuple[str, str], KeptJudgement] = field(default_factory=dict)
    """By page and attribution."""
    dates: Mapping[str, KeptJudgement] = field(default_factory=dict)
    """By page, or page/event."""
    edges: Mapping[frozenset[str], KeptJudgement] = field(default_factory=dict)
    """By the two pages."""

    def published(self, page: str, machine: str | None) -> str | None:
        """A page's day: as corrected; none where it was rejected."""
        kept = self.dates.get(page)
        if kept is None or kept.verdict == "accept":
            return machine
        return value_of(kept).get("value") if kept.verdict == "correct" else None

    def claim(self, claim: Claim) -> Claim:
        """The claim with who says it as judged."""
        if not (self.attributions or self.dates):
            return claim
        return replace(claim, statements=tuple(map(self._told, claim.statements)))

    def _told(self, told: Told) -> Told:
        from sayso.corpus.graph import Source

        time = self.published(told.page, told.time)
        told = told if time == told.time else replace(told, time=time)
        kept = self.attributions.get((told.page, told.id.rsplit("@", 1)[0].removeprefix(f"{told.page}/")))
        if kept is None or kept.verdict == "accept":
            return told
        if kept.verdict == "reject":
            # What nobody is known to have said is told by the page itself.
            return replace(told, chain=())
        value = value_of(kept)
        hedged = value["certainty"] == "hedged" if value.get("certainty") else told.hedged
        if value.get("source"):
            kind = NODE_KINDS.get(value.get("source_kind") or "", "unnamed")
            told = replace(told, chain=(*told.chain[:-1], Source(kind, value["source"])))
        return replace(told, hedged=hedged)


def value_of(kept: KeptJudgement) -> dict[str, Any]:
    """What a correction puts in place of the machine's.

    >>> from sayso.store import KeptJudgement
    >>> value_of(KeptJudgement(1, "correct", "p", "", None, None, value='{"value": "2024"}'))
    {'value': '2024'}
    """
    try:
        value = json.loads(kept.value or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def verdicts_of(store: Store) -> Verdicts:
    """The verdicts that stand in a case."""
    return _latest(store.ledger.judgements())


def _latest(judgements: Iterable[KeptJudgement]) -> Verdicts:
    attributions: dict[tuple[str, str], KeptJudgement] = {}
    dates: dict[str, KeptJudgement] = {}
    edges: dict[frozenset[str], KeptJudgement] = {}
    for kept in judgements:
        if kept.what == "attribution":
            page, _, id = kept.a.rpartition("/")
            attributions[page, id] = kept
        elif kept.what == "date":
            dates[kept.a] = kept
        elif kept.what == "edge":
            edges[frozenset((kept.a, kept.b))] = kept
    return Verdicts(attributions, dates, edges)
