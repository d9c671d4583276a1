"""Patterns of the audit's word lists, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sayso import lang
from sayso.stages.attribution.kinds import lists
from sayso.stages.attribution.scene import singular

__all__ = ["around_noun", "compiled", "content_words", "edged", "head_noun", "last_noun", "singular_of", "singulars"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_AFTER_NOUN = re.compile(
    r",|\s(?:who|whose|whom|which|of|at|in|inside|within|with|from|for|on|close\s+to|familiar|briefed|that|to|near|involved|connected|linked|acquainted|employed|assigned|attached|based|stationed|opposed|loyal|present|working|living|responsible|privy|aware|knowledgeable|speaking|describing|citing)\b",
    re.IGNORECASE,
)
_ENDINGS = ("ing", "ed", "es", "s", "e")


@cache
def compiled(name: str, part: str | None = None) -> re.Pattern[str]:
    """The list of that name (or one part of it) as one expression, at word edges, in any case."""
    phrases = lang.load("audit_words")[name]
    if part is not None:
        phrases = phrases[part]
    return edged(phrases)


def edged(phrases: Iterable[str]) -> re.Pattern[str]:
    """The expressions as one, at word edges, in any case."""
    inner = "|".join(phrase.replace(" ", r"\s+") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{inner})(?!(?<=\w)\w)", re.IGNORECASE)


@cache
def singulars() -> dict[str, str]:
    """Nouns for unnamed sources, plural to singular."""
    return dict(lang.load("audit_words")["sources"])


@cache
def around_noun(name: str, noun: str) -> re.Pattern[str]:
    """The expression of that name with the noun in its place."""
    return re.compile(lang.load("audit_words")[name].replace("NOUN", re.escape(noun)), re.IGNORECASE)


def last_noun(words: str) -> str:
    """The last word before a comma, a preposition or a clause, in lower case.

    >>> last_noun("Two officials at the port, who left")
    'officials'
    """
    head = _AFTER_NOUN.split(words, maxsplit=1)[0].split()
    return head[-1].casefold() if head else ""


@cache
def singular_of(noun: str) -> str:
    """The singular of a noun for people in the plural, else the noun.

    >>> singular_of("surgeons"), singular_of("press")
    ('surgeon', 'press')
    """
    one = singulars().get(noun) or singular(noun)
    return one if noun in singulars() or one in lists().common["person"] | lists().roles else noun


def head_noun(words: str) -> str:
    """That word in the singular, for nouns that unnamed sources are called by."""
    return singular_of(last_noun(words))


@cache
def _idle() -> frozenset[str]:
    return frozenset(lang.load("stopwords")["words"].split())


def content_words(text: str) -> frozenset[str]:
    """The telling words of a text, cut to a stem.

    >>> sorted(content_words("The repairs would take the county a year"))
    ['count', 'repair']
    """
    words = (match.group().casefold().removesuffix("'s").removesuffix("’s") for match in _WORD.finditer(text))
    return frozenset(_stem(word) for word in words if len(word) > 2 and word not in _idle())


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] in "iy":
        word = word[:-1]
    return word
