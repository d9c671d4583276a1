"""Footing: how a content stands by its cue: polarity, certainty, attitude and act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sayso import lang
from sayso.model import Footing, Span
from sayso.model.annotation import Act, Attitude, Polarity, Tier

from .scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Cue", "cue_of", "footing_of", "tier_of"]

ACTS: tuple[Act, ...] = ("denial", "order", "promise", "accusation", "question", "fear", "hope", "plan", "opinion")
MODALS = frozenset({"would", "could", "might", "may", "can", "will", "should"})


@dataclass(frozen=True, slots=True)
class Classes:
    """Lemma classes of `lang/en/cue_classes.yaml`."""

    speech: frozenset[str]
    factive: frozenset[str]
    doubting: frozenset[str]
    hedging: frozenset[str]
    denying: frozenset[str]
    open: frozenset[str]
    withholding: frozenset[str]
    acts: dict[Act, frozenset[str]]
    hedges: frozenset[str]
    modals: frozenset[str]


@cache
def classes() -> Classes:
    """The lemma classes, loaded once."""
    data, hedges = lang.load("cue_classes"), lang.load("hedges")
    return Classes(
        speech=frozenset(data["speech"]),
        factive=frozenset(data["factive"]),
        doubting=frozenset(data["doubting"]),
        hedging=frozenset(data["hedging"]),
        denying=frozenset(data["denying"]),
        open=frozenset(data["open"]),
        withholding=frozenset(data["withholding"]),
        acts={act: frozenset(data["acts"][act]) for act in ACTS},
        hedges=frozenset(hedges["adverbs"]) | frozenset(hedges["adjectives"]),
        modals=frozenset(hedges["modals"]),
    )


@dataclass(frozen=True, slots=True)
class Cue:
    """The cue's lemmas and what stands by its verb."""

    lemma: str
    lemmas: frozenset[str]
    negated: bool
    modal: bool
    head: Token | None


def cue_of(cue: Sequence[Span], scene: Scene) -> Cue:
    """Read the cue's words; an empty lemma for a floating quotation."""
    found = scene.tokens(cue[0]) if cue else None
    if found is None:
        return Cue("", frozenset(), False, False, None)
    words = found[1]
    head = _main(words.root, words.start, words.end)
    children = list(head.children)
    lemmas = [token.lemma_.lower() for token in words]
    particle = next((child.lower_ for child in children if child.dep_ == "prt"), None)
    if particle:
        lemmas.append(f"{head.lemma_.lower()} {particle}")
    negated = any(child.dep_ == "neg" for child in children) or any(
        t.lower_ in {"n't", "never", "not", "nor"} for t in words
    )
    negated = negated or _withheld_above(head)
    modal = any(child.dep_ == "aux" and child.lower_ in MODALS for child in children)
    return Cue(head.lemma_.lower(), frozenset(lemmas), negated, modal, head)


def _main(root: Token, start: int, end: int) -> Token:
    """The verb that carries the meaning: `declined to say` is `say`."""
    for child in root.children:
        if child.dep_ == "xcomp" and start <= child.i < end and child.pos_ == "VERB":
            return child
    return root


def _withheld_above(head: Token) -> bool:
    """`declined to say`, `refused to confirm`."""
    return head.dep_ == "xcomp" and head.head.lemma_.lower() in classes().withholding


def tier_of(cue: Cue) -> Tier:
    """`speech` where words were uttered or written, else `stance`."""
    if not cue.lemma:
        return "speech"
    return "speech" if cue.lemma in classes().speech or cue.lemmas & classes().speech else "stance"


def footing_of(cue: Cue, content: Sequence[Span], scene: Scene) -> Footing:
    """The footing by cue and content."""
    hedged = cue.lemma in classes().hedging or _hedged(content, scene)
    return Footing(_polarity(cue), "hedged" if hedged else "plain", _attitude(cue), _act(cue))


def _polarity(cue: Cue) -> Polarity:
    known = classes()
    denies = cue.lemma in known.denying or bool(cue.lemmas & known.denying)
    if cue.negated:
        opens = denies or cue.lemma in known.open
        return "mixed" if opens or (cue.head is not None and _withheld_above(cue.head)) else "negated"
    if cue.lemmas & known.withholding:
        return "mixed"
    return "negated" if denies else "affirmed"


def _attitude(cue: Cue) -> Attitude:
    known = classes()
    if cue.lemma in known.factive or cue.lemmas & known.factive:
        return "factive"
    return "doubting" if cue.lemma in known.doubting else "neutral"


def _act(cue: Cue) -> Act:
    for act in ACTS:
        known = classes().acts[act]
        if cue.lemma in known or cue.lemmas & known:
            if act == "question" and cue.head is not None and any(c.dep_ == "xcomp" for c in cue.head.children):
                return "order"
            return act
    return "report"


def _hedged(content: Sequence[Span], scene: Scene) -> bool:
    """A hedge on the content's main verb; one deeper inside hedges something else."""
    known = classes()
    for span in content:
        found = scene.tokens(span)
        if found is None:
            continue
        root = found[1].root
        for child in [root, *root.children]:
            if child.lower_ in known.hedges and (child.i != root.i or child.pos_ == "ADJ"):
                return True
            if child.dep_ == "aux" and child.lower_ in known.modals:
                return True
    return False
