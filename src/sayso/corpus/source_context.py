"""What a page's words around a statement tell of its source: who speaks for whom, on whose report, of which paper."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from sayso.lang import load

from .source_names import plain_name

__all__ = [
    "called_untrue",
    "described_before",
    "named_before",
    "opens",
    "paper_before",
    "relied_on",
    "roles_of",
    "rumoured",
    "says_untrue",
    "shown_by",
    "spokespeople",
    "told_here",
    "venue_of",
]

MAX_AROUND = 160
"""Code points on either side of a place that are read."""
_NAME = r"([A-Z][\w'’-]+\.?(?: [A-Z][\w'’-]*\.?){1,3})"
_WORD = r"(?:(?:[A-Z]\.){2,}|[A-Z](?:[\w'’&-]|\.(?=\w))*)"
_BODY = rf"({_WORD}(?: (?:(?:of|for|and|the) ){{0,2}}{_WORD}){{0,6}})"
_TITLES = r"(?:(?:an?|the|its|their|another|chief|lead|senior) ){0,3}"


@cache
def _alternatives(key: str) -> str:
    held = load("source_names")[key]
    words = held if isinstance(held, list) else held.split()
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda word: -len(word)))


def spokespeople(text: str) -> dict[str, str]:
    """The people who a text says speak for a body: each one's plain name, and the body.

    >>> spokespeople("It is closed, said Ana Roth, a spokeswoman for the Port Office. Port spokesman Ed Lamb agreed.")
    {'ana roth': 'Port Office', 'ed lamb': 'Port'}
    """
    found: dict[str, str] = {}
    for match in re.finditer(rf"\b(?:{_alternatives('speakers')}|speaks for|speaking for)\b", text, re.IGNORECASE):
        before = text[max(0, match.start() - MAX_AROUND) : match.start()]
        after = text[match.end() : match.end() + MAX_AROUND]
        pair = _named_after(before, f" for{after}" if match.group().lower().endswith("for") else after)
        if pair is not None:
            found.setdefault(plain_name(pair[0]), pair[1])
    return found


def _named_after(before: str, after: str) -> tuple[str, str] | None:
    """Who speaks, and for which body, by the words on either side of *spokesman* or *speaks*."""
    body = rf"(?:[Tt]he )?({_alternatives('bodies')}|{_BODY[1:-1]})"
    name = re.search(rf"{_NAME}, (?:who )?{_TITLES}$", before)
    if told := re.match(rf"\s+(?:for|of|from|at) {body}", after):
        whom = _bare(told.group(1))
        behind = re.match(rf", {_NAME}", after[told.end() :])
        # “for the Port Office, Ana Roth,” where nobody stands before.
        who = name or behind
        return (who.group(1), whom) if who else None
    owner = re.search(rf"(?:^|[^\w.]){body}(?:['’]s?)? (?:{_TITLES})$", before)
    if owner is None:
        return None
    whom = _bare(owner.group(1))
    if behind := re.match(rf",? {_NAME}", after):
        return behind.group(1), whom
    first = re.search(rf"{_NAME}, (?:the )?$", before[: owner.start(1)])
    return (first.group(1), whom) if first else None


def _bare(body: str) -> str:
    return re.sub(r"^(?:the|The) |['’]s?$", "", body).rstrip(" .,")


def relied_on(sentence: str, outlets: Collection[str]) -> tuple[str, int] | None:
    """The outlet on whose report a sentence says that its source relies, and where its name stands.

    Args:
        sentence: the words around a statement.
        outlets: plain names of outlets that are known.

    >>> relied_on("The mayor said so, referring to a report in The Ostrel Courier.", ())
    ('The Ostrel Courier', 44)
    >>> relied_on("The mayor, citing the Audit Office, said so.", {"ostrel courier"})
    """
    cues = _alternatives("relying")
    if re.search(rf"\b(?:{_alternatives('repeating')})\b", sentence[: 4 * MAX_AROUND]):
        cues = f"{cues}|{_alternatives('asked')}"
    for match in re.finditer(
        rf"\b(?:{cues})\s+((?:(?:an?|the|its)\s+)?(?:[a-z]+\s+)?(?:{_alternatives('pieces')})\s+"
        rf"(?:by|in|from|of)\s+)?((?:the )?{_BODY[1:-1]})",
        sentence[: 4 * MAX_AROUND],
        re.IGNORECASE,
    ):
        # The pattern reads any case: a name begins with a capital for all that.
        name = re.match(rf"(?:[Tt]he )?{_BODY}", match.group(2))
        if name and (plain_name(name.group()) in outlets or match.group(1)):
            return name.group(), match.start(2)
    return None


def called_untrue(before: str, after: str) -> bool:
    """Whether the words before or after what is told call it untrue.

    >>> called_untrue("The office said there was no truth to claims ", ""), called_untrue("The office said ", ".")
    (True, False)
    """
    untrue = _alternatives("untrue")
    near = re.search(rf"\b(?:{untrue})\b[^.;:“”\"]{{0,40}}$", before[-MAX_AROUND:], re.IGNORECASE)
    behind = re.match(rf"\W{{0,3}}(?:is|are|was|were)\s+(?:{untrue})\b", after[:MAX_AROUND], re.IGNORECASE)
    return bool(near or behind)


def says_untrue(content: str, worded: bool = False) -> bool:
    """Whether what somebody says begins by calling the rest untrue.

    Args:
        content: what is said.
        worded: leave out what is said with *no* or *not*, which whoever compares claims reads as denial anyway.

    >>> says_untrue("that it was nonsense that the bank had lied"), says_untrue("that it was clear that it had")
    (True, False)
    """
    opening = rf"\W{{0,3}}(?:that )?(?:it|this|there) (?:is|was|['’]s) (?:\w+ ){{0,2}}?(?:{_alternatives('untrue')}) "
    found = re.match(rf"{opening}(?:that|to|in|for)\b", content[:MAX_AROUND], re.IGNORECASE)
    return found is not None and not (worded and re.search(r"\b(?:no|not|never|un\w+|false)\b", found.group()))


def paper_before(name: str, before: str) -> str:
    """A document that is named by a copy of it alone, by the words before.

    >>> paper_before("a copy of which was seen by the Post", "On Monday an internal letter, ")
    'an internal letter, a copy of which was seen by the Post'
    """
    if not re.match(r"(?:a copy|copies|parts|extracts|excerpts) of which\b", name):
        return name
    found = re.search(r"((?:\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir) )(?:[\w'’-]+ ){0,5}[\w'’-]+), ?$", before[-MAX_AROUND:])
    return f"{found.group(1)}, {name}" if found else name


_ROLE = re.compile(rf"{_NAME}, ((?:an?|the|former|retired) [^,.;:“”\n]{{3,100}})")
_BEFORE_NAME = re.compile(rf"\b([Tt]he (?:[a-z][\w'’-]* ){{1,4}}),?{_NAME}")


def roles_of(text: str) -> dict[str, tuple[str, ...]]:
    """What a text says that people are: each one's plain name, and the descriptions.

    >>> roles_of("Ana Roth, a clerk who knew him, met the port minister Ed Lamb.")
    {'ana roth': ('a clerk who knew him',), 'ed lamb': ('the port minister',)}
    """
    found: dict[str, dict[str, None]] = {}
    for match in _ROLE.finditer(text):
        found.setdefault(plain_name(match.group(1)), {})[_less_verb(match.group(2))] = None
    for match in _BEFORE_NAME.finditer(text):
        found.setdefault(plain_name(match.group(2)), {})[match.group(1).strip()] = None
    return {name: tuple(held) for name, held in found.items()}


def _less_verb(role: str) -> str:
    """A description less the verb behind it, where no comma parts them."""
    return re.split(r"\s(?:said|says|told|and)\s", role)[0]


def named_before(before: str) -> str | None:
    """The only person whom the words before a pronoun name; one of whom it is said who he is goes first.

    >>> named_before("Ana Roth, a clerk, did not mince her words. "), named_before("Ana Roth met Ed Lamb. ")
    ('Ana Roth', None)
    """
    told = {match.group(1) for match in _ROLE.finditer(before)}
    names = told or {match.group(1) for match in re.finditer(_NAME, before)}
    return next(iter(names)) if len(names) == 1 else None


def described_before(name: str, before: str) -> str:
    """A source of whom only the clause was taken, *who briefed reporters*, with the words before it.

    >>> described_before("who briefed reporters", "The bus was late, a senior official ")
    'a senior official who briefed reporters'
    """
    if not re.match(r"(?:who|whose)\s", name):
        return name
    counts = "|".join(sorted(load("source_names")["counts"].split()))
    found = re.search(
        rf"(?:^|[\s,“(])((?:{counts}|the) (?:[\w'’-]+ ){{0,4}}[\w'’-]+,?) ?$", before[-MAX_AROUND:], re.IGNORECASE
    )
    return f"{found.group(1)} {name}" if found else name


_PAPER = r"(?:(?:the|an?) (?:[A-Z]?[\w-]+ ){0,3}(?=[A-Z]))?"


_VENUE = rf"({_WORD}(?: (?:(?:of|for|and|the|de|del|della|di|du|la) ){{0,2}}{_WORD}){{0,6}})"


def venue_of(sentence: str) -> tuple[str, int] | None:
    """The outlet to which a sentence says that its source spoke, and where its name stands.

    >>> venue_of("Ana Roth told the Danish daily Nordlys that it rained.")
    ('Nordlys', 31)
    """
    venues = _alternatives("venues")
    found = re.search(rf"\b(?:{venues}|said in [A-Z]\w+ to) {_PAPER}{_VENUE}", sentence[: 4 * MAX_AROUND])
    return (found.group(1), found.start(1)) if found else None


def told_here(sentence: str, outlet: str | None) -> bool:
    """Whether a sentence says that its source spoke to the outlet whose page it stands on.

    >>> told_here("After a report in the Star, two clerks told The Post that it rained.", "The Post")
    True
    """
    named = re.escape(re.sub(r"^[Tt]he ", "", outlet or ""))
    own = "|".join(["us", "this (?:news)?paper", *([f"(?:the )?{named}"] if named else [])])
    cues = rf"{_alternatives('venues')}|confirmed (?:to|for)"
    return bool(re.search(rf"\b(?:{cues}) (?:{own})\b", sentence[: 4 * MAX_AROUND], re.IGNORECASE))


def opens(sentence: str, outlets: Collection[str]) -> tuple[str, int] | None:
    """The known outlet with whose name a sentence of the page's own opens, as the one that says what follows."""
    name = re.match(rf"\W{{0,3}}((?:The |the )?{_BODY[1:-1]}) (?=[a-z])(?=[^,;“]{{0,60}}?\b(?:that|how)\b)", sentence)
    return (name.group(1), name.start(1)) if name and plain_name(name.group(1)) in outlets else None


def rumoured(sentence: str) -> tuple[str, int] | None:
    """The words by which a sentence says that what it tells only goes round, and where they stand.

    >>> rumoured("The club is for sale, it is rumoured.")
    ('it is rumoured', 22)
    """
    found = re.search(rf"\b(?:{_alternatives('rumoured')})\b", sentence[: 4 * MAX_AROUND], re.IGNORECASE)
    return (found.group(), found.start()) if found else None


def shown_by(sentence: str) -> tuple[str, int] | None:
    """The paper by which a sentence says at its end that it goes, and where its name stands.

    >>> shown_by("The museum sold two paintings, an invoice shows.")
    ('an invoice', 31)
    """
    start = max(0, len(sentence) - MAX_AROUND)
    found = re.search(
        rf", ((?:an?|the|two|three) [a-z][\w'’ -]{{2,60}}?) (?:{_alternatives('shown')})\W*$", sentence[start:]
    )
    return (found.group(1), start + found.start(1)) if found else None
