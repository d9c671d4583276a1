"""Whom a speaker told it: an outlet that a page only calls “the newspaper” stands between the speaker and the page."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from sayso.corpus.graph import Source
from sayso.corpus.source_names import described_outlet
from sayso.model import Span

__all__ = ["told_to"]

NEAR = 90
"""Code points before and after what is said in which its reporting clause is looked for."""
_TOLD = re.compile(r"\btold (the [a-z]+)\b")


def told_to(chain: tuple[Source, ...], text: str, spans: Sequence[tuple[int, int]]) -> tuple[Source, ...]:
    """The chain with “the newspaper” that its speaker told, where it names no outlet yet.

    Args:
        chain: who says it, from the page inward.
        text: the page's.
        spans: where what is said stands.
    """
    if len(chain) != 1 or not spans or chain[0].kind == "outlet":
        return chain
    places = [(max(0, spans[0][0] - NEAR), spans[0][0])]
    places += [(a[1], min(b[0], a[1] + NEAR)) for a, b in itertools.pairwise(spans)]
    places.append((spans[-1][1], spans[-1][1] + NEAR))
    for start, end in places:
        around = text[start:end]
        # Only the sentence that what is said stands in tells of it.
        around = around[around.rfind("\n") + 1 :] if end == spans[0][0] else around.split("\n")[0].split(".")[0]
        found = _TOLD.search(around)
        if found and described_outlet(found.group(1)):
            at = text.index(found.group(1), start)
            return (Source("outlet", found.group(1), Span(at, at + len(found.group(1)))), *chain)
    return chain
