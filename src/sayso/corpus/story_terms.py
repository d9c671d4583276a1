"""What a page is about, as weighted terms: rare words, names above all."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sayso.lang import load

from .document import Document

__all__ = ["Terms", "Vector", "dot", "terms_of", "vector_of"]

Vector = dict[str, float]

NAME_BOOST = 2.0
MAX_TERMS = 120
"""Terms of one page that count, the weightiest first."""
MAX_CHARS = 20_000
"""Code points of a page that are read: the story stands at the top."""
BACKGROUND = 1
_WORD = re.compile(r"\w{1,40}")


@dataclass(frozen=True, slots=True)
class Terms:
    """Words of one page with their counts, and which of them are names."""

    counts: Mapping[str, int]
    names: frozenset[str]


@cache
def _stopwords() -> frozenset[str]:
    return frozenset(load("stopwords")["words"].split())


def terms_of(document: Document) -> Terms:
    """Count the words of a page that can tell a story: no stopwords; title and text."""
    stop = _stopwords()
    text = f"{document.title or ''}\n{document.text}"[:MAX_CHARS]
    counts: Counter[str] = Counter()
    capitalised: Counter[str] = Counter()
    for word in _WORD.findall(text):
        lower = word.lower()
        if len(lower) > 1 and lower not in stop:
            counts[lower] += 1
            capitalised[lower] += word[0].isupper()
    names = frozenset(word for word, count in capitalised.items() if 2 * count > counts[word])
    return Terms(counts, names)


def vector_of(terms: Terms, frequency: Mapping[str, int], documents: int) -> Vector:
    """Terms weighted by rarity, names twice, length 1.

    Args:
        terms: what `terms_of` counted.
        frequency: in how many documents each word stands.
        documents: number of documents.
    """
    weights = {}
    for word, count in terms.counts.items():
        rarity = math.log((documents + BACKGROUND) / frequency.get(word, 1))
        if rarity > 0:
            weights[word] = (1 + math.log(count)) * rarity * (NAME_BOOST if word in terms.names else 1.0)
    return unit(weights, MAX_TERMS)


def unit(weights: Mapping[str, float], limit: int) -> Vector:
    """The weightiest terms, scaled to length 1."""
    kept = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:limit]
    length = math.sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    return {word: weight / length for word, weight in kept}


def dot(a: Vector, b: Vector) -> float:
    """Inner product; the cosine where both have length 1."""
    if len(a) > len(b):
        a, b = b, a
    get = b.get
    return sum([weight * get(word, 0.0) for word, weight in a.items()])
