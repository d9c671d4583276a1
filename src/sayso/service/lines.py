"""JSON on one line, and ids as people are shown them, for the doors."""

from __future__ import annotations

import re

from sayso.pipeline.records import dump

__all__ = ["dump", "shown"]

ID_SHOWN = 12
_HASH = re.compile(r"\b[0-9a-f]{64}\b")


def shown(text: str) -> str:
    """The text with every page hash in it cut to its first characters, which the commands take for the whole.

    >>> shown("3b" * 32 + ": read"), shown("reuters-17")
    ('3b3b3b3b3b3b: read', 'reuters-17')
    """
    return _HASH.sub(lambda found: found[0][:ID_SHOWN], text)
