"""Unnamed sources: with no reason, with a formula for one, as many where one speaks, or alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso import lang
from sayso.audit.scene import UNNAMED, Scene
from sayso.audit.words import around_noun, compiled, head_noun, singulars
from sayso.model import Attribution, Finding, Span
from sayso.stages.attribution.kinds import lists
from sayso.stages.attribution.scene import singular
from sayso.stages.findings_registry import finding

__all__ = ["formulas", "short_name", "single_sources", "undescribed_sources", "unnamed_sources"]

SHARED_WORDS = 2
SHARED_PART = 0.4
"""Two statements that share so many telling words, and so large a part of the shorter, say much the same."""


_DEFINITE = re.compile(r"(?:the|that|this|both|these|those)\s", re.IGNORECASE)
NEAR_CHARS = 600
ONESELF = frozenset({"question", "hope", "fear", "opinion"})
"""Acts that nobody else could bear out."""
PRONOUNS = frozenset({"he", "she", "they", "it", "who", "i", "we", "you", "one"})


def undescribed_sources(scene: Scene) -> Iterator[Finding]:
    """Bare `officials` and `a source`, one remark a wording."""
    said: set[str] = set()
    for a in scene.speech:
        words = scene.words(a.source).casefold()
        if not is_bare(words) or words in said or is_of_another(a) or scene.quoted(a.source[0].start):
            continue
        said.add(words)
        if not is_met_before(scene, a.source[0]):
            yield finding("SAY102", a.source[0], source=a.source[0].of(scene.text))


def is_bare(words: str) -> bool:
    """Whether nothing is said of the source: `officials`, `another source`, `some people`."""
    known = lang.load("audit_words")
    left = [word for word in words.casefold().rstrip(",").split() if word not in known["determiners"]]
    return len(left) == 1 and left[0] in known["bare"]


def unnamed_sources(scene: Scene) -> Iterator[Finding]:
    """The reading's own remarks on people, less those on somebody the text tells of otherwise."""
    kept = {a.source[0]: a for a in scene.speech if a.source and not is_of_another(a)}
    for found in scene.reading.findings or ():
        if found.code != "SAY101" or found.span not in kept or scene.quoted(found.span.start):
            continue
        words = " ".join(found.span.of(scene.text).split())
        if (
            is_bare(words)
            or not is_person(words)
            or _is_told_otherwise(scene, kept[found.span])
            or _is_excused(scene, found.span)
        ):
            continue
        if is_counted(kept[found.span], words):
            yield found


def is_person(words: str) -> bool:
    """Whether the noun means people: the reading takes what it doesn't know for a person."""
    noun = head_noun(words)
    known = lists()
    if words[:1].isupper() and len(words.split()) == 1 and noun not in lang.load("audit_words")["bare"]:
        return False
    people = known.nouns["person"] | known.roles | known.common["person"] | known.forces | known.advisers
    return singular(noun) in people or noun in singulars().values() or compiled("person_noun").search(noun) is not None


def is_counted(a: Attribution, words: str) -> bool:
    """One person or a number of people, not `diplomats` at large."""
    return a.heads is not None and (a.heads[1] is not None or compiled("several").match(words) is not None)


def _is_told_otherwise(scene: Scene, a: Attribution) -> bool:
    """Somebody met before, called by name or office, or a body's voice."""
    span, words = a.source[0], scene.words(a.source)
    if is_met_before(scene, span) or _is_name(scene, span) or words.casefold() in PRONOUNS:
        return True
    if compiled("members").match(words) or compiled("mouthpieces").search(short_name(scene, a)):
        return True
    return _DEFINITE.match(words) is not None and head_noun(words) not in lang.load("audit_words")["faceless"]


def is_of_another(a: Attribution) -> bool:
    """Whether another outlet's source: its names are that outlet's to give."""
    return any(step.kind == "outlet" and not step.inferred for step in a.chain[:-1])


def is_met_before(scene: Scene, span: Span) -> bool:
    """`The engineer`, after `an engineer`."""
    words = span.of(scene.text)
    if not _DEFINITE.match(words):
        return False
    noun = head_noun(words)
    spoke = any(
        head_noun(scene.words(a.source)) == noun
        for a in scene.speech
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


def _is_excused(scene: Scene, span: Span) -> bool:
    """A reason in the sentence, or in the next where that tells why nobody is named."""
    after = scene.sentence_after(span.start).of(scene.text)
    here = scene.sentence_at(span.start).of(scene.text)
    told = any(compiled("anonymity").search(s) and compiled("reason").search(s) for s in (here, after))
    told = told or bool(compiled("reason").search(here) and compiled("risks").search(here))
    return told or bool(compiled("afraid").search(here) or any(compiled("formulas").search(s) for s in (here, after)))


def formulas(scene: Scene) -> Iterator[Finding]:
    """Reasons for anonymity that say nothing."""
    sources = [a.source[0] for a in scene.speech if a.source and a.source_kind in UNNAMED]
    taken: set[Span] = set()
    for span in scene.matches(compiled("formulas")):
        sentence = scene.sentence_at(span.start)
        words = sentence.of(scene.text)
        if sentence in taken or compiled("risks").search(words):
            continue
        here = any(sentence.overlaps(source) for source in sources)
        before = any(scene.sentence_after(source.start) == sentence for source in sources)
        pronoun = re.match(r"(?:he|she|they|the \w+|both|all)\b", words.lstrip(), re.IGNORECASE)
        if here or compiled("anonymity").search(words) or (before and pronoun):
            taken.add(sentence)
            yield finding("SAY105", span, words=" ".join(span.of(scene.text).split()))


def short_name(scene: Scene, a: Attribution) -> str:
    """The source's words less what a clause adds."""
    return re.split(r",|\swho\b", scene.words(a.source), maxsplit=1)[0]


def single_sources(scene: Scene) -> Iterator[Finding]:
    """Statements that stand on one unnamed person."""
    spoke: set[str] = set()
    for a in scene.speech:
        if a.source_kind not in UNNAMED or a.heads != (1, 1) or not a.source or not a.content:
            continue
        if compiled("anonymity").search(scene.words(a.content)):
            continue  # asks not to be named, and states nothing yet
        first, noun = a.source[0], head_noun(scene.words(a.source))
        back = _DEFINITE.match(scene.words(a.source)) is not None
        again = back and noun in spoke
        spoke.add(noun)
        if a.entity is not None or a.parent is not None or is_of_another(a) or a.footing.act in ONESELF or again:
            continue
        introduced = back and around_noun("introduced", noun).search(scene.text, 0, first.start)
        if scene.quoted(first.start) or (_is_told_otherwise(scene, a) and not introduced):
            continue
        if not is_person(scene.words(a.source)):
            continue
        if not _is_borne_out(scene, a):
            yield finding("SAY107", first, source=short_name(scene, a))


def _is_borne_out(scene: Scene, a: Attribution) -> bool:
    """Somebody else says much the same, or a word of confirming stands where another speaks."""
    said = scene.telling(a)
    for other in scene.speech:
        if other.id == a.id or not other.source or other.source[0].overlaps(a.source[0]):
            continue
        same_noun = head_noun(scene.words(other.source)) == head_noun(scene.words(a.source))
        if same_noun and not (_is_another(scene, other) or _is_another(scene, a)):
            continue
        shared = said & scene.telling(other)
        near = [scene.sentence_at(x.source[0].start).of(scene.text) for x in (a, other)]
        if any(compiled("confirming").search(words) for words in near) and (shared or _are_near(a, other)):
            return True
        if shared and any(compiled("joining").search(words) for words in near):
            return True
        if len(shared) >= SHARED_WORDS and len(shared) >= SHARED_PART * min(len(said), len(scene.telling(other))):
            return True
    return False


def _are_near(a: Attribution, b: Attribution) -> bool:
    return abs(a.source[0].start - b.source[0].start) < NEAR_CHARS


def _is_another(scene: Scene, a: Attribution) -> bool:
    return compiled("another").match(scene.words(a.source)) is not None
