"""The table of news phrases, each with its publication day, span, type, value and mod."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from time_reading import timexes

from sayso.model import Timex

TABLE = Path(__file__).parents[4] / "evaluation" / "sets" / "time" / "phrases.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
KINDS = sorted({row["kind"] for row in ROWS})


@cache
def read(text: str, published: str | None) -> list[Timex]:
    """The expressions of a text; several rows may ask for one each."""
    return timexes(text, published)


def problem(row: dict[str, Any]) -> str | None:
    """What is wrong with the reading of a row, in words; None if nothing is."""
    found = read(row["text"], row["published"])
    seen = [(t.span.of(row["text"]), t.type, t.value, t.mod) for t in found]
    if row["phrase"] is None:
        return f"{row['id']}: nothing was expected, got {seen}" if found else None
    wanted = (row["phrase"], row["type"], row["value"], row.get("mod"))
    if wanted not in seen:
        return f"{row['id']}: expected {wanted}, got {seen} in {row['text']!r} of {row['published']}"
    if "earliest" in row:
        timex = found[seen.index(wanted)]
        if (timex.earliest, timex.latest) != (row["earliest"], row["latest"]):
            return f"{row['id']}: expected {row['earliest']}..{row['latest']}, got {timex.earliest}..{timex.latest}"
    return None


def test_table_has_600_phrases() -> None:
    assert len(ROWS) >= 600
    assert len({row["id"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("kind", KINDS)
def test_phrases_of_kind(kind: str) -> None:
    problems = [p for row in ROWS if row["kind"] == kind if (p := problem(row))]
    assert not problems, "\n".join(problems)


def test_every_reading_says_why() -> None:
    for row in ROWS[::20]:
        for timex in read(row["text"], row["published"]):
            assert timex.reason
            assert timex.score is not None
            assert timex.value is not None or timex.score <= 0.5
