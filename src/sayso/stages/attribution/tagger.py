"""The tagger as a detector: paragraphs in, source, cue and content out."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.model import Article, Sentence, Span
from sayso.stages.parse import Parse

from .link import Link, LinkWeights, link, probability
from .link_points import Window, Words, marks_of, window_of
from .raw import RawAttribution
from .tagger_decode import best_labels
from .tagger_input import encode, pack, paragraphs_of
from .tagger_model import Model, shipped_model, shipped_weights

__all__ = ["TaggerDetector", "links_of", "raw_of", "windows_of"]

MIN_SCORE = 0.4
"""Best joint F1 on documents held out; lower floors find more stance and more statements without a source."""


class TaggerDetector:
    """Finds attributions by a small encoder and its pointers; scores are calibrated probabilities."""

    def __init__(self, min_score: float = MIN_SCORE) -> None:
        self.min_score = min_score

    def warm_up(self) -> None:
        """Load network, words and weights."""
        shipped_model()
        shipped_weights()

    def __call__(
        self, article: Article, parses: Sequence[Parse], sentences: Sequence[Sentence]
    ) -> list[RawAttribution]:
        """Attributions of the story, in text order; neither parses nor sentences are looked at."""
        spans = [
            span.shifted(block.span.start)
            for block in article.story
            for span in paragraphs_of(block.span.of(article.text))
        ]
        weights = shipped_weights()
        found = links_of(shipped_model(), weights, article.text, spans)
        raws = (raw_of(one, probability(one, weights)) for one in found)
        kept = [raw for raw in raws if raw.score >= self.min_score]
        return sorted(kept, key=lambda raw: (min((*raw.source, *raw.cue, *raw.content)), raw.cue, raw.content))


def windows_of(model: Model, text: str, spans: Sequence[Span]) -> list[Window]:
    """Spans and pointers that the model finds in the paragraphs `spans` of `text`."""
    windows = pack(encode(model.tokenizer, text, spans, model.continues))
    reads = [model.read(window) for window in windows]
    words = [[Words.of(piece) for piece in window] for window in windows]
    labels = iter(best_labels([read.tags[one.at] for row, read in zip(words, reads, strict=True) for one in row]))
    found = (window_of(model, read, row, marks_of(row, labels, read)) for read, row in zip(reads, words, strict=True))
    return [window for window in found if window]


def links_of(model: Model, weights: LinkWeights, text: str, spans: Sequence[Span]) -> list[Link]:
    """Every cue that the model finds in the paragraphs `spans` of `text`, with what belongs to it."""
    windows = windows_of(model, text, spans)
    return [found for w in windows for found in link(w.marks, w.to_cue, w.to_source, weights)]


def raw_of(found: Link, score: float) -> RawAttribution:
    """The link as the seam wants it."""
    source = (found.source.span,) if found.source else ()
    return RawAttribution(source, (found.cue.span,), tuple(c.span for c in found.contents), round(score, 4))
