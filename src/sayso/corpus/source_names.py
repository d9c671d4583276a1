"""Names of sources, for comparing: who it is, less how it knows, how it was got, and who speaks for whom."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sayso.lang import load

__all__ = [
    "author_of",
    "bare_piece",
    "collective",
    "core_name",
    "credited_outlet",
    "described_outlet",
    "is_copy",
    "is_named",
    "joined",
    "leads",
    "media_reports",
    "nobody",
    "of_staff",
    "outlet_before",
    "plain_name",
    "pronoun",
    "reporting_outlet",
    "shared_words",
    "spoken_for",
    "taken_back",
    "telling_words",
    "voiced",
    "without_name",
]

MAX_NAME = 200
"""Code points of a description that are read."""
_CREDIT_NAME = r"((?:[Tt]he )?[A-Z][\w'’.&-]*(?: (?:(?:of|the|and|de) )?[A-Z][\w'’.&-]*){0,6})"

_COPY = re.compile(r",\s+(?:a copy|copies|parts|extracts|excerpts) of which\b")


def plain_name(name: str) -> str:
    """A name for comparing: lower case, without article, full stops and doubled spaces."""
    words = re.sub(r"[^\w\s/]", "", name.lower()).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)


@cache
def _words() -> dict[str, Any]:
    held = dict(load("source_names"))
    return {key: value if isinstance(value, list) else frozenset(value.split()) for key, value in held.items()}


def core_name(name: str) -> str:
    """A description less what only tells how the source knows, why it has no name, or how a document was got.

    >>> core_name("Two nurses, who declined to be identified"), core_name("a report obtained by the Courier")
    ('Two nurses', 'a report')
    >>> core_name("people familiar with the talks"), core_name("a former engineer who took part in the talks")
    ('people familiar with the talks', 'a former engineer who took part in the talks')
    """
    said = _words()
    short = name[:MAX_NAME]
    clause = re.search(r",?\s+who(?:se)?\b(.*)", short)
    if clause and _tells_nothing(re.findall(r"\w+", clause.group(1).lower())):
        short = short[: clause.start()]
    copied = _COPY.search(short)
    if copied:
        short = short[: copied.start()]
    acquired = re.search(rf",?\s+(?:{'|'.join(sorted(said['acquired']))})\s+(?:by|to)\b", short)
    if acquired:
        short = short[: acquired.start()]
    knowing = re.search(rf",?\s+(?:{'|'.join(map(re.escape, said['knowing']))})(?:\s|,|$)", short)
    if knowing and not said["somebody"] & set(short[: knowing.start()].lower().split()[-1:]):
        short = short[: knowing.start()]
    return short.rstrip(" ,") or name


def _tells_nothing(clause: Sequence[str]) -> bool:
    """Whether a clause says only how somebody came to speak, or that nobody may name him."""
    said = _words()
    first = next((word for word in clause if word not in said["helping"]), "")
    return first in said["telling"] or bool(said["anonymous"] & set(clause))


def spoken_for(description: str) -> str | None:
    """The organization that an unnamed source speaks for, or None.

    >>> spoken_for("a spokesman for the Lindholm Line"), spoken_for("a ministry spokeswoman"), spoken_for("a nurse")
    ('Lindholm Line', 'ministry', None)
    """
    held = sorted([*_words()["speakers"], *_words()["agents"]], key=lambda word: (-len(word), word))
    speaker = "|".join(re.escape(word) for word in held)
    short = core_name(description)
    after = re.search(rf"\b(?:{speaker})\s+(?:for|of|from|at)\s+(?:the\s+)?(.+)$", short)
    before = re.match(rf"(?:(?:an?|the|another)\s+)?(.+?)(?:['’]s)?\s+(?:{speaker})$", short, re.IGNORECASE)
    found = after or before
    whom = found.group(1).strip() if found else ""
    return whom if whom and whom.lower() not in ("a", "an", "the", "another") else None


def author_of(name: str) -> str | None:
    """Whose word a paper or post is, by its own name, or None.

    >>> author_of("an open letter by Ana Roth to the king"), author_of("the Audit Office's yearly report")
    ('Ana Roth', 'Audit Office')
    >>> author_of("a report by engineers"), author_of("a letter obtained by The Courier"), author_of("Monday's report")
    (None, None, None)
    """
    voiced = "|".join(sorted(_words()["voiced"]))
    authored = "|".join(map(re.escape, sorted(_words()["authored"], key=len, reverse=True)))
    named = r"((?:[Tt]he )?[A-Z][\w'’.&-]*(?: (?:(?:of|the|and|for|de) ){0,2}[A-Z][\w'’.&-]*){0,7})"
    found = re.match(rf"[^,]{{0,80}}?\b(?:{voiced}),? (?:{authored}) {named}", name[:MAX_NAME]) or re.match(
        rf"{named}['’]s? (?:[\w-]+ ){{0,3}}(?:{voiced})\b", name[:MAX_NAME]
    )
    whom = re.sub(r"^[Tt]he |['’]s?$", "", found.group(1)) if found else ""
    return whom if whom and not _words()["calendar"] & set(re.findall(r"\w+", whom)) else None


def leads(role: str) -> bool:
    """Whether somebody in a role leads a body.

    >>> leads("the director of the Port Office"), leads("a former director"), leads("a clerk at the Port Office")
    (True, False, False)
    """
    words = re.findall(r"\w+", role[:MAX_NAME].lower())
    return bool(_words()["leads"] & set(words)) and not _words()["not_leading"] & set(words)


def shared_words(first: str, second: str) -> tuple[frozenset[str], bool]:
    """The telling words that two names share, and whether they are all those of the first.

    >>> shared_words("the Port Office", "the head of the Port Office"), shared_words("the Port Office", "a nurse")
    ((frozenset({'port'}), True), (frozenset(), False))
    """
    words = telling_words(first)
    shared = words & set(plain_name(second).split())
    return shared, bool(shared) and shared == words


def telling_words(name: str) -> frozenset[str]:
    """The words of a name that tell something.

    >>> sorted(telling_words("the Office of the Port"))
    ['port']
    """
    small: frozenset[str] = _words()["small"]
    return frozenset(plain_name(name).split()) - small


def voiced(name: str) -> bool:
    """Whether a paper is one that tells its author's word.

    >>> voiced("the annual report"), voiced("a bank statement seen by the Post"), voiced("a payroll list")
    (True, True, False)
    """
    return bool(_words()["voiced"] & set(re.findall(r"[\w-]+", core_name(name).lower())))


def pronoun(name: str) -> bool:
    """Whether a name only points back to somebody named before.

    >>> pronoun("She"), pronoun("the minister")
    (True, False)
    """
    return plain_name(name[:MAX_NAME]) in _words()["pronouns"]


def without_name(role: str) -> bool:
    """Whether what is said of somebody tells that he spoke without his name before.

    >>> without_name("a clerk who had spoken to the Post without giving her name"), without_name("a clerk")
    (True, False)
    """
    return core_name(role) != role and bool(_words()["anonymous"] & set(re.findall(r"\w+", role[:MAX_NAME].lower())))


def is_named(name: str) -> bool:
    """Whether a name names somebody, and doesn't describe him.

    >>> is_named("Ana Roth"), is_named("The minister"), is_named("Two clerks")
    (True, False, False)
    """
    words = name.split()
    return len(words) > 1 and words[0].lower() not in {"the", *_words()["counts"]} and words[1][0].isupper()


def joined(name: str) -> list[str]:
    """The people, or outlets, that a name lists, less what is said of them; just the name where it lists none.

    >>> joined("Ana Roth, a nurse, and Ed Lamb both"), joined("The Post and The Star"), joined("Ana Roth, a nurse")
    (['Ana Roth', 'Ed Lamb'], ['The Post', 'The Star'], ['Ana Roth, a nurse'])
    >>> joined("the minister as well as two clerks"), joined("a brother and friend of the victim")
    (['the minister', 'two clerks'], ['a brother and friend of the victim'])
    """
    short = re.sub(r",? both$", "", name[:MAX_NAME])
    joining, counts = ("|".join(sorted(_words()[key])) for key in ("joining", "counts"))
    nominal = rf"(?:(?i:the|{counts}) \w|[A-Z])"
    parts = re.split(rf",? (?:{joining}) (?={nominal})", short)
    if len(parts) < 2 or not all(re.match(nominal, part) for part in parts):
        return [name]
    return [re.split(r", (?=an? |the |who |[a-z])", part)[0].strip(" ,") for part in parts]


def collective(name: str) -> bool:
    """Whether a name stands for a body by those who work there.

    >>> collective("federal prosecutors"), collective("three prosecutors")
    (True, False)
    """
    words = plain_name(name[:MAX_NAME]).split()
    return bool(words) and words[-1] in _words()["collective"] and words[0] not in _words()["counts"]


def credited_outlet(sentence: str) -> tuple[str, int] | None:
    """The outlet that a sentence credits with its report, and where its name stands.

    >>> credited_outlet("As first reported by The Ostrel Courier, the dam was cracked.")
    ('The Ostrel Courier', 21)
    """
    cues = "|".join(re.escape(cue) for cue in _words()["credited"])
    opening = re.match(rf"\W{{0,3}}(?i:{cues}) {_CREDIT_NAME}\s*,", sentence)
    closing = re.search(rf", (?:{cues}) {_CREDIT_NAME}\W{{0,3}}$", sentence[-MAX_NAME:])
    if opening:
        return opening.group(1), opening.start(1)
    if closing:
        return closing.group(1).rstrip("."), closing.start(1) + max(0, len(sentence) - MAX_NAME)
    return None


def reporting_outlet(name: str, outlets: Collection[str]) -> str | None:
    """The outlet whose piece of reporting a name is, if it is one of those known by their plain names.

    >>> reporting_outlet("a report by The Ostrel Courier", {"ostrel courier"})
    'The Ostrel Courier'
    """
    pieces = "|".join(sorted(_words()["pieces"]))
    found = re.match(
        rf"(?:(?:an?|the|its|this)\s+)?(?:\w+\s+)?(?:{pieces})\s+(?:by|in|from|of|on)\s+(.+)$", name[:MAX_NAME]
    )
    return found.group(1) if found and plain_name(found.group(1)) in outlets else None


def outlet_before(words: str, outlets: Collection[str]) -> tuple[str, int] | None:
    """The only outlet, of those known by their plain names, that some words name, and where.

    >>> outlet_before("The Ostrel Courier was the first to report ", {"ostrel courier"})
    ('The Ostrel Courier', 0)
    """
    found: dict[str, tuple[str, int]] = {}
    for match in re.finditer(_CREDIT_NAME, words[-MAX_NAME:]):
        if plain_name(match.group(1)) in outlets:
            found.setdefault(plain_name(match.group(1)), (match.group(1), match.start(1)))
    return next(iter(found.values())) if len(found) == 1 else None


def described_outlet(name: str) -> bool:
    """Whether a name of an outlet only describes it.

    >>> described_outlet("a private newspaper in the capital"), described_outlet("The Newspaper Guild")
    (True, False)
    """
    words = re.findall(r"\w+", name[:MAX_NAME])
    return not any(word[0].isupper() for word in words[1:]) and bool(
        _words()["outlets"] & {word.lower() for word in words}
    )


def is_copy(name: str) -> bool:
    """Whether a name is that of a paper of which somebody has a copy.

    >>> is_copy("an internal letter, a copy of which was seen by the Post"), is_copy("a clerk, who kept a copy")
    (True, False)
    """
    return _COPY.search(name[:MAX_NAME]) is not None


def nobody(name: str) -> bool:
    """Whether a source is none: what is told goes round, and nobody is said to tell it.

    >>> nobody("somebody"), nobody("Rumours"), nobody("somebody at the ministry"), nobody("media rumours")
    (True, True, False, True)
    """
    words = plain_name(name[:MAX_NAME]).split()
    return bool(words) and words[-1] in _words()["hearsay"] and len(words) <= 2


def media_reports(name: str) -> bool:
    """Whether a name stands for what outlets report, none of them named.

    >>> media_reports("media reports"), media_reports("several press accounts"), media_reports("an audit report")
    (True, True, False)
    """
    words = plain_name(name[:MAX_NAME]).split()
    pieces = {form for piece in _words()["pieces"] for form in (piece, f"{piece}s")}
    return len(words) > 1 and words[-1] in pieces and described_outlet(" ".join(["", *words[:-1]]))


def bare_piece(name: str) -> bool:
    """Whether a name is a piece of reporting of which nothing else is said.

    >>> bare_piece("an article"), bare_piece("its earlier report"), bare_piece("a report of the police")
    (True, True, False)
    """
    pieces, dated = ("|".join(sorted(_words()[key])) for key in ("pieces", "dated"))
    return bool(
        re.fullmatch(
            rf"(?:an?|the|its|their|this|that)\s+(?:(?:{dated})\s+)?(?:{pieces})s?", name[:MAX_NAME], re.IGNORECASE
        )
    )


def of_staff(name: str, outlets: Collection[str]) -> str | None:
    """The outlet of which some unnamed people are the staff, if it is one of those known by their plain names.

    >>> of_staff("Editors at The Ostrel Courier", {"ostrel courier"}), of_staff("a reader of The Ostrel Courier", ())
    ('The Ostrel Courier', None)
    """
    staff = "|".join(sorted(_words()["staff"]))
    found = re.search(rf"\b(?:{staff})\s+(?:at|of|for|from|with)\s+(.+)$", name[:MAX_NAME], re.IGNORECASE)
    return found.group(1) if found and plain_name(found.group(1)) in outlets else None


def taken_back(name: str) -> bool:
    """Whether a source is a page as it was before it was corrected.

    >>> taken_back("An earlier version of this article"), taken_back("the version of the police")
    (True, False)
    """
    return plain_name(name).startswith(tuple(_words()["taken_back"]))
