"""Words that many pairs of texts share, found for all pairs at once: what passages are grown from.

Each pair's two texts are laid end to end in one array a side, so that a step costs one call for hundreds of pairs;
a place between two texts that agrees with nothing keeps them apart. No result hangs on the other pairs of a batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from .tokens import Ints, sentence_starts, word_edges

__all__ = ["Batch", "Floats", "Seeds", "Side", "Text", "agreeing", "supported"]

MAX_REPEATS = 4
MAX_SEEDS_PER_WORD = 40
"""However its neighbours look, a word is tried at no more places of the other document."""
ACROSS, ALONG = 4, 8
"""A seed is supported by seeds within about so many words across and along its diagonal."""
MIN_SUPPORT = 2.5
MAX_RUN_BONUS = 12
"""Words of an unbroken run that count, at most, beside the seeds around."""

Floats = npt.NDArray[np.float64]
Words = npt.NDArray[np.int32]


class Text:
    """One document made ready for alignment; keep it while the document is in many pairs."""

    def __init__(self, text: str, words: Words, masked: npt.NDArray[np.bool_] | None = None) -> None:
        self.text = text
        self.words = words
        self.keys: Words = words if masked is None else np.where(masked, np.int32(-1), words)
        """Words to compare; -1 where boilerplate hides the word."""

    @cached_property
    def edges(self) -> tuple[Ints, Ints]:
        """Where each word starts and ends, in code points."""
        return word_edges(self.text)

    @cached_property
    def sentences(self) -> Ints:
        """Number of the first word of every sentence, then the number of words."""
        starts = self.edges[0]
        firsts = np.searchsorted(starts, sentence_starts(self.text))
        return np.unique(np.append(firsts, len(starts)))

    @cached_property
    def sentence_of(self) -> Ints:
        """Number of the sentence of each word."""
        return np.repeat(np.arange(len(self.sentences) - 1), np.diff(self.sentences))

    @cached_property
    def order(self) -> Ints:
        """Places of the words sorted by word."""
        return np.argsort(self.keys, kind="stable")

    @cached_property
    def ordered(self) -> Words:
        """The words in that order."""
        return self.keys[self.order]


class Side:
    """One text of each pair, end to end; behind each text a place that agrees with nothing."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self.texts = texts
        sizes = np.array([len(text.words) + 1 for text in texts], dtype=np.int64)
        self.offsets = np.cumsum(sizes) - sizes
        """Where each text begins."""
        self.pairs = np.repeat(np.arange(len(texts)), sizes)
        """The pair of each place."""

    @cached_property
    def keys(self) -> Words:
        """Words to compare, -1 at places that agree with nothing."""
        return _laid_out([text.keys for text in self.texts], -1)

    @cached_property
    def words(self) -> Words:
        """All words, boilerplate too."""
        return _laid_out([text.words for text in self.texts], -1)

    @cached_property
    def _sentence_numbers(self) -> Ints:
        sizes = np.array([len(text.sentences) for text in self.texts], dtype=np.int64)
        return np.cumsum(sizes) - sizes

    @cached_property
    def sentences(self) -> Ints:
        """First word of each sentence of all texts, and after those of a text its end."""
        sizes = [len(text.sentences) for text in self.texts]
        return np.concatenate([text.sentences for text in self.texts]) + np.repeat(self.offsets, sizes)

    def sentence_of(self, places: Ints) -> Ints:
        """Numbers of the sentences that the places stand in."""
        laid = _laid_out([text.sentence_of for text in self.texts], 0)
        return laid[places] + self._sentence_numbers[self.pairs[places]]


def _laid_out(parts: Sequence[npt.NDArray[np.signedinteger]], between: int) -> npt.NDArray[np.signedinteger]:
    gap = np.array([between], dtype=parts[0].dtype)
    return np.concatenate([piece for part in parts for piece in (part, gap)])


@dataclass(frozen=True, slots=True)
class Seeds:
    """Words that agree: place in a, place in b, rarity; those of one pair after those of another."""

    a: Ints
    b: Ints
    weight: Floats

    def __len__(self) -> int:
        return len(self.a)

    def where(self, kept: npt.NDArray[np.bool_] | Ints) -> Seeds:
        """Those chosen."""
        return Seeds(self.a[kept], self.b[kept], self.weight[kept])


class Batch:
    """Pairs of texts that are aligned together."""

    def __init__(self, pairs: Sequence[tuple[Text, Text]]) -> None:
        self.a, self.b = Side([a for a, _ in pairs]), Side([b for _, b in pairs])

    def totals(self, seeds: Seeds) -> tuple[Ints, Floats]:
        """Number of seeds and weight of all, by pair."""
        pairs, size = self.b.pairs[seeds.b], len(self.b.texts)
        weights: Floats = np.bincount(pairs, seeds.weight, minlength=size).astype(np.float64)
        return np.bincount(pairs, minlength=size).astype(np.int64), weights


def agreeing(batch: Batch, rarity: Floats) -> Seeds:
    """Every two places of a pair whose words agree, less those too common to say anything alone."""
    a, b = batch.a, batch.b
    span = len(rarity) + 1
    held = np.concatenate([text.ordered for text in a.texts]).astype(np.int64) + 1
    held += np.repeat(np.arange(len(a.texts)) * span, [len(text.words) for text in a.texts])
    order = np.concatenate([text.order + offset for text, offset in zip(a.texts, a.offsets.tolist(), strict=True)])
    wanted = np.flatnonzero(b.keys >= 0)
    first, count = _runs_of(held, b.keys[wanted] + 1 + b.pairs[wanted] * span)
    count[count > MAX_SEEDS_PER_WORD] = 0
    at_b, repeats = np.repeat(wanted, count), np.repeat(count, count)
    at_a = order[np.repeat(first - np.cumsum(count) + count, count) + np.arange(len(at_b))]
    weight = rarity[b.keys[at_b]]
    kept = (weight > 0) & (repeats <= MAX_REPEATS)
    kept |= _agree(batch, at_a + 1, at_b + 1) | _agree(batch, at_a - 1, at_b - 1)
    return Seeds(at_a, at_b, weight).where(kept)


def _runs_of(held: Ints, wanted: Ints) -> tuple[Ints, Ints]:
    """Where the run of each wanted value begins among sorted ones, and how long it is."""
    if not len(held):
        return np.zeros_like(wanted), np.zeros_like(wanted)
    starts = np.flatnonzero(np.r_[True, held[1:] != held[:-1]])
    sizes = np.diff(np.r_[starts, len(held)])
    distinct = held[starts]
    place = np.minimum(np.searchsorted(distinct, wanted), len(distinct) - 1)
    return starts[place], np.where(distinct[place] == wanted, sizes[place], 0)


def _agree(batch: Batch, at_a: Ints, at_b: Ints) -> npt.NDArray[np.bool_]:
    # Before the first place stands the last one, which agrees with nothing.
    key = batch.a.keys[at_a]
    agree: npt.NDArray[np.bool_] = (key >= 0) & (key == batch.b.keys[at_b])
    return agree


def supported(batch: Batch, seeds: Seeds) -> Seeds:
    """Seeds with company along their diagonal, each place used once, in the order of b."""
    support = _support(batch, seeds) + np.minimum(_run_lengths(seeds), MAX_RUN_BONUS)
    kept = _best(seeds.b, support)
    seeds, support = seeds.where(kept), support[kept]
    seeds = seeds.where(_best(seeds.a, support))
    seeds = seeds.where(_support(batch, seeds) >= MIN_SUPPORT)
    return seeds.where(np.lexsort((seeds.a, seeds.b)))


def _best(places: Ints, support: Floats) -> Ints:
    """Numbers of the seeds with most support at each place, in order."""
    order = np.lexsort((-support, places))
    ordered = places[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return np.sort(order[first])


def _run_lengths(seeds: Seeds) -> Ints:
    """Length of the unbroken run of agreeing words that each seed stands in."""
    drift = seeds.a - seeds.b
    order = np.lexsort((seeds.b, drift))
    breaks = (np.diff(drift[order]) != 0) | (np.diff(seeds.b[order]) != 1)
    group = np.cumsum(np.r_[0, breaks])[: len(order)]
    lengths = np.empty(len(order), dtype=np.int64)
    lengths[order] = np.bincount(group)[group] if len(group) else 0
    return lengths


def _support(batch: Batch, seeds: Seeds) -> Floats:
    """How many seeds stand near each seed along and across its diagonal, itself included."""
    pairs = batch.b.pairs[seeds.b]
    at_b = seeds.b - batch.b.offsets[pairs]
    drift = seeds.a - batch.a.offsets[pairs] - at_b
    least = np.full(len(batch.b.texts), np.iinfo(np.int64).max)
    np.minimum.at(least, pairs, drift)
    rows, columns = at_b // ALONG, (drift - np.minimum(least, 0)[pairs]) // ACROSS
    height, width = int(rows.max(initial=0)) + 3, int(columns.max(initial=0)) + 3
    cells, place, counts = np.unique(
        (pairs * height + rows + 1) * width + columns + 1, return_inverse=True, return_counts=True
    )
    running = np.concatenate(([0], np.cumsum(counts)))
    total = np.zeros(len(cells), dtype=np.int64)
    for step in (-width, 0, width):
        total += running[np.searchsorted(cells, cells + (step + 1), "right")]
        total -= running[np.searchsorted(cells, cells + (step - 1))]
    return total[place].astype(np.float64)
