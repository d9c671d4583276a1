"""Credits that stop short of a chain: whom a credited outlet, person or paper has its statement from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sayso.audit.scene import UNNAMED, Scene
from sayso.audit.words import compiled, content_words
from sayso.model import Attribution, ChainStep, Finding, Span
from sayso.stages.findings_registry import finding

__all__ = ["hidden_chains"]

SHARED_WORDS = 2
SHARED_PART = 0.4
MAX_GAP = 40
"""Characters between who cites and the word for it, at most."""


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
