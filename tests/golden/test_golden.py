"""Readings of the example pages, layer by layer, so that a failure names what changed; and the contract on each."""

from __future__ import annotations

import json
from collections import Counter
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
READ_FROM_TAGGER = frozenset({"attributions", "own_voice", "events", "findings"})
"""Layers that hang on the int8 network, whose last digits hang on the processor's instruction set."""
PASSING = frozenset({"id", "score", "foreign_score", "attribution", "parent"})
FEW, ONE_IN = 4, 10
"""Items that may differ, at most: so few, or one in so many."""


@cache
def layers(path: Path) -> dict[str, Any]:
    return layers_of(path)


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_layer_is_as_it_was_read(path: Path, layer: str) -> None:
    wanted = (GOLDEN / path.stem / f"{layer}.json").read_text(encoding="utf-8")
    found = dumped(layers(path)[layer])
    if found != wanted and layer in READ_FROM_TAGGER:
        differing, items = differences(json.loads(wanted), json.loads(found))
        assert differing <= max(FEW, items // ONE_IN)
    elif layer == "article":
        assert bare(json.loads(found)) == bare(json.loads(wanted))
    else:
        assert found == wanted


def differences(wanted: list[Any], found: list[Any]) -> tuple[int, int]:
    """How many items only one of the two lists has, but for scores and ids; and how many `wanted` has."""
    left, right = (Counter(map(told, items)) for items in (wanted, found))
    return sum((left - right).values()) + sum((right - left).values()), len(wanted)


def told(item: Any) -> str:
    """An item without its numbers of certainty and the ids that lead elsewhere."""
    return json.dumps(bare(item), sort_keys=True)


def bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: bare(one) for key, one in value.items() if key not in PASSING}
    return [bare(one) for one in value] if isinstance(value, list) else value


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
