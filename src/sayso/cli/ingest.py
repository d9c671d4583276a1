"""`sayso ingest`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Literal, TypedDict, Unpack

import click

from sayso import service
from sayso.service.case_inputs import Position
from sayso.service.progress import Progress
from sayso.service.run_log import RunLog, estimate

__all__ = ["command"]

FILE = click.Path(dir_okay=False, path_type=Path)


class How(TypedDict):
    """How a run goes about it."""

    workers: int
    engine: Literal["local", "ray"]
    address: str | None
    layers: str | None
    retry: bool
    dry_run: bool
    report: Path | None
    metrics: Path | None
    log: Path | None


@click.command("ingest")
@click.argument("case", metavar="CASE")
@click.argument("sources", nargs=-1, metavar="FILE...")
@click.option("--workers", type=click.IntRange(1), default=1, help="Processes; changes no byte of the tables.")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", help="Where pages are read.")
@click.option("--address", metavar="HOST:PORT", help="A running Ray cluster; without it one is started here.")
@click.option("--layers", metavar="A,B", help="Read only these layers; reuse and stories need `article` alone.")
@click.option("--retry", is_flag=True, help="Try records again that were refused before.")
@click.option("--reread", is_flag=True, help="Read pages again that an older version read; the old readings stay.")
@click.option("--dry-run", is_flag=True, help="Read one record in a hundred, tell what all would cost, keep nothing.")
@click.option("--report", type=FILE, help="Write what the run came to, as JSON.")
@click.option("--metrics", type=FILE, help="Keep counts there in Prometheus' text format while the run lasts.")
@click.option("--log", type=FILE, help="Add one JSON object a line there for whatever happens.")
@click.option("--refused", is_flag=True, help="List the records that could not be read.")
def command(case: str, sources: tuple[str, ...], reread: bool, refused: bool, **how: Unpack[How]) -> int:
    """Take pages into CASE: JSON Lines of the batch door, HTML or text files, folders, web archives, feeds, tables.

    What the case holds is passed over: a run that broke off is simply run again.
    """
    opened = service.Case(case)
    if sources or not (reread or refused):
        _take_in(opened, sources, how)
    if reread:
        with Progress(sys.stderr, clock=time.monotonic) as progress:
            done = opened.reread(workers=how["workers"], progress=progress.show)
        print(f"sayso: {done} pages read again", file=sys.stderr)
    if refused:
        for letter in opened.dead_letters():
            if letter.state == "open":
                click.echo(f"{letter.source}\t{letter.id or '-'}\t{letter.kind}\t{letter.message}")
    return 0


def _take_in(opened: service.Case, sources: tuple[str, ...], how: How) -> None:
    if not sources:
        raise click.UsageError("expected files to take in, got none; name them after the case")
    layers = service.layers_of(how["layers"])
    if how["dry_run"]:
        _foretell(sources, layers, how["workers"])
        return
    settings = {"engine": how["engine"], "workers": how["workers"], "layers": list(layers), "sources": list(sources)}
    log = RunLog(how["report"], how["metrics"], how["log"], settings)
    position = Position()
    with Progress(sys.stderr, clock=time.monotonic) as progress, log.watch():
        report = opened.ingest(
            sources,
            layers=layers,
            workers=how["workers"],
            engine=how["engine"],
            address=how["address"],
            retry=how["retry"],
            progress=lambda done: progress.show(done, position.foreseen(done)),
            position=position,
            watch=log,
        )
        log.end(opened, report)
    parts = [f"{report.read} pages read"]
    parts += [f"{report.skipped} taken in before"] if report.skipped else []
    parts += [f"{report.repeated} repeats"] if report.repeated else []
    parts += [f"{report.refused} refused (see --refused)"] if report.refused else []
    print(f"sayso: {', '.join(parts)}", file=sys.stderr)


def _foretell(sources: tuple[str, ...], layers: tuple[str, ...], workers: int) -> None:
    found = estimate(sources, layers=layers)
    minutes = found.seconds / max(1, workers) / 60
    told = [
        f"{found.records} records, {found.sampled} of them read",
        f"about {minutes:.1f} minutes with {workers} workers",
    ]
    told += [f"{found.case_bytes / 2**20:.1f} MiB of tables"]
    told += [f"{found.refused:.0%} refused"] if found.refused else []
    click.echo("; ".join(told))
