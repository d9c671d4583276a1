"""On which footing an event stands: told outright, reported, denied, planned, feared…"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.model import Attribution
from sayso.model.annotation import EventFooting

from .words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["footing_of"]

ACTS: dict[str, EventFooting] = {
    "denial": "denied", "order": "ordered", "promise": "planned",
    "fear": "feared", "hope": "hoped", "plan": "planned", "question": "hypothetical",
}  # fmt: skip


def footing_of(token: Token, attribution: Attribution | None) -> EventFooting:
    """The strongest sign wins: condition, negation, denial, then wish and plan, then hedge, then the attribution."""
    signs = _signs(token)
    for sign in ("hypothetical", "negated", "denied", "ordered", "feared", "hoped", "planned"):
        if sign in signs:
            return sign
    if attribution is not None:
        act = ACTS.get(attribution.footing.act)
        if act is not None:
            return act
        if attribution.footing.polarity == "negated":
            return "denied"
    if "hedged" in signs or (attribution is not None and attribution.footing.certainty == "hedged"):
        return "hedged"
    return "reported" if attribution is not None else "own_voice"


def _signs(token: Token) -> set[str]:
    out: set[str] = set()
    lexicon = words()
    for child in token.children:
        lower = child.lower_
        if child.dep_ == "neg" or lower in ("never", "neither"):
            out.add("negated")
        elif child.dep_ == "aux" and lower in ("will", "'ll", "’ll", "wo", "shall"):
            out.add("planned")
        elif child.dep_ == "aux" and lower == "would":
            out.add("hypothetical" if _has_condition(token) else "planned")
        elif lower in lexicon.hedges and child.dep_ in ("aux", "advmod"):
            out.add("hedged")
        elif child.dep_ == "mark" and lower in lexicon.hypothetical_marks:
            out.add("hypothetical")
        elif child.dep_ == "det" and lower == "no":
            out.add("negated")
    return out | _from_governor(token)


def _has_condition(token: Token) -> bool:
    return any(
        child.dep_ == "advcl" and any(g.lower_ in ("if", "unless") for g in child.children) for child in token.children
    )


def _from_governor(token: Token) -> set[str]:
    """What the verb that governs an infinitive, gerund or noun makes of it: `refused to lend`, `ordered a raid`."""
    head = token.head
    if head is token:
        return set()
    lexicon = words()
    if token.dep_ == "conj":
        return _from_governor(head)
    infinitive = any(child.tag_ == "TO" for child in token.children)
    governed = token.dep_ in ("xcomp", "pcomp") or (token.dep_ in ("ccomp", "advcl", "acl") and infinitive)
    if token.pos_ == "NOUN" and token.dep_ == "dobj":
        governed = lexicon.governors.get(head.lemma_.lower()) in ("planned", "ordered", "denied", "feared", "negated")
    if token.dep_ == "ccomp" and lexicon.governors.get(head.lemma_.lower()) in ("denied", "feared", "hoped"):
        governed = True
    if not governed:
        return set()
    verb = head.head if token.dep_ == "pcomp" and head.pos_ == "ADP" else head
    sign = lexicon.governors.get(verb.lemma_.lower())
    if sign is None:
        return (
            {"planned"}
            if infinitive
            and verb.pos_ == "NOUN"
            and verb.lemma_.lower() in ("plan", "attempt", "plot", "bid", "effort", "decision", "proposal")
            else set()
        )
    out = {sign}
    if any(child.dep_ == "neg" for child in verb.children) and sign in ("planned", "ordered"):
        out.add("negated")
    return out
