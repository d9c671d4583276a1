"""The marked-up form that attributions with chains are written in by hand.

An item is a line of labels, a line of text and a line for each attribution:

    @ courts wire indirect nested
    [s1 The mayor] [q1 said] [c1 that [s2 an aide] [q2 had told] him [c2 the bridge was safe]].
    1 named_official
    2 ^1 unnamed_official hedged

`s`, `q`, `c` are source, cue and content; brackets nest; a role may have several brackets. `//` parts paragraphs.
README.md beside the set says what the words mean.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, get_args

from sayso.errors import BadInput
from sayso.model.annotation import SOURCE_KINDS, Act, Attitude

__all__ = ["ROLES", "GoldAttribution", "Item", "as_json", "parse_items", "plain_and_spans"]

ROLES = {"s": "source", "q": "cue", "c": "content"}
_BRACKET = re.compile(r"\[([sqc])(\d+)(?: |(?=\]))|\]")
Step = tuple[str, str]
"""(kind, name) of a step of a chain."""


@dataclass(slots=True)
class GoldAttribution:
    """One attribution as marked."""

    number: int
    kind: str = "unknown"
    parent: int | None = None
    form: str = "indirect"
    tier: str = "speech"
    polarity: str = "affirmed"
    certainty: str = "plain"
    attitude: str = "neutral"
    act: str = "report"
    entity: str | None = None
    """Whom the source means, where its own words don't name them."""
    open: bool = False
    """Whether the source must stay unresolved."""
    via: str | None = None
    """The outlet that the source spoke to, where the text says so."""
    source: list[tuple[int, int]] = field(default_factory=list)
    cue: list[tuple[int, int]] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)
    chain: list[Step] = field(default_factory=list)


@dataclass(slots=True)
class Item:
    """One item of the set."""

    id: str
    beat: str
    register: str
    forms: list[str]
    marked: str
    text: str
    attributions: list[GoldAttribution]


def plain_and_spans(marked: str) -> tuple[str, dict[tuple[str, int], list[tuple[int, int]]]]:
    """The text less its brackets, and the spans of each (role, number), in code points of that text.

    Raises:
        BadInput: brackets don't balance.
    >>> plain_and_spans("[s1 Ann] [q1 said] no")
    ('Ann said no', {('q', 1): [(4, 8)], ('s', 1): [(0, 3)]})
    """
    out: list[str] = []
    length = at = 0
    stack: list[tuple[str, int, int]] = []
    spans: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for match in _BRACKET.finditer(marked):
        out.append(marked[at : match.start()])
        length += match.start() - at
        at = match.end()
        if match[1]:
            stack.append((match[1], int(match[2]), length))
        elif not stack:
            raise BadInput(f"expected brackets that balance, got ] too many at character {match.start()} of {marked!r}")
        else:
            role, number, start = stack.pop()
            spans.setdefault((role, number), []).append((start, length))
    if stack:
        raise BadInput(f"expected brackets that balance, got an open [{stack[-1][0]}{stack[-1][1]} in {marked!r}")
    return "".join(out) + marked[at:], {key: sorted(value) for key, value in sorted(spans.items())}


def parse_items(authored: str, *, prefix: str) -> Iterator[Item]:
    """Read items as written by hand.

    Args:
        authored: the file's text; blank lines part items.
        prefix: what ids begin with; the item's place follows.
    Raises:
        BadInput: an item breaks the form.
    """
    for number, chunk in enumerate(re.split(r"\n\s*\n", authored.strip()), 1):
        lines = [line for line in chunk.splitlines() if line.strip()]
        yield _item(lines, f"{prefix}{number:03d}")


def _item(lines: list[str], item_id: str) -> Item:
    if len(lines) < 2 or not lines[0].startswith("@ "):
        raise BadInput(f"expected a line that begins with @, then text, got {lines[:1]!r} at {item_id}")
    beat, register, *forms = lines[0][2:].split()
    marked = lines[1].replace(" // ", "\n\n")
    text, spans = plain_and_spans(marked)
    found = [_attribution(line, spans, item_id) for line in lines[2:]]
    numbers = {a.number for a in found}
    if loose := {n for _, n in spans} - numbers:
        raise BadInput(f"expected a line for every number, got none for {sorted(loose)} at {item_id}")
    by_number = {a.number: a for a in found}
    for attribution in found:
        attribution.chain = _chain(attribution, by_number, text, item_id)
    return Item(item_id, beat, register, forms, marked, text, found)


def _attribution(line: str, spans: dict[tuple[str, int], list[tuple[int, int]]], item_id: str) -> GoldAttribution:
    head, *words = shlex.split(line, posix=True)
    gold = GoldAttribution(int(head))
    for word in words:
        _apply(gold, word, item_id)
    for role, name in ROLES.items():
        setattr(gold, name, spans.get((role, gold.number), []))
    if not gold.content:
        raise BadInput(f"expected content of every attribution, got none for {gold.number} at {item_id}")
    return gold


_WORDS: dict[str, tuple[str, str]] = {
    "direct": ("form", "direct"),
    "mixed": ("form", "mixed"),
    "stance": ("tier", "stance"),
    "neg": ("polarity", "negated"),
    "both": ("polarity", "mixed"),
    "hedged": ("certainty", "hedged"),
    **{kind: ("kind", kind) for kind in SOURCE_KINDS},
    **{act: ("act", act) for act in get_args(Act)},
    **{attitude: ("attitude", attitude) for attitude in get_args(Attitude)},
}


def _apply(gold: GoldAttribution, word: str, item_id: str) -> None:
    if word.startswith("^"):
        gold.parent = int(word[1:])
    elif word.startswith("="):
        gold.entity = word[1:]
    elif word.startswith("via="):
        gold.via = word[4:]
    elif word == "open":
        gold.open = True
    elif word in _WORDS:
        setattr(gold, *_WORDS[word])
    else:
        raise BadInput(
            f"expected one of {', '.join(sorted(_WORDS))}, open, ^n, =name, via=name, got {word} at {item_id}"
        )


def _name(gold: GoldAttribution, text: str) -> str:
    return gold.entity or " ".join(text[start:end] for start, end in gold.source)


def _chain(gold: GoldAttribution, by_number: dict[int, GoldAttribution], text: str, item_id: str) -> list[Step]:
    inward: list[Step] = []
    at: GoldAttribution | None = gold
    seen: set[int] = set()
    while at is not None:
        if at.number in seen or (at.parent is not None and at.parent not in by_number):
            raise BadInput(f"expected parents without a circle, got ^{at.parent} at {item_id}")
        seen.add(at.number)
        inward.append((at.kind, _name(at, text)))
        if at.via:
            inward.append(("outlet", at.via))
        at = by_number[at.parent] if at.parent is not None else None
    return [("page", ""), *reversed(inward)]


def as_json(item: Item) -> dict[str, Any]:
    """The item as a line of the set."""
    from dataclasses import asdict

    return asdict(item)
