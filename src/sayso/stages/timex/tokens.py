"""Tokens of the time grammar: words, numbers and written formats, each with the set of its classes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .lexicon import Lexicon, lexicon
from .scan import TOKEN

__all__ = ["Token", "known_classes", "tokenize"]

_MAX_WORD = 24
"""A longer run of letters is no word of the grammar."""


@dataclass(slots=True)
class Token:
    """One token of the grammar."""

    start: int
    end: int
    lower: str
    kind: str
    """The group of the pattern that matched: `word`, `number`, `iso`…"""
    classes: frozenset[str]
    number: float | None = None
    """What a numeral or an ordinal counts."""

    @property
    def whole(self) -> int:
        """`number` as a whole number; 0 where it has none."""
        return int(self.number or 0)


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """Tokens of `text[start:end]`, multi-word phrases and numerals merged; positions in `text`."""
    lex = lexicon()
    tokens = _cut(text, start, end, lex)
    return _merge_numerals(_merge_phrases(tokens, lex), lex)


_LETTERS = frozenset({"word", "letters", "abbreviation", "possessive", "oclock", "other"})


def _cut(text: str, start: int, end: int, lex: Lexicon) -> list[Token]:
    out = []
    known = lex.classes
    for match in TOKEN.finditer(text, start, end):
        kind = match.lastgroup or "other"
        if kind == "line":
            continue
        if kind == "sep":
            kind = "numeric"
        first, last = match.span(kind)
        piece = text[first:last]
        if kind in _LETTERS:
            lower = piece.lower() if last - first <= _MAX_WORD else ""
            if lower in known:
                classes, number = lex.word(lower, piece[0].isupper())
            else:
                classes, number = _NONE, None
            kind = "word" if kind == "letters" else kind
        else:
            lower = piece[:_MAX_WORD]
            classes, number = _figure(kind, lower, last - first)
        out.append(Token(first, last, lower, kind, classes, number))
    return out


_NONE: frozenset[str] = frozenset()


def _figure(kind: str, text: str, length: int) -> tuple[frozenset[str], float | None]:
    if kind == "number":
        if length > 15:
            return frozenset({"figure"}), None
        number = float(text.replace(",", ""))
        return _number_classes(text), number
    if kind == "ordinal":
        number = float(text[:-2])
        return frozenset({"ordinal", *(("ordinal_day", "figure_day") if 1 <= number <= 31 else ())}), number
    return frozenset({kind}), None


@cache
def _figure_classes(digits: int, value: int) -> frozenset[str]:
    out = {"num", "figure"}
    if digits <= 2:
        out |= {
            name
            for name, low, high in (("d12", 1, 12), ("d31", 1, 31), ("d24", 0, 24), ("d59", 0, 59))
            if low <= value <= high
        }
        out |= {"yy"} if digits == 2 else set()
        out |= {"small"} if value <= 99 else set()
    if digits == 3:
        out |= {"year3"}
    if digits == 4:
        out |= {"year"} if 1000 <= value <= 2199 else {"four"}
        out |= {"military"} if value // 100 <= 24 and value % 100 < 60 else set()
    return frozenset(out)


def _number_classes(text: str) -> frozenset[str]:
    if not text.isdigit():
        return frozenset({"num", "decimal"})
    if len(text) == 8 and "1950" <= text[:4] <= "2050" and "01" <= text[4:6] <= "12" and "01" <= text[6:] <= "31":
        return frozenset({"num", "figure", "big", "packed"})
    if len(text) > 4:
        return frozenset({"num", "figure", "big"})
    if len(text) == 3:
        return _figure_classes(3, 100)
    return _figure_classes(len(text), int(text))


def known_classes() -> list[frozenset[str]]:
    """Every set of classes that a token can have, in a fixed order."""
    lex = lexicon()
    sets = [lex.word(word, capital)[0] for word in sorted(lex.classes) for capital in (False, True)]
    sets += [lex.phrase_classes(name) for _, name in sorted(p for entries in lex.phrases.values() for p in entries)]
    sets += [_figure_classes(digits, value) for digits in (1, 2) for value in range(10**digits)]
    sets += [_figure_classes(4, value) for value in range(10000)] + [_figure_classes(3, 100)]
    sets += [frozenset({kind}) for kind in TOKEN.groupindex] + [_number_classes("1.5"), _number_classes("12345")]
    sets += [frozenset({"ordinal"}), frozenset({"ordinal", "ordinal_day"}), frozenset({"figure"})]
    sets += [frozenset({"ordinal", "ordinal_day", "figure_day"}), _number_classes("20180911")]
    sets += [frozenset({"num", *_spelled_classes(number)}) for number in (20, 31, 40, 100, 2015)]
    return list(dict.fromkeys(sets))


def _merge_phrases(tokens: list[Token], lex: Lexicon) -> list[Token]:
    out: list[Token] = []
    at = 0
    heads = lex.phrases
    while at < len(tokens):
        token = tokens[at]
        if token.lower in heads:
            for words, name in heads[token.lower]:
                size = len(words)
                if tuple([t.lower for t in tokens[at : at + size]]) == words:
                    token = Token(
                        token.start, tokens[at + size - 1].end, " ".join(words), "phrase", lex.phrase_classes(name)
                    )
                    at += size - 1
                    break
        out.append(token)
        at += 1
    return out


def _merge_numerals(tokens: list[Token], lex: Lexicon) -> list[Token]:
    out: list[Token] = []
    run: list[Token] = []
    for token in tokens:
        if run:
            if _continues(run, token, lex):
                run.append(token)
                continue
            out += _flush(run, lex)
            run = []
        if "num" in token.classes or "scale" in token.classes:
            run = [token]
        else:
            out.append(token)
    out += _flush(run, lex)
    return out


def _continues(run: list[Token], token: Token, lex: Lexicon) -> bool:
    last = run[-1]
    if len(run) > 8:
        return False
    if "scale" in token.classes:
        return "num" in last.classes or "spelled" in last.classes or last.lower in ("a", "-")
    if run[0].kind != "word":
        return False
    if token.lower in ("-", "and"):
        return (token.lower == "-" and last.lower in lex.tens) or (token.lower == "and" and "scale" in last.classes)
    spelled = "spelled" in token.classes or (token.lower in lex.ordinals and last.lower != "and")
    if last.lower in ("-", "and") or "scale" in last.classes:
        return spelled
    if len(run) == 1 and last.lower in ("nineteen", "twenty") and 10 <= (token.number or 0) <= 90:
        return "spelled" in token.classes
    return spelled and last.lower in lex.tens and (token.number or 99) < 10


def _flush(run: list[Token], lex: Lexicon) -> Iterator[Token]:
    while run and run[-1].lower in ("-", "and"):
        tail = run.pop()
        yield from _flush(run, lex)
        yield tail
        return
    if len(run) <= 1:
        yield from run
        return
    century = _spoken_century(run)
    if century is not None:
        number = century + sum(token.number or 0 for token in run[1:])
        yield _numeral(run, frozenset({"num", *_spelled_classes(number)}), number)
        return
    total = current = 0.0
    for token in run:
        value = token.number
        if value is None:
            continue
        if "scale" in token.classes:
            current = (current or 1) * value
            if value >= 1000:
                total, current = total + current, 0.0
        else:
            current += value
    ordinal = run[-1].lower in lex.ordinals
    number = total + current
    names = {"ordinal", *(("ordinal_day",) if number <= 31 else ())} if ordinal else {"num", *_spelled_classes(number)}
    yield _numeral(run, frozenset(names), number)


def _numeral(run: list[Token], classes: frozenset[str], number: float) -> Token:
    lower = "".join(token.lower for token in run)[:_MAX_WORD]
    return Token(run[0].start, run[-1].end, lower, "numeral", classes, number)


def _spoken_century(run: list[Token]) -> int | None:
    """The century of `nineteen ninety-six`, `twenty ten`: a pair of numbers that is read as a year."""
    pair = run[0].lower in ("nineteen", "twenty") and "scale" not in run[1].classes and (run[1].number or 0) >= 10
    return int(run[0].number or 0) * 100 if pair else None


def _spelled_classes(number: float) -> tuple[str, ...]:
    if number <= 99:
        return ("spelled", "small", *(("day_word",) if 13 <= number <= 31 else ()))
    return ("spelled", "spoken_year") if 1900 <= number < 2100 else ("spelled",)
