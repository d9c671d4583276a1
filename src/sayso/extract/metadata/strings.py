"""Small text functions that the readers of metadata share."""

from __future__ import annotations

import html
import re
import unicodedata

__all__ = ["clean", "fold", "overlap", "plain_quotes", "starts_alike", "without_tags"]

MAX_CHARS = 2_000
"""A value of metadata is short; what is longer is cut before it is looked at."""
_TAG = re.compile(r"<[^<>]{0,300}>")
_SPACE = re.compile(r"\s+")
_NOT_WORD = re.compile(r"\W+")
_QUOTES = str.maketrans("‘’‚‛ʼ“”„‟–—‑−…\u00a0", "'''''\"\"\"\"----.\u0020")
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF])


def clean(text: str | None) -> str:
    """`text` with white space folded and invisible characters taken out, at most `MAX_CHARS` long.

    >>> clean("  A \\n B ")
    'A B'
    """
    if not text:
        return ""
    return " ".join(text[:MAX_CHARS].translate(_INVISIBLE).split())


def without_tags(text: str | None) -> str:
    """A value of JSON-LD or meta as a reader would see it: references decoded, tags taken out.

    >>> without_tags("Fish &amp; <b>chips</b>")
    'Fish & chips'
    """
    if not text:
        return ""
    text = text[:MAX_CHARS]
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _TAG.sub(" ", text)
    return clean(text)


def fold(text: str | None) -> str:
    """Key for comparing: lower case, no accents, words apart by one space.

    >>> fold("Zoë  O’Neil-Smith")
    'zoe o neil smith'
    """
    if not text:
        return ""
    text = text[:MAX_CHARS]
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", text.lower()).strip()


def plain_quotes(text: str) -> str:
    """`text` with typographic quotes, dashes and spaces replaced one for one by plain ones."""
    return text.translate(_QUOTES)


def overlap(one: str, other: str) -> float:
    """Share of words that two folded texts have in common: Jaccard, 0 to 1.

    >>> overlap("a b c", "b c d")
    0.5
    """
    words, others = set(one.split()), set(other.split())
    if not words or not others:
        return 0.0
    return len(words & others) / len(words | others)


def starts_alike(one: str, other: str, words: int = 4) -> bool:
    """Whether two folded texts begin with the same `words` words, or the shorter one begins the longer.

    >>> starts_alike("a b c d e", "a b c d x")
    True
    """
    first, second = one.split()[:words], other.split()[:words]
    shared = min(len(first), len(second))
    return shared > 0 and first[:shared] == second[:shared]
