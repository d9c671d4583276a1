"""What the words of a block say of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from .classes import FLAGS, flags_of
from .listing import words
from .phrases import phrases
from .segment import PageBlock

__all__ = ["PHRASE_KINDS", "TEXT", "TEXT_NAMES", "PageFacts", "is_short_link", "text_features", "tokens_of", "words_of"]

Floats = NDArray[np.float32]

WORD = re.compile(r"\w+")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_UPPER = re.compile(r"[A-ZÀ-ÞА-Я]")
_SENTENCE_END = re.compile(r"[.!?。！？][\"'”’»)\]]*(?:\s|\Z)")
_ENDS = re.compile(r"[.!?:…。！？][\"'”’»)\]]*\s*\Z")
_CAPITALS, _DIGITS, _BRACES = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789", b"{}[]\\=;<>"
_OTHERS = bytes(sorted(set(range(256)) - set(_CAPITALS + _DIGITS + _BRACES)))
_SORTS = bytes.maketrans(_CAPITALS + _DIGITS + _BRACES, b"A" * 26 + b"0" * 10 + b"{" * len(_BRACES))
MAX_PHRASE = 300
MAX_CRUMB = 60
"""Characters of a crumb, a short line that is all link."""
MAX_CRUMB_WORDS = 6
CRUMB_LINKS = 0.9
_TITLES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
MAX_COUNTED = 100_000
"""Characters whose words are counted; those of a longer block are reckoned from them."""
LOOKED_AT = 400
"""Characters of a block that shares are counted over."""
STOPWORDS = frozenset(
    words(
        "the of and to in a is that for it on was with as by at be he his from has had are this not have which an "
        "were but they their said who will its der die das und in den von zu mit ist im für auf des ein eine als "
        "auch es an dem nicht de la que el en y a los se del las por un con no una su para es al lo le et les des "
        "est pour dans du qui sur pas au une il di che è per non si da o e do em um com os na mais het van een op "
        "te dat niet och att som på är av til"
    )
)
_IS_STOPWORD = STOPWORDS.__contains__
PHRASE_KINDS = ("widget", "teaser", "date", "byline")
TEXT_NAMES = (
    *words(
        "words chars word_length link_share links ends_sentence commas digits capitals stopwords bars copies "
        "title_in_block block_in_title bold images sentences question description_in_block body_share "
        "inline_flag_meta short_phrase copy braces"
    ),
    *(f"phrase_{kind}" for kind in PHRASE_KINDS),
)
TEXT = {name: i for i, name in enumerate(TEXT_NAMES)}
"""Column of each."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the page's head says that blocks are held against."""

    titles: tuple[str, ...] = ()
    """`<title>`, og:title, headline of the linked data."""
    description: str = ""
    body: str = ""
    """`articleBody` of the linked data."""


def tokens_of(block: PageBlock) -> list[str]:
    """The block's words in lower case, those of its first characters; worked out once."""
    if block.tokens is None:
        block.tokens = WORD.findall(block.text[:LOOKED_AT].lower())
    return block.tokens


def words_of(text: str) -> float:
    """Words of a text; in scripts that don't part words, two characters count as one."""
    if len(text) > MAX_COUNTED:
        return words_of(text[:MAX_COUNTED]) * len(text) / MAX_COUNTED
    return _words(text, len(WORD.findall(text)))


def _words(text: str, count: int) -> float:
    if not text.isascii():
        cjk = len(_CJK.findall(text))
        if cjk > count:
            return cjk / 2
    return float(count)


def _link_share(block: PageBlock) -> float:
    return min(1.0, block.link_chars / max(1, len(block.text)))


def is_short_link(block: PageBlock) -> bool:
    """Whether a block is a few words and all of it is link."""
    text = block.text
    return (
        len(text) <= MAX_CRUMB
        and block.link_chars > CRUMB_LINKS * len(text)
        and text.count(" ") < MAX_CRUMB_WORDS
        and block.element.tag not in _TITLES
    )


def text_features(blocks: Sequence[PageBlock], facts: PageFacts, crumbs: Sequence[bool]) -> Floats:
    """Columns of TEXT_NAMES; of crumbs, little more than their length."""
    copies = Counter(block.text for block in blocks)
    page = _PageWords(facts)
    seen: Counter[str] = Counter()
    out = np.zeros((len(blocks), len(TEXT_NAMES)), dtype=np.float32)
    small, rows = [], []
    for block, crumb in zip(blocks, crumbs, strict=True):
        text = block.text
        if crumb:
            small.append(_crumb_row(block))
            continue
        count = copies[text]
        rows.append(_text_row(block, count, seen[text] if count > 1 else 0, page))
        if count > 1:
            seen[text] += 1
    is_crumb = np.array(crumbs, dtype=np.bool_)
    out[is_crumb, :CRUMB_COLUMNS] = _table(small, CRUMB_COLUMNS)
    out[~is_crumb] = _table(rows, len(TEXT_NAMES))
    return out


def _table(rows: Sequence[Sequence[float]], columns: int) -> Floats:
    values = chain.from_iterable(rows)
    return np.fromiter(values, dtype=np.float32, count=len(rows) * columns).reshape(-1, columns)


class _PageWords:
    """Words of the page's head."""

    __slots__ = ("body", "description", "title")

    def __init__(self, facts: PageFacts) -> None:
        self.title = frozenset(w for t in facts.titles[:3] for w in WORD.findall(t.lower()))
        self.description = frozenset(WORD.findall(facts.description.lower()))
        self.body = _shingles(facts.body)


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    tokens = WORD.findall(text[:400_000].lower())
    return frozenset(zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False))


def _body_share(tokens: list[str], body: frozenset[tuple[str, ...]]) -> float:
    """Share of the block's runs of four words that stand in the linked data's `articleBody`; -1 without one."""
    if not body:
        return -1.0
    runs = list(zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False))
    return sum(run in body for run in runs) / len(runs) if runs else -0.5


def _crumb_row(block: PageBlock) -> list[float]:
    """What the neighbours of a short link are told of it."""
    size = len(block.text)
    words = block.text.count(" ") + 1
    return [words, size, size / words, 1.0, block.links]


CRUMB_COLUMNS = 5
"""Columns that a short link's row fills; 0 in all others."""


def _text_row(block: PageBlock, copies: int, copy: int, page: _PageWords) -> list[float]:
    text = block.text
    head = text[:LOOKED_AT]
    size = len(head)
    tokens = tokens_of(block)
    count = max(1, len(tokens))
    kinds = set(tokens)
    words = _words(text, len(tokens)) if len(text) <= LOOKED_AT else words_of(text)
    phrase = phrases().kind_of(text) if len(text) < MAX_PHRASE else None
    said = phrase[0] if phrase is not None else None
    inline = flags_of(block.inline) if block.inline is not None else 0
    known = len(kinds & page.title)
    sorts = head.encode("utf-8", "replace").translate(_SORTS, _OTHERS)
    capitals = sorts.count(b"A") if head.isascii() else len(_UPPER.findall(head))
    return [
        words,
        len(text),
        len(text) / max(1.0, words),
        _link_share(block),
        block.links,
        _ENDS.search(text[-8:]) is not None,
        head.count(",") / count,
        sorts.count(b"0") / size,
        capitals / size,
        sum(map(_IS_STOPWORD, tokens)) / count,
        "|" in head or "·" in head or "•" in head or "»" in head,
        copies,
        known / max(1, len(kinds)),
        known / max(1, len(page.title)),
        block.bold_chars / len(text),
        block.images,
        len(_SENTENCE_END.findall(head)),
        "?" in head,
        len(kinds & page.description) / max(1, len(kinds)),
        _body_share(tokens, page.body),
        inline >> _META & 1,
        phrase is not None,
        copy,
        sorts.count(b"{") / size,
        said == "widget",
        said == "teaser",
        said == "date",
        said == "byline",
    ]


_META = FLAGS.index("meta")
