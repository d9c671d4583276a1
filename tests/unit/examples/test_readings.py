"""The example pages, read: what must be right on them, and how much of the rest is."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from sayso.examples import example_pages
from sayso.service import read

from .reading_checks import attribution_for, chain_names, same_chain, standing, value_of

EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[3] / "examples" / "expected.yaml").read_text(encoding="utf-8")
)
PAGES = sorted(EXPECTED)
pytestmark = pytest.mark.full
FLOORS = {"own": 0.9, "foreign": 0.8, "said": 0.8, "source_kind": 0.6, "chain": 0.6, "polarity": 0.9, "certainty": 0.9}
"""Shares right over all pages, below which a change has broken something; raised as the stages improve."""


@cache
def reading(name: str) -> dict[str, Any]:
    return read(next(p for p in example_pages() if p.name == name)).to_dict()


def said() -> list[tuple[dict[str, Any], dict[str, Any], dict[str, Any] | None]]:
    return [(reading(n), want, attribution_for(reading(n), want)) for n in PAGES for want in EXPECTED[n]["said"]]


def answers(measure: str) -> list[bool]:
    if measure == "own":
        return [standing(reading(n), words) == "story" for n in PAGES for words in EXPECTED[n]["own"]]
    if measure == "foreign":
        return [standing(reading(n), words) != "story" for n in PAGES for words in EXPECTED[n]["foreign"]]
    if measure == "said":
        return [got is not None for _, _, got in said()]
    found = [(page, want, got) for page, want, got in said() if got]
    if measure == "source_kind":
        return [got["source_kind"] == want.get("kind", "unknown") for _, want, got in found]
    if measure == "chain":
        return [same_chain(chain_names(page, got), want["chain"]) for page, want, got in found if "chain" in want]
    plain = {"polarity": "affirmed", "certainty": "plain"}[measure]
    return [got["footing"][measure] == want.get(measure, plain) for _, want, got in found]


@pytest.mark.parametrize("measure", sorted(FLOORS))
def test_most_of_what_an_editor_finds_is_found(measure: str) -> None:
    right = answers(measure)
    assert sum(right) / len(right) >= FLOORS[measure]


@pytest.mark.parametrize("name", PAGES)
def test_headline(name: str) -> None:
    assert reading(name)["article"]["headline"]["value"] == EXPECTED[name]["headline"]


@pytest.mark.parametrize("name", PAGES)
def test_byline(name: str) -> None:
    assert reading(name)["article"]["byline"] == EXPECTED[name]["byline"]


@pytest.mark.parametrize("name", PAGES)
def test_publisher(name: str) -> None:
    assert reading(name)["article"]["publisher"] == EXPECTED[name]["publisher"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("key", ["date_published", "date_modified"])
def test_dates(name: str, key: str) -> None:
    date = reading(name)["article"][key]
    assert (date["value"][:10] if date else None) == EXPECTED[name][key]


@pytest.mark.parametrize("name", PAGES)
def test_representation(name: str) -> None:
    assert reading(name)["article"]["representation"] == EXPECTED[name]["representation"]


@pytest.mark.parametrize("name", PAGES)
def test_times(name: str) -> None:
    wrong = [(t["at"], value_of(reading(name), t)) for t in EXPECTED[name]["times"]]
    assert [w for w, t in zip(wrong, EXPECTED[name]["times"], strict=True) if w[1] != (True, t["value"])] == []


@pytest.mark.parametrize("name", PAGES)
def test_nobody_is_named_where_nobody_can_tell(name: str) -> None:
    for want in EXPECTED[name]["said"]:
        if want.get("open") and (got := attribution_for(reading(name), want)):
            assert got["entity"] is None


@pytest.mark.parametrize("name", PAGES)
def test_findings_on_the_copy_are_those_an_editor_makes(name: str) -> None:
    codes = {f["code"] for f in reading(name)["findings"] if f["code"].startswith("SAY3")}
    assert codes == {f["code"] for f in EXPECTED[name]["findings"] if f.get("code", "").startswith("SAY3")}
