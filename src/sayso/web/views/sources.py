"""Sources: who is quoted, and everything one of them is said to have said."""

from __future__ import annotations

from typing import Any

from sayso.render.labels import kind_label
from sayso.service.case_sources import HANDS, KIND_GROUPS, list_sources, said_by, same_sources
from sayso.web.errors import NotFound
from sayso.web.params import PAGING, Param
from sayso.web.room import Room, key_of
from sayso.web.view import Ask, Shown, View, paging

__all__ = ["VIEWS"]

ALL = 1_000_000
GROUPS = {
    "named": "named people",
    "unnamed": "unnamed people",
    "body": "bodies",
    "media": "media",
    "record": "documents and posts",
    "open": "nobody in particular",
}


def sources(ask: Ask) -> Shown:
    """Every source, those with most statements first."""
    room, args = ask.room, ask.args
    pages = room.story(args["story"]).pages if args["story"] else None
    total, rows = list_sources(
        room.analysis.view,
        words=args["words"],
        group=args["group"],
        hand=args["hand"],
        pages=pages,
        offset=args["offset"],
        limit=args["limit"],
    )
    for row in rows:
        row["address"] = f"/sources/{key_of(row['id'])}"
    return Shown({"sources": rows, **paging(ask, total)}, rows, {"groups": GROUPS, "kind_label": kind_label})


def _known(room: Room) -> dict[str, dict[str, Any]]:
    """Sources by their keys."""

    def make() -> dict[str, dict[str, Any]]:
        _, rows = list_sources(room.analysis.view, limit=ALL)
        return {key_of(row["id"]): row for row in rows}

    found: dict[str, dict[str, Any]] = room.jobs.get(("sources", room.analysis.digest), make, "who is quoted")
    return found


def source(ask: Ask) -> Shown:
    """One source: its statements in time, by outlet, each at which hand and how firmly."""
    room = ask.room
    known = _known(room)
    found = known.get(ask.at["source"])
    if found is None:
        raise NotFound(f"expected a source of this case, got {ask.at['source'][:60]!r}; see the list of sources")
    ids = same_sources(room.case.store, found["id"])
    rows = said_by(room.analysis.view, room.case.store, ids)
    for row in rows:
        row["address"] = f"/pages/{key_of(row['page'])}/statements/{row['statement']}"
        row["page_address"] = f"/pages/{key_of(row['page'])}"
    stand = [row for row in rows if row["verdict"] != "reject"]
    outlets: dict[str, dict[str, int]] = {}
    for row in stand:
        tally = outlets.setdefault(
            row["outlet"] or "outlet not told", {"statements": 0, "second": 0, "hedged": 0, "denied": 0}
        )
        tally["statements"] += 1
        tally["second"] += row["hand"] == "second"
        tally["hedged"] += row["certainty"] == "hedged"
        tally["denied"] += row["act"] == "denial" or row["polarity"] == "negated"
    data = {
        "source": found,
        "merged": [known[key_of(id)] for id in ids if id != found["id"] and key_of(id) in known],
        "outlets": outlets,
        "statements": rows,
        "rejected": len(rows) - len(stand),
    }
    likely = [row for row in known.values() if row["id"] not in ids and _alike(row, found)][:12]
    return Shown(data, rows, {"groups": GROUPS, "kind_label": kind_label, "likely": likely})


def _alike(row: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two sources share a word of their names that is more than a letter or two."""
    words = ({word for word in one["name"].lower().split() if len(word) > 3} for one in (row, other))
    first, second = words
    return bool(first & second)


VIEWS = (
    View(
        "/sources",
        "sources.html.j2",
        "Sources",
        sources,
        (
            Param("words", "words of the name"),
            Param("group", "kind of source", "choice", choices=tuple(KIND_GROUPS)),
            Param("hand", "first- or second-hand", "choice", choices=HANDS),
            Param("story", "only a story's pages: its key"),
            *PAGING,
        ),
    ),
    View("/sources/{source}", "source.html.j2", "One source", source),
)
