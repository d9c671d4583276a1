"""The time-expression stage: recognises, composes and resolves every time expression of an article."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from sayso.model import Annotation, Article, Block, Context, Layers, Sentence, Span, Timex, annotation_id
from sayso.stages.parse import Parse
from sayso.stages.sentences import blocks_read

from .anchor import strays
from .calendar import When, day_number, iso_day, span_of, valid
from .compose import recognise
from .course import charted
from .expr import Calendar, Expr, Length, Reference, Vague, Within
from .lexicon import lexicon
from .locate import Located, day_first, find, inherited, stated_in, stops_of
from .meaning import Meaning, Situation
from .origins import origins
from .policy import tells_history
from .resolve import Resolver
from .tense import Direction, direction
from .tokens import tokenize

__all__ = ["Timexes", "publication_day"]


def publication_day(published: str | None) -> When | None:
    """The day of an ISO 8601 day or moment; None where it is absent or no date.

    >>> publication_day("2018-09-11T08:00:00Z").value
    '2018-09-11'
    """
    head = (published or "").strip()[:10]
    parts = head.split("-")
    if len(parts) == 2 and all(part.isascii() and part.isdigit() for part in parts) and 1 <= int(parts[1]) <= 12:
        return span_of("month", day_number(int(parts[0]), int(parts[1]), 1))
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    year, month, day = (int(part) for part in parts)
    return span_of("day", day_number(year, month, day)) if valid(year, month, day) else None


NOUNS_TOO = frozenset({"current"})
"""Words for the present that name a thing as well."""


class Timexes:
    """Time expressions with TimeML type, value and mod, days, anchor, score and reason."""

    name: ClassVar[str] = "sayso.timex.rules.v1"
    requires: ClassVar[frozenset[type[Annotation]]] = frozenset({Sentence, Parse})
    provides: ClassVar[frozenset[type[Annotation]]] = frozenset({Timex})

    def warm_up(self) -> None:
        """Read the lexicon and compile the rules."""
        lexicon()
        recognise(tokenize("Monday, 3 May 2018", 0, 18))

    def __call__(self, article: Article, layers: Layers, context: Context) -> Iterator[Annotation]:
        """Yield time expressions in text order."""
        blocks = tuple(blocks_read(article))
        located = [item for index, block in enumerate(blocks) for item in find(article.text, index, block)]
        located = inherited(article.text, located)
        published = publication_day(context.published)
        expressions = [item.expr for item in located]
        story = tells_history(located, published.year if published else None)
        asides = strays(stated_in(located))
        course = charted(stops_of(located, asides)) if story else {}
        resolver = Resolver(published, day_first=day_first(expressions), asides=asides, course=course)
        parses = Parses(layers.get(Parse))
        starts = [sentence.span.start for sentence in layers.get(Sentence)]
        counts_from = origins(article.text, blocks, located, published)
        for item in located:
            origin = counts_from.pop(item.block, None)
            if origin is not None:
                resolver.count_from(origin.when, annotation_id("t", article.id, origin.span.start, origin.span.end))
            if is_bare_month(item.expr) and parses.is_name(item.span):
                continue
            if item.span.of(article.text).lower() in NOUNS_TOO and parses.is_noun(item.span):
                continue
            since = sentence_before(starts, item, blocks) if isinstance(item.expr, Vague) else None
            timex = timex_of(article, item, resolver, parses, story, since)
            if timex is not None:
                yield timex


class Parses:
    """Finds the parse that holds a span; spans must come in text order."""

    def __init__(self, parses: Sequence[Parse]) -> None:
        self._parses = list(parses)
        self._at = 0

    def _holding(self, span: Span) -> Parse | None:
        while self._at < len(self._parses) and self._parses[self._at].span.end <= span.start:
            self._at += 1
        if self._at == len(self._parses) or not self._parses[self._at].span.contains(span):
            return None
        return self._parses[self._at]

    def direction(self, span: Span) -> tuple[Direction, str]:
        """Direction and verb of the span's governor."""
        parse = self._holding(span)
        return direction(parse.doc, span.start - parse.offset, span.end - parse.offset) if parse else ("", "")

    def is_noun(self, span: Span) -> bool:
        """Whether the span is one word that the parse takes for a noun: `the current in the wire`."""
        parse = self._holding(span)
        found = parse.doc.char_span(span.start - parse.offset, span.end - parse.offset) if parse else None
        return found is not None and len(found) == 1 and found[0].pos_ == "NOUN"

    def is_name(self, span: Span) -> bool:
        """Whether the span is the first name of somebody: `April Jones`."""
        parse = self._holding(span)
        if parse is None:
            return False
        found = parse.doc.char_span(span.start - parse.offset, span.end - parse.offset)
        if found is None or found[-1].i + 1 >= len(parse.doc):
            return False
        after = parse.doc[found[-1].i + 1]
        return found[-1].ent_type_ == "PERSON" and after.ent_type_ == "PERSON" and after.ent_iob_ == "I"


def sentence_before(starts: Sequence[int], item: Located, blocks: Sequence[Block]) -> int:
    """Where the sentence before the expression's begins; where its block begins if there is none."""
    own = bisect_right(starts, item.span.start) - 1
    return max(starts[max(own - 1, 0)] if starts else 0, blocks[item.block].span.start)


def timex_of(
    article: Article, item: Located, resolver: Resolver, parses: Parses, story: bool, since: int | None
) -> Timex | None:
    """Resolve one located expression and remember it as an anchor; None where the verb shows that it is none."""
    tense: Direction = ""
    verb = ""
    if not story and needs_tense(item):
        tense, verb = parses.direction(item.span)
    if item.lead == "soon" and (story or tense == "past"):
        return None
    planned = tense == "planned"
    ahead: Direction = "future" if planned else tense
    at = Situation(item.span.start, item.block, ahead, verb, story, item.lead, planned, since)
    meaning = resolver.resolve(item.expr, at)
    if item.garbled:
        meaning = garbled(meaning, resolver.published)
    identity = annotation_id("t", article.id, item.span.start, item.span.end)
    resolver.tell(meaning, identity, at)
    low, high = (None if day is None else iso_day(day) for day in (meaning.first, meaning.last))
    return Timex(
        identity, item.span, meaning.type, meaning.value, meaning.mod, meaning.anchor, low, high,
        meaning.score, meaning.reason,
    )  # fmt: skip


def is_bare_month(expr: Expr) -> bool:
    """Whether the expression is a month's name alone, which may be somebody's."""
    return isinstance(expr, Calendar) and bool(expr.month) and not (expr.day or expr.year or expr.which or expr.outer)


def needs_tense(item: Located) -> bool:
    """Whether the verb decides: where year or week are left open, after `in` and `within`, and for `soon`."""
    expr = item.expr.outer if isinstance(item.expr, Within) else item.expr
    if isinstance(expr, Length):
        return item.lead in ("in", "within")
    if isinstance(expr, Reference):
        return item.lead == "soon"
    if not isinstance(expr, Calendar) or expr.year is not None or expr.outer is not None:
        return False
    return expr.decade is None and expr.century is None


def garbled(meaning: Meaning, published: When | None) -> Meaning:
    """The widest honest interval of words that were spun: up to the publication, from a unit before the reading."""
    if meaning.when is None:
        return replace(meaning, score=0.2, reason="garbled words; " + meaning.reason)
    low = meaning.when.shifted(-1).first
    high = published.last if published and published.first >= meaning.when.last else meaning.when.last
    return replace(
        meaning,
        mod="APPROX",
        first=low,
        last=high,
        score=0.3,
        reason="garbled words, widest reading kept; " + meaning.reason,
    )
