"""Passages that two documents share: seeds on words, kept where neighbours agree, grown by sentence.

Seed and merge follows Potthast et al. 2014 (text alignment at PAN). Ours: a seed's support is counted
along its diagonal, so that moved, dropped and added words cost little; each word is used once; seeds
are then merged sentence by sentence, for people copy, cut and move sentences. A pair costs time in
proportion to its words: a word that stands more than `MAX_REPEATS` times in the other document seeds
nothing unless a neighbour agrees too.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from .tokens import Ints, sentence_starts, word_spans

__all__ = ["Aligner", "Passage", "Text"]

MAX_REPEATS = 4
MAX_SEEDS_PER_WORD = 40
"""However its neighbours look, a word is tried at no more places of the other document."""
ACROSS, ALONG = 4, 8
"""A seed is supported by seeds within about so many words across and along its diagonal."""
MIN_SUPPORT = 2.5
MAX_RUN_BONUS = 12
"""Words of an unbroken run that count, at most, beside the seeds around."""
WHOLE = 0.45
"""A sentence belongs to the passage whole if its agreeing words span this share of it."""
SNAP = 6
"""... or if they begin and end no further than this many words from its edges."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage shared by two texts: half-open ranges of code points in each, and how much agrees."""

    a: tuple[int, int]
    b: tuple[int, int]
    weight: float
    """Rarity of the words that agree, in nats."""
    density: float
    """Share of the longer side's words that agree, 0..1."""
    run: int
    """Longest run of words that agree without a break."""
    whole: bool = False
    """Whether it begins and ends with a sentence on both sides."""

    def flipped(self) -> Passage:
        """The same passage seen from the other side."""
        return Passage(self.b, self.a, self.weight, self.density, self.run, self.whole)


class Text:
    """One document made ready for alignment; keep it while the document is in many pairs."""

    def __init__(self, text: str, words: npt.NDArray[np.int32], masked: npt.NDArray[np.bool_] | None = None) -> None:
        self.text = text
        self.words = words
        self.keys = words if masked is None else np.where(masked, -1, words)
        """Words to compare; -1 where boilerplate hides the word."""

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands."""
        return word_spans(self.text)

    @cached_property
    def sentences(self) -> list[int]:
        """Number of the first word of every sentence, then the number of words."""
        starts = [start for start, _ in self.spans]
        firsts = {bisect_right(starts, position - 1) for position in sentence_starts(self.text)}
        return sorted({first for first in firsts if first < len(starts)} | {len(starts)})

    @cached_property
    def sentence_of(self) -> Ints:
        """Number of the sentence of each word."""
        return np.repeat(np.arange(len(self.sentences) - 1), np.diff(self.sentences))

    @cached_property
    def order(self) -> Ints:
        """Places of the words sorted by word."""
        return np.argsort(self.keys, kind="stable")

    @cached_property
    def ordered(self) -> npt.NDArray[np.int32]:
        """The words in that order."""
        return self.keys[self.order]


@dataclass(frozen=True, slots=True)
class _Seeds:
    """Words that agree: place in a, place in b, rarity."""

    a: Ints
    b: Ints
    weight: Floats

    def __len__(self) -> int:
        return len(self.a)

    def where(self, kept: npt.NDArray[np.bool_] | Ints) -> _Seeds:
        return _Seeds(self.a[kept], self.b[kept], self.weight[kept])


@dataclass(slots=True)
class _Stretch:
    """Half-open ranges of words and of sentences in both texts, with what agrees inside."""

    a0: int
    a1: int
    b0: int
    b1: int
    weight: float
    seeds: int
    run: int


class Aligner:
    """Aligns pairs of documents of one case.

    Args:
        rarity: weight of each word number in nats, 0 where the word never counts.
        min_weight: least weight of a passage.
        min_density: least share of words that agree.
        min_words: shortest passage, in words on either side.
    """

    def __init__(
        self, rarity: Floats, *, min_weight: float = 14.0, min_density: float = 0.2, min_words: int = 6
    ) -> None:
        self._rarity = rarity
        self._min_weight = min_weight
        self._min_density = min_density
        self._min_words = min_words

    def align(self, a: Text, b: Text) -> list[Passage]:
        """Shared passages in the order of `b`; empty where too little agrees."""
        seeds = self._seeds(a, b)
        if len(seeds) < 3 or seeds.weight.sum() < self._min_weight:
            return []
        seeds = _supported(seeds)
        passages = [self._passage(a, b, found) for found in _joined(_by_sentence(a, b, seeds))]
        return [passage for passage in passages if passage is not None]

    def _seeds(self, a: Text, b: Text) -> _Seeds:
        """Every pair of places whose words agree, less those too common to say anything alone."""
        keys = b.keys
        low = np.searchsorted(a.ordered, keys, "left")
        count = np.searchsorted(a.ordered, keys, "right") - low
        count[(keys < 0) | (count > MAX_SEEDS_PER_WORD)] = 0
        at_b = np.repeat(np.arange(len(keys)), count)
        first = np.repeat(low - np.cumsum(count) + count, count)
        at_a = a.order[first + np.arange(len(at_b))] if len(at_b) else np.empty(0, np.int64)
        weight = self._rarity[keys[at_b]]
        beside = _agree(a.keys, b.keys, at_a + 1, at_b + 1) | _agree(a.keys, b.keys, at_a - 1, at_b - 1)
        alone = (weight > 0) & (count[at_b] <= MAX_REPEATS)
        return _Seeds(at_a, at_b, weight).where(beside | alone)

    def _passage(self, a: Text, b: Text, found: _Stretch) -> Passage | None:
        length_a, length_b = found.a1 - found.a0, found.b1 - found.b0
        density = min(1.0, found.seeds / max(1, length_a, length_b))
        if min(length_a, length_b) < self._min_words or density < self._min_density or found.weight < self._min_weight:
            return None
        spans = _characters(a, found.a0, found.a1), _characters(b, found.b0, found.b1)
        whole = {found.a0, found.a1} <= set(a.sentences) and {found.b0, found.b1} <= set(b.sentences)
        return Passage(*spans, found.weight, density, found.run, whole)


def _agree(a: npt.NDArray[np.int32], b: npt.NDArray[np.int32], at_a: Ints, at_b: Ints) -> npt.NDArray[np.bool_]:
    inside = (at_a >= 0) & (at_b >= 0) & (at_a < len(a)) & (at_b < len(b))
    at_a, at_b = np.where(inside, at_a, 0), np.where(inside, at_b, 0)
    agree: npt.NDArray[np.bool_] = inside & (a[at_a] == b[at_b]) & (a[at_a] >= 0)
    return agree


def _supported(seeds: _Seeds) -> _Seeds:
    """Seeds with company along their diagonal, each place used once, in the order of b."""
    support = _support(seeds) + np.minimum(_run_lengths(seeds), MAX_RUN_BONUS)
    kept = _best(seeds.b, support)
    seeds, support = seeds.where(kept), support[kept]
    seeds = seeds.where(_best(seeds.a, support))
    seeds = seeds.where(_support(seeds) >= MIN_SUPPORT)
    return seeds.where(np.lexsort((seeds.a, seeds.b)))


def _best(places: Ints, support: Floats) -> Ints:
    """Numbers of the seeds with most support at each place, in order."""
    order = np.lexsort((-support, places))
    first = np.ones(len(order), dtype=bool)
    first[1:] = places[order][1:] != places[order][:-1]
    return np.sort(order[first])


def _run_lengths(seeds: _Seeds) -> Ints:
    """Length of the unbroken run of agreeing words that each seed stands in."""
    drift = seeds.a - seeds.b
    order = np.lexsort((seeds.b, drift))
    breaks = (np.diff(drift[order]) != 0) | (np.diff(seeds.b[order]) != 1)
    group = np.cumsum(np.r_[0, breaks])[: len(order)]
    lengths = np.empty(len(order), dtype=np.int64)
    lengths[order] = np.bincount(group)[group] if len(group) else 0
    return lengths


def _support(seeds: _Seeds) -> Floats:
    """How many seeds stand near each seed along and across its diagonal, itself included."""
    drift = seeds.a - seeds.b
    rows, columns = seeds.b // ALONG, (drift - drift.min(initial=0)) // ACROSS
    width = int(columns.max(initial=0)) + 3
    codes = (rows + 1) * width + columns + 1
    ordered = np.sort(codes)
    total = np.zeros(len(codes), dtype=np.int64)
    for step in (-width, 0, width):
        total += np.searchsorted(ordered, codes + (step + 1), "right") - np.searchsorted(ordered, codes + (step - 1))
    return total.astype(np.float64)


def _by_sentence(a: Text, b: Text, seeds: _Seeds) -> list[_Stretch]:
    """One stretch for every pair of sentences that share seeds worth having, in the order of b."""
    if not len(seeds):
        return []
    sentence_a, sentence_b = a.sentence_of[seeds.a], b.sentence_of[seeds.b]
    codes = sentence_b * (len(a.sentences) + 1) + sentence_a
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(codes[order]) != 0])
    out = []
    for chosen in np.split(order, starts[1:]):
        stretch = _stretch(a, b, seeds.where(chosen))
        if stretch is not None:
            out.append(stretch)
    return out


def _stretch(a: Text, b: Text, seeds: _Seeds) -> _Stretch | None:
    """The words that a pair of sentences shares, whole sentences where most of them agree."""
    if len(seeds) < 2:
        return None
    a0, a1, b0, b1 = int(seeds.a.min()), int(seeds.a.max()) + 1, int(seeds.b[0]), int(seeds.b[-1]) + 1
    if len(seeds) < 0.2 * min(a1 - a0, b1 - b0):
        return None
    start_a, end_a = _around(a.sentences, a0)
    start_b, end_b = _around(b.sentences, b0)
    if _mostly(a0, a1, start_a, end_a) and _mostly(b0, b1, start_b, end_b):
        a0, a1, b0, b1 = start_a, end_a, start_b, end_b
    agreeing, run = _agreement(a.words, b.words, seeds, (a0, a1, b0, b1))
    return _Stretch(a0, a1, b0, b1, float(seeds.weight.sum()), agreeing, run)


def _agreement(
    a: npt.NDArray[np.int32], b: npt.NDArray[np.int32], seeds: _Seeds, edges: tuple[int, int, int, int]
) -> tuple[int, int]:
    """Words that agree, those too common to seed included, and the longest unbroken run of them."""
    total, run, longest = 0, 0, 0
    at_a, at_b = edges[0] - 1, edges[2] - 1
    ends = zip([*seeds.a.tolist(), edges[1]], [*seeds.b.tolist(), edges[3]], strict=True)
    for step, (i, j) in enumerate(ends):
        gap = j - at_b - 1
        if gap != i - at_a - 1 or (gap and not np.array_equal(a[at_a + 1 : i], b[at_b + 1 : j])):
            run, gap = 0, 0
        last = step == len(seeds)
        run, total = run + gap + (not last), total + gap + (not last)
        longest = max(longest, run)
        at_a, at_b = i, j
    return total, longest


def _mostly(start: int, end: int, sentence_start: int, sentence_end: int) -> bool:
    near = start - sentence_start <= SNAP and sentence_end - end <= SNAP
    return near or end - start >= WHOLE * (sentence_end - sentence_start)


def _around(sentences: list[int], word: int) -> tuple[int, int]:
    at = max(0, bisect_right(sentences, word) - 1)
    return sentences[at], sentences[at + 1]


JOIN = 3
"""Words between two stretches, on both sides, at most, for the two to be one."""


def _joined(stretches: list[_Stretch]) -> list[_Stretch]:
    """Neighbours in both texts made one, in the order of b."""
    out: list[_Stretch] = []
    for found in sorted(stretches, key=lambda stretch: (stretch.b0, stretch.a0)):
        last = out[-1] if out else None
        if last and _continues(last, found):
            last.a0, last.a1, last.b1 = min(last.a0, found.a0), max(last.a1, found.a1), max(last.b1, found.b1)
            last.weight, last.seeds = last.weight + found.weight, last.seeds + found.seeds
            last.run = max(last.run, found.run)
        else:
            out.append(found)
    return out


def _continues(last: _Stretch, found: _Stretch) -> bool:
    gap_a, gap_b = found.a0 - last.a1, found.b0 - last.b1
    return gap_a <= JOIN and gap_b <= JOIN and found.a1 > last.a0 and found.a0 >= last.a0 - JOIN


_CLOSERS = frozenset(".,;:!?\"'”’)]>%")
_OPENERS = frozenset("\"'“‘([<$")


def _characters(text: Text, first: int, end: int) -> tuple[int, int]:
    """Code points from word `first` to word `end`, with the marks that open and close them."""
    start, stop = text.spans[first][0], text.spans[end - 1][1]
    characters = text.text
    while stop < len(characters) and characters[stop] in _CLOSERS:
        stop += 1
    while start > 0 and characters[start - 1] in _OPENERS:
        start -= 1
    return start, stop
