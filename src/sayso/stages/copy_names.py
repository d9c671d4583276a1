"""Copy findings on what is referred to but never introduced: a second without a first, a surname alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sayso import lang
from sayso.model import Article, Attribution, Entity, Finding, Span

from .findings_registry import finding
from .mentions import names
from .parse import Parse

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["surname_alone", "without_a_first"]

TITLES: Final = "Mr|Ms|Mrs|Dr|Prof|Sen|Rep|Gov|Gen|Sgt|Lt|Col|Capt|Rev|St"
WINDOW: Final = 3
"""Sentences before, and one after, in which a bare `first` is taken to be the first that is looked for."""


@cache
def _words() -> dict[str, frozenset[str]]:
    held: dict[str, Any] = lang.load("copy_words")
    return {name: frozenset(str(word).casefold() for word in listed) for name, listed in held.items()}


def without_a_first(parses: Sequence[Parse]) -> Iterator[Finding]:
    """`a second meeting` in a story that tells of no first one."""
    story = [parse for parse in parses if parse.block.in_story]
    for at, parse in enumerate(story):
        for token in parse.doc:
            head = _counted(token)
            if head is None or _is_introduced(head, token, story, at):
                continue
            span = parse.between(token.i - 1, head.i)
            yield finding("SAY306", span, words=parse.doc[token.i - 1 : head.i + 1].text)


def _counted(token: Token) -> Token | None:
    """The noun that `a second` counts, if it is a happening that has a first one."""
    words = _words()
    if token.lower_ not in words["ordinals"] or token.i == 0 or token.nbor(-1).lower_ not in ("a", "an"):
        return None
    head = token.head
    if head.i <= token.i or head.i - token.i > 3 or head.tag_ != "NN" or head.lemma_.lower() not in words["happenings"]:
        return None
    after = head.nbor() if head.i + 1 < len(head.doc) else None
    return None if after is not None and after.pos_ in ("NOUN", "PROPN") else head


def _is_introduced(head: Token, ordinal: Token, story: Sequence[Parse], at: int) -> bool:
    lemma = head.lemma_.lower()
    for number, parse in enumerate(story):
        for token in parse.doc:
            if token.doc is head.doc and ordinal.i - 1 <= token.i <= head.i:
                continue
            if abs(number - at) <= WINDOW and _stands_for_a_first(token, lemma):
                return True
            before = number < at or (number == at and token.i < ordinal.i)
            if token.lemma_.lower() == lemma and _introduces(token, before):
                return True
    return False


def _stands_for_a_first(token: Token, lemma: str) -> bool:
    """A bare `the first`, or one that counts the same noun; not `at first`, not the first of something else."""
    if token.lower_ not in ("first", "another", "both") or (token.i > 0 and token.nbor(-1).lower_ == "at"):
        return False
    counts_a_noun = token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN")
    return not counts_a_noun or token.head.lemma_.lower() == lemma


def _introduces(token: Token, before: bool) -> bool:
    """Whether a use of the noun tells of a first one: `the first meeting`, `two meetings`, an earlier `a meeting`."""
    if token.dep_ == "compound":
        return False
    words = _words()
    for child in token.children:
        if child.lower_ in words["firsts"] or child.dep_ == "nummod":
            return True
        if before and token.tag_ == "NN" and child.dep_ in ("det", "poss"):
            return True
    return False


def surname_alone(
    article: Article, entities: Sequence[Entity], attributions: Sequence[Attribution]
) -> Iterator[Finding]:
    """One of two speakers named by a word each, `Hallam and Ortiz said`, who is introduced nowhere on the page.

    A single bare name that speaks is a singer, a team or a child too often to remark on.
    """
    sources = sorted(span for a in attributions if a.tier == "speech" for span in a.source)
    for entity in entities:
        if entity.kind != "person" or not entity.mentions:
            continue
        name = entity.name
        mention = next(
            (m for m in entity.mentions if any(s.start <= m.start and m.end <= s.end for s in sources)), None
        )
        if mention is None or not _is_paired(mention, article.text) or not _is_bare(name):
            continue
        if _stands_longer(name, article.text):
            continue
        yield finding("SAY307", mention, name=name)


def _is_paired(mention: Span, text: str) -> bool:
    after = re.match(r" and [A-Z][\w'’-]{2,30} [a-z]", text[mention.end : mention.end + 45])
    before = re.search(r"(?:^|[^\w\s]\s|\n)[A-Z][\w'’-]{2,30} and $", text[max(0, mention.start - 45) : mention.start])
    return after is not None or before is not None


def _is_bare(name: str) -> bool:
    known = _words()["known_by_one_name"]
    plain = name.isalpha() or re.fullmatch(r"[^\W\d_]+(?:['’-][^\W\d_]+)+", name) is not None
    return plain and len(name) > 3 and not name.isupper() and name.casefold() not in known | names().first


def _stands_longer(name: str, text: str) -> bool:
    """Whether the name has a first name, a title or another name beside it anywhere on the page."""
    part = re.escape(name)
    before = rf"(?<!\w)(?:[^\W\d_][\w'’-]{{0,30}}|[A-Z]\.|(?:{TITLES})\.)[ \xa0]{part}(?![\w-])"
    after = rf"(?<![\w-]){part}['’-]?[ \xa0][A-Z]|{part}-|-{part}|[@#]\w{{0,30}}{part}"
    return any(match[0][0].isupper() or not match[0][0].isalpha() for match in re.finditer(f"{before}|{after}", text))
