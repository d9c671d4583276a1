"""The encoding of bytes that say nothing of it and are no UTF-8."""

from __future__ import annotations

import re

__all__ = ["guess_encoding"]

SAMPLE = 65_536
"""Bytes looked at, from the first one beyond ASCII on."""
DEFAULT = "cp1252"
MANY = 200
"""Bytes beyond ASCII from which the sample's cut last character is forgiven."""
_BEYOND = re.compile(rb"[\x80-\xff]")
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_HAN = re.compile("[\u4e00-\u9fff]")
_CYRILLIC_LOWER = re.compile("[а-яё]")
_CYRILLIC_UPPER = re.compile("[А-ЯЁ]")
_COMMON_HAN = frozenset(
    "的一是在不了有人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年動这說與為們國會後來時這個對學發"
)
_COMMON_HANGUL = frozenset("다는이을의에고가은한를하로지사기도서인대일")
_MULTIBYTE = ("euc_jp", "cp932", "cp949", "gb18030", "big5hkscs")


def guess_encoding(body: bytes) -> str:
    """Name the codec that makes the most likely text of `body`, windows-1252 where none stands out."""
    first = _BEYOND.search(body)
    if first is None:
        return "utf-8"
    sample = body[first.start() : first.start() + SAMPLE]
    beyond = len(_BEYOND.findall(sample))
    best, best_score = DEFAULT, 0.35
    for codec in _MULTIBYTE:
        score = _multibyte_score(sample, codec, beyond)
        if score > best_score:
            best, best_score = codec, score
    for codec in ("cp1251", "koi8-r"):
        score = _cyrillic_score(sample, codec, beyond)
        if score > best_score:
            best, best_score = codec, score
    return best


def _multibyte_score(sample: bytes, codec: str, beyond: int) -> float:
    """0..1: how far the sample reads as East Asian text under `codec`."""
    text = sample.decode(codec, "replace")
    if text.count("\ufffd") > (1 if beyond > MANY else 0) + 0.01 * beyond:
        return 0.0
    kana, hangul, han = len(_KANA.findall(text)), _HANGUL.findall(text), _HAN.findall(text)
    chars = max(1, beyond / 2)
    if codec == "cp949":
        score = 4.0 * sum(char in _COMMON_HANGUL for char in hangul)
    elif codec in ("cp932", "euc_jp"):
        score = 1.5 * kana
    else:
        score = 5.0 * sum(char in _COMMON_HAN for char in han)
    return min(1.0, score / chars) * min(1.0, (kana + len(hangul) + len(han)) / chars)


def _cyrillic_score(sample: bytes, codec: str, beyond: int) -> float:
    """0..1: the share of lower-case Cyrillic letters, which a wrong codec turns into capitals."""
    text = sample.decode(codec, "replace")
    lower, upper = len(_CYRILLIC_LOWER.findall(text)), len(_CYRILLIC_UPPER.findall(text))
    return max(0.0, (lower - 2 * upper) / beyond)
