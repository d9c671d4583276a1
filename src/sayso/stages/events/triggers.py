"""Which tokens name an event, and who takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["actors", "is_trigger", "particle", "phrase", "targets", "triggers"]

MAX_PHRASE = 40
"""Tokens of an actor or target; a longer one is a broken parse."""


def triggers(doc: Doc) -> list[Token]:
    """Tokens that name an event, in text order."""
    return [token for token in doc if is_trigger(token)]


def is_trigger(token: Token) -> bool:
    """Whether the token is a verb or noun of a happening."""
    if not token.is_alpha and "-" not in token.text:
        return False
    if token.pos_ == "VERB":
        return _verb_stands(token)
    if token.pos_ == "NOUN":
        return token.lemma_.lower() in words().nouns and _noun_stands(token)
    return False


def _verb_stands(token: Token) -> bool:
    if token.dep_ in ("aux", "auxpass", "amod", "compound", "case", "prep", "mark"):
        return False
    lemma = token.lemma_.lower()
    if lemma in words().statives:
        return False
    return not (lemma in ("go", "use") and any(child.dep_ == "xcomp" for child in token.children))


def _noun_stands(token: Token) -> bool:
    if token.dep_ == "compound" or _in_case_of(token):
        return False
    if token.lemma_.lower() not in words().weak_nouns or token.dep_ in ("nsubj", "nsubjpass", "dobj"):
        return True
    return any(child.dep_ in ("poss", "prep", "amod", "compound", "npadvmod", "nummod") for child in token.children)


def _in_case_of(token: Token) -> bool:
    """`in case of an invasion`: nothing happened and nobody says so."""
    start = max(0, token.left_edge.i - 4)
    before = token.doc[start : token.i].text.lower()
    return any(cue in before for cue in words().hypothetical_phrases)


def particle(token: Token) -> Token | None:
    """The particle of a phrasal verb that follows at once."""
    nxt = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return nxt if nxt is not None and nxt.dep_ == "prt" and nxt.head is token else None


def phrase(token: Token) -> tuple[int, int]:
    """First and last token of a noun phrase without its clauses."""
    first, last = token.left_edge.i, token.i
    for child in token.rights:
        if child.dep_ in ("relcl", "acl", "appos", "cc", "conj", "punct", "advcl"):
            break
        last = child.right_edge.i
    return max(first, token.i - MAX_PHRASE), min(last, token.i + MAX_PHRASE)


def actors(token: Token) -> list[Token]:
    """Heads of the phrases that name who did it."""
    if token.pos_ == "NOUN":
        return [child for child in token.children if child.dep_ == "poss"] + _by_phrases(token)
    found = [child for child in token.children if child.dep_ in ("nsubj", "csubj")] + _by_phrases(token)
    if found or _is_passive(token):
        return found
    return _shared_subject(token)


def _is_passive(token: Token) -> bool:
    return any(child.dep_ in ("nsubjpass", "auxpass") for child in token.children)


def _by_phrases(token: Token) -> list[Token]:
    return [
        obj
        for child in token.children
        if child.dep_ == "agent" or (child.lower_ == "by" and token.pos_ == "NOUN")
        for obj in child.children
        if obj.dep_ == "pobj"
    ]


def _shared_subject(token: Token) -> list[Token]:
    """The subject of the verb that this one is coordinated with or opens into."""
    head = token
    for _ in range(4):
        if head.dep_ not in ("conj", "xcomp", "advcl"):
            return []
        via, head = head.dep_, head.head
        if via == "xcomp" and (objects := [c for c in head.children if c.dep_ == "dobj"]):
            return objects
        if subjects := [c for c in head.children if c.dep_ in ("nsubj", "nsubjpass")]:
            return subjects
    return []


def targets(token: Token) -> list[Token]:
    """Heads of the phrases that name whom or what it was done to."""
    if token.pos_ == "NOUN":
        return [
            obj
            for child in token.children
            if child.dep_ == "prep" and child.lower_ in ("of", "on", "against")
            for obj in child.children
            if obj.dep_ == "pobj"
        ][:1]
    return [child for child in token.children if child.dep_ in ("dobj", "nsubjpass")]
