"""What the rules ask of a draft: its reading, looked up by position."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sayso.model import Attribution, Block, Entity, Reading, Span, merged
from sayso.stages.attribution.quotes import Quote, find_quotes, in_quotes

from .mending import lost_speech, mended
from .words import compiled, content_words

__all__ = ["NAMED", "UNNAMED", "Scene"]

UNNAMED = frozenset({"unnamed_person", "unnamed_official"})
WHO_CHARS = 30
LONG = 1000
"""Characters of a sentence looked at on either side: what stands further off has its own speaker."""
_WHO = re.compile(r"\bwho(?:se)?(?:\s+\w+)?\s+\Z", re.IGNORECASE)
NAMED = frozenset({"named_person", "named_official"})


@dataclass(frozen=True)
class Scene:
    """A draft's reading, and who wrote it."""

    reading: Reading
    writers: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The article's text."""
        return self.reading.text

    @cached_property
    def body(self) -> tuple[Block, ...]:
        """The story less its headline and headings; a first line that ends as a sentence is no headline."""
        heads = ("headline", "dek", "heading")
        return tuple(b for b in self.reading.article.story if b.kind not in heads or self._is_sentence(b))

    def _is_sentence(self, block: Block) -> bool:
        return block.span.of(self.text).rstrip("\"”’'» ").endswith((".", "!"))

    @cached_property
    def headline(self) -> Span | None:
        """Where the headline stands."""
        story = self.reading.article.story
        return next((b.span for b in story if b.kind == "headline" and not self._is_sentence(b)), None)

    @cached_property
    def quotes(self) -> list[Quote]:
        """Quotations of the story."""
        return find_quotes(self.text, self.reading.article.story)

    @cached_property
    def speech(self) -> tuple[Attribution, ...]:
        """What is said, written or reported in the body, in text order of cue."""
        found = [a for a in self.reading.attributions or () if a.tier == "speech" and self.in_body(_start(a))]
        everything = self.reading.attributions or ()
        lost = lost_speech(everything, self.text, self.sentences, self.quoted)
        return tuple(mended(sorted((*found, *lost), key=_start), self.text, self.sentences))

    @cached_property
    def spoken_stances(self) -> tuple[Attribution, ...]:
        """Attributions whose cue isn't always a word for speech: `“…,” boasted the captain`, `she let slip that`."""
        found = [a for a in self.reading.attributions or () if a.tier != "speech" and self.in_body(_start(a))]
        return tuple(a for a in found if a.form == "direct" or compiled("spoken_stances").search(self.words(a.cue)))

    @cached_property
    def said(self) -> tuple[Attribution, ...]:
        """Both, in text order."""
        stances = (a for a in self.spoken_stances if not self._is_of_relative(a))
        return tuple(sorted((*self.speech, *stances), key=_start))

    def _is_of_relative(self, a: Attribution) -> bool:
        """`An aide who feared for his job said`: what describes the speaker is no statement."""
        start = min((cue.start for cue in a.cue), default=0)
        return _WHO.search(self.text, max(0, start - WHO_CHARS), start) is not None

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences of the body."""
        return tuple(s.span for s in self.reading.sentences or () if self.in_body(s.span.start))

    @cached_property
    def _entity_starts(self) -> tuple[tuple[Entity, int], ...]:
        found = [(e, mention.start) for e in self.reading.entities or () for mention in e.mentions]
        return tuple(sorted(found, key=lambda pair: pair[1]))

    def entities_in(self, start: int, end: int) -> tuple[tuple[Entity, int], ...]:
        """Named ones mentioned there and where the mention begins, in text order."""
        first, last = (bisect_left(self._entity_starts, at, key=lambda pair: pair[1]) for at in (start, end))
        return self._entity_starts[first:last]

    def speech_in(self, sentence: Span) -> tuple[Attribution, ...]:
        """Speech whose source stands in that sentence."""
        return tuple(self._speech_by_sentence.get(sentence.start, ()))

    @cached_property
    def _speech_by_sentence(self) -> dict[int, list[Attribution]]:
        found: dict[int, list[Attribution]] = {}
        for a in self.speech:
            if a.source:
                found.setdefault(self.sentence_at(a.source[0].start).start, []).append(a)
        return found

    def in_body(self, position: int) -> bool:
        """Whether the character stands in the story's body."""
        return self.paragraph_at(position) is not None

    def paragraph_at(self, position: int) -> int | None:
        """Number of the body's block that holds the character."""
        index = bisect_right(self.body, position, key=lambda block: block.span.start) - 1
        return index if index >= 0 and position < self.body[index].span.end else None

    def quoted(self, position: int) -> bool:
        """Whether the character stands in a quotation."""
        return in_quotes(self.quotes, position) is not None

    def sentence_at(self, position: int) -> Span:
        """The sentence that holds the character; empty where none does."""
        index = self._sentence_index(position)
        return Span(position, position) if index is None else self.sentences[index]

    def near(self, position: int) -> Span:
        """The sentence, or of one that never ends the part around the character."""
        sentence = self.sentence_at(position)
        return Span(max(sentence.start, position - LONG), min(sentence.end, position + LONG))

    def sentence_after(self, position: int) -> Span:
        """The one after it, in the same paragraph; empty where there is none."""
        index = self._sentence_index(position)
        if index is None or index + 1 >= len(self.sentences):
            return Span(position, position)
        after = self.sentences[index + 1]
        return after if self.paragraph_at(after.start) == self.paragraph_at(position) else Span(position, position)

    def sentence_before(self, position: int) -> Span:
        """The one before it, in the same paragraph; empty where there is none."""
        index = self._sentence_index(position)
        if not index:
            return Span(position, position)
        before = self.sentences[index - 1]
        return before if self.paragraph_at(before.start) == self.paragraph_at(position) else Span(position, position)

    def _sentence_index(self, position: int) -> int | None:
        index = bisect_right(self.sentences, position, key=lambda span: span.start) - 1
        return index if index >= 0 and position < self.sentences[index].end else None

    def words(self, spans: tuple[Span, ...]) -> str:
        """The characters under the spans, joined by spaces, white space single."""
        return " ".join(" ".join(span.of(self.text).split()) for span in spans)

    def telling(self, a: Attribution) -> frozenset[str]:
        """Stems of what an attribution says."""
        return content_words(self.words(a.content))

    def sourced(self, position: int) -> bool:
        """Whether somebody is said to say what stands at the character."""
        index = bisect_right(self._sourced, position, key=lambda span: span.start) - 1
        return index >= 0 and position < self._sourced[index].end

    def held(self, span: Span) -> bool:
        """Whether somebody says, thinks or wants what stands there, by other words than those."""
        return any(
            one.start <= span.start < one.end and not any(cue.overlaps(span) for cue in a.cue)
            for a in self.reading.attributions or ()
            if a.source
            for one in self._beside(a)
            if a.tier == "speech" or one.start != span.start  # `sacked him to save its own skin`
        )

    def _beside(self, a: Attribution) -> list[Span]:
        """The parts of a content that stand in the paragraph of its cue: a cue reaches no further for certain."""
        numbers = {self.paragraph_at(cue.start) for cue in a.cue}
        return [span for span in a.content if not numbers or self.paragraph_at(span.start) in numbers]

    @cached_property
    def _sourced(self) -> list[Span]:
        found = [a for a in self.reading.attributions or () if a.source and a.tier == "speech"]
        return merged(span for a in found for span in self._beside(a))

    def name(self, a: Attribution) -> str:
        """The source's name where the text gives one, else its words."""
        entity = self.reading.entity(a.entity)
        return entity.name if entity else self.words(a.source)

    def matches(self, pattern: re.Pattern[str]) -> Iterator[Span]:
        """Where an expression matches in the body, quotations left out."""
        for block in self.body:
            for match in pattern.finditer(self.text, block.span.start, block.span.end):
                if not self.quoted(match.start()):
                    yield Span(*match.span())


def _start(a: Attribution) -> int:
    return min((span.start for span in (*a.cue, *a.source, *a.content)), default=0)
