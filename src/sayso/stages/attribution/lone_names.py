"""Names that stand alone: whether `Kyrov`, given nowhere in full, is a state or a person, by what is said."""

from __future__ import annotations

import re

from sayso.model.annotation import SourceKind
from sayso.stages.mentions import names

from .discourse import Speaker
from .kinds import lists
from .raw import RawAttribution
from .scene import Scene

__all__ = ["named_alone"]

MAX_WORDS = 2
MAX_CHARS = 400
_OF_STATE = re.compile(
    r"\bits (?:\w+ ){0,2}(?:neighbou?rs?|borders?|ambassadors?|envoys?|diplomats?|embass(?:y|ies)|consulates?|army|navy"
    r"|troops|soldiers|forces|airspace|territory|territorial waters|sovereignty|nationals|citizens|parliament|warships?"
    r"|air force|foreign minister|prime minister|capital city)\b"
)
"""What states alone have."""
_OF_PERSON = re.compile(r"\b(?:I|I’m|I'm|I’ll|I'll|I’ve|I've|I’d|I'd|[Mm]y|me|myself)\b")


def named_alone(speaker: Speaker, raw: RawAttribution, scene: Scene) -> SourceKind | None:
    """The kind that the content tells of a source of one or two names; None where it tells nothing.

    `Moravek accused its neighbour` speaks as a state; `Orr: I will never play again` is a person.
    """
    if speaker.kind not in {"organization", "named_person", "unnamed_person", "unknown"} or not raw.cue:
        return None
    text = scene.article.text
    words = raw.source[0].of(text).split()
    if len(words) > MAX_WORDS or not all(word[:1].isupper() and word[1:].islower() for word in words):
        return None
    told = " ".join(span.of(text)[:MAX_CHARS] for span in raw.content)
    if _is_place_like(speaker, scene) and _OF_STATE.search(told):
        return "government"
    colon = raw.cue[0].of(text) == ":" and speaker.entity is None and speaker.kind != "named_person"
    return "named_person" if colon and _is_name(words[-1]) and _OF_PERSON.search(told) else None


def _is_place_like(speaker: Speaker, scene: Scene) -> bool:
    """Whether nothing on the page calls the source a person or a firm."""
    entity = scene.by_id.get(speaker.entity or "")
    if entity is None:
        return speaker.kind != "unnamed_person"
    return " " not in entity.name and not scene.roles.get(entity.id)


def _is_name(word: str) -> bool:
    known = names()
    called = known.callings | known.titles | known.bodies_called | known.dictionary | lists().clubs
    return word.casefold() not in called and word.casefold().removesuffix("s") not in called
