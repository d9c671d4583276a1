"""Descriptions: whom `the minister`, `the newspaper` or `the 34-year-old` means, or that it stays unnamed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.model import Candidate, Entity, Span
from sayso.model.annotation import SourceKind
from sayso.stages.mentions import key_of

from .discourse import REACH_CHARS, Discourse, Speaker, last_before, speaker_words
from .kinds import kind_of_entity, kind_of_noun, lists
from .scene import Role, role_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.stages.parse import Parse

__all__ = ["Descriptions"]

DEFINITE = frozenset({"the", "this", "that", "his", "her", "its", "their", "our"})
AGED = re.compile(r"\b\d{1,3}[- ]year[- ]old$")
QUANTITIES = frozenset({"one", "some", "many", "most", "several", "both", "all", "none", "each"})
BODIES = frozenset({"organization", "government", "other", "place", "outlet"})
MAX_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Descriptions:
    """Resolves descriptions against the discourse so far."""

    discourse: Discourse

    def resolve(self, parse: Parse, head: Token, span: Span) -> Speaker:
        """The speaker that a noun phrase means."""
        if AGED.search(span.of(self.discourse.scene.article.text)):
            return self.the_one(parse, span, "unnamed_person")
        counted = _counted_noun(head)
        if counted is not None:
            if counted.pos_ == "PRON":
                return Speaker("unnamed_person", None, (), 0.8, None, span)
            head = counted
        role = role_of(parse, head, span)
        kind = kind_of_noun(head, role, self.discourse.scene)
        determiner = next((c.lower_ for c in head.lefts if c.dep_ in {"det", "poss"}), "")
        if head.tag_ == "NN" and determiner in DEFINITE:
            return self._definite(parse, head, role, kind, span)
        return Speaker(kind, None, (), 0.95, None, span)

    def the_one(self, parse: Parse, span: Span, kind: SourceKind, role: Role | None = None) -> Speaker:
        """`The Pole said`, `the 34-year-old`: the only person named nearby, if there is one."""
        discourse, position = self.discourse, span.start
        people = [e for e in discourse.scene.entities if e.kind == "person" and e.mentions[0].start < position]
        near = [e for e in people if discourse.is_near(e, parse, position)]
        if not near:
            return Speaker(kind, None, (), 0.9, None, span)
        if len(near) == 1 and role is not None and self._is_another(near[0], role):
            return Speaker(kind, None, (), 0.8, None, span)
        if len(near) == 1 and not discourse.doubt(last_before(near[0], position), position):
            return self._certain(near[0], 0.75, "the only person named before", span)
        candidates = tuple(Candidate(e.id, e.mentions[0], round(1 / len(near), 2), "named before") for e in near)
        unnamed: SourceKind = "unnamed_person" if kind == "public" else kind
        return Speaker(unnamed, None, candidates[:MAX_CANDIDATES], 0.5, "it isn't said who is meant", span)

    def _is_another(self, entity: Entity, role: Role) -> bool:
        """Whether the page calls the only person named something else: `Barrister Juno Marsh … The pathologist`."""
        called = {other.noun for other in self.discourse.scene.roles.get(entity.id, []) if not other.plural}
        known = lists()
        offices = known.offices_held - called
        return (bool(called & known.professions) and role.noun in known.professions) or (
            bool(called & known.offices_held) and role.noun in offices
        )

    def _certain(self, entity: Entity, score: float, reason: str, span: Span) -> Speaker:
        kind = kind_of_entity(entity, self.discourse.scene, self.discourse.bylines)
        return Speaker(kind, entity.id, (), score, reason, span)

    def _definite(self, parse: Parse, head: Token, role: Role, kind: SourceKind, span: Span) -> Speaker:
        position = span.start
        if kind == "outlet":
            return self._the_outlet(position, span)
        people = kind in {"unnamed_person", "unnamed_official", "reporter"}
        wanted = {"person"} if people else BODIES
        before = [e for e in self.discourse.scene.entities if e.kind in wanted and e.mentions[0].start < position]
        fits = [e for e in before if self._fits(e, role)]
        if not fits and role.noun in speaker_words().generic:
            fits = [
                e for e in before if e.kind in {"organization", "other"} and self.discourse.is_near(e, parse, position)
            ]
            if fits and self._stands_joined(fits[0]):
                return Speaker(kind, None, (), 0.5, f"more than one {role.noun} was named before", span)
        if len(fits) == 1:
            if self.discourse.doubt(last_before(fits[0], position), position):
                candidate = Candidate(fits[0].id, fits[0].mentions[0], 0.5, f"is called {role.noun}")
                return Speaker(kind, None, (candidate,), 0.5, "a block of another story stands between", span)
            return self._certain(fits[0], 0.85, f"the only {role.noun} before", span)
        free = role.noun not in speaker_words().relational and not _is_introduced(head)
        if people and not fits and free and not any(child.dep_ == "poss" for child in head.lefts):
            return self.the_one(parse, span, kind, role)
        candidates = tuple(
            Candidate(e.id, e.mentions[0], round(1 / len(fits), 2), f"is called {role.noun}") for e in fits
        )
        reason = f"more than one {role.noun} was named before" if fits else None
        return Speaker(kind, None, candidates[:MAX_CANDIDATES], 0.9, reason, span)

    def _stands_joined(self, entity: Entity) -> bool:
        """`Orsa and its supplier Kelm`: one of two named together."""
        found = self.discourse.scene.tokens(entity.mentions[0])
        return found is not None and (bool(found[1].root.conjuncts) or " and " in entity.name)

    def _fits(self, entity: Entity, role: Role) -> bool:
        words = key_of(entity.name.split())
        if entity.kind != "person" and role.noun in words:
            return True
        return any(
            other.noun == role.noun and not other.plural for other in self.discourse.scene.roles.get(entity.id, [])
        )

    def _the_outlet(self, position: int, span: Span) -> Speaker:
        outlets = [e for e in self.discourse.scene.entities if e.kind == "outlet" and e.mentions[0].start < position]
        outlets.sort(key=lambda e: -last_before(e, position))
        outlets = [e for e in outlets if position - last_before(e, position) < REACH_CHARS or len(outlets) == 1]
        candidates = tuple(
            Candidate(e.id, e.mentions[0], round(1 / len(outlets), 2), "an outlet named before") for e in outlets
        )
        if len(outlets) == 1 and not self.discourse.doubt(last_before(outlets[0], position), position):
            return Speaker("outlet", outlets[0].id, (), 0.85, "the only outlet named before", span)
        reason = "more than one outlet was named before" if len(outlets) > 1 else "no outlet is named before"
        if len(outlets) == 1:
            reason = "a block of another story stands between"
        return Speaker("outlet", None, candidates[:MAX_CANDIDATES], 0.7, reason, span)


def _counted_noun(head: Token) -> Token | None:
    """`two of the directors`, `one of them`: what is counted."""
    if head.pos_ != "NUM" and head.lower_ not in QUANTITIES:
        return None
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None


def _is_introduced(head: Token) -> bool:
    """`The verger, who has the only other key,`: said of somebody not met before."""
    return any(child.dep_ in {"relcl", "acl"} and child.i > head.i for child in head.children)
