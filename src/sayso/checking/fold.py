"""Texts made comparable character by character: marks, dashes and white space of one form, places kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

__all__ = ["MARK", "Folded", "fold"]

MARK = "'"
"""What every quotation mark and apostrophe becomes: their level and their shape say nothing."""
_SPECIAL = re.compile(
    r"(?P<drop>[\u00ad\u200b-\u200d\u2060\ufeff]+)"
    r"|(?P<dash>[^\S\n]{0,4}(?:[‒–—―−]|--+)[^\S\n]{0,4}|[^\S\n]-[^\S\n])"
    r"|(?P<hyphen>[‐‑])"
    r"|(?P<mark>''|``|´´|[“”„‟«»＂″\"‘’‚‛`´′])"
    # A single space is left alone: nearly all white space is that.
    r"|(?P<space> \s+|[^\S ]\s*)"
)
_FORMS = {"drop": "", "dash": "-", "hyphen": "-", "mark": MARK, "space": " "}


@dataclass(frozen=True)
class Folded:
    """A text after folding."""

    text: str
    places: Callable[[], Sequence[int]]
    """Works out, when first asked, where each code point stands in the text as it was, and then its end."""

    @cached_property
    def origins(self) -> Sequence[int]:
        """Where each code point stands in the text as it was; one more than code points: the last is its end."""
        return self.places()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the text as it was, for a half-open range of the folded one."""
        origins = self.origins
        if start >= end:
            return origins[start], origins[start]
        return origins[start], min(origins[end - 1] + 1, origins[end])


def fold(text: str) -> Folded:
    """Fold quotation marks, apostrophes, dashes and white space; every other code point stays.

    >>> fold("the  mayor’s “plan” — now").text
    "the mayor's 'plan'-now"
    """
    return Folded(_SPECIAL.sub(_form, text), partial(_origins, text))


def _form(match: re.Match[str]) -> str:
    return _FORMS[match.lastgroup or "drop"]


def _origins(text: str) -> list[int]:
    origins: list[int] = []
    at = 0
    for match in _SPECIAL.finditer(text):
        origins.extend(range(at, match.start()))
        origins.extend([match.start()] * len(_form(match)))
        at = match.end()
    origins.extend(range(at, len(text) + 1))
    return origins
