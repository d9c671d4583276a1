"""The time-expression stage: recognises, composes and resolves every time expression of an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from sayso.model import Annotation, Article, Block, Context, Layers, Sentence, Span, Timex, annotation_id
from sayso.stages.parse import Parse

from .anchor import Stated
from .calendar import When, day_number, iso_day, span_of, valid
from .compose import recognise
from .course import Stop, charted, years_between
from .expr import Calendar, Expr, Found
from .lexicon import lexicon
from .policy import tells_history
from .resolve import Meaning, Resolver, Situation, build
from .tense import Direction, direction
from .tokens import Token, tokenize

__all__ = ["Timexes", "publication_day"]


@dataclass(frozen=True, slots=True)
class Located:
    """An expression found in a block, with its characters in the article."""

    block: int
    span: Span
    expr: Expr
    group: int
    garbled: bool = False


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
        located = [item for index, block in enumerate(article.read) for item in find(article.text, index, block)]
        located = inherited(article.text, located)
        published = publication_day(context.published)
        resolver = Resolver(published, stated=stated_in(located), day_first=day_first([item.expr for item in located]))
        story = tells_history([item.expr for item in located], published.year if published else None)
        if story:
            resolver.course = charted(stops_of(located, resolver.asides))
        parses = Parses(layers.get(Parse))
        for item in located:
            if is_bare_month(item.expr) and parses.is_name(item.span):
                continue
            yield timex_of(article, item, resolver, parses, story)


def stated_in(located: Sequence[Located]) -> list[Stated]:
    """The times written out in full, in text order."""
    out = []
    for item in located:
        expr = item.expr
        if isinstance(expr, Calendar) and expr.year is not None and not expr.short and expr.mod != "NUMERIC":
            when = build(expr, expr.year)
            if when is not None:
                out.append(Stated(item.span.start, when))
    return out


def stops_of(located: Sequence[Located], asides: set[int]) -> list[Stop]:
    """The dates of a telling with their readings: those with a year, and those of a month or day without one."""
    items = [
        item
        for item in located
        if isinstance(item.expr, Calendar) and is_stop(item.expr) and item.span.start not in asides
    ]
    years = [item.expr.year if isinstance(item.expr, Calendar) else None for item in items]
    out = []
    for at, item in enumerate(items):
        expr = item.expr
        assert isinstance(expr, Calendar)
        spread = [expr.year] if expr.year is not None else years_between(years, at)
        readings = tuple(when for year in spread if (when := build(expr, year)) is not None)
        if readings:
            out.append(Stop(item.span.start, readings, expr.year is not None))
    return out


def is_stop(expr: Calendar) -> bool:
    """Whether the date can lie on a telling's course."""
    if (
        expr.outer is not None
        or expr.short
        or expr.mod == "NUMERIC"
        or expr.decade is not None
        or expr.century is not None
    ):
        return False
    return expr.year is not None or (not expr.which and bool(expr.month or expr.season or expr.holiday))


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


def find(text: str, index: int, block: Block) -> list[Located]:
    """Expressions of one block."""
    tokens = tokenize(text, block.span.start, block.span.end)
    return [_located(text, index, tokens, item) for item in recognise(tokens)]


def _located(text: str, index: int, tokens: Sequence[Token], item: Found) -> Located:
    first, garbled = item.first, False
    if tokens[first].lower in ("a", "an") and first and tokens[first - 1].lower == "the":
        first, garbled = first - 1, True
        if first and tokens[first - 1].lower in ("over", "in", "about", "within"):
            first -= 1
    return Located(index, Span(tokens[first].start, tokens[item.last].end), item.expr, item.group, garbled)


def inherited(text: str, items: list[Located]) -> list[Located]:
    """Give a year that is written once, at the end of a range or list, to what stands before it."""
    out = list(items)
    for at in range(len(out) - 2, -1, -1):
        left, right = out[at], out[at + 1]
        between = text[left.span.end : right.span.start].strip().lower()
        if between in _LINKS and isinstance(left.expr, Calendar) and isinstance(right.expr, Calendar):
            out[at] = replace(left, expr=_with_year(left.expr, right.expr))
    return out


_LINKS = frozenset(
    {
        "-",
        "–",
        "—",
        "to",
        "and",
        "or",
        ",",
        "/",
        "through",
        "until",
        "till",
        "and from",
        "and on",
        "(",
        ")",
        "and the",
        "to the",
        "and again in",
        "&",
    }
)


def _with_year(left: Calendar, right: Calendar) -> Calendar:
    if right.year is None or left.year is not None or left.which or left.outer is not None:
        return left
    if not (left.month or left.season or left.quarter) or not (right.month or right.season or right.quarter):
        return left
    year = right.year
    if left.month and right.month and left.month > right.month and year > 0:
        year -= 1
    return replace(left, year=year, short=right.short)


def day_first(expressions: Sequence[Expr]) -> bool | None:
    """Order of day and month in `04/05/2018`, by other dates of the page that can be read in one order alone."""
    votes = set()
    for expr in expressions:
        if isinstance(expr, Calendar) and expr.mod == "NUMERIC":
            if (expr.month or 0) > 12:
                votes.add(True)
            elif (expr.day or 0) > 12:
                votes.add(False)
    return votes.pop() if len(votes) == 1 else None


def timex_of(article: Article, item: Located, resolver: Resolver, parses: Parses, story: bool) -> Timex:
    """Resolve one located expression and remember it as an anchor."""
    tense: Direction = ""
    verb = ""
    if not story and needs_tense(item.expr):
        tense, verb = parses.direction(item.span)
    at = Situation(item.span.start, item.block, tense, verb, story)
    meaning = resolver.resolve(item.expr, at)
    if item.garbled:
        meaning = garbled(meaning, resolver.published)
    identity = annotation_id("t", article.id, item.span.start, item.span.end)
    resolver.tell(meaning, identity, at)
    return Timex(
        identity, item.span, meaning.type, meaning.value, meaning.mod, meaning.anchor,
        None if meaning.first is None else iso_day(meaning.first), None if meaning.last is None else iso_day(meaning.last),
        meaning.score, meaning.reason,
    )  # fmt: skip


def is_bare_month(expr: Expr) -> bool:
    """Whether the expression is a month's name alone, which may be somebody's."""
    return isinstance(expr, Calendar) and bool(expr.month) and not (expr.day or expr.year or expr.which or expr.outer)


def needs_tense(expr: Expr) -> bool:
    """Whether the verb decides: only where year or week are left open."""
    return (
        isinstance(expr, Calendar)
        and expr.year is None
        and expr.outer is None
        and expr.decade is None
        and expr.century is None
    )


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
