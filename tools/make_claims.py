"""Write the pairs of the claims set from `evaluation/sets/claims/events.yaml`; the same pairs on every run.

usage: python tools/make_claims.py

Events of the first half make tune.jsonl, the others unseen.jsonl: no event, wording or filling of a half's
statements beyond names and numbers stands in the other.
"""

from __future__ import annotations

import hashlib
import json
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent.parent / "evaluation/sets/claims"
SAME, OTHER = 6, 4
DIFFERENCE = {"n": "number", "m": "number", "day": "date", "when": "date", "place": "place"}


def order(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def filled(template: str, slots: dict[str, str]) -> str:
    text = template.format(**slots)
    return text[0].upper() + text[1:]


def pairs(event: dict[str, Any]) -> list[tuple[str, str, str, str | None]]:
    """Texts, label and difference."""
    told = {name: values[0] for name, values in event["slots"].items()}
    name = event["id"]
    rows: list[tuple[str, str, str, str | None]] = []
    both = sorted(combinations(event["same"], 2), key=lambda pair: order(name, pair))
    rows += [(filled(a, told), filled(b, told), "same", None) for a, b in both[:SAME]]
    for slot, values in event["slots"].items():
        holding = [pair for pair in both if all("{" + slot + "}" in side for side in pair)]
        for a, b in holding[:1]:
            changed = {**told, slot: values[1]}
            rows.append((filled(a, told), filled(b, changed), "different", DIFFERENCE.get(slot, "actor")))
    for at, template in enumerate(event["not"]):
        rows.append(
            (filled(event["same"][at % len(event["same"])], told), filled(template, told), "contradiction", "negation")
        )
    mixed = sorted(((a, b) for a in event["same"] for b in event["other"]), key=lambda pair: order(name, pair, 1))
    rows += [(filled(a, told), filled(b, told), "different", "other") for a, b in mixed[:OTHER]]
    return [(b, a, *rest) if order(name, a, b)[0] in "01234567" else (a, b, *rest) for a, b, *rest in rows]


def main() -> None:
    events = yaml.safe_load((FOLDER / "events.yaml").read_text(encoding="utf-8"))
    half = len(events) // 2
    for part, chosen in (("tune", events[:half]), ("unseen", events[half:])):
        lines = []
        for event in chosen:
            for number, (a, b, label, difference) in enumerate(pairs(event)):
                row = {"id": f"{event['id']}-{number}", "a": a, "b": b, "label": label, "difference": difference}
                lines.append(json.dumps(row, ensure_ascii=False))
        (FOLDER / f"{part}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(part, len(lines))


if __name__ == "__main__":
    main()
