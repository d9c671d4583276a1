"""Pronouns: whom `she`, `they` or `it` stands for, by agreement, recency, role and who spoke last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.model import Candidate, Entity, Span
from sayso.model.annotation import SourceKind

from .discourse import REACH_CHARS, Discourse, Speaker, speaker_words
from .inside import GENDERS, Inside
from .kinds import kind_of_entity

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.stages.parse import Parse

__all__ = ["GENDERS", "Pronouns"]

ANYBODY = frozenset({"you", "everyone", "everybody", "anyone", "many", "some", "others", "most"})
THINGS = frozenset({"organization", "government", "outlet", "document"})
BODIES = frozenset({"organization", "government", "outlet", "document"})
DECAY = 0.7
"""What a sentence between takes off prominence."""
BLOCK_DECAY = 0.85
RESOLVED = 0.5
MARGIN = 4.0
"""How much more prominent than the next rival whoever is meant must be."""
FLOOR = 4.5
"""What having spoken last counts."""
MAX_CANDIDATES = 5
MAX_JOINED = 6
MAX_SPOKEN = 6


@dataclass(frozen=True, slots=True)
class _Rival:
    """Somebody a pronoun may stand for."""

    entity: Entity | None
    span: Span
    salience: float
    doubt: bool


def _is_speaker(rival: _Rival, speaker: Speaker) -> bool:
    if rival.entity is not None:
        return rival.entity.id == speaker.entity
    return speaker.entity is None and speaker.described is not None and speaker.described.overlaps(rival.span)


@dataclass(frozen=True, slots=True)
class Pronouns:
    """Resolves pronouns against the discourse so far."""

    discourse: Discourse
    describe: Callable[[Parse, Token, Span], Speaker]
    """Reads a described antecedent."""
    inside: Inside

    def resolve(self, parse: Parse, head: Token, quoted_by: Speaker | None) -> Speaker:
        """The speaker that a pronoun means; `quoted_by` is who says the passage it stands in."""
        gender = GENDERS.get(head.lower_)
        if gender is not None:
            return self._pronoun(parse, head, gender, quoted_by)
        return self._other_pronoun(parse, head, quoted_by)

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
        kind: SourceKind = "public" if word in ANYBODY else "unknown"
        return Speaker(kind, None, (), 0.6, "the pronoun names nobody")

    @staticmethod
    def _as_candidates(speakers: list[Speaker]) -> tuple[Candidate, ...]:
        return tuple(Candidate(s.entity, s.described, 0.5, "speaks here") for s in speakers)

    def _plural(self, parse: Parse, head: Token) -> Speaker:
        position = parse.offset + head.idx
        for anchor, speaker in reversed(self.discourse.spoken[-MAX_SPOKEN:]):
            if anchor.end >= position or position - anchor.end > REACH_CHARS or speaker.described is None:
                continue
            found = self.discourse.scene.tokens(speaker.described)
            if found is None or found[1].root.tag_ not in {"NNS", "NNPS"}:
                continue
            doubt = self.discourse.doubt(anchor.end, position)
            candidate = Candidate(speaker.entity, speaker.described, 0.4 if doubt else 0.7, "last spoke in the plural")
            if doubt:
                return Speaker("unknown", None, (candidate,), 0.5, "a block of another story stands between")
            return Speaker(
                speaker.kind, speaker.entity, (candidate,), 0.7, "they: who last spoke in the plural", speaker.described
            )
        return self._plural_subject(parse, position) or Speaker(
            "unknown", None, (), 0.5, "the pronoun has no antecedent nearby"
        )

    def _plural_subject(self, parse: Parse, position: int) -> Speaker | None:
        """`Officials met … They said`: the only people who are the subject of a sentence just before."""
        found = [span for other in self.discourse.recent(parse) for span in self._plural_people(other, position)]
        if len(found) != 1 or self.discourse.doubt(found[0].end, position):
            return None
        speaker = self._at(found[0])
        candidate = Candidate(None, found[0], 0.6, "the only people before")
        return replace(
            speaker, candidates=(candidate,), score=0.6, reason="they: the only people before", described=found[0]
        )

    def _plural_people(self, parse: Parse, position: int) -> Iterator[Span]:
        people = speaker_words().people
        for token in parse.doc:
            if parse.offset + token.idx >= position:
                return
            if (
                token.tag_ == "NNS"
                and not token.conjuncts
                and token.dep_ in {"nsubj", "nsubjpass"}
                and token.lemma_.lower() in people
            ):
                yield parse.between(token.left_edge.i, token.i)

    def _neuter(self, parse: Parse, head: Token) -> Speaker:
        position = parse.offset + head.idx
        rivals = list(self._rivals(parse, position, THINGS, None))
        speaker = self._decide(rivals, "it")
        return speaker if speaker.entity is not None else self._same_body(position) or speaker

    def _same_body(self, position: int) -> Speaker | None:
        """`The space agency says … It puts …`: the body that spoke last, named or not."""
        if not self.discourse.spoken:
            return None
        anchor, last = self.discourse.spoken[-1]
        if last.kind not in BODIES or position - anchor.end > REACH_CHARS or self.discourse.doubt(anchor.end, position):
            return None
        candidates = (
            (Candidate(None, last.described, 0.7, "spoke last"),) if last.entity is None and last.described else ()
        )
        return replace(last, candidates=candidates, score=0.7, reason="“it”: the body that spoke last")

    def _pronoun(self, parse: Parse, head: Token, gender: str, quoted_by: Speaker | None) -> Speaker:
        position = parse.offset + head.idx
        rivals = list(self._rivals(parse, position, frozenset({"person"}), gender))
        if quoted_by is None:
            return self._decide(rivals, head.lower_)
        if self.discourse.is_quoted(position):
            rivals = [r for r in rivals if not _is_speaker(r, quoted_by)]
            return self._decide(rivals, head.lower_)
        inside = self.inside.resolve(parse, head, gender, quoted_by)
        return inside or self._decide(rivals, head.lower_)

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
        kind = kind_of_entity(top.entity, self.discourse.scene, self.discourse.bylines)
        return Speaker(kind, top.entity.id, (), score, f"“{word}”: the most prominent before it", top.span)

    def _at(self, span: Span) -> Speaker:
        found = self.discourse.scene.tokens(span)
        return Speaker("unknown") if found is None else self.describe(found[0], found[1].root, span)

    def _rivals(self, parse: Parse, position: int, kinds: frozenset[str], gender: str | None) -> Iterator[_Rival]:
        """Whoever was mentioned before, as far back as a reader remembers."""
        heard = {s.entity for anchor, s in self.discourse.spoken if s.entity and position - anchor.end < REACH_CHARS}
        named = False
        for naming in self.discourse.scene.namings_before(position):
            if position - naming.span.end > REACH_CHARS:
                break
            entity = naming.entity
            if entity.kind not in kinds or naming.span.end > position or not naming.in_story:
                continue
            if gender is not None and self.discourse.gender(entity) not in {gender, None}:
                continue
            weight = self._weight(naming.span, parse, position)
            weight *= 1.0 if gender is None or self.discourse.gender(entity) == gender else 0.85
            weight *= 1.15 if entity.id in heard else 1.0
            weight *= 0.4 if self.discourse.is_quoted(naming.span.start) else 1.0
            weight *= self._floor_held(entity, naming.span, position)
            yield _Rival(entity, naming.span, weight, self.discourse.doubt(naming.span.end, position))
            named = True
        if "person" in kinds:
            yield from self._unnamed_rivals(parse, position, gender, alone=not named)

    def _unnamed_rivals(self, parse: Parse, position: int, gender: str | None, *, alone: bool) -> Iterator[_Rival]:
        """Unnamed people in this block and the one before: `A nurse … She said`."""
        known = speaker_words()
        barred = frozenset() if gender is None else known.female if gender == "m" else known.male
        for other in self.discourse.recent(parse):
            for token in self.discourse.person_nouns(other):
                place = other.offset + token.idx
                if place >= position or position - place > REACH_CHARS or token.lower_ in barred:
                    continue
                span = other.between(token.left_edge.i, token.i)
                doubt = self.discourse.doubt(place, position)
                weight = 0.9 * self._weight(span, parse, position)
                floor = self._floor_of_unnamed(span, position) if alone else 1.0
                yield _Rival(None, span, weight * floor, doubt)

    def _floor_of_unnamed(self, span: Span, position: int) -> float:
        """Who spoke last keeps the floor, named or not."""
        if not self.discourse.spoken or position - self.discourse.spoken[-1][0].end > REACH_CHARS:
            return 1.0
        anchor, speaker = self.discourse.spoken[-1]
        return FLOOR if speaker.entity is None and anchor.overlaps(span) else 1.0

    def _floor_held(self, entity: Entity, span: Span, position: int) -> float:
        """Who spoke last keeps the floor until somebody else becomes the subject of a sentence."""
        if not self.discourse.spoken or position - self.discourse.spoken[-1][0].end > REACH_CHARS:
            return 1.0
        anchor, speaker = self.discourse.spoken[-1]
        if speaker.entity == entity.id:
            return FLOOR
        return FLOOR if span.start > anchor.end and self._is_subject(span) else 1.0

    def _is_subject(self, span: Span) -> bool:
        found = self.discourse.scene.tokens(span)
        return found is not None and _role_weight(found[1].root) > 1

    def _weight(self, span: Span, parse: Parse, position: int) -> float:
        found = self.discourse.scene.tokens(span)
        if found is None:
            return 0.0
        other, words = found
        weight = _role_weight(words.root)
        sentences = self.discourse.sentences_between(other, words.root, position) + (other is not parse)
        if other is not parse:
            weight *= BLOCK_DECAY
        return float(weight * DECAY**sentences)


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
    if head.dep_ in {"dobj", "dative"}:
        return 0.75 if head.head.dep_ == "ROOT" else 0.45
    return {"poss": 0.5, "ROOT": 0.6}.get(head.dep_, 0.3)
