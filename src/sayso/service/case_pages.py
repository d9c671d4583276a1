"""The pages of a case as a list, from the tables alone: quick however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.store import View

__all__ = ["ORDERS", "list_pages", "outlets_of"]

ORDERS = {
    "arrival": "d.number",
    "latest": "d.number DESC",
    "time": "d.published IS NULL, d.published, d.number",
    "newest": "d.published IS NULL, d.published DESC, d.number",
    "outlet": "lower(d.outlet), d.published, d.number",
    "attributions": "attributions DESC, d.number",
    "unnamed": "unnamed DESC, d.number",
    "findings": "findings DESC, d.number",
}
_COUNTED = (
    "SELECT doc, count(*) FILTER (kind = 'attribution') AS attributions, "
    "count(*) FILTER (starts_with(source_kind, 'unnamed')) AS unnamed FROM statements GROUP BY doc"
)


def list_pages(
    view: View,
    *,
    words: str | None = None,
    outlet: str | None = None,
    order: str = "arrival",
    offset: int = 0,
    limit: int = 50,
) -> tuple[int, list[dict[str, Any]]]:
    """How many pages fit, and a stretch of them.

    Args:
        view: the case.
        words: in the title or the address.
        outlet: whose.
        order: one of `ORDERS`.
        offset, limit: which stretch.
    """
    where, given = ["true"], []
    if words:
        where.append("(contains(lower(d.title), lower(?)) OR contains(lower(d.url), lower(?)))")
        given += [words, words]
    if outlet:
        where.append("d.outlet = ?")
        given.append(outlet)
    asked = f"FROM documents d WHERE {' AND '.join(where)}"
    total = view.query(f"SELECT count(*) AS n {asked}", given)[0]["n"]
    rows = view.query(
        "SELECT d.id, d.number, d.outlet, d.title, d.published, d.url, d.language, d.representation, "
        "coalesce(s.attributions, 0) AS attributions, coalesce(s.unnamed, 0) AS unnamed, "
        "coalesce(f.findings, 0) AS findings "
        f"FROM documents d LEFT JOIN ({_COUNTED}) s ON s.doc = d.id "
        "LEFT JOIN (SELECT doc, count(*) AS findings FROM findings GROUP BY doc) f ON f.doc = d.id "
        f"WHERE {' AND '.join(where)} ORDER BY {ORDERS[order]} LIMIT ? OFFSET ?",
        [*given, limit, offset],
    )
    return int(total), rows


def outlets_of(view: View, *, limit: int = 400) -> list[tuple[str, int]]:
    """Outlets and how many pages each has, the most first."""
    rows = view.query(
        "SELECT outlet, count(*) AS n FROM documents WHERE outlet IS NOT NULL GROUP BY outlet "
        "ORDER BY n DESC, outlet LIMIT ?",
        [limit],
    )
    return [(row["outlet"], int(row["n"])) for row in rows]
