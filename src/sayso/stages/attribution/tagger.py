"""The tagger as a detector: paragraphs in, source, cue and content out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sayso.model import Article, Sentence, Span
from sayso.stages.parse import Parse

from .link import Link, Mark, link, link_weights, probability
from .raw import RawAttribution
from .tagger_decode import Found, best_labels, spans_of
from .tagger_input import LABELS, Piece, encode, pack, paragraphs_of
from .tagger_model import Floats, Model, Read, shipped_model

__all__ = ["TaggerDetector", "links_of", "raw_of"]

MIN_SCORE = 0.3
MAX_ROWS = 24
"""So many words of a content are asked for their cue; more add nothing."""

_ROLES = ("content", "cue", "source")
_OF_ROLE = {role: [i for i, label in enumerate(LABELS) if label[2:] == role] for role in _ROLES}


class TaggerDetector:
    """Finds attributions by a small encoder and its pointers; scores are calibrated probabilities."""

    def __init__(self, min_score: float = MIN_SCORE) -> None:
        self.min_score = min_score

    def warm_up(self) -> None:
        """Load network, words and weights."""
        shipped_model()
        link_weights()

    def __call__(
        self, article: Article, parses: Sequence[Parse], sentences: Sequence[Sentence]
    ) -> list[RawAttribution]:
        """Attributions of the story, in text order; neither parses nor sentences are looked at."""
        spans = [
            span.shifted(block.span.start)
            for block in article.story
            for span in paragraphs_of(block.span.of(article.text))
        ]
        found = (raw_of(one, probability(one)) for one in links_of(shipped_model(), article.text, spans))
        kept = [raw for raw in found if raw.score >= self.min_score]
        return sorted(kept, key=lambda raw: (min((*raw.source, *raw.cue, *raw.content)), raw.cue, raw.content))


def links_of(model: Model, text: str, spans: Sequence[Span]) -> list[Link]:
    """Every cue that the model finds in the paragraphs `spans` of `text`, with what belongs to it."""
    windows = pack(encode(model.tokenizer, text, spans, model.continues))
    reads = [model.read(window) for window in windows]
    words = [[_words(piece, read) for piece in window] for window, read in zip(windows, reads, strict=True)]
    labels = iter(best_labels([read.tags[at] for row, read in zip(words, reads, strict=True) for at in row]))
    out: list[Link] = []
    for window, read, row in zip(windows, reads, words, strict=True):
        marks = [m for piece, at in zip(window, row, strict=True) for m in _marks(piece, at, next(labels), read)]
        out += _linked(model, read, marks)
    return out


def raw_of(found: Link, score: float) -> RawAttribution:
    """The link as the seam wants it."""
    source = (found.source.span,) if found.source else ()
    return RawAttribution(source, (found.cue.span,), tuple(c.span for c in found.contents), round(score, 4))


def _words(piece: Piece, read: Read) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Window positions of the first word pieces."""
    return np.asarray(np.flatnonzero(piece.part.first) + piece.at, np.int64)


def _marks(
    piece: Piece, at: np.ndarray[tuple[int], np.dtype[np.int64]], labels: list[int], read: Read
) -> Iterator[Mark]:
    for found in spans_of(labels):
        yield _mark(piece, at, found, read)


def _mark(piece: Piece, at: np.ndarray[tuple[int], np.dtype[np.int64]], found: Found, read: Read) -> Mark:
    positions = at[found.start : found.end]
    tags = np.exp(read.tags[positions])
    begins = LABELS.index(f"B-{found.role}")
    after = np.exp(read.tags[at[found.end]])[begins + 1] if found.end < len(at) else 0.0
    inner = positions - piece.at
    last = (int(at[found.end]) if found.end < len(at) else piece.at + len(piece.part)) - piece.at - 1
    return Mark(
        role=found.role,
        span=Span(int(piece.part.starts[inner[0]]), int(piece.part.ends[last])),
        positions=tuple(positions.tolist()),
        certainty=tuple(tags[:, _OF_ROLE[found.role]].sum(1).tolist()),
        starts=float(tags[0, begins]),
        ends=float(1 - after),
        quoted=float((piece.part.shapes[inner] >= 3).mean()),
    )


def _linked(model: Model, read: Read, marks: list[Mark]) -> list[Link]:
    contents, cues, sources = ([m for m in marks if m.role == role] for role in _ROLES)
    if not contents or not cues:
        return []
    return link(marks, _masses(model, read, 0, contents, cues), _masses(model, read, 1, cues, sources))


def _masses(model: Model, read: Read, which: int, origins: list[Mark], goals: list[Mark]) -> Floats:
    """[origins, 1 + goals]: mean mass of a pointer on nothing and on each goal's words."""
    out = np.zeros((len(origins), 1 + len(goals)))
    for row, origin in enumerate(origins):
        step = -(-len(origin.positions) // MAX_ROWS)
        mass = model.points(read, which, np.array(origin.positions[::step], np.int64)).mean(0)
        out[row, 0] = mass[0]
        out[row, 1:] = [mass[list(goal.positions)].sum() for goal in goals]
    return out
