"""Signs beside a name of whom it names: a person's calling or age, a broadcaster's letters, an office's owner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sayso import lang

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["belongs_on", "broadcasters", "is_apposed_to_person", "is_introduced_as_person", "known_surnames"]

CALL_LETTERS = re.compile(r"[WK][A-Z]{3}(-(TV|FM|AM|DT))?")
JOINED_CHANNEL = re.compile(r"([A-Z][A-Za-z]*?)(\d{1,2})")
MAX_CHANNEL = 99
MAX_AGE = 110
NAMING = frozenset({"name", "names", "himself", "herself"})


@dataclass(frozen=True, slots=True)
class _Lists:
    not_call_letters: frozenset[str]
    networks: frozenset[str]
    callings: frozenset[str]
    surnames: frozenset[str]


@cache
def _lists() -> _Lists:
    outlets, officials, sources = lang.load("outlets"), lang.load("officials"), lang.load("sources")
    called = {*officials["roles"], *officials["led"], *sources["person"], *sources["reporter"]}
    bodies = {*sources["organization"], *sources["outlet"], *sources["businesses_too"]}
    return _Lists(
        frozenset(outlets["not_call_letters"]),
        frozenset(word.casefold() for word in outlets["networks"]),
        frozenset(word for word in called if " " not in word and word not in bodies),
        frozenset(word.casefold() for word in lang.load("known_people")["surnames"]),
    )


def known_surnames() -> frozenset[str]:
    """Surnames, casefolded, that the news gives alone because everybody knows whose they are."""
    return _lists().surnames


def broadcasters(doc: Doc) -> Iterator[tuple[int, int]]:
    """Token ranges that name a station by its shape: `WLUK`, `KXTV-TV`, `Fox 6`, `News12`."""
    for token in doc:
        if is_call_letters(token) or _is_joined_channel(token.text):
            yield token.i, token.i + 1
        elif token.lower_ in _lists().networks and token.text[:1].isupper() and _is_channel(doc, token.i + 1):
            yield token.i, token.i + 2


def is_call_letters(token: Token) -> bool:
    """`WLUK` among words that aren't in capitals themselves."""
    if not CALL_LETTERS.fullmatch(token.text) or token.text in _lists().not_call_letters:
        return False
    beside = [token.nbor(step) for step in (-1, 1) if 0 <= token.i + step < len(token.doc)]
    return not any(other.is_alpha and other.text.isupper() and len(other) > 1 for other in beside)


def _is_joined_channel(word: str) -> bool:
    found = JOINED_CHANNEL.fullmatch(word)
    return found is not None and found[1].casefold() in _lists().networks


def _is_channel(doc: Doc, i: int) -> bool:
    """A channel's number that counts nothing: not `CBS 2 million`, nor `News 5:00`."""
    if i >= len(doc) or not doc[i].text.isdigit() or not 0 < int(doc[i].text[:3]) <= MAX_CHANNEL or len(doc[i]) > 2:
        return False
    after = doc[i + 1] if i + 1 < len(doc) else None
    return after is None or after.pos_ in {"VERB", "AUX", "PUNCT", "ADP", "CCONJ", "PART", "PRON", "PROPN", "ADV"}


def is_introduced_as_person(doc: Doc, start: int, end: int) -> bool:
    """Whether right after the name stands an age or what a person is: `Lise Marn, a nurse`, `Ole Dahl, 43,`."""
    if end + 1 >= len(doc) or doc[end].text != ",":
        return False
    after = doc[end + 1]
    if after.text.isdigit() and len(after) <= 3 and int(after.text) <= MAX_AGE:
        return end + 2 >= len(doc) or doc[end + 2].text in {",", ".", ";", ")"}
    return any(
        token.dep_ == "appos" and start <= token.head.i < end and _is_calling(token) for token in doc[end + 1 : end + 9]
    )


def is_apposed_to_person(doc: Doc, start: int, end: int) -> bool:
    """Whether the words before it say that the name is a person's: `his widow, Hanne`, `gave his name as Ole`."""
    if start < 2:
        return False
    if any(token.lower_ in NAMING for token in doc[max(start - 3, 0) : start]) and doc[start - 1].lower_ == "as":
        return True
    before = doc[start - 2]
    joined = any(token.dep_ == "appos" and token.head.i == before.i for token in doc[start:end])
    return joined and doc[start - 1].text == "," and _is_calling(before)


def _is_calling(token: Token) -> bool:
    return token.tag_ == "NN" and token.lower_ in _lists().callings


def belongs_on(doc: Doc, end: int, endings: frozenset[str]) -> int:
    """Where a name ends that owns an office: `Tarn County Sheriff's Office`; `end` where it owns none."""
    if end > 0 and doc[end - 1].tag_ == "POS":
        end -= 1
    if end + 1 >= len(doc) or doc[end].tag_ != "POS":
        return end
    last = end + 1
    while last < min(end + 4, len(doc)) and doc[last].text[:1].isupper() and doc[last].is_alpha:
        last += 1
    return last if last > end + 1 and doc[last - 1].lower_ in endings else end
