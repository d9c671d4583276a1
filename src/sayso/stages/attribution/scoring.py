"""How likely a candidate is an attribution with the parts found: a logistic model over readable features."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cache

from sayso import lang
from sayso.model import Span

from .candidates import Candidate, View
from .lexicon import Lexicon, logit
from .quotes import Quote
from .syntax import Range

__all__ = ["features_of", "probability", "weights"]

RELATIVE = frozenset({"who", "which", "that", "whose"})
FIRST_SECOND = frozenset({"i", "we", "you", "me", "us"})
PERSONAL = frozenset({"he", "she", "they"})
UNCERTAIN = frozenset({"would", "could", "might", "may", "should", "can", "must"})


@cache
def weights() -> Mapping[str, float]:
    """The shipped weights, `bias` among them."""
    found: Mapping[str, float] = lang.load("cue_weights")["weights"]
    return found


def probability(features: Mapping[str, float], known: Mapping[str, float]) -> float:
    """The model's answer, 0..1."""
    total = known.get("bias", 0.0) + sum(known.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))


def features_of(view: View, candidate: Candidate, content: tuple[Span, ...], known: Lexicon) -> dict[str, float]:
    """Features of one candidate once its content is final."""
    doc = view.doc
    head = doc[candidate.head]
    frame = candidate.frame
    source = _source_type(view, candidate)
    quoted = _quoted_share(view, content)
    in_frame = logit(known.of_frame(candidate.lemma, frame))
    out = {
        "in_frame": in_frame,
        "lemma": logit(known.of_lemma(candidate.lemma)),
        "unseen": float(known.seen(candidate.lemma) == 0),
        f"frame={frame}": 1.0,
        f"source={source}": 1.0,
        f"tag={head.tag_}": 1.0,
        f"{frame}/{source}": 1.0,
        f"in_frame/{source}": in_frame,
        f"dep={head.dep_}": 1.0,
        f"block={view.parse.block.kind}": 1.0,
        "quoted": quoted,
        "has_quote": float(quoted > 0),
        "all_quoted": float(quoted > 0.9),
    }
    out.update(_shape(view, candidate, content))
    return out


def _shape(view: View, candidate: Candidate, content: tuple[Span, ...]) -> dict[str, float]:
    doc = view.doc
    head = doc[candidate.head]
    words = sum(last - first + 1 for first, last in candidate.content)
    length = sum(len(span) for span in content)
    children = list(head.children)
    out = {
        "words": math.log1p(words),
        "chars": math.log1p(length) - 4,
        "short": float(words <= 2),
        "pieces": float(len(content) > 1),
        "negated": float(any(child.dep_ == "neg" for child in children)),
        "modal": float(any(child.lower_ in UNCERTAIN for child in children)),
        "will": float(any(child.lower_ in {"will", "'ll", "’ll"} for child in children)),
        "infinitive": float(any(child.lower_ == "to" and child.dep_ == "aux" for child in children)),
        "in_quote": float(view.quote_at[candidate.head] >= 0),
        "that": float(_has_that(view, candidate)),
    }
    if candidate.source is not None and candidate.source_head is not None:
        gap = min(abs(candidate.head - candidate.source[1]), abs(candidate.source[0] - candidate.head))
        out["gap"] = math.log1p(gap)
        out["own_subject"] = float(doc[candidate.source_head].head.i == candidate.head)
        out["source_after"] = float(candidate.source[0] > candidate.head)
        out["source_words"] = math.log1p(candidate.source[1] - candidate.source[0])
    return out


def _has_that(view: View, candidate: Candidate) -> bool:
    doc = view.doc
    return any(doc[first].lower_ == "that" for first, _ in candidate.content)


def _source_type(view: View, candidate: Candidate) -> str:
    if candidate.source_head is None:
        return "none"
    token = view.doc[candidate.source_head]
    word = token.lower_
    if word in RELATIVE:
        return "relative"
    if word in FIRST_SECOND:
        return "first"
    if word in PERSONAL:
        return "personal"
    if token.pos_ == "PRON":
        return "pronoun"
    if token.ent_type_ == "PERSON":
        return "person"
    if token.ent_type_ in {"ORG", "NORP", "GPE"}:
        return "body"
    return "proper" if token.pos_ == "PROPN" else "common"


def _quoted_share(view: View, content: tuple[Span, ...]) -> float:
    total = sum(len(span) for span in content)
    if not total:
        return 0.0
    inside = 0
    for span in content:
        first = max(bisect_right(view.quotes, span.start, key=_quote_start) - 1, 0)
        last = bisect_left(view.quotes, span.end, key=_quote_start)
        for _, quote in view.quotes[first:last]:
            if quote.words > 1:
                inside += max(0, min(quote.span.end, span.end) - max(quote.span.start, span.start))
    return inside / total


def _quote_start(place: tuple[Range, Quote]) -> int:
    return place[1].span.start
