"""The place, and perhaps the day and the agency, that a story's first paragraph opens with."""

from __future__ import annotations

import re

__all__ = ["dateline_end"]

_DATELINE = re.compile(r"[A-Z][A-Z .'’]{2,40}(?:, [^\n(—–]{0,30})?(?: \([A-Za-z ]{2,30}\))? ?[—–-] ?")


def dateline_end(text: str, start: int, end: int) -> int:
    """Where the words after a dateline that stands at `start` begin; `start` where none does.

    >>> dateline_end("ORSENA, 14 March (AP) — The mayor left.", 0, 39)
    24
    """
    found = _DATELINE.match(text, start, end)
    return found.end() if found else start
