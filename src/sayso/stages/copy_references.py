"""Copy finding on a definite reference to people whom the text introduced nowhere: `the two men` in a story of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sayso import lang
from sayso.model import Entity, Finding

from .findings_registry import finding
from .parse import Parse

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["never_introduced"]

NUMBERS: Final = {"two": 2, "three": 3, "four": 4, "five": 5}
POINTING: Final = frozenset({"the", "these", "those"})
SAYING_WHO: Final = frozenset({"relcl", "acl", "prep", "appos", "poss", "compound", "amod", "conj"})
"""What beside a noun tells who is meant, so that nothing need have gone before."""


@cache
def _people() -> frozenset[str]:
    held: dict[str, Any] = lang.load("copy_words")
    return frozenset(held["people_counted"])


def never_introduced(parses: Sequence[Parse], entities: Sequence[Entity]) -> Iterator[Finding]:
    """`The two men were freed` where no two people, and no men, were told of before."""
    story = [parse for parse in parses if parse.block.in_story]
    seen: Counter[str] = Counter()
    pairs = False
    for parse in story:
        for token in parse.doc:
            number = _counted(token)
            own = next((word for word, value in NUMBERS.items() if value == number), "")
            introduced = any(seen[word] > (word == own) for word in (token.lemma_.lower(), *_same_count(number)))
            if number and not pairs and not introduced:
                first = min(child.i for child in token.children if child.lower_ in POINTING)
                span = parse.between(first, token.i)
                if _people_before(entities, span.start) < number:
                    yield finding("SAY314", span, words=parse.doc[first : token.i + 1].text)
            seen.update({token.lemma_.lower(), token.lower_})
            pairs = pairs or _joins_people(token)


def _counted(token: Token) -> int:
    """How many people a subject such as `the two men` counts; 0 where it is none."""
    if token.tag_ != "NNS" or token.lemma_.lower() not in _people() or token.dep_ not in ("nsubj", "nsubjpass"):
        return 0
    children = list(token.children)
    if not any(child.lower_ in POINTING for child in children) or any(c.dep_ in SAYING_WHO for c in children):
        return 0
    return next((NUMBERS[child.lower_] for child in children if child.lower_ in NUMBERS), 0)


def _same_count(number: int) -> set[str]:
    """Words that introduce as many people: `two`, `a pair`, `both`."""
    words = {word for word, value in NUMBERS.items() if value >= number} | {str(number)}
    return words | (
        {"both", "couple", "pair", "duo", "twin", "brother", "sister"} if number == 2 else {"trio", "group"}
    )


def _joins_people(token: Token) -> bool:
    """Whether a noun or name is joined to another: `a teacher and a nurse` are two people."""
    return token.dep_ == "conj" and token.pos_ in ("NOUN", "PROPN") and token.head.pos_ in ("NOUN", "PROPN")


def _people_before(entities: Sequence[Entity], position: int) -> int:
    return sum(1 for entity in entities if entity.kind == "person" and any(m.start < position for m in entity.mentions))
