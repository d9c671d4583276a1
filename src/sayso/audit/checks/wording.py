"""Wording: quotations of nobody, words that take sides, hearsay, disputable assertions, and surnames."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.audit.scene import Scene
from sayso.audit.words import compiled
from sayso.model import Attribution, Finding, Span
from sayso.stages.findings_registry import finding

__all__ = ["cues", "disputable", "hearsay", "same_surname", "unspoken_quotations"]

PAPER_KINDS = frozenset({"document", "unknown", "social_post"})
MIN_QUOTED_WORDS = 6
KINDS = {"guilt": "guilt", "motive": "a motive", "blame": "blame", "verdict": "a verdict"}
_OTHER_SENSE = re.compile(
    r"\bclaim\w*\s+(?:(?:\w+\s+)?responsibility|(?:the\s+|a\s+|\w+\s+)?(?:lives?|victory|asylum|benefits?|title|prize|victims?|medals?|wins?|damages|compensation|credit|expenses))"
    r"|\bnoted\s+for\b|\bprov\w+\s+(?:to\s+be|difficult|hard|popular|costly)|\bexpos\w+\s+to\b|\brecogni[sz]\w+\s+(?:as|by|for)\b",
    re.IGNORECASE,
)

_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Doctor|Sir|Dame|Lord|Lady|Father|Sister|Brother|Rev|Reverend|Bishop|Judge"
    r"|Justice|Captain|Capt|Colonel|Col|General|Gen|Major|Sergeant|Sgt|Lieutenant|Lt|Inspector|Constable|Officer|Councillor"
    r"|Councilwoman|Councilman|Senator|Sen|Rep|Gov|Governor|Mayor|President|Minister|Secretary|Ambassador|Deputy|Chief|Coach)"
    r"\.?\s+(?P<name>[A-Z][\w'’-]+)(?:,|\Z)"
)


def unspoken_quotations(scene: Scene) -> Iterator[Finding]:
    """The reading's own remarks, and quotations that it gives to somebody for nearness alone."""
    told = {f.span for f in scene.reading.findings or () if f.code == "SAY201" and f.span}
    yield from (f for f in scene.reading.findings or () if f.code == "SAY201")
    spoken = _spoken_paragraphs(scene)
    for quote in scene.quotes:
        number = scene.paragraph_at(quote.span.start)
        if quote.span in told or quote.words < MIN_QUOTED_WORDS or number is None or number in spoken:
            continue
        alone = scene.body[number].span == quote.span.stripped(scene.text)
        if not quote.continued and not (alone and number - 1 in spoken) and _is_loose(scene, quote.span):
            yield finding("SAY201", quote.span)


def _spoken_paragraphs(scene: Scene) -> set[int]:
    """Paragraphs where somebody is said to speak."""
    found = [a for a in scene.speech if a.source and a.cue]
    numbers = {scene.paragraph_at(span.start) for a in found for span in a.cue}
    return {number for number in numbers if number is not None}


def _is_loose(scene: Scene, quote: Span) -> bool:
    """Whether no cue leads to the quotation in its sentence or the one before."""
    holders = [a for a in scene.reading.attributions or () if any(quote.overlaps(span) for span in a.content)]
    return all(not a.cue or scene.paragraph_at(a.cue[0].start) is None or not a.source for a in holders) or all(
        scene.paragraph_at(a.cue[0].start) != scene.paragraph_at(quote.start) for a in holders if a.cue
    )


def cues(scene: Scene) -> Iterator[Finding]:
    """Reporting words that say or doubt that the statement is true."""
    for a in (*scene.speech, *scene.spoken_stances):
        if not a.cue or not a.source or not a.content or a.source_kind in PAPER_KINDS or scene.quoted(a.cue[0].start):
            continue
        cue = Span(a.cue[0].start, a.cue[-1].end)
        words = " ".join(cue.of(scene.text).split())
        if _OTHER_SENSE.match(scene.text, _word_start(scene, cue)):
            continue
        for name, effect in (("factive", "says that the statement is true"), ("doubting", "doubts the statement")):
            match = compiled(name).search(cue.of(scene.text))
            if match:
                yield finding("SAY202", Span(*match.span()).shifted(cue.start), cue=words, effect=effect)
                break


def _word_start(scene: Scene, cue: Span) -> int:
    for name in ("factive", "doubting"):
        if match := compiled(name).search(cue.of(scene.text)):
            return cue.start + match.start()
    return cue.start


def hearsay(scene: Scene) -> Iterator[Finding]:
    """`Reportedly` and the like, where nobody in the sentence reports."""
    for span in scene.matches(compiled("hearsay")):
        sentence = scene.sentence_at(span.start)
        words = scene.text[sentence.start : span.start] + " " + scene.text[span.end : sentence.end]
        if not scene.sourced(span.start) and not compiled("behind_hearsay").search(words):
            yield finding("SAY203", span, cue=" ".join(span.of(scene.text).split()))


def disputable(scene: Scene) -> Iterator[Finding]:
    """Guilt, motive, blame and verdicts that nobody is said to say, one remark a sentence."""
    for sentence in scene.sentences:
        words = sentence.of(scene.text)
        if compiled("settled").search(words) or words.rstrip().endswith("?"):
            continue
        found = [(span, what) for part, what in KINDS.items() for span in _asserted(scene, sentence, part)]
        if found:
            span, what = min(found)
            yield finding("SAY207", span, words=span.of(scene.text), what=what)


def _asserted(scene: Scene, sentence: Span, part: str) -> Iterator[Span]:
    for match in compiled("disputable", part).finditer(scene.text, sentence.start, sentence.end):
        span = Span(*match.span())
        before = scene.text[max(sentence.start, span.start - 40) : span.start]
        if not scene.quoted(span.start) and not compiled("negation").search(before) and not scene.held(span):
            yield span


def same_surname(scene: Scene) -> Iterator[Finding]:
    """Sources called as a writer of the text is."""
    writers = {_surname(name.split()[-1]): name for name in scene.writers if len(name.split()) > 1}
    seen: set[str] = set()
    for a in (*scene.speech, *scene.spoken_stances):
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
