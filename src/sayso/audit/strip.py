"""The sourcing strip: what each paragraph leans on, one glyph a paragraph, and the figures of the whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from .scene import NAMED, UNNAMED, Scene

__all__ = ["GLYPHS", "Strip", "strip_of"]

GLYPHS = {"named": "█", "body": "▓", "document": "▤", "unnamed": "░", "outlet": "◇", "own": "·"}
"""Named people, bodies, documents, unnamed people, other outlets, own voice."""
MEANING = {
    "named": "named people",
    "body": "bodies and governments",
    "document": "documents and posts",
    "unnamed": "unnamed people",
    "outlet": "other outlets",
    "own": "own voice",
}
BODIES = frozenset({"organization", "government", "public"})
PAPERS = frozenset({"document", "social_post"})
OUTLETS = frozenset({"outlet", "reporter"})


@dataclass(frozen=True, slots=True)
class Strip:
    """What the draft leans on."""

    paragraphs: tuple[str, ...]
    """What most characters of each paragraph lean on, a key of `GLYPHS`."""
    statements: dict[str, int]
    """How many statements each kind makes."""
    own_share: float
    """Share of the body's characters that nobody is said to say, 0..1."""
    sources: int
    """Sources told apart."""
    unnamed_sources: int

    @property
    def glyphs(self) -> str:
        """One glyph a paragraph."""
        return "".join(GLYPHS[kind] for kind in self.paragraphs)

    def to_dict(self) -> dict[str, Any]:
        """The strip as plain JSON."""
        return {
            "paragraphs": list(self.paragraphs),
            "statements": self.statements,
            "own_voice_share": round(self.own_share, 4),
            "sources": self.sources,
            "unnamed_sources": self.unnamed_sources,
        }


def _kind(source_kind: str) -> str:
    if source_kind in NAMED:
        return "named"
    if source_kind in UNNAMED or source_kind == "unknown":
        return "unnamed"
    if source_kind in BODIES:
        return "body"
    return "document" if source_kind in PAPERS else "outlet" if source_kind in OUTLETS else "own"


def _heaviest(weight: Counter[str]) -> str:
    """The kind that most leans on, the first of `GLYPHS` among equals."""
    return max(GLYPHS, key=lambda kind: weight[kind]) if weight else "own"


def strip_of(scene: Scene) -> Strip:
    """What each paragraph of the body leans on."""
    weights: list[Counter[str]] = [Counter() for _ in scene.body]
    statements: Counter[str] = Counter()
    sources: dict[str, str] = {}
    for a in scene.speech:
        if not a.source or a.parent is not None:
            continue
        kind = _kind(a.source_kind)
        statements[kind] += 1
        sources[a.entity or scene.words(a.source).casefold().removeprefix("the ").removeprefix("a ")] = kind
        for span in a.content:
            number = scene.paragraph_at(span.start)
            if number is not None:
                weights[number][kind] += len(span)
    taken = sum(min(sum(weight.values()), len(b.span)) for weight, b in zip(weights, scene.body, strict=True))
    whole = sum(len(block.span) for block in scene.body)
    order = list(GLYPHS)
    return Strip(
        tuple(_heaviest(weight) for weight in weights),
        {kind: statements[kind] for kind in order if statements[kind]},
        1 - taken / whole if whole else 0.0,
        len(sources),
        sum(kind == "unnamed" for kind in sources.values()),
    )
