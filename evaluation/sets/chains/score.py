"""Reads a half of the set and prints the figures: `python evaluation/sets/chains/score.py tune [--errors]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from sayso.evaluation.chains import load_chains, score_chains
from sayso.service import read_text

HERE = Path(__file__).parent


def main() -> None:
    """Score one half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "half", choices=["tune", "unseen", "practice", "practice-2", "practice-3", "practice-4", "practice-5"]
    )
    parser.add_argument("--errors", action="store_true", help="list every wrong answer; never for the unseen half")
    parser.add_argument("--file", default="", help="of the practice items, those of the file so called")
    options = parser.parse_args()
    if options.errors and options.half == "unseen":
        parser.error("expected --errors with tune or practice: the unseen half is for the figure, not for reading")
    items = [item for item in load_chains(HERE / f"{options.half}.jsonl") if item.id.startswith(options.file)]
    readings = {item.id: read_text(item.text).to_dict() for item in items}
    scores = score_chains(items, readings)
    print("\n".join(scores.lines()))
    if options.errors:
        print("\n".join(sorted(scores.errors)))


if __name__ == "__main__":
    main()
