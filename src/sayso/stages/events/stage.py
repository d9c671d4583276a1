"""The event stage: triggers, roles, footing and days of every event of the story."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from sayso.model import (
    Annotation,
    Article,
    Attribution,
    Context,
    Entity,
    Event,
    EventTime,
    Layers,
    Span,
    Timex,
    annotation_id,
)
from sayso.stages.parse import Parse
from sayso.stages.timex.stage import publication_day

from .contents import Contents
from .footing import footing_of
from .triggers import actors, particle, phrase, targets, triggers
from .when import Dated, Dating, place
from .words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Events"]

STAMP_HEAD, STAMP_TAIL, STAMP_WORDS = 40, 80, 9
"""Characters before and after the label of a stamp line, and words after it."""


class Events:
    """Who did what to whom, with days, footing and attribution; in text order."""

    name: ClassVar[str] = "sayso.events.rules.v1"
    requires: ClassVar[frozenset[type[Annotation]]] = frozenset({Parse, Timex, Attribution, Entity})
    provides: ClassVar[frozenset[type[Annotation]]] = frozenset({Event})

    def warm_up(self) -> None:
        """Read the word lists."""
        words()

    def __call__(self, article: Article, layers: Layers, context: Context) -> Iterator[Annotation]:
        """Yield events in text order."""
        published = publication_day(context.published)
        timexes = [
            t for t in layers.get(Timex) if not is_stamp(article, t) and (t.earliest is not None or t.value is None)
        ]
        dating = Dating(published.value if published and published.grain == "day" else None)
        dating.open_with(timexes)
        contents = Contents(layers.get(Attribution))
        starts = [t.span.start for t in timexes]
        for parse in layers[Parse]:
            if parse.block.in_story:
                whole = parse.span
                inside = timexes[bisect_left(starts, whole.start) : bisect_left(starts, whole.end)]
                here = [t for t in inside if whole.contains(t.span)]
                yield from _events(article, parse, here, dating, contents)


def is_stamp(article: Article, timex: Timex) -> bool:
    """Whether the timex is all that its line or block says: the page's own date, not part of the telling."""
    text = article.text
    left = text.rfind("\n", 0, timex.span.start) + 1
    right = text.find("\n", timex.span.end)
    line = text[left : right if right >= 0 else len(text)]
    return len(line.strip()) <= len(timex.span) + 12


def in_stamp(text: str, start: int, trigger: Span) -> bool:
    """Whether a word is the label of a stamp line: `Published: Tue, September 11, 2018`, `Last updated 10:15 GMT`."""
    if trigger.of(text).lower() not in words().stamp_words:
        return False
    left = text.rfind("\n", max(0, trigger.start - STAMP_HEAD), trigger.start) + 1
    left = max(left, start)
    before = text[left : trigger.start].lower().split()
    if len(before) > 2 or trigger.start - left > STAMP_HEAD or not set(before) <= words().stamp_leads:
        return False
    right = text.find("\n", trigger.end, trigger.end + STAMP_TAIL)
    rest = text[trigger.end : right if right >= 0 else trigger.end + STAMP_TAIL]
    return rest.lstrip().startswith(":") or (
        (right >= 0 or len(text) - trigger.end <= STAMP_TAIL) and _is_figures(rest)
    )


def _is_figures(rest: str) -> bool:
    """Whether what follows is a day or time and little else."""
    tokens = rest.split()
    return any(char.isdigit() for char in rest) and len(tokens) <= STAMP_WORDS and not rest.rstrip().endswith(".")


def _events(
    article: Article, parse: Parse, timexes: Sequence[Timex], dating: Dating, contents: Contents
) -> Iterator[Event]:
    found = [
        token
        for token in triggers(parse.doc)
        if not in_stamp(article.text, parse.block.span.start, parse.between(token.i, token.i))
    ]
    dated = [d for d in place(parse, timexes, found) if d.timex.type in ("DATE", "TIME")]
    by_trigger: dict[int, list[Dated]] = {}
    for item in dated:
        if item.governor is not None:
            by_trigger.setdefault(item.governor, []).append(item)
    sent = None
    dating.next_paragraph()
    for token in found:
        if sent is None or token.i >= sent.end:
            sent = token.sent
            if sent.start and "\n" in sent.doc[sent.start - 1].text_with_ws:
                dating.next_paragraph()
        own = [d for d in dated if sent.start <= d.root < sent.end]
        time = dating.date(token, own, by_trigger)
        yield _event(article, parse, token, time, contents)


def _event(article: Article, parse: Parse, token: Token, time: EventTime | None, contents: Contents) -> Event:
    part = particle(token)
    span = parse.between(token.i, part.i if part is not None else token.i)
    attribution = contents.innermost(span)
    return Event(
        annotation_id("v", article.id, span.start, span.end),
        span,
        _phrases(parse, actors(token)),
        token.lemma_.lower() + (f" {part.lower_}" if part is not None else ""),
        _phrases(parse, targets(token)),
        time,
        attribution.id if attribution else None,
        footing_of(token, attribution),
    )


def _phrases(parse: Parse, heads: Sequence[Token]) -> tuple[Span, ...]:
    return tuple(sorted(parse.between(*phrase(head)) for head in heads))
