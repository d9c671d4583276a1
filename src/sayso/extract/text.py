"""What the words of a block say of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .classes import FLAGS, flags_of
from .listing import words
from .phrases import looks_like_title, phrases
from .segment import PageBlock

__all__ = ["PHRASE_KINDS", "TEXT", "TEXT_NAMES", "PageFacts", "text_features", "tokens_of", "words_of"]

Floats = NDArray[np.float32]

WORD = re.compile(r"\w+")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_UPPER = re.compile(r"[A-ZÀ-ÞА-Я]")
_DIGIT = re.compile(r"\d")
_BRACE = re.compile(r"[{}\[\]\\=;<>]")
_SENTENCE_END = re.compile(r"[.!?。！？][\"'”’»)\]]*(?:\s|\Z)")
_ENDS = re.compile(r"[.!?:…。！？][\"'”’»)\]]*\s*\Z")
MAX_PHRASE = 300
MAX_COUNTED = 100_000
"""Characters whose words are counted; those of a longer block are reckoned from them."""
LOOKED_AT = 600
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
PHRASE_KINDS = ("widget", "teaser", "furniture", "date", "byline", "caption")
TEXT_NAMES = (
    *words(
        "words chars word_length link_share links ends_sentence ends_colon commas digits capitals starts_lower "
        "quotes stopwords bars address copyright copies title_in_block block_in_title bold breaks images "
        "sentences question title_case description_in_block body_share inline_flag_byline inline_flag_meta "
        "short_phrase copy braces"
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
    """The block's words in lower case, those of its first characters."""
    return WORD.findall(block.text[:LOOKED_AT].lower())


def words_of(text: str) -> float:
    """Words of a text; in scripts that don't part words, two characters count as one."""
    if len(text) > MAX_COUNTED:
        return words_of(text[:MAX_COUNTED]) * len(text) / MAX_COUNTED
    count = len(WORD.findall(text))
    if not text.isascii():
        cjk = len(_CJK.findall(text))
        if cjk > count:
            return cjk / 2
    return float(count)


def _link_share(block: PageBlock) -> float:
    return min(1.0, block.link_chars / max(1, len(block.text)))


def text_features(blocks: Sequence[PageBlock], facts: PageFacts) -> Floats:
    """Columns of TEXT_NAMES."""
    copies = Counter(block.text for block in blocks)
    title = frozenset(w for t in facts.titles[:3] for w in WORD.findall(t.lower()))
    description = frozenset(WORD.findall(facts.description.lower()))
    body = _shingles(facts.body)
    seen: Counter[str] = Counter()
    rows = []
    for block in blocks:
        rows.append(_text_row(block, copies[block.text], seen[block.text], title, description, body))
        seen[block.text] += 1
    return np.array(rows, dtype=np.float32)


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    tokens = WORD.findall(text[:400_000].lower())
    return frozenset(zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False))


def _body_share(tokens: list[str], body: frozenset[tuple[str, ...]]) -> float:
    """Share of the block's runs of four words that stand in the linked data's `articleBody`; -1 without one."""
    if not body:
        return -1.0
    runs = list(zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False))
    return sum(run in body for run in runs) / len(runs) if runs else -0.5


def _text_row(
    block: PageBlock,
    copies: int,
    copy: int,
    title: frozenset[str],
    description: frozenset[str],
    body: frozenset[tuple[str, ...]],
) -> list[float]:
    text = block.text
    head = text[:LOOKED_AT]
    size = len(head)
    tokens = WORD.findall(head.lower())
    kinds = set(tokens)
    words = words_of(text)
    phrase = phrases().kind_of(text) if len(text) < MAX_PHRASE else None
    inline = flags_of(block.inline) if block.inline is not None else 0
    known = len(kinds & title)
    return [
        words,
        len(text),
        len(text) / max(1.0, words),
        _link_share(block),
        block.links,
        _ENDS.search(text[-8:]) is not None,
        text.endswith(":"),
        head.count(",") / max(1, len(tokens)),
        len(_DIGIT.findall(head)) / size,
        len(_UPPER.findall(head)) / size,
        head[0].islower(),
        '"' in head or "“" in head,
        sum(token in STOPWORDS for token in tokens) / max(1, len(tokens)),
        "|" in head or "·" in head or "•" in head or "»" in head,
        "@" in head or "http" in head,
        "©" in head,
        copies,
        known / max(1, len(kinds)),
        known / max(1, len(title)),
        block.bold_chars / len(text),
        block.breaks,
        block.images,
        len(_SENTENCE_END.findall(head)),
        "?" in head,
        looks_like_title(head),
        len(kinds & description) / max(1, len(kinds)),
        _body_share(tokens, body),
        inline >> FLAGS.index("byline") & 1,
        inline >> FLAGS.index("meta") & 1,
        phrase is not None,
        copy,
        len(_BRACE.findall(head)) / size,
        *(phrase is not None and phrase[0] == kind for kind in PHRASE_KINDS),
    ]
