"""What a page's words around a statement tell of its source: who speaks for whom, on whose report, of which paper."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from sayso.lang import load

from .source_names import plain_name

__all__ = ["called_untrue", "paper_before", "relied_on", "spokespeople"]

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
    for match in re.finditer(
        rf"\b(?:{_alternatives('relying')})\s+((?:(?:an?|the|its)\s+)?(?:[a-z]+\s+)?(?:{_alternatives('pieces')})\s+"
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


def paper_before(name: str, before: str) -> str:
    """A document that is named by a copy of it alone, by the words before.

    >>> paper_before("a copy of which was seen by the Post", "On Monday an internal letter, ")
    'an internal letter, a copy of which was seen by the Post'
    """
    if not re.match(r"(?:a copy|copies|parts|extracts|excerpts) of which\b", name):
        return name
    found = re.search(r"((?:\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir) )(?:[\w'’-]+ ){0,5}[\w'’-]+), ?$", before[-MAX_AROUND:])
    return f"{found.group(1)}, {name}" if found else name
