"""Tagger and rules together: the tagger's spans, and what only the rules see, inside, around and apart from them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from sayso.model import Article, Sentence, Span
from sayso.stages.parse import Parse

from .cover import Cover
from .raw import Detector, RawAttribution
from .tagger import TaggerDetector

__all__ = ["CombinedDetector", "combined"]

NESTED = 0.34
"""Score from which a rule's attribution inside a content is kept: the tagger was trained on one layer."""
FREE = 0.6
"""Score from which a rule's attribution is kept where the tagger has neither its cue nor its content."""
AROUND = 0.6
"""Score from which a rule's attribution is kept whose content holds whole attributions of the tagger."""
RECIPIENT = 24
"""Code points that a person who is told something takes at most, between cue and content."""
REACH = 8_000
"""Code points that an attribution of the tagger may span at most: it reads windows of 256 word pieces."""


class CombinedDetector:
    """The tagger's attributions, another detector's inside or apart from them, and what a second look adds to both."""

    def __init__(self, rules: Detector, tagger: Detector | None = None) -> None:
        self.rules = rules
        self.tagger: Detector = tagger if tagger is not None else TaggerDetector()

    def warm_up(self) -> None:
        """Load both detectors."""
        self.rules.warm_up()
        self.tagger.warm_up()

    def __call__(
        self, article: Article, parses: Sequence[Parse], sentences: Sequence[Sentence]
    ) -> list[RawAttribution]:
        """Attributions of the story, in text order."""
        found = combined(self.tagger(article, parses, sentences), self.rules(article, parses, sentences))
        if isinstance(self.tagger, TaggerDetector):
            found += self.tagger.again(article, parses, found)
        return sorted(found, key=lambda raw: (_first(raw), raw.cue, raw.content))


def combined(tagged: Sequence[RawAttribution], ruled: Sequence[RawAttribution]) -> list[RawAttribution]:
    """All of `tagged`, and of `ruled` what lies inside, around or apart from them; in text order."""
    tagged = _less_neighbours(_less_recipients(_parted(tagged, ruled), ruled), ruled)
    cues = Cover(span for raw in tagged for span in raw.cue)
    contents = Cover(span for raw in tagged for span in raw.content)
    order = sorted(tagged, key=_first)
    starts = [_first(raw).start for raw in order]
    out = list(tagged)
    for raw in ruled:
        if any(cues.touches(span) for span in raw.cue):
            continue
        near = order[bisect_left(starts, _first(raw).start - REACH) : bisect_left(starts, _last(raw))]
        if raw.score >= _least(raw, contents, near):
            out.append(raw)
    return sorted(out, key=lambda raw: (_first(raw), raw.cue, raw.content))


def _less_recipients(tagged: Sequence[RawAttribution], ruled: Sequence[RawAttribution]) -> list[RawAttribution]:
    """`told nobody where he went`: who is told is no part of what is told, where a rule reads the same cue so."""
    known = {(raw.source, raw.cue): raw.content for raw in ruled if len(raw.content) == 1}
    out = []
    for raw in tagged:
        content = known.get((raw.source, raw.cue), ())
        if content and len(raw.content) == 1 and content[0].end == raw.content[0].end:
            late = content[0].start - raw.content[0].start
            raw = replace(raw, content=content) if 0 < late <= RECIPIENT else raw
        out.append(raw)
    return out


def _less_neighbours(tagged: Sequence[RawAttribution], ruled: Sequence[RawAttribution]) -> list[RawAttribution]:
    """`HOST: Why? // SENATOR: Because`: a piece of the senator's content that the rules give to the host.

    Only where cues are colons: of two quotations in a row the tagger is the surer.
    """
    others = {raw.content[0]: raw for raw in ruled if len(raw.content) == 1 and raw.cue and raw.score >= FREE}
    order = Cover(others)
    cues = Cover(span for raw in tagged for span in raw.cue)
    out = []
    for raw in tagged:
        kept = [span for span in raw.content if not _is_neighbours(span, raw, order, others, cues)]
        out.append(replace(raw, content=tuple(kept)) if kept and len(kept) < len(raw.content) else raw)
    return out


def _is_neighbours(
    span: Span, raw: RawAttribution, order: Cover, others: dict[Span, RawAttribution], cues: Cover
) -> bool:
    met = order.met(span) if len(raw.content) > 1 and raw.cue and len(raw.cue[0]) == 1 else None
    other = None if met is None else others[met]
    if met is None or other is None or not other.source or len(other.cue[0]) > 1 or cues.touches(other.cue[0]):
        return False
    shared = min(met.end, span.end) - max(met.start, span.start)
    return other.cue[0].end <= span.start < raw.cue[0].start and 2 * shared > len(span)


def _parted(tagged: Sequence[RawAttribution], ruled: Sequence[RawAttribution]) -> list[RawAttribution]:
    """`The Post has learned from aides that …`: one by the tagger, two, one inside the other, by the rules.

    The tagger's is taken for the outer of the two where the inner's source is a word of none of its spans.
    """
    out = list(tagged)
    cues = {span: i for i, raw in enumerate(out) for span in raw.cue}
    order = Cover(cues)
    for outer in ruled:
        at = next((cues[met] for span in outer.cue if (met := order.met(span))), None)
        if at is None or not outer.source or outer.source != out[at].source or outer.cue == out[at].cue:
            continue
        taken = Cover((*out[at].source, *out[at].content))
        held = Cover(outer.content)
        whole = Cover(out[at].cue)
        for inner in ruled:
            inside = inner.source and inner.cue and all(held.holds(span) for span in _spans(inner))
            if inside and whole.touches(inner.cue[0]) and not taken.touches(inner.source[0]):
                out[at] = replace(outer, score=out[at].score)
                break
    return out


def _least(raw: RawAttribution, contents: Cover, near: Sequence[RawAttribution]) -> float:
    """The score that `raw` needs where it stands; more than any score where it crosses an attribution of the tagger."""
    if not raw.cue:
        return 2.0 if any(contents.touches(span) for span in raw.content) else 0.0
    if all(contents.holds(span) for span in _spans(raw)):
        return NESTED
    if any(contents.touches(span) for span in raw.cue):
        return 2.0
    held = Cover(raw.content)
    met = [other for other in near if any(held.touches(span) for span in _spans(other))]
    if not any(held.touches(span) for other in met for span in other.content):
        return FREE
    return AROUND if all(held.holds(span) for other in met for span in _spans(other)) else 2.0


def _spans(raw: RawAttribution) -> tuple[Span, ...]:
    return (*raw.source, *raw.cue, *raw.content)


def _first(raw: RawAttribution) -> Span:
    return min(_spans(raw))


def _last(raw: RawAttribution) -> int:
    return max(span.end for span in _spans(raw))
