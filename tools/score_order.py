"""Order of events by their days: how many of the gold relations the intervals decide, and how many of those are right.

usage: SAYSO_DATA=… python tools/score_order.py

Reads `$SAYSO_DATA/time/timeset.jsonl`. An event fits a gold event by trigger overlap. AFTER says that the second event
came after the first, COEX that both went on at one time. One interval lies before another where its latest day is
before the other's earliest. Two events of one day may have come in either order: for AFTER that decides nothing.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from sayso.evaluation.gold import read_lines
from sayso.service.evaluating import readings_for

Json = dict[str, Any]


def order_of(one: Json, other: Json) -> str:
    """How the days of two events lie: `before`, `after`, `same day`, or `open`."""
    if one["latest"] and other["earliest"] and one["latest"] < other["earliest"]:
        return "before"
    if other["latest"] and one["earliest"] and other["latest"] < one["earliest"]:
        return "after"
    days = {one["earliest"], one["latest"], other["earliest"], other["latest"]}
    return "same day" if len(days) == 1 and None not in days else "open"


def fitted(document: Json, reading: Json) -> dict[str, Json]:
    """Times of our events by the id of the gold event they fit."""
    out: dict[str, Json] = {}
    for event in document["events"]:
        for ours in reading.get("events") or []:
            overlaps = ours["trigger"][0] < event["end"] and ours["trigger"][1] > event["start"]
            if overlaps and ours["time"] and event["eid"] not in out:
                out[event["eid"]] = ours["time"]
    return out


def main() -> None:
    folder = os.environ.get("SAYSO_DATA")
    if not folder:
        sys.exit("expected SAYSO_DATA to name the development data, got nothing; set it")
    gold = list(read_lines(Path(folder, "time/timeset.jsonl")))
    tally: dict[str, Counter[str]] = {"AFTER": Counter(), "COEX": Counter()}
    for document, reading in zip(gold, readings_for(gold, ("events",)), strict=True):
        times = fitted(document, reading)
        for relation in document["relations"]:
            a, b = times.get(relation["a"]), times.get(relation["b"])
            tally[relation["rel"]][order_of(a, b) if a and b else "open"] += 1
    for relation, counts in tally.items():
        print(f"{relation} {counts.total()}: " + ", ".join(f"{name} {count}" for name, count in sorted(counts.items())))
    right = tally["AFTER"]["before"] + tally["COEX"]["same day"]
    against = tally["AFTER"]["after"] + tally["COEX"]["before"] + tally["COEX"]["after"]
    print(f"told by days and right {right}, against the gold {against}: {right / max(1, right + against):.3f}")


if __name__ == "__main__":
    main()
