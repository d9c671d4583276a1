"""Quotations with nobody said to speak them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.audit.scene import Scene
from sayso.audit.words import compiled
from sayso.model import Attribution, Finding, Span
from sayso.stages.findings_registry import finding

from .people import is_role

__all__ = ["unspoken_quotations"]

MIN_QUOTED_WORDS = 6
MAX_SUBJECT_START = 40
"""A person named so near the start of a sentence is taken for its subject."""
TITLE_SHARE = 0.7
"""A quotation so much of whose longer words begin with a capital is a title."""
_LONG_WORD = re.compile(r"[^\W\d_][\w'’]{3,}")
_OWNER = r"(?:(?:The|His|Her|Its|Their|Our)\s+|(?:The\s+)?[\w-]+['’]s?\s+)"
_ANSWER = re.compile(
    _OWNER + r"(?:\w+\s+)?(?:answer|reply|response|advice|verdict|explanation|motto|message|first words|last words)\b"
)
_OWN = re.compile(r"\b(?:I|I['’]\w+|[Mm]y|me)\b")
_OFFICE = re.compile(_OWNER + r"(?P<nouns>[\w'’-]+(?:\s+[\w'’-]+){0,2})")


def unspoken_quotations(scene: Scene) -> Iterator[Finding]:
    """The reading's own remarks, and quotations that it gives to somebody for nearness alone."""
    told = {f.span: f for f in scene.reading.findings or () if f.code == "SAY201" and f.span}
    for span, own in told.items():
        if not _is_title(scene, span) and not _follows_speaker(scene, span):
            yield own
    spoken = _spoken_paragraphs(scene)
    for quote in scene.quotes:
        number = scene.paragraph_at(quote.span.start)
        if quote.span in told or quote.words < MIN_QUOTED_WORDS or number is None:
            continue
        if any(cue < quote.span.end or _is_beside(scene, quote.span, cue) for cue in spoken.get(number, ())):
            continue
        alone = scene.body[number].span == quote.span.stripped(scene.text)
        if quote.continued or (alone and number - 1 in spoken) or not _is_loose(scene, quote.span):
            continue
        if not _is_title(scene, quote.span) and not _follows_speaker(scene, quote.span):
            yield finding("SAY201", quote.span)


def _spoken_paragraphs(scene: Scene) -> dict[int, list[int]]:
    """Paragraphs where somebody is said to speak, and where the words for it begin."""
    found: dict[int, list[int]] = {}
    for a in scene.speech:
        for span in a.cue if a.source else ():
            number = scene.paragraph_at(span.start)
            if number is not None and not scene.quoted(span.start):
                found.setdefault(number, []).append(span.start)
    return found


def _is_beside(scene: Scene, quote: Span, cue: int) -> bool:
    """Whether the cue stands in the quotation's last sentence, or in the text that goes on from it."""
    sentence = scene.sentence_at(max(quote.start, quote.end - 2))
    after = scene.sentence_at(quote.end)
    return sentence.start <= cue < sentence.end or after.start <= cue < after.end


def _is_loose(scene: Scene, quote: Span) -> bool:
    """Whether no cue leads to the quotation in its sentence or the one before."""
    spoken = {a.id for a in scene.said}
    holders = [a for a in scene.reading.attributions or () if any(quote.overlaps(span) for span in a.content)]
    holders = [a for a in holders if not any(quote.contains(source) for source in a.source)]  # speaks in it, not it
    holders = [a for a in holders if a.id in spoken or not _is_done_beside(scene, quote, a)]
    return all(not a.cue or scene.paragraph_at(a.cue[0].start) is None or not a.source for a in holders) or all(
        scene.paragraph_at(a.cue[0].start) != scene.paragraph_at(quote.start) for a in holders if a.cue
    )


def _is_done_beside(scene: Scene, quote: Span, a: Attribution) -> bool:
    """`“We waited.” Others sang`: a verb of no speech in the sentence before or after a whole quotation."""
    ended = quote.of(scene.text).rstrip("\"”’'» ").endswith((".", "!", "?"))
    if not ended or a.tier == "speech" or not a.cue:
        return False
    return a.cue[0].start >= quote.end or scene.text[: quote.start].rstrip().endswith((".", "!", "?"))


def _is_title(scene: Scene, quote: Span) -> bool:
    """`The song “All the Ships”`, `a sign read “…”`, and Words That Begin Like This."""
    words = _LONG_WORD.findall(quote.of(scene.text))
    if words and sum(word[0].isupper() for word in words) >= TITLE_SHARE * len(words) and len(words) > 1:
        return True
    sentence = scene.sentence_at(quote.start)
    before = scene.text[sentence.start : quote.start]
    return compiled("shown_words").search(before) is not None


def _follows_speaker(scene: Scene, quote: Span) -> bool:
    """Whether the words right before the quotation, in its paragraph, are a sentence about one person."""
    before = scene.sentence_at(quote.start)
    if not scene.text[before.start : quote.start].strip(" \t\"“‘'"):
        before = scene.sentence_before(quote.start)
    if _is_about_person(scene, before, quote):
        return True
    first = scene.sentence_before(before.start)
    people = {e.id for e, _ in scene.entities_in(first.start, quote.start) if e.kind == "person"}
    own = _OWN.search(quote.of(scene.text)) is not None
    return own and len(people) == 1 and first.start < before.start and _is_about_person(scene, first, quote)


def _is_about_person(scene: Scene, before: Span, quote: Span) -> bool:
    """Whether a person or somebody of an office is the subject of that sentence before the quotation."""
    words = before.of(scene.text).lstrip()
    if scene.quoted(before.start) or not words:
        return False
    until = min(before.start + MAX_SUBJECT_START, quote.start)
    named = (start for e, start in scene.entities_in(before.start, until) if e.kind == "person")
    if any(_is_subject(scene.text[before.start : start]) for start in named):
        return True
    return _is_officer(words) or _ANSWER.match(words) is not None


def _is_subject(before: str) -> bool:
    """Whether what stands before a name lets it be the subject: nothing, an apposition, an adverbial."""
    return not before.strip() or before.rstrip().endswith(",") or _OFFICE.match(before.lstrip()) is not None


def _is_officer(words: str) -> bool:
    """`The deputy mayor was in a good mood`: an office among the first nouns."""
    match = _OFFICE.match(words)
    return match is not None and any(is_role(noun.casefold()) for noun in match["nouns"].split())
