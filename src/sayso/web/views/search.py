"""Search and timeline: statements by words and facets, events by day."""

from __future__ import annotations

from datetime import date
from typing import Any

from sayso.render.happenings import FOOTINGS
from sayso.render.labels import group_of, kind_label
from sayso.service.case_events import DEPTHS, list_events
from sayso.service.case_search import parse_query
from sayso.service.case_verdicts import verdicts_of
from sayso.store.facets import FACETS, StatementIndex
from sayso.web.params import LIMIT, OFFSET, PAGING, Param
from sayso.web.room import Room, key_of
from sayso.web.view import Ask, Shown, View, paging

__all__ = ["VIEWS"]

NAMES = {
    "source": "Kind of source",
    "hand": "Hand",
    "certainty": "Certainty",
    "polarity": "Polarity",
    "attitude": "What the cue adds",
    "act": "Act",
    "voice": "Voice",
    "outlet": "Outlet",
    "year": "Year",
}
VALUES = {
    "factive": "vouches for it",
    "doubting": "doubts it",
    "neutral": "nothing",
    "own": "the page’s own voice",
    "first": "first-hand",
    "second": "second-hand",
}
SHOWN_VALUES = 12
ACTS = {"denied": "denial", "feared": "fear", "hoped": "hope", "planned": "plan", "ordered": "order"}
ACTS |= {"promised": "promise", "asked": "question"}


def _index(room: Room) -> StatementIndex:
    store = room.case.store
    found: StatementIndex = room.jobs.get(
        ("index", room.analysis.digest), lambda: StatementIndex(store), "an index of all statements"
    )
    return found


def search(ask: Ask) -> Shown:
    """Statements by words, with how many fall under each facet."""
    args = ask.args
    index = _index(ask.room)
    words, phrases, who, chosen = _asked(index, args["q"] or "")
    after, before = chosen.pop("after", [None])[0], chosen.pop("before", [None])[0]
    for name in FACETS:
        if args[name]:
            chosen[name] = [args[name]]
    found = index.find(
        words,
        phrases,
        who=who,
        chosen=chosen,
        after=args["after"] or after,
        before=args["before"] or before,
        order=args["order"],
        offset=args["offset"],
        limit=args["limit"],
    )
    rows = [_row(row) for row in found.rows]
    facets = {
        name: [
            {
                "value": value,
                "count": n,
                "address": ask.address(**{name: None if args[name] == value else value, "offset": 0}),
            }
            for value, n in pairs[:SHOWN_VALUES]
        ]
        for name, pairs in found.facets.items()
    }
    data = {"statements": rows, "facets": facets, **paging(ask, found.total)}
    context = {"find": args["q"] or "", "names": NAMES, "label": _label, "group_of": group_of, "kind_label": kind_label}
    return Shown(data, rows, context)


def _narrowed(ask: Ask, facet: str, value: str) -> str:
    """The same search with a facet's value chosen, or left again."""
    return ask.address(**{facet: None if ask.args[facet] == value else value, "offset": 0})


def _label(facet: str, value: str) -> str:
    return kind_label(value) if facet == "source" else VALUES.get(value, value)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    key = key_of(row["doc"])
    shown = {"page": key, "page_address": f"/pages/{key}", "address": f"/pages/{key}/statements/{row['id']}"}
    return {**shown, **row}


def _asked(index: StatementIndex, text: str) -> tuple[list[str], list[str], list[str], dict[str, Any]]:
    """Words, phrases, words of the source, and facets that a search asks for."""
    if not text.strip():
        return [], [], [], {}
    query = parse_query(text)
    who: list[str] = []
    chosen: dict[str, Any] = {}
    for name, value in query.fields:
        if name in ("after", "before"):
            chosen[name] = [value]
        elif name == "voice":
            chosen["voice"] = [value]
        elif name == "outlet":
            chosen["outlet"] = [known for known in index.values["outlet"] if value in known.lower()]
        elif name == "footing":
            value = ACTS.get(value, value)
            facet = next((f for f in ("certainty", "polarity", "attitude", "act") if value in index.values[f]), "act")
            chosen[facet] = [value]
        elif name == "source":
            kinds = [kind for kind in index.values["source"] if value == kind or value in kind.split("_")]
            if kinds:
                chosen["source"] = kinds
            else:
                who.append(value)
    return query.words, query.phrases, who, chosen


def timeline(ask: Ask) -> Shown:
    """What happened when, across the case or one story."""
    room, args = ask.room, ask.args
    pages = room.story(args["story"]).pages if args["story"] else None
    footings = _footings(args["footing"])
    parts = tuple(str(args[name]) for name in ("actor", "footing", "depth", "after", "before", "story"))

    def work() -> list[dict[str, Any]]:
        return list_events(
            room.analysis.view,
            verdicts_of(room.case.store),
            actor=args["actor"],
            footings=footings,
            depth=args["depth"],
            after=args["after"],
            before=args["before"],
            pages=pages,
        )

    rows = room.work("timeline", work, "the timeline", *parts)
    shown = rows[args["offset"] : args["offset"] + args["limit"]]
    data = {"events": shown, **paging(ask, len(rows))}
    return Shown(data, shown, {"bars": _bars(shown), "footings": FOOTINGS, "depths": DEPTH_WORDS})


DEPTH_WORDS = {"own": "the page’s own voice", "first": "first-hand", "second": "by way of others"}
FIRM = ("own_voice", "reported")


def _footings(asked: str | None) -> tuple[str, ...]:
    if asked == "firm":
        return FIRM
    if asked == "not_firm":
        return tuple(name for name in FOOTINGS if name not in FIRM)
    return (asked,) if asked else ()


def _bars(rows: list[dict[str, Any]]) -> list[tuple[float, float]]:
    """Where each event lies between the first and the last day shown, in percent: start and width."""
    days = [(_ordinal(row["earliest"]), _ordinal(row["latest"])) for row in rows]
    low, high = min((a for a, _ in days), default=0), max((b for _, b in days), default=1)
    span = max(1, high - low)
    return [(round(98 * (a - low) / span, 2), round(max(2.0, 98 * (b - a) / span), 2)) for a, b in days]


def _ordinal(day: str) -> int:
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return 1 if day.startswith("-") else date.max.toordinal()


VIEWS = (
    View(
        "/search",
        "search.html.j2",
        "Search statements",
        search,
        (
            Param("q", 'words, "phrases" and fields such as source:unnamed footing:hedged after:2018-09-01'),
            *(Param(name, f"only where {NAMES[name].lower()} is this") for name in FACETS),
            Param("after", "published on or after", "day"),
            Param("before", "published before", "day"),
            Param("order", "in which order", "choice", "arrival", choices=("arrival", "oldest", "newest")),
            *PAGING,
        ),
    ),
    View(
        "/timeline",
        "timeline.html.j2",
        "What happened when",
        timeline,
        (
            Param("actor", "words of who did it or to whom"),
            Param("footing", "on which footing", "choice", choices=("firm", "not_firm", *FOOTINGS)),
            Param("depth", "place in the chain", "choice", choices=DEPTHS),
            Param("after", "happened on or after", "day"),
            Param("before", "happened before", "day"),
            Param("story", "only a story's pages: its key"),
            OFFSET,
            LIMIT,
        ),
    ),
)
