"""One page: the article as read, its statements one by one, and the archived page itself."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import Any

from sayso.errors import BrokenStore
from sayso.render.archived import Archived, archived_html
from sayso.render.html import environment
from sayso.render.view import ReportView, build_view
from sayso.web.errors import NotFound
from sayso.web.params import Param
from sayso.web.room import Room
from sayso.web.view import Ask, Shown, View

__all__ = ["VIEWS", "archived", "frame_style", "frame_style_hash"]


def article(ask: Ask) -> Shown:
    """The article with its statements, chains and findings."""
    room = ask.room
    doc = room.page(ask.at["page"])
    reading = room.analysis.view.reading(doc)
    view = build_view(reading)
    _link(view, reading, ask.at["page"])
    has_body = room.analysis.view.body(reading["page"]["id"]) is not None
    context = {"view": view, "page": ask.at["page"], "has_body": has_body, "doc": doc}
    return Shown(reading, _rows(reading), context)


def _link(view: ReportView, reading: dict[str, Any], page: str) -> None:
    """Give each note its addresses."""
    for note in view.notes:
        note.links = [
            (f"/pages/{page}/statements/{note.id}", "judge", None),
            (f"/pages/{page}/frame#m-{note.id}", "on the page", "archived"),
        ]


def _rows(reading: dict[str, Any]) -> list[dict[str, Any]]:
    text = reading.get("article", {}).get("text", "")
    names = {entity["id"]: entity["name"] for entity in reading.get("entities") or ()}

    def words(spans: list[list[int]]) -> str:
        return " … ".join(text[low:high] for low, high in spans)

    return [
        {
            "id": a["id"],
            "source": words(a["source"]) or None,
            "name": names.get(a["entity"]),
            "source_kind": a["source_kind"],
            "cue": words(a["cue"]),
            "content": words(a["content"]),
            "form": a["form"],
            "tier": a["tier"],
            **a["footing"],
            "chain": [step["kind"] for step in a["chain"]],
            "score": a["score"],
            "spans": a["content"],
        }
        for a in reading.get("attributions") or ()
    ]


def archived(room: Room, page: str) -> Archived:
    """The page as it was received, made inert.

    Raises:
        NotFound: there is no such page, or its bytes weren't kept.
    """
    view = room.analysis.view
    reading = view.reading(room.page(page))
    body = view.body(reading["page"]["id"])
    if body is None:
        raise NotFound(f"expected the bytes of page {page}, got none in the case; ingest its file again")
    try:
        text = bytes(body["body"]).decode(body["encoding"], "replace").removeprefix("\ufeff")
    except LookupError as error:
        raise BrokenStore(
            f"expected an encoding, got {body['encoding']!r} of page {page}; restore the shard"
        ) from error
    return archived_html(text, body["media_type"], reading)


@cache
def frame_style() -> str:
    """The style of the archived page: the report's marks, and little else."""
    env = environment()
    assert env.loader is not None
    own = (
        "html{overflow-wrap:anywhere}.sayso.archived{padding:1rem clamp(.75rem,3vw,2rem) 4rem;font-size:1rem}"
        ".sayso.archived .lk{text-decoration:underline dotted 1px}.sayso.archived .pic{color:var(--soft);"
        "font:400 .8125rem/1.5 var(--ui)}.sayso.archived :target{outline:3px solid var(--named);outline-offset:2px;"
        "scroll-margin-block:30vh}.sayso.archived .told{font:400 .8125rem/1.5 var(--ui);color:var(--soft);"
        "border-block-end:1px solid var(--rule);padding-block-end:.5rem}.sayso.archived table{width:auto}"
        ".sayso.archived pre{white-space:pre-wrap;font:inherit}"
    )
    return env.loader.get_source(env, "style.css.j2")[0].replace("\r\n", "\n").strip() + own


@cache
def frame_style_hash() -> str:
    """By which the frame's policy knows its style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(frame_style().encode()).digest()).decode("ascii")


BESIDE = Param("beside", "the archived page beside the article", "choice", "no", choices=("no", "page"))

VIEWS = (View("/pages/{page}", "article.html.j2", "One page, read", article, (BESIDE,)),)
