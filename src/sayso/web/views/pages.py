"""The start page and the list of pages."""

from __future__ import annotations

from typing import Any

from sayso.service.case_pages import ORDERS, list_pages, outlets_of
from sayso.web.params import PAGING, Param
from sayso.web.room import key_of
from sayso.web.view import Ask, Shown, View, paging

__all__ = ["VIEWS"]

RECENT = 12


def start(ask: Ask) -> Shown:
    """What the case holds, the pages that came last, and where to hand in more."""
    view = ask.room.analysis.view
    total, newest = list_pages(view, order="arrival", offset=0, limit=1)
    _, recent = list_pages(view, order="arrival", offset=max(0, total - RECENT), limit=RECENT)
    refused = [letter for letter in ask.room.case.dead_letters() if letter.state == "open"]
    data: dict[str, Any] = {
        "case": ask.room.name,
        "pages": total,
        "outlets": len(outlets_of(view)),
        "refused": len(refused),
        "recent": [_row(row) for row in reversed(recent)],
    }
    return Shown(data, data["recent"], {"refused_rows": refused[:20], "newest": newest})


def pages(ask: Ask) -> Shown:
    """Pages with what was found on each."""
    args = ask.args
    view = ask.room.analysis.view
    total, rows = list_pages(
        view,
        words=args["words"],
        outlet=args["outlet"],
        order=args["order"],
        offset=args["offset"],
        limit=args["limit"],
    )
    table = [_row(row) for row in rows]
    return Shown({"pages": table, **paging(ask, total)}, table, {"outlets": outlets_of(view)})


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {"key": key_of(row["id"]), **row, "address": f"/pages/{key_of(row['id'])}"}


def enter(ask: Ask) -> Shown:
    """Where the token is entered that writing asks for."""
    return Shown({"token": ask.room.token is not None})


VIEWS = (
    View("/enter", "enter.html.j2", "The token", enter, has_table=False, in_api=False),
    View("/", "start.html.j2", "The case", start, in_api=False),
    View(
        "/pages",
        "pages.html.j2",
        "Pages",
        pages,
        (
            Param("words", "words of the title or the address"),
            Param("outlet", "whose pages"),
            Param("order", "in which order", "choice", "arrival", choices=tuple(ORDERS)),
            *PAGING,
        ),
    ),
)
