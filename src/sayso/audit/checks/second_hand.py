"""Second hand: speakers heard by way of another outlet, and credits that hide whom they have it from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sayso.audit.scene import UNNAMED, Scene
from sayso.audit.words import compiled, content_words, head_noun
from sayso.model import Attribution, ChainStep, Finding, Span
from sayso.stages.findings_registry import finding

__all__ = ["hidden_chains", "told_as_first_hand"]

SHARED_WORDS = 2
SHARED_PART = 0.4
MAX_GAP = 40
"""Characters between who cites and the word for it, at most."""


def _outlet(scene: Scene, a: Attribution) -> str | None:
    """The outlet that the chain shows before the source, where the page itself says so."""
    for step in a.chain[:-1]:
        if step.kind == "outlet" and not step.inferred:
            return _step(scene, step)
    return None


def told_as_first_hand(scene: Scene) -> Iterator[Finding]:
    """A speaker to another outlet who, in another paragraph, speaks with no word of it."""
    credited: dict[str, tuple[str, set[int | None]]] = {}
    for a in scene.speech:
        outlet = _outlet(scene, a) or _interviewer(scene, a)
        if outlet and a.source and a.source_kind != "outlet":
            _, places = credited.setdefault(_who(scene, a), (outlet, set()))
            places.add(scene.paragraph_at(a.source[0].start))
    done: set[str] = set()
    for a in scene.speech:
        who = _who(scene, a)
        if not a.source or who not in credited or who in done or scene.quoted(a.source[0].start):
            continue
        outlet, places = credited[who]
        number = scene.paragraph_at(a.source[0].start)
        if number in places or number is None:
            continue
        words = scene.body[number].span.of(scene.text)
        if _names(words, outlet) or compiled("again").search(words) or compiled("public").search(words):
            continue
        if not _speaks_here(scene, who):
            done.add(who)
            yield finding("SAY205", a.source[0], source=scene.name(a), outlet=outlet)


def _who(scene: Scene, a: Attribution) -> str:
    """The speaker: who is meant where the text tells, else the words."""
    return a.entity or head_noun(scene.words(a.source))


def _interviewer(scene: Scene, a: Attribution) -> str | None:
    """`in an interview with the Crier`, `speaking to Radio Nord`: the outlet that a sentence credits."""
    if not a.source:
        return None
    sentence = scene.sentence_at(a.source[0].start)
    outlets = [e for e in scene.reading.entities or () if e.kind == "outlet"]
    for match in compiled("spoke_to").finditer(scene.text, sentence.start, sentence.end):
        for outlet in outlets:
            if any(0 <= m.start - match.end() <= 5 for m in outlet.mentions) and not scene.quoted(match.start()):
                return outlet.name
    return None


def _names(words: str, outlet: str) -> bool:
    telling = [w for w in outlet.split() if w.casefold() not in {"the", "of", "daily", "news"}] or outlet.split()
    return re.search(rf"\b{re.escape(telling[-1])}\b", words) is not None


def _speaks_here(scene: Scene, who: str) -> bool:
    """Whether the speaker also spoke to this page, or to everybody."""
    return any(
        compiled("public").search(scene.sentence_at(a.source[0].start).of(scene.text))
        for a in scene.speech
        if a.source and _who(scene, a) == who
    )


def hidden_chains(scene: Scene) -> Iterator[Finding]:
    """Credits that stop short of a chain which the text shows elsewhere."""
    done: set[str] = set()
    for short in scene.speech:
        key = _key(scene.name(short))
        if not short.source or not short.content or len(short.chain) != 2 or key in done:
            continue
        if short.source_kind in UNNAMED or scene.quoted(short.source[0].start) or _shows_way(scene, short):
            continue
        behind = _behind_by_chain(scene, short, key) or _behind_by_words(scene, short, key)
        if behind:
            done.add(key)
            yield finding("SAY206", short.source[0], source=scene.name(short), behind=behind)


def _shows_way(scene: Scene, a: Attribution) -> bool:
    """Whether the credit's own sentence tells whom it has it from."""
    return compiled("shown_way").search(_less(scene, scene.sentence_at(a.source[0].start), a)) is not None


def _less(scene: Scene, sentence: Span, a: Attribution) -> str:
    """A sentence's words without the attribution's cue."""
    words = sentence.of(scene.text)
    for cue in a.cue:
        if sentence.contains(cue):
            start, end = cue.start - sentence.start, cue.end - sentence.start
            words = words[:start] + " " * (end - start) + words[end:]
    return words


def _behind_by_chain(scene: Scene, short: Attribution, key: str) -> str | None:
    for long in scene.speech:
        behind = _behind(scene, long, key)
        if behind and long.id != short.id and _is_elsewhere(scene, short, long) and _is_same(scene, short, long):
            return behind
    return None


def _behind_by_words(scene: Scene, short: Attribution, key: str) -> str | None:
    """`The paper based its report on a letter`: another sentence tells whom the credited one has it from."""
    here = scene.sentence_at(short.source[0].start)
    named = re.compile(rf"\b{re.escape(key.split()[-1])}\b", re.IGNORECASE) if key else None
    for sentence in scene.sentences:
        words = sentence.of(scene.text)
        for cited in compiled("citing").finditer(words):
            if sentence == here or named is None or scene.quoted(sentence.start + cited.start()):
                continue
            if _tells_way(scene, short, words, cited, named):
                return " ".join(words[cited.end() :].split()[:6]).rstrip(".,;")
    return None


def _tells_way(scene: Scene, short: Attribution, words: str, cited: re.Match[str], named: re.Pattern[str]) -> bool:
    """Whether the credited one stands right before the word of citing, and what is cited is the statement."""
    outlet = short.source_kind == "outlet"
    subject = named.search(words, 0, cited.start())
    subject = subject or (compiled("the_outlet").search(words, 0, cited.start()) if outlet else None)
    if subject is None or cited.start() - subject.end() > MAX_GAP:
        return False
    if outlet and _on_the_same(scene, short, words, cited):
        return True
    return compiled("its_report").search(words, subject.start()) is not None


def _on_the_same(scene: Scene, short: Attribution, words: str, cited: re.Match[str]) -> bool:
    """Whether the sentence tells of the credited statement: by its words, or by telling nothing of its own."""
    if compiled("its_report").search(words):
        return True
    shared = scene.telling(short) & content_words(words)
    tells = re.search(r"\b(?:that|saying|said|as saying)\b", words[cited.end() :]) is not None
    return len(shared) >= SHARED_WORDS or (bool(shared) and not tells)


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
