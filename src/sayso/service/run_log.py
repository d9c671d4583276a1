"""What a run of `ingest` tells those who watch it: report, metrics, log, and beforehand what it would cost."""

from __future__ import annotations

import json
import os
import platform
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, Any

from sayso.errors import InvalidSetting
from sayso.model import LAYERS
from sayso.store import Entry
from sayso.version import __version__

from .case import Case, IngestReport

__all__ = ["Estimate", "RunLog", "estimate"]

METRICS_EVERY_S = 10.0
PACKAGES = ("duckdb", "fastwarc", "numpy", "onnxruntime", "pyarrow", "ray", "spacy", "tokenizers")
MIN_SAMPLE = 20
SAMPLE_ONE_IN = 100


@dataclass(slots=True)
class RunLog:
    """Keeps watch over one run.

    Args:
        report: file for the report, JSON, written when the run ends.
        metrics: file in Prometheus' text format, written every ten seconds and when the run ends.
        log: file that one JSON object a line is added to.
        settings: how the run goes about it, as it stands in the report.
        clock: seconds; nothing of it gets into the case.
    """

    report: Path | None = None
    metrics: Path | None = None
    log: Path | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    clock: Callable[[], float] = time.monotonic
    _begun: float = 0.0
    _written: float = 0.0
    _shards: int = 0
    _lines: IO[str] | None = None

    @contextmanager
    def watch(self) -> Iterator[RunLog]:
        """Open the log for as long as the block lasts; a run that fails is logged with its error.

        Raises:
            InvalidSetting: a file can't be written.
        """
        self._begun = self._written = self.clock()
        try:
            self._lines = self.log.open("a", encoding="utf-8") if self.log else None
        except OSError as error:
            raise InvalidSetting(f"expected to write {self.log}, got “{error.strerror}”; check the folder") from error
        self._tell("begin", version=__version__, **self.settings)
        try:
            yield self
        except BaseException as error:
            self._tell("failed", error=type(error).__name__, message=str(error)[:500])
            raise
        finally:
            if self._lines:
                self._lines.close()
                self._lines = None

    def on_shard(self, number: int) -> None:
        """A shard was written."""
        self._shards += 1
        self._tell("shard", shard=number)

    def on_progress(self, report: IngestReport) -> None:
        """Records were answered."""
        now = self.clock()
        if self.metrics and now - self._written >= METRICS_EVERY_S:
            self._written = now
            _write(self.metrics, self._metrics(report))

    def end(self, case: Case, report: IngestReport) -> dict[str, Any]:
        """Write what the run came to, and return it."""
        seconds = max(self.clock() - self._begun, 1e-9)
        done = report.read + report.refused + report.repeated
        row = {
            "version": __version__,
            "versions": _versions(),
            **self.settings,
            "seconds": round(seconds, 3),
            "pages": {
                "read": report.read,
                "repeated": report.repeated,
                "refused": report.refused,
                "taken_in_before": report.skipped,
            },
            "pages_a_second": round(done / seconds, 3),
            "bytes": report.bytes,
            "failures": dict(sorted(report.failures.items())),
            "shards": {"written": self._shards, "in_the_case": len(case.store.shards)},
            "case": case.store.digest(),
            "shard_hashes": dict(zip(case.store.shards, case.store.manifests(), strict=True)),
        }
        self._tell("end", **row)
        if self.report:
            _write(self.report, json.dumps(row, indent=1, sort_keys=True) + "\n")
        if self.metrics:
            _write(self.metrics, self._metrics(report))
        return row

    def _tell(self, event: str, **what: Any) -> None:
        if self._lines:
            row = {"event": event, "seconds": round(self.clock() - self._begun, 3), **what}
            self._lines.write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")
            self._lines.flush()

    def _metrics(self, report: IngestReport) -> str:
        counts = {"read": report.read, "repeated": report.repeated, "skipped": report.skipped}
        lines = ["# HELP sayso_records_total Records answered, by outcome.", "# TYPE sayso_records_total counter"]
        lines += [f'sayso_records_total{{outcome="{name}"}} {count}' for name, count in counts.items()]
        lines += ["# HELP sayso_refused_total Records refused, by kind.", "# TYPE sayso_refused_total counter"]
        lines += [f'sayso_refused_total{{kind="{kind}"}} {count}' for kind, count in sorted(report.failures.items())]
        for name, told, value in (
            ("bytes_total", "Bytes of the records read.", report.bytes),
            ("shards_total", "Shards written.", self._shards),
        ):
            lines += [f"# HELP sayso_{name} {told}", f"# TYPE sayso_{name} counter", f"sayso_{name} {value}"]
        lines += ["# HELP sayso_run_seconds Seconds since the run began.", "# TYPE sayso_run_seconds gauge"]
        return "\n".join([*lines, f"sayso_run_seconds {self.clock() - self._begun:.3f}"]) + "\n"


def _versions() -> dict[str, str]:
    """Of Python and of what readings and tables hang on, as far as it is installed."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def _write(path: Path, text: str) -> None:
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        os.replace(part, path)
    except OSError as error:
        raise InvalidSetting(f"expected to write {path}, got “{error.strerror}”; check the folder") from error


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run would cost, from a sample."""

    records: int
    sampled: int
    seconds: float
    """Of one worker."""
    case_bytes: float
    refused: float
    """Share of the sample that can't be read."""


def estimate(
    sources: Sequence[str],
    *,
    layers: tuple[str, ...] = LAYERS,
    folder: str = ".",
    clock: Callable[[], float] = time.monotonic,
) -> Estimate:
    """Count the records and read one in a hundred (at least 20), at even distances; nothing is kept.

    Raises:
        InvalidSetting: a source isn't there.
    """
    from sayso.engines.ingest import items_of, read_entries

    from .case_inputs import records_of

    total = sum(1 for _ in records_of(sources))
    step = max(1, min(SAMPLE_ONE_IN, total // MIN_SAMPLE))
    sample = (record for number, record in enumerate(records_of(sources)) if number % step == 0)
    items = items_of(sample, folder)
    entries = list(_timed(read_entries(items, layers=layers, folder=folder), clock))
    if not entries:
        return Estimate(0, 0, 0.0, 0.0, 0.0)
    # The first record waits for the models to load: it is left out of what a record costs.
    costs = [seconds for _, seconds in entries[1:]] or [entries[0][1]]
    size = sum(_kept_bytes(entry.rows) for entry, _ in entries)
    refused = sum(entry.refused is not None for entry, _ in entries)
    count = len(entries)
    return Estimate(total, count, sum(costs) / len(costs) * total, size / count * total, refused / count)


def _timed(entries: Iterator[Entry], clock: Callable[[], float]) -> Iterator[tuple[Entry, float]]:
    """Each entry with the seconds that it took."""
    last = clock()
    for entry in entries:
        now = clock()
        yield entry, now - last
        last = now


def _kept_bytes(rows: dict[str, list[dict[str, Any]]]) -> int:
    """About what an entry's rows take in a shard: compressed a table at a time, as Parquet would."""
    return sum(len(zlib.compress(repr(table).encode(), 1)) for table in rows.values())
