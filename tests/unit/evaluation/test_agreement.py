"""Our scorers against the reference scorers, to the digit, on predictions made wrong on purpose."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sayso.evaluation import articles, attributions, timexes
from sayso.evaluation.gold import read_lines

Json = dict[str, Any]
pytestmark = pytest.mark.data


def reference(folder: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"reference_{name}", folder / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def worsened_attributions(gold: list[Json], seed: int) -> list[Json]:
    chance = random.Random(seed)
    out = []
    for document in gold:
        made = []
        for a in document["attributions"]:
            if chance.random() < 0.2:
                continue
            moved = [[max(0, s - chance.choice((0, 0, 9))), e + chance.choice((0, 0, 14))] for s, e in a["content"]]
            made.append(
                {
                    "id": a["id"],
                    "content": moved,
                    "source": a["source"] if chance.random() < 0.7 else [],
                    "cue": a["cue"] if chance.random() < 0.8 else [],
                    "parent": a["id"] if chance.random() < 0.2 else None,
                }
            )
            if chance.random() < 0.1:
                made.append({**made[-1], "parent": "x", "content": a["content"]})
        out.append({"doc_id": document["doc_id"], "attributions": made})
    return out[3:]


@pytest.mark.parametrize("speech_only", [False, True])
def test_attribution_scores_agree(data: Path, reference_scorers: Path, speech_only: bool) -> None:
    gold = list(read_lines(data / "attribution/polnear_dev.jsonl"))[:40]
    heads = json.loads((data / "attribution/polnear_dev.heads.json").read_text())
    found = worsened_attributions(gold, 7)
    theirs, _ = reference(reference_scorers, "attribution").evaluate(gold, found, heads, speech_only, True)
    ours, _ = attributions.evaluate(gold, found, heads=heads, speech_only=speech_only)
    assert 0.3 < ours["joint@0.5"][2] < 0.95
    for key, value in ours.items():
        assert value == theirs[key], key


@pytest.mark.parametrize("canon", [False, True])
def test_timex_scores_agree(data: Path, reference_scorers: Path, canon: bool) -> None:
    chance = random.Random(3)
    gold = {g["doc_id"]: g for g in read_lines(data / "time/meantime.jsonl")}
    found = {}
    for name, document in list(gold.items())[2:]:
        made = [
            {
                "start": t["start"] - chance.choice((0, 0, 4)),
                "end": min(len(document["text"]), t["end"] + chance.choice((0, 0, 1, 6))),
                "type": chance.choice((t["type"], "DATE")),
                "value": chance.choice((t["value"], t["value"], "P12M", None)),
            }
            for t in document["timexes"]
            if chance.random() < 0.9
        ]
        found[name] = {"doc_id": name, "timexes": made + [{**t, "start": t["end"] - 2} for t in made[:1]]}
    theirs = reference(reference_scorers, "timexes").evaluate(gold, found, canon)
    ours, _ = timexes.evaluate(gold.values(), found.values(), canon=canon)
    assert 0.2 < ours["value_F1"] < 0.95
    for key, value in ours.items():
        assert value == theirs[key], key


def test_article_scores_agree(data: Path, reference_scorers: Path) -> None:
    chance = random.Random(5)
    pages = [page for page, _ in zip(read_lines(data / "pages/wcxb_dev.jsonl.gz"), range(40), strict=False)]
    readings = {}
    for page in pages[1:]:
        lines = [line for line in (page["gold"]["text"] or "").split("\n") if line.strip()]
        text, blocks = "", []
        for line in lines:
            kind = chance.choice(("paragraph", "paragraph", "teaser", "heading"))
            blocks.append({"span": [len(text), len(text) + len(line)], "kind": kind, "foreign": chance.random() < 0.1})
            text += line + "\n\n"
        article = {
            "text": text,
            "blocks": blocks,
            "headline": {"value": page["gold"].get("title")},
            "byline": page["gold"].get("authors") or [],
            "date_published": {"value": page["gold"].get("date")},
        }
        readings[page["id"]] = {"id": page["id"], "article": article}
    theirs = reference(reference_scorers, "article").score(pages, readings)
    assert articles.evaluate(pages, readings) == theirs
    assert 0.3 < theirs["f1"] < 0.99
