"""Sources called as a writer of the text is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.audit.scene import Scene
from sayso.audit.words import compiled
from sayso.model import Attribution, Finding, Span
from sayso.stages.findings_registry import finding

__all__ = ["same_surname"]

_TITLED = re.compile(r"\b(?P<full>(?P<title>[A-Z][\w-]+)\.?\s+(?P<name>[A-Z][\w'’-]+))(?:,|\Z)")
_FULL = re.compile(r"(?:[A-Z][\w'’-]+\s+(?:(?:de|van|von|der|da|di|del|la|le|bin|al)\s+)*){1,3}[A-Z][\w'’-]+")
_GIVEN = r"\b(?:[A-Z][\w'’-]*\.?\s+(?:(?:de|van|von|der|da|di|del|la|le|bin|al)\s+)*){1,3}"
_WHO = re.compile(r"who\b", re.IGNORECASE)


def same_surname(scene: Scene) -> Iterator[Finding]:
    """One remark a person of a writer's surname who speaks, and isn't said to be of no kin."""
    writers = {_surname(name.split()[-1]): name for name in scene.writers if len(name.split()) > 1}
    seen: set[str] = set()
    for full, place in (*_sources(scene), *_named_by_speech(scene, tuple(writers.values()))):
        first, _, last = full.rpartition(" ")
        writer = writers.get(_surname(last)) if first else None
        if writer is None or last in seen or writer.split()[0].casefold() in first.casefold().split():
            continue
        seen.add(last)  # `Mr Reyes` after `Jorge Reyes` is he again
        if not _is_explained(scene, full):
            yield finding("SAY108", place, source=full, writer=writer)


def _surname(name: str) -> str:
    return name.replace("’", "'").strip(",.").casefold()


def _sources(scene: Scene) -> Iterator[tuple[str, Span | None]]:
    for a in scene.said:
        if full := _full_name(scene, a):
            yield full, _place(scene, a, full) if a.source else None


def _place(scene: Scene, a: Attribution, full: str) -> Span:
    """Where the source is told; for `who`, the name before it."""
    own = a.source[0]
    if not _WHO.match(own.of(scene.text)):
        return own
    sentence = scene.sentence_at(own.start)
    start = scene.text.rfind(full, sentence.start, own.start)
    return Span(start, start + len(full)) if start >= 0 else own


def _full_name(scene: Scene, a: Attribution) -> str:
    """First and last name, else title and last name; empty where the text gives less."""
    entity = scene.reading.entity(a.entity)
    if entity and entity.kind == "person" and " " in entity.name:
        return entity.name
    words = scene.words(a.source)
    titled = _TITLED.search(words)
    if titled and compiled("titles").fullmatch(titled["title"]):
        return titled["full"]
    match = _FULL.match(words)
    return match.group() if match else ""


def _named_by_speech(scene: Scene, writers: tuple[str, ...]) -> Iterator[tuple[str, Span]]:
    """People of a writer's surname in a sentence where the reading knows not who speaks."""
    for writer in writers:
        pattern = re.compile(_GIVEN + re.escape(writer.split()[-1]) + r"(?![\w'’-])")
        for span in scene.matches(pattern):
            sentence = scene.sentence_at(span.start)
            if any(_is_open(scene, a) and sentence.contains(a.cue[0]) for a in scene.said if a.cue):
                yield " ".join(span.of(scene.text).split()), span


def _is_open(scene: Scene, a: Attribution) -> bool:
    return not a.source or a.source_kind == "unknown" or _WHO.match(a.source[0].of(scene.text)) is not None


def _is_explained(scene: Scene, name: str) -> bool:
    """Whether a sentence on the source, or the one after it, says how source and writer are related."""
    for span in scene.matches(re.compile(re.escape(name.split()[-1]))):
        near = (scene.sentence_at(span.start), scene.sentence_after(span.start))
        if any(compiled("kinship").search(sentence.of(scene.text)) for sentence in near):
            return True
    return False
