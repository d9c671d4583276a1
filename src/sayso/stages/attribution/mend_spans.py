"""Sources and cues cut short, put right by the words beside them: `the | sign`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.model import Span

from .candidates import TELLING
from .footing import classes
from .raw import RawAttribution
from .scene import Scene
from .syntax import noun_phrase

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

__all__ = ["spans_mended"]

NAMING = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
WHO = frozenset({"who", "whose"})
LINKING = frozenset({"AUX", "ADV", "PART", "ADP"})
ANONYMOUS = re.compile(
    r"(?:that|because|as|since) (?:he|she|they|his|her|their|the) [^,;.]{0,60}\bnot\b[^,;.]{0,40}"
    r"\b(?:named|identified|used)"
)
FINITE = frozenset({"VBD", "VBZ", "VBP"})
PASSIVE = frozenset({"VBN", "VBD", "VB"})
HEARING = frozenset({"hear", "overhear", "record", "film", "catch"})
NOUNS = frozenset({"NOUN", "PROPN"})
NOMINAL = NAMING | {"DET"}
CLOSERS = frozenset({",", "”", '"', "’", "''"})
MAX_PHRASE = 8
MAX_BACK = 40
MIN_HOST = 3


def spans_mended(found: Sequence[RawAttribution], scene: Scene) -> list[RawAttribution]:
    """The attributions with what was cut off source or cue put back."""
    out = list(found)
    for mend in (_whole_phrase, _from_who, _whole_subject, _heard, _from_object, _beside, _less_anonymity):
        out = [mend(raw, scene) for raw in out]
    return out


def _whole_phrase(raw: RawAttribution, scene: Scene) -> RawAttribution:
    """`“Closed,” read the | sign`: an article is no source without its noun."""
    found = scene.tokens(raw.source[0]) if len(raw.source) == 1 else None
    if found is None or len(found[1]) > 1 or found[1][0].tag_ not in {"DT", "PRP$"} or found[1][0].dep_ == "nsubj":
        return raw
    doc, last = found[1].doc, found[1].end
    while last < min(found[1].end + MAX_PHRASE, len(doc)) and doc[last].pos_ in NAMING:
        last += 1
    if last == found[1].end or doc[last - 1].pos_ == "ADJ":
        return raw
    return _with_source(raw, found[0].between(found[1].start, last - 1))


def _from_who(raw: RawAttribution, scene: Scene) -> RawAttribution:
    """`A banker who asked for silence as the deal isn't | public | said`: the subject is the one with the clause."""
    found = scene.tokens(raw.source[0]) if len(raw.source) == 1 and raw.cue else None
    if found is None or raw.cue[0].start <= raw.source[0].start:
        return raw
    words = found[1]
    doc, sentence = words.doc, words[0].sent
    if words.start == sentence.start or doc[words.start - 1].pos_ not in LINKING or words[-1].pos_ == "PROPN":
        return raw
    low = max(sentence.start, words.start - MAX_BACK)
    who = next((t for t in doc[low : words.start] if t.lower_ in WHO), None)
    noun = None if who is None else _noun_before(doc, who.i)
    if noun is None or any(token.text in {"“", "”", '"', ";"} for token in doc[noun.i : words.start]):
        return raw
    return _with_source(raw, found[0].between(noun.left_edge.i, words.end - 1))


def _noun_before(doc: Doc, i: int) -> Token | None:
    at = i - 2 if i > 1 and doc[i - 1].text == "," else i - 1
    return doc[at] if at >= 0 and doc[at].pos_ in {"NOUN", "PROPN"} else None


def _whole_subject(raw: RawAttribution, scene: Scene) -> RawAttribution:
    """`The headteacher of | St Olave's | apologised`: who did it is the subject, not whose they are."""
    cue = scene.tokens(raw.cue[0]) if raw.cue and len(raw.source) == 1 else None
    source = scene.tokens(raw.source[0]) if cue is not None else None
    if cue is None or source is None or source[0] is not cue[0] or source[1].start < 2:
        return raw
    subject = next((child for child in cue[1].root.children if child.dep_ == "nsubj"), None)
    before = source[1].doc[source[1].start - 1]
    before = before.nbor(-1) if before.tag_ == "DT" and before.i > 0 else before
    if subject is None or subject.pos_ != "NOUN" or before.dep_ != "prep" or before.head.i != subject.i:
        return raw
    if not subject.i < source[1].start < source[1].end <= cue[1].start:
        return raw
    return _with_source(raw, cue[0].between(noun_phrase(subject)[0], source[1].end - 1))


def _from_object(raw: RawAttribution, scene: Scene) -> RawAttribution:
    """`The boat was stolen, alleges | a lawsuit filed on Monday`: behind the comma and the verb stands who says it."""
    cue = scene.tokens(raw.cue[0]) if raw.cue and len(raw.content) == 1 else None
    verb = None if cue is None else cue[1].root
    if cue is None or verb is None or verb.tag_ not in FINITE or verb.lemma_.lower() not in classes().speech:
        return raw
    doc, sentence, first = verb.doc, verb.sent, cue[1].start
    told = scene.tokens(raw.content[0])
    if told is None or told[1].start != cue[1].end or told[1].root.pos_ not in NOUNS:
        return raw
    if first - sentence.start < MIN_HOST or doc[first - 1].text != ",":
        return raw
    host = cue[0].between(sentence.start, first - 2)
    if raw.source and not _is_of_host(raw.source, host, doc[sentence.start : first - 1]):
        return raw
    return replace(raw, source=raw.content, content=(host,))


def _is_of_host(source: Sequence[Span], host: Span, words: DocSpan) -> bool:
    """`The yacht | was bought with it, alleges …`: the source named is the subject of the statement itself."""
    if len(source) > 1 or source[0].start != host.start or source[0].end >= host.end:
        return False
    return any(t.tag_ in FINITE for t in words) and not any(t.is_punct for t in words)


def _heard(raw: RawAttribution, scene: Scene) -> RawAttribution:
    """`The cook was heard to say that …`: whose words are heard is who says them."""
    cue = scene.tokens(raw.cue[0]) if raw.cue and not raw.source else None
    verb = None if cue is None else next((t for t in cue[1] if t.lemma_.lower() in HEARING and t.tag_ in PASSIVE), None)
    said = None if cue is None else next((t for t in cue[1] if t.lemma_.lower() in classes().speech | TELLING), None)
    subject = None if verb is None else next((c for c in verb.children if c.dep_ in {"nsubjpass", "nsubj"}), None)
    if cue is None or said is None or subject is None or subject.lower_ in {"it", "there"}:
        return raw
    return _with_source(raw, cue[0].between(*noun_phrase(subject)))


def _beside(raw: RawAttribution, scene: Scene) -> RawAttribution:
    """`The king is dead, | state radio | announced`, `Dam is safe, insists | governor`: who stands by the verb."""
    cue = scene.tokens(raw.cue[0]) if raw.cue and not raw.source else None
    verb = None if cue is None else cue[1].root
    if cue is None or verb is None or verb.tag_ not in FINITE or verb.lemma_.lower() not in classes().speech:
        return raw
    doc, first, last = verb.doc, cue[1].start, cue[1].end
    low = first
    while low > verb.sent.start and first - low < MAX_PHRASE and doc[low - 1].pos_ in NOMINAL:
        low -= 1
    if first - low > 1 - doc[low - 1].is_punct and low - verb.sent.start >= MIN_HOST and doc[low - 1].text in CLOSERS:
        return _with_source(raw, cue[0].between(low, first - 1)) if doc[first - 1].pos_ in NOUNS else raw
    while last < min(len(doc), cue[1].end + MAX_PHRASE) and doc[last].pos_ in NOMINAL:
        last += 1
    ends = last == len(doc) or doc[last].text in {".", "\n"} or doc[last].is_space
    if last == cue[1].end or not ends or doc[first - 1].text not in CLOSERS or first - verb.sent.start < MIN_HOST:
        return raw
    return _with_source(raw, cue[0].between(cue[1].end, last - 1)) if doc[last - 1].pos_ in NOUNS else raw


def _less_anonymity(raw: RawAttribution, scene: Scene) -> RawAttribution:
    """`The shells had run out, a commander told Reuters on condition | that he not be named`: nobody reports that."""
    cue = scene.tokens(raw.cue[0]) if raw.cue and len(raw.source) == 1 and raw.content else None
    text = scene.article.text
    if cue is None or not ANONYMOUS.match(raw.content[-1].of(text)) or raw.source[0].start > raw.cue[0].start:
        return raw
    sentence = cue[1][0].sent
    host = Span(cue[0].span_of(sentence[0]).start, raw.source[0].start)
    words = host.of(text).rstrip()
    if any(span.start < host.start or span.end > host.end for span in raw.content[:-1]):
        return raw
    if not words.endswith(",") or len(words.split()) < MIN_HOST:
        return raw
    verb = next((t for t in cue[1] if t.lemma_.lower() in classes().speech | TELLING), cue[1].root)
    return replace(raw, cue=(cue[0].span_of(verb),), content=(Span(host.start, host.start + len(words) - 1),))


def _with_source(raw: RawAttribution, source: Span) -> RawAttribution:
    """The attribution with another source, taken out of its content."""
    content = []
    for span in raw.content:
        halves = (Span(span.start, min(span.end, source.start)), Span(max(span.start, source.end), span.end))
        content += [half for half in halves if half] if span.overlaps(source) else [span]
    return replace(raw, source=(source,), content=tuple(content)) if content else raw
