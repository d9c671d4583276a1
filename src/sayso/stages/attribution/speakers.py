"""Speakers: whom a source's words stand for, with a score, or left open with ranked candidates and a reason."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sayso.model import Candidate, Entity, Span
from sayso.model.annotation import SourceKind
from sayso.stages.mentions import gender_of, key_of

from .kinds import kind_of_entity, kind_of_noun, lists
from .raw import RawAttribution
from .scene import Role, Scene, role_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.stages.parse import Parse

__all__ = ["Resolver", "Speaker"]

RELATIVE = frozenset({"who", "which", "that", "whose", "whom"})
GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
DEFINITE = frozenset({"the", "this", "that", "his", "her", "its", "their", "our"})
MALE_NOUNS = frozenset(
    [
        "man",
        "spokesman",
        "chairman",
        "businessman",
        "policeman",
        "congressman",
        "father",
        "husband",
        "son",
        "brother",
        "boy",
        "actor",
        "king",
        "prince",
    ]
)
FEMALE_NOUNS = frozenset(
    [
        "woman",
        "spokeswoman",
        "chairwoman",
        "businesswoman",
        "policewoman",
        "congresswoman",
        "mother",
        "wife",
        "daughter",
        "sister",
        "girl",
        "actress",
        "queen",
        "princess",
        "widow",
    ]
)
REACH_CHARS = 1_600
REACH_BLOCKS = 3
DECAY = 0.7
BLOCK_DECAY = 0.85
RESOLVED = 0.5
MARGIN = 1.35
MAX_CANDIDATES = 5
MAX_JOINED = 6


@dataclass(frozen=True, slots=True)
class Speaker:
    """What is known of a source."""

    kind: SourceKind
    entity: str | None = None
    candidates: tuple[Candidate, ...] = ()
    score: float = 1.0
    reason: str | None = None
    described: Span | None = None
    """The words that describe the source: its own, or its antecedent's."""


@dataclass(frozen=True, slots=True)
class _Rival:
    """Somebody a pronoun may stand for."""

    entity: Entity | None
    span: Span
    salience: float
    doubt: bool


@dataclass(slots=True)
class Resolver:
    """Resolves the sources of one page in text order, remembering who spoke."""

    scene: Scene
    bylines: frozenset[str]
    spoken: list[tuple[Span, Speaker]] = field(default_factory=list)
    _breaks: list[int] = field(default_factory=list)
    _genders: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        blocks = self.scene.article.blocks
        self._breaks = [b.span.start for b in blocks if b.foreign or b.kind in {"widget", "teaser"}]

    def resolve(self, raw: RawAttribution, quoted_by: Speaker | None) -> Speaker:
        """The speaker of one attribution; `quoted_by` is who says the passage it stands in."""
        speaker = self._resolve(raw, quoted_by)
        anchor = (raw.source or raw.cue or raw.content)[0]
        self.spoken.append((anchor, speaker))
        return speaker

    def _resolve(self, raw: RawAttribution, quoted_by: Speaker | None) -> Speaker:
        if not raw.source:
            return self._floating(raw) if not raw.cue else Speaker("unknown", reason="the text names no source")
        span = raw.source[0]
        found = self.scene.tokens(span)
        if found is None:
            return Speaker("unknown", reason="the source stands outside the parsed text")
        parse, words = found
        return self._of_head(parse, words.root, span, quoted_by)

    def _of_head(self, parse: Parse, head: Token, span: Span, quoted_by: Speaker | None) -> Speaker:
        word = head.lower_
        if word in RELATIVE and head.pos_ in {"PRON", "DET"} and len(span) == len(head):
            return self._relative(parse, head, quoted_by)
        if word in GENDERS:
            return self._pronoun(parse, head, GENDERS[word], quoted_by)
        if head.pos_ == "PRON" and head.tag_ != "NN":
            return self._other_pronoun(parse, head, quoted_by)
        named = self.scene.named_at(parse.offset + head.idx)
        if named is not None and head.pos_ != "ADJ":
            return self._named(parse, head, named, span)
        if head.pos_ == "PROPN" or (head.ent_type_ == "PERSON"):
            return self._unlisted(parse, head, span)
        return self._described(parse, head, span)

    def _named(self, parse: Parse, head: Token, entity: Entity, span: Span) -> Speaker:
        kind = kind_of_entity(entity, self.scene, self.bylines)
        others = [
            n.entity
            for n in self.scene.namings_in(span)
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
        sharing = [e for e in self.scene.entities if e.kind == "person" and key and key[0] in key_of(e.name.split())]
        candidates = tuple(
            Candidate(e.id, e.mentions[0], round(1 / len(sharing), 2), "shares the name") for e in sharing
        )
        reason = "several people on the page share the name" if sharing else "the name is nowhere given in full"
        return Speaker("named_person", None, candidates[:MAX_CANDIDATES], 0.8, reason, span)

    def _relative(self, parse: Parse, head: Token, quoted_by: Speaker | None) -> Speaker:
        verb = head.head
        while verb.dep_ not in {"relcl", "acl"} and verb.head.i != verb.i:
            verb = verb.head
        noun = verb.head
        if verb.i == noun.i or noun.i >= head.i:
            return Speaker("unknown", reason="the relative pronoun has no antecedent in its sentence")
        span = parse.between(noun.left_edge.i, noun.i)
        return self._of_head(parse, noun, span, quoted_by)

    def _floating(self, raw: RawAttribution) -> Speaker:
        """A quotation with nobody beside it: whoever spoke last just before, unless something came between."""
        start = raw.content[0].start
        if self.spoken:
            anchor, speaker = self.spoken[-1]
            if speaker.entity is not None and start - anchor.end < REACH_CHARS and not self._doubt(anchor.end, start):
                reason = "no source beside the quotation: the last speaker goes on"
                return Speaker(speaker.kind, speaker.entity, (), 0.6, reason)
        return Speaker("unknown", reason="the quotation stands without a source")

    def _doubt(self, start: int, end: int) -> bool:
        """Whether a block of another story, or a widget, stands between the positions."""
        index = bisect_left(self._breaks, start)
        return index < len(self._breaks) and self._breaks[index] < end

    # -- pronouns -----------------------------------------------------------------------------

    def _other_pronoun(self, parse: Parse, head: Token, quoted_by: Speaker | None) -> Speaker:
        word = head.lower_
        if word in {"i", "me", "myself", "we", "us"}:
            if quoted_by is None:
                return Speaker("reporter", None, (), 0.6, "the writer of the page speaks")
            if word.startswith(("i", "m")):
                return replace(quoted_by, candidates=(), score=min(quoted_by.score, 0.9), reason=quoted_by.reason)
            return Speaker(
                "unknown", None, self._as_candidates([quoted_by]), 0.5, "who else is meant by “we” isn't said"
            )
        if word in {"they", "them", "those"}:
            return self._plural(parse, head)
        if word in {"it", "itself"}:
            return self._neuter(parse, head)
        kind: SourceKind = (
            "public"
            if word in {"you", "everyone", "everybody", "anyone", "many", "some", "others", "most"}
            else "unknown"
        )
        return Speaker(kind, None, (), 0.6, "the pronoun names nobody")

    @staticmethod
    def _as_candidates(speakers: list[Speaker]) -> tuple[Candidate, ...]:
        return tuple(Candidate(s.entity, s.described, 0.5, "speaks here") for s in speakers)

    def _plural(self, parse: Parse, head: Token) -> Speaker:
        position = parse.offset + head.idx
        for anchor, speaker in reversed(self.spoken[-6:]):
            if anchor.end >= position or position - anchor.end > REACH_CHARS or speaker.described is None:
                continue
            found = self.scene.tokens(speaker.described)
            if found is None or found[1].root.tag_ not in {"NNS", "NNPS"}:
                continue
            doubt = self._doubt(anchor.end, position)
            candidate = Candidate(speaker.entity, speaker.described, 0.4 if doubt else 0.7, "last spoke in the plural")
            if doubt:
                return Speaker("unknown", None, (candidate,), 0.5, "a block of another story stands between")
            return Speaker(
                speaker.kind, speaker.entity, (candidate,), 0.7, "they: who last spoke in the plural", speaker.described
            )
        return Speaker("unknown", None, (), 0.5, "the pronoun has no antecedent nearby")

    def _neuter(self, parse: Parse, head: Token) -> Speaker:
        position = parse.offset + head.idx
        rivals = list(
            self._rivals(parse, position, frozenset({"organization", "government", "outlet", "document"}), None)
        )
        return self._decide(rivals, "it")

    def _pronoun(self, parse: Parse, head: Token, gender: str, quoted_by: Speaker | None) -> Speaker:
        position = parse.offset + head.idx
        rivals = list(self._rivals(parse, position, frozenset({"person"}), gender))
        in_quote = quoted_by is not None and quoted_by.entity is not None and quoted_by.reason == "direct"
        if in_quote:
            rivals = [r for r in rivals if r.entity is None or r.entity.id != quoted_by.entity]  # type: ignore[union-attr]
        return self._decide(rivals, head.lower_)

    def _decide(self, rivals: list[_Rival], word: str) -> Speaker:
        best = _strongest(rivals)
        candidates = tuple(
            Candidate(r.entity.id if r.entity else None, r.span, round(min(r.salience, 1.0), 2), "mentioned before")
            for r in best[:MAX_CANDIDATES]
        )
        if not best:
            return Speaker("unknown", None, (), 0.5, f"“{word}” has no antecedent nearby")
        top = best[0]
        if top.doubt:
            return Speaker("unknown", None, candidates, 0.5, "a block of another story stands between")
        if top.salience < RESOLVED:
            return Speaker("unknown", None, candidates, 0.5, f"nobody before “{word}” is prominent enough to be meant")
        if len(best) > 1 and top.salience < MARGIN * best[1].salience:
            return Speaker("unknown", None, candidates, 0.5, f"“{word}” may stand for more than one")
        score = round(min(0.95, 0.5 + top.salience / 3), 2)
        if top.entity is None:
            return replace(self._at(top.span), candidates=candidates[:1], score=score)
        kind = kind_of_entity(top.entity, self.scene, self.bylines)
        return Speaker(kind, top.entity.id, (), score, f"“{word}”: the most prominent before it", top.span)

    def _at(self, span: Span) -> Speaker:
        found = self.scene.tokens(span)
        return Speaker("unknown") if found is None else self._described(found[0], found[1].root, span)

    def _rivals(self, parse: Parse, position: int, kinds: frozenset[str], gender: str | None) -> Iterator[_Rival]:
        """Whoever was mentioned before, as far back as a reader remembers."""
        heard = {s.entity for anchor, s in self.spoken if s.entity and position - anchor.end < REACH_CHARS}
        for naming in self.scene.namings_before(position):
            if position - naming.span.end > REACH_CHARS:
                break
            entity = naming.entity
            if entity.kind not in kinds or naming.span.end > position or not naming.in_story:
                continue
            if gender is not None and self._gender(entity) not in {gender, None}:
                continue
            weight = self._weight(naming.span, parse, position)
            weight *= 1.0 if gender is None or self._gender(entity) == gender else 0.85
            weight *= 1.15 if entity.id in heard else 1.0
            yield _Rival(entity, naming.span, weight, self._doubt(naming.span.end, position))
        if "person" in kinds:
            yield from self._unnamed_rivals(parse, position, gender)

    def _unnamed_rivals(self, parse: Parse, position: int, gender: str | None) -> Iterator[_Rival]:
        """Unnamed people as subjects in this block and the one before: `A nurse … She said`."""
        known = lists()
        people = known.nouns["person"] | known.roles | known.speakers | MALE_NOUNS | FEMALE_NOUNS
        for other in self._recent(parse):
            for token in other.doc:
                place = other.offset + token.idx
                if place >= position:
                    break
                if token.tag_ != "NN" or token.dep_ not in {"nsubj", "nsubjpass"} or token.lemma_.lower() not in people:
                    continue
                if any(child.dep_ == "appos" and child.pos_ == "PROPN" for child in token.children):
                    continue
                if gender is not None and token.lower_ in (FEMALE_NOUNS if gender == "m" else MALE_NOUNS):
                    continue
                span = other.between(token.left_edge.i, token.i)
                yield _Rival(None, span, 0.9 * self._weight(span, parse, position), self._doubt(place, position))

    def _recent(self, parse: Parse) -> list[Parse]:
        index = next((i for i, p in enumerate(self.scene.parses) if p is parse), 0)
        return list(self.scene.parses[max(0, index - 1) : index + 1])

    def _gender(self, entity: Entity) -> str | None:
        if entity.id not in self._genders:
            roles = self.scene.roles.get(entity.id, [])
            words = {word for role in roles for word in role.words}
            nouns = {role.noun for role in roles}
            if nouns & MALE_NOUNS or nouns & FEMALE_NOUNS:
                self._genders[entity.id] = "m" if nouns & MALE_NOUNS else "f"
            else:
                self._genders[entity.id] = gender_of(key_of(entity.name.split()), words)
        return self._genders[entity.id]

    def _weight(self, span: Span, parse: Parse, position: int) -> float:
        found = self.scene.tokens(span)
        if found is None:
            return 0.0
        other, words = found
        weight = _role_weight(words.root)
        sentences = _sentences_between(other, words.root, parse, position)
        if other is not parse:
            weight *= BLOCK_DECAY
        return float(weight * DECAY**sentences)

    # -- descriptions -------------------------------------------------------------------------

    def _described(self, parse: Parse, head: Token, span: Span) -> Speaker:
        role = role_of(parse, head, span)
        kind = kind_of_noun(head, role, self.scene)
        determiner = next((c.lower_ for c in head.lefts if c.dep_ in {"det", "poss"}), "")
        if head.tag_ == "NN" and determiner in DEFINITE:
            return self._definite(parse, head, role, kind, span)
        return Speaker(kind, None, (), 0.95, None, span)

    def _definite(self, parse: Parse, head: Token, role: Role, kind: SourceKind, span: Span) -> Speaker:
        position = span.start
        if kind == "outlet":
            return self._the_outlet(position, span)
        people = kind in {"unnamed_person", "unnamed_official", "reporter"}
        wanted = {"person"} if people else {"organization", "government"}
        fits = [
            e
            for e in self.scene.entities
            if e.kind in wanted and e.mentions[0].start < position and self._fits(e, role)
        ]
        if len(fits) == 1:
            if self._doubt(_last_before(fits[0], position), position):
                candidate = Candidate(fits[0].id, fits[0].mentions[0], 0.5, f"is called {role.noun}")
                return Speaker(kind, None, (candidate,), 0.5, "a block of another story stands between", span)
            return Speaker(
                kind_of_entity(fits[0], self.scene, self.bylines),
                fits[0].id,
                (),
                0.85,
                f"the only {role.noun} before",
                span,
            )
        candidates = tuple(
            Candidate(e.id, e.mentions[0], round(1 / len(fits), 2), f"is called {role.noun}") for e in fits
        )
        reason = f"more than one {role.noun} was named before" if fits else None
        return Speaker(kind, None, candidates[:MAX_CANDIDATES], 0.9, reason, span)

    def _fits(self, entity: Entity, role: Role) -> bool:
        words = key_of(entity.name.split())
        if entity.kind != "person" and role.noun in words:
            return True
        return any(other.noun == role.noun for other in self.scene.roles.get(entity.id, []))

    def _the_outlet(self, position: int, span: Span) -> Speaker:
        outlets = [e for e in self.scene.entities if e.kind == "outlet" and e.mentions[0].start < position]
        outlets.sort(key=lambda e: -_last_before(e, position))
        outlets = [e for e in outlets if position - _last_before(e, position) < REACH_CHARS or len(outlets) == 1]
        candidates = tuple(
            Candidate(e.id, e.mentions[0], round(1 / len(outlets), 2), "an outlet named before") for e in outlets
        )
        if len(outlets) == 1 and not self._doubt(_last_before(outlets[0], position), position):
            return Speaker("outlet", outlets[0].id, (), 0.85, "the only outlet named before", span)
        reason = "more than one outlet was named before" if len(outlets) > 1 else "no outlet is named before"
        if len(outlets) == 1:
            reason = "a block of another story stands between"
        return Speaker("outlet", None, candidates[:MAX_CANDIDATES], 0.7, reason, span)


def _last_before(entity: Entity, position: int) -> int:
    return max((m.end for m in entity.mentions if m.start < position), default=0)


def _strongest(rivals: list[_Rival]) -> list[_Rival]:
    """One rival for each entity or phrase, most prominent first."""
    best: dict[object, _Rival] = {}
    for rival in rivals:
        key = rival.entity.id if rival.entity else rival.span
        if key not in best or rival.salience > best[key].salience:
            best[key] = rival
    return sorted(best.values(), key=lambda r: (-r.salience, -r.span.start))


def _role_weight(head: Token) -> float:
    if head.dep_ == "appos":
        head = head.head
    for _ in range(MAX_JOINED):
        if head.dep_ != "conj" or head.head.pos_ not in {"NOUN", "PROPN", "PRON"}:
            break
        head = head.head
    if head.dep_ in {"nsubj", "nsubjpass"}:
        verb = head.head
        main = verb.dep_ in {"ROOT", "conj", "ccomp", "parataxis"}
        return 1.1 if main else 0.8
    return {"poss": 0.5, "dobj": 0.45, "dative": 0.45, "ROOT": 0.6}.get(head.dep_, 0.3)


def _sentences_between(other: Parse, token: Token, parse: Parse, position: int) -> int:
    if other is not parse:
        return 1 + sum(1 for t in other.doc[token.i + 1 :] if t.is_sent_start)
    here = position - parse.offset
    return sum(1 for t in parse.doc[token.i + 1 :] if t.is_sent_start and t.idx <= here)
