"""Candidates that no verb with its complement gives: feelings, hearsay, rumours, headlines that end on their cue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.stages.mentions import is_outlet_name

from .candidates import HEADLINE_TOKENS, NAME_TOKENS, TELLING, Candidate, View
from .finders_of_saying import find_saying
from .footing import classes
from .forms import forms
from .syntax import Range, cue_range, lemma_of, noun_phrase, subject_of, trim, without

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["find_more"]

FINITE = frozenset({"VBZ", "VBP", "VBD", "NNS", "VB", "NN"})
ENDS = frozenset({".", "!", "?"})
BEFORE_TAIL = frozenset({",", "”", "’", "'", '"', "''", "»"})
ANSWERS = frozenset({"yes", "no", "so"})
ASKING = frozenset({"how", "why", "when", "where", "what", "who", "whom", "whose", "which"})
UNCLEAR = frozenset({"clear", "unclear", "unknown", "known", "uncertain"})
PREPOSITIONS = frozenset({"for", "from", "by", "with", "to", "in", "on", "at", "of", "under"})
MAX_WORDS_OF = 8
VIEWS = frozenset(
    ["words", "opinion", "view", "judgment", "judgement", "estimation", "eyes", "telling", "reckoning", "assessment"]
)
AS_PUT = frozenset({"put", "tell", "see", "have", "describe", "phrase", "express", "explain"})


def find_more(view: View) -> Iterator[Candidate]:
    """Candidates of one block, in no order; contents not yet widened by quotations."""
    for token in view.doc:
        word, tag = token.lower_, token.tag_
        if tag.startswith("JJ") or tag in {"VBN", "VBG", "RB"}:
            yield from _feeling(view, token)
        if word == "from" or (word == "by" and token.dep_ == "agent"):
            yield from _hearsay(view, token)
        elif word == "it":
            yield from _rumour(view, token)
            yield from _unclear(view, token)
        elif word in VIEWS:
            yield from _in_words(view, token)
        elif word == "as":
            yield from _as_put(view, token)
        if token.pos_ == "VERB":
            yield from _short_answer(view, token)
            yield from find_saying(view, token)
    yield from _headline_tail(view)
    yield from _credited(view)


def _feeling(view: View, token: Token) -> Iterator[Candidate]:
    """`are worried that …`, `felt sure the roof would hold`."""
    verb = token.head
    if token.lower_ not in forms().feelings or token.dep_ not in {"acomp", "ROOT"} or verb.pos_ not in {"AUX", "VERB"}:
        return
    below = [*token.children, *verb.children]
    clause = next((child for child in below if child.dep_ in {"ccomp", "advcl"} and child.i > token.i), None)
    if clause is not None and clause.dep_ == "advcl" and clause.left_edge.lower_ != "that":
        clause = None
    subject = subject_of(verb)
    if clause is None or subject is None or subject.lower_ in {"it", "there"}:
        return
    source, cue = noun_phrase(subject), (verb.i, token.i)
    content = without(view.doc, clause.left_edge.i, clause.right_edge.i, [cue, source])
    if content and source[1] < cue[0]:
        yield Candidate(token.i, token.lower_, "clause", cue, source, subject.i, content)


def _hearsay(view: View, token: Token) -> Iterator[Candidate]:
    """`heard from a nurse that …`, `had been told by teachers that …`: the one who told it."""
    verb = token.head
    teller = next((child for child in token.children if child.dep_ == "pobj"), None)
    known = TELLING if token.lower_ == "by" else forms().hearsay
    if teller is None or verb.pos_ != "VERB" or verb.lemma_.lower() not in known:
        return
    clause = next((c for c in [*verb.children, *teller.children] if c.i > teller.i and _opens_with_that(c)), None)
    if clause is None:
        return
    first, last = noun_phrase(teller)
    source = (first, min(last, clause.left_edge.i - 1))
    content = without(view.doc, clause.left_edge.i, clause.right_edge.i, [source])
    if content and token.lower_ == "by":
        yield Candidate(verb.i, verb.lemma_.lower(), "clause", cue_range(verb), source, teller.i, content)
    elif content:
        yield Candidate(token.i, verb.lemma_.lower(), "clause", (token.i, token.i), source, teller.i, content)
        yield from _hearer(view, verb, token, clause.right_edge.i)


def _hearer(view: View, verb: Token, start: Token, last: int) -> Iterator[Candidate]:
    """`The Letter has learned from insiders that …`: who passes it on; a pronoun passes on what it says anyway."""
    subject = subject_of(verb)
    if subject is None or subject.pos_ == "PRON":
        return
    cue = (verb.i, verb.i)
    content = without(view.doc, start.i, last, [cue])
    yield Candidate(verb.i, verb.lemma_.lower(), "clause", cue, noun_phrase(subject), subject.i, content)


def _opens_with_that(clause: Token) -> bool:
    return clause.dep_ in {"ccomp", "acl", "relcl"} and clause.left_edge.lower_ == "that"


def _unclear(view: View, it: Token) -> Iterator[Candidate]:
    """`It was not clear who …`, `It remains unknown whether …`: nobody can say."""
    doc = view.doc
    verb = it.head
    if verb.lemma_.lower() not in {"be", "remain"} or verb.i <= it.i:
        return
    word = next((c for c in verb.children if c.lower_ in UNCLEAR and c.i > verb.i), None)
    if word is None or word.i + 1 >= it.sent.end or doc[word.i + 1].lower_ not in {*ASKING, "whether", "if"}:
        return
    negated = any(doc[i].lower_ in {"not", "n't"} for i in range(verb.i, word.i))
    if word.lower_ in {"clear", "known"} and not negated:
        return
    content = without(doc, word.i + 1, it.sent.end - 1, [])
    yield Candidate(word.i, word.lower_, "passive", (verb.i, word.i), None, None, content)


def _rumour(view: View, it: Token) -> Iterator[Candidate]:
    """`Rumour has it that …`: nobody is the source."""
    doc, i = view.doc, it.i
    if i < 2 or i + 2 >= len(doc) or doc[i - 2].lemma_.lower() not in forms().rumours:
        return
    if doc[i - 1].lemma_.lower() == "have" and doc[i + 1].lower_ == "that":
        content = without(doc, i + 1, it.sent.end - 1, [])
        yield Candidate(i - 1, "rumour", "passive", (i - 2, i), None, None, content)


def _in_words(view: View, words: Token) -> Iterator[Candidate]:
    """`by the words of eyewitnesses, …`, `in the mayor's words, …`, `in the opinion of the coach, …`."""
    doc = view.doc
    prep = words.head
    if prep.dep_ != "prep" or prep.lower_ not in {"by", "in"} or words.i - prep.i > MAX_WORDS_OF:
        return
    owner = next((child for child in words.children if child.dep_ == "poss"), None)
    of = next((child for child in words.children if child.lower_ == "of" and child.i == words.i + 1), None)
    if owner is None and of is not None:
        owner = next((child for child in of.children if child.dep_ == "pobj"), None)
    if owner is None or not any(child.dep_ in {"det", "poss"} for child in words.children):
        return
    source = noun_phrase(owner)
    last = max(words.i, source[1])
    sentence = words.sent
    content = without(doc, sentence.start, sentence.end - 1, [(prep.i, last)])
    inner = _clause_around(prep)
    if prep.i > sentence.start + 2 and doc[prep.i - 1].text == "," and doc[prep.i - 2].lower_ in {"that", "whether"}:
        inner = (last + 1, sentence.end - 1)
    if inner is not None:
        content = without(doc, inner[0], inner[1], [(prep.i, last)])
    if content:
        yield Candidate(prep.i, "accord", "accord", (prep.i, words.i if of else prep.i), source, owner.i, content)


def _as_put(view: View, token: Token) -> Iterator[Candidate]:
    """`As the minister put it, …`, `…, as his wife tells it`: the sentence around is what is put so."""
    doc, verb = view.doc, token.head
    subject = next((child for child in verb.children if child.dep_ == "nsubj" and child.i > token.i), None)
    it = next((child for child in verb.children if child.lower_ == "it" and child.i == verb.i + 1), None)
    if subject is None or it is None or lemma_of(verb) not in AS_PUT:
        return
    source = noun_phrase(subject)
    content = without(doc, verb.sent.start, verb.sent.end - 1, [(token.i, verb.right_edge.i)])
    if content and source[1] < verb.i:
        yield Candidate(verb.i, "accord", "accord", (verb.i, it.i), source, subject.i, content)


def _clause_around(token: Token) -> Range | None:
    """The `that` clause the words stand in."""
    verb = token.head
    if verb.dep_ == "ccomp" and any(child.dep_ == "mark" for child in verb.children):
        mark = next(child for child in verb.children if child.dep_ == "mark")
        return mark.i + 1, verb.right_edge.i
    return None


def _short_answer(view: View, verb: Token) -> Iterator[Candidate]:
    """`say yes`, `did not say for how long`: no clause, and yet a content."""
    doc = view.doc
    i = verb.i + 1
    if verb.lemma_.lower() != "say" or i >= verb.sent.end or view.quote_at[i] >= 0:
        return
    asked = i + 1 < verb.sent.end and doc[i].lower_ in PREPOSITIONS and doc[i + 1].lower_ in ASKING
    if not asked and (doc[i].lower_ not in ANSWERS or (i + 1 < verb.sent.end and not doc[i + 1].is_punct)):
        return
    subject = subject_of(verb)
    last = i
    while asked and last + 1 < verb.sent.end and not doc[last + 1].is_punct:
        last += 1
    first = min([verb.i, *(child.i for child in verb.children if child.dep_ in {"aux", "neg"} and child.i < verb.i)])
    if subject is not None:
        source = noun_phrase(subject)
        yield Candidate(verb.i, "say", "clause", (first, verb.i), source, subject.i, [(i, last)])


def _headline_tail(view: View) -> Iterator[Candidate]:
    """`Our street smells of fish, say residents`: a headline that ends with cue and source."""
    doc = view.doc
    if not 4 <= len(doc) <= HEADLINE_TOKENS or doc[-1].text in ENDS:
        return
    for i in range(len(doc) - 2, max(2, len(doc) - NAME_TOKENS - 2), -1):
        if doc[i - 1].text not in BEFORE_TAIL or view.quote_at[i] >= 0:
            continue
        lemma = _spoken(doc[i])
        source = trim(doc, i + 1, len(doc) - 1)
        content = without(doc, 0, i - 1, [])
        if lemma and source and content and not _is_sentence(doc, i + 1):
            root = doc[source[0] : source[1] + 1].root.i
            yield Candidate(i, lemma, "headline-tail", (i, i), source, root, content)
        return


def _credited(view: View) -> Iterator[Candidate]:
    """`Orlo to buy rival Pell (Bourse Mail)`: a headline with its outlet in brackets."""
    doc = view.doc
    if not 5 <= len(doc) <= HEADLINE_TOKENS or doc[-1].text != ")":
        return
    opening = next((token.i for token in doc[max(0, len(doc) - NAME_TOKENS) :] if token.text == "("), 0)
    source = trim(doc, opening + 1, len(doc) - 2)
    content = without(doc, 0, opening - 1, [])
    if opening < 3 or source is None or not content or doc[opening - 1].text in ENDS:
        return
    if is_outlet_name([token.text for token in doc[source[0] : source[1] + 1]]):
        root = doc[source[0] : source[1] + 1].root.i
        yield Candidate(opening, "-", "headline-dash", (opening, opening), source, root, content)


def _spoken(token: Token) -> str:
    """The verb of saying that the word is, whatever the tagger took it for; empty where it is none."""
    speech = classes().speech | classes().manner
    word = token.lower_
    for lemma in (token.lemma_.lower(), word, word.removesuffix("s"), word.removesuffix("d"), word.removesuffix("ed")):
        if lemma in speech and token.tag_ in FINITE and lemma.isalpha():
            return lemma
    return ""


def _is_sentence(doc: Doc, first: int) -> bool:
    """Whether a finite verb follows: then the words aren't a source."""
    return any(
        token.tag_ in {"VBD", "MD"} or (token.tag_ in {"VBZ", "VBP"} and token.pos_ != "NOUN") for token in doc[first:]
    )
