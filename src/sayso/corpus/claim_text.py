"""One statement taken apart: its words, names, numbers, days, and whether it says yes or no."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.lang import load

__all__ = ["ClaimText", "Number", "read_claim"]

MAX_WORDS = 120
"""Words of a statement that are compared; what is longer says many things."""
DENIED_WORDS = 6
"""Words after one of denial that it reaches."""
_TOKEN = re.compile(r"[$€£]?\d+(?:[.,:]\d+)*%?|[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_NUMBER = re.compile(r"([$€£]?)(\d+(?:,\d{3})*(?:\.\d+)?)(%?)$")
_ENDINGS = ("ingly", "edly", "ing", "ied", "ies", "ed", "es", "s", "ly")
MAX_YEAR, MIN_YEAR = 2100, 1500


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity told: its value, of what kind, and the word it counts."""

    value: float
    kind: str
    """money, percent or plain."""
    unit: str | None


@dataclass(frozen=True, slots=True)
class ClaimText:
    """A statement ready to be compared; `words` in order, less what says nothing."""

    text: str
    words: tuple[str, ...]
    """Stems of content words, names and numbers left out."""
    forms: frozenset[str]
    """Every word as written, lower case."""
    names: tuple[str, ...]
    """Capitalised words in order, lower case."""
    content: tuple[tuple[int, int], ...]
    """Where the content words stand in the text."""
    numbers: tuple[Number, ...]
    weekdays: frozenset[str]
    months: frozenset[str]
    years: frozenset[int]
    negated: tuple[tuple[str, ...], ...]
    """For each word of denial, the stems that follow it: what it denies."""
    denied: bool
    """Whether the words around the statement deny it."""
    reversals: int
    """Words that turn what they govern into its opposite."""
    reversed: tuple[str, ...]
    """What each of them governs: the stem of the first word that says something after it."""
    hedged: bool
    firm: bool
    passive: bool


@cache
def _data() -> Mapping[str, Any]:
    data = dict(load("claims"))
    for key in ("negations", "reversals", "hedges", "firm", "weekdays", "months", "loose"):
        data[key] = frozenset(data[key].split())
    data["stop"] = frozenset(load("stopwords")["words"].split())
    return data


@cache
def opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Groups of words that mean the opposite of each other."""
    return tuple((frozenset(a.split()), frozenset(b.split())) for a, b in _data()["opposites"])


def stem(word: str) -> str:
    """A key that forms of one word share, mostly; no dictionary word.

    >>> stem("resigned") == stem("resigning")
    True
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def read_claim(text: str, *, polarity: str | None = None) -> ClaimText:
    """Take a statement apart.

    Args:
        text: what is said, one sentence or clause; only its first words are read where it is long.
        polarity: `negated` where the words around deny it, as in *denied that …*.
    """
    data = _data()
    tokens = [(m.group(), m.start()) for m in _TOKEN.finditer(text)][:MAX_WORDS]
    lower = [token.replace("’", "'").lower() for token, _ in tokens]
    numbers, taken, years = _numbers(tokens, lower, data)
    names, words, content = [], [], []
    for at, ((token, start), word) in enumerate(zip(tokens, lower, strict=True)):
        bare_word = word.removesuffix("'s")
        if at in taken or bare_word in data["weekdays"] or (bare_word in data["months"] and token[0].isupper()):
            continue
        if token[0].isupper() and (at or _is_name(token, lower, at, data)) and word not in data["stop"]:
            names.append(_name(word))
        elif word.removesuffix("'s") not in data["stop"] and word not in data["loose"] and word[0].isalpha():
            words.append(stem(word.removesuffix("'s")))
            content.append((start, start + len(token)))
    bare = frozenset(word.removesuffix("'s") for word in lower)
    joined = " ".join(lower)
    flags = [at for at, word in enumerate(lower) if word in data["negations"] or word.endswith("n't")]
    negated = tuple(
        tuple(stem(word) for word in lower[at + 1 : at + 1 + DENIED_WORDS] if word not in data["stop"]) for at in flags
    )
    return ClaimText(
        text=text,
        words=tuple(words),
        forms=frozenset(lower),
        names=tuple(names),
        content=tuple(content),
        numbers=tuple(numbers),
        weekdays=bare & data["weekdays"],
        months=frozenset(
            word.removesuffix("'s")
            for (token, _), word in zip(tokens, lower, strict=True)
            if word.removesuffix("'s") in data["months"] and token[0].isupper()
        ),
        years=frozenset(years),
        negated=negated,
        denied=polarity == "negated",
        reversals=sum(word in data["reversals"] for word in lower)
        + sum(phrase in joined for phrase in data["reversing_phrases"]),
        reversed=tuple(_governed(lower, at, data) for at, word in enumerate(lower) if word in data["reversals"]),
        hedged=any(word in data["hedges"] for word in lower),
        firm=any(word in data["firm"] for word in lower),
        passive=" by " in text,
    )


def _governed(lower: list[str], at: int, data: Mapping[str, Any]) -> str:
    return next((stem(word) for word in lower[at + 1 : at + 1 + DENIED_WORDS] if word not in data["stop"]), "")


def _name(word: str) -> str:
    """One key for a country and its people's adjective, mostly."""
    word = word.removesuffix("'s").replace(".", "")
    return word[:-1] if len(word) > 5 and word.endswith(("ian", "can", "ean")) else word


def _is_name(token: str, lower: list[str], at: int, data: Mapping[str, Any]) -> bool:
    """Whether a capital at the start of the text is a name's: such a word is rare or another capital follows."""
    from sayso.extract.foreign_words import lexicon

    words = lexicon()
    return lower[at] not in data["number_words"] and words.number(lower[at]) > COMMON_RANK


COMMON_RANK = 4000


def _numbers(
    tokens: list[tuple[str, int]], lower: list[str], data: Mapping[str, Any]
) -> tuple[list[Number], set[int], list[int]]:
    """Numbers in order, the places of their words, and years."""
    found: list[Number] = []
    taken: set[int] = set()
    years: list[int] = []
    at = 0
    while at < len(tokens):
        end, value, kind = _number_at(lower, at, data)
        if end == at:
            at += 1
            continue
        taken.update(range(at, end))
        if kind == "plain" and end == at + 1 and lower[at].isdigit() and MIN_YEAR <= value <= MAX_YEAR:
            years.append(int(value))
        else:
            follow = next((w for w in lower[end : end + 3] if w not in data["stop"]), None)
            found.append(Number(value, kind, stem(follow) if follow else None))
        at = end
    return found, taken, years


def _number_at(lower: list[str], at: int, data: Mapping[str, Any]) -> tuple[int, float, str]:
    """The number that begins at a word: the place after it, its value and kind; the same place for none."""
    words, scales = data["number_words"], data["scales"]
    match = _NUMBER.match(lower[at])
    end, kind, value = at, "plain", 0.0
    if match:
        value, end = float(match.group(2).replace(",", "")), at + 1
        kind = "money" if match.group(1) else "percent" if match.group(3) else "plain"
    else:
        head = lower[at].split("-")[0]
        if head in words and lower[at] != "one":
            value, end = float(words[head]), at + 1
            tail = lower[at].split("-")[1:]
            value += sum(float(words[part]) for part in tail if part in words and words[part] < 10 <= value)
    if end == at:
        return at, 0.0, kind
    while end < len(lower) and lower[end] in scales and end - at < 4:
        value, end = value * scales[lower[end]], end + 1
    if end < len(lower) and lower[end] in ("percent", "pct", "per"):
        kind, end = "percent", end + 1 + (lower[end] == "per")
    elif end < len(lower) and lower[end] in ("dollars", "euros", "pounds", "crowns", "dollar"):
        kind = "money"
    return min(end, len(lower)), value, kind
