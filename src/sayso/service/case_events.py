"""The timeline of a case by actor, place in the chain and footing; events alike on a day stand once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .case_verdicts import Verdicts, value_of

if TYPE_CHECKING:
    from sayso.store import View

__all__ = ["DEPTHS", "list_events"]

DEPTHS = ("own", "first", "second")
"""Told by the page itself, at first hand, by way of others."""
MOST = 20_000
_SQL = (
    'SELECT e.doc, e.id, e.start, e."end" AS stop, e.action, e.actor, e.target, e.earliest, e.latest, e.footing, '
    'e.attribution, s.chain, d.outlet, substr(d.text, e.start + 1, e."end" - e.start) AS words '
    "FROM events e JOIN documents d ON d.id = e.doc LEFT JOIN statements s ON s.doc = e.doc AND s.id = e.attribution "
)


def list_events(
    view: View,
    verdicts: Verdicts,
    *,
    actor: str | None = None,
    footings: Sequence[str] = (),
    depth: str | None = None,
    after: str | None = None,
    before: str | None = None,
    pages: Sequence[str] | None = None,
) -> list[dict[str, Any]]:
    """One row an action and day span, in time, with every page that tells it, by which chain and on which footing."""
    where = ["e.earliest IS NOT NULL", "e.latest IS NOT NULL"]
    given: list[Any] = []
    if actor:
        where.append("(contains(lower(e.actor), lower(?)) OR contains(lower(e.target), lower(?)))")
        given += [actor, actor]
    if footings:
        where.append("e.footing IN (SELECT unnest(?::VARCHAR[]))")
        given.append(list(footings))
    if depth:
        steps = {"own": "s.chain IS NULL", "first": "json_array_length(s.chain) = 1"}
        where.append(steps.get(depth, "json_array_length(s.chain) > 1"))
    if after:
        where.append("e.latest >= ?")
        given.append(after)
    if before:
        where.append("e.earliest < ?")
        given.append(before)
    if pages is not None:
        where.append("e.doc IN (SELECT unnest(?::VARCHAR[]))")
        given.append(list(pages))
    order = "ORDER BY e.earliest, e.latest, d.number, e.start"
    rows = view.query(f"{_SQL} WHERE {' AND '.join(where)} {order} LIMIT {MOST}", given)
    return _told(rows, verdicts)


def _told(rows: Sequence[dict[str, Any]], verdicts: Verdicts) -> list[dict[str, Any]]:
    told: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    for row in rows:
        kept = verdicts.dates.get(f"{row['doc']}/{row['id']}")
        if kept is not None and kept.verdict == "reject":
            continue
        if kept is not None and kept.verdict == "correct":
            day = value_of(kept).get("value", row["earliest"])
            row = {**row, "earliest": day, "latest": day}
        key = (row["earliest"], row["latest"], row["action"], _head(row["target"] or row["actor"]))
        entry = told.setdefault(key, _entry(row))
        for name, value in (("outlets", row["outlet"]), ("footings", row["footing"])):
            if value and value not in entry[name]:
                entry[name].append(value)
        entry["evidence"].append(
            {
                "page": row["doc"],
                "event": row["id"],
                "outlet": row["outlet"],
                "span": [row["start"], row["stop"]],
                "footing": row["footing"],
                "attribution": row["attribution"],
                "chain": [step["name"] or step["kind"] for step in json.loads(row["chain"] or "[]")],
                "verdict": kept.verdict if kept else None,
            }
        )
    return sorted(told.values(), key=lambda entry: (entry["earliest"], entry["latest"]))


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    words = " ".join(" ".join(filter(None, (row["actor"], row["words"], row["target"]))).split())
    return {
        "earliest": row["earliest"],
        "latest": row["latest"],
        "action": row["action"],
        "text": words,
        "outlets": [],
        "footings": [],
        "evidence": [],
    }


def _head(words: str | None) -> str:
    """The last word of a phrase: what it is about, roughly."""
    return words.lower().split()[-1] if words and words.split() else ""
