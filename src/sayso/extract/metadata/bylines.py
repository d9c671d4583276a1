"""Bylines taken apart: people, what they do, outlets and agencies, helpers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.lang import load

from .dates import find_dates, month_number
from .strings import clean, fold, without_tags

__all__ = ["Byline", "is_agency", "is_person", "join_bylines", "opens_byline", "parse_byline"]

MAX_CHARS = 600
MAX_PEOPLE = 25
MAX_NAME_CHARS = 60


@dataclass(frozen=True, slots=True)
class Byline:
    """Who a byline names, in its order."""

    people: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    """Outlets, agencies and staffs."""
    roles: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    """"Additional reporting by", "Editing by": named, but not as authors."""
    lone: tuple[str, ...] = ()
    """Single words that may be somebody's name or user name."""

    @property
    def names(self) -> tuple[str, ...]:
        """The people, or where there are none whoever else is named."""
        return self.people or self.lone or self.outlets


@cache
def _lists() -> dict[str, Any]:
    data = load("bylines")
    out: dict[str, Any] = {name: frozenset(str(word) for word in words) for name, words in data.items()}
    for name in ("cues", "contributors"):
        longest_first = sorted((str(word) for word in data[name]), key=lambda word: (-len(word), word))
        alternatives = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)
        out[f"{name}_pattern"] = re.compile(rf"(?:{alternatives})(?![\w-])\s*[:;–—-]?\s*", re.IGNORECASE)
    alternatives = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(out["stoppers"]))
    out["stopper_pattern"] = re.compile(rf"\s+(?:{alternatives})(?![\w'’.-])", re.IGNORECASE)
    out["agency_keys"] = frozenset(fold(word) for word in out["agencies"])
    out["credential_keys"] = frozenset(_bare(word) for word in out["credentials"])
    return out


def _bare(word: str) -> str:
    return word.lower().replace(".", "").replace("®", "").strip(" ,()")


_BREAK = re.compile(r"\s*(?:[|•·∙●‧⋅►»>\n\t]|\s[-–—/]\s|\s[-–—]$|,?\s—)\s*")
_SPLIT = re.compile(r"\s*(?:[,;/]|&|\s(?:and|und|et|y|with|og|och|en|e)\s)\s*|\s+and$", re.IGNORECASE)
_HANDLE = re.compile(r"\(?@\w{2,40}\)?|\S{1,64}@\S{1,64}\.\S{2,20}|https?://\S{1,300}|www\.\S{1,300}")
_PARENTHESES = re.compile(r"\s*[(\[][^()\[\]]{0,80}[)\]]")
_NAME_WORD = re.compile(r"[^\W\d_](?!.*['’]s$)[\w.'’ʼ`´-]*$")
_INITIALS = re.compile(r"(?:[^\W\d_](?:\.|-|$)){1,3}$")


def opens_byline(text: str) -> str | None:
    """What follows the cue of a printed byline; None where the text opens none.

    >>> opens_byline("By Ann Lee")
    'Ann Lee'
    """
    match = _lists()["cues_pattern"].match(text)
    if match is None or match.end() == 0:
        return None
    word = match.group().strip()
    if text[match.end() : match.end() + 1].islower() and text[:1].isupper():
        return None
    if word[-1:] not in ":;-–—" and word.lower() in (
        "from",
        "words",
        "text",
        "writer",
        "reporter",
        "autor",
        "author",
        "authors",
    ):
        return None
    return text[match.end() :]


def parse_byline(text: str | None, *, person: bool = False) -> Byline:
    """Take one byline apart.

    Args:
        text: a printed byline or a value of metadata; its first 600 characters are read.
        person: whether the source says that it is a person's name.

    >>> parse_byline("By Ann Lee and Bo Ek in Oslo, Reuters").people
    ('Ann Lee', 'Bo Ek')
    """
    line = without_tags(text)[:MAX_CHARS]
    people: list[str] = []
    outlets: list[str] = []
    roles: list[str] = []
    helpers: list[str] = []
    lone: list[str] = []
    for segment, helping in _segments(_HANDLE.sub(" ", line)):
        for part in _parts(segment):
            kind, name = _judge(part, person=person)
            if kind == "end":
                break
            target = {"person": helpers if helping else people, "outlet": outlets, "role": roles, "lone": lone}.get(
                kind
            )
            if target is not None and name and fold(name) not in {fold(other) for other in target}:
                target.append(name)
    return Byline(
        tuple(people[:MAX_PEOPLE]),
        tuple(outlets[:MAX_PEOPLE]),
        tuple(roles[:MAX_PEOPLE]),
        tuple(helpers[:MAX_PEOPLE]),
        () if people else tuple(lone[:MAX_PEOPLE]),
    )


def join_bylines(bylines: list[Byline]) -> Byline:
    """Several bylines as one, nobody twice."""

    def joined(name: str) -> tuple[str, ...]:
        seen: dict[str, str] = {}
        for byline in bylines:
            for value in getattr(byline, name):
                seen.setdefault(fold(value), value)
        return tuple(seen.values())[:MAX_PEOPLE]

    return Byline(*(joined(name) for name in ("people", "outlets", "roles", "helpers", "lone")))


def is_agency(name: str) -> bool:
    """Whether a name is that of a news agency or service.

    >>> is_agency("The Associated Press")
    True
    """
    keys: frozenset[str] = _lists()["agency_keys"]
    return fold(name).removeprefix("the ") in keys


def is_person(name: str) -> bool:
    """Whether a name has the shape of a person's: two to five words, none of them an outlet's."""
    return _judge(name, person=False)[0] == "person"


def _segments(line: str) -> Iterator[tuple[str, bool]]:
    """The line cut at bars and bullets; True where what follows names helpers."""
    lists = _lists()
    line = line.strip(" .:;,-–—")
    helping = False
    for chunk in _BREAK.split(line)[:20]:
        chunk = chunk.strip(" .:;,")
        while chunk:
            match = lists["contributors_pattern"].match(chunk)
            if match:
                helping, chunk = True, chunk[match.end() :]
                continue
            match = lists["cues_pattern"].match(chunk)
            if match and match.end() < len(chunk) and _cue_not_name(chunk, match.end()):
                helping, chunk = False, chunk[match.end() :]
                continue
            break
        later = _later_helpers(chunk)
        if chunk[:later].strip():
            yield chunk[:later], helping
        if later < len(chunk):
            yield from _segments(chunk[later:])


def _cue_not_name(chunk: str, end: int) -> bool:
    """`Di Marco` is a name, `di Marco Rossi` a byline: a cue is more than two letters, `by`, or lower case."""
    cue = chunk[:end].strip().rstrip(":").lower()
    return cue in ("by", "by author") or chunk[:1].islower() or len(cue) > 4 or chunk[:end].rstrip().endswith(":")


def _later_helpers(chunk: str) -> int:
    match = next(
        (
            m
            for m in _lists()["contributors_pattern"].finditer(chunk)
            if m.start() and not chunk[m.start() - 1].isalnum()
        ),
        None,
    )
    return match.start() if match else len(chunk)


def _parts(segment: str) -> Iterator[str]:
    """Names and roles of a segment, its dates cut off."""
    if any(c.isdigit() for c in segment):
        found = next(find_dates(segment), None)
        if found:
            segment = segment[: found.start]
        segment = _before_digits(segment)
    segment = _PARENTHESES.sub("", segment)
    parts = [
        part.strip(' .:;,-–—*"“”') if not part.endswith((".", "®")) else part.strip(' :;,-–—*"“”')
        for part in _SPLIT.split(segment)[:40]
    ]
    merged: list[str] = []
    for part in parts:
        if merged and part.lower() in _lists()["suffixes"]:
            merged[-1] = f"{merged[-1]}, {part}"
        elif part:
            merged.append(part)
    yield from merged


def _before_digits(segment: str) -> str:
    """The segment up to its first number, less the month's name before it."""
    head = re.split(r"\s+\d|^\d", segment, maxsplit=1)[0]
    if len(head) < len(segment):
        words = head.split()
        if len(words) > 2 and month_number(words[-1]):
            return " ".join(words[:-1])
    return head


def _judge(part: str, *, person: bool) -> tuple[str, str]:
    """What one part of a byline is: person, outlet, role, lone, end (nothing after it counts) or nothing."""
    lists = _lists()
    name = clean(part)
    lower = name.lower()
    if len(name) < 2 or lower in lists["nobody"] or not any(c.isalpha() for c in name):
        return "nothing", ""
    if _bare(name) in lists["credential_keys"] and name[0].isupper():
        return "nothing", ""
    name = _without_credentials(name)
    if is_agency(name):
        return "outlet", name
    person_first = _person_before_role(name)
    if person_first:
        return "person", person_first
    outlet = _as_outlet(name)
    if outlet and not (person and len(name.split()) == 2 and _bare(name.split()[1]) in _SURNAMES):
        return "outlet", outlet
    if _is_role(name):
        return "role", name
    cut = _cut(name)
    if not cut:
        return "nothing", ""
    return _shape(cut, person=person)


def _without_credentials(name: str) -> str:
    words = name.split()
    while len(words) > 2 and _bare(words[-1]) in _lists()["credential_keys"] and words[-1][0].isupper():
        words.pop()
    return " ".join(words)


def _as_outlet(name: str) -> str | None:
    """The name if it is an outlet's, a staff's or a body's."""
    lists = _lists()
    words = [_bare(word) for word in name.split()]
    if not words or len(words) > 10:
        return None
    if words[0] in _PAPER_OPENINGS and len(words) > 1:
        return name
    if words[0] in ("the", "our", "team") and len(words) > 1:
        return name
    if any(word in lists["staff"] for word in words):
        return name
    if len(words) > 1 and (words[-1] in lists["organizations"] or (words[-1] in _outlet_endings() and len(words) > 2)):
        return name
    if any(
        "." in word and word.rsplit(".", 1)[-1] in ("com", "net", "org", "co", "in", "news", "io")
        for word in name.lower().split()
    ):
        return name
    if words[0] in ("university", "institute", "center", "centre", "department", "college", "ministry", "school"):
        return name
    return name if fold(name).removeprefix("the ") in _outlet_keys() else None


_PAPER_OPENINGS = frozenset(["daily", "weekly", "evening", "sunday", "morning"])
_SURNAMES = frozenset(["press", "bank", "care", "report", "post", "school"])
"""Words of bodies that are people's names as well."""


@cache
def _outlet_keys() -> frozenset[str]:
    return frozenset(fold(name) for name in load("outlets")["names"])


@cache
def _outlet_endings() -> frozenset[str]:
    return frozenset(word.lower() for word in load("outlets")["endings"])


def _person_before_role(name: str) -> str | None:
    """The name in `Ann Lee Staff Writer`, `Bo Ek The Associated Press`: two words or three of no list, then of one."""
    lists = _lists()
    words = name.split()
    if len(words) < 3:
        return None
    known = lists["staff"] | lists["organizations"] | lists["roles"] | _outlet_endings() | {"team", "our"}
    middle = len(words[1].rstrip(".")) == 1 or words[1].lower() in lists["particles"]
    size = 3 if middle else 2
    head, rest = words[:size], words[size:]
    if not rest or not all(w[:1].isupper() or w.lower() in lists["particles"] for w in head):
        return None
    if any(_bare(w) in known for w in head) or fold(" ".join(head)) in _outlet_keys():
        return None
    tail = " ".join(rest)
    if (
        is_agency(tail)
        or fold(tail).removeprefix("the ") in _outlet_keys()
        or _bare(rest[0]) == "the"
        or (rest[0].islower() and rest[0] in lists["stoppers"])
        or _is_role(tail)
    ):
        return " ".join(head)
    return None


def _is_role(name: str) -> bool:
    words = [_bare(word) for word in name.split()]
    roles = _lists()["roles"]
    return words[-1] in roles or (len(words) > 1 and " ".join(words[-2:]) in roles) or words[0] in roles


def _cut(name: str) -> str:
    """The name before what says where, for whom or as what."""
    match = _lists()["stopper_pattern"].search(name)
    if match and match.start() > 0:
        name = name[: match.start()]
    name = re.sub(r"^[Bb]y(?=[A-Z])", "", name)
    words = name.split()
    lists = _lists()
    while len(words) > 2 and _bare(words[0]) in lists["roles"]:
        words = words[1:]
    for index in range(2, len(words)):
        if _bare(words[index]) in lists["roles"]:
            words = words[:index]
            break
    name = " ".join(words)
    return name.strip(" ,;:")


def _shape(name: str, *, person: bool) -> tuple[str, str]:
    """Whether a cut name looks like a person's."""
    words = name.split()
    lists = _lists()
    particles = lists["particles"]
    if len(name) > MAX_NAME_CHARS or not words:
        return "nothing", ""
    if any(word.lower() in lists["furniture"] for word in words):
        return "nothing", ""
    core = [
        word for word in words if word.lower() not in particles and word.lower().strip(",") not in lists["suffixes"]
    ]
    if not core or any(not _NAME_WORD.match(word.rstrip(",")) for word in core):
        return "nothing", ""
    if len(words) == 1:
        return ("nothing", "") if any(c.isdigit() for c in name) else ("lone", name)
    capital = sum(1 for word in core if word[0].isupper() or not (word[0].islower()))
    if len(words) > 6 or (capital < len(core) and not (person and len(words) <= 4)):
        return "nothing", ""
    if all(_INITIALS.match(word) for word in core):
        return "lone", name
    return "person", name
