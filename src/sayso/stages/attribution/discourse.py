"""Discourse: who was named, who spoke, and what came between, as a reader keeps it in mind."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from sayso import lang
from sayso.model import Candidate, Entity, Span
from sayso.model.annotation import SourceKind
from sayso.stages.mentions import gender_of, key_of

from .kinds import lists
from .quotes import Quote, in_quotes
from .scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.stages.parse import Parse

__all__ = ["REACH_CHARS", "Discourse", "Speaker", "Words", "last_before", "speaker_words"]

MAX_APART = 80
APPOSED = re.compile(r"(?: (?:of|for|at|in) [^,.;]{1,60})?, (?:[A-Z]\w+\.? ){0,2}")
REACH_CHARS = 1_600
"""How far back a reader remembers."""


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
class Words:
    """Word lists of `lang/en/speakers.yaml`."""

    male: frozenset[str]
    female: frozenset[str]
    relational: frozenset[str]
    generic: frozenset[str]
    people: frozenset[str]
    """Nouns for a person."""
    common: frozenset[str]
    """Nouns that stand for a source, so that `Management said` isn't taken for a name."""


@cache
def speaker_words() -> Words:
    """The lists, loaded once."""
    data, known = lang.load("speakers"), lists()
    male, female = frozenset(data["male_nouns"]), frozenset(data["female_nouns"])
    return Words(
        male=male,
        female=female,
        relational=frozenset(data["relational"]) | known.roles | known.led | known.speakers,
        generic=frozenset(data["generic"]),
        people=known.nouns["person"] | known.roles | known.speakers | male | female,
        common=frozenset().union(*known.nouns.values()) | known.roles | known.government | known.speakers,
    )


@dataclass(slots=True)
class Discourse:
    """One page's state while its sources are resolved in text order."""

    scene: Scene
    bylines: frozenset[str]
    quotes: Sequence[Quote] = ()
    spoken: list[tuple[Span, Speaker]] = field(default_factory=list)
    """Sources so far, nested ones left out."""
    _breaks: list[int] = field(default_factory=list)
    _genders: dict[str, str | None] = field(default_factory=dict)
    _starts: dict[int, list[int]] = field(default_factory=dict)
    _nouns: dict[int, list[Token]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        blocks = self.scene.article.blocks
        self._breaks = [b.span.start for b in blocks if b.foreign or b.kind in {"widget", "teaser"}]

    def doubt(self, start: int, end: int) -> bool:
        """Whether a block of another story, or a widget, stands between the positions."""
        index = bisect_left(self._breaks, start)
        return index < len(self._breaks) and self._breaks[index] < end

    def recent(self, parse: Parse) -> list[Parse]:
        """The parse and the one before it."""
        index = self.scene.index_at(parse.offset)
        return list(self.scene.parses[max(0, index - 1) : index + 1])

    def is_near(self, entity: Entity, parse: Parse, position: int) -> bool:
        """Whether the entity was named in this block or the one before."""
        reach = min((other.offset for other in self.recent(parse)), default=parse.offset)
        return any(reach <= mention.start < position for mention in entity.mentions)

    def is_quoted(self, position: int) -> bool:
        """Whether the character stands in quotation marks."""
        return in_quotes(self.quotes, position) is not None

    def person_nouns(self, parse: Parse) -> list[Token]:
        """Singular nouns for somebody unnamed in the block, outside quotations."""
        if parse.offset not in self._nouns:
            people = speaker_words().people
            self._nouns[parse.offset] = [
                token
                for token in parse.doc
                if token.tag_ == "NN"
                and token.lemma_.lower() in people
                and not any(child.dep_ == "appos" and child.pos_ == "PROPN" for child in token.children)
                and not self.is_quoted(parse.offset + token.idx)
                and not self._is_then_named(parse, token)
            ]
        return self._nouns[parse.offset]

    def _is_then_named(self, parse: Parse, noun: Token) -> bool:
        """`The spokesman of the harbour board, Colonel Ole Dahl,`: whose name follows is nobody else."""
        start = parse.offset + noun.idx + len(noun)
        naming = next(self.scene.namings_in(Span(start, start + MAX_APART)), None)
        while naming is not None and naming.entity.kind != "person":
            naming = next(self.scene.namings_in(Span(naming.span.end, start + MAX_APART)), None)
        return naming is not None and APPOSED.fullmatch(self.scene.article.text[start : naming.span.start]) is not None

    def sentences_between(self, parse: Parse, token: Token, position: int) -> int:
        """Sentences that begin in the token's block between it and the position in the article."""
        if parse.offset not in self._starts:
            self._starts[parse.offset] = [t.idx for t in parse.doc if t.is_sent_start]
        starts = self._starts[parse.offset]
        return bisect_right(starts, position - parse.offset) - bisect_right(starts, token.idx)

    def gender(self, entity: Entity) -> str | None:
        """`m`, `f` or None, by what the page calls the entity, then by first name."""
        if entity.id not in self._genders:
            roles = self.scene.roles.get(entity.id, [])
            nouns = {role.noun for role in roles}
            words, known = {word for role in roles for word in role.words}, speaker_words()
            if bool(nouns & known.male) != bool(nouns & known.female):
                self._genders[entity.id] = "m" if nouns & known.male else "f"
            else:
                self._genders[entity.id] = gender_of(key_of(entity.name.split()), words)
        return self._genders[entity.id]


def last_before(entity: Entity, position: int) -> int:
    """Where the entity's last mention before the position ends; 0 where there is none."""
    return max((m.end for m in entity.mentions if m.start < position), default=0)
