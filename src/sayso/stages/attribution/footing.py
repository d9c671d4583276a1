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
from .syntax import lemma_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Cue", "cue_of", "footing_of", "tier_of"]

ACTS: tuple[Act, ...] = ("denial", "order", "promise", "accusation", "question", "fear", "hope", "plan", "opinion")
SETTLED = frozenset({"clear", "known"})
"""What is not `clear` or `known` is neither so nor not so."""
ANSWERING = frozenset({"answer", "reply", "respond"})
TELLING = frozenset(
    {
        *("say", "comment", "discuss", "explain", "answer", "specify", "elaborate", "draw", "confirm", "tell", "name"),
        *("verify", "corroborate", "establish"),
    }
)
SEEMING = frozenset({"appear", "seem"})
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
    perceiving: frozenset[str]
    manner: frozenset[str]


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
        perceiving=frozenset(hedges["perceiving"]),
        manner=frozenset(data["manner"]),
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
    lemmas = [_base(token) for token in words]
    particle = next((child.lower_ for child in children if child.dep_ == "prt"), None)
    if particle:
        lemmas.append(f"{head.lemma_.lower()} {particle}")
    after = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else None
    if after is not None and after.pos_ == "ADP":
        lemmas.append(f"{_base(head)} {after.lower_}")
    negated = any(child.dep_ == "neg" or child.lower_ == "neither" for child in children) or any(
        t.lower_ in {"n't", "never", "not", "nor", "neither"} for t in words
    )
    negated = negated or _withheld_above(head)
    negated = negated or _is_nobody(head)
    modal = any(child.dep_ == "aux" and child.lower_ in MODALS for child in children)
    return Cue(_base(head), frozenset(lemmas), negated, modal, head)


def _base(token: Token) -> str:
    """The lemma; where the tagger took a verb for a noun, the word less its ending."""
    lemma = lemma_of(token)
    known = classes()
    if lemma not in known.speech | known.denying and token.lower_.endswith("s"):
        return token.lower_[:-1] if token.lower_[:-1] in known.speech | known.denying else lemma
    return lemma


def _main(root: Token, start: int, end: int) -> Token:
    """The verb that carries the meaning: `declined to say` is `say`."""
    for child in root.children:
        if child.dep_ == "xcomp" and start <= child.i < end and child.pos_ == "VERB":
            return child
    return root


def _is_nobody(head: Token) -> bool:
    """`Neither government has commented`, `no one said`, `told nobody`."""
    for child in head.children:
        if child.dep_ in {"nsubj", "nsubjpass"}:
            words = {child.lower_, *(grand.lower_ for grand in child.children)}
            if words & {"neither", "no", "nobody", "none"}:
                return True
        elif child.dep_ in {"dobj", "dative"} and child.lower_ == "nobody":
            return True
    return False


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
    hedged = cue.lemma in classes().hedging or bool(cue.lemmas & SEEMING) or _hedged(content, scene)
    polarity: Polarity = "mixed" if _leaves_open(content, scene) and not cue.negated else _polarity(cue)
    act: Act = "question" if cue.lemma == ":" and _asks(content, scene) else _act(cue, polarity)
    return Footing(polarity, "hedged" if hedged else "plain", _attitude(cue), act)


def _asks(content: Sequence[Span], scene: Scene) -> bool:
    """`ANCHOR: Will you resign?`"""
    return content[-1].of(scene.article.text).rstrip("”’\"' ").endswith("?")


def _leaves_open(content: Sequence[Span], scene: Scene) -> bool:
    """`said he would not rule out …`: neither a yes nor a no."""
    for span in content:
        found = scene.tokens(span)
        root = None if found is None else found[1].root
        if root is not None and root.lemma_.lower() in {"rule", "exclude"}:
            return any(child.dep_ == "neg" for child in root.children)
    return False


def _polarity(cue: Cue) -> Polarity:
    known = classes()
    denies = cue.lemma in known.denying or bool(cue.lemmas & known.denying)
    if cue.negated:
        opens = (
            denies
            or bool(cue.lemmas & SETTLED)
            or cue.lemma in known.open | ANSWERING
            or _refuses(cue)
            or _neither_nor(cue)
        )
        return "mixed" if opens or (cue.head is not None and _withheld_above(cue.head)) else "negated"
    if cue.lemmas & known.withholding:
        return "mixed"
    return "negated" if denies else "affirmed"


def _refuses(cue: Cue) -> bool:
    """`would not say`, `will not comment`: the answer is withheld."""
    if cue.head is None or cue.lemma not in TELLING:
        return False
    return any(
        child.dep_ == "aux" and child.lower_ in {"would", "will", "wo", "ca", "can", "could"}
        for child in cue.head.children
    )


def _neither_nor(cue: Cue) -> bool:
    """`would neither confirm nor deny`."""
    return cue.head is not None and any(child.lower_ == "neither" for child in cue.head.children)


def _attitude(cue: Cue) -> Attitude:
    known = classes()
    if cue.negated or cue.lemma == "want" or _wants_to_know(cue):
        return "neutral"
    if cue.lemma in known.factive or cue.lemmas & known.factive:
        return "factive"
    return "doubting" if cue.lemma in known.doubting else "neutral"


def _act(cue: Cue, polarity: Polarity) -> Act:
    if cue.lemma == "tell" and cue.head is not None and _takes_infinitive(cue.head):
        return "order"
    if _wants_to_know(cue):
        return "question"
    for act in ACTS:
        known = classes().acts[act]
        if cue.lemma in known or cue.lemmas & known:
            if act == "question" and cue.head is not None and any(c.dep_ == "xcomp" for c in cue.head.children):
                return "order"
            return "report" if act == "denial" and polarity == "mixed" and (cue.negated or _neither_nor(cue)) else act
    return "report"


def _wants_to_know(cue: Cue) -> bool:
    head = cue.head
    if head is None:
        return False
    asks = cue.lemma == "want" and any(child.lemma_ == "know" for child in head.children)
    return asks or (cue.lemma == "know" and head.dep_ == "xcomp" and head.head.lemma_ == "want")


def _takes_infinitive(head: Token) -> bool:
    for child in head.children:
        if child.dep_ in {"xcomp", "ccomp"} and any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children):
            return child.tag_ == "VB"
    return False


def _is_possible(modal: str, verb: Token) -> bool:
    """`prices could rise`, but not `could not name`, `could have heard`, `could see`."""
    if modal != "could":
        return True
    others = [child.lower_ for child in verb.children if child.dep_ in {"neg", "aux"}]
    return verb.lemma_.lower() not in classes().perceiving and not {"not", "n't", "have", "never"} & set(others)


def _is_not_impossible(root: Token) -> bool:
    """`it was not impossible that …`."""
    negated = any(child.dep_ == "neg" for child in root.children)
    return negated and any(
        child.dep_ == "acomp" and child.lower_ in {"impossible", "inconceivable"} for child in root.children
    )


def _hedged(content: Sequence[Span], scene: Scene) -> bool:
    """A hedge on the content's main verb; one deeper inside hedges something else."""
    known = classes()
    for span in content:
        found = scene.tokens(span)
        if found is None:
            continue
        root = found[1].root
        if _is_not_impossible(root):
            return True
        for child in [root, *root.children]:
            if child.lower_ in known.hedges and (child.i != root.i or child.pos_ == "ADJ"):
                return True
            if child.dep_ == "aux" and child.lower_ in known.modals and _is_possible(child.lower_, root):
                return True
    return False
