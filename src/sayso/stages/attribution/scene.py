"""The scene: what speaker, kind and chain ask of a page: who is named where, and in which roles."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sayso.model import Article, Entity, Span
from sayso.stages.mentions import names
from sayso.stages.parse import Parse

if TYPE_CHECKING:
    from spacy.tokens import Span as DocSpan
    from spacy.tokens import Token

__all__ = ["Naming", "Role", "Scene", "role_of", "singular"]

MAX_ROLE_TOKENS = 14


@dataclass(frozen=True, slots=True)
class Naming:
    """One mention and the entity it names."""

    span: Span
    entity: Entity
    in_story: bool = True
    """Whether the mention stands in the story, not in a byline, stamp or caption."""


@dataclass(frozen=True, slots=True)
class Role:
    """What the page says an entity is: `finance minister`."""

    span: Span
    noun: str
    """Lemma of the head noun, casefolded."""
    pair: str
    """The noun with the word before it: `central bank`."""
    words: frozenset[str]
    """All words of the phrase, casefolded."""
    plural: bool = False
    """`Councillors`: of several, so that `the councillor` doesn't tell which."""


@dataclass(slots=True)
class Scene:
    """An article's parses and entities, looked up by position."""

    article: Article
    parses: Sequence[Parse]
    entities: Sequence[Entity]
    by_id: dict[str, Entity] = field(default_factory=dict)
    namings: list[Naming] = field(default_factory=list)
    roles: dict[str, list[Role]] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)
    _by_doc: dict[int, Parse] = field(default_factory=dict)
    _offsets: list[int] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)
    """Ends of the parses: `doc.text` is built anew on every call, so it is asked for once."""

    @classmethod
    def of(cls, article: Article, parses: Sequence[Parse], entities: Sequence[Entity]) -> Scene:
        """Index the page once."""
        scene = cls(article, parses, entities)
        scene.by_id = {entity.id: entity for entity in entities}
        scene._by_doc = {id(parse.doc): parse for parse in parses}
        scene._offsets = [parse.offset for parse in parses]
        scene._ends = [parse.span.end for parse in parses]
        pairs = [(span, number) for number, entity in enumerate(entities) for span in entity.mentions]
        scene.namings = [Naming(span, entities[number]) for span, number in sorted(pairs)]
        scene.namings = [replace(n, in_story=scene._in_story(n.span)) for n in scene.namings]
        scene._starts = [naming.span.start for naming in scene.namings]
        for naming in scene.namings:
            scene.roles.setdefault(naming.entity.id, []).extend(scene._roles_at(naming.span))
        return scene

    def _in_story(self, span: Span) -> bool:
        parse = self.parse_at(span.start)
        return parse is not None and parse.block.in_story

    def index_at(self, position: int) -> int:
        """Place of the last parse that begins at the position or before; -1 where there is none."""
        return bisect_right(self._offsets, position) - 1

    def parse_at(self, position: int) -> Parse | None:
        """The parse that holds the character."""
        index = self.index_at(position)
        if index < 0 or position >= self._ends[index]:
            return None
        return self.parses[index]

    def parse_of(self, token: Token) -> Parse | None:
        """The parse that the token belongs to."""
        return self._by_doc.get(id(token.doc))

    def tokens(self, span: Span) -> tuple[Parse, DocSpan] | None:
        """The tokens the span touches, None where it lies outside what was parsed."""
        parse = self.parse_at(span.start)
        if parse is None:
            return None
        limit = self._ends[self.index_at(span.start)]
        start, end = span.start - parse.offset, min(span.end, limit) - parse.offset
        found = parse.doc.char_span(start, end, alignment_mode="expand")
        return (parse, found) if found is not None and len(found) else None

    def named_at(self, position: int) -> Entity | None:
        """The entity whose mention holds the character."""
        index = bisect_right(self._starts, position) - 1
        if index >= 0 and self.namings[index].span.end > position:
            return self.namings[index].entity
        return None

    def namings_in(self, span: Span) -> Iterator[Naming]:
        """Mentions inside the span, in order."""
        index = bisect_right(self._starts, span.start - 1)
        while index < len(self.namings) and self.namings[index].span.start < span.end:
            if self.namings[index].span.end <= span.end:
                yield self.namings[index]
            index += 1

    def namings_before(self, position: int) -> Iterator[Naming]:
        """Mentions before the position, nearest first."""
        for index in range(bisect_right(self._starts, position - 1) - 1, -1, -1):
            yield self.namings[index]

    def _roles_at(self, span: Span) -> Iterator[Role]:
        found = self.tokens(span)
        if found is None:
            return
        parse, words = found
        head = words.root
        yield from self._roles_before(parse, words.start)
        if head.dep_ == "conj" and head.head.pos_ == "PROPN":
            first = head.head.i
            while first > 0 and parse.doc[first - 1].dep_ == "compound" and not _is_title(parse.doc[first - 1]):
                first -= 1
            yield from (role for role in self._roles_before(parse, first) if role.plural)
        for child in head.children:
            if child.dep_ == "appos" and child.i > head.i and child.pos_ == "NOUN":
                yield _role(parse, child, child.left_edge.i, child.right_edge.i)
        if head.dep_ == "appos" and head.head.pos_ in {"NOUN", "PROPN"} and head.head.i < words.start:
            yield _role(parse, head.head, head.head.left_edge.i, words.start - 1)
        if head.dep_ == "nsubj" and head.head.lemma_ == "be":
            for child in head.head.children:
                if child.dep_ == "attr" and child.pos_ == "NOUN":
                    yield _role(parse, child, child.left_edge.i, child.right_edge.i)

    def _roles_before(self, parse: Parse, start: int) -> Iterator[Role]:
        """`Finance Minister John Smith`: what stands before the name in its noun phrase."""
        doc = parse.doc
        first = start
        while first > 0 and start - first < 6:
            before = doc[first - 1]
            if before.pos_ not in {"NOUN", "PROPN", "ADJ"} or before.is_punct or before.is_space:
                break
            first -= 1
        if first < start and (doc[start - 1].pos_ == "NOUN" or _is_title(doc[start - 1])):
            yield _role(parse, doc[start - 1], first, start - 1)


def _is_title(token: Token) -> bool:
    word = token.lower_.rstrip(".").removesuffix("s")
    return word in names().titles or word in names().callings


def _role(parse: Parse, head: Token, first: int, last: int) -> Role:
    doc = parse.doc
    last = max(min(last, first + MAX_ROLE_TOKENS), head.i)
    for i in range(head.i + 1, last + 1):
        if doc[i].text in {",", ";", "—", "–", "--"} or doc[i].is_space:
            last = i - 1
            break
    while first < head.i and (doc[first].is_punct or doc[first].is_space):
        first += 1
    words = frozenset(token.lower_.rstrip(".") for token in doc[first : last + 1])
    return Role(parse.between(first, last), _noun(head), _pair(head), words, _is_plural(head))


def role_of(parse: Parse, head: Token, span: Span) -> Role:
    """The words of a described source as a role."""
    start, end = span.start - parse.offset, span.end - parse.offset
    inside = [token for token in head.subtree if start <= token.idx < end] or [head]
    before = head.doc[head.i - 1] if head.i > 0 else head
    if inside[0].i == head.i and start <= before.idx < head.idx and before.pos_ == "NOUN":
        inside = [before, *inside]  # `court usher`, two nouns that the parser hung side by side
    words = frozenset(token.lower_.rstrip(".") for token in inside)
    return Role(span, _noun(head), _pair(head), words)


def _is_plural(head: Token) -> bool:
    called = head.lower_.endswith("s") and head.lower_[:-1] in names().callings
    return head.tag_ in {"NNS", "NNPS"} or called


def _noun(head: Token) -> str:
    noun = head.lemma_.casefold().rstrip(".")
    called = noun.endswith("s") and noun[:-1] in names().callings
    return singular(noun) if called or (head.tag_ == "NNPS" and noun == head.lower_) else noun


def singular(noun: str) -> str:
    """The noun less its plural ending, for words that the tagger took for a name and left as they are.

    >>> singular("pensioners"), singular("authorities"), singular("press")
    ('pensioner', 'authority', 'press')
    """
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith("men") and len(noun) > 4:
        return noun[:-2] + "an"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def _pair(head: Token) -> str:
    before = head.doc[head.i - 1].lower_ if head.i > 0 else ""
    return f"{before} {_noun(head)}"
