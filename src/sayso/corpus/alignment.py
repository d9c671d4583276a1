"""Passages that two documents share: seeds on words, kept where neighbours agree, grown by sentence.

Seed and merge follows Potthast et al. 2014 (text alignment at PAN). Ours: a seed's support is counted
along its diagonal, so that moved, dropped and added words cost little; each word is used once; seeds
are then merged sentence by sentence, for people copy, cut and move sentences. A pair costs time in
proportion to its words: a word that stands more than `MAX_REPEATS` times in the other document seeds
nothing unless a neighbour agrees too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .seeds import Batch, Floats, Seeds, Side, Text, agreeing, supported
from .tokens import Ints

__all__ = ["Aligner", "Passage", "Text"]

BATCH_WORDS = 200_000
"""Words of the pairs that are aligned together, about."""
WHOLE = 0.45
"""A sentence belongs to the passage whole if its agreeing words span this share of it."""
SNAP = 6
"""... or if they begin and end no further than this many words from its edges."""
MIN_FILLED = 0.2
"""Least share of the shorter side's words that are seeds."""


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


@dataclass(slots=True)
class _Stretch:
    """Half-open ranges of words in both texts, with what agrees inside."""

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
        return next(self.align_all([(a, b)]))

    def align_all(self, pairs: Iterable[tuple[Text, Text]]) -> Iterator[list[Passage]]:
        """Shared passages of each pair, as `align` gives them; many pairs at a time cost much less."""
        batch: list[tuple[Text, Text]] = []
        words = 0
        for pair in pairs:
            batch.append(pair)
            words += len(pair[0].words) + len(pair[1].words)
            if words >= BATCH_WORDS:
                yield from self._align(batch)
                batch, words = [], 0
        if batch:
            yield from self._align(batch)

    def _align(self, pairs: Sequence[tuple[Text, Text]]) -> Iterator[list[Passage]]:
        batch = Batch(pairs)
        seeds = agreeing(batch, self._rarity)
        number, weight = batch.totals(seeds)
        enough = (number >= 3) & (weight >= self._min_weight)
        seeds = supported(batch, seeds.where(enough[batch.b.pairs[seeds.b]]))
        found = _by_sentence(batch, seeds)
        for at, (a, b) in enumerate(pairs):
            passages = [self._passage(a, b, stretch) for stretch in _joined(found.get(at, []))]
            yield [passage for passage in passages if passage is not None]

    def _passage(self, a: Text, b: Text, found: _Stretch) -> Passage | None:
        length_a, length_b = found.a1 - found.a0, found.b1 - found.b0
        density = min(1.0, found.seeds / max(1, length_a, length_b))
        if min(length_a, length_b) < self._min_words or density < self._min_density or found.weight < self._min_weight:
            return None
        spans = _characters(a, found.a0, found.a1), _characters(b, found.b0, found.b1)
        whole = _among(a.sentences, found.a0, found.a1) and _among(b.sentences, found.b0, found.b1)
        return Passage(*spans, found.weight, density, found.run, whole)


def _among(edges: Ints, first: int, end: int) -> bool:
    at = np.searchsorted(edges, (first, end))
    return bool(edges[at[0]] == first and edges[at[1]] == end)


def _by_sentence(batch: Batch, seeds: Seeds) -> dict[int, list[_Stretch]]:
    """For each pair of texts a stretch for every pair of sentences that share seeds worth having, in the order of b."""
    if not len(seeds):
        return {}
    sentence_a, sentence_b = batch.a.sentence_of(seeds.a), batch.b.sentence_of(seeds.b)
    order = np.lexsort((sentence_a, sentence_b))
    seeds, sentence_a, sentence_b = seeds.where(order), sentence_a[order], sentence_b[order]
    edges = np.r_[0, np.flatnonzero((np.diff(sentence_a) != 0) | (np.diff(sentence_b) != 0)) + 1, len(seeds)]
    starts, sizes = edges[:-1], np.diff(edges)
    a0, a1 = np.minimum.reduceat(seeds.a, starts), np.maximum.reduceat(seeds.a, starts) + 1
    b0, b1 = seeds.b[starts], seeds.b[edges[1:] - 1] + 1
    kept = (sizes >= 2) & (sizes >= MIN_FILLED * np.minimum(a1 - a0, b1 - b0))
    if not kept.any():
        return {}
    groups = _Groups(seeds.where(np.repeat(kept, sizes)), sizes[kept])
    ranges = _whole_sentences(
        (batch.a, sentence_a[starts][kept], a0[kept], a1[kept]), (batch.b, sentence_b[starts][kept], b0[kept], b1[kept])
    )
    return _stretches(batch, groups, ranges)


Ranges = tuple[Ints, Ints, Ints, Ints]
"""First word and end in a, first word and end in b."""


@dataclass(frozen=True, slots=True)
class _Groups:
    """Seeds of the pairs of sentences, one after the other, and how many each has."""

    seeds: Seeds
    sizes: Ints


def _whole_sentences(*sides: tuple[Side, Ints, Ints, Ints]) -> Ranges:
    """The words that pairs of sentences share, whole sentences where most of them agree on both sides."""
    starts = [side.sentences[sentence] for side, sentence, _, _ in sides]
    ends = [side.sentences[sentence + 1] for side, sentence, _, _ in sides]
    mostly = [_mostly(first, end, starts[n], ends[n]) for n, (_, _, first, end) in enumerate(sides)]
    whole = mostly[0] & mostly[1]
    edges = [(np.where(whole, starts[n], side[2]), np.where(whole, ends[n], side[3])) for n, side in enumerate(sides)]
    return *edges[0], *edges[1]


def _mostly(start: Ints, end: Ints, sentence_start: Ints, sentence_end: Ints) -> npt.NDArray[np.bool_]:
    near = (start - sentence_start <= SNAP) & (sentence_end - end <= SNAP)
    mostly: npt.NDArray[np.bool_] = near | (end - start >= WHOLE * (sentence_end - sentence_start))
    return mostly


def _stretches(batch: Batch, groups: _Groups, ranges: Ranges) -> dict[int, list[_Stretch]]:
    a0, a1, b0, b1 = ranges
    starts = np.cumsum(groups.sizes) - groups.sizes
    weights = np.add.reduceat(groups.seeds.weight, starts)
    agree, run = _agreement(batch, groups, ranges)
    pairs = batch.b.pairs[b0]
    from_a, from_b = batch.a.offsets[pairs], batch.b.offsets[pairs]
    columns = (a0 - from_a, a1 - from_a, b0 - from_b, b1 - from_b, weights, agree, run)
    out: dict[int, list[_Stretch]] = {}
    for pair, *values in zip(pairs.tolist(), *(column.tolist() for column in columns), strict=True):
        out.setdefault(pair, []).append(_Stretch(*values))
    return out


def _agreement(batch: Batch, groups: _Groups, ranges: Ranges) -> tuple[Ints, Ints]:
    """Words that agree, those too common to seed included, and the longest unbroken run of them, by group."""
    steps = groups.sizes + 1
    ends = np.cumsum(steps)
    # From the edge to the first seed, from seed to seed, and from the last one to the other edge.
    last = np.zeros(int(ends[-1]), dtype=bool)
    last[ends - 1] = True
    a = _steps(groups.seeds.a, last, ranges[0], ranges[1])
    b = _steps(groups.seeds.b, last, ranges[2], ranges[3])
    gap = b[1] - b[0] - 1
    even = gap == a[1] - a[0] - 1
    even &= ~_differ(batch, a[0] + 1, b[0] + 1, np.where(even, gap, 0))
    words = np.where(even, gap, 0) + ~last
    first = ends - steps
    begins = ~even
    begins[first] = True
    runs = np.flatnonzero(begins)
    lengths = np.add.reduceat(words, runs)
    return np.add.reduceat(words, first), np.maximum.reduceat(lengths, np.searchsorted(runs, first))


def _steps(places: Ints, last: npt.NDArray[np.bool_], start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Where each step comes from and goes to: from the place before the range, over the seeds, to its end."""
    to = np.empty(len(last), dtype=np.int64)
    to[~last], to[last] = places, end
    before = np.r_[0, to[:-1]]
    before[np.r_[True, last[:-1]]] = start - 1
    return before, to


def _differ(batch: Batch, at_a: Ints, at_b: Ints, size: Ints) -> npt.NDArray[np.bool_]:
    """Whether any word differs in so many from each two places on."""
    step = np.repeat(np.arange(len(size)), size)
    along = np.arange(len(step)) - np.repeat(np.cumsum(size) - size, size)
    unlike = batch.a.words[at_a[step] + along] != batch.b.words[at_b[step] + along]
    differ: npt.NDArray[np.bool_] = np.bincount(step[unlike], minlength=len(size)) > 0
    return differ


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
    start, stop = int(text.edges[0][first]), int(text.edges[1][end - 1])
    characters = text.text
    while stop < len(characters) and characters[stop] in _CLOSERS:
        stop += 1
    while start > 0 and characters[start - 1] in _OPENERS:
        start -= 1
    return start, stop
