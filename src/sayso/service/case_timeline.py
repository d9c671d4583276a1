"""What happened when, across the pages of a case: events that share a day and say the same stand once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .case_story import find_story

if TYPE_CHECKING:
    from .case_analysis import Analysis

__all__ = ["timeline", "timeline_html"]


def timeline(analysis: Analysis, story: str | None = None) -> list[dict[str, Any]]:
    """One row a day span and action, in time: its words, on which footing, and the pages that tell it.

    Args:
        analysis: the case.
        story: only this story's pages.
    """
    pages = None if story is None else set(find_story(analysis, story).pages)
    rows = analysis.view.query(
        'SELECT e.doc, e.id, e.start, e."end" AS stop, e.action, e.actor, e.target, e.earliest, e.latest, e.footing '
        "FROM events e JOIN documents d ON d.id = e.doc WHERE e.earliest IS NOT NULL AND e.latest IS NOT NULL "
        "ORDER BY e.earliest, e.latest, d.number, e.start"
    )
    told: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    for row in rows:
        if pages is not None and row["doc"] not in pages:
            continue
        key = (row["earliest"], row["latest"], row["action"], _head(row["target"] or row["actor"]))
        entry = told.setdefault(
            key,
            {
                "earliest": row["earliest"],
                "latest": row["latest"],
                "action": row["action"],
                "text": _words(analysis, row),
                "pages": [],
                "outlets": [],
                "footings": [],
                "evidence": [],
            },
        )
        outlet = analysis.stored[row["doc"]].outlet
        for name, value in (("pages", row["doc"]), ("outlets", outlet), ("footings", row["footing"])):
            if value and value not in entry[name]:
                entry[name].append(value)
        entry["evidence"].append({"page": row["doc"], "event": row["id"], "span": [row["start"], row["stop"]]})
    return list(told.values())


def _head(words: str | None) -> str:
    """The last word of a phrase: what it is about, roughly."""
    return (words or "").lower().split()[-1] if words and words.split() else ""


def _words(analysis: Analysis, row: dict[str, Any]) -> str:
    """The event in the words of its page."""
    trigger = analysis.stored[row["doc"]].text[row["start"] : row["stop"]]
    return " ".join(" ".join(filter(None, (row["actor"], trigger, row["target"]))).split())


def timeline_html(rows: list[dict[str, Any]]) -> str:
    """The timeline as a self-contained page."""
    from sayso.render.case_timeline import timeline_page

    return timeline_page(rows)
