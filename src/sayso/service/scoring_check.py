"""Score what a check says of texts whose quotations were made on purpose: kept, altered, stitched, swapped, made up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

__all__ = ["evaluate_check"]

Json = dict[str, Any]


def evaluate_check(gold: Iterable[Json], pages: Iterable[Json]) -> tuple[Json, list[tuple[str, bool, str]]]:
    """Check every `{"id", "kind", "status", "text"}` against the pages.

    Returns:
        The share that is right, of each kind too, and the share of what isn't in the pages to the letter that is not
        called exact; then each case's id, whether it is right, and what came out.
    """
    from .check import SourcePage, Sources

    given: list[str | SourcePage] = [
        SourcePage(
            id=page["id"],
            text=page["text"],
            publisher=page.get("publisher"),
            published=page.get("published"),
            title=page.get("title"),
        )
        for page in pages
    ]
    sources = Sources(given)
    outcomes, right, every = [], Counter[str](), Counter[str]()
    changed = called = 0
    for row in gold:
        verdicts = [v for v in sources.check(row["text"]).verdicts if v.item.kind == "quotation"]
        found = [verdict.status for verdict in verdicts]
        is_right = found == [row["status"]]
        every[row["kind"]] += 1
        right[row["kind"]] += is_right
        if row["status"] in ("altered", "stitched", "not_found"):
            changed += 1
            called += any(verdict.is_exact for verdict in verdicts)
        words = " ".join(row["text"].split())
        outcomes.append((str(row["id"]), is_right, f"{row['status']} -> {', '.join(found) or 'nothing'}\t{words}"))
    figures: Json = {"right": sum(right.values()) / max(1, sum(every.values()))}
    figures["never called exact"] = 1 - called / max(1, changed)
    return figures | {kind: right[kind] / count for kind, count in sorted(every.items())}, outcomes
