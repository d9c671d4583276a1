"""The timeline of a case as a self-contained page: a row an event, placed on an axis of days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

__all__ = ["timeline_page"]

ROW, LEFT, WIDTH, RIGHT = 26, 420, 620, 1120
SHOWN, MAX_ROWS = 58, 400


def timeline_page(rows: Sequence[Mapping[str, Any]]) -> str:
    """A page that needs nothing beside itself; beyond `MAX_ROWS` the later events are left out and counted.

    Args:
        rows: events of `Case.timeline`, in time.
    """
    shown = rows[:MAX_ROWS]
    days = [_day(row[side]) for row in shown for side in ("earliest", "latest")]
    low, high = (min(days), max(days)) if days else (0, 1)
    marks = "".join(_row(row, number, low, max(high, low + 1)) for number, row in enumerate(shown))
    more = f"<p>and {len(rows) - len(shown)} more</p>" if len(rows) > len(shown) else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Timeline</title><style>'
        "body{font:15px/1.5 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem}svg{width:100%}"
        "@media(prefers-color-scheme:dark){body{background:#14161a;color:#e6e8eb}svg text{fill:#e6e8eb}}"
        "</style></head><body><h1>What happened when</h1>"
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {RIGHT} {ROW * len(shown) + 20}" role="img" '
        f'aria-label="Events by day">{marks}</svg>{more}</body></html>\n'
    )


def _day(day: str) -> int:
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        # Days after the year 9999 or before 1: at the end they belong to.
        return date.max.toordinal() if not day.startswith("-") else 1


def _row(row: Mapping[str, Any], number: int, low: int, high: int) -> str:
    y = 20 + number * ROW
    first, last = (LEFT + WIDTH * (_day(row[side]) - low) / (high - low) for side in ("earliest", "latest"))
    text = row["text"] if len(row["text"]) <= SHOWN else f"{row['text'][: SHOWN - 1]}…"
    when = row["earliest"] if row["earliest"] == row["latest"] else f"{row['earliest']} to {row['latest']}"
    footing = ", ".join(name.replace("_", " ") for name in row["footings"])
    told = f"{when}: {row['text']} ({footing}; {len(row['pages'])} pages)"
    dashed = "" if {"own_voice", "reported"} & set(row["footings"]) else ' stroke-dasharray="3 3"'
    return (
        f"<g><title>{escape(told)}</title>"
        f'<text x="0" y="{y}" font-size="13">{escape(text)}</text>'
        f'<line x1="{first:.1f}" x2="{max(last, first + 6):.1f}" y1="{y - 4}" y2="{y - 4}" '
        f'stroke="#3a7bd5" stroke-width="6" stroke-linecap="round"{dashed}/></g>'
    )
