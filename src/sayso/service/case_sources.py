"""Who is quoted in a case: every source with what each said, where, at which hand and how firmly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sayso.errors import InvalidSetting
from sayso.exports.sources import KIND_GROUPS, source_id

from .case_verdicts import value_of

if TYPE_CHECKING:
    from sayso.store import Store, View

__all__ = ["HANDS", "KIND_GROUPS", "list_sources", "said_by", "same_sources", "source_id"]

HANDS = ("first", "second")
MOST = 5_000

# A source is its name within its group; one without a name, its words. The hand is second where the chain has
# steps between the page and the source.
_ROWS = (
    "SELECT s.doc, s.id, s.text, s.source, s.source_kind, s.name, s.polarity, s.certainty, s.act, s.tier, d.outlet, "
    "d.published, d.number, "
    "CASE WHEN s.source_kind IN ('unnamed_person', 'unnamed_official', 'public', 'unknown') "
    "THEN coalesce(s.source, s.name) ELSE coalesce(s.name, s.source) END AS label, "
    "json_array_length(s.chain) > 1 AS second "
    "FROM statements s JOIN documents d ON d.id = s.doc WHERE s.kind = 'attribution'"
)
_PLAIN = "regexp_replace(trim(lower(label)), '^(the|a|an) ', '')"
_GROUP = (
    "CASE "
    + " ".join(
        f"WHEN source_kind IN ({', '.join(repr(kind) for kind in kinds)}) THEN '{group}'"
        for group, kinds in KIND_GROUPS.items()
    )
    + " ELSE 'open' END"
)


def list_sources(
    view: View,
    *,
    words: str | None = None,
    group: str | None = None,
    hand: str | None = None,
    pages: Sequence[str] | None = None,
    offset: int = 0,
    limit: int = 50,
) -> tuple[int, list[dict[str, Any]]]:
    """How many sources fit, and a stretch of them, those with most statements first."""
    where = ["label IS NOT NULL"]
    given: list[Any] = []
    if words:
        where.append("contains(lower(label), lower(?))")
        given.append(words)
    if group:
        where.append(f"{_GROUP} = '{group if group in KIND_GROUPS else 'open'}'")
    if hand:
        where.append("second" if hand == "second" else "NOT second")
    if pages is not None:
        where.append("doc IN (SELECT unnest(?::VARCHAR[]))")
        given.append(list(pages))
    found = view.query(
        f"WITH rows AS ({_ROWS}), kept AS (SELECT *, {_GROUP} AS grp, {_PLAIN} AS plain FROM rows "
        f"WHERE {' AND '.join(where)}) "
        "SELECT grp, plain, mode(label) AS label, mode(source_kind) AS source_kind, count(*) AS statements, "
        "count(DISTINCT doc) AS pages, count(DISTINCT coalesce(outlet, doc)) AS outlets, "
        "count(*) FILTER (second) AS second, count(*) FILTER (certainty = 'hedged') AS hedged, "
        "count(*) FILTER (act = 'denial' OR polarity = 'negated') AS denied, min(published) AS first, "
        "max(published) AS last, count(*) OVER () AS total FROM kept GROUP BY grp, plain "
        "ORDER BY count(*) DESC, grp, plain LIMIT ? OFFSET ?",
        [*given, limit, offset],
    )
    total = int(found[0]["total"]) if found else 0
    return total, [_source_row(row) for row in found]


def _source_row(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"{row['grp']}:{row['plain']}",
        "name": " ".join(row["label"].split()),
        "group": row["grp"],
        "source_kind": row["source_kind"],
        "statements": row["statements"],
        "pages": row["pages"],
        "outlets": row["outlets"],
        "second_hand": row["second"],
        "hedged": row["hedged"],
        "denied": row["denied"],
        "first": row["first"],
        "last": row["last"],
    }


def said_by(view: View, store: Store, ids: Iterable[str]) -> list[dict[str, Any]]:
    """Everything said by the sources of these ids, in time.

    Raises:
        InvalidSetting: an id is none.
    """
    wanted = sorted(set(ids))
    if any(":" not in id for id in wanted):
        raise InvalidSetting(f"expected the id of a source, got {wanted}; see the list of sources")
    rows = view.query(
        f"WITH rows AS ({_ROWS}), kept AS (SELECT *, {_GROUP} || ':' || {_PLAIN} AS source_id FROM rows) "
        "SELECT * FROM kept WHERE source_id IN (SELECT unnest(?::VARCHAR[])) "
        "ORDER BY published IS NULL, published, number, id LIMIT ?",
        [wanted, MOST],
    )
    judged = {kept.a: kept for kept in store.ledger.judgements(what="attribution")}
    out = []
    for row in rows:
        kept = judged.get(f"{row['doc']}/{row['id']}")
        out.append(
            {
                "page": row["doc"],
                "statement": row["id"],
                "outlet": row["outlet"],
                "published": row["published"],
                "source": row["source"],
                "source_kind": row["source_kind"],
                "text": row["text"],
                "hand": "second" if row["second"] else "first",
                "polarity": row["polarity"],
                "certainty": row["certainty"],
                "act": row["act"],
                "verdict": kept.verdict if kept else None,
                "corrected": value_of(kept).get("source") if kept else None,
            }
        )
    return out


def same_sources(store: Store, id: str) -> list[str]:
    """The ids that a person judged to be the same source, this one among them."""
    found = {id}
    pairs = [(kept.a, kept.b) for kept in store.ledger.judgements(what="source") if kept.verdict == "same"]
    for _ in range(len(pairs)):
        grown = {other for a, b in pairs for one, other in ((a, b), (b, a)) if one in found}
        if grown <= found:
            break
        found |= grown
    return sorted(found)
