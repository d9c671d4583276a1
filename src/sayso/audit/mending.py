"""Unnamed people whom a clause parts from their verb: `a pilot who left said`, where the reading lost the pilot."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from sayso.model import Attribution, ChainStep, Span
from sayso.stages.attribution.kinds import lists

from .words import compiled, last_noun, singulars

__all__ = ["lost_speech", "mended"]

MAX_BACK = 240
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_SUBJECT = (
    r"(?:(?<=^)|(?<=[,;:”\"] )|(?<=\bto )|(?<=\band )|(?<=\bbut )|(?<=\bfrom )|(?<=\bby )|(?<=\bwith ))"
    r"(?P<who>(?P<first>an?|one|another|some(?:one|body)|several|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"(?:\s[\w'’-]+){0,8}?)"
)
_BEFORE_CLAUSE = re.compile(_SUBJECT + r",?\s\Z", re.IGNORECASE)
_BEFORE_CUE = re.compile(_SUBJECT + r",?\s(?:who|whose)\s[^“”\";:]*\Z", re.IGNORECASE)
_JUST_BEFORE = re.compile(_SUBJECT + r"\s\Z", re.IGNORECASE)
_PLURAL_BEFORE = re.compile(
    r"\A(?P<who>(?P<first>)(?:[\w'’-]+\s){0,3}(?P<noun>[\w-]+)(?:\s(?:at|of|in|from|inside|within|with|close|familiar|briefed|near)\b[^,;:“”\"]*)?),"
    r"\s(?:speaking|who|asking|requesting|insisting|declining|granted|citing|all|none|each)\b[^“”\";:]*\Z"
)
_AFTER_NAME = re.compile(r"[A-Z][\w.'’-]*,\s\Z")
_LOST = re.compile(
    r"(?<=[\w”\")]),?,\s(?P<who>(?P<first>an?|one|another|two|three|four|five)\b(?:\s[\w'’-]+){1,8}?),?\s(?:who|whose)\s"
    r"[^“”\";:]{3,120}?\s(?P<cue>said|says|told|confirmed|recalled|added|explained|claimed|alleged|warned)\b"
    r"(?=\s*(?:[.,]|on\s[A-Z]|in\san?\s|at\s|by\s|last\s))",
    re.IGNORECASE,
)
_LED = (_BEFORE_CLAUSE,)
_BARE = (_BEFORE_CUE, _JUST_BEFORE)
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
            before = a if _asks_for_cover(a, text) else None
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
    match = next((m for p in (_LED if a.source else _BARE) if (m := p.search(text[start:end]))), None)
    if match is None:
        return _with_plural(a, text, sentences[index].start, end)
    who = Span(*match.span("who")).shifted(start)
    if not _is_of_people(who.of(text)) or _AFTER_NAME.search(text, start, who.start):
        return None
    return _spoken_by(a, (who,), who, _heads(match["first"]))


def _with_plural(a: Attribution, text: str, start: int, end: int) -> Attribution | None:
    """`Army officials, speaking on condition of anonymity, said`."""
    if a.source or end - start > MAX_BACK:
        return None
    match = _PLURAL_BEFORE.match(text[start:end])
    if match is None or match["noun"].casefold() not in singulars():
        return None
    who = Span(*match.span("who")).shifted(start)
    return _spoken_by(a, (who,), who, (2, None))


def _less_subject(a: Attribution, who: Span) -> tuple[Span, ...]:
    """The content without the subject that the reading took for a part of it."""
    cut = (Span(span.start, who.start) if span.contains(who) else span for span in a.content)
    return tuple(span for span in cut if span.end > span.start)


def _index(sentences: tuple[Span, ...], position: int) -> int:
    return bisect_right(sentences, position, key=lambda span: span.start) - 1


def _heads(first: str) -> tuple[int, int | None]:
    if first.casefold() == "several":
        return (3, None)
    number = _NUMBERS.get(first.casefold(), 1)
    return (number, number)


def _asks_for_cover(a: Attribution, text: str) -> bool:
    """`A tutor asked to remain anonymous`, of whom the next sentence's `he` tells what he says."""
    return a.entity is None and any(compiled("anonymity").search(span.of(text)) for span in a.content)


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
        a,
        source=source,
        source_kind="unnamed_person",
        content=_less_subject(a, source[0]),
        heads=heads,
        chain=(*a.chain[:-1], step),
        candidates=(),
    )


def lost_speech(
    found: Iterable[Attribution], text: str, sentences: tuple[Span, ...], quoted: Callable[[int], bool]
) -> Iterator[Attribution]:
    """`…, an aide who feared for her job said`: such statements where the reading has none."""
    cues = {cue.start for a in found for cue in a.cue}
    for sentence in sentences:
        for match in _LOST.finditer(text, sentence.start, sentence.end):
            who, cue = Span(*match.span("who")), Span(*match.span("cue"))
            known = any(cue.start <= start < cue.end for start in cues)
            if not known and _is_of_people(who.of(text)) and not quoted(who.start):
                content = Span(sentence.start, match.start())
                yield _statement(who, cue, content, _heads(match["first"]))


def _statement(who: Span, cue: Span, content: Span, heads: tuple[int, int | None]) -> Attribution:
    return Attribution(
        id=f"lost-{cue.start}",
        source=(who,),
        cue=(cue,),
        content=(content,),
        form="indirect",
        tier="speech",
        source_kind="unnamed_person",
        chain=(ChainStep("page"), ChainStep("unnamed_person", span=who)),
        heads=heads,
    )


def _is_of_people(who: str) -> bool:
    noun = last_noun(who)
    if compiled("papers").fullmatch(noun):
        return False
    return compiled("people").search(noun) is not None or noun in lists().roles | lists().common["person"]
