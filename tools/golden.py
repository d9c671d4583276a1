"""Rewrite the golden readings of the example pages; people read the diff.

usage: python tools/golden.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import sayso
from sayso.examples import example_pages

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests/golden"
LAYERS = ("article", "entities", "attributions", "own_voice", "timexes", "events", "findings")


def words(text: str, value: Any, key: str = "") -> Any:
    """Spans with the words under them, so that a diff can be read."""
    if isinstance(value, dict):
        return {k: words(text, v, k) for k, v in value.items()}
    if (
        isinstance(value, list)
        and len(value) == 2
        and all(type(v) is int for v in value)
        and key not in ("runs", "heads")
    ):
        return f"{value[0]}:{value[1]} {text[value[0] : value[1]]}"
    if isinstance(value, list):
        return [words(text, v, key) for v in value]
    return value


def layers_of(path: Path) -> dict[str, Any]:
    """Each layer of a page's reading in golden form."""
    reading = sayso.read(path).to_dict()
    text = reading["article"]["text"]
    layers = {name: words(text, reading[name]) for name in LAYERS if name != "article"}
    article = dict(reading["article"])
    runs = article.pop("runs")
    layers["article"] = {**words(text, article), "text": text.split("\n"), "runs": len(runs)}
    return layers


def dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    for path in example_pages():
        folder = GOLDEN / path.stem
        folder.mkdir(parents=True, exist_ok=True)
        for name, value in layers_of(path).items():
            (folder / f"{name}.json").write_text(dumped(value), encoding="utf-8")


if __name__ == "__main__":
    main()
