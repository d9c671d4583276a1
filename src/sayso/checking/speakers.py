"""Whether a text credits whom the page credits: the same speaker, by way of the same others."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sayso.corpus.graph import Source
from sayso.corpus.source_names import core_name, described_outlet, plain_name, spoken_for
from sayso.lang import load

from .pages import CheckedPage

__all__ = ["Credit", "compare_credit", "is_same_source", "is_unnamed"]

Relation = Literal["same", "open", "second_hand", "other"]
RELATIONS: tuple[Relation, ...] = ("same", "open", "second_hand", "other")
"""The best first."""
AROUND = 120
"""Code points around a name in which a page says what somebody is."""
MAX_MENTIONS = 6


@dataclass(frozen=True, slots=True)
class Credit:
    """What whom a text credits has to do with whom the page credits."""

    relation: Relation
    note: str = ""


@cache
def _words() -> dict[str, frozenset[str]]:
    held: dict[str, Any] = load("checking")
    return {key: frozenset(value.split()) for key, value in held.items()}


def is_unnamed(name: str) -> bool:
    """Whether words name nobody by themselves.

    >>> is_unnamed("she"), is_unnamed("Anna Berg")
    (True, False)
    """
    return not name or set(plain_name(name).split()) <= _words()["pronouns"] or plain_name(name) == "somebody"


def compare_credit(credited: Sequence[Source], told: Sequence[Source], page: CheckedPage, own: bool) -> Credit:
    """Compare the chains of a text and of a page.

    Args:
        credited: whom the text credits, outermost first; empty where it names nobody.
        told: whom the page credits, the page itself left out.
        page: the page; its outlet speaks where it credits nobody, and stands before every chain.
        own: whether the page says it in its own voice, as far as that is known.
    """
    if not credited or is_unnamed(credited[-1].name):
        return Credit("open")
    if told and is_unnamed(told[-1].name):
        return Credit("open", "the page doesn't name who says it")
    inner = credited[-1]
    if not told:
        return _own_voice(inner, page, own)
    if is_same_source(inner, told[-1], page):
        return _hands(credited, told, page)
    relays = [one for one in told[:-1] if is_same_source(inner, one, page)]
    if relays or _is_outlet(inner.name, page):
        return Credit("second_hand", f"{inner.name} only passes on what {told[-1].name} says")
    return Credit("other", f"credited to {inner.name}; the page has it from {told[-1].name}")


def _own_voice(inner: Source, page: CheckedPage, own: bool) -> Credit:
    if not own or (page.outlet is None and inner.kind in ("outlet", "document")):
        return Credit("open", "the page doesn't say who says it")
    if _is_outlet(inner.name, page):
        return Credit("same")
    return Credit("other", f"credited to {inner.name}; the page says it in its own voice")


def _hands(credited: Sequence[Source], told: Sequence[Source], page: CheckedPage) -> Credit:
    """Whether those between are told too, the speaker being the same."""
    between = [one for one in told[:-1] if not _is_outlet(one.name, page) and not is_unnamed(one.name)]
    between = [one for one in between if not one.name.lower().startswith("this ")]
    between = [one for one in between if not is_same_source(one, told[-1], page)]
    named = [one for one in credited[:-1] if not is_unnamed(one.name)]
    for one in named:
        if one.kind == "outlet" and not _is_outlet(one.name, page):
            known = any(_is_via(one, other, page) for other in between)
            if not known and " ".join(_bare(one.name)) not in page.text.lower():
                return Credit("other", f"told by way of {one.name}, which the page doesn't name")
    if between and not any(_is_via(one, other, page) for one in named for other in between):
        return Credit("second_hand", f"the page has it by way of {between[0].name}, not from {told[-1].name} directly")
    return Credit("same")


def _is_via(named: Source, told: Source, page: CheckedPage) -> bool:
    """Whether a text names the one between as the page does, or by its name where the page says “the newspaper”."""
    if is_same_source(named, told, page):
        return True
    return described_outlet(told.name) and " ".join(_bare(named.name)) in page.text.lower()


def _is_outlet(name: str, page: CheckedPage) -> bool:
    """Whether a name is the page's own outlet, or one that it credits."""
    return any(_alike(name, outlet) for outlet in (page.outlet, *page.credits) if outlet)


def is_same_source(a: Source, b: Source, page: CheckedPage | None = None) -> bool:
    """Whether two sources may be one, going by their names and by what the page says of them."""
    left, right = _named(core_name(a.name)), _named(core_name(b.name))
    if _alike(left, right):
        return True
    for one, other in ((left, right), (right, left)):
        whom = spoken_for(one)
        if whom and (_alike(whom, other) or _shares(whom, spoken_for(other) or "")):
            return True
    if _described(left) and _described(right):
        return _shares(left, right)
    if (a.kind == "outlet") != (b.kind == "outlet"):
        return False
    if page is None or _described(left) == _described(right):
        return page is not None and _speaks_for(left, right, page)
    role, name = (left, right) if _described(left) else (right, left)
    return _is_called(name, role, page)


def _named(name: str) -> str:
    """A name less what is said of it behind a comma."""
    head = name.split(",")[0]
    return head if len(head.split()) > 1 and not _described(head) else name


def _described(name: str) -> bool:
    """Whether words describe somebody without a name."""
    return not any(word[:1].isupper() for word in name.split()[1:]) and (
        name[:1].islower() or name.split()[0].lower() in ("a", "an", "the", "one", "two", "three", "some", "several")
    )


def _content(name: str) -> list[str]:
    return [word for word in plain_name(name).replace("/", " ").split() if word not in _words()["loose"]]


def _shares(a: str, b: str) -> bool:
    left, right = (frozenset(word.rstrip("s") for word in _content(name)) for name in (a, b))
    return bool(left & right)


def _bare(name: str) -> list[str]:
    """The words of a name less titles and a possessive ending."""
    words = plain_name(re.sub(r"['’]s$", "", name)).split()
    bare = [word for word in words if word not in _words()["titles"]]
    return bare or words


def _alike(a: str, b: str) -> bool:
    """Whether two names may name one.

    >>> _alike("Mayor Anna Berg", "Berg"), _alike("Anna Berg", "Tom Berg"), _alike("NTB", "National Trade Board")
    (True, False, True)
    """
    left, right = _bare(a), _bare(b)
    if not left or not right:
        return False
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    if len(short) == 1:
        initials = "".join(word[0] for word in long if word not in ("of", "the", "and", "for"))
        return short[0] == long[-1] or (len(long) > 2 and short[0] == initials)
    if short[-1] == long[-1]:
        return short[0] == long[0] or set(short) <= set(long) or _initial(short[0], long[0])
    return set(short) <= set(long) and len(short) > 1


def _initial(a: str, b: str) -> bool:
    return len(min(a, b, key=len)) == 1 and a[0] == b[0]


def _mentions(name: str, page: CheckedPage) -> list[str]:
    """Stretches of the page around a name's last word."""
    last = re.escape(_bare(name)[-1]) if _bare(name) else "(?!)"
    found = re.finditer(rf"\b{last}\b", page.text, re.IGNORECASE)
    out = []
    for _, match in zip(range(MAX_MENTIONS), found, strict=False):
        around = page.text[max(0, match.start() - AROUND) : match.end() + AROUND]
        out.append(around)
    return out


def _is_called(name: str, role: str, page: CheckedPage) -> bool:
    """Whether the page calls somebody by the role that another text gives instead of a name."""
    wanted = frozenset(word.rstrip("s") for word in _content(role))
    if not wanted or wanted & frozenset(plain_name(name).split()):
        return bool(wanted)
    last = re.escape(_bare(name)[-1])
    for match in itertools.islice(re.finditer(rf"\b{last}\b", page.text, re.IGNORECASE), MAX_MENTIONS):
        after = re.match(r",? (?:who (?:is|was|runs|heads) |is |was )?([^.;:,“”\"\n]{3,80})", page.text[match.end() :])
        before = re.search(r"([^.;:,“”\"\n]{3,60})$", page.text[max(0, match.start() - 60) : match.start()])
        said = [part.group(1).lower() for part in (after, before) if part]
        if any(wanted <= frozenset(word.rstrip("s") for word in re.findall(r"\w+", part)) for part in said):
            return True
    return False


def _speaks_for(a: str, b: str, page: CheckedPage) -> bool:
    """Whether one is an organization for which the page says that the other speaks."""
    for person, body in ((a, b), (b, a)):
        words = _bare(body)
        if len(words) < 2 or len(_bare(person)) > 3:
            continue
        phrase = " ".join(words)
        speaking = (
            rf"(?:spokes\w+|speaking|director|head|chief|chair\w*|president|secretary)\b.{{0,60}}\b{re.escape(phrase)}"
        )
        speaking += rf"|{re.escape(phrase)}['’]?s?\b.{{0,30}}(?:spokes\w+|director|head|chief|chair\w*|president)"
        if any(re.search(speaking, " ".join(around.lower().split())) for around in _mentions(person, page)):
            return True
    return False
