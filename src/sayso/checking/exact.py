"""Quotations found to the letter: only marks, dashes and white space are folded, and what is left out is looked at."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from sayso.lang import load

from .fold import MARK, Folded, fold
from .pages import CheckedPage, Voices
from .quotation import CASE, Piece, Quotation

__all__ = ["Match", "find_exact", "negation_in"]

JOINT = "\x00"
"""Stands in a speech where the page's own words interrupt it."""
MAX_STARTS, MAX_NEXT, MAX_STEPS = 40, 12, 400
MAX_ELIDED, MAX_REPLACED, MAX_LETTERS = 1_500, 90, 6
MAX_CLAUSE = 160
"""Code points of the words between two stretches of one speech."""
_ENDS = re.compile(r"[.!?][" + re.escape(MARK) + r")\]]*(?=\s|$)")
_PAUSES = re.compile(r"[,;:()]|(?<=\w)-(?=\w{3,} )|(?<=\w)-(?=\w+$)")


@dataclass(frozen=True, slots=True)
class Match:
    """Where all pieces of a quotation stand in one page, in order, to the letter."""

    spans: tuple[tuple[int, int], ...]
    """Of each piece, in the page's text."""
    left_out: tuple[str, ...] = ()
    """Words between the pieces, where the quotation marks that something is left out or put in."""
    joined: bool = False
    """Whether the page's own words (“Smith said”) interrupt it."""
    negation: str | None = None
    """A word of denial that was left out or put in, and that the rest hangs on."""
    apart: bool = False
    """Whether the pieces belong to several statements."""
    question: bool = False
    """Whether the page asks what is quoted as said, or the other way round."""
    goes_on: str = ""
    """What the page's sentence goes on with, where the quotation ends with a full stop."""
    put_in: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether it may be called exact."""
        return self.negation is None and not self.apart and not self.question

    @property
    def start(self) -> int:
        """Its first code point."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """The end of its last."""
        return self.spans[-1][1]


@cache
def _negations() -> re.Pattern[str]:
    words = "|".join(sorted(load("checking")["negations"].split()))
    return re.compile(rf"\b(?:{words}|\w+n[{MARK}’]t)\b", re.IGNORECASE)


def negation_in(words: str) -> str | None:
    """The first word of denial among some words.

    >>> negation_in("is by no means safe"), negation_in("is safe")
    ('no', None)
    """
    found = _negations().search(words)
    return found.group() if found else None


def find_exact(quotation: Quotation, page: CheckedPage, voices: Voices) -> list[Match]:
    """Where a page holds a quotation to the letter, those that may be called exact first.

    Args:
        quotation: what is looked for.
        page: where.
        voices: who speaks where on it; tells whether pieces are of one statement.
    """
    found = _in_text(quotation, page, voices) if quotation.pieces else []
    if not any(match.is_right for match in found) and quotation.pieces:
        found += _in_speech(quotation, page, voices)
    return sorted(found, key=lambda match: (not match.is_right, match.start))


def _in_text(quotation: Quotation, page: CheckedPage, voices: Voices) -> list[Match]:
    folded = page.folded
    patterns = [_pattern(piece, joints=False) for piece in quotation.pieces]
    out = []
    for places in _placed(quotation.pieces, patterns, folded.text):
        match = _match(quotation, folded, places)
        if any(not voices.is_one(a, b) for a, b in itertools.pairwise(match.spans)):
            match = replace(match, apart=True)
        out.append(match)
        if match.is_right and len(out) >= MAX_NEXT:
            break
    return out


def _in_speech(quotation: Quotation, page: CheckedPage, voices: Voices) -> list[Match]:
    """The quotation in what one speaker says, the words that interrupt it passed over."""
    patterns = [_pattern(piece, joints=True) for piece in quotation.pieces]
    out = []
    for speech in _speeches(page, voices):
        for places in _placed(quotation.pieces, patterns, speech.text):
            match = _match(quotation, speech, places)
            out.append(replace(match, joined=JOINT in speech.text[places[0][0] : places[-1][1]]))
    return out


def _match(quotation: Quotation, folded: Folded, places: list[tuple[int, int]]) -> Match:
    pieces = quotation.pieces
    text = folded.text
    between = [text[a[1] : b[0]] for a, b in itertools.pairwise(places)]
    put_in = tuple(filter(None, [*(piece.inserted for piece in pieces), quotation.closing]))
    negation = None
    for gap, piece in zip(between, pieces[1:], strict=True):
        if negation is None and negation_in(piece.inserted) is None:
            negation = _hangs(gap) if piece.gap == "elision" else negation_in(gap)
        elif negation is None and negation_in(gap) is None:
            negation = negation_in(piece.inserted)
    negation = negation or negation_in(f"{pieces[0].inserted} {quotation.closing}")
    after = text[places[-1][1] : places[-1][1] + 200]
    asked = after[:1] == "?"
    asks = quotation.asks and not pieces[-1].text.endswith("?")
    goes_on = ""
    if quotation.ends and re.match(r"[,;:-]? ?\w", after) and JOINT not in after[:3]:
        goes_on = re.split(rf"[.!?{JOINT}]", after)[0].strip(" ,;:-")
    return Match(
        spans=tuple(folded.span(*place) for place in places),
        left_out=tuple(" ".join(gap.replace(JOINT, " ").split()) for gap in between),
        negation=negation,
        question=asks or (asked and quotation.ends),
        goes_on=goes_on,
        put_in=put_in,
    )


def _hangs(gap: str) -> str | None:
    """A word of denial left out that what is kept hangs on: not one of a sentence or an aside left out as a whole."""
    ends = [match.end() for match in _ENDS.finditer(gap)]
    if not ends:
        return _denied(gap, {0, -1})
    kept_on = gap[: ends[0]]
    left = _denied(kept_on, {0}) if kept_on.strip(" .!?" + MARK) else None
    return left or _denied(gap[ends[-1] :], {-1})


def _denied(part: str, touching: set[int]) -> str | None:
    """A word of denial in the clauses of a sentence that touch what is kept, or turn it round."""
    clauses = _PAUSES.split(part)
    for at, clause in enumerate(clauses):
        near = at in touching or at - len(clauses) in touching
        words = clause.lower().split()
        if (near or (words[:1] and words[0] in _turning())) and (found := negation_in(clause)):
            return found
    return None


@cache
def _turning() -> frozenset[str]:
    return frozenset(load("checking")["turning"].split())


@cache
def _pattern(piece: Piece, *, joints: bool) -> re.Pattern[str]:
    """The piece to the letter, on borders of words; with `joints` interruptions may stand where words part."""
    parts: list[str] = []
    text = piece.text
    at = 0
    while at < len(text):
        sign = text[at]
        if sign == CASE and at + 1 < len(text):
            letter = text[at + 1]
            parts.append(f"[{re.escape(letter.lower())}{re.escape(letter.upper())}]")
            at += 2
            continue
        pause = re.match(r"[.,;:]? |-", text[at:]) if joints else None
        if pause:
            parts.append(f"(?:{re.escape(pause.group())}|{JOINT})")
            at += pause.end()
            continue
        parts.append(re.escape(sign))
        at += 1
    begin = "" if piece.gap == "letters" else r"(?<!\w)"
    return re.compile(begin + "".join(parts) + r"(?!\w)")


def _placed(pieces: tuple[Piece, ...], patterns: list[re.Pattern[str]], text: str) -> Iterator[list[tuple[int, int]]]:
    """Places of the pieces in order, as far as gaps allow; bounded however often they stand there."""
    steps = 0
    first = _open_start(pieces, patterns)
    for begin in itertools.islice(first.finditer(text), MAX_STARTS):
        if steps > MAX_STEPS:
            return
        # Depth first, nearest first, without recursion.
        stack = [[begin.span()]]
        while stack:
            places = stack.pop()
            steps += 1
            if len(places) == len(pieces):
                yield places
                break
            if steps > MAX_STEPS:
                return
            after = list(_after(pieces[len(places)], patterns[len(places)], text, places[-1][1]))
            stack += [[*places, place] for place in reversed(after)]


def _open_start(pieces: tuple[Piece, ...], patterns: list[re.Pattern[str]]) -> re.Pattern[str]:
    """The first piece; where the next is glued to it by brackets, a word may go on."""
    if len(pieces) > 1 and pieces[1].gap in ("letters", "bracket"):
        return re.compile(patterns[0].pattern.removesuffix(r"(?!\w)"))
    return patterns[0]


def _after(piece: Piece, pattern: re.Pattern[str], text: str, end: int) -> Iterator[tuple[int, int]]:
    """Places where a piece may go on after a gap."""
    reach = {"elision": MAX_ELIDED, "bracket": MAX_REPLACED, "letters": MAX_LETTERS}.get(piece.gap, 0)
    near = pattern.finditer(text, end, min(len(text), end + reach + len(piece.text) + 40))
    for match in itertools.islice(near, MAX_NEXT):
        gap = text[end : match.start()]
        if match.start() > end + reach:
            return
        if piece.gap != "elision" and (_ENDS.search(gap) or JOINT in gap):
            return
        yield match.span()


def _speeches(page: CheckedPage, voices: Voices) -> Iterator[Folded]:
    """What stands in quotation marks, the stretches of one speech as one text with joints."""
    group: list[tuple[int, int]] = []
    last = None
    for number, quote in enumerate(page.quotes):
        start, end = quote.span.start, quote.span.end
        if last is not None and not _is_joined(page, voices, last, number):
            if len(group) > 1:
                yield _speech(page.text, group)
            group = []
        group.append((start, end))
        last = number
    if len(group) > 1:
        yield _speech(page.text, group)


def _is_joined(page: CheckedPage, voices: Voices, first: int, second: int) -> bool:
    """Whether only a reporting clause stands between two quotations, or nothing at all."""
    a, b = page.quotes[first], page.quotes[second]
    between = page.text[a.span.end : b.span.start]
    if b.continued:
        return True
    if page.block_at(a.span.start) != page.block_at(b.span.start) or len(between) > MAX_CLAUSE:
        return False
    clause = between.strip()
    inside = clause[:-1] if clause.endswith((".", ",", ":")) else clause
    if not clause or re.search(r"[.!?]\s|[;\n]", inside):
        return False
    places = (a.span.start, a.span.end), (b.span.start, b.span.end)
    return voices.at(*places[0]) is not None and voices.is_one(*places)


def _speech(text: str, group: list[tuple[int, int]]) -> Folded:
    parts: list[str] = []
    origins: list[int] = []
    for start, end in group:
        inside = fold(text[start:end])
        begin, stop = 0, len(inside.text)
        while begin < stop and inside.text[begin] in MARK + " ":
            begin += 1
        while stop > begin and inside.text[stop - 1] in MARK + " .,-":
            stop -= 1
        if parts:
            parts.append(JOINT)
            origins.append(start)
        parts.append(inside.text[begin:stop])
        origins += [start + inside.origins[at] for at in range(begin, stop)]
    origins.append(group[-1][1])
    return Folded("".join(parts), lambda: origins)
