"""The batch door: records in, readings out, one line each, in order, resumable."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, BinaryIO

from sayso.engines.local import Job, ordered_map
from sayso.errors import InvalidSetting
from sayso.model import LAYERS, error_line
from sayso.pipeline import Options, answer, check_layers, warm_up
from sayso.pipeline.records import MAX_LINE_BYTES, Answer, dump
from sayso.version import __version__

__all__ = ["Report", "annotate"]


@dataclass(slots=True)
class Report:
    """What a run of the batch door came to."""

    answered: int = 0
    failed: int = 0
    resumed: int = 0
    """Lines that an earlier run had answered already."""
    unknown_keys: tuple[str, ...] = ()


def annotate(
    source: str,
    output: str,
    *,
    layers: tuple[str, ...] = LAYERS,
    workers: int = 1,
    min_score: float = 0.0,
    resume: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> Report:
    """Read every record of `source` and write one reading or error a line to `output`.

    Args:
        source: a JSON Lines file, or `-` for standard input.
        output: the file to write, or `-` for standard output. A file is written as `OUTPUT.part`,
            a whole line at a time, and renamed at the end.
        layers: what to compute, among `sayso.model.LAYERS`.
        workers: number of processes; changes no byte of the result.
        min_score: attributions below it are left out.
        resume: go on after the last whole line of `OUTPUT.part`.
        progress: called with the number of lines answered.
    Returns:
        Counts of the run.
    Raises:
        InvalidSetting: a setting is wrong, a file can't be opened, or the run to resume was another.
    """
    if workers < 1:
        raise InvalidSetting(f"expected at least 1 worker, got {workers}; give --workers 1 or more")
    if resume and "-" in (source, output):
        raise InvalidSetting("expected files to resume a run, got a standard stream; name --output and the input")
    options = Options(
        layers=check_layers(layers), min_score=min_score, folder=str(Path(source).parent) if source != "-" else "."
    )
    with _opened(source) as lines:
        if output == "-":
            return _run(lines, sys.stdout, options, workers, Report(), progress)
        return _to_file(lines, source, Path(output), options, workers, resume, progress)


def _opened(source: str) -> BinaryIO:
    if source == "-":
        return sys.stdin.buffer
    try:
        return open(source, "rb")
    except OSError as error:
        raise InvalidSetting(f"expected a readable file, got “{error.strerror}” at {source}; check the path") from error


def _to_file(
    lines: BinaryIO,
    source: str,
    output: Path,
    options: Options,
    workers: int,
    resume: bool,
    progress: Callable[[int], None],
) -> Report:
    part, state = output.with_name(output.name + ".part"), output.with_name(output.name + ".part.json")
    report = Report()
    try:
        now = {
            "version": __version__,
            "input": _digest(source),
            "layers": options.layers,
            "min_score": options.min_score,
        }
        if resume and part.exists():
            _check_same(state, now, part)
            report.resumed = _whole_lines(part)
        else:
            part.write_bytes(b"")
            state.write_text(json.dumps(now), encoding="utf-8")
        with open(part, "a", encoding="utf-8", newline="\n") as out:
            _run(lines, out, options, workers, report, progress)
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, output)
        state.unlink(missing_ok=True)
    except OSError as error:
        raise InvalidSetting(f"expected to write {output}, got “{error.strerror}”; check the path and space") from error
    return report


def _digest(source: str) -> str | None:
    if source == "-":
        return None
    with open(source, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _check_same(state: Path, now: Mapping[str, object], part: Path) -> None:
    try:
        before = json.loads(state.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        before = {}
    wanted = json.loads(json.dumps(now))
    other = sorted(key for key in wanted if before.get(key) != wanted[key])
    if other:
        raise InvalidSetting(
            f"expected the run that wrote {part} to have the same {', '.join(other)}, got another; "
            "run without --resume to start over"
        )


def _whole_lines(part: Path) -> int:
    """Cut a half-written last line off; return how many whole ones there are."""
    count = keep = 0
    with open(part, "rb+") as handle:
        for line in handle:
            if line.endswith(b"\n"):
                count, keep = count + 1, keep + len(line)
        handle.truncate(keep)
    return count


def _run(
    lines: BinaryIO,
    out: IO[str],
    options: Options,
    workers: int,
    report: Report,
    progress: Callable[[int], None],
) -> Report:
    records = _lines(lines)
    for _ in range(report.resumed):
        next(records, None)
    unknown: set[str] = set()
    job = Job(partial(answer, options=options), _lost, partial(warm_up, options.layers))
    answers = ordered_map(job, records, workers=workers)
    for got in answers:
        out.write(got.line + "\n")
        out.flush()
        report.answered += 1
        report.failed += got.failed
        unknown.update(got.unknown_keys)
        progress(report.resumed + report.answered)
    report.unknown_keys = tuple(sorted(unknown))
    return report


def _lost(raw: bytes) -> Answer:
    try:
        record_id = json.loads(raw).get("id")
    except (ValueError, AttributeError, RecursionError):
        record_id = None
    message = "expected the record to be read, got a worker that died on it; read it alone to see why"
    return Answer(dump(error_line(record_id if isinstance(record_id, str) else None, "BadInput", message)), True)


def _lines(handle: BinaryIO) -> Iterator[bytes]:
    """The lines less their ends; one beyond the bound comes as its first bytes and is read past."""
    limit = MAX_LINE_BYTES + 1
    while line := handle.readline(limit):
        kept = line
        while len(line) == limit and not line.endswith(b"\n"):
            line = handle.readline(limit)
        yield kept.removesuffix(b"\n").removesuffix(b"\r")
