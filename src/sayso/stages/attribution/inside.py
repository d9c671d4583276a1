"""Pronouns inside what somebody says: the speaker, or whoever the speaker is a relative of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.model import Candidate, Span

from .discourse import Discourse, Speaker, speaker_words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.stages.parse import Parse

__all__ = ["GENDERS", "Inside"]

GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
PEOPLE = frozenset({"named_person", "named_official", "unnamed_person", "unnamed_official", "reporter", "unknown"})
SCORE = 0.75


@dataclass(frozen=True, slots=True)
class Inside:
    """Resolves a pronoun in reported words, outside quotation marks."""

    discourse: Discourse
    describe: Callable[[Parse, Token, Span], Speaker]

    def resolve(self, parse: Parse, head: Token, gender: str, by: Speaker) -> Speaker | None:
        """Whom `he` means in what `by` says; None where the words around don't tell."""
        position = parse.offset + head.idx
        owner = self._owner(by)
        if owner is not None:
            return self._possessor(*owner, gender)
        if by.kind not in PEOPLE or by.described is None or not self._fits(by, gender):
            return None
        if self._somebody_between(by.described.end, position, gender):
            return None
        candidates = (Candidate(None, by.described, SCORE, "speaks here"),) if by.entity is None else ()
        return replace(
            by, candidates=candidates, score=min(by.score, SCORE), reason="the speaker goes on in these words"
        )

    def _owner(self, by: Speaker) -> tuple[Parse, Token] | None:
        """The possessor in `His sister`, `the builder's mum`."""
        found = None if by.described is None else self.discourse.scene.tokens(by.described)
        if found is None:
            return None
        poss = next((child for child in found[1].root.children if child.dep_ == "poss"), None)
        return None if poss is None else (found[0], poss)

    def _possessor(self, parse: Parse, owner: Token, gender: str) -> Speaker | None:
        if owner.lower_ in GENDERS:
            if GENDERS[owner.lower_] != gender:
                return None
            reason = "whoever the speaker is related to, whom the text doesn't name here"
            return Speaker("unnamed_person", None, (), 0.5, reason)
        if owner.pos_ != "NOUN" or not self._is_of(owner, gender):
            return None
        span = parse.between(owner.left_edge.i, owner.i)
        candidate = Candidate(None, span, 0.6, "whose relative speaks")
        return replace(self.describe(parse, owner, span), candidates=(candidate,), score=0.6, described=span)

    @staticmethod
    def _is_of(noun: Token, gender: str) -> bool:
        words = speaker_words()
        return noun.lemma_.lower() not in (words.female if gender == "m" else words.male)

    def _fits(self, by: Speaker, gender: str) -> bool:
        """Whether the speaker can be meant by the pronoun."""
        scene = self.discourse.scene
        if by.entity is not None:
            return self.discourse.gender(scene.by_id[by.entity]) in {gender, None}
        found = None if by.described is None else scene.tokens(by.described)
        if found is None:
            return False
        head = found[1].root
        if head.lower_ in GENDERS:
            return GENDERS[head.lower_] == gender
        return head.tag_ in {"NN", "NNP"} and self._is_of(head, gender)

    def _somebody_between(self, start: int, end: int, gender: str) -> bool:
        """Whether somebody else whom the pronoun fits was mentioned since the speaker."""
        for naming in self.discourse.scene.namings_in(Span(start, max(start, end))):
            if naming.entity.kind == "person" and self.discourse.gender(naming.entity) in {gender, None}:
                return True
        parse = self.discourse.scene.parse_at(end)
        if parse is None:
            return True
        return any(
            start <= parse.offset + noun.idx < end and self._is_of(noun, gender)
            for noun in self.discourse.person_nouns(parse)
        )
