"""The timeline in words: events in order of their days, each with its footing and the chain it stands on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .labels import clipped

__all__ = ["FOOTINGS", "NOTHING", "Happening", "Happenings", "build_happenings"]

MAX_ROWS = 80
PART_CHARS = 60
FOOTINGS = {
    "own_voice": "told by the page itself",
    "reported": "reported",
    "hedged": "reported with doubt",
    "denied": "denied",
    "negated": "said not to have happened",
    "planned": "planned",
    "ordered": "ordered",
    "feared": "feared",
    "hoped": "hoped for",
    "hypothetical": "only supposed",
}
"""Event footings of reading/1, as words."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as shown."""

    days: str
    words: str
    footing: str
    label: str
    attribution: str | None
    """Id of the attribution that it stands under; None in the page's own voice."""


@dataclass(frozen=True, slots=True)
class Happenings:
    """The events that have days, earliest first, and how many have none or no room."""

    rows: list[Happening]
    more: int
    undated: int


NOTHING = Happenings([], 0, 0)


def build_happenings(reading: Mapping[str, Any], words: Callable[[Sequence[int]], str]) -> Happenings:
    """The events of a reading in order of their days.

    What is only known to lie before publication has no place on a timeline; it is counted, not listed.
    """
    published = str((reading["article"].get("date_published") or {}).get("value") or "")[:10] or None
    found: list[tuple[tuple[str, str, int], Happening]] = []
    events = reading.get("events") or []
    for event in events:
        time = event.get("time") or {}
        low, high = time.get("earliest"), time.get("latest")
        if low is None and (high is None or (high == published and time.get("timex") is None)):
            continue
        order = (str(low or high), str(high or "9999"), int(event["trigger"][0]))
        found.append((order, _happening(event, low, high, words)))
    rows = [happening for _, happening in sorted(found, key=lambda item: item[0])]
    return Happenings(rows[:MAX_ROWS], max(0, len(rows) - MAX_ROWS), len(events) - len(rows))


def _happening(
    event: Mapping[str, Any], low: str | None, high: str | None, words: Callable[[Sequence[int]], str]
) -> Happening:
    # In the text's own order: a passive names first whom it befell.
    parts = sorted([*(event.get("actor") or [])[:1], event["trigger"], *(event.get("target") or [])[:1]])
    said = " ".join(clipped(words(part), PART_CHARS) for part in parts)
    footing = str(event.get("footing") or "own_voice")
    return Happening(_days(low, high), said, footing, FOOTINGS.get(footing, footing), event.get("attribution"))


def _days(low: str | None, high: str | None) -> str:
    """An interval in words.

    >>> _days("2018-08-04", "2018-08-04"), _days(None, "2018-09-11"), _days("2018-09-08", None)
    ('2018-08-04', 'by 2018-09-11', 'from 2018-09-08')
    """
    if low == high:
        return str(low)
    if low is None:
        return f"by {high}"
    return f"from {low}" if high is None else f"{low} – {high}"
