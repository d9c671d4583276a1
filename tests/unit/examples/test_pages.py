from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from sayso.examples import example_pages

EXPECTED = Path(__file__).parents[3] / "examples" / "expected.yaml"


def expected() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(EXPECTED.read_text(encoding="utf-8"))
    return found


def words_of(name: str) -> str:
    page = next(p for p in example_pages() if p.name == name).read_text(encoding="utf-8")
    bare = re.sub(r"<(script|style|head)\b.*?</\1>", " ", page, flags=re.S)
    text = html.unescape(re.sub(r"<br ?/?>|</?(?:p|div|h\d|li|td)\b[^>]*>", "\n", bare))
    return re.sub(r"[ \n\t\xa0]+", " ", re.sub(r"<[^>]*>", "", text))


def test_every_page_is_expected_and_there_are_eight() -> None:
    assert [p.name for p in example_pages()] == sorted(expected())
    assert len(example_pages()) == 8


@pytest.mark.parametrize("name", sorted(expected()))
def test_what_is_expected_stands_on_the_page(name: str) -> None:
    text, want = words_of(name), expected()[name]
    snippets = [want["headline"], *want["own"], *want["foreign"], *want["own_voice"]]
    snippets += [said[key] for said in want["said"] for key in ("source", "content")]
    snippets += [time[key] for time in want["times"] for key in ("at", "words")]
    snippets += [found["at"] for found in want["findings"]]
    assert [s for s in snippets if s not in text] == []
