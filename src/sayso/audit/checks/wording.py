"""Hearsay with nobody behind it, and sources called as the writer is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.audit.scene import Scene
from sayso.audit.words import compiled
from sayso.model import Attribution, Finding
from sayso.stages.findings_registry import finding

__all__ = ["hearsay", "same_surname"]

_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Doctor|Sir|Dame|Lord|Lady|Father|Sister|Brother|Rev|Reverend|Bishop|Judge"
    r"|Justice|Captain|Capt|Colonel|Col|General|Gen|Major|Sergeant|Sgt|Lieutenant|Lt|Inspector|Constable|Officer|Councillor"
    r"|Councilwoman|Councilman|Senator|Sen|Rep|Gov|Governor|Mayor|President|Minister|Secretary|Ambassador|Deputy|Chief|Coach)"
    r"\.?\s+(?P<name>[A-Z][\w'’-]+)(?:,|\Z)"
)


def hearsay(scene: Scene) -> Iterator[Finding]:
    """`Reportedly` and the like, where nobody in the sentence reports."""
    for span in scene.matches(compiled("hearsay")):
        sentence = scene.sentence_at(span.start)
        words = scene.text[sentence.start : span.start] + " " + scene.text[span.end : sentence.end]
        if not scene.sourced(span.start) and not compiled("behind_hearsay").search(words):
            yield finding("SAY203", span, cue=" ".join(span.of(scene.text).split()))


def same_surname(scene: Scene) -> Iterator[Finding]:
    """Sources called as a writer of the text is."""
    writers = {_surname(name.split()[-1]): name for name in scene.writers if len(name.split()) > 1}
    seen: set[str] = set()
    for a in scene.said:
        full = _full_name(scene, a)
        first, _, last = full.rpartition(" ")
        writer = writers.get(_surname(last)) if first else None
        if writer is None or full in seen or writer.split()[0].casefold() in first.casefold().split():
            continue
        seen.add(full)
        if not _is_explained(scene, full):
            yield finding("SAY108", a.source[0] if a.source else None, source=full, writer=writer)


def _surname(name: str) -> str:
    return name.replace("’", "'").strip(",.").casefold()


def _full_name(scene: Scene, a: Attribution) -> str:
    """First and last name, else title and last name; empty where the text gives less."""
    entity = scene.reading.entity(a.entity)
    if entity and entity.kind == "person" and " " in entity.name:
        return entity.name
    words = scene.words(a.source)
    match = _TITLED.search(words) or re.match(r"(?:[A-Z][\w'’-]+\s+){1,3}[A-Z][\w'’-]+", words)
    return match.group().rstrip(",") if match else ""


def _is_explained(scene: Scene, name: str) -> bool:
    """Whether a sentence on the source, or the one after it, says how source and writer are related."""
    for span in scene.matches(re.compile(re.escape(name.split()[-1]))):
        near = (scene.sentence_at(span.start), scene.sentence_after(span.start))
        if any(compiled("kinship").search(sentence.of(scene.text)) for sentence in near):
            return True
    return False
