"""Writes tune.jsonl and unseen.jsonl from items/*.txt, by a hash of each text; practice*.jsonl from practice*/*.txt."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from sayso.evaluation.chain_markup import as_json, parse_items

HERE = Path(__file__).parent
PRACTICE = ("practice", "practice-2", "practice-3", "practice-4", "practice-5")


def half_of(text: str) -> str:
    """tune or unseen, by the first byte of the text's SHA-256."""
    return "tune" if hashlib.sha256(text.encode("utf-8")).digest()[0] % 2 == 0 else "unseen"


def halves() -> dict[str, list[str]]:
    """The lines of either half, in the order of the item files."""
    lines: dict[str, list[str]] = {"tune": [], "unseen": []}
    for path in sorted((HERE / "items").glob("*.txt")):
        for item in parse_items(path.read_text(encoding="utf-8"), prefix=path.stem + "-"):
            row = as_json(item)
            lines[half_of(item.text)].append(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
    return lines


def practice(folder: str) -> list[str]:
    """The lines of the items written later, to be learned from."""
    paths = sorted((HERE / folder).glob("*.txt"))
    items = [i for p in paths for i in parse_items(p.read_text(encoding="utf-8"), prefix=p.stem + "-")]
    return [json.dumps(as_json(item), ensure_ascii=False, separators=(",", ":")) for item in items]


def main() -> None:
    """Write the parts and print how many items each holds."""
    for half, lines in {**halves(), **{folder: practice(folder) for folder in PRACTICE}}.items():
        (HERE / f"{half}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(half, len(lines))


if __name__ == "__main__":
    main()
