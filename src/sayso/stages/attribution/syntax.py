"""Grammar that attribution needs: subjects, noun phrases, cue phrases, token ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Range", "agent_of", "cue_range", "is_passive", "lemma_of", "noun_phrase", "subject_of", "trim", "without"]

Range = tuple[int, int]
"""First and last token, both inclusive."""

_BEFORE_CUE = frozenset({"aux", "auxpass", "neg"})
_CLAUSES = frozenset({"xcomp", "advcl", "pcomp"})
_VERBAL = frozenset({"VERB", "AUX"})
MAX_CUE_TOKENS = 5
MAX_CLIMB = 12


def lemma_of(token: Token) -> str:
    """The lemma in small letters; the parser's rules take `hoped` for a form of `hop`.

    A noun's or verb's own lemma is left as it is otherwise.
    """
    return "hope" if token.lower_ in {"hoped", "hoping"} else token.lemma_.lower()


def subject_of(verb: Token) -> Token | None:
    """Head of the words that do what the verb says, by way of conjunction and control; None where unstated."""
    for _ in range(MAX_CLIMB):
        own = _own_subject(verb)
        if own is not None:
            return own
        if any(child.dep_ == "nsubjpass" for child in verb.children):
            return None
        head = verb.head
        if head.i == verb.i:
            return None
        if verb.dep_ == "acl" and verb.tag_ == "VBG":
            return head
        if (verb.dep_ == "conj" or verb.dep_ in _CLAUSES) and head.pos_ in _VERBAL:
            verb = head
        elif verb.dep_ == "pcomp" and head.head.pos_ in _VERBAL and head.head.i != head.i:
            verb = head.head
        else:
            return None
    return None


def _own_subject(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "nsubj":
            return child
    return agent_of(verb)


def agent_of(verb: Token) -> Token | None:
    """Head of the agent in `by …` of a passive."""
    for child in verb.children:
        if child.dep_ == "agent":
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None


def is_passive(verb: Token) -> bool:
    """Whether the verb has a passive subject or auxiliary."""
    return any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)


def noun_phrase(head: Token) -> Range:
    """The phrase around its head, less relative clauses and what follows them."""
    if head.pos_ == "PRON" and head.tag_ != "NN":
        return head.i, head.i
    first, last = head.left_edge.i, head.right_edge.i
    for child in head.children:
        if child.i > head.i and child.dep_ in {"relcl", "acl", "advcl"}:
            last = min(last, child.left_edge.i - 1)
    return trim(head.doc, first, max(last, head.i)) or (head.i, head.i)


def cue_range(verb: Token) -> Range:
    """The verb with its auxiliaries, negation, particle and the adverb just before it."""
    tokens = [verb.i, *(child.i for child in verb.children if _joins_cue(child, verb))]
    first, last = min(tokens), max(tokens)
    return (first, last) if last - first < MAX_CUE_TOKENS else (verb.i, verb.i)


def _joins_cue(child: Token, verb: Token) -> bool:
    if child.dep_ in _BEFORE_CUE:
        return bool(child.i < verb.i)
    return child.dep_ == "prt" or (child.dep_ == "advmod" and child.tag_ == "RB" and child.i == verb.i - 1)


def trim(doc: Doc, first: int, last: int) -> Range | None:
    """The range less white space and loose punctuation at either end; None where nothing is left."""
    while first <= last and _is_loose(doc[first]):
        first += 1
    while last >= first and _is_loose(doc[last]):
        last -= 1
    return (first, last) if first <= last else None


def _is_loose(token: Token) -> bool:
    return bool(token.is_space) or token.text in {",", ".", ";", ":", "—", "-", "–", "--", "..."}


def without(doc: Doc, first: int, last: int, cut: list[Range]) -> list[Range]:
    """What is left of a range when others are taken out, trimmed, wordless pieces dropped."""
    out: list[Range] = []
    start = first
    for low, high in [*sorted(cut), (last + 1, last + 1)]:
        if high < start:
            continue
        if low > start:
            piece = trim(doc, start, min(low - 1, last))
            if piece and any(
                doc[i].is_alpha or doc[i].like_num or not doc[i].is_punct for i in range(piece[0], piece[1] + 1)
            ):
                out.append(piece)
        start = max(start, high + 1)
        if start > last:
            break
    return out
