"""The tagger as a detector: paragraphs in, source, cue and content out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sayso.model import Article, Sentence, Span
from sayso.stages.parse import Parse

from .cover import Cover
from .link import Link, LinkWeights, Mark, link, probability
from .link_points import Window, marks_of, window_of
from .raw import RawAttribution
from .scene import Scene
from .second_look import SecondLook, apart, overlooked
from .tagger_model import Model, shipped_model, shipped_weights
from .tagger_reading import ReadWindow, labelled, read_article, read_paragraphs

__all__ = ["TaggerDetector", "links_of", "raw_of", "windows_of"]

MIN_SCORE = 0.3
"""Within a point of the best joint F1 on `tune` and dev; lower floors find more statements without a source."""

LOOK = SecondLook()
MAX_GAP = 3
"""Code points between two fragments of a content that are no gap: a space, a mark."""
HEADINGS = frozenset({"headline", "heading"})


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
        windows = read_article(article).story
        found = _read(article, windows, [_marks(*pair) for pair in labelled(windows)])
        return _ordered(raw for raw in found if raw.score >= self.min_score)

    def again(
        self, article: Article, parses: Sequence[Parse], found: Sequence[RawAttribution], look: SecondLook = LOOK
    ) -> list[RawAttribution]:
        """What a second look finds that touches nothing of `found`, in text order.

        Args:
            article: what was read before.
            parses: of its blocks; only the words of doubtful cues are asked for.
            found: attributions of the first look, whoever found them.
            look: how doubtful it may be.
        """
        windows = read_article(article).story
        taken = Cover(span for raw in found for span in (*raw.cue, *raw.content))
        marks = [overlooked(_marks(*pair), taken) for pair in labelled(windows, look.outside)]
        return _ordered(apart(_read(article, windows, marks), taken, Scene.of(article, parses, ()), look))


def _ordered(raws: Iterable[RawAttribution]) -> list[RawAttribution]:
    return sorted(raws, key=lambda raw: (min((*raw.source, *raw.cue, *raw.content)), raw.cue, raw.content))


def _read(article: Article, windows: Sequence[ReadWindow], marks: Sequence[Sequence[Mark]]) -> list[RawAttribution]:
    weights, model = shipped_weights(), shipped_model()
    pairs = zip(windows, marks, strict=True)
    found = (one for pair in pairs for one in _links(_pointed(model, *pair), weights))
    return list(_less_headings((raw_of(one, probability(one, weights)) for one in found), article))


def _less_headings(raws: Iterable[RawAttribution], article: Article) -> Iterator[RawAttribution]:
    """Less what a cue elsewhere is given of a headline or heading: it speaks for itself."""
    blocks = [block.span for block in article.story if block.kind in HEADINGS]
    starts = [span.start for span in blocks]

    def place(span: Span) -> int:
        at = bisect_right(starts, span.start) - 1
        return at if at >= 0 and span.start < blocks[at].end else -1

    for raw in raws:
        home = place(raw.cue[0])
        content = tuple(span for span in raw.content if place(span) == home)
        if content:
            source = tuple(span for span in raw.source if place(span) == home)
            yield replace(raw, source=source, content=content)


def _marks(window: ReadWindow, labels: Sequence[list[int]]) -> list[Mark]:
    return marks_of(window.words, iter(labels), window.read)


def _pointed(model: Model, window: ReadWindow, marks: Sequence[Mark]) -> Window | None:
    """Spans and pointers of one window, None where there is no content or no cue."""
    return window_of(model, window.read, window.words, marks)


def windows_of(model: Model, text: str, spans: Sequence[Span]) -> list[Window]:
    """Spans and pointers that the model finds in the paragraphs `spans` of `text`."""
    read = labelled(read_paragraphs(model, text, spans))
    found = (_pointed(model, window, _marks(window, labels)) for window, labels in read)
    return [window for window in found if window]


def _links(window: Window | None, weights: LinkWeights) -> list[Link]:
    return link(window.marks, window.to_cue, window.to_source, weights) if window else []


def links_of(model: Model, weights: LinkWeights, text: str, spans: Sequence[Span]) -> list[Link]:
    """Every cue that the model finds in the paragraphs `spans` of `text`, with what belongs to it."""
    return [found for window in windows_of(model, text, spans) for found in _links(window, weights)]


def raw_of(found: Link, score: float) -> RawAttribution:
    """The link as the seam wants it."""
    source = (found.source.span,) if found.source else ()
    cue = (found.cue.span,)
    return RawAttribution(source, cue, _closed(found.contents, (*source, *cue)), round(score, 4))


def _closed(content: Sequence[Mark], others: Sequence[Span]) -> tuple[Span, ...]:
    """Fragments of a paragraph joined over what the tags leave out, unless source or cue interrupts there."""
    out: list[Span] = []
    part = -1
    for mark in content:
        gap = Span(out[-1].end, mark.span.start) if mark.part == part and out[-1].end <= mark.span.start else None
        if gap is not None and len(gap) <= MAX_GAP and not any(gap.overlaps(other) for other in others):
            out[-1] = Span(out[-1].start, mark.span.end)
        else:
            out.append(mark.span)
        part = mark.part
    return tuple(out)
