"""From what an expression says to the days it means: anchors, directions, grains, with reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sayso.model.annotation import Anchor, TimexType

from . import calendar as cal
from .anchor import Stated, Tellings, Told, strays
from .calendar import When, span_of
from .expr import Calendar, Clock, Expr, Length, Reference, Repeat, Shift, Vague, Within
from .render import duration_value, narrowed
from .tense import Direction

__all__ = ["Meaning", "Resolver", "Situation"]

PUBLICATION = Anchor("publication")
NEAR_CHARS = 1500
"""How far back a time told may serve `the next day`."""
ASIDE_CHARS = 80
"""An aside serves what refers to it at once, and no further."""
COARSE = ("month", "year", "decade", "century", "quarter", "half", "season")


@dataclass(frozen=True, slots=True)
class Situation:
    """What resolution may know of the place: position, block, tense of the governing verb, kind of telling."""

    position: int
    block: int
    direction: Direction = ""
    verb: str = ""
    story: bool = False
    """History or narrative: times count from what was told, not from the publication."""
    nominal: bool = False
    """The expression modifies a noun (`the Nov. 6 election`)."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A resolved expression."""

    type: TimexType
    value: str | None
    mod: str | None = None
    anchor: Anchor | None = None
    first: int | None = None
    last: int | None = None
    score: float = 0.9
    reason: str = ""
    when: When | None = None
    """Set where later expressions may count from it."""
    aside: bool = False
    """A step back in the telling."""


def dated(
    when: When, reason: str, *, anchor: Anchor | None = None, score: float = 0.95, mod: str | None = None
) -> Meaning:
    """A meaning from a stretch of the calendar."""
    first, last = narrowed(when, mod)
    kind: TimexType = "TIME" if when.clock else "DATE"
    return Meaning(kind, when.value, mod, anchor, first, last, score, reason, when)


def unresolved(kind: TimexType, reason: str, mod: str | None = None) -> Meaning:
    """A meaning that stays open, and why."""
    return Meaning(kind, None, mod, None, None, None, 0.2, reason)


class Resolver:
    """Resolves the expressions of one article in text order."""

    def __init__(self, published: When | None, *, stated: list[Stated], day_first: bool | None = None) -> None:
        self.published = published
        self.day_first = day_first
        self.told = Tellings()
        self.stated = stated
        self.asides = strays(stated)
        """Positions of written-out times off the telling's course."""
        self.course: dict[int, When] = {}
        """Readings chosen for dates without a year, by position."""
        self._next = 0

    def resolve(self, expr: Expr, at: Situation) -> Meaning:
        """The meaning of one expression; the caller adds what may serve as an anchor with `tell`."""
        match expr:
            case Calendar():
                return self._calendar(expr, at)
            case Shift():
                return self._shift(expr, at)
            case Length():
                return self._length(expr, at)
            case Repeat():
                return Meaning("SET", expr.value, score=0.9, reason="repeated")
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

    # --- anchors -------------------------------------------------------------------------------

    def _year_anchor(self, at: Situation) -> Told | None:
        """The time told that a missing year comes from: in a story the last, in news one of the same paragraph of another year."""
        if at.story or self.published is None:
            return self.told.course() or self.told.last()
        last = self.told.last()
        if last is None or last.block != at.block or last.when.grain not in ("month", "day"):
            return None
        return last if last.when.year < self.published.year - 1 and at.direction != "future" else None

    def _ahead(self, at: Situation) -> When | None:
        """The next time written out on the telling's course."""
        while self._next < len(self.stated) and self.stated[self._next].position <= at.position:
            self._next += 1
        for item in self.stated[self._next : self._next + 4]:
            if item.position not in self.asides:
                return item.when
        return None

    def _speech(self, at: Situation) -> tuple[When, Anchor] | None:
        """The time of speaking: the publication; in a story the last time told."""
        if at.story and (last := self.told.course()):
            return last.when, Anchor("narrative", last.id)
        if self.published is not None:
            return self.published, PUBLICATION
        return None

    # --- calendar dates ------------------------------------------------------------------------

    def _calendar(self, expr: Calendar, at: Situation) -> Meaning:
        if expr.mod == "NUMERIC":
            return self._numeric(expr)
        if expr.decade is not None or expr.century is not None:
            return self._long(expr, at)
        year = self._pivot(expr.year) if expr.short and expr.year is not None else expr.year
        if expr.outer is not None and year is None:
            outer = self.resolve(expr.outer, at)
            if outer.when is None:
                return unresolved("DATE", outer.reason)
            return self._in_outer(expr, outer)
        if year is not None:
            when = build(expr, year)
            if when is None:
                return unresolved("DATE", "the calendar has no such day")
            return dated(
                when,
                "written out" if not expr.short else "year of two digits, nearest to the publication",
                mod=expr.mod,
            )
        return self._open(expr, at)

    def _pivot(self, two: int) -> int:
        base = self.published.year if self.published else 2000
        year = base // 100 * 100 + two
        return year - 100 if year > base + 12 else year

    def _in_outer(self, expr: Calendar, outer: Meaning) -> Meaning:
        assert outer.when is not None
        if expr.weekday and not expr.month:
            week = span_of("week", outer.when.first)
            day = week.first + expr.weekday - 1
            return dated(
                When("day", day, day).at(expr.clock) if expr.clock else When("day", day, day),
                outer.reason,
                anchor=outer.anchor,
                score=outer.score,
                mod=expr.mod,
            )
        when = build(expr, outer.when.year)
        if when is None:
            return unresolved("DATE", "the calendar has no such day")
        return dated(when, outer.reason, anchor=outer.anchor, score=outer.score, mod=expr.mod)

    def _long(self, expr: Calendar, at: Situation) -> Meaning:
        if expr.century is not None:
            start = (expr.century - 1) * 100 if expr.century > 0 else expr.century * 100 + 1
            return dated(span_of("century", cal.day_number(start, 1, 1)), "century written out", mod=expr.mod)
        decade = expr.decade or 0
        if decade < 0:
            return dated(span_of("decade", cal.day_number(decade, 1, 1)), "decade written out", mod=expr.mod)
        reason, score = "decade written out", 0.95
        if decade < 100:
            base = self._base_year(at)
            century = base // 100 * 100
            decade = century + decade if century + decade <= base + 5 else century - 100 + decade
            reason, score = "decade without century: the latest before", 0.85
        if decade % 100 == 0 and decade < 1900:
            return dated(span_of("century", cal.day_number(decade, 1, 1)), "century written out", mod=expr.mod)
        return dated(span_of("decade", cal.day_number(decade, 1, 1)), reason, score=score, mod=expr.mod)

    def _base_year(self, at: Situation) -> int:
        speech = self._speech(at)
        return speech[0].year if speech else 2000

    def _numeric(self, expr: Calendar) -> Meaning:
        a, b = expr.month or 0, expr.day or 0
        year = expr.year or 0
        if expr.short:
            year = self._pivot(year)
        month_first, day_first = cal.valid(year, a, b), cal.valid(year, b, a)
        us, eu = (
            (build(Calendar(year, a, b), year) if month_first else None),
            (build(Calendar(year, b, a), year) if day_first else None),
        )
        if us and eu and us != eu:
            if self.day_first is None:
                low, high = sorted((us.first, eu.first))
                return Meaning("DATE", None, None, None, low, high, 0.4, f"two readings: {us.value} or {eu.value}")
            chosen = eu if self.day_first else us
            return dated(chosen, "order of day and month as elsewhere on the page", score=0.8)
        chosen2 = us or eu
        return dated(chosen2, "written out") if chosen2 else unresolved("DATE", "the calendar has no such day")

    def _open(self, expr: Calendar, at: Situation) -> Meaning:
        """No year: from the determiner, the telling, or the tense."""
        charted = self.course.get(at.position)
        if charted is not None:
            last = self.told.course()
            anchor = Anchor("narrative", last.id if last else None)
            return dated(charted, "year from the course of the telling", anchor=anchor, score=0.75, mod=expr.mod)
        text_based = expr.which in ("previous", "following", "same")
        anchor_told = self._year_anchor(at) if not text_based else self.told.last()
        if anchor_told is not None and (at.story or text_based or not expr.which):
            near = nearest(expr, anchor_told.when, self._ahead(at) if at.story else None)
            if near is not None:
                if text_based:
                    near = stepped(expr, anchor_told.when) or near
                kind = "narrative" if at.story else "timex"
                return dated(
                    near,
                    "year from the time told before",
                    anchor=Anchor(kind, anchor_told.id),
                    score=0.75,
                    mod=expr.mod,
                )  # type: ignore[arg-type]
        if self.published is None:
            return unresolved("DATE", "no year, and neither a publication date nor a time told before", expr.mod)
        when, reason, score = toward(expr, self.published, at)
        if when is None:
            return unresolved("DATE", "the calendar has no such day")
        return dated(when, reason, anchor=PUBLICATION, score=score, mod=expr.mod)

    # --- relative ------------------------------------------------------------------------------

    def _shift(self, expr: Shift, at: Situation) -> Meaning:
        kind: TimexType = "TIME" if expr.clock or expr.unit in ("hour", "minute", "second") else "DATE"
        if expr.base == "speech":
            speech = self._speech(at)
            if speech is None:
                return unresolved(kind, "counts from the publication, which is unknown", expr.mod)
            if at.story and expr.unit == "day" and expr.count == 0 and not expr.clock:
                return Meaning("DATE", "PRESENT_REF", score=0.6, reason="'today' in a history: the present")
            return self._moved(expr, speech[0], speech[1], 0.9)
        return self._from_told(expr, at, kind)

    def _from_told(self, expr: Shift, at: Situation, kind: TimexType) -> Meaning:
        grains = ("day", "time") if expr.unit in ("day", "hour", "minute") else ()
        within = None if at.story else NEAR_CHARS
        last = self.told.last(*grains, within=within, position=at.position)
        if last is not None and last.flashback and at.position - last.position > ASIDE_CHARS:
            last = self.told.course() if not grains else last
        if last is not None:
            anchor = Anchor("narrative" if at.story else "timex", last.id)
            return self._moved(expr, last.when, anchor, 0.8)
        if self.published is not None and expr.count and expr.unit not in ("day", "hour", "minute"):
            return self._moved(expr, self.published, PUBLICATION, 0.5)
        if (
            self.published is not None
            and not expr.count
            and expr.unit in ("year", "month", "week", "quarter", "decade", "century")
        ):
            return self._moved(expr, self.published, PUBLICATION, 0.6)
        return unresolved(kind, "counts from a time that the text does not give", expr.mod)

    def _moved(self, expr: Shift, base: When, anchor: Anchor, score: float) -> Meaning:
        reason = "from the publication" if anchor.kind == "publication" else "from the time told before"
        if expr.count is None or expr.unit in ("hour", "minute", "second") or expr.count != int(expr.count):
            return self._vaguely(expr, base, anchor, reason)
        unit, count = ("week", int(expr.count) * 2) if expr.unit == "fortnight" else (expr.unit, int(expr.count))
        if unit == "millennium" or abs(count) > 100000:
            return self._vaguely(expr, base, anchor, reason)
        grain = unit if unit in cal.GRAINS else "day"
        start = base.first
        if base.grain in COARSE and unit in ("day", "week", "weekend") and not expr.count:
            return unresolved("DATE", "the text gives no day to count from")
        when = span_of(grain, cal.moved(start, count, unit))  # type: ignore[arg-type]
        if expr.unit == "year" and base.grain in ("quarter", "half", "season") and count:
            when = span_of(base.grain, cal.moved(start, count, unit))
        if expr.clock:
            when = when.at(expr.clock)
        return self._bounded(
            replace(dated(when, reason, anchor=anchor, score=score, mod=expr.mod), aside=count < 0), expr
        )

    def _bounded(self, meaning: Meaning, expr: Shift) -> Meaning:
        if (
            self.published is None
            or expr.mod not in ("BEFORE", "AFTER")
            or meaning.first is None
            or meaning.last is None
        ):
            return meaning
        day = self.published.first
        if meaning.first <= day <= meaning.last:
            low, high = (meaning.first, day) if expr.mod == "BEFORE" else (day, meaning.last)
            return replace(meaning, first=low, last=high)
        return meaning

    def _vaguely(self, expr: Shift, base: When, anchor: Anchor, reason: str) -> Meaning:
        sign = expr.sign if expr.count is None else (1 if expr.count > 0 else -1)
        value = "FUTURE_REF" if sign > 0 else "PAST_REF"
        low, high = (base.first, None) if sign > 0 else (None, base.last)
        kind: TimexType = "TIME" if expr.unit in ("hour", "minute", "second") else "DATE"
        return Meaning(kind, value, expr.mod, anchor, low, high, 0.6, f"{reason}, how far is not said exactly")

    def _length(self, expr: Length, at: Situation) -> Meaning:
        value = duration_value(expr.unit, expr.count)
        if (
            expr.side
            and self.published is not None
            and expr.count is not None
            and not at.story
            and expr.unit in (*cal.MONTHS_IN, *cal.DAYS_IN)
            and expr.count < 10000
        ):
            day = self.published.first
            other = cal.moved(day, int(expr.count) * (-1 if expr.side == "past" else 1), expr.unit)
            return Meaning(
                "DURATION",
                value,
                expr.mod,
                PUBLICATION,
                min(day, other),
                max(day, other),
                0.85,
                "a length up to or from the publication",
            )
        return Meaning("DURATION", value, expr.mod, score=0.9, reason="an age" if expr.age else "a length of time")

    def _reference(self, expr: Reference) -> Meaning:
        day = self.published.first if self.published else None
        low, high = {"PRESENT_REF": (day, day), "PAST_REF": (None, day), "FUTURE_REF": (day, None)}[expr.value]
        return Meaning(
            "DATE",
            expr.value,
            None,
            PUBLICATION if day is not None else None,
            low,
            high,
            0.7,
            "a word for the present, past or future",
        )

    def _clock(self, expr: Clock, at: Situation) -> Meaning:
        mod = None if expr.mod == "BARE" else expr.mod
        step = {"previous": -1, "following": 1, "next": 1}.get(expr.which, 0)
        deictic = expr.which in ("this", "last", "next", "coming") and not at.story
        if deictic and self.published is not None:
            day = self.published.first + step
            return dated(
                When("day", day, day).at(expr.clock), "from the publication", anchor=PUBLICATION, score=0.85, mod=mod
            )
        last = self.told.last("day", "time", within=None if at.story else NEAR_CHARS, position=at.position)
        if last is not None:
            day = last.when.first + step
            kind = "narrative" if at.story else "timex"
            return dated(
                When("day", day, day).at(expr.clock),
                "day from the time told before",
                anchor=Anchor(kind, last.id),
                score=0.7,
                mod=mod,
            )  # type: ignore[arg-type]
        if self.published is None or expr.which in ("same", "previous", "following") or at.story:
            return unresolved("TIME", "a time of day whose day the text does not give", mod)
        day = self.published.first
        return dated(
            When("day", day, day).at(expr.clock),
            "no day given: the day of publication",
            anchor=PUBLICATION,
            score=0.5,
            mod=mod,
        )

    def _within(self, expr: Within, at: Situation) -> Meaning:
        outer = self.resolve(expr.outer, at)
        if outer.when is None:
            return unresolved("DATE", outer.reason)
        when = nth_within(expr, outer.when)
        if when is None:
            return unresolved("DATE", "the calendar has no such day")
        return dated(when, outer.reason, anchor=outer.anchor, score=min(outer.score, 0.85), mod=expr.mod)

    def _vague(self, expr: Vague, at: Situation) -> Meaning:
        high = self.published.last if self.published else None
        return Meaning(
            "DATE",
            None,
            None,
            None,
            None,
            high,
            0.2,
            f"'{expr.words}' points at something told, and the text does not say which",
        )


def build(expr: Calendar, year: int) -> When | None:
    """The stretch that the fields name in a year; None where the calendar lacks it."""
    if expr.holiday:
        when = holiday(expr.holiday, year)
    elif expr.day and expr.month:
        if not cal.valid(year, expr.month, expr.day):
            return None
        when = span_of("day", cal.day_number(year, expr.month, expr.day))
    elif expr.month:
        when = span_of("month", cal.day_number(year, expr.month, 1))
    elif expr.quarter:
        when = span_of("quarter", cal.day_number(year, expr.quarter * 3, 1))
    elif expr.half:
        when = span_of("half", cal.day_number(year, expr.half * 6, 1))
    elif expr.season:
        when = span_of("season", cal.day_number(year, cal.SEASON_STARTS[expr.season], 1))
    else:
        when = span_of("year", cal.day_number(year, 1, 1))
    return when.at(expr.clock) if expr.clock and when.grain == "day" else when


def holiday(rule: str, year: int) -> When:
    """The day of a named day in a year."""
    if rule.startswith("easter"):
        return span_of("day", cal.easter(year) + int(rule[6:]))
    month, _, rest = rule.partition("-")
    day, _, nth = rest.partition("-")
    if not nth:
        return span_of("day", cal.day_number(year, int(month), int(day)))
    return span_of("day", nth_weekday(span_of("month", cal.day_number(year, int(month), 1)), int(day), int(nth)))


def nth_weekday(stretch: When, weekday: int, nth: int) -> int:
    """Day number of the nth such weekday of a stretch; below 0 from its end."""
    if nth > 0:
        return stretch.first + (weekday - cal.weekday(stretch.first)) % 7 + 7 * (nth - 1)
    return stretch.last - (cal.weekday(stretch.last) - weekday) % 7 + 7 * (nth + 1)


def nth_within(expr: Within, outer: When) -> When | None:
    """The nth week, day, month or weekday of a stretch; a week belongs where its Thursday lies; the 0th holds the day."""
    if not expr.nth:
        return span_of("week", outer.first)
    if expr.weekday or expr.unit == "day":
        day = _nth_day(expr, outer)
        return span_of("day", day) if outer.first <= day <= outer.last else None
    match expr.unit:
        case "weekend":
            return span_of("weekend", nth_weekday(outer, 6, expr.nth))
        case "month":
            start = outer.first if expr.nth > 0 else outer.last
            return span_of("month", cal.moved(start, expr.nth - 1 if expr.nth > 0 else expr.nth + 1, "month"))
        case _:
            return span_of("week", nth_weekday(outer, 4, expr.nth))


def _nth_day(expr: Within, outer: When) -> int:
    if expr.weekday:
        return nth_weekday(outer, expr.weekday, expr.nth)
    return outer.first + expr.nth - 1 if expr.nth > 0 else outer.last + expr.nth + 1


def nearest(expr: Calendar, anchor: When, ahead: When | None = None) -> When | None:
    """The reading nearest to the anchor and before the next time written out: stories go on in time."""
    if expr.weekday and not expr.month:
        day = anchor.first + (expr.weekday - cal.weekday(anchor.first)) % 7
        when = span_of("day", day)
        return when.at(expr.clock) if expr.clock else when
    if anchor.grain in ("decade", "century"):
        return None
    years = {anchor.year - 1, anchor.year, anchor.year + 1} | (
        {ahead.year} if ahead and abs(ahead.year - anchor.year) < 3 else set()
    )
    readings = [when for year in sorted(years) if (when := build(expr, year)) is not None]
    return min(readings, key=lambda when: _cost(anchor, when, ahead), default=None)


def _cost(anchor: When, when: When, ahead: When | None) -> float:
    """Days that a reading lies off the course from the anchor to the next time written out; steps back weigh more."""
    step = _gap(anchor, when)
    cost = float(step) if step >= 0 else 10.0 - step
    if ahead is not None and ahead.last >= anchor.first and ahead.year - anchor.year < 3:
        rest = _gap(when, ahead)
        cost += 0.5 * rest if rest >= 0 else 10.0 - rest
    return cost


def _gap(earlier: When, later: When) -> int:
    """Days from the end of one stretch to the start of the other; 0 where one holds the other, below 0 where it is earlier."""
    if earlier.holds(later) or later.holds(earlier):
        return 0
    return later.first - earlier.last if later.first > earlier.last else later.last - earlier.first


def stepped(expr: Calendar, anchor: When) -> When | None:
    """`the following Monday`, `the previous summer`, `that May`."""
    if expr.weekday and not expr.month:
        step = (expr.weekday - cal.weekday(anchor.first)) % 7
        if expr.which == "following":
            return span_of("day", anchor.first + (step or 7))
        if expr.which == "previous":
            return span_of("day", anchor.first - (7 - step if step else 7))
        return None
    readings = [w for y in range(anchor.year - 1, anchor.year + 2) if (w := build(expr, y))]
    if expr.which == "following":
        return next((w for w in readings if w.first > anchor.first), None)
    if expr.which == "previous":
        return next((w for w in reversed(readings) if w.last < anchor.first), None)
    return None


def toward(expr: Calendar, published: When, at: Situation) -> tuple[When | None, str, float]:
    """The reading before or after the publication, by determiner or tense."""
    day = published.first
    if expr.weekday and not expr.month and not expr.day:
        return _weekday_toward(expr, day, at)
    if expr.weekend:
        return span_of("weekend", day), "weekend of the week of publication", 0.7
    readings = (
        [w for y in range(published.year - 4, published.year + 5) if (w := build(expr, y))]
        if not expr.day or expr.month
        else _days(expr, day)
    )
    past = [w for w in readings if w.first <= day]
    future = [w for w in readings if w.last >= day]
    if not past or not future:
        return (readings[0] if readings else None), "the only reading", 0.5
    return _choose(expr, past, future, day, at)


def _choose(expr: Calendar, past: list[When], future: list[When], day: int, at: Situation) -> tuple[When, str, float]:
    name = {"month": "month", "season": "season", "day": "day", "quarter": "quarter"}.get(past[-1].grain, "date")
    match expr.which:
        case "last":
            strictly = [w for w in past if w.last < day]
            return (strictly or past)[-1], f"'last' {name} before publication", 0.9
        case "next" | "coming":
            return next((w for w in future if w.first > day), future[0]), f"'next' {name} after publication", 0.9
        case "this":
            same = [w for w in past + future if w.year == span_of("year", day).year]
            return (same[0] if same else past[-1]), f"'this' {name}: the year of publication", 0.9
    if at.direction == "future":
        return future[0], f"{name} without year: the next, for '{at.verb}' looks ahead", 0.85
    ahead, back = future[0].first - day, day - past[-1].last
    if expr.day and 0 < ahead < 0.35 * back and (at.direction != "past" or at.nominal):
        return future[0], f"{name} without year: nearest to publication", 0.6
    why = f"'{at.verb}' looks back" if at.direction == "past" else "past by default"
    return past[-1], f"{name} without year: latest before publication, {why}", 0.85 if at.direction == "past" else 0.7


def _days(expr: Calendar, day: int) -> list[When]:
    """Days of a number, with the weekday if one is written (`Friday the 13th`), in the months around."""
    out = []
    year, month, _ = cal.civil(day)
    for step in range(-36, 37):
        y, m = (year * 12 + month - 1 + step) // 12, (month - 1 + step) % 12 + 1
        if cal.valid(y, m, expr.day or 0):
            number = cal.day_number(y, m, expr.day or 0)
            if not expr.weekday or cal.weekday(number) == expr.weekday:
                out.append(span_of("day", number))
    return out


def _weekday_toward(expr: Calendar, day: int, at: Situation) -> tuple[When, str, float]:
    assert expr.weekday is not None
    ahead = (expr.weekday - cal.weekday(day)) % 7
    back = (cal.weekday(day) - expr.weekday) % 7
    match expr.which:
        case "last":
            number, reason, score = day - (back or 7), "'last': the latest before publication", 0.85
        case "next" | "coming":
            number, reason, score = day + (ahead or 7), "'next': the first after publication", 0.85
        case "this":
            number, reason, score = (
                (day - back if at.direction == "past" else day + ahead),
                "'this': nearest to publication in the verb's direction",
                0.8,
            )
        case _ if at.direction == "future":
            number, reason, score = day + ahead, f"the next weekday of the name, for '{at.verb}' looks ahead", 0.85
        case _:
            why = f"'{at.verb}' looks back" if at.direction == "past" else "past by default"
            number, reason, score = day - back, f"latest weekday of the name before publication, {why}", 0.9
    when = span_of("day", number)
    return (when.at(expr.clock) if expr.clock else when), reason, score
