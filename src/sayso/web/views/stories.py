"""Stories: the list, one story's pages and who took what from whom, two pages beside each other."""

from __future__ import annotations

from typing import Any

from sayso.errors import InvalidSetting
from sayso.render.lanes import build_lanes
from sayso.render.words_diff import word_changes
from sayso.service.case_analysis import Analysis
from sayso.service.case_edges import pair_evidence, story_edges
from sayso.service.case_story import list_stories, show_story
from sayso.web.errors import NotFound
from sayso.web.params import LIMIT, OFFSET, Param
from sayso.web.room import Room, key_of
from sayso.web.view import Ask, Shown, View, paging

__all__ = ["VIEWS", "page_card"]

MAX_LINKS = 400
KINDS = {
    "wire": "agency copy",
    "verbatim": "verbatim",
    "edited": "edited",
    "rewrite": "rewritten",
    "quotation": "quotes the same words",
    "cited": "cites",
    "boilerplate": "standing text",
    "coincidence": "chance",
}


def page_card(analysis: Analysis, id: str) -> dict[str, Any]:
    """A page as other views name it."""
    page = analysis.stored[id]
    key = key_of(id)
    return {
        "key": key,
        "id": id,
        "outlet": page.outlet,
        "title": page.title,
        "published": page.published,
        "address": f"/pages/{key}",
    }


def stories(ask: Ask) -> Shown:
    """Stories, the largest first."""
    room = ask.room
    analysis = room.prepared()
    rows = room.work("stories", lambda: list_stories(analysis), "the list of stories")
    if ask.args["pages"] > 1:
        rows = [row for row in rows if row["pages"] >= ask.args["pages"]]
    shown = rows[ask.args["offset"] : ask.args["offset"] + ask.args["limit"]]
    table = [{"key": key_of(row["id"]), **row, "address": f"/stories/{key_of(row['id'])}"} for row in shown]
    return Shown({"stories": table, **paging(ask, len(rows))}, table)


def story(ask: Ask) -> Shown:
    """A story's pages in time, what each adds, and who took what from whom."""
    room = ask.room
    found = room.story(ask.at["story"])
    data = room.work("story", lambda: _story(room.prepared(), found), "who took what from whom", found.id)
    lanes = build_lanes(data["pages"], [e for e in data["edges"] if e["kind"] != "boilerplate"][:MAX_LINKS])
    return Shown(data, data["pages"], {"lanes": lanes, "kinds": KINDS, "by_key": {p["id"]: p for p in data["pages"]}})


def _story(analysis: Analysis, found: Any) -> dict[str, Any]:
    rows = show_story(analysis, found.id)
    pages = [{**page_card(analysis, row["id"]), **row} for row in rows]
    edges = story_edges(analysis, [row["id"] for row in rows])
    taken: dict[str, list[dict[str, Any]]] = {}
    for edge in edges:
        taken.setdefault(edge["later"], []).append(edge)
    for page in pages:
        page["taken"] = [
            {**edge, "address": f"/pairs/{key_of(edge['earlier'])}/{page['key']}"} for edge in taken.get(page["id"], [])
        ]
    return {
        "id": found.id,
        "key": key_of(found.id),
        "title": next((page["title"] for page in pages if page["title"]), None),
        "terms": list(found.terms),
        "outlets": len({page["outlet"] or page["id"] for page in pages}),
        "pages": pages,
        "edges": edges,
    }


def pair(ask: Ask) -> Shown:
    """What ties two pages: shared passages side by side, and where one names the other."""
    room = ask.room
    analysis = room.prepared()
    a, b = room.page(ask.at["a"]), room.page(ask.at["b"])
    if a == b:
        raise NotFound("expected two pages, got one twice; choose another")
    data = pair_evidence(analysis, a, b)
    data |= {"pages": [page_card(analysis, a), page_card(analysis, b)]}
    changes = [word_changes(passage["a"], passage["b"]) for passage in data["passages"]]
    return Shown(data, data["passages"], {"changes": changes, "kinds": KINDS})


def compare(ask: Ask) -> Shown:
    """Two pages beside each other: what was added, removed, changed, and how firmly it is told."""
    room = ask.room
    analysis = room.prepared()
    context: dict[str, Any] = {"kinds": KINDS, "changes": [], "choices": []}
    if ask.args["a"] is None:
        raise InvalidSetting("expected two pages, got none at `a`; open a page and choose Compare")
    a = room.page(ask.args["a"])
    own = room.story(ask.args["a"])
    context["choices"] = [page_card(analysis, id) for id in own.pages if id != a]
    if ask.args["b"] is None:
        return Shown({"pages": [page_card(analysis, a)], "changes": []}, [], context)
    b = room.page(ask.args["b"])
    rows = room.work("compare", lambda: _diff(room, a, b), "what changed between the two pages", a, b)
    context["changes"] = [word_changes(row["a"] or "", row["b"] or "") for row in rows]
    return Shown({"pages": [page_card(analysis, a), page_card(analysis, b)], "changes": rows}, rows, context)


def _diff(room: Room, a: str, b: str) -> list[dict[str, Any]]:
    from sayso.service.case_diff import diff

    return [row for row in diff(room.prepared(), a, b) if isinstance(row.get("a"), str | None)]


VIEWS = (
    View(
        "/stories",
        "stories.html.j2",
        "Stories",
        stories,
        (Param("pages", "only stories of so many pages", "int", 1, 1, 100_000), OFFSET, LIMIT),
    ),
    View("/stories/{story}", "story.html.j2", "One story", story),
    View("/pairs/{a}/{b}", "pair.html.j2", "What ties two pages", pair),
    View(
        "/compare",
        "compare.html.j2",
        "Two pages beside each other",
        compare,
        (Param("a", "the key of a page"), Param("b", "the key of another")),
    ),
)
