"""What a page is about, as weighted terms: rare words, names above all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.extract.foreign_words import lexicon
from sayso.lang import load

from .document import Document

__all__ = ["Space", "Vector", "cut", "dots", "summed"]

NAME_BOOST = 1.5
MAX_TERMS = 120
"""Terms of one page that count, the weightiest first."""
MAX_CHARS = 20_000
"""Code points of a page that are read: the story stands at the top."""
BACKGROUND_PAGES = 30
"""What is known of a word from general text weighs as much as so many pages; a small case tells little of rarity."""
BACKGROUND_WORDS = 300
"""Length of a page of general text."""
_WORD = re.compile(r"\w{1,40}")

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]
"""Numbers of terms."""
Weights = npt.NDArray[np.float32]
"""Half the size: a case holds some hundred of them for each of its pages."""


@dataclass(frozen=True, slots=True)
class Vector:
    """Weighted terms of a page or of a group of pages, the weightiest first."""

    terms: Places
    weights: Weights


@cache
def _stopwords() -> frozenset[str]:
    return frozenset(load("stopwords")["words"].split())


@cache
def _lexicon() -> tuple[dict[str, int], Floats]:
    """Ranks of common words, and the share of general pages that hold the word of each rank; last, any other."""
    words = lexicon()
    information = words.information(np.arange(len(words.index) + 1))
    shares: Floats = 1 - np.exp(-BACKGROUND_WORDS * np.exp(-information.astype(np.float64)))
    return words.index, np.round(shares, 9)


@dataclass(slots=True)
class Space:
    """Terms of a growing number of pages and how rare they are."""

    words: list[str] = field(default_factory=list)
    _number: dict[str, int] = field(default_factory=dict)
    _frequency: list[int] = field(default_factory=list)
    _expected: list[float] = field(default_factory=list)
    """Of BACKGROUND_PAGES, how many hold the term."""
    _pages: int = 0
    _terms: dict[int, Places] = field(default_factory=dict)
    _counts: dict[int, Weights] = field(default_factory=dict)
    _scratch: Floats = field(default_factory=lambda: np.zeros(1024))

    def __len__(self) -> int:
        return self._pages

    def add(self, document: Document) -> None:
        """Append a page: its words but stopwords, title and text, names counted for more."""
        stop, number, frequency = _stopwords(), self._number, self._frequency
        found = _WORD.findall(f"{document.title or ''}\n{document.text}"[:MAX_CHARS])
        counts: Counter[str] = Counter()
        capitalised: Counter[str] = Counter()
        for word, count in Counter(found).items():
            lower = word.lower()
            if len(lower) > 1 and lower not in stop:
                counts[lower] += count
                if word[0].isupper():
                    capitalised[lower] += count
        ranks, shares = _lexicon()
        for word in counts:
            if word not in number:
                number[word] = len(number)
                self.words.append(word)
                frequency.append(0)
                self._expected.append(BACKGROUND_PAGES * float(shares[ranks.get(word, -1)]))
        terms = np.array([number[word] for word in counts], dtype=np.int32)
        for term in terms.tolist():
            frequency[term] += 1
        weights = 1 + np.log(np.array(list(counts.values()), dtype=np.float64))
        names = np.array([2 * capitalised[word] > count for word, count in counts.items()], dtype=bool)
        self._terms[self._pages] = terms
        self._counts[self._pages] = (np.where(names, NAME_BOOST, 1.0) * weights).astype(np.float32)
        self._pages += 1

    def vector(self, page: int) -> Vector:
        """A page's terms weighted by their rarity among all pages so far, length 1."""
        terms = self._terms[page]
        held = terms.tolist()
        frequency = np.array([self._frequency[term] + self._expected[term] for term in held], dtype=np.float64)
        rarity = np.log((len(self) + BACKGROUND_PAGES + 1) / frequency)
        return cut(terms, self._counts[page].astype(np.float64) * rarity, MAX_TERMS)

    def forget_pages(self) -> None:
        """Let go of the pages' terms: their vectors are not asked for again."""
        self._terms.clear()
        self._counts.clear()

    def packed(self) -> dict[str, npt.NDArray[Any]]:
        """Words and how rare they are, as arrays; pages are left out."""
        words = "\n".join(self.words).encode("utf-8", "surrogatepass")
        return {
            "words": np.frombuffer(words, dtype=np.uint8),
            "frequency": np.array(self._frequency, dtype=np.int64),
            "expected": np.array(self._expected, dtype=np.float64),
        }

    @classmethod
    def unpacked(cls, arrays: Mapping[str, npt.NDArray[Any]], pages: int) -> Space:
        """What `packed` gave, with the number of pages it held."""
        text = arrays["words"].tobytes().decode("utf-8", "surrogatepass")
        words = text.split("\n") if text else []
        number = {word: at for at, word in enumerate(words)}
        return cls(words, number, arrays["frequency"].tolist(), arrays["expected"].tolist(), pages)

    def scratch(self) -> Floats:
        """Zeros, one for each term; whoever writes there puts the zeros back."""
        if len(self._scratch) < len(self._number):
            self._scratch = np.zeros(2 * len(self._number))
        return self._scratch


def cut(terms: Places, weights: Floats, limit: int, *, unit: bool = True) -> Vector:
    """A vector of the weightiest terms with a weight above 0, scaled to length 1 if wanted."""
    order = np.lexsort((terms, -weights))[:limit]
    order = order[weights[order] > 0]
    kept = weights[order]
    length = float(np.sqrt((kept**2).sum())) if unit else 1.0
    return Vector(terms[order], (kept / (length or 1.0)).astype(np.float32))


def dots(scratch: Floats, vector: Vector, others: Sequence[Vector]) -> Floats:
    """Inner products of one vector with others."""
    if not others:
        return np.zeros(0)
    scratch[vector.terms] = vector.weights
    edges = np.cumsum([0, *(len(other.terms) for other in others)])
    products = scratch[np.concatenate([other.terms for other in others])]
    products *= np.concatenate([other.weights for other in others])
    scratch[vector.terms] = 0.0
    running = np.concatenate(([0.0], np.cumsum(products)))
    result: Floats = np.round(running[edges[1:]] - running[edges[:-1]], 12)
    return result


def summed(scratch: Floats, vectors: Sequence[Vector], shares: Sequence[float], limit: int, *, unit: bool) -> Vector:
    """Weighted sum of vectors, cut to its weightiest terms."""
    terms = np.concatenate([vector.terms for vector in vectors])
    weights = np.concatenate([vector.weights * share for vector, share in zip(vectors, shares, strict=True)])
    np.add.at(scratch, terms, weights)
    distinct = np.unique(terms)
    total = scratch[distinct].copy()
    scratch[distinct] = 0.0
    return cut(distinct, total, limit, unit=unit)
