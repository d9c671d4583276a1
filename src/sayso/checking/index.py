"""Where in a case words stand: an inverted index of the words asked for, for phrases and for words near each other."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.corpus.claim_text import stem
from sayso.corpus.tokens import Ints

__all__ = ["Window", "WordIndex"]

_WORD = re.compile(r"\w{1,40}")
"""As `corpus.tokens.word_spans` counts words."""
Floats = npt.NDArray[np.float64]
BUCKET = 48
"""Words of a stretch that votes are counted over."""
MAX_HITS = 400_000
"""Places of a pair of words that are looked at."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a page where much of what was asked for stands."""

    page: int
    first: int
    """Number of its first word on the page."""
    end: int
    score: float
    """Rarity of what was found there, in nats."""


class _Numbers(dict[str, int]):
    """The number of each word; -1 for words that nobody asks for."""

    def __init__(self, words: Iterable[str], stems: Iterable[str]) -> None:
        super().__init__()
        self.forms: dict[str, list[int]] = {root: [] for root in stems}
        self.count = 0
        for word in words:
            if word not in self:
                self._give(word)

    def _give(self, word: str) -> int:
        self[word] = number = self.count
        self.count += 1
        if (forms := self.forms.get(stem(word))) is not None:
            forms.append(number)
        return number

    def __missing__(self, word: str) -> int:
        if stem(word) in self.forms:
            return self._give(word)
        self[word] = -1
        return -1


class WordIndex:
    """Some words of many pages, in lower case.

    Args:
        texts: the pages, in order; read once.
        words: those that are asked for as they are.
        roots: words that are asked for in any form.
    """

    def __init__(self, texts: Iterable[str], words: Iterable[str], roots: Iterable[str] = ()) -> None:
        self._number = _Numbers(words, map(stem, roots))
        numbers, places = [], []
        begin = [0]
        for text in texts:
            lower = text.lower()
            found = _WORD.findall(lower) if len(lower) == len(text) else [w.lower() for w in _WORD.findall(text)]
            row = np.fromiter(map(self._number.__getitem__, found), dtype=np.int32, count=len(found))
            kept = np.flatnonzero(row >= 0)
            numbers.append(row[kept])
            places.append(kept + begin[-1])
            # A word's width between pages: no phrase goes from one to the next.
            begin.append(begin[-1] + len(found) + 1)
        self._begin: Ints = np.array(begin, dtype=np.int64)
        self._words = np.concatenate([np.empty(0, np.int32), *numbers])
        self._places: Ints = np.concatenate([np.empty(0, np.int64), *places])
        self._order = np.argsort(self._words, kind="stable")
        self._starts = np.searchsorted(self._words[self._order], np.arange(self._number.count + 1))

    def _of(self, number: int) -> npt.NDArray[np.intp]:
        return self._order[self._starts[number] : self._starts[number + 1]]

    def _of_word(self, word: str) -> npt.NDArray[np.intp]:
        number = self._number.get(word, -1)
        return self._of(number) if number >= 0 else np.empty(0, np.intp)

    def _hits(self, first: str, second: str | None) -> Ints:
        """Where a word, or two words in a row, stand."""
        left = self._of_word(first)
        if second is None:
            return self._places[left]
        right = self._of_word(second) - 1
        if len(right) < len(left):
            left = right[right >= 0]
        left = left[left + 1 < len(self._words)]
        adjacent = self._places[left + 1] == self._places[left] + 1
        both = (self._words[left] == self._number[first]) & (self._words[left + 1] == self._number[second])
        found: Ints = self._places[left[adjacent & both]]
        return found

    def near_phrase(self, runs: Sequence[Sequence[str]], *, limit: int) -> list[Window]:
        """Stretches that hold most pairs of neighbouring words of some runs of words, the best first."""
        pairs: list[tuple[str, str | None]] = []
        for run in runs:
            pairs += itertools.pairwise(run) if len(run) > 1 else [(run[0], None)] if run else []
        return self._windows([self._hits(*pair) for pair in dict.fromkeys(pairs)], limit)

    def near_words(self, words: Iterable[str], *, limit: int) -> list[Window]:
        """Stretches that hold most of some words in any form and order, the best first."""
        groups = (self._number.forms.get(stem(word), []) for word in dict.fromkeys(words))
        hits = [np.concatenate([self._places[self._of(n)] for n in group]) for group in groups if group]
        return self._windows(hits, limit)

    def _windows(self, hits: list[Ints], limit: int) -> list[Window]:
        buckets: list[Ints] = []
        weights: list[npt.NDArray[np.float64]] = []
        total = int(self._begin[-1]) + 1000
        for places in hits:
            held = np.unique(places[:MAX_HITS] // BUCKET)
            buckets.append(held)
            weights.append(np.full(len(held), np.log(total / (len(places) + 1))))
        if not sum(map(len, buckets)):
            return []
        found, inverse = np.unique(np.concatenate(buckets), return_inverse=True)
        score: Floats = np.bincount(inverse, weights=np.concatenate(weights)).astype(np.float64)
        after = np.append(np.diff(found) == 1, False)
        both: Floats = score + np.where(after, np.append(score[1:], 0.0), 0.0)
        return self._best(found, both, np.lexsort((found, -np.round(both, 6))), limit)

    def _best(self, found: Ints, score: npt.NDArray[np.float64], order: Ints, limit: int) -> list[Window]:
        out: list[Window] = []
        taken: set[int] = set()
        for at in order.tolist():
            bucket = int(found[at])
            if bucket in taken:
                continue
            if len(out) >= limit:
                break
            taken.update((bucket - 1, bucket, bucket + 1))
            out += self._cut(bucket * BUCKET, (bucket + 2) * BUCKET, float(score[at]))
        return out

    def _cut(self, first: int, end: int, score: float) -> list[Window]:
        """A stretch as parts of the pages that it lies on."""
        pages = range(
            max(0, int(np.searchsorted(self._begin, first, "right")) - 1),
            int(np.searchsorted(self._begin, end, "left")),
        )
        out = []
        for page in pages:
            if page < len(self._begin) - 1:
                begin, stop = int(self._begin[page]), int(self._begin[page + 1]) - 1
                out.append(Window(page, max(first, begin) - begin, min(end, stop) - begin, score))
        return out
