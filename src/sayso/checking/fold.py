"""Texts made comparable character by character: marks, dashes and white space of one form, places kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["MARK", "Folded", "fold"]

MARK = "'"
"""What every quotation mark and apostrophe becomes: their level and their shape say nothing."""
_SPECIAL = re.compile(
    r"(?P<drop>[\u00ad\u200b-\u200d\u2060\ufeff]+)"
    r"|(?P<dash>[^\S\n]{0,4}(?:[‒–—―−]|--+)[^\S\n]{0,4}|[^\S\n]-[^\S\n])"
    r"|(?P<hyphen>[‐‑])"
    r"|(?P<mark>''|``|´´|[“”„‟«»＂″\"‘’‚‛`´′])"
    r"|(?P<space>\s+)"
)
_FORMS = {"drop": "", "dash": "-", "hyphen": "-", "mark": MARK, "space": " "}


@dataclass(frozen=True, slots=True)
class Folded:
    """A text after folding; `origins[i]` is where its i-th code point stands in the text as it was."""

    text: str
    origins: tuple[int, ...]
    """One more than code points: the last is the end of the text."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the text as it was, for a half-open range of the folded one."""
        if start >= end:
            return self.origins[start], self.origins[start]
        return self.origins[start], min(self.origins[end - 1] + 1 if end else 0, self.origins[end])


def fold(text: str) -> Folded:
    """Fold quotation marks, apostrophes, dashes and white space; every other code point stays.

    >>> fold("the  mayor’s “plan” — now").text
    "the mayor's 'plan'-now"
    """
    parts: list[str] = []
    origins: list[int] = []
    at = 0
    for match in _SPECIAL.finditer(text):
        parts.append(text[at : match.start()])
        origins.extend(range(at, match.start()))
        form = _FORMS[match.lastgroup or "drop"]
        parts.append(form)
        origins.extend([match.start()] * len(form))
        at = match.end()
    parts.append(text[at:])
    origins.extend(range(at, len(text) + 1))
    return Folded("".join(parts), tuple(origins))
