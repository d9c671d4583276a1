"""Second hand: speakers heard by way of another outlet, and credits that hide whom they have it from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sayso.audit.scene import Scene
from sayso.audit.words import compiled
from sayso.model import Attribution, ChainStep, Finding
from sayso.stages.findings_registry import finding

__all__ = ["hidden_chains", "told_as_first_hand"]

SHARED_WORDS = 2
SHARED_PART = 0.4


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
        outlet = _outlet(scene, a)
        if a.entity and outlet and a.source:
            _, places = credited.setdefault(a.entity, (outlet, set()))
            places.add(scene.paragraph_at(a.source[0].start))
    done: set[str] = set()
    for a in scene.speech:
        if not a.source or a.entity not in credited or a.entity in done or scene.quoted(a.source[0].start):
            continue
        outlet, places = credited[a.entity]
        number = scene.paragraph_at(a.source[0].start)
        if number in places or number is None:
            continue
        words = scene.body[number].span.of(scene.text)
        if _names(words, outlet) or compiled("again").search(words) or compiled("public").search(words):
            continue
        if not _speaks_here(scene, a.entity):
            done.add(a.entity)
            yield finding("SAY205", a.source[0], source=scene.name(a), outlet=outlet)


def _names(words: str, outlet: str) -> bool:
    telling = [w for w in outlet.split() if w.casefold() not in {"the", "of", "daily", "news"}] or outlet.split()
    return re.search(rf"\b{re.escape(telling[-1])}\b", words) is not None


def _speaks_here(scene: Scene, entity: str) -> bool:
    """Whether the speaker also spoke to this page, or to everybody."""
    return any(
        compiled("public").search(scene.sentence_at(a.source[0].start).of(scene.text))
        for a in scene.speech
        if a.entity == entity and a.source
    )


def hidden_chains(scene: Scene) -> Iterator[Finding]:
    """Credits that stop short of a chain which the text shows elsewhere."""
    done: set[str] = set()
    for short in scene.speech:
        key = _key(scene.name(short))
        if not short.source or not short.content or len(short.chain) != 2 or key in done:
            continue
        for long in scene.speech:
            behind = _behind(scene, long, key)
            if behind and long.id != short.id and _is_elsewhere(scene, short, long) and _is_same(scene, short, long):
                done.add(key)
                related = long.source[:1]
                yield finding("SAY206", short.source[0], source=scene.name(short), behind=behind, related=related)
                break


def _key(name: str) -> str:
    return name.casefold().removeprefix("the ").split(",")[0]


def _behind(scene: Scene, a: Attribution, key: str) -> str | None:
    """Whom the chain names behind the source of that key."""
    for step, inner in pairwise(a.chain):
        if step.kind != "page" and not step.inferred and _key(_step(scene, step) or "") == key:
            return _step(scene, inner)
    return None


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
