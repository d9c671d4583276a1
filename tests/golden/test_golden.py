"""Readings of the example pages, layer by layer, so that a failure names what changed; and the contract on each."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tools.golden import GOLDEN, LAYERS, dumped, layers_of

import sayso
from sayso.examples import example_pages
from sayso.model.schema import reading_schema

PAGES = example_pages()


@cache
def layers(path: Path) -> dict[str, Any]:
    return layers_of(path)


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_layer_is_as_it_was_read(path: Path, layer: str) -> None:
    wanted = (GOLDEN / path.stem / f"{layer}.json").read_text(encoding="utf-8")
    assert dumped(layers(path)[layer]) == wanted


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_reading_keeps_the_contract(path: Path) -> None:
    reading = sayso.read(path).to_dict()
    Draft202012Validator(reading_schema()).validate(reading)
    json.dumps(reading, allow_nan=False)
    check_references(reading)


def check_references(reading: dict[str, Any]) -> None:
    """Ids are unique and every reference leads somewhere; spans lie in the text and say something."""
    entities = {e["id"] for e in reading["entities"]}
    attributions = {a["id"] for a in reading["attributions"]}
    timexes = {t["id"] for t in reading["timexes"]}
    assert len(attributions) == len(reading["attributions"])
    assert len(timexes) == len(reading["timexes"])
    size = len(reading["article"]["text"])
    for a in reading["attributions"]:
        assert a["entity"] is None or a["entity"] in entities
        assert a["parent"] is None or a["parent"] in attributions
        assert a["chain"][0]["kind"] == "page"
        assert all(step["attribution"] is None or step["attribution"] in attributions for step in a["chain"])
        for start, end in [*a["source"], *a["cue"], *a["content"]]:
            assert 0 <= start < end <= size
    for event in reading["events"]:
        assert event["attribution"] is None or event["attribution"] in attributions
        assert event["time"] is None or event["time"]["timex"] is None or event["time"]["timex"] in timexes
    assert sum(length for length, _ in reading["article"]["runs"]) == size
