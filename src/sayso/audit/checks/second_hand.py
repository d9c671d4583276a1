"""Second hand: speakers heard by way of another outlet who speak elsewhere as if to this page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from sayso.audit.scene import Scene
from sayso.audit.words import compiled, head_noun
from sayso.model import Attribution, Finding, Span
from sayso.stages.findings_registry import finding

from .people import meant

__all__ = ["told_as_first_hand"]

MAX_APART = 3
"""Paragraphs between what is credited and what is not, at most."""
NEAR = 5
"""Characters between the word of telling and the outlet, at most."""
_NAME = re.compile(
    r"\s{0,5}(?:the\s+|The\s+)?(?P<before>(?:newspaper|broadcaster|magazine|weekly|daily|website|network|station)\s+)?"
    r"(?:the\s+|The\s+)?(?P<name>[A-Z][\w&'’-]*(?:\s+(?:of\s+|&\s+)?[A-Z0-9][\w&'’-]*){0,4})"
    r"(?P<kind>\s+(?:magazine|newspaper|radio|television|website|news|weekly|daily|podcast|channel|agency)\b)?"
)
_GENERIC = frozenset({"the", "of", "daily", "news", "weekly", "sunday", "morning", "evening", "radio", "channel"})


def told_as_first_hand(scene: Scene) -> Iterator[Finding]:
    """A speaker to another outlet who, in another paragraph, speaks with no word of it."""
    credited = _credited(scene)
    done: set[str] = set()
    for a in scene.said:
        if not a.source or (a.tier != "speech" and a.form != "direct") or scene.quoted(a.source[0].start):
            continue
        who = _who(scene, a)
        number = scene.paragraph_at(a.source[0].start)
        if who not in credited or who in done or number is None or number in credited[who]:
            continue
        if number == 0 and 1 in credited[who]:
            continue  # a lead, which the next paragraph bears out with its credit
        if min(abs(number - other) for other in credited[who]) > MAX_APART:
            continue  # in a long story somebody may well have spoken elsewhere since
        outlets = set(credited[who].values())
        words = scene.body[number].span.of(scene.text)
        if any(_names(words, outlet) for outlet in outlets) or _tells_of_it(words):
            continue
        if not _speaks_here(scene, who):
            done.add(who)
            yield finding("SAY205", a.source[0], source=scene.name(a), outlet=min(outlets))


def _credited(scene: Scene) -> dict[str, dict[int, str]]:
    """Who spoke to which outlet, by paragraph."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for a in scene.said:
        number = scene.paragraph_at(a.source[0].start) if a.source and a.source_kind != "outlet" else None
        if number is not None and (outlet := _outlet(scene, a)):
            found[_who(scene, a)][number] = outlet
    for sentence in scene.sentences:
        number = scene.paragraph_at(sentence.start) or 0
        for match, outlet in _told(scene, sentence):
            for who in _speakers(scene, sentence, match):
                found[who].setdefault(number, outlet)
    return found


def _outlet(scene: Scene, a: Attribution) -> str | None:
    """The outlet that the chain shows before the source, where the page itself says so."""
    for step in a.chain[:-1]:
        if step.kind == "outlet" and not step.inferred:
            known = scene.reading.entity(step.entity)
            return known.name if known else step.span.of(scene.text) if step.span else None
    return None


def _told(scene: Scene, sentence: Span) -> Iterator[tuple[Span, str]]:
    """`in an interview with the Crier`, `speaking to Radio Nord`: where, and the outlet."""
    for name in ("spoke_to", "wrote_in"):
        for match in compiled(name).finditer(scene.text, sentence.start, sentence.end):
            outlet = None if scene.quoted(match.start()) else _outlet_after(scene, match.end(), sure=name == "wrote_in")
            if outlet:
                yield Span(*match.span()), outlet


def _outlet_after(scene: Scene, position: int, *, sure: bool) -> str | None:
    """The outlet named there: one that the reading knows, or by its name, or any name where the words are sure."""
    known = next((e for e, _ in scene.entities_in(position, position + NEAR + 1)), None)
    if known is not None and known.kind in ("outlet", "person"):
        return known.name if known.kind == "outlet" else None
    match = _NAME.match(scene.text, position)
    if match is None:
        return None
    name = match["name"]
    if match["before"] or match["kind"] or compiled("outlet_names").search(name):
        return name
    return name if sure and not compiled("no_outlets").search(name) else None


def _speakers(scene: Scene, sentence: Span, match: Span) -> set[str]:
    """Who speaks in the sentence: sources, else the person named first before the words, or first after them."""
    sources = {_who(scene, a) for a in scene.speech_in(sentence) if a.source_kind != "outlet"}
    people = [(e.id, start) for e, start in scene.entities_in(sentence.start, sentence.end) if e.kind == "person"]
    before = [one for one, start in people if start < match.start]
    return sources | set((before or [one for one, _ in people])[:1])


def _who(scene: Scene, a: Attribution) -> str:
    """The speaker: who is meant where the text tells, else a person of that surname, else the words."""
    known = scene.reading.entity(a.entity)
    if known is not None and known.kind == "person":
        return known.id
    words = scene.words((meant(scene, a),)).rstrip(",")
    for entity in scene.reading.entities or ():
        if entity.kind == "person" and words in (entity.name, entity.name.split()[-1]):
            return entity.id
    return known.id if known else head_noun(words)


def _tells_of_it(words: str) -> bool:
    return any(compiled(name).search(words) for name in ("again", "public"))


def _names(words: str, outlet: str) -> bool:
    telling = [w for w in outlet.split() if w.casefold() not in _GENERIC] or outlet.split()
    return re.search(rf"\b{re.escape(telling[-1])}\b", words) is not None


def _speaks_here(scene: Scene, who: str) -> bool:
    """Whether the speaker also spoke to this page, or to everybody."""
    return any(
        compiled("public").search(scene.sentence_at(a.source[0].start).of(scene.text))
        for a in scene.said
        if a.source and _who(scene, a) == who
    )
