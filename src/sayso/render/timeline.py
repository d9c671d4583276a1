"""The timeline strip: intervals placed on an axis whose long empty stretches are cut short."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .happenings import FOOTINGS
from .labels import clipped

__all__ = ["Bar", "Tick", "Timeline", "build_timeline"]

WIDTH = 1000.0
MARGIN = 16.0
LANE = 26.0
TOP = 8.0
CHAR = 7.0
"""Widest plausible advance of a character of a label, in units of the drawing."""
MAX_BARS = 60


@dataclass(slots=True)
class Bar:
    """One time: a dot where it is a day, a bar where it is longer, ragged where an end is open."""

    label: str
    title: str
    low: int
    high: int
    open_low: bool = False
    open_high: bool = False
    count: int = 1
    footing: str = "reported"
    """Of the event that the time dates, so that what is planned or denied doesn't look like what happened."""
    x: float = 0.0
    width: float = 0.0
    y: float = 0.0
    text_x: float = 0.0
    anchor: str = "start"

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.low == self.high and not (self.open_low or self.open_high)


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on the axis."""

    x: float
    label: str


@dataclass(slots=True)
class Timeline:
    """The strip, laid out; lengths in units of the drawing."""

    bars: list[Bar]
    ticks: list[Tick]
    breaks: list[float]
    published: float | None
    width: float = WIDTH
    height: float = 0.0
    axis_y: float = 0.0
    undated: list[str] = field(default_factory=list)


def build_timeline(reading: Mapping[str, Any], words: Callable[[Sequence[int]], str]) -> Timeline | None:
    """Lay out the times of a reading; None where there is nothing to place."""
    timexes = reading.get("timexes") or []
    bars = _bars(timexes, reading.get("events") or [], words)
    undated = [clipped(words(t["span"]), 40) for t in timexes if t.get("value") is None]
    if not bars:
        return None
    stamp = (reading["article"].get("date_published") or {}).get("value")
    published = _day(stamp)
    axis = _Axis([*(b.low for b in bars), *(b.high for b in bars), *([published] if published else [])])
    lanes = _place(bars, axis)
    axis_y = TOP + lanes * LANE + 6
    return Timeline(
        bars, _ticks(bars, axis), axis.breaks, axis.at(published) if published else None,
        height=axis_y + 34, axis_y=axis_y, undated=list(dict.fromkeys(undated)),
    )  # fmt: skip


def _day(value: object) -> int | None:
    """Day number of an ISO date at any precision; None where it is none."""
    if not isinstance(value, str):
        return None
    parts = value[:10].split("-")
    try:
        return date(
            int(parts[0]), int(parts[1]) if len(parts) > 1 else 1, int(parts[2][:2]) if len(parts) > 2 else 1
        ).toordinal()
    except (ValueError, IndexError):
        return None


def _bars(
    timexes: Sequence[Mapping[str, Any]], events: Sequence[Mapping[str, Any]], words: Callable[[Sequence[int]], str]
) -> list[Bar]:
    told: dict[str, tuple[str, str]] = {}
    for event in events:
        timex = (event.get("time") or {}).get("timex")
        if timex:
            told.setdefault(timex, (words(event["trigger"]), str(event.get("footing") or "reported")))
    merged: dict[tuple[int | None, int | None], Bar] = {}
    for item in timexes:
        low, high = _day(item.get("earliest")), _day(item.get("latest"))
        if low is None and high is None:
            continue
        if (low, high) in merged:
            merged[low, high].count += 1
            continue
        if low is not None and high is not None and high < low:
            continue
        name = clipped(words(item["span"]), 28)
        event_name, footing = told.get(item.get("id", ""), ("", "reported"))
        label = f"{name}: {clipped(event_name, 18)}" if event_name else name
        stands = f", {FOOTINGS[footing]}" if footing in FOOTINGS and event_name else ""
        title = f"{words(item['span'])}: {item.get('value')} ({item.get('reason') or 'as written'}){stands}"
        start = low if low is not None else high
        end = high if high is not None else low
        assert start is not None
        assert end is not None
        merged[low, high] = Bar(label, clipped(title, 200), start, end, low is None, high is None, footing=footing)
    bars = sorted(merged.values(), key=lambda bar: (bar.low, bar.high))[:MAX_BARS]
    for bar in bars:
        if bar.count > 1:
            bar.label += f" ×{bar.count}"
    return bars


class _Axis:
    """Days to x: distances between neighbouring days of interest are true, save that long ones are cut short."""

    def __init__(self, days: Sequence[int]) -> None:
        self.days = sorted(set(days))
        gaps = [b - a for a, b in zip(self.days, self.days[1:], strict=False)]
        cap = max(sorted(gaps)[len(gaps) // 2] * 4, 7) if gaps else 1
        shown = [min(gap, cap) for gap in gaps]
        total = float(sum(shown)) or 1.0
        inner = WIDTH - 2 * MARGIN
        self.xs = [MARGIN] if len(self.days) > 1 else [WIDTH / 2]
        for gap in shown:
            self.xs.append(self.xs[-1] + gap / total * inner)
        self.breaks = [(self.xs[i] + self.xs[i + 1]) / 2 for i, gap in enumerate(gaps) if gap > cap]

    def at(self, day: int) -> float:
        """Where a day of interest stands."""
        return round(self.xs[min(bisect_left(self.days, day), len(self.xs) - 1)], 1)


def _place(bars: Sequence[Bar], axis: _Axis) -> int:
    """Give each bar its place in the first free lane; returns the number of lanes."""
    ends: list[float] = []
    for bar in bars:
        bar.x = axis.at(bar.low)
        bar.width = round(max(axis.at(bar.high) - bar.x, 0.0), 1)
        left, right = _label_extent(bar)
        lane = next((i for i, end in enumerate(ends) if end <= left), len(ends))
        if lane == len(ends):
            ends.append(0.0)
        ends[lane] = right + 8
        bar.y = TOP + lane * LANE
    return len(ends)


def _label_extent(bar: Bar) -> tuple[float, float]:
    size = len(bar.label) * CHAR
    left = min(bar.x - 6, WIDTH - size - 14)
    inside = bar.width > size + 8
    if inside:
        bar.text_x, bar.anchor = bar.x + 6, "start"
        return bar.x - 6, bar.x + bar.width + 6
    if bar.x + bar.width + size + 12 <= WIDTH:
        bar.text_x, bar.anchor = bar.x + bar.width + 9, "start"
        return bar.x - 6, bar.x + bar.width + 9 + size
    bar.text_x, bar.anchor = bar.x - 9, "end"
    return min(left, bar.x - 9 - size), bar.x + bar.width + 6


def _ticks(bars: Sequence[Bar], axis: _Axis) -> list[Tick]:
    """Labels at the days of interest that have room for one."""
    ticks: list[Tick] = []
    last = -1000.0
    for day in sorted({bar.low for bar in bars} | {bar.high for bar in bars}):
        x = axis.at(day)
        if x - last < 84 or x > WIDTH - 40:
            continue
        ticks.append(Tick(min(max(x, 42.0), WIDTH - 42), date.fromordinal(day).isoformat()))
        last = x
    return ticks
