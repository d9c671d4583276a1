"""Words of a page as numbers: how rare each is, what it is about, whether it is a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Lexicon", "PageWords", "lexicon", "read_words", "stem"]

MAX_WORDS: Final = 400
"""Words read of one block; what a block is about shows well before that."""
ZIPF: Final = 2.5
"""Information of a word of rank r is ln(r + 5) + 2.5 nats, near to what Zipf's law gives."""
MAX_CHARS: Final = 4_000
TOKEN: Final = re.compile(
    r"([.!?:;“”\"‘(•|–—\n-]\s{0,3})?(\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*)",
)
"""A word or number, and the mark before it, after which a capital letter tells nothing."""
NUMBER_RANK: Final = 20_000
"""Numbers count as words of this rank."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Words by falling frequency, each with a vector; text outside it is read as rare."""

    index: dict[str, int]
    vectors: Floats
    """Shape [words + 1, dimensions]; the last row, for words outside, is zero."""

    def number(self, word: str) -> int:
        """The word's rank from 0; the number of words for one outside."""
        found = self.index.get(word)
        if found is None and word.endswith("s"):
            found = self.index.get(stem(word))
        return len(self.index) if found is None else found

    def information(self, ranks: NDArray[np.int64]) -> Floats:
        """How much a word tells, in nats."""
        return np.asarray(np.log(ranks + 5.0) + ZIPF, dtype=np.float32)


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon, loaded once per process."""
    body = files(__package__).joinpath("weights", "foreign-words.npz").read_bytes()
    with np.load(BytesIO(body), allow_pickle=False) as held:
        words = held["words"].tobytes().decode().split("\n")
        vectors = held["vectors"].astype(np.float32) * held["scale"].astype(np.float32)
    padded = np.vstack([vectors, np.zeros((1, vectors.shape[1]), dtype=np.float32)])
    return Lexicon({word: number for number, word in enumerate(words)}, padded)


@lru_cache(maxsize=65_536)
def read_form(form: str) -> tuple[str, bool, bool, int]:
    """A written form's word, in lower case and less its ending; whether it has a capital, or all; its length."""
    return stem(form.lower()), form[0].isupper(), len(form) > 1 and form.isupper(), len(form)


def stem(word: str) -> str:
    """The word less a plural or possessive ending; one key for both forms, not a dictionary word."""
    for ending in ("'s", "’s"):
        word = word.removesuffix(ending)
    if len(word) > 3 and word.endswith("s") and word[-2] not in "suią":
        return word[:-1]
    return word


@dataclass(frozen=True, slots=True, eq=False)
class PageWords:
    """The words of all blocks of a page, one entry a token, in text order."""

    block: NDArray[np.int64]
    """Which block each token stands in."""
    form: NDArray[np.int64]
    """Which of the page's distinct written forms it is."""
    opening: NDArray[np.bool_]
    """Whether it opens a block or follows a mark, so that a capital tells nothing."""
    key: NDArray[np.int64]
    """For each written form, which of the page's distinct words it is."""
    capital: NDArray[np.bool_]
    """For each written form."""
    shouted: NDArray[np.bool_]
    """For each written form, whether it is all capitals."""
    length: NDArray[np.int64]
    """For each written form, in code points."""
    words: tuple[str, ...]
    """The distinct words, in lower case and less their endings."""
    rank: NDArray[np.int64]
    """For each distinct word, its rank in the lexicon."""

    @property
    def token_key(self) -> NDArray[np.int64]:
        """The distinct word of each token."""
        return self.key[self.form]


def read_words(texts: Sequence[str], words: Lexicon) -> PageWords:
    """Tokens of the blocks' first words."""
    tokens: list[str] = []
    marks: list[str] = []
    starts: list[int] = []
    counts: list[int] = []
    for text in texts:
        found = TOKEN.findall(text[:MAX_CHARS])[:MAX_WORDS]
        if found:
            starts.append(len(tokens))
            before, words_here = zip(*found, strict=True)
            marks += before
            tokens += words_here
        counts.append(len(found))
    forms = {form: number for number, form in enumerate(dict.fromkeys(tokens))}
    opening = np.fromiter(map(bool, marks), dtype=np.bool_, count=len(marks))
    opening[starts] = True
    read = list(map(read_form, forms))
    keys = {word: number for number, word in enumerate(dict.fromkeys([form[0] for form in read]))}
    key = [keys[form[0]] for form in read]
    known = words.index
    rank = [NUMBER_RANK if word[0].isdigit() else known[word] if word in known else words.number(word) for word in keys]
    return PageWords(
        block=np.repeat(np.arange(len(counts)), counts),
        form=np.fromiter(map(forms.__getitem__, tokens), dtype=np.int64, count=len(tokens)),
        opening=opening,
        key=np.array(key, dtype=np.int64),
        capital=np.array([capital for _, capital, _, _ in read], dtype=np.bool_),
        shouted=np.array([shouted for _, _, shouted, _ in read], dtype=np.bool_),
        length=np.array([length for _, _, _, length in read], dtype=np.int64),
        words=tuple(keys),
        rank=np.array(rank, dtype=np.int64),
    )
