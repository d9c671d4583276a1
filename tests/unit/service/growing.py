"""Pages of a growing case, made without reading anything: invented stories with copies and quotations."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from sayso.model import LAYERS, Article, Block, Given, Page, Reading, Run, Span, page_id
from sayso.store import Entry, Store, entry_of

__all__ = ["Row", "fill", "pages"]

Row = tuple[str, str, str]
"""Id, outlet, text."""
WORDS = [a + b + c for a in ("ka", "lo", "mi", "tu", "ve", "zo") for b in "bdgmnr" for c in ("a", "eth", "il", "on")]
FOOTER = "All rights belong to the house. Letters of the editors come every morning."


def pages(count: int, seed: int) -> list[Row]:
    """Pages in order of arrival: of a story every third is new, one is a copy, one quotes."""
    dice = random.Random(seed)
    told: list[tuple[int, list[str]]] = []
    rows = []
    for number in range(count):
        story = dice.randrange(1 + number // 4)
        older = [lines for held, lines in told if held == story]
        lines = _lines(dice, story)
        if older and dice.random() < 0.6:
            lines = [line for line in dice.choice(older) if dice.random() < 0.8] or lines
        elif older:
            lines.insert(1, older[0][-1])
        told.append((story, lines))
        rows.append((f"p{number}", f"Outlet {dice.randrange(5)}", "\n".join([*lines, FOOTER])))
    return rows


def _lines(dice: random.Random, story: int) -> list[str]:
    names = [f"{word.capitalize()}{story}" for word in random.Random(story).sample(WORDS, 4)]
    return [" ".join(dice.choices(WORDS, k=12) + dice.choices(names, k=4)).capitalize() + "." for _ in range(5)]


def fill(folder: Path, rows: Sequence[Row], *, shard_size: int = 16) -> None:
    """Take pages in, with nothing read of them."""
    with Store(folder, create=True).writer(shard_size=shard_size) as writer:
        for entry in _entries(rows):
            writer.add(entry)


def _entries(rows: Sequence[Row]) -> Iterator[Entry]:
    empty = dict.fromkeys(("sentences", "entities", "attributions", "own_voice", "timexes", "events", "findings"), ())
    for id, outlet, text in rows:
        body = text.encode()
        page = Page(page_id(body), body, text, "text/plain", "utf-8", given=Given(id=id, publisher=outlet))
        article = Article("a", page.id, text, (Block(Span(0, len(text)), "paragraph"),), (Run(len(text), 0),))
        reading = Reading(id, "0", page, article, LAYERS, **empty)
        yield entry_of(reading, hashlib.sha256(id.encode()).hexdigest(), "made")
