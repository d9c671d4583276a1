"""Words of many documents in flat arrays: the form that every join over a case works on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

__all__ = ["Ints", "TokenTable", "sentence_starts", "word_spans"]

Ints = npt.NDArray[np.int64]

_WORD = re.compile(r"\w{1,40}")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]{0,3}(?=\s+[\"'“‘(\[<]?[A-Z0-9])|\n")


def word_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of every word, in code points."""
    return [match.span() for match in _WORD.finditer(text)]


def sentence_starts(text: str) -> list[int]:
    """Where sentences may start, the text's start first; line breaks end sentences.

    Quick and slightly too eager: it serves to place edges, not to read.
    """
    return [0, *(match.end() for match in _SENTENCE_END.finditer(text))]


@dataclass(slots=True)
class TokenTable:
    """Documents as runs of word numbers, grown by `add`; words are compared in lower case."""

    vocabulary: dict[str, int] = field(default_factory=dict)
    _chunks: list[npt.NDArray[np.int32]] = field(default_factory=list)
    _frequency: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self._chunks)

    def add(self, texts: Iterable[str]) -> None:
        """Append documents; their numbers go on from `len(self)`."""
        number = self.vocabulary
        frequency = self._frequency
        for text in texts:
            words = [word.lower() for word in _WORD.findall(text)]
            ids = [number.setdefault(word, len(number)) for word in words]
            frequency.extend([0] * (len(number) - len(frequency)))
            for word in set(ids):
                frequency[word] += 1
            self._chunks.append(np.array(ids, dtype=np.int32))

    def words(self, document: int) -> npt.NDArray[np.int32]:
        """Word numbers of one document, in text order."""
        return self._chunks[document]

    @property
    def document_frequency(self) -> Ints:
        """In how many documents each word stands."""
        return np.array(self._frequency, dtype=np.int64)

    def flat(self, documents: Sequence[int] | range) -> tuple[npt.NDArray[np.int32], Ints]:
        """All words of the documents after each other, and the number of the document of each."""
        if not len(documents):
            return np.empty(0, np.int32), np.empty(0, np.int64)
        chunks = [self._chunks[document] for document in documents]
        lengths = np.fromiter((len(chunk) for chunk in chunks), dtype=np.int64, count=len(chunks))
        return np.concatenate(chunks), np.repeat(np.array(documents, dtype=np.int64), lengths)
