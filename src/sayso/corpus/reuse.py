"""Reuse: which pages share passages, and where. Rare shingles propose pairs, alignment decides."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from .alignment import Aligner, Passage, Text
from .candidates import CandidatePairs, Shingles, candidate_pairs, rare_shingles
from .case_text import CaseText
from .closure import composed_pairs
from .document import Document
from .parts import Mapped, in_turn

__all__ = [
    "Aligned",
    "Reuse",
    "aligned_pairs",
    "completed",
    "find_reuse",
    "proposed_pairs",
    "reuse_rows",
    "reuse_score",
    "shingles_of",
]

MIN_SCORE = 0.0
"""Log odds that a pair shares text; from this on it is kept."""
FIRM_SCORE = 2.0
"""Log odds from which on a pair speaks for others: pages that share the same stretch of a third."""
MIN_SHINGLES = 5
CERTAIN_RUN = 15
"""So many words in a row are never alike by chance."""
PAIR_WEIGHTS = (3.4, 4.24, 1.01, -0.26, 0.76, 1.31)
PAIR_BIAS = -23.63
"""Logistic regression on half of the families of the development data (docs/method/reuse.md)."""


PART = 256
"""Pairs that are aligned as one piece of work."""

Aligned = dict[tuple[int, int], tuple[tuple[Passage, ...], float]]
"""Passages and score of pairs of document numbers, first below second."""


@dataclass(frozen=True, slots=True)
class Reuse:
    """Two pages that share text; `a` and `b` in the order given to `find_reuse`, direction not implied."""

    a: str
    b: str
    passages: tuple[Passage, ...]
    score: float
    """Log odds that the text is shared and not alike by chance."""


def find_reuse(documents: Iterable[Document] | CaseText, *, min_score: float = MIN_SCORE) -> list[Reuse]:
    """Find every pair of documents that share a passage.

    Args:
        documents: pages of one case, or their texts made ready; ids should differ.
        min_score: least log odds of a pair that is kept.

    Returns:
        Pairs ordered by first, then second document as given; spans are code points of `Document.text`.

    Source:
        Ours; seed-and-merge after Potthast et al. 2014.
    """
    case = documents if isinstance(documents, CaseText) else CaseText(documents)
    return completed(case, aligned_pairs(case, proposed_pairs(case, shingles_of(case)), min_score=min_score))


def shingles_of(case: CaseText, *, run: Mapped = in_turn) -> Iterator[Shingles]:
    """The rare shingles of all documents, a part of them at a time."""
    return rare_shingles(case.table, range(len(case)), case.common, case.counted, run=run)


def proposed_pairs(case: CaseText, shingles: Shingles | Iterable[Shingles]) -> CandidatePairs:
    """Pairs worth aligning, by numbers that the shingles go by."""
    return candidate_pairs(
        shingles, counted=case.counted.documents, max_documents=case.max_documents, min_shared=MIN_SHINGLES
    )


def aligned_pairs(
    case: CaseText, pairs: CandidatePairs, *, min_score: float = MIN_SCORE, run: Mapped = in_turn
) -> Aligned:
    """Those of the proposed pairs that share text, by document numbers of the case."""
    found: Aligned = {}
    for rows in run(partial(_aligned_part, Aligner(case.rarity), min_score), _pair_parts(case, pairs)):
        found.update(rows)
    return found


PairPart = tuple[dict[int, Text], list[tuple[int, int]]]
"""Some pairs, and the texts that stand in them."""


def _pair_parts(case: CaseText, pairs: CandidatePairs) -> Iterator[PairPart]:
    numbers = list(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True))
    for first in range(0, len(numbers), PART):
        part = numbers[first : first + PART]
        yield {number: case.text(number) for pair in part for number in pair}, part


def _aligned_part(aligner: Aligner, min_score: float, part: PairPart) -> Aligned:
    texts, pairs = part
    found: Aligned = {}
    aligned = aligner.align_all((texts[first], texts[second]) for first, second in pairs)
    for pair, passages in zip(pairs, aligned, strict=True):
        score = reuse_score(passages)
        if score >= min_score:
            found[pair] = tuple(passages), score
    return found


def completed(case: CaseText, aligned: Aligned) -> list[Reuse]:
    """Pairs as found and those that follow from them, in order of first, then second document."""
    firm = {pair: passages for pair, (passages, score) in aligned.items() if score >= FIRM_SCORE}
    found = dict(aligned)
    for pair, passages in composed_pairs(firm, [document.text for document in case.documents]).items():
        found.setdefault(pair, (tuple(passages), FIRM_SCORE))
    ids = [document.id for document in case.documents]
    return [Reuse(ids[a], ids[b], *found[a, b]) for a, b in sorted(found)]


def reuse_score(passages: Sequence[Passage]) -> float:
    """Log odds that aligned passages are shared text and not alike by chance; -inf where there are none."""
    if not passages:
        return -math.inf
    score = sum(map(float.__mul__, PAIR_WEIGHTS, pair_evidence(passages))) + PAIR_BIAS
    certain = any(passage.run >= CERTAIN_RUN for passage in passages)
    return max(score, FIRM_SCORE) if certain else score


def pair_evidence(passages: Sequence[Passage]) -> tuple[float, ...]:
    """What `reuse_score` weighs, each as a logarithm but the density.

    Weight, density and run of the best passage, weight of all, longest run, weight of those that are whole sentences.
    """
    best = max(passages, key=_agreement)
    total = sum(map(_agreement, passages))
    run = max(passage.run for passage in passages)
    whole = sum(_agreement(passage) for passage in passages if passage.whole)
    logs = (best.weight, best.run, total, run, 1 + whole)
    return (best.density, *map(math.log, logs))


def _agreement(passage: Passage) -> float:
    return passage.weight * passage.density


def reuse_rows(found: Iterable[Reuse]) -> Iterator[dict[str, object]]:
    """Rows of plain data: ids and passages as pairs of `[start, end]`."""
    for pair in found:
        passages = [[list(passage.a), list(passage.b)] for passage in pair.passages]
        yield {"a": pair.a, "b": pair.b, "passages": passages}
