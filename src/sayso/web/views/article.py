"""One page: the article as read, its statements one by one, and the archived page itself."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from typing import Any

from sayso.errors import BrokenStore
from sayso.readers.decode import decode_as
from sayso.render.archived import Archived, archived_html
from sayso.render.html import environment
from sayso.render.labels import KIND_LABEL, clean
from sayso.render.view import BlockView, ReportView, build_view
from sayso.service.case_verdicts import Verdicts, value_of, verdicts_of
from sayso.store import KeptJudgement
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
    verdicts = verdicts_of(room.case.store)
    _link(view, ask.at["page"], doc, verdicts)
    has_body = room.analysis.view.body(reading["page"]["id"]) is not None
    first = next((f"#m-{note.id}" for note in view.notes), "")
    date = verdicts.dates.get(doc)
    context = {"view": view, "page": ask.at["page"], "has_body": has_body, "doc": doc, "first": first, "date": date}
    return Shown(reading, _rows(reading), context)


def _link(view: ReportView, page: str, doc: str, verdicts: Verdicts) -> None:
    """Give each note its addresses, and what a person said of it."""
    for note in view.notes:
        kept = verdicts.attributions.get((doc, note.id))
        if kept is not None:
            source = value_of(kept).get("source")
            words = f"corrected: {clean(str(source))}" if source else f"{kept.verdict}ed"
            note.verdicts = [(kept.verdict, f"{words} by {clean(kept.by)}" if kept.by else words)]
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
        text = decode_as(bytes(body["body"]), body["encoding"])
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


def statement(ask: Ask) -> Shown:
    """One statement: its words where they stand, the chain, and what was judged of it."""
    room = ask.room
    doc = room.page(ask.at["page"])
    reading = room.analysis.view.reading(doc)
    view = build_view(reading)
    _link(view, ask.at["page"], doc, verdicts_of(room.case.store))
    id = ask.at["statement"]
    found = next((a for a in reading.get("attributions") or () if a["id"] == id), None)
    if found is not None:
        note = view.chains[id]
        places = [tuple(span) for span in (found["content"] or found["source"] or found["cue"])]
    else:
        note, places = None, [tuple(s) for s in reading.get("own_voice") or () if f"o{s[0]}" == id]
    if not places:
        raise NotFound(f"expected a statement of page {ask.at['page']}, got {id[:60]!r}; open the page")
    text = reading["article"]["text"]
    history = [kept for kept in room.case.judgements(withdrawn=True) if kept.a == f"{doc}/{id}"]
    data: dict[str, Any] = {
        "page": ask.at["page"],
        "doc": doc,
        "statement": id,
        "text": " … ".join(text[low:high] for low, high in places),
        "attribution": found,
        "judgements": [_judgement(kept) for kept in history],
    }
    context = {"view": view, "note": note, "items": _blocks(view, places), "kinds": _kinds()}
    return Shown(data, data["judgements"], context)


def _kinds() -> dict[str, str]:
    return {kind: words for kind, words in KIND_LABEL.items() if kind != "page"}


def _blocks(view: ReportView, places: Sequence[Sequence[int]]) -> list[BlockView]:
    """The blocks in which spans stand."""
    return [
        block
        for block in view.flow
        if isinstance(block, BlockView) and any(block.span[0] < p[1] and p[0] < block.span[1] for p in places)
    ]


def _judgement(kept: KeptJudgement) -> dict[str, Any]:
    return {
        "number": kept.number,
        "verdict": kept.verdict,
        "value": value_of(kept) or None,
        "why": kept.why,
        "by": kept.by,
        "at": kept.at,
        "withdrawn_at": kept.withdrawn_at,
    }


def event(ask: Ask) -> Shown:
    """One event: its words where they stand, its days, and what was judged of them."""
    room = ask.room
    doc = room.page(ask.at["page"])
    reading = room.analysis.view.reading(doc)
    id = ask.at["event"]
    found = next((e for e in reading.get("events") or () if e["id"] == id), None)
    if found is None:
        raise NotFound(f"expected an event of page {ask.at['page']}, got {id[:60]!r}; open the page")
    view = build_view(reading)
    text = reading["article"]["text"]
    spans = sorted([*found["actor"], found["trigger"], *found["target"]])
    history = [kept for kept in room.case.judgements(withdrawn=True) if kept.a == f"{doc}/{id}"]
    data: dict[str, Any] = {
        "page": ask.at["page"],
        "doc": doc,
        "subject": f"{doc}/{id}",
        "text": " ".join(text[low:high] for low, high in spans),
        "event": found,
        "time": found["time"],
        "judgements": [_judgement(kept) for kept in history],
    }
    return Shown(data, data["judgements"], {"view": view, "items": _blocks(view, [found["trigger"]])})


def page_date(ask: Ask) -> Shown:
    """The day of a page, where it was found, and what was judged of it."""
    room = ask.room
    doc = room.page(ask.at["page"])
    reading = room.analysis.view.reading(doc)
    view = build_view(reading)
    date = reading["article"]["date_published"]
    history = [kept for kept in room.case.judgements(withdrawn=True) if kept.what == "date" and kept.a == doc]
    given = room.analysis.view.document(doc).published
    data: dict[str, Any] = {
        "page": ask.at["page"],
        "doc": doc,
        "subject": doc,
        "text": view.title,
        "event": None,
        "time": {"earliest": given, "latest": given},
        "date": date,
        "judgements": [_judgement(kept) for kept in history],
    }
    return Shown(data, data["judgements"], {"view": view, "items": []})


BESIDE = Param("beside", "the archived page beside the article", "choice", "no", choices=("no", "page"))

VIEWS = (
    View("/pages/{page}", "article.html.j2", "One page, read", article, (BESIDE,)),
    View("/pages/{page}/statements/{statement}", "statement.html.j2", "One statement", statement),
    View("/pages/{page}/events/{event}", "event.html.j2", "One event", event),
    View("/pages/{page}/date", "event.html.j2", "The day of a page", page_date),
)
