"""Score origins end to end: each case's pages are read into a case of their own and its claim is asked for."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sayso.errors import InvalidSetting

__all__ = ["evaluate_origins"]

Json = dict[str, Any]


def evaluate_origins(gold: Iterable[Json], workers: int = 1) -> tuple[Json, list[tuple[str, bool, str]]]:
    """Count the origins of every `{"id", "claim", "origins", "pages"}`.

    Returns:
        Shares of cases whose count is exact, whose interval holds the truth, and whose count isn't below the truth
        without a stated reason; then each case's id, whether it is exact, and what came out.
    """
    rows = list(gold)
    outcomes, inside, honest = [], 0, 0
    for row, (low, likely, high, reasons, told) in zip(rows, _answers(rows, workers), strict=True):
        truth = row["origins"]
        inside += low <= truth <= high
        honest += likely >= truth or bool(reasons)
        words = f"{truth} origins, {likely} found ({low} to {high}), {told} statements; {'; '.join(reasons)}"
        outcomes.append((str(row["id"]), likely == truth, words))
    total = max(1, len(rows))
    exact = sum(ok for _, ok, _ in outcomes)
    return {"exact": exact / total, "inside": inside / total, "reasoned": honest / total}, outcomes


def _answers(rows: list[Json], workers: int) -> Iterable[tuple[int, int, int, tuple[str, ...], int]]:
    from .case import Case

    with tempfile.TemporaryDirectory() as folder:
        # All pages are read in one go, for models load once; then each case gets its own.
        entries = _entries(rows, Path(folder), workers)
        for number, row in enumerate(rows):
            case = Case(Path(folder) / str(number))
            _fill(case, entries[str(row["id"])])
            try:
                found = case.origins(row["claim"])
            except InvalidSetting:
                yield 0, 0, 0, ("the claim was not found",), 0
                continue
            result = found.origins
            yield result.min, result.likely, result.max, result.reasons, len(found.claim.statements)


def _entries(rows: list[Json], folder: Path, workers: int) -> dict[str, list[Any]]:
    from sayso.engines.engine import Engine
    from sayso.engines.ingest import items_of, read_entries

    lines = [(str(row["id"]), json.dumps(page).encode()) for row in rows for page in row["pages"]]
    # The same page may stand in two cases: its key says which.
    entries: dict[str, list[Any]] = {str(row["id"]): [] for row in rows}
    for entry in read_entries(items_of(lines), engine=Engine(workers=workers)):
        entries[entry.source].append(entry)
    return entries


def _fill(case: Any, entries: list[Any]) -> None:
    from sayso.store import Store

    with Store(case.path, create=True).writer() as writer:
        for entry in entries:
            writer.add(entry)
