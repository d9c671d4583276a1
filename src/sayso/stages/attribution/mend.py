"""Sources put right by grammar, whoever found the spans: whom a passive accuses is no source of the accusation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from sayso.lang.datelines import dateline_end
from sayso.model import Span

from .candidates import RAISING, REPORTED, TELLING
from .forms import forms
from .mend_spans import spans_mended
from .raw import RawAttribution
from .scene import Scene
from .syntax import agent_of, noun_phrase, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["mended"]

EXPLETIVES = frozenset({"it", "there"})
NAMING = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM"})
LETTING = frozenset({"let", "make"})
QUOTED_AS = frozenset({"quote", "cite"})
SHOWING = frozenset({"show", "suggest", "indicate", "confirm", "imply", "support", "contradict", "demonstrate"})
MAX_CLIMB = 12
MAX_NAME_GAP = 1
MAX_NAME_CHARS = 60


def mended(found: Sequence[RawAttribution], scene: Scene) -> list[RawAttribution]:
    """The attributions with sources dropped that are none, and names cut off a source put back."""
    kept = [raw for raw in found if not _is_fixed_phrase(raw, scene)]
    for mend in (
        _less_dateline,
        _less_predicate,
        _less_relative,
        _without_subject,
        _whole,
        _quoted_as,
        _let_known,
        _of_showing,
        _with_name,
    ):
        kept = [mend(raw, scene) for raw in kept]
    return spans_mended(kept, scene)


def _is_fixed_phrase(raw: RawAttribution, scene: Scene) -> bool:
    """Whether the cue is the noun of `in order to …`, which reports no order."""
    if len(raw.cue) != 1 or raw.cue[0].of(scene.article.text).lower() != "order":
        return False
    return scene.article.text[max(0, raw.cue[0].start - 3) : raw.cue[0].start].lower().lstrip() == "in "


def _less_dateline(raw: RawAttribution, scene: Scene) -> RawAttribution:
    """`ORSENA, 14 March — | The plan has stalled`: the dateline is nobody's words."""
    first = raw.content[0] if raw.content else None
    found = None if first is None else scene.tokens(first)
    if first is None or found is None or found[0].block.span.start != first.start:
        return raw
    start = dateline_end(scene.article.text, first.start, first.end)
    if start in (first.start, first.end):
        return raw
    return replace(raw, content=(Span(start, first.end), *raw.content[1:]))


def _less_predicate(raw: RawAttribution, scene: Scene) -> RawAttribution:
    """`The plan | to deepen the harbour | has stalled`: what is said of the plan is no part of it."""
    cue = scene.tokens(raw.cue[0]) if raw.cue and len(raw.content) == 1 else None
    noun = None if cue is None else cue[1].root
    if cue is None or noun is None or noun.pos_ != "NOUN" or noun.dep_ not in {"nsubj", "nsubjpass"}:
        return raw
    clause = next((t for t in noun.children if t.dep_ in {"acl", "relcl"} and t.left_edge.i > noun.i), None)
    if clause is None or noun.head.i <= clause.right_edge.i:
        return raw
    whole, verb = cue[0].between(clause.left_edge.i, clause.right_edge.i), cue[0].span_of(noun.head)
    if raw.content[0].start != whole.start or not raw.content[0].contains(verb):
        return raw
    return replace(raw, content=(whole.stripped(scene.article.text),))


def _less_relative(raw: RawAttribution, scene: Scene) -> RawAttribution:
    """`in what | rescuers | called a miracle`: the word that opens the clause names nobody."""
    found = scene.tokens(raw.source[0]) if len(raw.source) == 1 else None
    if found is None or len(found[1]) < 2 or found[1][0].tag_ != "WP" or found[1][1].pos_ not in NAMING:
        return raw
    return replace(raw, source=(found[0].between(found[1][1].i, found[1].end - 1),))


def _without_subject(raw: RawAttribution, scene: Scene) -> RawAttribution:
    """`The trader was accused of …`, `The parrot apparently knew …`, `It is feared that …`: nobody is named."""
    cue = scene.tokens(raw.cue[0]) if raw.cue and raw.source else None
    source = scene.tokens(raw.source[0]) if cue is not None else None
    if cue is None or source is None:
        return raw
    if all(token.lower_ in REPORTED for token in cue[1]):
        return replace(raw, source=())
    verb, subject = cue[1].root, source[1].root
    if not _is_passive_of(verb, subject):
        return raw
    if subject.lower_ in EXPLETIVES or verb.lemma_.lower() in TELLING:
        return replace(raw, source=())
    return replace(raw, source=(), content=tuple(sorted((*raw.source, *raw.content))))


def _is_passive_of(verb: Token, subject: Token) -> bool:
    """Whether the verb's passive, without an agent, has the subject, and the form leaves open who said it."""
    known = forms()
    if verb.lemma_.lower() not in known.sure.passive | known.likely.passive | TELLING or agent_of(verb) is not None:
        return False
    return any(child.dep_ == "nsubjpass" and child.i == subject.i for child in verb.children)


def _whole(raw: RawAttribution, scene: Scene) -> RawAttribution:
    """`A memo seen by | the Bourse Mail | says`: the source is what the verb's subject names, not what it hangs on."""
    cue = scene.tokens(raw.cue[0]) if raw.cue and len(raw.source) == 1 else None
    source = scene.tokens(raw.source[0]) if cue is not None else None
    if cue is None or source is None or source[0] is not cue[0]:
        return raw
    subject = next((child for child in cue[1].root.children if child.dep_ == "nsubj"), None)
    root = source[1].root
    if subject is None or subject.pos_ not in {"NOUN", "PROPN"} or not subject.i < source[1].start < cue[1].start:
        return raw
    way = list(islice(root.ancestors, MAX_CLIMB))
    if subject not in way or not any(token.dep_ in {"acl", "relcl"} for token in way[: way.index(subject)]):
        return raw
    whole = cue[0].between(noun_phrase(subject)[0], source[1].end - 1)
    content = tuple(piece for span in raw.content for piece in _cut(span, whole))
    return replace(raw, source=(whole,), content=content) if content else raw


def _quoted_as(raw: RawAttribution, scene: Scene) -> RawAttribution:
    """`The minister was quoted as saying that …`: whose words they are is the passive's subject."""
    cue = scene.tokens(raw.cue[0]) if raw.cue and not raw.source else None
    verb = None if cue is None else next((t for t in cue[1] if t.lemma_.lower() in QUOTED_AS and t.tag_ == "VBN"), None)
    if cue is None or verb is None or not any(t.lower_ == "as" for t in verb.children):
        return raw
    subject = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    if subject is None or subject.lower_ in EXPLETIVES or not any(t.tag_ == "VBG" for t in cue[1]):
        return raw
    return _with_source(raw, cue[0].between(*noun_phrase(subject)))


def _let_known(raw: RawAttribution, scene: Scene) -> RawAttribution:
    """`The coach let it be known that …`: who lets it be known says it."""
    cue = scene.tokens(raw.cue[0]) if raw.cue and not raw.source else None
    verb = None if cue is None else cue[1].root
    if cue is None or verb is None or verb.lower_ != "known":
        return raw
    let = next((t for t in islice(verb.ancestors, 2) if t.lemma_.lower() in LETTING and t.i < verb.i), None)
    subject = None if let is None else subject_of(let)
    if let is None or subject is None or subject.i > let.i or subject.lower_ in EXPLETIVES:
        return raw
    whole = cue[0].between(let.i, verb.i)
    content = tuple(piece for span in raw.content for piece in _cut(span, whole)) or raw.content
    return _with_source(replace(raw, cue=(whole,), content=content), cue[0].between(*noun_phrase(subject)))


def _of_showing(raw: RawAttribution, scene: Scene) -> RawAttribution:
    """`A video appeared | to show …`: the video shows it, with a doubt."""
    cue = scene.tokens(raw.cue[0]) if raw.cue and not raw.source else None
    verb = None if cue is None else cue[1].root
    if cue is None or verb is None or verb.lemma_.lower() not in RAISING:
        return raw
    shown = next((c for c in verb.children if c.dep_ == "xcomp" and c.lemma_.lower() in SHOWING and c.i > verb.i), None)
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if shown is None or subject is None or subject.lower_ in EXPLETIVES:
        return raw
    whole = cue[0].between(cue[1].start, shown.i)
    pieces = (piece.stripped(scene.article.text) for span in raw.content for piece in _cut(span, whole))
    raw = replace(raw, cue=(whole,), content=tuple(piece for piece in pieces if piece) or raw.content)
    whole = cue[0].between(subject.left_edge.i, min(subject.right_edge.i, cue[1].start - 1))
    return _with_source(raw, whole.stripped(scene.article.text))


def _with_source(raw: RawAttribution, source: Span) -> RawAttribution:
    content = tuple(piece for span in raw.content for piece in _cut(span, source))
    return replace(raw, source=(source,), content=content) if content else raw


def _with_name(raw: RawAttribution, scene: Scene) -> RawAttribution:
    """`the rector | Pavlo Hrach`: the name right behind the noun belongs to it."""
    if len(raw.source) != 1:
        return raw
    source = raw.source[0]
    naming = next(scene.namings_in(Span(source.end, source.end + MAX_NAME_CHARS)), None)
    found = scene.tokens(source) if naming is not None else None
    if naming is None or found is None or naming.entity.kind != "person":
        return raw
    gap = scene.article.text[source.end : naming.span.start]
    if len(gap) != MAX_NAME_GAP or not gap.isspace() or found[1][-1].pos_ != "NOUN" or "\n" in gap:
        return raw
    content = tuple(piece for span in raw.content for piece in _cut(span, naming.span))
    return replace(raw, source=(Span(source.start, naming.span.end),), content=content or raw.content)


def _cut(span: Span, name: Span) -> list[Span]:
    if not span.overlaps(name):
        return [span]
    halves = [Span(span.start, min(span.end, name.start)), Span(max(span.start, name.end), span.end)]
    return [half for half in halves if half]
