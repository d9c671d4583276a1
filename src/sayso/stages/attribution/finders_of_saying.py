"""Candidates by the order of words and by verbs that say nothing without their noun: `…, maintained the auditor`,
`raised the alarm over …`, `would not be drawn on …`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.stages.mentions import names

from .candidates import TELLING, Candidate, View
from .footing import classes
from .syntax import noun_phrase, subject_of, trim, without

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_saying"]

FINITE = frozenset({"VBD", "VBZ", "VBP"})
ENDS = frozenset({".", "!", "?"})
LIGHT = {
    "raise": frozenset({"alarm", "concern", "doubt", "fear", "objection", "question", "suspicion", "hope"}),
    "sound": frozenset({"alarm", "warning"}),
    "cast": frozenset({"doubt"}),
    "voice": frozenset({"concern", "doubt", "fear", "hope", "alarm", "support", "anger", "frustration", "suspicion"}),
    "express": frozenset(
        [
            "concern",
            "doubt",
            "fear",
            "hope",
            "alarm",
            "support",
            "anger",
            "frustration",
            "regret",
            "surprise",
            "confidence",
            "outrage",
            "dismay",
        ]
    ),
    "pour": frozenset({"scorn", "water"}),
    "lodge": frozenset({"complaint", "protest", "objection"}),
    "issue": frozenset({"warning", "denial"}),
}
"""Verbs by the nouns without which they say nothing."""
INTRODUCING = frozenset({"over", "about", "on", "at", "against", "for", "of"})
MAX_LIGHT = 6
MAX_TAIL = 14
MIN_HOST = 3


def find_saying(view: View, token: Token) -> Iterator[Candidate]:
    """Candidates whose cue is the token or begins with it."""
    if token.pos_ != "VERB":
        return
    if token.tag_ in FINITE:
        yield from _tail(view, token)
    if token.lower_ == "drawn":
        yield from _drawn(view, token)
    if token.lemma_.lower() in LIGHT:
        yield from _light(view, token)


def _tail(view: View, verb: Token) -> Iterator[Candidate]:
    """`Not a penny was missing, maintained the bank's own auditor.`"""
    doc, sentence = view.doc, verb.sent
    last = sentence.end - 2 if doc[sentence.end - 1].text in ENDS else sentence.end - 1
    if verb.i - sentence.start < MIN_HOST or doc[verb.i - 1].text != "," or not 0 < last - verb.i <= MAX_TAIL:
        return
    lemma = verb.lemma_.lower()
    if lemma not in classes().speech or lemma in TELLING or view.quote_at[verb.i] >= 0:
        return
    source, content = trim(doc, verb.i + 1, last), without(doc, sentence.start, verb.i - 1, [])
    if source is None or not content or any(t.tag_ in {*FINITE, "MD"} for t in doc[verb.i + 1 : last + 1]):
        return
    root = doc[source[0] : source[1] + 1].root
    if _is_somebody(root) and any(t.dep_ in {"nsubj", "nsubjpass", "expl"} for t in doc[sentence.start : verb.i]):
        yield Candidate(verb.i, lemma, "headline-tail", (verb.i, verb.i), source, root.i, content)


def _is_somebody(noun: Token) -> bool:
    known = names()
    word = noun.lemma_.lower()
    return word in known.callings or word in known.dictionary or word in known.bodies_called


def _drawn(view: View, verb: Token) -> Iterator[Candidate]:
    """`would not be drawn on the strike`."""
    negated = [child for child in verb.children if child.dep_ == "neg"]
    subject = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    on = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"on", "about", "over"}), None)
    if not negated or subject is None or on is None or on.i != verb.i + 1:
        return
    first = min(child.i for child in verb.children if child.dep_ in {"aux", "auxpass", "neg"})
    content = without(view.doc, on.i + 1, on.right_edge.i, [])
    if content:
        yield Candidate(verb.i, "decline", "light", (first, on.i), noun_phrase(subject), subject.i, content)


def _light(view: View, verb: Token) -> Iterator[Candidate]:
    """`raised the alarm over a rise in sulphur`."""
    doc, subject = view.doc, subject_of(verb)
    noun = next((c for c in verb.children if c.dep_ == "dobj" and c.lemma_.lower() in LIGHT[verb.lemma_.lower()]), None)
    if noun is None or subject is None or not 0 < noun.i - verb.i < MAX_LIGHT or subject.i > verb.i:
        return
    preps = [*noun.children, *(child for child in verb.children if child.i > noun.i)]
    prep = next((c for c in preps if c.dep_ == "prep" and c.lower_ in INTRODUCING and c.i == noun.i + 1), None)
    content = [] if prep is None else without(doc, prep.i + 1, prep.right_edge.i, [])
    if prep is not None and content:
        first = min([verb.i, *(c.i for c in verb.children if c.dep_ in {"aux", "neg"} and c.i < verb.i)])
        yield Candidate(verb.i, verb.lemma_.lower(), "light", (first, prep.i), noun_phrase(subject), subject.i, content)
