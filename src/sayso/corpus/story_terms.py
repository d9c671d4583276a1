"""What a page is about, as weighted terms: rare words, names above all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.extract.foreign_words import lexicon
from sayso.lang import load

from .document import Document

__all__ = ["Places", "Space", "Vector", "cut", "dots", "summed"]

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


class _Forms(dict[str, int]):
    """Twice the number of the term of each form of a word, one more where it is capitalised; -1 for stopwords."""

    def __init__(self, number: dict[str, int]) -> None:
        super().__init__()
        self.number = number
        """Numbers of terms; new ones are added."""
        self.words = list(number)

    def __missing__(self, word: str) -> int:
        lower = word.lower()
        code = -1
        if len(lower) > 1 and lower not in _stopwords():
            number = self.number.setdefault(lower, len(self.number))
            if number == len(self.words):
                self.words.append(lower)
            code = 2 * number + word[0].isupper()
        self[word] = code
        return code


class Space:
    """Terms of a growing number of pages and how rare they are."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._forms = _Forms({word: at for at, word in enumerate(words)})
        self._frequency = np.zeros(1024, dtype=np.int64)
        self._expected = np.zeros(1024)
        """Of BACKGROUND_PAGES, how many hold the term."""
        self._known = 0
        """Terms whose places in the two are filled."""
        self._pages = 0
        self._terms: dict[int, Places] = {}
        self._counts: dict[int, Weights] = {}
        self._scratch: Floats = np.zeros(1024)

    def __len__(self) -> int:
        return self._pages

    @property
    def words(self) -> list[str]:
        """Terms by their numbers."""
        return self._forms.words

    def add(self, document: Document) -> None:
        """Append a page: its words but stopwords, title and text, names counted for more."""
        found = _WORD.findall(f"{document.title or ''}\n{document.text}"[:MAX_CHARS])
        codes = np.fromiter(map(self._forms.__getitem__, found), dtype=np.int64, count=len(found))
        self._know_words()
        codes = codes[codes >= 0]
        terms, place, counts = np.unique(codes >> 1, return_inverse=True, return_counts=True)
        capitalised = np.bincount(place, codes & 1, minlength=len(terms))
        self._frequency[terms] += 1
        weights = (1 + np.log(counts)) * np.where(2 * capitalised > counts, NAME_BOOST, 1.0)
        self._terms[self._pages] = terms.astype(np.int32)
        self._counts[self._pages] = weights.astype(np.float32)
        self._pages += 1

    def _know_words(self) -> None:
        """Places for the words that came since."""
        size = len(self.words)
        if size == self._known:
            return
        if size > len(self._frequency):
            more = 2 * size - len(self._frequency)
            self._frequency, self._expected = np.pad(self._frequency, (0, more)), np.pad(self._expected, (0, more))
        ranks, shares = _lexicon()
        places = [ranks.get(word, -1) for word in self.words[self._known :]]
        self._expected[self._known : size] = BACKGROUND_PAGES * shares[places]
        self._known = size

    def vector(self, page: int) -> Vector:
        """A page's terms weighted by their rarity among all pages so far, length 1."""
        terms = self._terms[page]
        rarity = np.log((len(self) + BACKGROUND_PAGES + 1) / (self._frequency[terms] + self._expected[terms]))
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
            "frequency": self._frequency[: self._known],
            "expected": self._expected[: self._known],
        }

    @classmethod
    def unpacked(cls, arrays: Mapping[str, npt.NDArray[Any]], pages: int) -> Space:
        """What `packed` gave, with the number of pages it held."""
        text = arrays["words"].tobytes().decode("utf-8", "surrogatepass")
        space = cls(text.split("\n") if text else ())
        space._frequency, space._expected = np.array(arrays["frequency"]), np.array(arrays["expected"])
        space._known, space._pages = len(space.words), pages
        return space

    def scratch(self) -> Floats:
        """Zeros, one for each term; whoever writes there puts the zeros back."""
        if len(self._scratch) < len(self.words):
            self._scratch = np.zeros(2 * len(self.words))
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


def summed(vectors: Sequence[Vector], shares: Sequence[float], limit: int, *, unit: bool) -> Vector:
    """Weighted sum of vectors, cut to its weightiest terms."""
    terms = np.concatenate([vector.terms for vector in vectors])
    weights = np.concatenate([vector.weights * share for vector, share in zip(vectors, shares, strict=True)])
    distinct, place = np.unique(terms, return_inverse=True)
    total: Floats = np.bincount(place, weights, minlength=len(distinct)).astype(np.float64)
    return cut(distinct, total, limit, unit=unit)
