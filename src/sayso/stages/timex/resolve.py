"""From what an expression says to the days it means: anchors, directions, grains, with reasons."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from sayso.model.annotation import Anchor, TimexType

from . import calendar as cal
from .anchor import Tellings, Told
from .calendar import When, span_of
from .expr import Calendar, Clock, Expr, Length, Reference, Repeat, Shift, Vague, Within
from .meaning import Meaning, Situation, dated, unresolved
from .readings import build, nearest, nth_within, stepped, toward
from .render import duration_value

__all__ = ["Resolver"]

PUBLICATION = Anchor("publication")
NEAR_CHARS = 1500
"""How far back a time told may serve `the next day` in news."""
ASIDE_CHARS = 80
"""An aside serves what refers to it at once, and no further."""
FRESH_DAYS = 3
"""A date of figures this near to the publication is its stamp."""
MAX_COUNT = 100_000
"""Units that an expression may step; more is no calendar."""
COARSE = frozenset({"month", "year", "decade", "century", "quarter", "half", "season"})
LONG_UNITS = frozenset({"year", "month", "week", "quarter", "decade", "century"})
CLOCK_UNITS = frozenset({"hour", "minute", "second"})
DAY_ENDS = frozenset({"end", "ended", "ending", "ends", "close", "closed", "closing", "finish", "finished", "of"})
FINER = {"year": ("month", 12), "decade": ("year", 10), "century": ("year", 100)}
"""A year and a half ago is eighteen months ago."""
NO_TIME = "counts from a time that the text does not give"
NO_DAY = "the calendar has no such day"


class Resolver:
    """Resolves the expressions of one article in text order."""

    def __init__(
        self, published: When | None, *, day_first: bool | None, asides: set[int], course: dict[int, When]
    ) -> None:
        """Start one article.

        Args:
            published: the day (or month) of publication; None where unknown.
            day_first: order of day and month in `04/05/2018`; None where the page doesn't tell.
            asides: positions of written-out times that lie off the telling's course.
            course: readings chosen for dates without a year, by position; empty for news.
        """
        self.published = published
        self.day_first = day_first
        self.asides = asides
        self.course = course
        self.told = Tellings()
        self.origin = PUBLICATION

    def count_from(self, when: When, identity: str) -> None:
        """From here on `today` is the day of a dateline or stamp: the timex of that id."""
        self.published, self.origin = span_of("day", when.first), Anchor("timex", identity)

    def resolve(self, expr: Expr, at: Situation) -> Meaning:
        """The meaning of one expression; `tell` makes it an anchor for later ones."""
        match expr:
            case Calendar():
                return self._calendar(expr, at)
            case Shift():
                return self._shift(expr, at)
            case Length():
                return self._length(expr, at)
            case Repeat():
                return Meaning("SET", expr.value, reason="repeated")
            case Reference():
                return self._reference(expr)
            case Clock():
                return self._clock(expr, at)
            case Within():
                return self._within(expr, at)
            case Vague():
                return self._vague(expr, at)

    def tell(self, meaning: Meaning, identity: str, at: Situation) -> None:
        """Let later expressions count from this one."""
        if meaning.when is not None:
            open_season = meaning.when.grain == "season" and meaning.anchor is not None
            flashback = at.position in self.asides or meaning.aside or open_season
            self.told.add(Told(meaning.when, at.position, identity, at.block, flashback))

    # --- anchors ------------------------------------------------------------------------------------

    def _anchor(self, told: Told, at: Situation) -> Anchor:
        return Anchor("narrative" if at.story else "timex", told.id)

    def _year_anchor(self, at: Situation) -> Told | None:
        """The time told that a missing year comes from: in news only one of the same paragraph and another year."""
        if at.story or self.published is None:
            return self.told.course() or self.told.last()
        last = self.told.last()
        if last is None or last.block != at.block or last.when.grain not in ("month", "day"):
            return None
        return last if last.when.year < self.published.year - 1 and at.direction != "future" else None

    def _speech(self, at: Situation) -> tuple[When, Anchor] | None:
        """The time of speaking: the publication; in a story the last time told."""
        if at.story and (last := self.told.course()):
            return last.when, Anchor("narrative", last.id)
        return (self.published, self.origin) if self.published is not None else None

    def _day_told(self, at: Situation) -> Told | None:
        return self.told.last("day", "time", within=None if at.story else NEAR_CHARS, position=at.position)

    # --- calendar dates -----------------------------------------------------------------------------

    def _calendar(self, expr: Calendar, at: Situation) -> Meaning:
        if expr.mod == "NUMERIC":
            return self._numeric(expr)
        if expr.decade is not None or expr.century is not None:
            return self._long(expr, at)
        year = self._pivot(expr.year) if expr.short and expr.year is not None else expr.year
        if year is not None:
            when = build(expr, year)
            reason = "year of two digits, nearest to the publication" if expr.short else "written out"
            return dated(when, reason, mod=expr.mod) if when else unresolved("DATE", NO_DAY)
        if expr.outer is not None:
            return self._in_outer(expr, self.resolve(expr.outer, at), at)
        return self._open(expr, at)

    def _pivot(self, two: int) -> int:
        base = self.published.year if self.published else 2000
        year = base // 100 * 100 + two
        return year - 100 if year > base + 12 else year

    def _in_outer(self, expr: Calendar, outer: Meaning, at: Situation) -> Meaning:
        if outer.when is None:
            return unresolved("DATE", outer.reason)
        when: When | None
        if expr.weekday and not expr.month:
            when = span_of("day", span_of("week", outer.when.first).first + expr.weekday - 1)
            when = when.at(expr.clock) if expr.clock else when
        else:
            when = build(expr, outer.when.year)
            unborn = when and self.published and outer.anchor == self.origin and when.first > self.published.first
            if unborn and at.direction in ("past", "") and isinstance(expr.outer, Shift) and expr.outer.base == "text":
                when = build(expr, outer.when.year - 1)
        if when is None:
            return unresolved("DATE", NO_DAY)
        return dated(when, outer.reason, anchor=outer.anchor, score=outer.score, mod=expr.mod)

    def _long(self, expr: Calendar, at: Situation) -> Meaning:
        """Decades and centuries."""
        if expr.century is not None:
            start = (expr.century - 1) * 100 if expr.century > 0 else expr.century * 100 + 1
            return dated(span_of("century", cal.day_number(start, 1, 1)), "century written out", mod=expr.mod)
        decade = expr.decade or 0
        reason, score = "decade written out", 0.95
        if 0 <= decade < 100:
            speech = self._speech(at)
            base = speech[0].year if speech else 2000
            decade += base // 100 * 100
            decade -= 100 if decade > base + 5 else 0
            reason, score = "decade without century: the latest before", 0.85
        grain: cal.Grain = "century" if decade % 100 == 0 and 0 < decade < 1900 else "decade"
        when = span_of(grain, cal.day_number(decade, 1, 1))
        return dated(when, reason, score=score, mod=expr.mod)

    def _numeric(self, expr: Calendar) -> Meaning:
        """`04/05/2018`: one order if only one is possible or the page shows which; else both readings stay."""
        a, b, year = expr.month or 0, expr.day or 0, expr.year or 0
        year = self._pivot(year) if expr.short else year
        us = build(Calendar(year, a, b, clock=expr.clock), year) if cal.valid(year, a, b) else None
        eu = build(Calendar(year, b, a, clock=expr.clock), year) if cal.valid(year, b, a) else None
        if us is None or eu is None or us == eu:
            one = us or eu
            return dated(one, "written out") if one else unresolved("DATE", NO_DAY)
        fresh = self._fresh(us, eu)
        if fresh is not None:
            return dated(fresh, "the one of two readings that lies at the publication", anchor=self.origin, score=0.8)
        if self.day_first is None:
            low, high = sorted((us.first, eu.first))
            return Meaning("DATE", None, None, None, low, high, 0.4, f"two readings: {us.value} or {eu.value}")
        return dated(eu if self.day_first else us, "order of day and month as elsewhere on the page", score=0.8)

    def _fresh(self, us: When, eu: When) -> When | None:
        """The reading within days of the publication, where the other is not and the page shows no order."""
        if self.published is None or self.day_first is not None:
            return None
        near = [when for when in (us, eu) if abs(when.first - self.published.first) <= FRESH_DAYS]
        return near[0] if len(near) == 1 else None

    def _open(self, expr: Calendar, at: Situation) -> Meaning:
        """No year: from the course of the telling, a time told, or determiner and tense."""
        charted = self.course.get(at.position)
        if charted is not None:
            last = self.told.course()
            anchor = Anchor("narrative", last.id if last else None)
            return dated(charted, "year from the course of the telling", anchor=anchor, score=0.75, mod=expr.mod)
        if expr.day and not expr.month and not expr.weekday and (at.story or self.published is None):
            return self._day_of_month_told(expr)
        told = self._from_time_told(expr, at)
        if told is not None:
            return told
        if self.published is None:
            return unresolved("DATE", "no year, and neither a publication date nor a time told before", expr.mod)
        when, reason, score = toward(expr, self.published, at)
        if when is None:
            return unresolved("DATE", NO_DAY)
        return dated(when, reason, anchor=self.origin, score=score, mod=expr.mod)

    def _day_of_month_told(self, expr: Calendar) -> Meaning:
        """`on the 18th`: of the month told last."""
        told = self.told.course()
        if told is None or told.when.grain not in ("month", "day", "time"):
            return unresolved("DATE", "a day whose month the text does not give")
        year, month, _ = cal.civil(told.when.first)
        when = build(Calendar(year, month, expr.day, clock=expr.clock), year)
        anchor = Anchor("narrative", told.id)
        return (
            dated(when, "month from the time told before", anchor=anchor, score=0.7)
            if when
            else unresolved("DATE", NO_DAY)
        )

    def _from_time_told(self, expr: Calendar, at: Situation) -> Meaning | None:
        counted = expr.which in ("previous", "following", "same")
        anchor = self.told.last() if counted else self._year_anchor(at)
        if anchor is None or (expr.which and not counted and not at.story):
            return None
        if expr.weekday and not counted and not at.story and self.published is not None:
            return None
        near = (stepped(expr, anchor.when) if counted else None) or nearest(expr, anchor.when)
        if near is None:
            return None
        reason = "year from the time told before"
        return dated(near, reason, anchor=self._anchor(anchor, at), score=0.75, mod=expr.mod)

    # --- relative -----------------------------------------------------------------------------------

    def _shift(self, expr: Shift, at: Situation) -> Meaning:
        kind: TimexType = "TIME" if expr.clock or expr.unit in CLOCK_UNITS else "DATE"
        if expr.base == "text":
            return self._from_told(expr, at, kind)
        speech = self._speech(at)
        if speech is None:
            return unresolved(kind, "counts from the publication, which is unknown", expr.mod)
        if at.story and expr.unit == "day" and expr.count == 0 and not expr.clock:
            return Meaning("DATE", "PRESENT_REF", score=0.6, reason="'today' in a history: the present")
        return self._moved(expr, speech[0], speech[1], 0.9)

    def _from_told(self, expr: Shift, at: Situation, kind: TimexType) -> Meaning:
        short = expr.unit in ("day", "hour", "minute")
        last = self._day_told(at) if short else self._any_told(expr, at)
        if last is not None:
            return self._moved(expr, last.when, self._anchor(last, at), 0.8)
        if self.published is not None and expr.unit == "day" and not expr.count:
            # `end the day`: in a report of one day, that of its publication.
            return (
                self._moved(expr, self.published, self.origin, 0.5)
                if at.lead in DAY_ENDS
                else unresolved(kind, NO_TIME)
            )
        if self.published is not None and expr.unit == "quarter" and at.direction != "future":
            # Results are told of a quarter that has ended.
            reported = replace(expr, count=(expr.count or 0) - 1)
            return self._moved(reported, self.published, self.origin, 0.5)
        if self.published is not None and not short and (expr.count or expr.unit in LONG_UNITS):
            return self._moved(expr, self.published, self.origin, 0.5 if expr.count else 0.6)
        return unresolved(kind, NO_TIME, expr.mod)

    def _any_told(self, expr: Shift, at: Situation) -> Told | None:
        """The time told that a longer step counts from: an aside only close by, for `the year` only its paragraph's."""
        last = self.told.last(within=None if at.story else NEAR_CHARS, position=at.position)
        if last is not None and last.flashback and at.position - last.position > ASIDE_CHARS:
            last = self.told.course()
        elsewhere = last is not None and last.block != at.block and not expr.count and not at.story
        return None if elsewhere else last

    def _moved(self, expr: Shift, base: When, anchor: Anchor, score: float) -> Meaning:
        reason = "from the publication" if anchor == self.origin else "from the time told before"
        if expr.count is not None and expr.count != int(expr.count) and expr.unit in FINER:
            unit, per = FINER[expr.unit]
            expr = replace(expr, unit=unit, count=expr.count * per)
        count = expr.count
        if count is None or expr.unit in CLOCK_UNITS or count != int(count) or abs(count) > MAX_COUNT:
            return self._vaguely(expr, base, anchor, reason)
        unit, steps = ("week", int(count) * 2) if expr.unit == "fortnight" else (expr.unit, int(count))
        if unit not in cal.MONTHS_IN and unit not in cal.DAYS_IN:
            return self._vaguely(expr, base, anchor, reason)
        if base.grain in COARSE and unit in ("day", "week", "weekend") and not steps:
            return unresolved("DATE", "the text gives no day to count from")
        if expr.like and anchor == self.origin and unit == "year" and expr.base == "text":
            base = span_of("year", base.first)
        # `a year earlier` of a quarter is that quarter of the year before.
        like_base = steps and (expr.like or (unit == "year" and base.grain in ("quarter", "half")))
        when = span_of(base.grain if like_base else cal.GRAIN_NAMED[unit], cal.moved(base.first, steps, unit))
        when = when.at(expr.clock) if expr.clock else when
        meaning = dated(when, reason, anchor=anchor, score=score, mod=expr.mod)
        return self._bounded(replace(meaning, aside=steps < 0), expr.mod)

    def _bounded(self, meaning: Meaning, mod: str | None) -> Meaning:
        """`earlier this year` ends with the publication, `later this year` begins with it."""
        if self.published is None or mod not in ("BEFORE", "AFTER") or meaning.first is None or meaning.last is None:
            return meaning
        day = self.published.first
        if not meaning.first <= day <= meaning.last:
            return meaning
        return replace(meaning, last=day) if mod == "BEFORE" else replace(meaning, first=day)

    def _vaguely(self, expr: Shift, base: When, anchor: Anchor, reason: str) -> Meaning:
        """`weeks ago`, `hours later`: before or after, how far is open."""
        ahead = (expr.sign if expr.count is None else expr.count) > 0
        kind: TimexType = "TIME" if expr.unit in CLOCK_UNITS else "DATE"
        low, high = (base.first, None) if ahead else (None, base.last)
        value, reason = "FUTURE_REF" if ahead else "PAST_REF", f"{reason}, how far is not said exactly"
        return Meaning(kind, value, expr.mod, anchor, low, high, 0.6, reason)

    def _length(self, expr: Length, at: Situation) -> Meaning:
        value = duration_value(expr.unit, expr.count)
        side = expr.side or ("future" if at.lead in ("in", "within") and at.direction == "future" else "")
        measured = expr.unit in cal.MONTHS_IN or expr.unit in cal.DAYS_IN
        if self.published is None or at.story or not side or not measured or not expr.count or expr.count > MAX_COUNT:
            reason = "an age" if expr.age else "a length of time"
            return Meaning("DURATION", value, expr.mod, reason=reason)
        day = self.published.first
        other = cal.moved(day, int(expr.count) * (-1 if side == "past" else 1), expr.unit)
        low, high = (other, other) if at.lead == "in" and not expr.side else (min(day, other), max(day, other))
        reason = "a length of time up to or from the publication"
        return Meaning("DURATION", value, expr.mod, self.origin, low, high, 0.85, reason)

    def _reference(self, expr: Reference) -> Meaning:
        day = self.published.first if self.published else None
        low, high = {"PRESENT_REF": (day, day), "PAST_REF": (None, day), "FUTURE_REF": (day, None)}[expr.value]
        anchor = self.origin if day is not None else None
        return Meaning("DATE", expr.value, None, anchor, low, high, 0.7, "a word for the present, past or future")

    def _clock(self, expr: Clock, at: Situation) -> Meaning:
        step = {"previous": -1, "following": 1, "next": 1}.get(expr.which, 0)
        mod, published = expr.mod, self.published
        if published is not None and not at.story and expr.which in ("this", "last", "next", "coming"):
            when = span_of("day", published.first + step).at(expr.clock)
            return dated(when, "from the publication", anchor=self.origin, score=0.85, mod=mod)
        last = self._day_told(at)
        if last is not None:
            when = span_of("day", last.when.first + step).at(expr.clock)
            return dated(when, "day from the time told before", anchor=self._anchor(last, at), score=0.7, mod=mod)
        if published is None or at.story or expr.which in ("same", "previous", "following"):
            return unresolved("TIME", "a time of day whose day the text does not give", mod)
        when = span_of("day", published.first).at(expr.clock)
        return dated(when, "no day given: the day of publication", anchor=self.origin, score=0.5, mod=mod)

    def _within(self, expr: Within, at: Situation) -> Meaning:
        outer = self.resolve(expr.outer, at)
        if outer.when is None:
            return unresolved("DATE", outer.reason)
        when = nth_within(expr, outer.when)
        if when is None:
            return unresolved("DATE", NO_DAY)
        return dated(when, outer.reason, anchor=outer.anchor, score=min(outer.score, 0.85), mod=expr.mod)

    def _told_just_before(self, expr: Vague, at: Situation) -> Told | None:
        """The only time told in this sentence and the one before it, in the same block; None where there are more."""
        if not expr.words.endswith("time") or expr.words.startswith("this") or at.since is None:
            return None
        since = at.since
        near = list(
            takewhile(lambda told: told.block == at.block and told.position >= since, reversed(self.told.items))
        )
        days = {(t.when.first, t.when.last) for t in near}
        return near[0] if len(days) == 1 and near[0].when.grain not in ("decade", "century") else None

    def _vague(self, expr: Vague, at: Situation) -> Meaning:
        if expr.words == "this time" and at.lead == "at" and not at.story:
            return self._reference(Reference("PRESENT_REF"))
        told = self._told_just_before(expr, at)
        if told is not None:
            reason = f"'{expr.words}': the one time that the sentences here tell"
            mod = "APPROX" if at.lead in ("around", "about") or "around" in expr.words else None
            return replace(
                dated(told.when, reason, anchor=self._anchor(told, at), score=0.5, mod=mod), aside=True, when=None
            )
        high = self.published.last if self.published else None
        reason = f"'{expr.words}' points at something told, and the text does not say which"
        return Meaning("DATE", None, None, None, None, high, 0.2, reason)
