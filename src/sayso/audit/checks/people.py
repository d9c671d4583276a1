"""Sources that are people without a name: who is one, how many, and whether the text tells of them otherwise."""

from __future__ import annotations

import re

from sayso import lang
from sayso.audit.scene import NAMED, UNNAMED, Scene
from sayso.audit.words import around_noun, compiled, head_noun, last_noun, singulars
from sayso.model import Attribution, Span
from sayso.stages.attribution.kinds import lists
from sayso.stages.attribution.scene import singular

__all__ = [
    "PRONOUNS",
    "is_bare",
    "is_counted",
    "is_definite",
    "is_met_before",
    "is_of_another",
    "is_person",
    "is_role",
    "is_told_otherwise",
    "is_unnamed",
    "meant",
    "short_name",
]

OUTLET_CHARS = 40
"""How far before `was told by` an outlet is looked for."""
PRONOUNS = frozenset({"he", "she", "they", "it", "who", "i", "we", "you", "one"})
_DEFINITE = re.compile(r"(?:the|that|this|both|these|those)\s", re.IGNORECASE)
_INDEFINITE = re.compile(r"(?:[Aa]n?|[Aa]nother|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix)\s[^A-Z]+\Z")
_NAMED_BESIDE = re.compile(r"[a-z],\s+(?:[A-Z][\w'’.-]*\s+){1,3}[A-Z][\w'’-]+\s*(?:,|\Z)")
_OWNED = re.compile(r"(?:his|her|its|their|our)\s|(?:[A-Z][\w.]*\s+)*[A-Z][\w.]*['’]s?\s")
_ONE_OF = re.compile(r"\w+\s+of\s+(?:the|these|those|his|her|its|their|\w+['’]s?)\s+(?P<group>.+)", re.IGNORECASE)


def is_unnamed(a: Attribution, words: str) -> bool:
    """Whether a person or people left unnamed: neither `an official, Vera Mols` nor a driver taken for a name."""
    if a.source_kind in UNNAMED:
        return _NAMED_BESIDE.search(words) is None
    return a.source_kind in NAMED and a.entity is None and _INDEFINITE.match(words) is not None


def meant(scene: Scene, a: Attribution) -> Span:
    """Where the source is told: for `he`, the words that it stands for, where the reading knows them."""
    first = a.source[0]
    if first.of(scene.text).casefold() in ("he", "she") and a.chain and a.chain[-1].span is not None:
        return a.chain[-1].span
    return first


def is_bare(words: str) -> bool:
    """Whether nothing is said of the source: `officials`, `another source`, `some people`."""
    known = lang.load("audit_words")
    left = [word for word in words.casefold().rstrip(",").split() if word not in known["determiners"]]
    return len(left) == 1 and left[0] in known["bare"]


def is_person(words: str) -> bool:
    """Whether the noun means people: the reading takes what it doesn't know for a person."""
    noun = head_noun(words)
    known = lists()
    if noun in lang.load("audit_words")["collectives"] or compiled("shares").match(words):
        return False
    if words[:1].isupper() and words.casefold() == noun and noun not in _nameless():
        return False
    people = known.nouns["person"] | known.roles | known.common["person"] | known.forces | known.advisers
    return singular(noun) in people or noun in singulars().values() or compiled("person_noun").search(noun) is not None


def _nameless() -> frozenset[str]:
    return frozenset((*lang.load("audit_words")["bare"], "someone", "somebody"))


def is_counted(a: Attribution, words: str) -> bool:
    """One person or a number of people, not `diplomats` at large."""
    return a.heads is not None and (a.heads[1] is not None or compiled("several").match(words) is not None)


def is_definite(words: str) -> bool:
    """`The engineer`, `both pilots`."""
    return _DEFINITE.match(words) is not None


def is_told_otherwise(scene: Scene, span: Span) -> bool:
    """Somebody met before, called by name or office, one of a group that spoke, or a body's voice."""
    words = scene.words((span,))
    if is_met_before(scene, span) or _is_name(scene, span) or words.casefold() in PRONOUNS:
        return True
    if _is_member(scene, span) or compiled("mouthpieces").search(short_name(words)):
        return True
    if _OWNED.match(words):
        return is_role(singular(last_noun(words)))
    return is_definite(words) and head_noun(words) not in lang.load("audit_words")["faceless"]


def _is_member(scene: Scene, span: Span) -> bool:
    """`One of them`, and `one of the officials` where officials spoke before."""
    words = scene.words((span,))
    if not compiled("members").match(words):
        return False
    group = _ONE_OF.match(words)
    if group is None:
        return True
    noun = head_noun(group["group"])
    return any(
        head_noun(scene.words(a.source)) == noun
        for a in scene.said
        if a.source and a.source[0].end <= span.start and a.source_kind in UNNAMED
    )


def is_of_another(scene: Scene, a: Attribution) -> bool:
    """Whether another outlet's source: its names are that outlet's to give."""
    if any(step.kind in ("outlet", "document") and not step.inferred for step in a.chain[:-1]):
        return True
    if any(compiled("told_outlet").match(scene.text, cue.start) for cue in a.cue):
        return True
    return any(_is_told_to_outlet(scene, cue.start) for cue in a.cue)


def _is_told_to_outlet(scene: Scene, position: int) -> bool:
    """`The Star had been told by a union man`: the outlet right before the cue."""
    if compiled("been_told").match(scene.text, position) is None:
        return False
    before = scene.entities_in(max(0, position - OUTLET_CHARS), position)
    return any(entity.kind == "outlet" for entity, _ in before)


def is_met_before(scene: Scene, span: Span) -> bool:
    """`The engineer`, after `an engineer`."""
    words = span.of(scene.text)
    if not is_definite(words):
        return False
    noun = head_noun(words)
    spoke = any(
        head_noun(scene.words(a.source)) == noun
        for a in scene.said
        if a.source and a.source[0].end <= span.start and a.source_kind in UNNAMED
    )
    return spoke or around_noun("introduced", noun).search(scene.text, 0, span.start) is not None


def _is_name(scene: Scene, span: Span) -> bool:
    """`Reyes`, where two people are called so: unresolved, and no less named."""
    words = span.of(scene.text).split()
    known = {name.split()[-1] for name in scene.writers} | {
        entity.name.split()[-1] for entity in scene.reading.entities or () if entity.kind == "person" and entity.name
    }
    return bool(words) and len(words) <= 3 and words[-1].strip(",.") in known


def is_role(noun: str) -> bool:
    """Whether the noun, in the singular, is an office or trade that tells who somebody is."""
    return noun in lists().roles or compiled("offices").fullmatch(noun) is not None


def short_name(words: str) -> str:
    """The source's words less what a clause adds.

    >>> short_name("two pilots, who left")
    'two pilots'
    """
    return re.split(r",|\s(?:who|whose)\b", words, maxsplit=1)[0]
