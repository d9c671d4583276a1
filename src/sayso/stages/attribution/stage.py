"""The attribution stage: raw spans read into attributions with speaker, kind, footing, parent and chain."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import ClassVar

from sayso.model import (
    Annotation,
    Article,
    Attribution,
    Candidate,
    Context,
    Entity,
    Layers,
    OwnVoice,
    Sentence,
    Span,
    annotation_id,
)
from sayso.model.annotation import Form
from sayso.stages.parse import Parse

from .chains import behind_cited, carriers, with_chains, with_cited
from .detect import RuleDetector
from .floating import with_floating
from .footing import Cue, cue_of, footing_of, tier_of
from .implied import hand_of, heads_of, unnamed_reason
from .mend import mended
from .nest import parents
from .own_voice import own_voice
from .quotes import Quote, find_quotes
from .raw import Detector, RawAttribution
from .scene import Scene
from .speakers import Resolver, Speaker
from .tagger_combined import CombinedDetector

__all__ = ["Attributions"]

PEOPLE = frozenset({"named_person", "named_official", "unnamed_person", "unnamed_official", "reporter", "public"})
QUOTED, UNQUOTED = 0.95, 0.05
MODIFIERS = frozenset({"prep", "relcl", "acl", "appos", "amod", "advmod"})
LANGUAGES = frozenset({None, "en"})
_OPENED = re.compile(r"[\s,]+(?:who|which|that|whom)?\s*$", re.IGNORECASE)
"""What opens a clause that the cue cut off: `the mayor, who | said`."""


class Attributions:
    """Who said what, in which words, how firmly, by way of whom; and what nobody else says."""

    name: ClassVar[str] = "sayso.attribution.tagger.v2"
    requires: ClassVar[frozenset[type[Annotation]]] = frozenset({Sentence, Parse, Entity})
    provides: ClassVar[frozenset[type[Annotation]]] = frozenset({Attribution, OwnVoice})

    def __init__(self, detector: Detector | None = None) -> None:
        self.detector: Detector = detector if detector is not None else CombinedDetector(RuleDetector())

    def warm_up(self) -> None:
        """Load the detector."""
        self.detector.warm_up()

    def __call__(self, article: Article, layers: Layers, context: Context) -> Iterator[Annotation]:
        """Yield attributions, then the sentences in the page's own voice, each in text order."""
        if article.language not in LANGUAGES:
            return
        found = self.detector(article, layers[Parse], layers[Sentence])
        attributions = read(article, found, layers[Parse], layers[Entity])
        yield from attributions
        yield from own_voice(article, layers[Sentence], attributions)


def read(
    article: Article, found: Sequence[RawAttribution], parses: Sequence[Parse], entities: Sequence[Entity]
) -> list[Attribution]:
    """Everything beyond spans: speaker, kind, nesting, footing, chain."""
    scene = Scene.of(article, parses, entities)
    quotes = find_quotes(article.text, article.story)
    raws = with_floating(article, quotes, with_cited(mended(found, scene), scene))
    above = behind_cited(raws, parents(raws, article.text))
    order = sorted(range(len(raws)), key=lambda i: (_anchor(raws[i]), i))
    ids = [_id(article, raw) for raw in raws]
    resolver = Resolver(scene, frozenset(name.casefold() for name in article.byline), quotes)
    speakers = _speakers(raws, above, resolver)
    made: list[Attribution] = []
    through: dict[str, list[tuple[Entity, Span]]] = {}
    for i in order:
        parent = above[i]
        through[ids[i]] = [(e, s) for e, s in carriers(raws[i], scene) if e.id != speakers[i].entity]
        made.append(_attribution(ids[i], raws[i], speakers[i], None if parent is None else ids[parent], scene, quotes))
    return with_chains(made, through, article.publisher)


def _speakers(raws: Sequence[RawAttribution], above: Sequence[int | None], resolver: Resolver) -> dict[int, Speaker]:
    """Speakers in text order; one whose passage is quoted is resolved after who quotes it."""
    done: dict[int, Speaker] = {}
    order = sorted(range(len(raws)), key=lambda i: (_source_place(raws[i]), i))
    waiting: list[int] = []
    for i in order:
        parent = above[i]
        if parent is not None and parent not in done:
            waiting.append(i)
            continue
        by = None if parent is None else done[parent]
        done[i] = resolver.resolve(raws[i], by, nested=parent is not None)
    for i in waiting:
        parent = above[i]
        done[i] = resolver.resolve(raws[i], None if parent is None else done.get(parent), nested=True)
    return done


def _source_place(raw: RawAttribution) -> Span:
    return (raw.source or raw.cue or raw.content)[0]


def _anchor(raw: RawAttribution) -> Span:
    return min((*raw.source, *raw.cue, *raw.content))


def _id(article: Article, raw: RawAttribution) -> str:
    return annotation_id(
        "a", article.id, *(tuple((s.start, s.end) for s in part) for part in (raw.source, raw.cue, raw.content))
    )


def _attribution(
    identity: str, raw: RawAttribution, speaker: Speaker, parent: str | None, scene: Scene, quotes: Sequence[Quote]
) -> Attribution:
    cue: Cue = cue_of(raw.cue, scene)
    sentence = _sentence(raw, scene)
    described = _description(raw, speaker, scene)
    unnamed = speaker.kind in {"unnamed_person", "unnamed_official"}
    reason = unnamed_reason(sentence, scene.article.text) if unnamed and sentence else None
    around = " ".join(span.of(scene.article.text) for span in described) if unnamed else ""
    return Attribution(
        id=identity,
        source=raw.source,
        cue=raw.cue,
        content=raw.content,
        form="direct" if _is_transcript(raw, scene) else _form(raw.content, quotes),
        tier=tier_of(cue),
        source_kind=speaker.kind,
        entity=speaker.entity,
        candidates=speaker.candidates or _antecedent(raw, speaker),
        parent=parent,
        footing=footing_of(cue, raw.content, scene),
        description=described,
        anonymity_reason=(reason,) if reason else (),
        heads=heads_of(raw.source[0], scene) if raw.source and speaker.kind in PEOPLE else None,
        hand=hand_of(around) if unnamed else None,
        score=raw.score,
        reason=speaker.reason,
    )


def _sentence(raw: RawAttribution, scene: Scene) -> Span | None:
    place = raw.source[0] if raw.source else raw.cue[0] if raw.cue else None
    found = scene.tokens(place) if place else None
    if found is None:
        return None
    sentence = found[1].root.sent
    return found[0].between(sentence.start, sentence.end - 1)


def _description(raw: RawAttribution, speaker: Speaker, scene: Scene) -> tuple[Span, ...]:
    """What the text says of the source: the roles of a name, the words of the unnamed."""
    if speaker.entity is not None:
        return tuple(dict.fromkeys(role.span for role in scene.roles.get(speaker.entity, [])))[:3]
    if speaker.described is None or speaker.kind not in {"unnamed_person", "unnamed_official", "public"}:
        return ()
    found = scene.tokens(speaker.described)
    if found is None:
        return (speaker.described,)
    parse, words = found
    head = words.root
    last = max(
        [head.i, *(child.right_edge.i for child in head.children if child.dep_ in MODIFIERS and child.i > head.i)]
    )
    end = parse.between(head.i, last).end
    stop = min((s.start for s in (*raw.cue, *raw.content) if s.start >= speaker.described.end), default=end)
    whole = Span(speaker.described.start, max(min(end, stop), parse.span_of(head).end))
    closed = _OPENED.sub("", whole.of(scene.article.text))
    return (Span(whole.start, whole.start + len(closed)).stripped(scene.article.text),)


def _antecedent(raw: RawAttribution, speaker: Speaker) -> tuple[Candidate, ...]:
    """The unnamed words that a pronoun stands for."""
    words = speaker.described
    if speaker.entity is not None or words is None or speaker.kind == "unknown":
        return ()
    if any(source.overlaps(words) for source in raw.source):
        return ()
    return (Candidate(None, words, round(speaker.score, 2), "the words it stands for"),)


def _is_transcript(raw: RawAttribution, scene: Scene) -> bool:
    """`MR. FARROW: I would rather stand.`"""
    if not raw.cue or not raw.source or raw.cue[0].of(scene.article.text) != ":":
        return False
    return raw.source[0].of(scene.article.text).isupper()


def _form(content: Sequence[Span], quotes: Sequence[Quote]) -> Form:
    """Direct, indirect or mixed, by the share of the content that stands in quotation marks."""
    total = sum(len(span) for span in content)
    inside = 0
    starts = [quote.span.start for quote in quotes]
    for span in content:
        low = max(bisect_right(starts, span.start) - 1, 0)
        for quote in quotes[low : bisect_left(starts, span.end)]:
            if quote.words > 1 or len(quote.span) > 8:
                inside += max(0, min(quote.span.end, span.end) - max(quote.span.start, span.start))
    share = inside / total if total else 0.0
    return "direct" if share >= QUOTED else "indirect" if share <= UNQUOTED else "mixed"
