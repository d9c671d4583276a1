"""Repairs: what the parser often gets wrong next to a cue, put right by the order of words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .candidates import ASIDES, MAX_ASIDE, Candidate, View
from .finders import find_more
from .footing import classes
from .syntax import Range, trim, without

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["repaired"]

FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
NAMING = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM", "PRON"})
WITHHOLDING = frozenset({"decline", "refuse"})
TAILS = frozenset({"according", "citing", "quoting"})
MAX_SOURCE_TOKENS = 14
CLOSERS = frozenset({",", "”", '"', "''", "´´", "»", "“", "’", "'"})


def repaired(view: View, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with sources, contents and doublets put right, in order of their cues."""
    out = _without_withholding(view, candidates)
    out = _with_more(out, list(find_more(view)))
    tails = _tails(view)
    for candidate in out:
        _after_aside(view, candidate)
        _cut_tail(view, candidate, tails)
        _cut_left(view, candidate)
        _mend_source(view, candidate)
    known = {candidate.head for candidate in out}
    out.extend(found for found in _beside_quotes(view) if found.head not in known)
    return sorted(out, key=lambda candidate: (candidate.head, candidate.cue))


def _with_more(candidates: list[Candidate], more: list[Candidate]) -> list[Candidate]:
    """The fixed forms, each in the place of what the verb alone gave."""
    heads = {candidate.head for candidate in more}
    return [candidate for candidate in candidates if candidate.head not in heads] + more


def _without_withholding(view: View, candidates: Sequence[Candidate]) -> list[Candidate]:
    """`declined to say why` is one cue: the outer candidate goes, the inner one's cue grows."""
    by_head = {candidate.head: candidate for candidate in candidates}
    gone: set[int] = set()
    for candidate in candidates:
        head = view.doc[candidate.head]
        outer = by_head.get(head.head.i)
        is_inner = head.dep_ == "xcomp" and outer is not None and outer.lemma in WITHHOLDING
        if is_inner and outer is not None and candidate.content and head.lemma_.lower() in classes().speech:
            candidate.cue = (outer.cue[0], max(candidate.cue[1], head.i))
            candidate.source = candidate.source or outer.source
            candidate.source_head = candidate.source_head if candidate.source_head is not None else outer.source_head
            candidate.content = [
                piece for piece in candidate.content if piece[0] > candidate.cue[1]
            ] or candidate.content
            gone.add(outer.head)
    return [candidate for candidate in candidates if candidate.head not in gone]


def _tails(view: View) -> list[int]:
    """Tokens that open `…, according to` and `…, citing`, outside quotations."""
    doc = view.doc
    return [
        token.i
        for token in doc
        if token.lower_ in TAILS and token.i > 0 and doc[token.i - 1].text == "," and view.quote_at[token.i] < 0
    ]


def _after_aside(view: View, candidate: Candidate) -> None:
    """`claims, citing a radio station, that …`: the clause behind an aside."""
    doc, start = view.doc, candidate.cue[1] + 1
    if (
        candidate.frame not in {"quote", "prep"}
        or candidate.source is None
        or start >= len(doc)
        or doc[start].text != ","
    ):
        return
    if candidate.lemma not in classes().speech or not any(t.lower_ in ASIDES for t in doc[start + 1 : start + 3]):
        return
    for i in range(start + 2, min(start + MAX_ASIDE, doc[candidate.head].sent.end - 1)):
        if doc[i].text == "," and doc[i + 1].lower_ == "that":
            candidate.frame = "clause"
            candidate.content = without(doc, i + 1, doc[i].sent.end - 1, [])
            return


def _cut_tail(view: View, candidate: Candidate, tails: list[int]) -> None:
    """`…, according to the minutes` and `…, citing a friend` at the end are no part of what was said before."""
    if candidate.lemma in {"according", "accord"}:
        return
    for i, (first, last) in enumerate(candidate.content):
        index = bisect_right(tails, max(first, candidate.head))
        if index < len(tails) and tails[index] <= last:
            piece = trim(view.doc, first, tails[index] - 1)
            if piece:
                candidate.content[i] = piece


def _cut_left(view: View, candidate: Candidate) -> None:
    """A clause before a semicolon or full stop belongs to what went before."""
    doc = view.doc
    if candidate.frame == "colon" or len(candidate.content) < 1:
        return
    kept = []
    for first, last in candidate.content:
        if last < candidate.cue[0]:
            between = doc[last + 1 : candidate.cue[0]]
            if any(token.text == ";" for token in between):
                continue
        kept.append((first, last))
    if kept:
        candidate.content = kept


def _mend_source(view: View, candidate: Candidate) -> None:
    """A verb that the parser left without a subject, or with one inside the quotation, takes the words beside it."""
    doc = view.doc
    head = doc[candidate.head]
    if (
        head.pos_ != "VERB"
        or head.tag_ not in FINITE
        or candidate.frame in {"passive", "passive-as", "raising", "raising-as"}
    ):
        return
    lost = candidate.source_head is None or (view.quote_at[candidate.source_head] >= 0 > view.quote_at[candidate.head])
    if not lost or head.lemma_.lower() not in classes().speech:
        return
    source = _after(view, candidate.cue[1] + 1) if _closes(doc, candidate.cue[0]) else None
    source = source or _before(view, candidate.cue[0] - 1) or None
    if source is None:
        return
    candidate.source = source
    candidate.source_head = doc[source[0] : source[1] + 1].root.i
    pieces = [p for first, last in candidate.content for p in without(doc, first, last, [source, candidate.cue])]
    candidate.content = pieces


def _closes(doc: Doc, position: int) -> bool:
    """Whether a comma or closing mark stands just before."""
    return position > 0 and doc[position - 1].text in CLOSERS


def _after(view: View, first: int) -> Range | None:
    """The noun phrase that begins at the token, outside quotations."""
    doc = view.doc
    last = first - 1
    limit = min(first + MAX_SOURCE_TOKENS, len(doc))
    while last + 1 < limit and _is_naming(view, last + 1, last >= first):
        last += 1
    return trim(doc, first, last) if last >= first and _has_noun(doc, first, last) else None


def _is_naming(view: View, i: int, inside: bool) -> bool:
    token = view.doc[i]
    if view.quote_at[i] >= 0 or token.is_space:
        return False
    joins = token.lower_ in {"of", "for", "'s", "’s", "and", "de", "la", "van", "von"} and inside
    return token.pos_ in NAMING or joins or token.tag_ == "POS"


def _before(view: View, last: int) -> Range | None:
    """The noun phrase that ends at the token, outside quotations, not reaching over a comma."""
    doc = view.doc
    first = last + 1
    limit = max(last - MAX_SOURCE_TOKENS, -1)
    while first - 1 > limit and _is_naming(view, first - 1, True) and doc[first - 1].sent.start == doc[last].sent.start:
        first -= 1
    while first <= last and doc[first].lower_ in {"of", "for", "'s", "’s", "and"}:
        first += 1
    return trim(doc, first, last) if first <= last and _has_noun(doc, first, last) else None


def _has_noun(doc: Doc, first: int, last: int) -> bool:
    return any(doc[i].pos_ in {"NOUN", "PROPN", "PRON"} for i in range(first, last + 1))


def _beside_quotes(view: View) -> list[Candidate]:
    """`“…,” gasped onlooker Des Pratt` where the parser saw no verb of saying."""
    doc = view.doc
    out: list[Candidate] = []
    for (_, last), quote in view.quotes:
        position = last + 1
        while position < len(doc) and doc[position].text in CLOSERS:
            position += 1
        if quote.words < 2 or position >= len(doc) - 1 or view.quote_at[position] >= 0:
            continue
        verb = doc[position]
        if _speaks(verb):
            source = _after(view, position + 1)
        else:
            source = _after(view, position)
            verb = doc[source[1] + 1] if source and source[1] + 1 < len(doc) else verb
            source = source if _speaks(verb) else None
        if source is not None:
            root = doc[source[0] : source[1] + 1].root.i
            out.append(Candidate(verb.i, verb.lemma_.lower(), "quote", (verb.i, verb.i), source, root, []))
    return out


def _speaks(token: Token) -> bool:
    said = token.lemma_.lower() in classes().speech or token.lower_.removesuffix("ed") in classes().manner
    return said and token.tag_ in {"VBD", "VBZ", "VBP", "VBN", "NN", "NNS", "VB"}
