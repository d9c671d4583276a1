"""Score what a page is said to assert itself: sentences marked by hand, `{own}` in curly brackets.

A line of the set is a kind, a bar and a text; what stands in curly brackets is the page's own voice, every other
sentence is somebody else's, a view, a call to the reader or a question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import BadInput

__all__ = ["OwnVoiceItem", "load_own_voice", "parse_own_voice", "score_own_voice"]

_MARK = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class OwnVoiceItem:
    """One text with the spans, in code points, that are the page's own."""

    id: str
    kind: str
    text: str
    own: tuple[tuple[int, int], ...]


def load_own_voice(path: Path) -> list[OwnVoiceItem]:
    """Items of a file of the set."""
    return list(parse_own_voice(path.read_text(encoding="utf-8")))


def parse_own_voice(authored: str) -> Iterator[OwnVoiceItem]:
    """Read items as written by hand, one a line.

    Raises:
        BadInput: a line without a kind, or brackets that don't balance.
    >>> [(item.text, item.own) for item in parse_own_voice("statement | {It rained.} He said so.")]
    [('It rained. He said so.', ((0, 10),))]
    """
    for number, line in enumerate(filter(str.strip, authored.splitlines()), 1):
        kind, bar, marked = line.partition(" | ")
        opened = [mark[0] for mark in _MARK.finditer(marked)]
        if not bar or opened != ["{", "}"] * (len(opened) // 2):
            raise BadInput(f"expected `kind | text` with brackets that balance, got {line!r} as item {number}")
        text = _MARK.sub("", marked)
        places = [mark.start() - i for i, mark in enumerate(_MARK.finditer(marked))]
        yield OwnVoiceItem(f"own-{number:03d}", kind.strip(), text, tuple(zip(places[::2], places[1::2], strict=True)))


def score_own_voice(
    items: Iterable[OwnVoiceItem], readings: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, float], dict[str, bool]]:
    """Precision, recall and F1 of own-voice sentences, 0..1, and whether each item is exactly right.

    Args:
        items: the set.
        readings: by item id; one without `own_voice` counts as finding nothing.
    """
    counts: Counter[str] = Counter()
    right: dict[str, bool] = {}
    for item in items:
        found: Sequence[Sequence[int]] = readings.get(item.id, {}).get("own_voice") or []
        got = {(start, end) for start, end in found}
        counts.update(right=len(got & set(item.own)), found=len(got), all=len(item.own))
        right[item.id] = got == set(item.own)
    precision = counts["right"] / counts["found"] if counts["found"] else 0.0
    recall = counts["right"] / counts["all"] if counts["all"] else 0.0
    total = precision + recall
    figures = {"precision": precision, "recall": recall, "F1": 2 * precision * recall / total if total else 0.0}
    return figures | {"items right": sum(right.values()) / len(right) if right else 0.0}, right
