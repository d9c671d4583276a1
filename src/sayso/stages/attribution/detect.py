"""The rule detector: candidates from the dependency parse, kept by a learned score."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from sayso.model import Article, Sentence, Span
from sayso.stages.parse import Parse

from .attach import contents
from .candidates import Candidate, View, find_candidates
from .floating import with_floating
from .forms import floor_of, forms
from .lexicon import lexicon
from .nest import parents
from .quotes import Quote, find_quotes
from .raw import RawAttribution
from .repairs import repaired
from .scoring import features_of, probability, weights

__all__ = ["RuleDetector", "read_views"]

MIN_SCORE = 0.3
MIN_NESTED_SCORE = 0.34
"""Inside another's content only what is surer is worth a step of the chain."""
DOUBLET_SHARE = 0.6
MIN_LEMMA = 0.03


class RuleDetector:
    """Finds attributions by rules; the score is the share of such candidates that people marked alike."""

    def __init__(self, min_score: float = MIN_SCORE) -> None:
        self.min_score = min_score

    def warm_up(self) -> None:
        """Load lexicon and weights."""
        lexicon()
        weights()
        forms()

    def __call__(
        self, article: Article, parses: Sequence[Parse], sentences: Sequence[Sentence]
    ) -> list[RawAttribution]:
        """Attributions of the story, in text order."""
        quotes = find_quotes(article.text, article.story)
        found = [raw for view in read_views(article, parses, quotes) for raw in self._read(view)]
        found = with_floating(article, quotes, _worth_keeping(found))
        return sorted(found, key=lambda raw: (min((*raw.source, *raw.cue, *raw.content)), raw.cue, raw.content))

    def _read(self, view: View) -> Iterator[RawAttribution]:
        known, learned = lexicon(), weights()
        for candidate, content in candidates_of(view):
            score = probability(features_of(view, candidate, content, known), learned)
            score = max(score, floor_of(view, candidate))
            if score >= self.min_score:
                source = () if candidate.source is None else (view.parse.between(*candidate.source),)
                yield RawAttribution(source, (view.parse.between(*candidate.cue),), content, round(score, 4))


def _worth_keeping(found: list[RawAttribution]) -> list[RawAttribution]:
    """Less doublets, and less the doubtful ones inside another's content."""
    best: dict[tuple[Span, ...], float] = {}
    for raw in found:
        best[raw.content] = max(best.get(raw.content, 0.0), raw.score)
    found = [raw for raw in found if raw.score >= DOUBLET_SHARE * best[raw.content]]
    above = parents(found, "")
    return [raw for raw, parent in zip(found, above, strict=True) if parent is None or raw.score >= MIN_NESTED_SCORE]


def candidates_of(view: View) -> Iterator[tuple[Candidate, tuple[Span, ...]]]:
    """Candidates with their final content, those without any left out."""
    known = lexicon()
    found = [c for c in repaired(view, list(find_candidates(view))) if c.content or c.frame == "quote"]
    found = [c for c in found if known.seen(c.lemma) == 0 or known.of_lemma(c.lemma) >= MIN_LEMMA]
    for candidate, content in zip(found, contents(view, found, known), strict=True):
        if content:
            yield candidate, content


def read_views(article: Article, parses: Sequence[Parse], quotes: list[Quote]) -> Iterator[View]:
    """The story's parsed blocks with their quotations."""
    starts = [quote.span.start for quote in quotes]
    for parse in parses:
        if parse.block.in_story and len(parse.doc):
            yield View.of(parse, _inside(quotes, starts, parse.span))


def _inside(quotes: list[Quote], starts: list[int], span: Span) -> list[Quote]:
    return quotes[bisect_left(starts, span.start) : bisect_right(starts, span.end - 1)]
