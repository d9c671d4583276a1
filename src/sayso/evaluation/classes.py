"""Classes of gold attributions: form, kind of source words, kind of cue."""

from __future__ import annotations

from functools import cache
from typing import Any

from sayso.lang import load

from .matching import WORD

__all__ = ["classify", "is_speech"]

Json = dict[str, Any]


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("evaluation_words")[name].split())


def is_speech(word: str) -> bool:
    """Whether a cue word belongs to the speech part of the evaluation."""
    return word.lower() in _words("say") | _words("speech")


def classify(text: str, attribution: Json) -> tuple[str, str, str]:
    """(direct, indirect or mixed; none, pronoun, name or other; say/tell, speech or other)."""
    return _form(text, attribution["content"]), _source(text, attribution["source"]), _cue(text, attribution["cue"])


def _form(text: str, content: list[list[int]]) -> str:
    # Doubled single marks stand for a double one; the replacement keeps every offset.
    text = text.replace("''", '" ').replace("``", '" ')
    quoted = total = 0
    for start, end in content:
        paragraph = text.rfind("\n", 0, start) + 1
        for word in WORD.finditer(text, start, end):
            total += 1
            before = text[max(paragraph, text.rfind("\n", 0, word.start()) + 1) : word.start()]
            quoted += before.count("“") - before.count("”") + before.count('"') % 2 > 0
    share = quoted / total if total else 0
    return "direct" if share >= 0.95 else "indirect" if share <= 0.05 else "mixed"


def _found(text: str, spans: list[list[int]]) -> list[str]:
    return [word.group() for start, end in spans for word in WORD.finditer(text, start, end)]


def _source(text: str, spans: list[list[int]]) -> str:
    words = _found(text, spans)
    if not words:
        return "none"
    first = words[0]
    pronouns = _words("pronouns")
    parts = {first.lower(), first.lower().split("'")[0].split("’")[0]}
    if len(words) == 1 and parts & pronouns:
        return "pronoun"
    named = any(word[0].isupper() for word in words[1:])
    if named or (first[0].isupper() and first.lower() not in _words("common_openings")):
        return "name"
    return "other"


def _cue(text: str, spans: list[list[int]]) -> str:
    words = {word.lower() for word in _found(text, spans)}
    return "say/tell" if words & _words("say") else "speech" if words & _words("speech") else "other"
