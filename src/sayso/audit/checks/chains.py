"""Credits that stop short of a chain: whom a credited outlet, person or paper has its statement from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from sayso.audit.scene import NAMED, UNNAMED, Scene
from sayso.audit.words import compiled, content_words, last_noun
from sayso.model import Attribution, ChainStep, Finding, Span
from sayso.stages.findings_registry import finding

from .people import PRONOUNS

__all__ = ["hidden_chains"]

SHARED_WORDS = 2
SHARED_PART = 0.4
MAX_GAP = 100
"""Characters between who cites and the word for it, at most."""
MAX_NAME = 20
"""Characters between `told` and the name of whom, at most."""
FEW_WORDS = 6
"""`The paper cited two engineers`: so few words tell of nothing but whom."""
PEOPLE = NAMED | UNNAMED
OUTLETS = frozenset({"outlet", "agency"})
BODIES = frozenset({"organization"})
_AGAIN = re.compile(r"\b(?:it|this|so|as much|the (?:story|news|figure|number|tale|claim|account))\b")
_LETTER = re.compile(r"\w")
_PRONOUN = re.compile(r"(?:It|He|She|They)\b")
_TELLS = re.compile(r"\b(?:that|saying|said|as saying)\b")


class Way(NamedTuple):
    """Words of a sentence by which somebody has something from somebody."""

    sentence: Span
    kind: str
    cited: re.Match[str]


def hidden_chains(scene: Scene) -> Iterator[Finding]:
    """Credits that stop short of a chain which the text shows elsewhere."""
    done: set[str] = set()
    ways = _ways(scene)
    longs = [a for a in scene.speech if len(a.chain) > len(("page", "source"))]
    for short in scene.said:
        key = _key(scene.name(short))
        if not short.source or not short.content or len(short.chain) != 2 or key in done:
            continue
        if scene.quoted(short.source[0].start) or _shows_way(scene, short):
            continue
        behind = _behind_by_chain(scene, short, key, longs) or _behind_by_words(scene, short, key, ways)
        if behind:
            done.add(key)
            yield finding("SAY206", short.source[0], source=scene.name(short), behind=behind)


def _ways(scene: Scene) -> list[Way]:
    found = []
    for sentence in scene.sentences:
        words = sentence.of(scene.text)
        for kind in ("citing", "heard_from", "passed_to"):
            matches = compiled(kind).finditer(words)
            found += [Way(sentence, kind, m) for m in matches if not scene.quoted(sentence.start + m.start())]
    return found


def _shows_way(scene: Scene, a: Attribution) -> bool:
    """Whether the credit's own sentence tells whom it has it from."""
    words = _less(scene, scene.near(a.source[0].start), a)
    return any(compiled(name).search(words) for name in ("shown_way", "citing", "heard_from"))


def _less(scene: Scene, sentence: Span, a: Attribution) -> str:
    """A sentence's words without the attribution's cue."""
    words = sentence.of(scene.text)
    for cue in a.cue:
        if sentence.contains(cue):
            start, end = cue.start - sentence.start, cue.end - sentence.start
            words = words[:start] + " " * (end - start) + words[end:]
    return words


def _behind_by_chain(scene: Scene, short: Attribution, key: str, longs: list[Attribution]) -> str | None:
    for long in longs:
        behind = _behind(scene, long, key)
        if behind and long.id != short.id and _is_elsewhere(scene, short, long) and _is_same(scene, short, long):
            return behind
    return None


def _behind_by_words(scene: Scene, short: Attribution, key: str, ways: list[Way]) -> str | None:
    """`The paper based its report on a letter`: another sentence tells whom the credited one has it from."""
    subject = _subject(scene, short, key)
    if subject is None:
        return None
    here = scene.sentence_at(short.source[0].start)
    others = (_behind_by(scene, short, way, subject) for way in ways if way.sentence != here)
    return next((behind for behind in others if behind), None)


def _subject(scene: Scene, short: Attribution, key: str) -> re.Pattern[str] | None:
    """By what the credited one is called again: its last name, or what it is."""
    if not key or key in PRONOUNS:
        return None
    words = [re.escape(key.split()[-1])]
    source = scene.words(short.source)
    noun = last_noun(source)
    if noun in source.split():  # what it is, not its name
        words.append(rf"(?:the|its|that|this)\s+{re.escape(noun)}")
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def _behind_by(scene: Scene, short: Attribution, way: Way, subject: re.Pattern[str]) -> str | None:
    """Whom such words have the credited one's statement from, where they tell so."""
    words = way.sentence.of(scene.text)
    if way.kind == "passed_to":
        fits = _is_next(subject, words, way.cited.end())
    elif way.kind == "citing" and short.source_kind in PEOPLE and not compiled("its_report").search(words):
        return None  # people cite and quote much that they know themselves
    else:
        start = Span(way.sentence.start, way.sentence.start + way.cited.start())
        fits = _leads(scene, short, start, subject)
    if not fits or not (_on_the_same(scene, short, words, way.cited) or _goes_on(scene, short, way)):
        return None
    behind = words[: way.cited.start()] if way.kind == "passed_to" else words[way.cited.end() :]
    return " ".join(behind.split()[:6]).rstrip(".,;")


def _goes_on(scene: Scene, short: Attribution, way: Way) -> bool:
    """`The paper had been told of it by a clerk`, right after the outlet's statement, with nothing new told."""
    last = max(span.end for span in (*short.source, *short.cue, *short.content))
    between = scene.text[last : way.sentence.start]
    words = way.sentence.of(scene.text)
    if way.sentence.start < last or _LETTER.search(between) or _TELLS.search(words):
        return False
    if way.kind == "citing":
        return short.source_kind in OUTLETS | BODIES and len(words[way.cited.end() :].split()) <= FEW_WORDS
    return short.source_kind in OUTLETS or _AGAIN.search(words) is not None


def _leads(scene: Scene, short: Attribution, start: Span, subject: re.Pattern[str]) -> bool:
    """Whether the credited one stands in that start of a sentence, near its end."""
    before = start.of(scene.text)
    match = subject.search(before)
    if match is None and short.source_kind in OUTLETS:
        match = compiled("the_outlet").search(before)
    if match is None and scene.sentence_after(short.source[0].start).start == start.start:
        match = _PRONOUN.match(before)
    return match is not None and len(before) - match.end() <= MAX_GAP


def _is_next(subject: re.Pattern[str], words: str, position: int) -> bool:
    match = subject.search(words, position)
    return match is not None and match.start() - position <= MAX_NAME


def _on_the_same(scene: Scene, short: Attribution, words: str, cited: re.Match[str]) -> bool:
    """Whether the sentence tells of the credited statement: by its words, or by telling nothing of its own."""
    shared = scene.telling(short) & content_words(words)
    if compiled("its_report").search(words) and (shared or not _TELLS.search(words)):
        return True
    if len(shared) >= max(SHARED_WORDS, SHARED_PART * len(scene.telling(short))):
        return True
    return bool(shared) and short.source_kind in OUTLETS and not _TELLS.search(words, cited.end())


def _key(name: str) -> str:
    return name.casefold().removeprefix("the ").split(",")[0]


def _behind(scene: Scene, a: Attribution, key: str) -> str | None:
    """Whom the chain names behind the source of that key."""
    for step, inner in pairwise(a.chain):
        if step.inferred or _key(_step(scene, step) or "") != key:
            continue
        behind = _step(scene, inner)
        if (step.kind == "outlet" or _cites(scene, a)) and behind and _key(behind) != key:
            return behind
    return None


def _cites(scene: Scene, a: Attribution) -> bool:
    """Whether somebody cites, and doesn't only tell what another said."""
    return compiled("citing").search(scene.words(a.cue)) is not None


def _step(scene: Scene, step: ChainStep) -> str | None:
    known = scene.reading.entity(step.entity)
    return known.name if known else step.span.of(scene.text) if step.span else None


def _is_elsewhere(scene: Scene, a: Attribution, b: Attribution) -> bool:
    """In another sentence: a credit in one sentence shows its whole way."""
    here, there = (scene.sentence_at(min((*x.source, *x.cue)).start) for x in (a, b))
    return here != there and not any(here.overlaps(span) for span in b.content)


def _is_same(scene: Scene, a: Attribution, b: Attribution) -> bool:
    one, other = scene.telling(a), scene.telling(b)
    shared = len(one & other)
    return shared >= SHARED_WORDS and shared >= SHARED_PART * min(len(one), len(other))
