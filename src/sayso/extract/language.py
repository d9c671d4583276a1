"""The language of a page and of its blocks: by script, by function words, and by what the page states."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import chain

from sayso.lang import load

__all__ = ["block_languages", "detect", "page_language"]

MAX_CHARS = 1_200
"""Characters of a text that are looked at."""
MAX_BLOCK_CHARS = 280
"""The same where every block is looked at."""
MIN_BLOCK_CHARS = 60
MIN_WORDS = 8
"""A shorter text in Latin letters isn't told apart by its words."""
MIN_SHARE = 0.12
"""Least share of function words for a language to be named."""
MIN_HITS = 3
LEAD = 1.5
"""How many times more function words than the page's language another one must show."""
PAGE_SAMPLE = 6_000

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS: tuple[tuple[str, str | None, str], ...] = (
    ("ja", "ja", "\u3040-\u30ff"),
    ("ko", "ko", "\uac00-\ud7af\u1100-\u11ff"),
    ("zh", "zh", "\u4e00-\u9fff\u3400-\u4dbf"),
    ("th", "th", "\u0e00-\u0e7f"),
    ("el", "el", "\u0370-\u03ff"),
    ("he", "he", "\u0590-\u05ff"),
    ("ka", "ka", "\u10a0-\u10ff"),
    ("hy", "hy", "\u0530-\u058f"),
    ("bn", "bn", "\u0980-\u09ff"),
    ("ta", "ta", "\u0b80-\u0bff"),
    ("te", "te", "\u0c00-\u0c7f"),
    ("ml", "ml", "\u0d00-\u0d7f"),
    ("kn", "kn", "\u0c80-\u0cff"),
    ("gu", "gu", "\u0a80-\u0aff"),
    ("pa", "pa", "\u0a00-\u0a7f"),
    ("my", "my", "\u1000-\u109f"),
    ("km", "km", "\u1780-\u17ff"),
    ("si", "si", "\u0d80-\u0dff"),
    ("am", "am", "\u1200-\u137f"),
)
"""Name, language, letters of scripts that settle the language; kana before Han."""
_MAYBE_SETTLING = re.compile(
    r"[\u0370-\u03ff\u0530-\u05ff\u0980-\u137f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_SETTLING = re.compile("|".join(f"(?P<{name}>[{letters}]+)" for name, _, letters in _SCRIPTS))


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """Languages by function word; single plain letters stand in figures and model names too often to count."""
    out: dict[str, list[str]] = {}
    for language, words in load("function_words", "mul").items():
        for word in map(str, words):
            if len(word) > 1 or not word.isascii():
                out.setdefault(word, []).append(language)
    return {word: tuple(sorted(set(languages))) for word, languages in out.items()}


def _by_script(text: str) -> str | None:
    """The language whose script holds most of the letters; None in a script of many languages."""
    counts: Counter[str] = Counter()
    for match in _SETTLING.finditer(text):
        counts[str(match.lastgroup)] += len(match.group())
    if not counts:
        return None
    letters = sum(len(word) for word in _WORD.findall(text)) or 1
    name, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
    if sum(counts.values()) < 0.3 * letters:
        return None
    if name == "zh" and counts["ja"] > 0.08 * most:
        return "ja"
    return name


def _shares(text: str) -> tuple[int, dict[str, float]]:
    """Words looked at, and the share of them that are function words of each language."""
    words = _WORD.findall(text.lower())
    counts = Counter(chain.from_iterable(filter(None, map(_languages_of().get, words))))
    return len(words), {language: count / max(1, len(words)) for language, count in counts.items()}


@cache
def _words_of(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Function words of the language, and those of all others."""
    known = _languages_of()
    own = frozenset(word for word, languages in known.items() if language in languages)
    return own, frozenset(word for word, languages in known.items() if languages != (language,))


def _is_plainly(text: str, language: str) -> bool:
    """Whether the text has as many function words of the language as of all others together: none can lead it."""
    if not text.isascii() and _MAYBE_SETTLING.search(text):
        return False
    words = _WORD.findall(text.lower())
    own, others = _words_of(language)
    return sum(map(others.__contains__, words)) <= sum(map(own.__contains__, words))


def detect(text: str, *, expected: str | None = None, max_chars: int = MAX_CHARS) -> str | None:
    """ISO 639-1 code of a text's language; None where it's too short or too mixed to say.

    Args:
        text: any text.
        expected: the language to keep unless another one is clearly stronger.
        max_chars: how many of its first characters are read.

    >>> detect("The minister said that the plan was not ready and would be put to a vote.")
    'en'
    """
    text = text[:max_chars]
    if not text.isascii() and _MAYBE_SETTLING.search(text):
        script = _by_script(text)
        if script:
            return script
    words, shares = _shares(text)
    if words < MIN_WORDS or not shares:
        return None
    best = min(shares, key=lambda language: (-shares[language], language))
    if shares[best] < MIN_SHARE or shares[best] * words < MIN_HITS:
        return None
    if expected and shares.get(expected, 0.0) * LEAD >= shares[best]:
        return expected
    return best


def page_language(stated: str | None, texts: Sequence[str]) -> str | None:
    """ISO 639-1 code of a page: its prose decides where it can, else what the page states.

    Args:
        stated: the page's own `lang` or locale, None where it has none.
        texts: the page's blocks.
    """
    code = _code(stated)
    sample: list[str] = []
    size = 0
    for text in sorted(texts, key=len, reverse=True)[:8]:
        sample.append(text[:MAX_CHARS])
        size += len(sample[-1])
        if size >= PAGE_SAMPLE:
            break
    votes: Counter[str] = Counter()
    for text in sample:
        found = detect(text, expected=code)
        if found:
            votes[found] += len(text)
    if not votes:
        return code
    return min(votes, key=lambda language: (-votes[language], language))


def _code(stated: str | None) -> str | None:
    code = (stated or "").strip().lower().replace("_", "-").split("-")[0]
    return (
        {"nb": "no", "nn": "no", "iw": "he", "in": "id"}.get(code, code) if len(code) == 2 and code.isalpha() else None
    )


def block_languages(texts: Sequence[str], language: str | None) -> tuple[str | None, ...]:
    """ISO 639-1 code per block where it differs from the page's; None for the page's own or too short to say."""
    out: list[str | None] = []
    for text in texts:
        worth = len(text) >= MIN_BLOCK_CHARS or (not text.isascii() and _MAYBE_SETTLING.search(text) is not None)
        if not worth or (language and _is_plainly(text[:MAX_BLOCK_CHARS], language)):
            out.append(None)
            continue
        found = detect(text, expected=language, max_chars=MAX_BLOCK_CHARS)
        out.append(found if found != language else None)
    return tuple(out)
