"""Reporting words that take sides: what somebody `admits` is true, what somebody `claims` may not be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.audit.scene import Scene
from sayso.audit.words import compiled
from sayso.model import Attribution, Finding, Span
from sayso.stages.findings_registry import finding

__all__ = ["cues"]

EFFECTS = {"factive": "says that the statement is true", "doubting": "doubts the statement"}
PAPER_KINDS = frozenset({"document", "unknown", "social_post"})
APPOSITION = 2
SUBJECT_CHARS = 120
"""How far before a cue its subject is looked for."""
_CLAUSE = re.compile(r"[,;:—]|\b(?:and|but|that|while|whereas|although|though)\b")
_PERSON = re.compile(r"[A-Z][\w'’-]+|\b(?:he|she|they|I|we)\b")


def cues(scene: Scene) -> Iterator[Finding]:
    """Reporting words that say or doubt that the statement is true."""
    seen: list[Span] = []
    for span, effect in sorted((*_by_reading(scene), *_by_clause(scene))):
        if not any(span.overlaps(other) for other in seen[-2:]):
            seen.append(span)
            words = " ".join(span.of(scene.text).split())
            yield finding("SAY202", span, cue=words, effect=EFFECTS[effect])


def _by_reading(scene: Scene) -> Iterator[tuple[Span, str]]:
    """Cues that the reading found, of people and bodies."""
    for a in scene.said:
        if not a.cue or not a.source or not a.content or a.source_kind in PAPER_KINDS or scene.quoted(a.cue[0].start):
            continue
        cue = Span(a.cue[0].start, a.cue[-1].end)
        for effect in EFFECTS:
            match = compiled(effect).search(cue.of(scene.text))
            if match:
                span = Span(*match.span()).shifted(cue.start)
                if not _is_other_sense(scene, span, a):
                    yield span, effect
                break


def _is_other_sense(scene: Scene, span: Span, a: Attribution) -> bool:
    """`Revealed her cabinet`, `claimed responsibility`: the word, with nobody's words after it."""
    if 0 <= a.source[0].start - span.end <= 1 and a.content[0].end <= span.start:
        return False  # `The plant is safe, maintained its manager`
    if compiled("other_sense").match(scene.text, span.start):
        return True
    if a.form == "direct":
        return False
    return compiled("shown_thing").match(scene.text, span.start) is not None or _is_of_paper(_before(scene, span))


def _by_clause(scene: Scene) -> Iterator[tuple[Span, str]]:
    """Cues with a clause after them, found by the words alone."""
    for effect in EFFECTS:
        for span in scene.matches(compiled("cue_clauses", effect)):
            word = Span(span.start, span.start + len(span.of(scene.text).rstrip()))
            if not _is_noun_or_paper(scene, word) and not compiled("other_sense").match(scene.text, word.start):
                yield word, effect


def _is_noun_or_paper(scene: Scene, word: Span) -> bool:
    """`The claim that`, `was said to have admitted`, `the figures reveal that`."""
    before = _before(scene, word)
    return compiled("no_cue_before").search(before) is not None or _is_of_paper(before)


def _before(scene: Scene, word: Span) -> str:
    """What stands before the word in its sentence, no further than a subject."""
    sentence = scene.sentence_at(word.start)
    return scene.text[max(sentence.start, word.start - SUBJECT_CHARS) : word.start]


def _is_of_paper(before: str) -> bool:
    """`The figures reveal`: a paper, test or event shows it, with no person after it in the clause."""
    parts = _CLAUSE.split(before)
    if len(parts) > APPOSITION and not parts[-1].strip():
        parts = parts[:-2]  # `the audit, published in May, noted`
    subject = parts[-1]
    papers = list(compiled("papers").finditer(subject))
    return bool(papers) and _PERSON.search(subject, papers[-1].end()) is None
