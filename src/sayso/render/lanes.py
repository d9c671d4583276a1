"""A story as lanes: a row an outlet, a dot a page at its time, a line from each copy to what it was taken from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from .labels import clipped

__all__ = ["Dot", "Lanes", "Link", "build_lanes"]

LEFT, WIDTH, RIGHT = 190.0, 1000.0, 24.0
ROW, TOP = 28.0, 18.0
MAX_LANES = 60
APART = 13.0


@dataclass(slots=True)
class Dot:
    """One page."""

    id: str
    x: float
    y: float
    title: str
    first: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """One edge, from the later page to the earlier."""

    later: str
    earlier: str
    path: str
    kind: str
    title: str
    sure: bool
    rejected: bool = False


@dataclass(slots=True)
class Lanes:
    """The picture, laid out; lengths in units of the drawing."""

    labels: list[tuple[float, str]]
    dots: list[Dot]
    links: list[Link]
    ticks: list[tuple[float, str]]
    undated: int
    left_out: int
    width: float = WIDTH
    height: float = 0.0
    left: float = LEFT
    axis_y: float = 0.0
    kinds: list[str] = field(default_factory=list)


def _moment(value: str | None) -> float | None:
    if not value:
        return None
    text = value if len(value) > 7 else f"{value}-01" if len(value) == 7 else f"{value}-01-01"
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return (found - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(seconds=1)


def build_lanes(pages: Sequence[Mapping[str, Any]], edges: Sequence[Mapping[str, Any]]) -> Lanes:
    """Lay out a story.

    Args:
        pages: in time, each with id, outlet, title, published.
        edges: as `story_edges` gives them.
    """
    names = list(dict.fromkeys(_lane(page) for page in pages))
    kept = {name: number for number, name in enumerate(names[:MAX_LANES])}
    times = {page["id"]: _moment(page["published"]) for page in pages}
    known = [time for time in times.values() if time is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    axis_y = TOP + ROW * max(1, len(kept)) + 4
    dots: dict[str, Dot] = {}
    taken: dict[int, list[float]] = {}
    for page in pages:
        time, lane = times[page["id"]], kept.get(_lane(page))
        if lane is None:
            continue
        room = WIDTH - RIGHT - LEFT - 20
        x = (
            LEFT
            + 20
            + (room * (time - low) / (high - low) if time is not None and high > low else 0.0 if time else room)
        )
        while any(abs(x - other) < APART for other in taken.get(lane, [])) and x < WIDTH - RIGHT:
            x += APART
        taken.setdefault(lane, []).append(x)
        told = f"{page['outlet'] or page['id']}: {clipped(page['title'] or '', 120)} ({page['published'] or 'undated'})"
        dots[page["id"]] = Dot(page["id"], round(x, 1), TOP + ROW * lane + ROW / 2, told, not dots)
    links = [_link(edge, dots) for edge in edges if edge["later"] in dots and edge["earlier"] in dots]
    return Lanes(
        labels=[(TOP + ROW * number + ROW / 2, clipped(name, 26)) for name, number in kept.items()],
        dots=list(dots.values()),
        links=links,
        ticks=_ticks(low, high) if known else [],
        undated=len(pages) - len(known),
        left_out=len(names) - len(kept),
        height=axis_y + 24,
        axis_y=axis_y,
        kinds=list(dict.fromkeys(link.kind for link in links)),
    )


def _lane(page: Mapping[str, Any]) -> str:
    return str(page["outlet"] or page["id"][:12])


def _link(edge: Mapping[str, Any], dots: Mapping[str, Dot]) -> Link:
    later, earlier = dots[edge["later"]], dots[edge["earlier"]]
    bend = min(60.0, 18 + abs(later.x - earlier.x) / 3)
    path = (
        f"M{later.x:.1f} {later.y:.1f}C{later.x - bend:.1f} {later.y:.1f} "
        f"{earlier.x + bend:.1f} {earlier.y:.1f} {earlier.x:.1f} {earlier.y:.1f}"
    )
    title = f"{edge['kind']}, {edge['score']:.2f}: {edge['reason']}"
    return Link(
        edge["later"], edge["earlier"], path, edge["kind"], title, bool(edge["sure"]), edge.get("verdict") == "reject"
    )  # fmt: skip


def _ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Five labels at most, as fine as the stretch asks for."""
    span = high - low
    form = "%Y-%m-%d" if span >= 3 * 86_400 else "%m-%d %H:%M"
    room = WIDTH - RIGHT - LEFT - 20
    steps = 4 if span else 0
    out: dict[str, float] = {}
    for number in range(steps + 1):
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=low + span * number / max(1, steps))
        out.setdefault(moment.strftime(form), LEFT + 20 + room * number / max(1, steps))
    return [(round(x, 1), label) for label, x in out.items()]
