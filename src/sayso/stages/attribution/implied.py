"""What a source's words imply: how many people, how they came to know, why they go unnamed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sayso.model import Span

from .kinds import lists
from .scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["hand_of", "heads_of", "unnamed_reason"]

MAX_REASON_CHARS = 240
MAX_SENTENCE_CHARS = 1_200


def heads_of(span: Span, scene: Scene) -> tuple[int, int | None] | None:
    """How many people the words imply, `(min, max)`; None where they're no people or unclear."""
    found = scene.tokens(span)
    if found is None:
        return None
    head = found[1].root
    total_low, total_high = 0, 0
    open_ended = False
    for part in [head, *(token for token in head.conjuncts if span.start <= found[0].offset + token.idx < span.end)]:
        low, high = _heads(part)
        total_low += low
        open_ended = open_ended or high is None
        total_high += high or 0
    return total_low, None if open_ended else total_high


def _heads(head: Token) -> tuple[int, int | None]:
    known = lists()
    left = [child for child in head.lefts if child.dep_ in {"nummod", "amod", "det", "predet", "quantmod"}]
    words = [token.lower_ for token in head.doc[head.left_edge.i : head.i]]
    for child in left:
        if child.dep_ == "nummod":
            number = known.numbers.get(child.lower_) or (
                int(child.text) if child.text.isascii() and child.text.isdigit() and len(child) < 7 else None
            )
            if number is not None:
                return (number, None) if {"least", "than", "over"} & set(words) else (number, number)
    for word in words:
        if word in known.at_least and head.tag_ in {"NNS", "NNPS"}:
            return known.at_least[word], None
    if head.tag_ in {"NNS", "NNPS"} or head.lower_ in {"people", "police", "they", "we", "those"}:
        return (2, 2) if "both" in words else (2, None)
    return 1, 1


def hand_of(text: str) -> Literal["first", "second"] | None:
    """`first`, `second` or None, by the words of the source's description."""
    if lists().first_hand.search(text):
        return "first"
    return "second" if lists().second_hand.search(text) else None


def unnamed_reason(sentence: Span, text: str) -> Span | None:
    """The words that say why the source goes without a name."""
    known = lists()
    sentence = Span(sentence.start, min(sentence.end, sentence.start + MAX_SENTENCE_CHARS))
    words = sentence.of(text)
    asked = known.without_name.search(words)
    if asked is None:
        return None
    after = known.reason.search(words, asked.end())
    before = list(known.reason.finditer(words, 0, asked.start()))
    start = None
    if after is not None and after.start() - asked.end() < 40:
        start = after.start()
    elif before and asked.start() - before[-1].end() < 60:
        start = before[-1].start()
    if start is None:
        return None
    end = min(
        [
            i
            for i in (
                words.find(mark, max(start, asked.end() if start > asked.start() else asked.start()))
                for mark in (",", ";", ".", " said", "—")
            )
            if i > start
        ]
        or [len(words)]
    )
    return Span(sentence.start + start, sentence.start + min(end, start + MAX_REASON_CHARS)).stripped(text)
