"""Which pairs of documents are worth aligning: a rare-shingle index with capped document frequency.

A shingle here is an unordered pair of words that stand near each other once the commonest words are
left out, so that a swapped, dropped or added word breaks few of them; some runs of words count beside, for
a sentence of common words has no rare pair. A pair of words counts only if
chance alone would hardly bring the two together (`MAX_CHANCE`), and only if few documents hold it
(`max_documents`): stock phrases and boilerplate fall out by themselves. Cost grows with the number of
words; no step compares documents all against all.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from .counted import Counted
from .parts import Mapped, in_turn
from .tokens import Ints, TokenTable

__all__ = ["CandidatePairs", "Shingles", "candidate_pairs", "joined", "rare_shingles"]

REACH = 3
"""How far apart, in words that count, the two words of a shingle may stand."""
MAX_CHANCE = 0.5
"""Documents expected to hold both words near each other by chance; above it a shingle says nothing."""
COMMON_SHARE = 0.1
"""A word in more than this share of the documents doesn't count."""
BACKGROUND = 300
"""Documents assumed beside the given ones, so that a small case finds shingles too."""
RUN, RUNS_SKIPPED = 8, 4
"""So many words in a row are a shingle too, however common; one of so many such runs is taken."""
PART_BITS = 4
PARTS = 1 << PART_BITS
SHIFT = 32
"""A pair of documents as one number: the first stands above so many bits."""
FIRST_DOCUMENTS = 8000
CHUNK = 5000
"""Documents whose shingles are made at a time."""
TYPICAL_LENGTH = 120
"""Words that count in a typical page: turns document frequency into chance of standing near."""


@dataclass(frozen=True, slots=True)
class Shingles:
    """Distinct shingles of documents: hash and document number, aligned arrays."""

    hashes: npt.NDArray[np.uint64]
    documents: npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class CandidatePairs:
    """Pairs of document numbers, first below second, with the weight of the rare shingles they share."""

    first: Ints
    second: Ints
    shared: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.first)


def _mix(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Spread bits (the finalizer of splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: npt.NDArray[np.uint64] = values ^ (values >> np.uint64(31))
    return mixed


def rare_shingles(
    table: TokenTable,
    documents: Sequence[int] | range,
    common: frozenset[int],
    counted: Counted,
    *,
    run: Mapped = in_turn,
) -> Iterator[Shingles]:
    """Distinct rare shingles of the documents, ordered by hash, then document, a part of all hashes at a time.

    Args:
        table: words of the documents.
        documents: numbers of the documents to read, rising.
        common: numbers of words that never count, such as articles and pronouns.
        counted: document frequencies, which decide what is rare.
        run: where the shingles of some documents at a time are made.
    """
    frequency, total = counted.frequency_of(len(table.vocabulary)), counted.documents + BACKGROUND
    counts = frequency <= COMMON_SHARE * total
    counts[sorted(common)] = False
    chunks = (table.flat(documents[first : first + CHUNK]) for first in range(0, len(documents), CHUNK))
    made = list(run(partial(_shingles, counts=counts, frequency=frequency, total=total), chunks))
    edges = [_part_edges(chunk.hashes) for chunk in made]
    for part in range(PARTS):
        bounds = [(held[part], held[part + 1]) for held in edges]
        yield joined(
            Shingles(chunk.hashes[a:b], chunk.documents[a:b]) for chunk, (a, b) in zip(made, bounds, strict=True)
        )


def joined(parts: Iterable[Shingles]) -> Shingles:
    """Shingles in one, ordered by hash, then document; the documents of a part come after those before it."""
    parts = list(parts)
    hashes = np.concatenate([np.empty(0, np.uint64), *(part.hashes for part in parts)])
    documents = np.concatenate([np.empty(0, np.int32), *(part.documents for part in parts)])
    order = np.argsort(hashes, kind="stable")
    return Shingles(hashes[order], documents[order])


def _part_edges(hashes: npt.NDArray[np.uint64]) -> list[int]:
    inner = np.arange(1, PARTS, dtype=np.uint64) << np.uint64(64 - PART_BITS)
    return [0, *np.searchsorted(hashes, inner).tolist(), len(hashes)]


def _shingles(
    flat: tuple[npt.NDArray[np.int32], Ints], *, counts: npt.NDArray[np.bool_], frequency: Ints, total: int
) -> Shingles:
    """Rare shingles of some documents."""
    chance = REACH / TYPICAL_LENGTH / total
    words, numbers = flat
    runs = _runs(words, numbers.astype(np.int32))
    kept = counts[words]
    words, numbers = words[kept].astype(np.int64), numbers[kept].astype(np.int32)
    hashes, holders = [runs[0]], [runs[1]]
    for step in range(1, REACH + 1):
        left, right, holder = words[:-step], words[step:], numbers[:-step]
        rare = (holder == numbers[step:]) & (left != right)
        rare &= frequency[left] * frequency[right] * chance <= MAX_CHANCE
        left, right, holder = left[rare], right[rare], holder[rare]
        low, high = np.minimum(left, right).astype(np.uint64), np.maximum(left, right).astype(np.uint64)
        hashes.append(_mix(low * np.uint64(0x9E3779B97F4A7C15) + high))
        holders.append(holder)
    return _distinct(np.concatenate(hashes), np.concatenate(holders))


def _runs(
    words: npt.NDArray[np.int32], numbers: npt.NDArray[np.int32]
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int32]]:
    """Hashes of some runs of words, the common ones too: a sentence of common words has no rare pair."""
    size = max(0, len(words) - RUN + 1)
    hashes = np.full(size, RUN, dtype=np.uint64)
    for step in range(RUN):
        hashes = hashes * np.uint64(0xD1342543DE82EF95) + words[step : size + step].astype(np.uint64) + np.uint64(1)
    hashes = _mix(hashes)
    # Which runs are taken depends on their words alone, so that both pages take the same.
    taken = (hashes % np.uint64(RUNS_SKIPPED) == 0) & (numbers[:size] == numbers[RUN - 1 :][:size])
    return hashes[taken], numbers[:size][taken]


def _distinct(hashes: npt.NDArray[np.uint64], documents: npt.NDArray[np.int32]) -> Shingles:
    """Each shingle once per document, ordered by hash, then document."""
    order = np.lexsort((documents, hashes))
    hashes, documents = hashes[order], documents[order]
    new = np.ones(len(hashes), dtype=bool)
    new[1:] = (hashes[1:] != hashes[:-1]) | (documents[1:] != documents[:-1])
    return Shingles(hashes[new], documents[new])


def candidate_pairs(
    shingles: Shingles | Iterable[Shingles], *, counted: int, max_documents: int = 25, min_shared: float = 3.0
) -> CandidatePairs:
    """Pairs of documents that share rare shingles, ordered by first, then second.

    Args:
        shingles: of all documents, ordered as `rare_shingles` gives them, in one or in parts.
        counted: number of documents that were counted over, the first ones.
        max_documents: a shingle that more of them hold is left out; of later ones, it pairs
            those that come within this number, so that a page which arrives takes back no pair.
        min_shared: least number of shared shingles of a pair that is kept.
    """
    held = _split(shingles) if isinstance(shingles, Shingles) else shingles
    parts = [_counted_pairs(part.hashes, part.documents, counted, max_documents) for part in held]
    found = [_together(some, min_shared) for some in _by_first(parts)]
    pairs = np.concatenate([np.empty(0, np.int64), *(codes for codes, _ in found)])
    count = np.concatenate([np.empty(0), *(counts for _, counts in found)])
    return CandidatePairs(pairs >> SHIFT, pairs & ((1 << SHIFT) - 1), count)


def _split(shingles: Shingles) -> Iterator[Shingles]:
    for a, b in itertools.pairwise(_part_edges(shingles.hashes)):
        yield Shingles(shingles.hashes[a:b], shingles.documents[a:b])


Counts = tuple[Ints, npt.NDArray[np.int32]]
"""Pairs of documents as one number, in order, and how many shingles they share."""


def _by_first(parts: Sequence[Counts]) -> Iterator[list[Counts]]:
    """The same pairs, so many first documents at a time: most pairs share one shingle, and there are many of them."""
    last = max((int(codes[-1]) for codes, _ in parts if len(codes)), default=-1) >> SHIFT
    steps = np.arange(0, last + 1 + FIRST_DOCUMENTS, FIRST_DOCUMENTS, dtype=np.int64) << SHIFT
    edges = [np.searchsorted(codes, steps).tolist() for codes, _ in parts]
    for step in range(len(steps) - 1):
        yield [
            (codes[held[step] : held[step + 1]], counts[held[step] : held[step + 1]])
            for (codes, counts), held in zip(parts, edges, strict=True)
        ]


def _together(parts: Sequence[Counts], min_shared: float) -> tuple[Ints, npt.NDArray[np.float64]]:
    pairs, place = np.unique(np.concatenate([codes for codes, _ in parts]), return_inverse=True)
    count = np.bincount(place, np.concatenate([counts for _, counts in parts]), minlength=len(pairs))
    kept = count >= min_shared
    return pairs[kept], count[kept].astype(np.float64)


def _counted_pairs(
    hashes: npt.NDArray[np.uint64], documents: npt.NDArray[np.int32], counted: int, max_documents: int
) -> Counts:
    """Pairs of documents that share some of these shingles."""
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]]) if len(hashes) else np.empty(0, np.int64)
    sizes = _pairing(np.diff(np.r_[starts, len(hashes)]), starts, documents < counted, max_documents)
    codes: list[Ints] = [np.empty(0, np.int64)]
    for size in range(2, max_documents + 1):
        group = documents[starts[sizes == size][:, None] + np.arange(size)].astype(np.int64)
        rows, columns = np.triu_indices(size, 1)
        codes.append((group[:, rows] << SHIFT | group[:, columns]).ravel())
    pairs, counts = np.unique(np.concatenate(codes), return_counts=True)
    return pairs, counts.astype(np.int32)


def _pairing(sizes: Ints, starts: Ints, first: npt.NDArray[np.bool_], max_documents: int) -> Ints:
    """How many of each shingle's holders are paired, 0 where too many of the counted documents hold it."""
    if not len(starts):
        return sizes
    among_counted = np.add.reduceat(first.astype(np.int64), starts)
    return np.where(among_counted > max_documents, 0, np.minimum(sizes, max_documents))
