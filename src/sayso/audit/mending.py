"""Unnamed people whom a clause parts from their verb: `a pilot who left said`, where the reading lost the pilot."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sayso.model import Attribution, ChainStep, Span

from .words import compiled

__all__ = ["mended"]

MAX_BACK = 240
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_SUBJECT = (
    r"(?:(?<=^)|(?<=[,;:”\"] )|(?<=\bto )|(?<=\band )|(?<=\bbut ))"
    r"(?P<who>(?P<first>an?|one|another|some(?:one|body)|several|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"(?:\s[\w'’-]+){0,8}?)"
)
_BEFORE_CLAUSE = re.compile(_SUBJECT + r",?\s\Z", re.IGNORECASE)
_BEFORE_CUE = re.compile(_SUBJECT + r",?\s(?:who|whose)\s[^“”\";:]*\Z", re.IGNORECASE)
_AFTER_NAME = re.compile(r"[A-Z][\w.'’-]*,\s\Z")
_RELATIVE = re.compile(r"(?:who|whose)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:he|she)\Z", re.IGNORECASE)


def mended(found: Iterable[Attribution], text: str, sentences: tuple[Span, ...]) -> Iterator[Attribution]:
    """Attributions with such subjects put in, and `he` and `she` in the sentence after them.

    Args:
        found: in text order of cue.
        text: of the article.
        sentences: of the body.
    """
    before: Attribution | None = None
    for a in found:
        whole = _with_subject(a, text, sentences) or _with_antecedent(a, before, text, sentences) or a
        if whole.source and whole is not a:
            before = whole
        elif a.source and a.source_kind != "unknown":
            before = None
        yield whole


def _with_subject(a: Attribution, text: str, sentences: tuple[Span, ...]) -> Attribution | None:
    """The subject before `who …`, where the reading holds the clause for the source or found none."""
    if a.entity is not None or not a.cue or (a.source and not _RELATIVE.match(a.source[0].of(text))):
        return None
    if not a.source and a.form == "direct":
        return None
    end = a.source[0].start if a.source else a.cue[0].start
    index = _index(sentences, end)
    if index < 0 or not sentences[index].start <= end < sentences[index].end:
        return None
    start = max(sentences[index].start, end - MAX_BACK)
    match = (_BEFORE_CLAUSE if a.source else _BEFORE_CUE).search(text[start:end])
    if match is None:
        return None
    who = Span(*match.span("who")).shifted(start)
    if not compiled("people").search(who.of(text)) or _AFTER_NAME.search(text, start, who.start):
        return None
    return _spoken_by(a, (who,), who, _heads(match["first"]))


def _index(sentences: tuple[Span, ...], position: int) -> int:
    return bisect_right(sentences, position, key=lambda span: span.start) - 1


def _heads(first: str) -> tuple[int, int | None]:
    if first.casefold() == "several":
        return (3, None)
    number = _NUMBERS.get(first.casefold(), 1)
    return (number, number)


def _with_antecedent(
    a: Attribution, before: Attribution | None, text: str, sentences: tuple[Span, ...]
) -> Attribution | None:
    if before is None or not a.source or a.entity is not None or a.source_kind != "unknown":
        return None
    if before.heads != (1, 1) or not _PRONOUN.match(a.source[0].of(text)):
        return None
    apart = _index(sentences, a.source[0].start) - _index(sentences, before.source[0].start)
    if apart > 1 or "\n" in text[before.source[0].end : a.source[0].start]:
        return None
    meant = before.chain[-1].span or before.source[0]
    return _spoken_by(a, a.source, meant, (1, 1))


def _spoken_by(a: Attribution, source: tuple[Span, ...], meant: Span, heads: tuple[int, int | None]) -> Attribution:
    step = ChainStep("unnamed_person", span=meant)
    return replace(
        a, source=source, source_kind="unnamed_person", heads=heads, chain=(*a.chain[:-1], step), candidates=()
    )
