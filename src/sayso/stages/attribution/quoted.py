"""Sources behind a source that stand before what is said: `X quoted Y as saying C`, `Y was quoted as saying by X`,
`X cited Y, which said C`, `X reported, citing Y, that C`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from sayso.model import Span

from .quoted_by import quoted_by
from .raw import RawAttribution
from .scene import Scene
from .syntax import is_passive, noun_phrase, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.stages.parse import Parse

__all__ = ["quoted", "with_clause"]

QUOTING = frozenset({"quote", "cite"})
CITING = frozenset({"citing", "quoting"})
ENDS = ".!?;\n"
MAX_NESTED = 4
MAX_WHOM = 14
MAX_ASIDE = 24


def quoted(found: Sequence[RawAttribution], scene: Scene) -> list[RawAttribution]:
    """`X quoted Y as saying C`: X and Y each with C as content, Y inside X; found already or not."""
    out = _in_turn(found, scene)
    places = {raw.cue: i for i, raw in reversed(list(enumerate(found)))}
    outers: set[Span] = set()
    inners: set[int] = set()
    again: set[int] = set()
    for i, raw in enumerate(out[:]):
        read = None if i in inners else quoted_by(raw, scene) or _as_saying(raw, scene)
        if read is None:
            continue
        outer, inner = read
        if outer.cue[0] in outers:
            again.add(i)
            continue
        outers.add(outer.cue[0])
        out[i] = outer
        inner = replace(inner, parent_index=i)
        at = places.get(inner.cue)
        if at is None or at == i or at in again:
            inners.add(len(out))
            out.append(inner)
        else:
            inners.add(at)
            out[at] = replace(inner, score=out[at].score)
    return _without(out, again)


def _without(found: Sequence[RawAttribution], gone: set[int]) -> list[RawAttribution]:
    """The attributions less some, parents kept."""
    if not gone:
        return list(found)
    kept = [i for i in range(len(found)) if i not in gone]
    moved = {old: new for new, old in enumerate(kept)}
    return [replace(found[i], parent_index=moved.get(-1 if (p := found[i].parent_index) is None else p)) for i in kept]


def _in_turn(found: Sequence[RawAttribution], scene: Scene) -> list[RawAttribution]:
    """`X cited Y, which said C`: what X cites is C, by way of Y."""
    out = list(found)
    verbs: dict[tuple[int, int], int] = {}
    for i, raw in enumerate(found):
        cue = scene.tokens(raw.cue[0]) if raw.cue and raw.source else None
        if cue is not None:
            verbs.setdefault((id(cue[0]), cue[1].root.i), i)
    for (block, _), i in list(verbs.items()):
        cue = scene.tokens(found[i].cue[0])
        verb = None if cue is None else cue[1].root
        if verb is None or verb.dep_ != "relcl" or verb.lemma_.lower() in QUOTING:
            continue
        citing = _citing_object(verb.head)
        by = None if citing is None else verbs.get((block, citing.i))
        if by is not None and found[i].parent_index is None and found[by].parent_index is None:
            out[i] = replace(found[i], parent_index=by)
            out[by] = replace(out[by], content=found[i].content)
    return out


def _citing_object(noun: Token) -> Token | None:
    """The verb that cites what the noun names, itself or in `a report in Y`."""
    for token in (noun, *islice(noun.ancestors, MAX_NESTED)):
        if token.dep_ == "dobj":
            return token.head if token.head.lemma_.lower() in QUOTING else None
        if token.dep_ not in {"pobj", "prep"}:
            return None
    return None


def _as_saying(raw: RawAttribution, scene: Scene) -> tuple[RawAttribution, RawAttribution] | None:
    """Who quotes, and who is quoted; None where the words are others."""
    cue = scene.tokens(raw.cue[0]) if raw.cue and raw.source else None
    verb = None if cue is None else next((t for t in cue[1] if t.lemma_.lower() in QUOTING), None)
    if cue is None or verb is None or is_passive(verb):
        return None
    parse, doc = cue[0], verb.doc
    for i in range(verb.i + 2, min(verb.i + MAX_WHOM, verb.sent.end - 2)):
        if doc[i].lower_ == "as" and doc[i + 1].tag_ == "VBG":
            last = verb.right_edge.i if verb.dep_ == "relcl" else verb.sent.end - 1
            content = _stripped(parse, i + 2, last)
            if content is None:
                return None
            whom, saying = parse.between(verb.i + 1, i - 1), parse.span_of(doc[i + 1])
            return replace(raw, content=(content,)), RawAttribution((whom,), (saying,), (content,), raw.score)
        if doc[i].pos_ == "VERB" and doc[i].tag_ in {"VBD", "VBZ", "VBP"}:
            return None
    return None


def _stripped(parse: Parse, first: int, last: int) -> Span | None:
    while last >= first and (parse.doc[last].text in ENDS or parse.doc[last].is_space):
        last -= 1
    return parse.between(first, last) if last >= first else None


def with_clause(found: Sequence[RawAttribution], scene: Scene) -> list[RawAttribution]:
    """`X reported, citing Y, that C`: the cue is `reported`, the content the clause, whatever was taken for it."""
    out = []
    for raw in found:
        clause = _after_citing(raw, scene)
        out.append(raw if clause is None else clause)
    return out


def _after_citing(raw: RawAttribution, scene: Scene) -> RawAttribution | None:
    found = scene.tokens(raw.cue[0]) if raw.cue and raw.source else None
    if found is None:
        return None
    parse, words = found
    sentence = words.root.sent
    limit = min(words.end + MAX_ASIDE, sentence.end - 1)
    start = words.start if words.root.lower_ in CITING else words.end
    if start >= limit or (parse.doc[start].text != "," and words.root.lower_ not in CITING):
        return None
    citing = next((t for t in parse.doc[start : start + 2] if t.lower_ in CITING), None)
    verb = None if citing is None else _reporting(words.root, citing, raw, parse)
    that = next(
        (i for i in range(start + 2, limit) if parse.doc[i].lower_ == "that" and parse.doc[i - 1].text == ","), None
    )
    if verb is None or that is None:
        return None
    content = _stripped(parse, that, sentence.end - 1)
    return None if content is None else replace(raw, cue=(parse.span_of(verb),), content=(content,))


def _reporting(root: Token, citing: Token, raw: RawAttribution, parse: Parse) -> Token | None:
    """The verb of which `citing Y` is an aside."""
    if root.i != citing.i:
        return root
    verb = citing.head
    subject = subject_of(verb) if verb.pos_ == "VERB" and verb.i < citing.i else None
    if subject is None or not parse.between(*noun_phrase(subject)).overlaps(raw.source[0]):
        return None
    return verb
