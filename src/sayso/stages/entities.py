"""Entities: mentions merged by alias within the page, never across a doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, cast

from sayso.model import Annotation, Article, Context, Entity, Layers, annotation_id
from sayso.model.annotation import EntityKind
from sayso.stages.mentions import FAINT, LINKERS, Mention, find_mentions, find_surnames, gender_of, key_of, names
from sayso.stages.parse import Parse

__all__ = ["Entities", "resolve"]

NAMED = frozenset({"organization", "government", "outlet"})
SHORT_SAYS_LITTLE = frozenset({"organization", "place", "other"})
SHORT_SHARE = 0.3


@dataclass(slots=True)
class Group:
    """Mentions written alike, then all that one entity's mentions were merged from."""

    key: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)

    @property
    def votes(self) -> dict[str, float]:
        """Weight of each kind over the mentions; a short form says less of what a body is than its whole name."""
        tally: dict[str, float] = defaultdict(float)
        for mention in self.mentions:
            short = len(mention.key) < len(self.key) and mention.kind in SHORT_SAYS_LITTLE
            tally[mention.kind] += mention.weight * (SHORT_SHARE if short else 1.0)
        return tally

    @property
    def kind(self) -> str:
        """The kind with most weight; the list's order breaks ties."""
        order = ["outlet", "government", "person", "organization", "place", "group", "document", "other"]
        tally = self.votes
        return max(order, key=lambda kind: (tally[kind], -order.index(kind)))

    @property
    def titles(self) -> set[str]:
        """Titles seen before the name."""
        return {mention.title for mention in self.mentions if mention.title}

    @property
    def only_byline(self) -> bool:
        """Whether the name stands in bylines alone."""
        return all(mention.byline for mention in self.mentions)

    @property
    def only_caption(self) -> bool:
        """Whether the name stands beside pictures alone."""
        return all(mention.caption for mention in self.mentions)


class Entities:
    """Names of the page's read blocks, one entity for each whom they name."""

    name: ClassVar[str] = "sayso.entities.alias.v1"
    requires: ClassVar[frozenset[type[Annotation]]] = frozenset({Parse})
    provides: ClassVar[frozenset[type[Annotation]]] = frozenset({Entity})

    def warm_up(self) -> None:
        """Load the name lists."""
        names()

    def __call__(self, article: Article, layers: Layers, context: Context) -> Iterator[Annotation]:
        """Yield entities in order of their first mention."""
        bylines = {key_of(name.split()) for name in article.byline}
        parses = layers[Parse]
        mentions = [mention for parse in parses for mention in find_mentions(parse)]
        mentions.extend(_surnamed(parses, mentions))
        yield from resolve(mentions, article, bylines)


def _surnamed(parses: Sequence[Parse], mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Surnames, of people named in full, that no mention holds; none that is a plain word on the page too."""
    full = {m.key[-1] for m in mentions if m.kind == "person" and len(m.key) > 1 and not m.byline}
    plain = {token.text for parse in parses for token in parse.doc if token.text in full}
    taken = sorted(mention.span for mention in mentions)
    for parse in parses:
        yield from find_surnames(parse, full - plain, taken)


def resolve(mentions: Iterable[Mention], article: Article, bylines: set[tuple[str, ...]]) -> Iterator[Entity]:
    """Merge mentions into entities; a short name that fits two people names neither."""
    groups: dict[tuple[str, ...], Group] = {}
    same = names().same_place
    for mention in mentions:
        key = same.get(mention.key, mention.key)
        groups.setdefault(key, Group(key)).mentions.append(mention)
    merged = _merge(list(groups.values()), bylines)
    entities = [_entity(group, article) for group in merged]
    yield from sorted(entities, key=lambda entity: (entity.mentions[0], entity.id))


def _merge(groups: list[Group], bylines: set[tuple[str, ...]]) -> list[Group]:
    """Longest names first; each shorter one joins the only entity it can stand for, or stays alone."""
    done: list[Group] = []
    index: dict[str, list[Group]] = {}
    for group in sorted(groups, key=lambda g: (-len(g.key), g.mentions[0].span)):
        fits = _narrowed(group, _fits(group, index, bylines))
        if len(fits) == 1:
            fits[0].mentions.extend(group.mentions)
            continue
        if len(fits) > 1 and len(group.key) == 1 and all(fit.kind == "person" for fit in fits):
            continue  # two people share the name: the mention names neither
        if all(mention.weight <= FAINT for mention in group.mentions):
            continue
        done.append(group)
        for word in _handles(group):
            index.setdefault(word, []).append(group)
    return done


def _narrowed(group: Group, fits: list[Group]) -> list[Group]:
    """Of several people with the name, the only one with the title it is given, or not from a caption alone."""
    if len(fits) < 2:
        return fits
    titled = [fit for fit in fits if group.titles & fit.titles]
    if len(titled) == 1:
        return titled
    told = [fit for fit in fits if not fit.only_caption]
    return told if len(told) == 1 and not group.only_caption else fits


def _handles(group: Group) -> set[str]:
    """What a shorter form of the name may be looked up by: its outer words and its initials."""
    words = [word for word in group.key if word not in LINKERS]
    if not words:
        return set()
    handles = {words[0], words[-1], "".join(word[0] for word in words)}
    if words[-1] in names().suffixes and len(words) > 2:
        handles.add(words[-2])
    if len(words) > 2:
        handles.add(words[1])
    return handles


def _fits(group: Group, index: dict[str, list[Group]], bylines: set[tuple[str, ...]]) -> list[Group]:
    """Entities so far that the group's name can be a shorter form of."""
    if not group.key:
        return []
    seen: dict[int, Group] = {}
    for word in (group.key[0], group.key[-1], "".join(group.key).replace(".", "")):
        for other in index.get(word, ()):
            seen[id(other)] = other
    return [other for other in seen.values() if _is_alias(group, other, bylines)]


def _is_alias(short: Group, full: Group, bylines: set[tuple[str, ...]]) -> bool:
    if short.kind == "place" and full.kind != "place" and not short.titles and not _may_be_surname(short, full):
        return False
    if full.kind == "person" or _names_person(short, full):
        return _is_person_alias(short, full, bylines)
    if full.kind in NAMED or full.kind == "other":
        return short.kind not in {"place", "group"} and not short.titles and _is_body_alias(short, full)
    return False


def _names_person(short: Group, full: Group) -> bool:
    """Whether what looked like a body has a surname that is somebody's: `Les Hardy`, then `Hardy`."""
    if full.kind not in {"organization", "other"} or short.kind != "person" or not 1 < len(full.key) < 4:
        return False
    ending = full.key[-1] in names().body_endings or any(word in LINKERS for word in full.key)
    return not ending and short.key == full.key[-1:] and not any(mention.definite for mention in full.mentions)


def _may_be_surname(short: Group, full: Group) -> bool:
    """`Brook said`, labelled a place by the tagger: a name already given in full, and nowhere a location."""
    if full.kind != "person" or short.key[-1:] != full.key[-1:] or len(short.key) > 1:
        return False
    if any(mention.located for mention in short.mentions):
        return False
    return min(m.span for m in full.mentions) < min(m.span for m in short.mentions)


def _is_person_alias(short: Group, full: Group, bylines: set[tuple[str, ...]]) -> bool:
    if full.only_byline or full.key in bylines:
        return False  # whoever is quoted by surname alone needn't be the reporter
    if short.kind in {"group", "outlet", "government"}:
        return False
    genders = {gender_of(full.key, full.titles), gender_of((), short.titles)} - {None}
    if len(genders) > 1:
        return False
    words = [word for word in full.key if word not in names().suffixes]
    if len(short.key) == 1:
        return short.key[0] in (words[-1], words[0])
    return (short.key[0] == words[0] and short.key[-1] == words[-1]) or tuple(words[-len(short.key) :]) == short.key


def _is_body_alias(short: Group, full: Group) -> bool:
    words = [word for word in full.key if word not in LINKERS]
    if len(short.key) == 1:
        word = short.key[0].replace(".", "")
        if len(words) > 1 and len(word) > 1 and word == "".join(w[0] for w in words):
            return True
        if short.key[0] == words[-1]:
            return all(mention.definite for mention in short.mentions) and full.kind == "outlet"
        return full.kind == "outlet" and short.key[0] == words[0] and short.kind != "place"
    ours = [word for word in short.key if word not in LINKERS]
    return sorted(ours) == sorted(words) or (full.kind == "outlet" and tuple(words[-len(ours) :]) == tuple(ours))


def _entity(group: Group, article: Article) -> Entity:
    mentions = sorted(mention.span for mention in group.mentions)
    fullest = max(group.mentions, key=lambda m: (len(m.key) <= len(group.key), len(m.key), -m.span.start))
    name = fullest.span.of(article.text)
    kind = cast("EntityKind", group.kind)
    if kind == "outlet" and fullest.definite and article.text[: fullest.span.start].rstrip().endswith("The"):
        name = f"The {name}"
    identity = annotation_id("e", article.id, name, kind, mentions[0].start, mentions[0].end)
    return Entity(identity, name, kind, tuple(dict.fromkeys(mentions)))
