"""Score the time engine on Microsoft Recognizers' phrases, and sort what differs by kind, with the reason.

    SAYSO_DATA=… python tools/score_recognizers.py [--set DateTimeModel] [--list KIND] [--missed]

Reads `$SAYSO_DATA/time/recognizers_en.jsonl.gz`. A span is found where one of ours overlaps it. A value is
right where one of the expected readings says the same days or time of day as ours; time zones alone are left
out. Where that set follows another convention (`KINDS`), the phrase is set apart before values are counted.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.model import Article, Block, Context, Layers, Run, Sentence, Span, Timex
from sayso.stages.parse import Parse, Parser
from sayso.stages.sentences import Sentences
from sayso.stages.timex import Timexes

Expected = dict[str, Any]
KINDS: dict[str, str] = {
    "future preferred": "two readings, the earlier and the later; ours is a third, by the verb (past by default)",
    "morning or evening": "a bare hour has both readings there; ours says the one written",
    "next and last weekday": "`next Friday` is of the next week there; ours is the first to come",
    "amount given a number": "`a few` is 3 there; ours leaves the number open",
    "moment after an amount": "`in two weeks` is a moment there; ours a length, its day filled in",
    "exact ago": "`two months ago` is a day there; ours has the grain of its unit",
    "seconds": "`now`, `in 5 minutes`, `end of the day` are clock times there; ours counts from a day",
    "compared or open": "`before`, `after`, `more than`, `or later` are part of the phrase there; ours leaves them out",
    "several of ours": "one phrase with start, end and length there; ours are two dates, or a date and a length",
    "weeks, seasons, parts": "other bounds: working days, mid-month, parts of a day, seasons, fiscal years",
    "counted from a time told": "ours stays open without a time told; there it is the reference",
    "repeated": "the clock time of a repeated day is one value there, two expressions here",
}
FEW = re.compile(r"\b(few|some|several|couple)\b")
OPENING = re.compile(
    r"\b(before|after|since|until|till|by|later than|earlier than|more than|less than|or later|or earlier|onwards?"
    r"|prior to)\b"
)
PARTS = re.compile(
    r"\b(mid|early|late|business|weekend|season|spring|summer|autumn|fall|winter|fiscal|school|morning|afternoon|evening|"
    r"night|tonight|beginning|end|start|middle|rest of|workweek|decade|century|sy|fy|cy)\b|^(sy|fy|cy)\d"
)
SECONDS = re.compile(r"\b(now|asap|minutes?|hours?|seconds?|mins?|hrs?|end of (the )?day|eod|moment)\b")


@dataclass(frozen=True, slots=True)
class Case:
    """An expected phrase and what we found on it."""

    text: str
    reference: str
    expected: Expected
    ours: list[Timex]

    @property
    def kind(self) -> str:
        """The set's own type: `date`, `timerange`…"""
        return str(self.expected["type"].split(".")[1])


def main() -> int:
    """Print spans found, values right among the comparable, and the rest by kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", default="DateTimeModel")
    parser.add_argument("--list", default="", help="print the phrases of a kind; `wrong` for those of none")
    parser.add_argument("--missed", action="store_true", help="print what was not found")
    options = parser.parse_args()
    cases = list(read_cases(options.set))
    found = [case for case in cases if case.ours]
    wrong = [case for case in found if not is_right(case)]
    kinds = {id(case): other_convention(case) for case in wrong}
    apart = Counter(kind for kind in kinds.values() if kind)
    comparable = len(found) - sum(apart.values())
    right = len(found) - len(wrong)
    print(f"{options.set}: expected {len(cases)}, found {len(found)} ({len(found) / len(cases):.3f})")
    print(f"value right, all found: {right}/{len(found)} ({right / len(found):.3f})")
    print(f"value right, comparable: {right}/{comparable} ({right / comparable:.3f}); set apart {sum(apart.values())}")
    plain = [case for case in found if not other_convention(case)]
    agreed = sum(is_right(case) for case in plain)
    print(f"value right, phrases of no such kind at all: {agreed}/{len(plain)} ({agreed / len(plain):.3f})")
    for kind, count in sorted(apart.items(), key=lambda item: (-item[1], item[0])):
        print(f"  {count:4} {kind}: {KINDS[kind]}")
    for case in wrong:
        if options.list and (kinds[id(case)] or "wrong") == options.list:
            show(case)
    for case in cases:
        if options.missed and not case.ours:
            show(case)
    return 0


def show(case: Case) -> None:
    """One case on a line."""
    wanted = case.expected["values"][-1]
    ours = [(timex.span.of(case.text), timex.value) for timex in case.ours]
    print(f"    {case.reference[:10]} {case.text[:70]!r}: {case.expected['text']!r} {case.kind} {wanted} | {ours}")


# --- reading ----------------------------------------------------------------------------------------


def read_cases(name: str) -> Iterator[Case]:
    """Every expected phrase of a set with our expressions on it."""
    folder = os.environ.get("SAYSO_DATA")
    if not folder:
        sys.exit("expected SAYSO_DATA to name the development data, got nothing; set it")
    with gzip.open(Path(folder) / "time" / "recognizers_en.jsonl.gz", "rt", encoding="utf-8") as handle:
        rows = [json.loads(line) for line in handle]
    for row in rows:
        results = [r for r in row["results"] if r["type"] and r["values"] and not r["type"].endswith("timezone")]
        if row["set"] != name or not results:
            continue
        found = read(row["input"], row["reference"])
        for expected in results:
            # `end` is inclusive there.
            here = [t for t in found if t.span.start <= expected["end"] and t.span.end > expected["start"]]
            yield Case(row["input"], row["reference"] or "", expected, here)


def read(text: str, reference: str | None) -> list[Timex]:
    """Our expressions of a text."""
    spans = [Span(m.start(), m.end()).stripped(text) for m in re.finditer(r"(?:[^\n]|\n(?!\s*\n))+", text)]
    blocks = tuple(Block(span, "paragraph") for span in spans if span)
    article = Article("a", "p", text, blocks, (Run(len(text), 0),))
    context = Context(published=reference)
    layers = Layers({Sentence: list(Sentences()(article, Layers(), context))})
    layers = layers.with_made({Parse}, Parser()(article, layers, context))
    return [timex for timex in Timexes()(article, layers, context) if isinstance(timex, Timex)]


# --- comparing --------------------------------------------------------------------------------------


def is_right(case: Case) -> bool:
    """Whether one of the expected readings says what one of ours says, or what ours say together."""
    return any(same(case, value) for value in case.expected["values"])


def same(case: Case, value: dict[str, str]) -> bool:
    """Whether ours say this reading."""
    told = {timex.value for timex in case.ours if timex.value}
    if told & {value.get("timex"), value.get("value")}:
        return True
    if case.kind.endswith("range"):
        return same_range(case, value)
    return any(same_point(case.kind, timex, value) for timex in case.ours)


def same_point(kind: str, timex: Timex, value: dict[str, str]) -> bool:
    """Whether a date or time of day of ours is this one."""
    ours, theirs = timex.value or "", value.get("value", "")
    if kind == "date":
        return bool(timex.earliest) and theirs[:10] == timex.earliest == timex.latest
    clock = ours.partition("T")[2]
    if kind == "datetime" and clock:
        midnight = (clock[:5], theirs[11:16]) == ("24:00", "00:00")
        return ours[:10] == theirs[:10] and (len(theirs) < 16 or clock[:5] == theirs[11:16] or midnight)
    return kind == "time" and bool(clock) and (clock[:5] == theirs[:5] or f"T{clock}" == value.get("timex"))


def same_range(case: Case, value: dict[str, str]) -> bool:
    """Whether one of ours covers the range, or the first and the last of ours are its ends."""
    start, end = value.get("start", ""), value.get("end", "")
    timex = value.get("timex", "")
    ends = {end[:10], day_before(end)} - {""}
    for ours in case.ours:
        clock = (ours.value or "").partition("T")[2]
        if start and ours.earliest == start[:10] and (not end or ours.latest in ends):
            return True
        if end and not start and (ours.latest in ends or ours.earliest == end[:10]):
            return True
        if clock and timex.endswith(f"T{clock}"):
            return True
        if ours.type == "DURATION" and timex.endswith(f"{ours.value})"):
            return True
    if len(case.ours) < 2 or not start or not end:
        return False
    first, last = case.ours[0], case.ours[-1]
    if case.kind == "daterange":
        return first.earliest == start[:10] and bool({last.earliest, last.latest} & ends)
    clocks = [(ours.value or "").partition("T")[2][:5] for ours in (first, last)]
    return clocks == [start[-8:-3], end[-8:-3]]


def day_before(day: str) -> str:
    """The day before an ISO day; empty where it is none."""
    try:
        return (datetime.date.fromisoformat(day[:10]) - datetime.timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return ""


# --- other conventions ------------------------------------------------------------------------------


def other_convention(case: Case) -> str:
    """The convention of the set that a value that is not ours follows; empty where it is simply wrong."""
    words = case.expected["text"].lower()
    kind, values = case.kind, case.expected["values"]
    lengths = any(timex.type == "DURATION" for timex in case.ours)
    if kind == "set":
        return "repeated"
    if FEW.search(words):
        return "amount given a number"
    if any(value.get("Mod") for value in values) or OPENING.search(words):
        return "compared or open"
    if kind in ("datetime", "datetimerange", "timerange") and SECONDS.search(words):
        return "seconds"
    if kind in ("date", "daterange") and re.search(r"\bago\b", words):
        return "exact ago"
    if lengths and kind in ("date", "daterange", "datetime"):
        return "moment after an amount"
    if re.search(r"\b(next|following|previous|last|this)\b.*day\b", words) and kind in ("date", "datetime"):
        return "next and last weekday"
    if all(timex.value is None for timex in case.ours):
        return "counted from a time told"
    return _by_shape(case, words)


def _by_shape(case: Case, words: str) -> str:
    values = case.expected["values"]
    if case.kind.endswith("range") and len(case.ours) > 1:
        return "several of ours"
    if case.kind.endswith("range") and re.search(r"\d\s*-|\b(to|and|from|between)\b", words):
        return "several of ours"
    if PARTS.search(words):
        return "weeks, seasons, parts"
    if len(values) == 2 and case.kind in ("time", "timerange", "datetime"):
        return "morning or evening"
    fields = [value.get("timex", "")[4:] for value in values]
    if len(values) == 2 and values[0].get("timex", "").startswith("XXXX-"):
        return "future preferred" if any((t.value or "")[4:].startswith(fields[0][:6]) for t in case.ours) else ""
    return ""


if __name__ == "__main__":
    raise SystemExit(main())
