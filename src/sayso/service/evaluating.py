"""Score readings against gold: read the gold's texts, or take readings that were made before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from sayso.engines.local import Job, ordered_map
from sayso.errors import InvalidSetting
from sayso.evaluation import articles, attributions, timexes
from sayso.evaluation.gold import attributions_of, read_lines, record_of, timexes_of
from sayso.pipeline import Options, answer, warm_up
from sayso.pipeline.records import Answer, dump

from .scoring_claims import evaluate_claims
from .scoring_origins import evaluate_origins

__all__ = ["TASKS", "evaluate", "readings_for"]

Json = dict[str, Any]
TASKS = ("attributions", "timexes", "article", "claims", "origins")
LAYERS_OF = {"attributions": ("attributions",), "timexes": ("timexes",), "article": ("article",)}


def evaluate(
    task: str,
    gold_path: str | Path,
    *,
    readings_path: str | Path | None = None,
    heads_path: str | Path | None = None,
    speech_only: bool = False,
    workers: int = 1,
) -> tuple[Json, list[str]]:
    """Score one task.

    Args:
        task: one of `TASKS`.
        gold_path: JSON Lines of gold documents; their texts are read where no readings are given.
        readings_path: readings made before, matched on id.
        heads_path: for attributions, syntactic heads of gold sources.
        speech_only: for attributions, only cues with a speech word.
        workers: processes to read with.
    Returns:
        Figures, and mistakes in words.
    Raises:
        InvalidSetting: no such task, or a file can't be read.
    """
    if task not in TASKS:
        raise InvalidSetting(f"expected a task among {', '.join(TASKS)}, got {task}")
    gold = list(read_lines(gold_path))
    if task in ("claims", "origins"):
        figures, outcomes = evaluate_claims(gold) if task == "claims" else evaluate_origins(gold, workers)
        return figures, [f"{id}\t{words}" for id, right, words in outcomes if not right]
    readings = list(read_lines(readings_path)) if readings_path else readings_for(gold, LAYERS_OF[task], workers)
    if task == "attributions":
        heads = json.loads(Path(heads_path).read_text(encoding="utf-8")) if heads_path else None
        found = _found(readings, attributions_of, "attributions")
        figures, failures = attributions.evaluate(gold, found, heads=heads, speech_only=speech_only)
        return figures, [f"{f.kind}\t{f.doc_id}\t{f.words}" for f in failures]
    if task == "timexes":
        figures, wrong = timexes.evaluate(gold, _found(readings, timexes_of, "timexes"))
        return figures, [f"{w.kind}\t{w.doc_id}\t{_timex(w.gold)}\t{_timex(w.found)}\t{w.context}" for w in wrong]
    return articles.evaluate(gold, {reading["id"]: reading for reading in readings}), []


def _found(readings: Iterable[Json], shape: Callable[[Json], Json], key: str) -> list[Json]:
    """Readings in the scorer's shape, or as they are where they have it already."""
    return [r if "doc_id" in r and key in r else shape(r) for r in readings]


def _timex(timex: Json | None) -> str:
    return "-" if timex is None else f"{timex.get('text', '')} {timex['type']} {timex.get('value')}".strip()


def readings_for(gold: Iterable[Json], layers: tuple[str, ...], workers: int = 1) -> list[Json]:
    """Readings of gold documents, through the batch door's own records."""
    options = Options(layers=layers, paths=False)
    lines = (dump(record_of(document)).encode() for document in gold)
    job = Job(partial(answer, options=options), _lost, partial(warm_up, layers))
    answers = ordered_map(job, lines, workers=workers)
    return [json.loads(got.line) for got in answers]


def _lost(raw: bytes) -> Answer:
    raise InvalidSetting("expected every gold document to be read, got a worker that died; read with one worker")
