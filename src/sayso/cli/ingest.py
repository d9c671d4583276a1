"""`sayso ingest`."""

from __future__ import annotations

import sys
import time
from typing import Literal, TypedDict, Unpack

import click

from sayso import service
from sayso.service.progress import Progress

__all__ = ["command"]


class How(TypedDict):
    """How a run goes about it."""

    workers: int
    engine: Literal["local", "ray"]
    address: str | None
    layers: str | None
    retry: bool


@click.command("ingest")
@click.argument("case", metavar="CASE")
@click.argument("sources", nargs=-1, metavar="FILE...")
@click.option("--workers", type=click.IntRange(1), default=1, help="Processes; changes no byte of the tables.")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", help="Where pages are read.")
@click.option("--address", metavar="HOST:PORT", help="A running Ray cluster; without it one is started here.")
@click.option("--layers", metavar="A,B", help="Read only these layers; reuse and stories need `article` alone.")
@click.option("--retry", is_flag=True, help="Try records again that were refused before.")
@click.option("--reread", is_flag=True, help="Read pages again that an older version read; the old readings stay.")
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
    with Progress(sys.stderr, clock=time.monotonic) as progress:
        report = opened.ingest(
            sources,
            layers=service.layers_of(how["layers"]),
            workers=how["workers"],
            engine=how["engine"],
            address=how["address"],
            retry=how["retry"],
            progress=progress.show,
        )
    parts = [f"{report.read} pages read"]
    parts += [f"{report.skipped} taken in before"] if report.skipped else []
    parts += [f"{report.repeated} repeats"] if report.repeated else []
    parts += [f"{report.refused} refused (see --refused)"] if report.refused else []
    print(f"sayso: {', '.join(parts)}", file=sys.stderr)
