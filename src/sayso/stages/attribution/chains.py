"""Chains: the way from the page through outlet, reporter and document to the innermost source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from sayso.model import Attribution, ChainStep, Entity, Span

from .quoted import quoted, with_clause
from .raw import RawAttribution
from .scene import Naming, Scene
from .syntax import noun_phrase

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.stages.parse import Parse

__all__ = ["behind_cited", "carriers", "with_chains", "with_cited"]

CITING = frozenset({"citing", "quoting"})
CREDITING = frozenset({"cite", "credit", "quote"})
CARRYING = frozenset(
    [
        "see",
        "obtain",
        "review",
        "publish",
        "carry",
        "report",
        "broadcast",
        "air",
        "release",
        "leak",
        "cite",
        "quote",
        "print",
        "post",
        "view",
        "read",
        "hear",
        "examine",
        "share",
    ]
)
SPEAKING = frozenset({"speaking", "talking", "writing"})
"""`Speaking to Radio Calder, he said …`."""
MAX_DEPTH = 32
NEAR_CHARS = 400
HEARERS = frozenset({"outlet", "organization", "other", "place"})
UNNAMED = frozenset({"unnamed_official", "unnamed_person"})


def with_cited(found: Sequence[RawAttribution], scene: Scene) -> list[RawAttribution]:
    """Add the source behind a source: `X, citing Y, said C` also gives Y, C inside X.

    The added one's parent is X's attribution, or Y's where Y in turn cites: `X, citing Y, which quoted Z, said C`.
    An attribution found at `citing` itself gives way to it.
    """
    found = with_clause(found, scene)
    cited = list(_cited(found, scene))
    places = {one.cue.start for one in cited}
    kept = [raw for raw in found if not (raw.cue and raw.cue[0].start in places)]
    index = {id(raw): i for i, raw in enumerate(kept)}
    ordered = sorted(places)
    kept = [_less_citation(raw, ordered) for raw in kept]
    last: dict[int, int] = {}
    relays: dict[Span, int] = {}
    for one in cited:
        if id(one.by) not in index:
            continue
        by = index[id(one.by)]
        if one.relay is not None and by in last and kept[last[by]].source[0].overlaps(one.relay):
            relays[one.relay] = last[by]
        above = by if one.relay is None else relays.get(one.relay, by)
        last[by] = len(kept)
        score = round(one.by.score * 0.95, 4)
        kept.append(RawAttribution((one.source,), (one.cue,), kept[by].content, score, above))
    return quoted(kept, scene)


def behind_cited(raws: Sequence[RawAttribution], above: Sequence[int | None]) -> list[int | None]:
    """Parents, with what X says moved to the innermost of those it cites: `the Ledger, citing a memo, said the bank
    had warned …` rests on the memo."""
    cited = {raw.parent_index: i for i, raw in reversed(list(enumerate(raws))) if raw.parent_index is not None}
    out = list(above)
    for i, parent in enumerate(above):
        if raws[i].parent_index is None:
            while parent in cited:
                parent = cited[parent]
            out[i] = parent
    return out


def _less_citation(raw: RawAttribution, places: Sequence[int]) -> RawAttribution:
    """The attribution with `…, citing Y` cut off the end of its content."""
    content = []
    for span in raw.content:
        at = bisect_right(places, span.start)
        cut = places[at] if at < len(places) else span.end
        content.append(Span(span.start, min(cut, span.end)))
    return replace(raw, content=tuple(content))


@dataclass(frozen=True, slots=True)
class _Cited:
    """A source behind another."""

    by: RawAttribution
    source: Span
    cue: Span
    relay: Span | None
    """What `which` stands for in `citing Y, which quoted Z`."""


def _cited(found: Sequence[RawAttribution], scene: Scene) -> Iterator[_Cited]:
    citing = [
        (parse, token, whom)
        for parse in scene.parses
        if parse.block.in_story
        for token in parse.doc
        if (whom := _cited_head(token)) is not None
    ]
    places = {parse.span_of(token) for parse, token, _ in citing}
    cued = sorted(
        (raw for raw in found if raw.cue and raw.source and raw.cue[0] not in places), key=lambda raw: raw.cue[0]
    )
    starts = [raw.cue[0].start for raw in cued]
    for parse, token, whom in citing:
        place = parse.span_of(token)
        sentence = parse.between(token.sent.start, token.sent.end - 1)
        raw = _citer(cued[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)], place)
        if raw is not None:
            relay = parse.span_of(token.head) if token.dep_ == "relcl" else None
            yield from (_Cited(raw, source, place, relay) for source in _people(parse, whom))


def _cited_head(token: Token) -> Token | None:
    """Whom `citing` or `referring to` names."""
    word = token.lower_
    if word in CITING or (token.dep_ == "relcl" and token.lemma_.lower() in CREDITING and _is_which(token)):
        return next((child for child in token.children if child.dep_ in {"dobj", "pobj"}), None)
    if word != "referring" and not (word == "reference" and token.head.lower_ in {"with", "in"}):
        return None
    to = next((child for child in token.children if child.lower_ == "to"), None)
    return None if to is None else next((child for child in to.children if child.dep_ == "pobj"), None)


def _is_which(verb: Token) -> bool:
    """`a website that cites …`, `CityBuzz, which credits …`; not `which quoted Y as saying C`."""
    if any(child.lower_ == "as" for child in verb.children):
        return False
    return any(child.dep_ == "nsubj" and child.lower_ in {"that", "which", "who"} for child in verb.children)


def _citer(near: list[RawAttribution], place: Span) -> RawAttribution | None:
    """Of the sentence's attributions the one that cites: not one whose content holds `citing` in its midst."""
    outside = [raw for raw in near if not any(c.contains(place) and c.start < place.start for c in raw.content)]
    outside = _on_top(outside) or outside
    return min(outside or near, key=lambda raw: (_apart(raw, place), raw.cue), default=None)


def _on_top(found: Sequence[RawAttribution]) -> list[RawAttribution]:
    """Those whose cue stands in nobody else's content."""
    contents = sorted(span for raw in found for span in raw.content)
    starts = [span.start for span in contents]
    reach = list(accumulate((span.end for span in contents), max))
    out = []
    for raw in found:
        at = bisect_right(starts, raw.cue[0].start) - 1
        if at < 0 or reach[at] < raw.cue[0].end:
            out.append(raw)
    return out


def _apart(raw: RawAttribution, place: Span) -> int:
    return min(abs(raw.cue[0].start - place.start), abs(raw.source[0].end - place.start))


def _people(parse: Parse, head: Token) -> Iterator[Span]:
    """The cited noun phrases; one that brings its own article or modifier is a source of its own."""
    parts = [head, *sorted(head.conjuncts, key=lambda token: token.i)]
    first, last = noun_phrase(head)
    cut = min((part.left_edge.i for part in parts[1:]), default=last + 1)
    last = min(last, max(cut - 1, head.i))
    while last > head.i and (parse.doc[last].dep_ == "cc" or parse.doc[last].is_punct):
        last -= 1
    for part in parts[1:]:
        low, high = noun_phrase(part)
        if low < part.i:
            yield parse.between(first, last)
            first, last = low, high
        else:
            last = high
    yield parse.between(first, last)


def carriers(raw: RawAttribution, scene: Scene) -> list[tuple[Entity, Span]]:
    """Outlets the words came by: `told Reuters`, `in an interview with CNN`, `a report seen by AP`."""
    if not raw.cue:
        return []
    found = scene.tokens(raw.cue[0])
    if found is None:
        return []
    parse, words = found
    sentence = parse.between(words[0].sent.start, words[0].sent.end - 1)
    place = raw.cue[0]
    sentence = Span(max(sentence.start, place.start - NEAR_CHARS), min(sentence.end, place.end + NEAR_CHARS))
    out: list[tuple[Entity, Span]] = []
    for naming in scene.namings_in(sentence):
        if naming.entity.kind not in HEARERS or any(c.overlaps(naming.span) for c in raw.content):
            continue
        touched = scene.tokens(naming.span)
        if touched is None or not _carries(touched[1].root, words.root, raw, naming.span):
            continue
        if naming.entity.kind != "outlet" and not _is_told(touched[1].root, naming):
            continue
        out.append((naming.entity, naming.span))
    return out


def _is_told(name: Token, naming: Naming) -> bool:
    """Whether a name not known as an outlet's is what a source `told`: reporters' work for the most part."""
    capitals = sum(word[:1].isupper() for word in naming.entity.name.split())
    return name.dep_ in {"dobj", "dative"} and name.head.lemma_.lower() == "tell" and capitals > 1


def _carries(name: Token, cue: Token, raw: RawAttribution, span: Span) -> bool:
    """Whether the outlet's name hangs on the cue as hearer or medium, or on a participle in the source."""
    in_source = any(source.overlaps(span) for source in raw.source)
    if name.dep_ in {"poss", "compound", "nsubj", "appos", "conj"} or cue.lemma_.lower() in CREDITING:
        return False
    path = [name]
    for ancestor in name.ancestors:
        path.append(ancestor)
        if ancestor.i == cue.i or len(path) > MAX_DEPTH:
            break
    if in_source or not any(t.i == cue.i for t in path):
        return any(t.lemma_.lower() in CARRYING and t.tag_ == "VBN" for t in path[:4]) and _near_source(name, raw, span)
    if any(t.dep_ in {"relcl", "ccomp"} or (t.dep_ == "advcl" and t.lower_ not in SPEAKING) for t in path[:-1]):
        return False
    preps = {t.lower_ for t in path if t.dep_ in {"prep", "agent"}}
    if not preps:
        return name.dep_ in {"dobj", "dative", "pobj"} and cue.lemma_.lower() in {"tell", "inform", "assure"}
    return not preps & {"of", "for", "about", "against", "like", "from", "than"}


def _near_source(name: Token, raw: RawAttribution, span: Span) -> bool:
    return any(source.overlaps(span) or 0 <= span.start - source.end < 60 for source in raw.source)


def with_chains(
    attributions: Sequence[Attribution], through: dict[str, list[tuple[Entity, Span]]], publisher: str | None
) -> list[Attribution]:
    """Each attribution with its chain: the page, its parents' steps, its carriers, its own source."""
    by_id = {a.id: a for a in attributions}
    relays = _relays(attributions)
    out: list[Attribution] = []
    for attribution in attributions:
        lineage = [attribution]
        while lineage[-1].parent is not None and lineage[-1].parent in by_id and len(lineage) < MAX_DEPTH:
            lineage.append(by_id[lineage[-1].parent])
        steps = [ChainStep("page")]
        inferred = None if through.get(lineage[-1].id) else relays.get(lineage[-1].source_kind)
        if inferred is not None:
            steps.append(inferred)
        for link in reversed(lineage):
            steps.extend(_steps(link, through.get(link.id, []), publisher))
        out.append(replace(attribution, chain=tuple(_joined(steps))))
    return out


def _relays(attributions: Sequence[Attribution]) -> dict[str, ChainStep]:
    """For unnamed sources of a kind: the one outlet that the page credits with having heard such sources.

    `Officials say …`, on a page where only the Times is said to cite officials, most likely rests on the
    Times too; the page doesn't say so, so the step is marked as inferred.
    """
    by_id = {a.id: a for a in attributions}
    seen: dict[str, dict[str, ChainStep]] = {}
    for a in attributions:
        parent = by_id.get(a.parent or "")
        if (
            a.source_kind in UNNAMED
            and parent is not None
            and parent.source_kind == "outlet"
            and parent.entity is not None
        ):
            step = ChainStep("outlet", parent.entity, parent.source[0] if parent.source else None, None, inferred=True)
            seen.setdefault(a.source_kind, {}).setdefault(parent.entity, step)
    return {kind: next(iter(steps.values())) for kind, steps in seen.items() if len(steps) == 1}


def _steps(link: Attribution, through: list[tuple[Entity, Span]], publisher: str | None) -> Iterator[ChainStep]:
    for entity, span in through:
        if publisher is None or entity.name.casefold().removeprefix("the ") != publisher.casefold().removeprefix(
            "the "
        ):
            yield ChainStep("outlet", entity.id, span)
    words = link.source[0] if link.source else None
    if link.entity is None and link.source_kind != "unknown" and len(link.candidates) == 1:
        words = link.candidates[0].span or words
    yield ChainStep(link.source_kind, link.entity, words, link.id)


def _joined(steps: list[ChainStep]) -> Iterator[ChainStep]:
    """Drop a step that the next one repeats: `He said he feared`."""
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        if following is None or not _is_same(step, following):
            yield step


def _is_same(step: ChainStep, following: ChainStep) -> bool:
    """Whether a step only repeats the one before: the same entity, or the same words."""
    if step.entity is not None or following.entity is not None:
        return step.entity == following.entity
    return step.span is not None and step.span == following.span
