"""The gate: measured floors that a change may not fall below, and what it gained and lost, in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sayso.errors import InvalidSetting

__all__ = ["Floors", "Measured", "compare_items", "judge"]

Floors = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Measured:
    """What one set came to: figures by name, and for our own sets each item's outcome."""

    figures: Mapping[str, float]
    items: Mapping[str, bool] = field(default_factory=dict)


def judge(floors: Floors, measured: Mapping[str, Measured]) -> list[str]:
    """The floors that were missed, one line each; empty when all hold.

    A floor whose set wasn't measured is not missed: its data isn't here.
    """
    missed = []
    for name, wanted in sorted(floors.items()):
        if name not in measured:
            continue
        for figure, floor in sorted(wanted.items()):
            got = measured[name].figures.get(figure)
            if got is None:
                raise InvalidSetting(
                    f"expected a figure {figure!r} of set {name}, got {', '.join(sorted(measured[name].figures))}; "
                    "mend evaluation/floors.json"
                )
            # Floors are kept to four places; what rounds to its floor meets it.
            if round(got, 4) < floor:
                missed.append(f"{name}: {figure} is {got:.4f}, its floor {floor:.4f}")
    return missed


def raised(floors: Floors, measured: Mapping[str, Measured], *, allow_loss: bool) -> Floors:
    """Floors brought up to what was measured; lowered only where a loss is allowed."""
    out: Floors = {}
    for name, wanted in floors.items():
        figures = measured[name].figures if name in measured else {}
        out[name] = {
            figure: round(got, 4) if (got := figures.get(figure)) is not None and (got > floor or allow_loss) else floor
            for figure, floor in wanted.items()
        }
    return out


def compare_items(before: Mapping[str, bool], now: Mapping[str, bool]) -> tuple[list[str], list[str]]:
    """Items gained (wrong before, right now) and lost, by id."""
    gained = sorted(i for i, right in now.items() if right and not before.get(i, True))
    lost = sorted(i for i, right in now.items() if not right and before.get(i, False))
    return gained, lost


def load_floors(path: Path) -> Floors:
    """The floors on file.

    Raises:
        InvalidSetting: the file is missing or isn't a table of numbers.
    """
    try:
        floors = json.loads(path.read_text(encoding="utf-8"))
        return {name: {k: float(v) for k, v in wanted.items()} for name, wanted in floors.items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise InvalidSetting(f"expected floors as JSON, got “{error}” at {path}; restore the file") from error
