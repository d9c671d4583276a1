"""Speakers: whom a source's words stand for, with a score, or left open with ranked candidates and a reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.model import Candidate, Entity, Span
from sayso.model.annotation import SourceKind
from sayso.stages.mentions import key_of, names

from .descriptions import Descriptions
from .discourse import REACH_CHARS, Discourse, Speaker, speaker_words
from .inside import GENDERS, Inside
from .kinds import is_official_role, kind_of_entity, lists
from .lone_names import named_alone
from .pronouns import Pronouns
from .quotes import Quote
from .raw import RawAttribution
from .scene import Scene, role_of, singular

if TYPE_CHECKING:
    from spacy.tokens import Span as DocSpan
    from spacy.tokens import Token

    from sayso.stages.parse import Parse

__all__ = ["Resolver", "Speaker"]

RELATIVE = frozenset({"who", "which", "that", "whose", "whom"})
PEOPLE = frozenset({"named_person", "named_official", "unnamed_person", "unnamed_official"})
NOBODY = frozenset({"nobody", "none", "nothing"})
SOMEBODY = frozenset({"those", "another", "someone", "somebody", "anyone"})
ABBREVIATED = frozenset({"mp", "mep", "pm"})
ENDS = frozenset({".", "!", "?", "”", '"'})
LETTERS = frozenset({"Q", "A", "QUESTION", "ANSWER"})
FORWARDED = frozenset({"information", "intelligence", "word", "news", "indications", "data"})
"""What comes `from` somebody and is no source itself."""
NOMINAL = frozenset({"NOUN", "PROPN"})
MAX_CANDIDATES = 5
GIVEN = re.compile(
    r"\b(?:(?:gave|gives|giving) (?:his|her|their|a) (?:first )?name (?:only |just )?as"
    r"|(?:named|identified|known|introduced) (?:\w+ )?(?:only |just )?(?:himself |herself |themselves )?as"
    r"|(?:asked|wanted|wished|preferred) to be (?:called|named|known as|identified as)) (?:Mr |Mrs |Ms )?[A-Z]"
)
MAX_CLIMB = 12
MAX_NAME_CHARS = 60


class Resolver:
    """Resolves the sources of one page in text order, remembering who spoke."""

    def __init__(self, scene: Scene, bylines: frozenset[str], quotes: Sequence[Quote]) -> None:
        self.discourse = Discourse(scene, bylines, quotes)
        self.descriptions = Descriptions(self.discourse)
        inside = Inside(self.discourse, self.descriptions.resolve)
        self.pronouns = Pronouns(self.discourse, self.descriptions.resolve, inside)

    def resolve(self, raw: RawAttribution, quoted_by: Speaker | None, *, nested: bool = False) -> Speaker:
        """The speaker of one attribution; `quoted_by` is who says the passage it stands in."""
        speaker = self._resolve(raw, quoted_by)
        if speaker.kind == "unknown" and speaker.entity is None and speaker.reason is None:
            speaker = replace(speaker, reason="the words don't tell what kind of source this is")
        anchor = (raw.source or raw.cue or raw.content)[0]
        if not nested:
            self.discourse.spoken.append((anchor, speaker))
        return speaker

    def _resolve(self, raw: RawAttribution, quoted_by: Speaker | None) -> Speaker:
        if not raw.source:
            return self._floating(raw) if not raw.cue else Speaker("unknown", reason="the text names no source")
        span = raw.source[0]
        found = self.discourse.scene.tokens(span)
        if found is None:
            return Speaker("unknown", reason="the source stands outside the parsed text")
        parse, words = found
        labelled = self._of_label(raw, span)
        speaker = labelled or self._of_head(parse, _first_named(words) or _noun_of(words), span, quoted_by)
        if speaker.kind == "unknown" and speaker.entity is None:
            speaker = self._only_person(parse, span) or speaker
        if speaker.kind == "unnamed_person" and speaker.entity is None and self._gives_name(raw, span):
            return replace(speaker, kind="named_person", reason="known by the name given here alone")
        kind = named_alone(speaker, raw, self.discourse.scene)
        return speaker if kind is None else replace(speaker, kind=kind)

    def _only_person(self, parse: Parse, span: Span) -> Speaker | None:
        """`shaken gran Elsie Pike, 81`: the one person whom words name whose head the parser missed."""
        people = [n for n in self.discourse.scene.namings_in(span) if n.entity.kind == "person"]
        found = self.discourse.scene.tokens(people[0].span) if len(people) == 1 else None
        return None if found is None else self._named(parse, found[1].root, people[0].entity, span)

    def _gives_name(self, raw: RawAttribution, span: Span) -> bool:
        """`A resident who gave her name only as Joy`, `a woman who asked to be called Vera`."""
        text = self.discourse.scene.article.text
        around = text[span.start : min(max(span.end, raw.cue[0].start), span.end + MAX_NAME_CHARS)]
        return GIVEN.search(around) is not None

    def _of_label(self, raw: RawAttribution, span: Span) -> Speaker | None:
        """`Q:`, `DR. LUND:`, `INTERVIEWER:`: who speaks in a transcript; None for any other source."""
        text = self.discourse.scene.article.text
        label = span.of(text).rstrip(": ")
        if not label.isupper() or not raw.cue or not text[span.start : raw.cue[-1].end].endswith(":"):
            return None
        words = [word.strip(".").casefold() for word in label.split()]
        if label in LETTERS:
            return Speaker("unknown", reason="the transcript names nobody", described=span)
        if words[0] in names().titles and len(words) > 1:
            return self._titled(words, span)
        if words[-1] in lists().nouns["reporter"]:
            return Speaker("reporter", None, (), 0.9, None, span)
        return None

    def _titled(self, words: list[str], span: Span) -> Speaker | None:
        known = [e for e in self.discourse.scene.entities if e.kind == "person" and words[-1] in key_of(e.name.split())]
        if len(known) == 1:
            kind = kind_of_entity(known[0], self.discourse.scene, self.discourse.bylines)
            return Speaker(kind, known[0].id, (), 0.9, None, span)
        official = " ".join(words[:-1]) in names().official_titles
        return Speaker(
            "named_official" if official else "named_person", None, (), 0.8, "the name is nowhere given in full", span
        )

    def _of_head(self, parse: Parse, head: Token, span: Span, quoted_by: Speaker | None) -> Speaker:
        word = head.lower_
        if word in RELATIVE and head.pos_ in {"PRON", "DET"} and len(span) == len(head):
            return self._relative(parse, head, quoted_by)
        if word in SOMEBODY or (word == "one" and not any(child.lower_ in {"no", "of"} for child in head.children)):
            return Speaker("unnamed_person", None, (), 0.9, None, span)
        if word in GENDERS or (head.pos_ == "PRON" and head.tag_ != "NN"):
            speaker = self.pronouns.resolve(parse, head, quoted_by)
            return speaker if speaker.described or speaker.entity else replace(speaker, described=span)
        if head.lemma_.lower().rstrip("s") in ABBREVIATED:
            return self.descriptions.resolve(parse, head, span)
        if word in NOBODY or (word == "one" and any(child.lower_ == "no" for child in head.lefts)):
            return Speaker("unknown", reason="the words name nobody")
        named = self.discourse.scene.named_at(parse.offset + head.idx)
        if named is not None and self._is_common(head, named):
            return self.descriptions.resolve(parse, head, span)
        if named is not None and head.pos_ != "ADJ":
            return self._named(parse, head, named, span)
        common = speaker_words().common
        plural = head.is_sent_start and word.endswith("s") and singular(word) in common
        if head.pos_ == "PROPN" and (head.lemma_.lower() in common or plural):
            return self.descriptions.resolve(parse, head, span)
        named = self._apposed(parse, head, span) or self._labelled(parse, head, span)
        if named is None and (head.pos_ == "PROPN" or head.ent_type_ == "PERSON"):
            named = self._in_compound(parse, head)
        if named is None and (head.pos_ == "PROPN" or head.ent_type_ == "PERSON"):
            return self._unlisted(parse, head, span)
        if named is not None:
            return self._named(parse, head, named, span)
        return self.descriptions.resolve(parse, head, span)

    @staticmethod
    def _is_common(head: Token, named: Entity) -> bool:
        """`Neighbours called …`: a noun with a capital because it stands first."""
        lemma = singular(head.lower_)
        first = head.is_sent_start and " " not in named.name and len(named.mentions) == 1
        club = head.lower_ in lists().clubs | lists().parties
        return bool(first and not club and head.lower_ != lemma and lemma in speaker_words().common)

    def _apposed(self, parse: Parse, head: Token, span: Span) -> Entity | None:
        """`The founder, Noor Halabi,`: the name given beside the description."""
        for child in head.children:
            if child.dep_ == "appos" and child.i > head.i:
                named = self.discourse.scene.named_at(parse.offset + child.idx)
                if named is not None and named.kind == "person":
                    return named
        behind = self._after_comma(head, span)
        if behind is not None:
            return behind
        doc = parse.doc
        if head.i + 3 < len(doc) and doc[head.i + 1].text == "," and head.pos_ == "NOUN":
            place = parse.offset + doc[head.i + 2].idx
            naming = next(self.discourse.scene.namings_in(Span(place, place + MAX_NAME_CHARS)), None)
            if naming is not None and naming.span.start == place and naming.entity.kind == "person":
                return naming.entity if self.discourse.scene.article.text.startswith(",", naming.span.end) else None
        return None

    def _after_comma(self, head: Token, span: Span) -> Entity | None:
        """`The mayor of Sandholm, Piet Oster,`: a person's name, or a title and a name, that ends the source."""
        text = self.discourse.scene.article.text
        last = [n for n in self.discourse.scene.namings_in(span) if n.entity.kind == "person"][-1:]
        if head.pos_ != "NOUN" or head.tag_ == "NNS" or not last or text[last[0].span.end : span.end].strip(", "):
            return None
        before = text[span.start : last[0].span.start].rstrip().rsplit(",", 1)
        titled = len(before) == 2 and all(word.rstrip(".").casefold() in names().titles for word in before[1].split())
        return last[0].entity if titled else None

    def _in_compound(self, parse: Parse, head: Token) -> Entity | None:
        """`Jean-Luc` of `Jean-Luc d'Arcy`: the person whom the words right before the last name."""
        before = [child for child in head.lefts if child.dep_ == "compound"]
        named = self.discourse.scene.named_at(parse.offset + before[-1].idx) if before else None
        return named if named is not None and named.kind == "person" else None

    def _labelled(self, parse: Parse, head: Token, span: Span) -> Entity | None:
        """`the pianist Orla Wren`: a person's name right behind the noun."""
        end = parse.offset + head.idx + len(head)
        for naming in self.discourse.scene.namings_in(span):
            if naming.entity.kind == "person" and 0 < naming.span.start - end <= 1:
                return naming.entity
        return None

    def _named(self, parse: Parse, head: Token, entity: Entity, span: Span) -> Speaker:
        kind = kind_of_entity(entity, self.discourse.scene, self.discourse.bylines)
        if kind == "named_person" and head.pos_ == "NOUN":
            official = is_official_role(role_of(parse, head, span), self.discourse.scene)
            kind = "named_official" if official else kind
        definite = any(child.lower_ == "the" for child in head.lefts)
        if entity.kind == "other" and definite and head.tag_ == "NNP" and len(entity.name.split()) == 1:
            return self.descriptions.the_one(parse, span, kind)
        if entity.kind == "group" and head.tag_ in {"NN", "NNP", "JJ"}:
            return self.descriptions.the_one(parse, span, kind)
        others = [
            n.entity
            for n in self.discourse.scene.namings_in(span)
            if n.entity.id != entity.id and self._joined(parse, head, n.span)
        ]
        if others:
            everyone = [entity, *dict.fromkeys(others)]
            candidates = tuple(Candidate(e.id, None, 1.0, "one of several named together") for e in everyone)
            return Speaker(kind, None, candidates, 0.9, "several sources are named together", span)
        return Speaker(kind, entity.id, (), 0.97, None, span)

    @staticmethod
    def _joined(parse: Parse, head: Token, span: Span) -> bool:
        return any(span.start <= parse.offset + token.idx < span.end for token in head.conjuncts)

    def _unlisted(self, parse: Parse, head: Token, span: Span) -> Speaker:
        """A name no entity owns: two people share it, or it was not taken for a name."""
        key = key_of([head.text])
        sharing = [
            e for e in self.discourse.scene.entities if e.kind == "person" and key and key[0] in key_of(e.name.split())
        ]
        candidates = tuple(
            Candidate(e.id, e.mentions[0], round(1 / len(sharing), 2), "shares the name") for e in sharing
        )
        reason = "several people on the page share the name" if sharing else "the name is nowhere given in full"
        kinds = {kind_of_entity(e, self.discourse.scene, self.discourse.bylines) for e in sharing}
        kind: SourceKind = kinds.pop() if len(kinds) == 1 else "named_person"
        if not sharing and head.ent_type_ != "PERSON":
            kind = "organization"
        return Speaker(kind, None, candidates[:MAX_CANDIDATES], 0.8, reason, span)

    def _relative(self, parse: Parse, head: Token, quoted_by: Speaker | None) -> Speaker:
        verb = head.head
        for _ in range(MAX_CLIMB):
            if verb.dep_ in {"relcl", "acl"}:
                break
            verb = verb.head
        noun = verb.head
        if verb.i == noun.i or noun.i >= head.i:
            return Speaker("unknown", reason="the relative pronoun has no antecedent in its sentence")
        span = parse.between(noun.left_edge.i, noun.i)
        return self._of_head(parse, noun, span, quoted_by)

    def _floating(self, raw: RawAttribution) -> Speaker:
        """A quotation with nobody beside it: whoever spoke last just before, unless something came between."""
        start = raw.content[0].start
        parse = self.discourse.scene.parse_at(start)
        if parse is None or parse.block.kind in {"headline", "dek", "heading"}:
            return Speaker("unknown", reason="the quotation stands without a source")
        if self.discourse.spoken:
            anchor, speaker = self.discourse.spoken[-1]
            near = start - anchor.end < REACH_CHARS and not self.discourse.doubt(anchor.end, start)
            if near and speaker.kind != "unknown":
                reason = "no source beside the quotation: the last speaker goes on"
                return Speaker(speaker.kind, speaker.entity, (), 0.6, reason, speaker.described)
        return self._introduced(start) or Speaker("unknown", reason="the quotation stands without a source")

    def _introduced(self, start: int) -> Speaker | None:
        """`The prisoner spoke quietly.` and then the quotation: whom the paragraph before is about."""
        index = self.discourse.scene.index_at(start)
        own = self.discourse.scene.parses[index]
        if own.block.in_story and own.span.start < start:
            return self._before(own, start)
        parse = self.discourse.scene.parses[index - 1] if index > 0 else None
        if parse is None or not parse.block.in_story or self.discourse.doubt(parse.span.end, start):
            return None
        return self._subject_of(parse, list(parse.doc.sents), "the paragraph before introduces the speaker")

    def _before(self, parse: Parse, start: int) -> Speaker | None:
        """`Sprinter Jonas Wirth walked off.` and then the quotation: the person named whom the sentence is about."""
        words = parse.doc.char_span(0, start - parse.offset, alignment_mode="contract")
        for token in reversed(words[:-1] if words is not None else ()):
            if token.text in ENDS:
                break
            if token.dep_ == "nsubj" and token.pos_ == "PROPN" and token.head.i > token.i:
                speaker = self._of_head(parse, token, parse.between(token.left_edge.i, token.i), None)
                if speaker.entity is not None and speaker.kind in PEOPLE:
                    reason = "no source beside the quotation: the sentence before introduces the speaker"
                    return replace(speaker, score=0.6, reason=reason)
        return None

    def _subject_of(self, parse: Parse, sentences: Sequence[DocSpan], why: str) -> Speaker | None:
        """The person whom the last of the sentences is about."""
        for sentence in reversed(sentences):
            for child in sentence.root.children:
                if child.dep_ in {"nsubj", "nsubjpass"} and child.pos_ in {"NOUN", "PROPN"}:
                    span = parse.between(child.left_edge.i, child.i)
                    speaker = self._of_head(parse, child, span, None)
                    if speaker.kind in PEOPLE:
                        reason = f"no source beside the quotation: {why}"
                        return replace(speaker, score=0.6, reason=reason, described=speaker.described or span)
            return None
        return None


def _first_named(words: DocSpan) -> Token | None:
    """`Moss` of `Sergeant Lena Moss of Corrin police`, which the parser hung on the police; None for other words."""
    root, first = words.root, words[0]
    if first.pos_ != "PROPN" or root.i <= first.i or not first.text.istitle():
        return None
    name = first
    while name.dep_ == "compound" and name.head.i > name.i and name.head.pos_ == "PROPN":
        name = name.head
    of = name.i + 1 < root.i and words.doc[name.i + 1].lower_ in {"of", "from"}
    return name if of and name.head.i == root.i and name.dep_ in {"nmod", "compound"} else None


def _noun_of(words: DocSpan) -> Token:
    """The word that names the source, where the root doesn't.

    The subject where the span took its verb along (`A spot by SFA focused`), the last noun before a preposition where
    the parse hung the words on something outside (`the criminal complaint | states`).
    """
    root: Token = words.root
    last = words[-1]
    if root.pos_ in NOMINAL and last.i == root.i + 1 and singular(last.lower_) in lists().nouns["person"]:
        return last  # `A court usher`, the second noun taken for another part of speech
    hung = [t for t in words if not words.start <= t.head.i < words.end]
    subjects = [
        t for t in hung if t.dep_ in {"nsubj", "nsubjpass"} and t.pos_ in {"NOUN", "PROPN"} and t.text.isalnum()
    ]
    if len(hung) > 1 and subjects:
        return subjects[-1]  # `Asked about the bridge, the mayor`, `the vice-governor`
    if root.lower_ in FORWARDED:
        prep = next((child for child in root.children if child.lower_ == "from" and child.i < words.end), None)
        return next((child for child in prep.children if child.dep_ == "pobj"), root) if prep is not None else root
    if root.pos_ in {"VERB", "AUX"}:
        inside = [child for child in root.children if words.start <= child.i < words.end]
        return next((child for child in inside if child.dep_ in {"nsubj", "nsubjpass"}), root)
    if root.pos_ not in {"DET", "PUNCT", "CCONJ", "PART"}:
        return root
    first = next((token.i for token in words if token.pos_ == "ADP"), words.end)
    nouns = [token for token in words if token.pos_ in {"NOUN", "PROPN"} and token.i < first]
    return nouns[-1] if nouns else next((t for t in words if t.pos_ in {"ADJ", "NUM"} and t.i < first), root)
