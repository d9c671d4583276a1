"""Mentions: the words that name somebody or something, with a first guess at its kind."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sayso import lang
from sayso.model import Span
from sayso.stages.name_signs import (
    belongs_on,
    broadcasters,
    is_apposed_to_person,
    is_introduced_as_person,
    known_surnames,
)
from sayso.stages.parse import Parse

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = [
    "FAINT",
    "Mention",
    "Names",
    "find_mentions",
    "find_surnames",
    "gender_of",
    "is_outlet_name",
    "key_of",
    "names",
]

KINDS = {
    "PERSON": "person",
    "ORG": "organization",
    "NORP": "group",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "WORK_OF_ART": "document",
    "LAW": "document",
    "EVENT": "other",
    "PRODUCT": "other",
}
MAX_NAME_TOKENS = 9
PLACING = frozenset({"in", "at", "to", "from", "near", "around", "outside", "across", "through"})
VAGUE_ENDINGS = frozenset({"council", "authority", "agency", "service", "office", "commission", "force", "bureau"})
THINGS_TOO = frozenset({"organization", "other", "document", "group", "place"})
"""Kinds that the tagger mistakes people for."""
CENTRAL_BANKS = frozenset({("reserve", "bank", "of"), ("national", "bank", "of"), ("central", "bank", "of")})
POSSESSIVES = ("'s", "’s", "´s")
FAINT = 0.2
"""Weight of a word that only its capital at a sentence's start makes a name: it counts if the name is known."""
PRINTING = frozenset({"reports", "reported", "writes", "wrote"})
"""What papers do, at a sentence's start: `Nature reports that …`."""
ARTICLES = frozenset({"the", "a", "an"})
LINKERS = frozenset(
    {"of", "for", "and", "de", "la", "del", "di", "von", "van", "bin", "al", "el", "der", "da", "do", "dos", "&"}
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One naming of somebody: the words less article and title."""

    span: Span
    key: tuple[str, ...]
    """The words casefolded, less article, title and possessive: what aliases are matched on."""
    kind: str
    weight: float
    """How much the guess counts in the vote over the page."""
    title: str | None = None
    definite: bool = False
    """Whether an article stood before the name."""
    byline: bool = False
    caption: bool = False
    """Whether it stands beside a picture."""
    located: bool = False
    """Whether a preposition of place stands before it."""


@dataclass(frozen=True, slots=True)
class Names:
    """The word lists that naming rests on, casefolded."""

    male: frozenset[str]
    female: frozenset[str]
    first: frozenset[str]
    titles: frozenset[str]
    official_titles: frozenset[str]
    callings: frozenset[str]
    """Nouns for what somebody is: `magistrate`, `striker`."""
    bodies_called: frozenset[str]
    """Nouns for what a body is: `supplier`."""
    namers: dict[str, str]
    """Nouns that stand before a body's name, and the kind of body: `carmaker`, `broadcaster`."""
    org_endings: frozenset[str]
    """Last words of the names of firms, schools and clubs."""
    bodies_by_last: frozenset[str]
    """Last words that make a body of the state of what the parser takes for a person."""
    commercial_banks: frozenset[str]
    """What a bank of that is no central bank: `Bank of America`."""
    firm_endings: frozenset[str]
    """Those of them that end no person's name."""
    outlet_words: frozenset[str]
    capitals: frozenset[tuple[str, ...]]
    common_words: frozenset[str]
    """Words that make a council nobody's authority: `Coffee Council`."""
    dictionary: frozenset[str]
    """Nouns for a person, of a general dictionary."""
    body_marks: frozenset[str]
    male_titles: frozenset[str]
    female_titles: frozenset[str]
    suffixes: frozenset[str]
    outlets: dict[tuple[str, ...], str]
    outlet_endings: frozenset[str]
    outlet_beginnings: frozenset[str]
    outlet_pairs: frozenset[tuple[str, ...]]
    ambiguous: frozenset[str]
    coined: frozenset[str]
    """Last parts of outlets' names written as one word: `MoneyBuzz`."""
    bodies: frozenset[tuple[str, ...]]
    body_endings: frozenset[str]
    body_beginnings: frozenset[str]
    platforms: frozenset[str]
    same_place: dict[tuple[str, ...], tuple[str, ...]]


@cache
def names() -> Names:
    """The lists of `lang/en`, loaded once."""
    first, titles = lang.load("first_names"), lang.load("titles")
    outlets, officials, sources = lang.load("outlets"), lang.load("officials"), lang.load("sources")
    callings = [*officials["roles"], *officials["led"], *sources["person"], *sources["reporter"]]
    by_key = {_words(name): name for name in outlets["names"]}
    by_key.update({_words(short): full for short, full in outlets["aliases"].items()})
    return Names(
        male=_fold(first["male"]),
        female=_fold(first["female"]),
        first=_fold(first["male"]) | _fold(first["female"]) | _fold(first["either"]),
        titles=_fold(titles["male"]) | _fold(titles["female"]) | _fold(titles["neutral"]) | _fold(titles["official"]),
        official_titles=_fold(titles["official"]),
        callings=_fold([word for word in callings if " " not in word]),
        bodies_called=_fold(sources["organization"]) | _fold(sources["outlet"]),
        namers={
            **dict.fromkeys(_fold(sources["namers"]), "organization"),
            **dict.fromkeys(_fold(outlets["namers"]) - _fold(outlets["beginnings"]), "outlet"),
        },
        org_endings=_fold(sources["endings"]),
        bodies_by_last=_fold(officials["bodies_by_last"]),
        commercial_banks=_fold(sources["commercial_banks"]),
        firm_endings=_fold(sources["firm_endings"]),
        outlet_words=_fold(outlets["words"]),
        capitals=frozenset(_words(name) for name in lang.load("places")["capitals"]),
        common_words=_fold(officials["council_marks"]) | _fold(officials["private"]) | _fold(officials["sport"]),
        dictionary=frozenset(lang.load("nouns")["person"].split()),
        body_marks=_fold(officials["office_marks"]) | _fold(officials["marks"]),
        male_titles=_fold(titles["male"]),
        female_titles=_fold(titles["female"]),
        suffixes=_fold(titles["suffixes"]),
        outlets=by_key,
        outlet_endings=_fold(outlets["endings"]),
        outlet_beginnings=_fold(outlets["beginnings"]),
        outlet_pairs=frozenset(_words(pair) for pair in outlets["endings_of_two"]),
        ambiguous=_fold(outlets["ambiguous"]),
        coined=_fold(outlets["coined"]),
        bodies=frozenset(_words(body) for body in officials["bodies"]),
        body_endings=_fold(officials["endings"]),
        body_beginnings=_fold(officials["beginnings"]),
        platforms=_fold(sources["platforms"]),
        same_place={_words(form): _words(forms[0]) for forms in lang.load("places")["aliases"] for form in forms},
    )


def _fold(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)


def _words(name: str) -> tuple[str, ...]:
    return tuple(name.casefold().split())


def _norm(word: str) -> str:
    return word.casefold().rstrip(".").replace("’", "'")


def key_of(words: Sequence[str]) -> tuple[str, ...]:
    """The words casefolded, less leading articles and possessive endings."""
    out = [_norm(word) for word in words]
    while out and out[0] in ARTICLES:
        out.pop(0)
    while out and out[-1] in {"'s", "'", "´s", "´"}:
        out.pop()
    if out and out[-1].endswith(POSSESSIVES):
        out[-1] = out[-1][:-2]
    return tuple(word for word in out if word)


def gender_of(key: Sequence[str], titles: frozenset[str] | set[str] = frozenset()) -> str | None:
    """`m`, `f` or None, by titles and first name; None wherever the two disagree or say nothing."""
    lists = names()
    said = {title for title in titles if title in lists.male_titles or title in lists.female_titles}
    votes = {"m" if title in lists.male_titles else "f" for title in said}
    if not votes and len(key) > 1:
        votes = {g for g, known in (("m", lists.male), ("f", lists.female)) if key[0] in known}
    return votes.pop() if len(votes) == 1 else None


def find_mentions(parse: Parse) -> Iterator[Mention]:
    """Names in one parsed block, in text order, none overlapping another."""
    doc = parse.doc
    taken = [False] * len(doc)
    found: list[Mention] = []
    for start, end in (*_listed(doc), *broadcasters(doc)):
        mention = None if any(taken[start:end]) else _mention(parse, start, end, "outlet", 3.0)
        if mention is not None:
            found.append(mention)
            taken[start:end] = [True] * (end - start)
    for ent in doc.ents:
        if len(ent) == 1 and ent[0].is_sent_start and ent[0].pos_ != "PROPN" and ent[0].tag_ in {"NN", "NNS"}:
            continue  # a common noun that only stands first
        if ent.label_ in KINDS and not any(taken[ent.start : ent.end]):
            start, end = _name_start(doc, ent.start), ent.end
            leads = _norm(doc[start].text) in names().callings | names().titles or _is_calling_first(doc, start, end)
            if ent.label_ == "PERSON" or start < ent.start or leads:
                end = _name_end(doc, end)
            end = belongs_on(doc, _outlet_end(doc, end), names().body_endings)
            mention = _mention(parse, start, end, KINDS[ent.label_], 1.0)
            if mention is not None:
                found.append(mention)
                taken[start:end] = [True] * (end - start)
    found.extend(_unlabelled(parse, taken))
    yield from sorted(found, key=lambda mention: mention.span)


def find_surnames(parse: Parse, surnames: Set[str], taken: Sequence[Span]) -> Iterator[Mention]:
    """Lone surnames of people named in full elsewhere, where the tagger saw no name: `Schilling further told`.

    Args:
        parse: a block.
        surnames: keys of one word.
        taken: spans of the mentions found already, in text order.
    """
    starts = [span.start for span in taken]
    for token in parse.doc:
        if not token.text[:1].isupper() or token.ent_type_ or _norm(token.text) not in surnames:
            continue
        span = parse.between(token.i, token.i)
        at = bisect_right(starts, span.start) - 1
        if not (at >= 0 and taken[at].end > span.start):
            mention = _mention(parse, token.i, token.i + 1, "person", 0.4)
            if mention is not None:
                yield mention


def _name_start(doc: Doc, start: int) -> int:
    """A first name that the tagger left out before the name."""
    lists = names()
    if start > 0 and doc[start - 1].lower_ in lists.outlet_beginnings and doc[start - 1].text[:1].isupper():
        return start - 1  # `TV` of `TV Norte`
    last = doc[start].lower_ in lists.outlet_endings and start > 1 and doc[start - 2].lower_ == "the"
    if last and doc[start - 1].text[:1].isupper() and not doc[start - 1].ent_type_:
        return start - 1  # `Morning` of `the Morning Whistle`
    if start > 0 and doc[start - 1].lower_ in lists.first and doc[start - 1].text[:1].isupper():
        before = doc[start - 1]
        return start - 1 if not before.ent_type_ and not doc[start].is_punct else start
    return start


def is_outlet_name(words: Sequence[str]) -> bool:
    """Whether words with capitals name an outlet by the list, or by how outlets are called.

    >>> is_outlet_name(["Bourse", "Mail"]), is_outlet_name(["MoneyRush"]), is_outlet_name(["Lower", "Tarn"])
    (True, True, False)
    """
    lists = names()
    key = key_of([word for word in words if word.casefold() not in ARTICLES])
    if not key or not all(word[:1].isupper() or word.casefold() in LINKERS for word in words):
        return False
    if (
        key in lists.outlets
        or (key[0] in lists.outlet_beginnings and len(key) > 1)
        or lists.outlet_words.intersection(key)
    ):
        return True
    if len(key) == 1 and _is_coined(words[-1]):
        return re.sub(r".*[a-z](?=[A-Z])", "", words[-1]).casefold() in lists.coined
    return len(key) > 1 and (key[-1] in lists.outlet_endings or key[-2:] in lists.outlet_pairs)


def _name_end(doc: Doc, end: int) -> int:
    """A name goes on over proper nouns that the tagger left out: `Donald` of `Donald Trump´s`."""
    limit = min(end + 2, len(doc))
    while end < limit and not doc[end].ent_type_ and doc[end].text[:1].isupper() and _goes_on(doc, end):
        end += 1
    return end


def _goes_on(doc: Doc, i: int) -> bool:
    """Whether a word with a capital belongs to the name before: `Sayed`, taken for a verb, of `Imran Sayed heard`."""
    if doc[i].pos_ == "PROPN":
        return True
    after = doc[i + 1] if i + 1 < len(doc) else None
    return doc[i].text.istitle() and doc[i].is_alpha and after is not None and after.text[:1].islower()


def _outlet_end(doc: Doc, end: int) -> int:
    """`Monthly` of `Cold Seas Monthly`, which the tagger left out."""
    last = doc[end] if end < len(doc) else None
    if last is None or last.ent_type_ not in {"", "DATE"} or not last.text.istitle() or doc[end - 1].tag_ == "POS":
        return end
    return end + 1 if last.lower_ in names().outlet_endings and last.pos_ == "PROPN" else end


def _listed(doc: Doc) -> Iterator[tuple[int, int]]:
    """Token ranges of outlets on the list, longest first at each place."""
    known = names().outlets
    words = [_norm(token.text) for token in doc]
    longest = max(map(len, known))
    position = 0
    while position < len(doc):
        step = 1
        if doc[position].text[:1].isupper():
            for size in range(min(longest, len(doc) - position), 0, -1):
                if tuple(words[position : position + size]) in known and _credible(doc, position, size):
                    yield position, position + size
                    step = size
                    break
        position += step


def _credible(doc: Doc, start: int, size: int) -> bool:
    """Whether a listed name is meant as one: `Time` needs more than a capital."""
    if size > 1:
        return True
    word = doc[start]
    if word.text.isupper() and len(word) > 1 and word.lower_ not in names().ambiguous:
        return doc[start - 1 if start else 0].i == start or not doc[start - 1].text.isupper() or start == 0
    if word.lower_ not in names().ambiguous:
        return word.pos_ == "PROPN"
    if word.is_sent_start and start + 1 < len(doc) and doc[start + 1].lower_ in PRINTING:
        return True
    return (start > 0 and doc[start - 1].text == "The") or bool(word.ent_type_ == "ORG" and word.pos_ == "PROPN")


def _mention(parse: Parse, start: int, end: int, kind: str, weight: float) -> Mention | None:
    doc = parse.doc
    definite = start > 0 and doc[start - 1].lower_ == "the"
    title: str | None = None
    lists = names()
    while start < end and (_droppable(doc[start].text) or doc[start].is_punct or doc[start].is_space):
        definite = definite or doc[start].lower_ == "the"
        start += 1
    if end - start > 1 and doc[start].lower_ in lists.namers and doc[start + 1].text[:1].isupper():
        start += 1
    named = _after_titles(doc, start, end, kind)
    if named > start:
        title = _norm(doc[named - 1].text)
        start = named
        kind = "person"
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].tag_ == "POS"):
        end -= 1
    if end <= start or end - start > MAX_NAME_TOKENS or "\n" in doc[start:end].text:
        return None
    key = key_of([token.text for token in doc[start:end]])
    if not key or not any(token.text[:1].isupper() for token in doc[start:end]):
        return None
    if title is None and start > 0 and _norm(doc[start - 1].text) in lists.titles and doc[start - 1].text[:1].isupper():
        title = _norm(doc[start - 1].text)
    kind, weight = _guess(doc, start, end, key, kind, weight, title)
    if kind == "" or (definite and kind == "person" and len(key) == 1):
        kind = kind and "other"
    if not kind:
        return None
    byline = parse.block.kind == "byline"
    span = parse.between(start, end - 1)
    if doc[end - 1].text.endswith(POSSESSIVES) and len(doc[end - 1]) > 2:
        span = Span(span.start, span.end - 2)
    before = doc[start - 1].lower_ if start > 0 else ""
    caption = parse.block.kind == "caption"
    return Mention(span, key, kind, weight, title, definite, byline, caption, before in PLACING)


def _is_calling_first(doc: Doc, start: int, end: int) -> bool:
    """`Shopkeeper` of `Shopkeeper Imran`: a noun for a person that has its capital because it stands first."""
    word = doc[start]
    if end - start < 2 or not word.is_sent_start or not doc[start + 1].text[:1].isupper():
        return False
    known = names().dictionary | names().callings
    return word.lower_ in known and word.lower_ not in names().bodies_called | names().first


def _is_called(doc: Doc, start: int) -> bool:
    """Whether a noun for what a person is stands right before: `analyst Freya Holm`."""
    before = doc[start - 1]
    if start == 0 or not (before.pos_ == "NOUN" or before.is_sent_start or before.text.islower()):
        return False
    word = before.lower_
    if start > 4 and before.i > 3 and [token.lower_ for token in doc[start - 4 : start - 1]] == ["-", "of", "-"]:
        word = doc[start - 5].lower_  # `mother-of-three Kelly Froud`
    return word in names().callings | names().dictionary and word not in names().bodies_called


def _named_as(doc: Doc, start: int) -> str | None:
    """The kind of body that the noun before the name tells: `the news site Ferret`, `Carmaker Belfort`."""
    before = doc[start - 1] if start > 0 else None
    if before is None or not before.whitespace_ or (before.text[:1].isupper() and not before.is_sent_start):
        return None
    if before.lower_ == "agency" and doc[start].text.isupper():
        return None  # `the agency WADA` may be of any kind
    return names().namers.get(before.lower_)


def _is_coined(word: str) -> bool:
    """`MoneyBuzz`: a capital inside a word that isn't a Scottish or French name."""
    return bool(re.fullmatch(r"(?!(?:Mc|Mac|De|Di|La|Le|Van|Fitz)[A-Z])[A-Z][a-z]+[A-Z][A-Za-z]+", word))


def _after_titles(doc: Doc, start: int, end: int, kind: str) -> int:
    """Where the name begins behind `Justice Minister` or `Detective Sergeant`; `start` where nothing is before it."""
    lists = names()
    first = next((i for i in range(start, end - 1) if _norm(doc[i].text) in lists.first), start)
    if first > start and _norm(doc[first - 1].text) not in LINKERS:
        return first  # `Bookkeeper Thea Lorch`
    last = _norm(doc[end - 1].text)
    if kind in {"outlet", "place", "group"} or last in lists.body_endings or last in lists.outlet_endings:
        return start
    for i in range(end - 2, start - 1, -1):
        word = _norm(doc[i].text)
        if i == start and doc[i].is_sent_start and word in lists.dictionary and doc[i + 1].text[:1].isupper():
            return i + 1
        if word in lists.titles or (word in lists.callings and i > start) or word in lists.callings:
            rest = end - i - 1
            if doc[i + 1].lower_ in LINKERS or not doc[i + 1].text[:1].isupper():
                return start
            churchly = word in lists.male_titles | lists.female_titles and _norm(doc[i + 1].text) in lists.first
            return i + 1 if kind == "person" or rest > 1 or churchly or word in lists.official_titles else start
    return start


def _is_unknown(token: Token) -> bool:
    """A word that is no common noun, so most likely a place: the `Harwick` of `Harwick Council`."""
    return token.pos_ == "PROPN" and token.lower_ not in names().common_words


def _droppable(word: str) -> bool:
    return word.casefold() in ARTICLES


def _guess(
    doc: Doc, start: int, end: int, key: tuple[str, ...], kind: str, weight: float, title: str | None
) -> tuple[str, float]:
    """Kind by the lists where they are surer than the tagger's label."""
    lists = names()
    if kind == "outlet":
        return kind, weight
    if key in lists.bodies:
        return "government", 3.0
    named = _named_as(doc, start)
    if named is not None and key[0] not in lists.first and title is None:
        return named, 2.5
    if key in lists.capitals:
        return "place", 3.0
    if key in lists.same_place and kind != "government":
        return "place", 3.0
    if key[0] in lists.platforms and len(key) == 1:
        return "organization", 3.0
    if title is not None and kind in {"person", "organization", "place", "other", "document"}:
        return "person", 2.0
    if kind == "person" and len(key) == 2 and key[0] in lists.first and (_is_called(doc, start) or title is not None):
        return kind, 1.5  # `Constable Rory Bell` is no paper
    if kind in {"organization", "document", "person", "other"} and len(key) > 1:
        if key[0] in lists.outlet_beginnings or lists.outlet_words.intersection(key):
            return "outlet", 1.5
        if len(key) > 2 and (key[:2] == ("bank", "of") or key[:3] in CENTRAL_BANKS):
            return ("organization" if key[2] in lists.commercial_banks else "government"), 1.5
        if key[-1] in lists.outlet_endings or key[-2:] in lists.outlet_pairs:
            return "outlet", 1.5
        if key[0] in lists.body_beginnings:
            return "government", 1.5
        if key[-1] in lists.body_endings and (
            kind != "person" or (key[-1] in lists.bodies_by_last and key[0] not in lists.first)
        ):
            vague = key[-1] in VAGUE_ENDINGS and not set(key[:-1]) & lists.body_marks
            vague = vague and not (key[-1] == "council" and len(key) == 2 and _is_unknown(doc[start]))
            return ("organization", 1.5) if vague else ("government", 1.5)
    if kind == "person" and len(key) == 2 and title is None and key[-1] in lists.firm_endings:
        return "organization", 1.5  # `Amber Foods`
    may_be_body = kind in {"document", "other", "place"} or (kind == "person" and key[0] not in lists.first)
    if may_be_body and len(key) > 1 and key[-1] in lists.org_endings:
        return "organization", 1.5
    if len(key) == 1 and kind in {"person", "organization", "other", "place"} and _is_coined(doc[start].text):
        ending = re.sub(r".*[a-z](?=[A-Z])", "", doc[start].text).casefold()
        return ("outlet" if ending in lists.coined else "organization"), 1.5
    if kind in THINGS_TOO and (is_introduced_as_person(doc, start, end) or is_apposed_to_person(doc, start, end)):
        return "person", 2.0
    if len(key) == 1 and kind in THINGS_TOO and key[0] in known_surnames():
        return "person", 1.0
    if kind in {"organization", "other", "document", "group"} and 1 < len(key) < 4 and key[0] in lists.first:
        return (kind, weight) if key[-1] in lists.firm_endings else ("person", 0.8)
    if kind in THINGS_TOO and 1 < len(key) < 4 and _is_called(doc, start):
        return "person", 0.8
    if kind == "document" and len(key) == 1:
        return "other", 0.5
    return kind, weight


def _unlabelled(parse: Parse, taken: list[bool]) -> Iterator[Mention]:
    """Runs of proper nouns that the tagger left without a label and that act as a subject or have a title."""
    doc = parse.doc
    position = 0
    while position < len(doc):
        end = position
        while end < len(doc) and not taken[end] and doc[end].pos_ == "PROPN" and _is_bare_name(doc[end]):
            end += 1
        if end == position:
            position += 1
            continue
        end = _name_end(doc, end) if _is_calling_first(doc, position, end) else _outlet_end(doc, end)
        end = belongs_on(doc, end, names().body_endings)
        if doc[position:end].root.dep_ in {"nsubj", "nsubjpass", "pobj", "appos"} or end - position > 1:
            weight = FAINT if doc[position].is_sent_start and end - position == 1 else 0.4
            mention = _mention(parse, position, end, _shape_kind(doc, position, end), weight)
            if mention is not None:
                yield mention
        position = end


def _is_bare_name(token: Token) -> bool:
    return token.text[:1].isupper() and not token.ent_type_


def _shape_kind(doc: Doc, start: int, end: int) -> str:
    first = doc[start].lower_
    lists = names()
    if end - start in (2, 3) and first in lists.first:
        return "person"
    if start > 0 and _norm(doc[start - 1].text) in lists.titles:
        return "person"
    return "other"
