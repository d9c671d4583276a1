"""Which quotation belongs to which cue: a quotation widens the content of the cue it stands by."""

from __future__ import annotations

from sayso.model import Span, merged

from .candidates import Candidate, View, spans_of
from .lexicon import Lexicon

__all__ = ["contents"]

MAX_GAP_CHARS = 90
MIN_QUOTE_WORDS = 2
STRONG = 0.4
UNSURE_CHARS = 150
SUBORDINATE_CHARS = 100


def contents(view: View, candidates: list[Candidate], known: Lexicon) -> list[tuple[Span, ...]]:
    """The content of each candidate as article spans, quotations included."""
    text_spans = [list(spans_of(view, candidate.content)) for candidate in candidates]
    strong = [i for i, candidate in enumerate(candidates) if _is_strong(view, candidate, known)]
    cues = {i: view.parse.between(*candidates[i].cue) for i in strong}
    penalties = {i: _penalty(view, candidates[i], known) for i in strong}
    for (first, last), quote in view.quotes:
        if quote.words < MIN_QUOTE_WORDS:
            continue
        owner = _owner(quote.span, strong, cues, penalties)
        if owner is None:
            continue
        if _reaches(view, quote.span, (first, last), cues[owner], text_spans[owner]):
            text_spans[owner].append(quote.span)
    text_spans = [[_from_quote(span, view) for span in spans] for spans in text_spans]
    return [
        _without(tuple(merged(spans, gap=1)), view, candidate)
        for spans, candidate in zip(text_spans, candidates, strict=True)
    ]


def _from_quote(span: Span, view: View) -> Span:
    """`He held the mill. “We burned the sacks,” he said`: two sentences taken for one; the quotation is meant."""
    doc = view.doc
    for (first, _), quote in view.quotes:
        inside = span.start < quote.span.start < span.end <= quote.span.end + 1
        if inside and first > 0 and doc[first - 1].text in {".", "!", "?"}:
            return Span(quote.span.start, span.end)
    return span


def _is_strong(view: View, candidate: Candidate, known: Lexicon) -> bool:
    if view.quote_at[candidate.head] >= 0 or candidate.source is None or candidate.frame in {"adverb", "noun-to"}:
        return False
    if candidate.frame in {"accord", "colon"}:
        return True
    return max(known.of_frame(candidate.lemma, "clause"), known.of_frame(candidate.lemma, "quote")) >= STRONG


def _penalty(view: View, candidate: Candidate, known: Lexicon) -> float:
    """Characters that a cue counts as farther off: weak ones, and those in a relative clause."""
    if candidate.frame in {"accord", "colon"}:
        return 0.0
    head = view.doc[candidate.head]
    chance = max(known.of_frame(candidate.lemma, "clause"), known.of_frame(candidate.lemma, "quote"))
    return UNSURE_CHARS * (1 - chance) + (SUBORDINATE_CHARS if head.dep_ in {"relcl", "acl", "advcl"} else 0)


def _owner(quote: Span, strong: list[int], cues: dict[int, Span], penalties: dict[int, float]) -> int | None:
    return min(strong, key=lambda i: (_distance(quote, cues[i]) + penalties[i], i), default=None)


def _distance(quote: Span, cue: Span) -> int:
    return max(cue.start - quote.end, quote.start - cue.end, 0)


def _reaches(view: View, quote: Span, tokens: tuple[int, int], cue: Span, content: list[Span]) -> bool:
    if any(span.overlaps(quote) for span in content):
        return True
    if _distance(quote, cue) < MAX_GAP_CHARS:
        return True
    first = tokens[0]
    return bool(view.doc[first].is_sent_start) or (first > 0 and view.doc[first - 1].text in {".", "?", "!"})


def _without(spans: tuple[Span, ...], view: View, candidate: Candidate) -> tuple[Span, ...]:
    """Less cue and source, where a widened content came to lie over them."""
    taken = [view.parse.between(*part) for part in (candidate.cue, candidate.source) if part is not None]
    out: list[Span] = []
    for span in spans:
        pieces = [span]
        for cut in taken:
            pieces = [left for piece in pieces for left in _cut(piece, cut)]
        out.extend(pieces)
    return tuple(sorted(out))


def _cut(piece: Span, cut: Span) -> list[Span]:
    if not piece.overlaps(cut):
        return [piece]
    halves = [Span(piece.start, min(piece.end, cut.start)), Span(max(piece.start, cut.end), piece.end)]
    return [half for half in halves if half]
