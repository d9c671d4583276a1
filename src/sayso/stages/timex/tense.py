"""Direction of a time expression from tense and modality of the verb that governs it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from sayso.lang import load

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Direction", "direction", "verb_direction"]

Direction = Literal["past", "future", "planned", "present", ""]
"""`planned` is ahead as seen from the past: `decided to keep it shut through the summer`."""
_CLIMB = 12
"""Steps from the expression up to its verb; a parse that needs more is broken."""
FUTURE_MODALS = frozenset(
    {"will", "'ll", "’ll", "wo", "shall", "would", "'d", "may", "might", "could", "should", "can", "must", "ca"}
)


@cache
def _cues() -> tuple[frozenset[str], frozenset[str]]:
    data = load("time")
    return frozenset(data["future_governors"]), frozenset(data["schedule_verbs"])


def direction(doc: Doc, start: int, end: int) -> tuple[Direction, str]:
    """Where the verb that governs characters `start`..`end` of `doc` points, and that verb's words.

    Empty where no verb governs it.
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return "", ""
    token = span.root
    nominal = token.dep_ in ("compound", "nmod") and token.head.pos_ in ("NOUN", "PROPN")
    if span.start and doc[span.start - 1].lower_ in ("until", "till"):
        return "future", doc[span.start - 1].text
    if token.head.lower_ == "since" or (span.start and doc[span.start - 1].lower_ == "since"):
        return "past", "since"
    for _ in range(_CLIMB):
        if token.pos_ in ("VERB", "AUX") and token.i not in range(span.start, span.end):
            found = _of_verb(token, 0)
            if found == "future" and _is_planned_in_the_past(token):
                return "planned", token.text
            # In `the Nov. 6 election` the date is the noun's: a verb in the past says nothing of it.
            return ("" if nominal and found == "past" else found), token.text
        if (
            token.lemma_.lower() in _cues()[0]
            and token.i not in range(span.start, span.end)
            and token.pos_ in ("ADJ", "NOUN")
        ):
            return "future", token.text
        if token.head is token:
            break
        token = token.head
    return "", ""


def _is_planned_in_the_past(verb: Token) -> bool:
    """Whether an infinitive hangs on a plan or decision that is told in the past tense."""
    head = verb.head
    helped = any(child.tag_ == "TO" for child in verb.children)
    return helped and head is not verb and head.tag_ == "VBD" and head.lemma_.lower() in _cues()[0]


def verb_direction(token: Token) -> Direction:
    """Where a verb points; a noun goes with the verb above it."""
    node = token
    for _ in range(_CLIMB):
        if node.pos_ in ("VERB", "AUX"):
            return _of_verb(node, 0)
        if node.head is node:
            return ""
        node = node.head
    return ""


def _of_verb(verb: Token, depth: int) -> Direction:
    future, schedule = _cues()
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    words = {child.lower_ for child in helpers}
    if words & FUTURE_MODALS and not (words & {"have"} and words & {"would", "could", "should", "might"}):
        return "future"
    if any(child.tag_ == "TO" for child in helpers) and "have" not in words:
        return _of_infinitive(verb, depth)
    tags = {child.tag_ for child in helpers}
    if verb.tag_ == "VBG":
        if "VBD" in tags or words & {"been"}:
            return "past"
        if tags & {"VBZ", "VBP"}:
            return "future"
        return _of_head(verb, depth)
    if verb.lemma_.lower() in future and verb.tag_ in ("VBN", "JJ") and "have" not in words and "had" not in words:
        return "future"
    if verb.tag_ in ("VBD", "VBN"):
        return "past"
    if verb.tag_ in ("VBZ", "VBP"):
        return "future" if verb.lemma_.lower() in schedule and not words & {"have", "has"} else "present"
    if verb.tag_ == "VB":
        return "past" if words & {"did", "didn't"} else "future" if verb.dep_ == "ROOT" else _of_head(verb, depth)
    return ""


def _of_infinitive(verb: Token, depth: int) -> Direction:
    head = verb.head
    if head is verb:
        return "future"
    if head.lemma_.lower() in _cues()[0] or (verb.dep_ in ("relcl", "acl") and head.pos_ in ("NOUN", "PROPN")):
        return "future"
    return _of_head(verb, depth)


def _of_head(verb: Token, depth: int) -> Direction:
    token = verb
    for _ in range(_CLIMB):
        if token.head is token:
            return "future" if any(child.tag_ == "TO" for child in verb.children) else ""
        token = token.head
        if token.lemma_.lower() in _cues()[0] and token.pos_ in ("NOUN", "ADJ"):
            return "future"
        if token.pos_ in ("VERB", "AUX"):
            return _of_verb(token, depth + 1) if depth < 4 else ""
    return ""
