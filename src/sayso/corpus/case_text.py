"""The texts of one case made ready once, for every method that reads them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sayso.lang import load

from .boilerplate import boilerplate_masks
from .counted import Counted, count, counted_pages
from .document import Document
from .seeds import Text
from .tokens import Ints, TokenTable, word_edges

__all__ = ["MAX_DOCUMENTS", "CaseText"]

BACKGROUND = 2000
"""Documents assumed beside the given ones, so that rarity means something in a small case."""
BACKGROUND_FREQUENCY = 8
KEPT_TEXTS = 3000
MAX_DOCUMENTS = 25


class CaseText:
    """Documents of one case as words, with what is rare and what is boilerplate among them.

    Args:
        documents: pages of one case in order of arrival; results keep it.
        max_documents: text that more documents repeat counts as boilerplate, at least 2.
        counted: what counts as rare and as boilerplate; None: count over the first of the documents.
        vocabulary: numbers of words that `counted` goes by; words not in it get the next numbers.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        *,
        max_documents: int = MAX_DOCUMENTS,
        counted: Counted | None = None,
        vocabulary: dict[str, int] | None = None,
    ) -> None:
        self.documents: Sequence[Document] = list(documents)
        self.max_documents = max_documents
        self.table = TokenTable(vocabulary if vocabulary is not None else {})
        texts = [document.text for document in self.documents]
        first = counted_pages(len(texts)) if counted is None else 0
        self.table.add(texts[:first])
        self.counted = counted or count(self.table, max_documents=max_documents)
        self.table.add(texts[first:])
        self._texts: OrderedDict[int, Text] = OrderedDict()
        self._starts: OrderedDict[int, npt.NDArray[np.int64]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.documents)

    @cached_property
    def number(self) -> dict[str, int]:
        """Number of each document by its id; the first where an id comes twice."""
        numbers: dict[str, int] = {}
        for at, document in enumerate(self.documents):
            numbers.setdefault(document.id, at)
        return numbers

    @cached_property
    def common(self) -> frozenset[int]:
        """Numbers of words that never make two pages alike."""
        words = load("stopwords")["words"].split()
        return frozenset(self.table.vocabulary[word] for word in words if word in self.table.vocabulary)

    @cached_property
    def frequency(self) -> Ints:
        """Document frequency of every word, as counted."""
        return self.counted.frequency_of(len(self.table.vocabulary))

    @cached_property
    def rarity(self) -> npt.NDArray[np.float64]:
        """Weight of every word in nats: rarity over the case and a background, 0 for words that never count."""
        total = self.counted.documents + BACKGROUND
        rarity: npt.NDArray[np.float64] = np.log(total / (self.frequency + BACKGROUND_FREQUENCY))
        rarity[self.frequency > 0.25 * total] = 0.0
        rarity[sorted(self.common)] = 0.0
        return rarity

    @cached_property
    def masks(self) -> list[npt.NDArray[np.bool_]]:
        """Which words of each document belong to text that too many documents share."""
        return boilerplate_masks(self.table, range(len(self)), self.counted.windows)

    def starts(self, number: int) -> npt.NDArray[np.int64]:
        """Where each word of a document starts; the latest ones are kept."""
        held = self._starts.get(number)
        if held is None:
            text = self._texts.get(number)
            edges = text.edges if text else word_edges(self.documents[number].text)
            held = self._starts[number] = edges[0]
            if len(self._starts) > KEPT_TEXTS:
                self._starts.popitem(last=False)
        return held

    def text(self, number: int) -> Text:
        """One document made ready for alignment; the latest ones are kept."""
        text = self._texts.get(number)
        if text is None:
            text = Text(self.documents[number].text, self.table.words(number), self.masks[number])
            self._texts[number] = text
            if len(self._texts) > KEPT_TEXTS:
                self._texts.popitem(last=False)
        else:
            self._texts.move_to_end(number)
        return text
