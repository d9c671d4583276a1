"""Days of events: from the times in their clause, sentence and neighbourhood, with tense and order words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.model import EventTime, Timex
from sayso.stages.parse import Parse
from sayso.stages.timex.calendar import day_number
from sayso.stages.timex.tense import Direction, verb_direction

from .words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Dated", "Dating"]

_CLIMB = 12
BACKGROUND_DAYS = 21
"""A day further than this from the main happening is background."""
_BOUNDS = frozenset({"since", "until", "till", "before", "after", "by"})
PREFIX = 5
"""Letters that the noun and the verb of one happening share: `crash`, `crashed`; `explosion`, `exploded` do not."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A timex at its place in the parse."""

    timex: Timex
    root: int
    """Index of the head token of the expression in its piece's doc."""
    link: str
    """The preposition it hangs on; empty for none."""
    governor: int | None
    """Index of the trigger it belongs to; None for none."""
    reported: bool
    """Whether that trigger is a verb of reporting: the day of the report, not of what it reports."""


@dataclass(slots=True)
class Dating:
    """Dates the events of one article in text order; remembers the day that the telling has reached."""

    published: str | None
    day: EventTime | None = None
    """The day that the telling has reached."""
    said: EventTime | None = None
    """The day of the last report: kept apart from the day of what it reports."""
    main: EventTime | None = None
    """The day of the happening that the lead tells."""
    seen: dict[str, EventTime] = field(default_factory=dict)
    """Times of happenings by the first letters of their word."""

    def open_with(self, timexes: Sequence[Timex]) -> None:
        """Start from the first day that the lead gives: headline and lead tell the same happening."""
        first = next((t for t in timexes if is_day(t)), None)
        if first is not None and first.earliest is not None and self._recent(first.earliest):
            self.main = self.day = _carried(_time(first))

    def date(self, token: Token, own: Sequence[Dated], by_trigger: dict[int, list[Dated]]) -> EventTime | None:
        """The interval of one event."""
        reporting = token.lemma_.lower() in words().reporting
        if any(item.timex.value is None for item in by_trigger.get(token.i, [])):
            return self._bounded(token)
        found = self._own(token, by_trigger) or self._inherited(token, by_trigger)
        given = found is not None
        if found is None and not reporting:
            found = self._recalled(token)
        if found is None:
            found = self._nearby(token, own, reporting)
        if found is None:
            return self._bounded(token)
        if given and found.earliest is not None and found.earliest == found.latest:
            if reporting:
                self.said = found
            else:
                self._arrive(found)
        if given:
            self._remember(token, found)
        return found

    def _arrive(self, time: EventTime) -> None:
        """The telling reaches a day; one long past is background and holds for its sentence alone."""
        if time.earliest is not None and self._recent(time.earliest):
            self.day = _carried(time)
            self.main = self.main or self.day

    def _recent(self, day: str) -> bool:
        """Whether a day is near enough to what is told for later sentences to go on from it."""
        base = self.main.earliest if self.main else self.published
        return base is None or abs(_days(base) - _days(day)) <= BACKGROUND_DAYS

    def next_paragraph(self) -> None:
        """A new paragraph goes back to the main happening."""
        self.day = self.main

    def _own(self, token: Token, by_trigger: dict[int, list[Dated]]) -> EventTime | None:
        mine = by_trigger.get(token.i, []) or self._setting(token, by_trigger)
        best = next((d for d in mine if is_day(d.timex)), mine[0] if mine else None)
        return linked(best) if best else None

    def _setting(self, token: Token, by_trigger: dict[int, list[Dated]]) -> list[Dated]:
        """`During a meeting last May, they asked …`, `came to lead it in April`: the time its clause is set in."""
        for child in token.children:
            if child.dep_ == "xcomp" and child.i in by_trigger and token.lemma_.lower() not in words().governors:
                return by_trigger[child.i]
            if child.dep_ == "prep" and child.lower_ in ("during", "at", "in", "on", "amid"):
                for obj in child.children:
                    if obj.i in by_trigger:
                        return by_trigger[obj.i]
        return []

    def _inherited(self, token: Token, by_trigger: dict[int, list[Dated]]) -> EventTime | None:
        """From the verb it is coordinated with, or that it hangs on, unless that one reports."""
        node = token
        for _ in range(4):
            dep, head = node.dep_, node.head
            if head is node or dep in ("relcl", "ccomp", "parataxis"):
                return None
            if dep in (
                "conj",
                "xcomp",
                "advcl",
                "acl",
                "dobj",
                "nsubj",
                "nsubjpass",
                "pobj",
                "prep",
                "pcomp",
                "agent",
                "amod",
            ):
                if head.i in by_trigger and not (
                    head.lemma_.lower() in words().reporting and dep not in ("conj", "dobj")
                ):
                    return self._own(head, by_trigger)
                node = head
                continue
            return None
        return None

    def _recalled(self, token: Token) -> EventTime | None:
        """The same happening told before: `the crash`."""
        return self.seen.get(token.lemma_.lower()[:PREFIX]) if token.pos_ == "NOUN" else None

    def _remember(self, token: Token, time: EventTime) -> None:
        key = token.lemma_.lower()[:PREFIX]
        if len(key) == PREFIX and key not in self.seen:
            self.seen[key] = time

    def _nearby(self, token: Token, own: Sequence[Dated], reporting: bool) -> EventTime | None:
        """A day of the same sentence, else the day that the telling has reached."""
        tense = verb_direction(token)
        if tense == "future":
            return None
        if reporting:
            # What is told of a day says nothing of the day on which it was told.
            return self.said
        days = [d for d in own if is_day(d.timex) and d.link not in _BOUNDS and not d.reported]
        before = [d for d in days if d.root < token.i]
        if before:
            return _time(before[-1].timex)
        if _is_perfect_past(token):
            return None
        after = [d for d in days if d.root > token.i]
        if after and (self.day is None or len(own) == 1):
            return _time(after[0].timex)
        return self.day

    def _bounded(self, token: Token) -> EventTime | None:
        """What is known without a date: before publication, or after it."""
        if self.published is None:
            return None
        direction: Direction = verb_direction(token)
        if direction == "future":
            return None if _under_past(token) else EventTime(None, self.published, None)
        return EventTime(None, None, self.day.latest if self.day and _is_perfect_past(token) else self.published)


def is_day(timex: Timex) -> bool:
    """Whether the timex is one whole day."""
    return (
        timex.type in ("DATE", "TIME")
        and timex.earliest is not None
        and timex.earliest == timex.latest
        and not (timex.value or "").endswith("_REF")
    )


def _time(timex: Timex) -> EventTime:
    return EventTime(timex.id, timex.earliest, timex.latest)


def _carried(time: EventTime) -> EventTime:
    """The same days for an event that the text gives no time of its own."""
    return EventTime(None, time.earliest, time.latest)


def linked(dated: Dated) -> EventTime:
    """The interval that a timex and its preposition give: `by Friday` ends on it, `since 2011` begins in it."""
    timex = dated.timex
    match dated.link:
        case "by" | "until" | "till" | "before":
            return EventTime(timex.id, None, timex.latest)
        case "since" | "after" | "from":
            return EventTime(timex.id, timex.earliest, None)
        case _:
            return _time(timex)


def _days(iso: str) -> int:
    year, month, day = (int(part) for part in iso.lstrip("+-").split("-"))
    return day_number(year, month, day)


def _under_past(token: Token) -> bool:
    """`planned to stage a coup`: ahead of the plan, which lies behind us, so on no known side of the publication."""
    node = token
    for _ in range(4):
        if node.head is node:
            return False
        node = node.head
        if node.pos_ in ("VERB", "AUX") and node.tag_ in ("VBD", "VBN"):
            return True
    return False


def _is_perfect_past(token: Token) -> bool:
    return token.pos_ == "VERB" and any(
        child.lower_ in ("had", "'d") and child.dep_ == "aux" for child in token.children
    )


def place(parse: Parse, timexes: Sequence[Timex], triggers: Sequence[Token]) -> list[Dated]:
    """Each timex of the piece with the trigger that governs it."""
    wanted = {token.i for token in triggers}
    out = []
    for timex in timexes:
        span = parse.doc.char_span(
            timex.span.start - parse.offset, timex.span.end - parse.offset, alignment_mode="expand"
        )
        if span is None or not len(span):
            continue
        root = span.root
        link = root.head.lower_ if root.dep_ == "pobj" else ""
        governor = _governor(root, wanted)
        reported = governor is not None and parse.doc[governor].lemma_.lower() in words().reporting
        out.append(Dated(timex, root.i, link, governor, reported))
    return out


def _governor(root: Token, wanted: set[int]) -> int | None:
    node = root
    for _ in range(_CLIMB):
        if node.head is node:
            return node.i if node.i in wanted else None
        node = node.head
        if node.i in wanted:
            return node.i
    return None
