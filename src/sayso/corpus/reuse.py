"""Reuse: which pages share passages, and where. Rare shingles propose pairs, alignment decides."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.lang import load

from .alignment import Aligner, Passage, Text
from .boilerplate import boilerplate_masks
from .candidates import candidate_pairs, rare_shingles
from .document import Document
from .tokens import TokenTable

__all__ = ["Reuse", "find_reuse", "reuse_score"]

BACKGROUND = 2000
"""Documents of a case that is assumed beside the given one, so that rarity means something in a small case."""
BACKGROUND_FREQUENCY = 8
MIN_SCORE = 0.6
"""Log odds that a pair shares text; from this on it is kept."""
KEPT_TEXTS = 3000


@dataclass(frozen=True, slots=True)
class Reuse:
    """Two pages that share text; `a` and `b` in the order given to `find_reuse`, direction not implied."""

    a: str
    b: str
    passages: tuple[Passage, ...]
    score: float
    """Log odds that the text is shared and not alike by chance."""


def find_reuse(documents: Iterable[Document], *, min_score: float = MIN_SCORE, max_documents: int = 25) -> list[Reuse]:
    """Find every pair of documents that share a passage.

    Args:
        documents: pages of one case; ids should differ.
        min_score: least log odds of a pair that is kept.
        max_documents: text that more documents repeat counts as boilerplate, at least 2.
    Returns:
        Pairs ordered by first, then second document as given; spans are code points of `Document.text`.
    Source:
        Ours; seed-and-merge after Potthast et al. 2014.
    """
    rows = list(documents)
    table = TokenTable()
    table.add(document.text for document in rows)
    shingles = rare_shingles(table, range(len(rows)), common_words(table))
    pairs = candidate_pairs(shingles, max_documents=max_documents, min_shared=5)
    texts = _Texts(rows, table, boilerplate_masks(table, max_documents=max_documents))
    aligner = Aligner(word_rarity(table))
    out = []
    for first, second in zip(pairs.first.tolist(), pairs.second.tolist(), strict=True):
        passages = aligner.align(texts[first], texts[second])
        score = reuse_score(passages)
        if score >= min_score:
            out.append(Reuse(rows[first].id, rows[second].id, tuple(passages), score))
    return out


def reuse_score(passages: Sequence[Passage]) -> float:
    """Log odds that aligned passages are shared text and not alike by chance; -inf where there are none."""
    if not passages:
        return -math.inf
    best = max(passages, key=lambda passage: passage.weight * passage.density)
    total = sum(passage.weight * passage.density for passage in passages)
    run = max(passage.run for passage in passages)
    evidence = (math.log(best.weight), best.density, math.log(best.run), math.log(total), math.log(run))
    return sum(map(float.__mul__, PAIR_WEIGHTS, evidence)) + PAIR_BIAS


PAIR_WEIGHTS = (1.03, -0.26, 0.87, 2.93, 1.26)
PAIR_BIAS = -17.09
"""Logistic regression on half of the families of the development data (docs/method/reuse.md)."""


def common_words(table: TokenTable) -> frozenset[int]:
    """Numbers of words that never make two pages alike."""
    words = load("stopwords")["words"].split()
    return frozenset(table.vocabulary[word] for word in words if word in table.vocabulary)


def word_rarity(table: TokenTable) -> npt.NDArray[np.float64]:
    """Weight of every word in nats: rarity over the case and a background, 0 for words that never count."""
    frequency = table.document_frequency
    total = len(table) + BACKGROUND
    rarity: npt.NDArray[np.float64] = np.log(total / (frequency + BACKGROUND_FREQUENCY))
    rarity[frequency > 0.25 * total] = 0.0
    rarity[sorted(common_words(table))] = 0.0
    return rarity


class _Texts:
    """Documents made ready for alignment, the latest ones kept."""

    def __init__(
        self, documents: Sequence[Document], table: TokenTable, masks: Sequence[npt.NDArray[np.bool_]]
    ) -> None:
        self._documents, self._table, self._masks = documents, table, masks
        self._kept: OrderedDict[int, Text] = OrderedDict()

    def __getitem__(self, number: int) -> Text:
        text = self._kept.get(number)
        if text is None:
            text = Text(self._documents[number].text, self._table.words(number), self._masks[number])
            self._kept[number] = text
            if len(self._kept) > KEPT_TEXTS:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(number)
        return text


def reuse_rows(found: Iterable[Reuse]) -> Iterator[dict[str, object]]:
    """Rows of plain data: ids and passages as pairs of `[start, end]`."""
    for pair in found:
        passages = [[list(passage.a), list(passage.b)] for passage in pair.passages]
        yield {"a": pair.a, "b": pair.b, "passages": passages}
