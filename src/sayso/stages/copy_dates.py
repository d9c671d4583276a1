"""Copy findings on the page's dates, and on pages that hold no whole story."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from sayso.model import Article, Finding, Sentence, Span, Timex

from .findings_registry import finding

__all__ = ["dates_after_the_page", "dates_that_disagree", "page_standing", "wrong_weekday"]

OTHER_STORY: Final = {
    "live": "a live blog: its entries run backwards in time",
    "gallery": "a picture gallery",
    "video": "a video page",
}
WHERE: Final = {"url": "in its address", "text": "printed", "time": "printed", "header": "in the HTTP header"}
NO_STORY: Final = {"index": "a list of stories", "error": "an error message", "consent": "a request for consent"}
GRACE_DAYS: Final = 2
"""A page's day and an event's may lie on either side of midnight somewhere."""
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d(?![\d-])")
PAST: Final = re.compile(r"\b(?:was|were|had|did|said|told|died|began|took|came|\w{3,}ed)\b")
AHEAD: Final = re.compile(
    r"\b(?:will|would|shall|may|might|could|can|must|should|to be|until|till|by|through|before|scheduled|expected|due|"
    r"planned?|plans|set|slated|deadline|expires?|next|upcoming|if|from|effective|updated|available|runs?|scheduling|"
    r"postponed|delayed|extended|moved|announced)\b"
)
"""In lower case alone, since May is a month."""
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY: Final = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b", re.IGNORECASE)


def dates_after_the_page(
    article: Article, sentences: Sequence[Sentence], timexes: Sequence[Timex]
) -> Iterator[Finding]:
    """A past happening dated in full, later than the day the page gives for itself."""
    shown = article.date_modified or article.date_published
    published = _day(shown.value) if shown else None
    if published is None or shown is None:
        return
    for timex in timexes:
        told = _day(timex.value or "") if timex.type == "DATE" and timex.anchor is None else None
        if told is None or (told - published).days <= GRACE_DAYS:
            continue
        around = next((s.span for s in sentences if s.span.start <= timex.span.start < s.span.end), None)
        if around is None or not _is_told_as_past(article.text, around, timex.span):
            continue
        yield finding("SAY308", timex.span, day=timex.span.of(article.text), shown=shown.value)
        return


def _is_told_as_past(text: str, sentence: Span, told: Span) -> bool:
    words = sentence.of(text)
    return PAST.search(words) is not None and AHEAD.search(words) is None and DAY.search(told.of(text)) is None


def wrong_weekday(article: Article) -> Iterator[Finding]:
    """A date line whose weekday isn't that day's."""
    found = article.date_published
    day = _day(found.value) if found and found.found == "text" else None
    if found is None or day is None:
        return
    named = WEEKDAY.search(found.raw)
    at = article.text.find(found.raw)
    if named and at >= 0 and not WEEKDAYS[day.weekday()].startswith(named[1].lower()):
        span = Span(at, at + len(found.raw))
        yield finding("SAY308", span, day=found.raw, shown=f"{found.value}, a {WEEKDAYS[day.weekday()].title()}")


def dates_that_disagree(article: Article) -> Iterator[Finding]:
    """The page states its day twice, days apart, or only the day of its last change."""
    kept = article.date_published
    if kept is not None and article.dated_by_change:
        yield finding("SAY313", None, day=kept.value[:10])
    if kept is None or not article.dates_against:
        return
    other = article.dates_against[0]
    shown = next((date for date in article.dates_against if date.found == "text"), None)
    at = article.text.find(shown.raw) if shown else -1
    yield finding(
        "SAY311",
        Span(at, at + len(shown.raw)) if shown and at >= 0 else None,
        day=kept.value[:10],
        where=WHERE.get(kept.found, "in its markup"),
        other=other.value[:10],
        there=WHERE.get(other.found, "in its markup"),
    )


def _day(value: str) -> date | None:
    match = DAY.match(value)
    try:
        return date.fromisoformat(match[0]) if match else None
    except ValueError:
        return None


def page_standing(article: Article) -> Iterator[Finding]:
    """A page cut short, or one that isn't an article."""
    if article.page_kind in NO_STORY:
        yield finding("SAY310", None, what=NO_STORY[article.page_kind])
    elif article.representation == "partial":
        story = article.story
        yield finding("SAY309", story[-1].span if story else None)
    if article.page_kind in OTHER_STORY:
        yield finding("SAY312", None, what=OTHER_STORY[article.page_kind])
