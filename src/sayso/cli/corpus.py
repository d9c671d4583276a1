"""`sayso corpus`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Literal

import click

from sayso import service
from sayso.service.progress import Progress

__all__ = ["command"]


@click.group("corpus")
def command() -> None:
    """Work over all pages of a case at once."""


@command.command("build")
@click.argument("case", metavar="CASE")
@click.option("--workers", type=click.IntRange(1), default=1, help="Processes; changes no byte of the tables.")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", help="Where the work is done.")
@click.option("--address", metavar="HOST:PORT", help="A running Ray cluster; without it one is started here.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write what was made, as JSON.")
def build(case: str, workers: int, engine: Literal["local", "ray"], address: str | None, report: Path | None) -> int:
    """Work out reuse, stories, claims and origins of CASE as tables below CASE/corpus.

    What is there is kept: a run that broke off is simply run again.
    """
    begun = time.monotonic()
    with Progress(sys.stderr, clock=time.monotonic, noun="stories") as progress:
        card = service.Case(case).build(workers=workers, engine=engine, address=address, progress=progress.show)
    if report:
        seconds = round(time.monotonic() - begun, 3)
        said = {**card, "engine": engine, "workers": workers, "seconds": seconds}
        report.write_text(json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    parts = [f"{count} {table}" for table, count in sorted(card["rows"].items())]
    parts += [f"{len(card['failed'])} stories without claims, see {case}/corpus/corpus.json"] if card["failed"] else []
    print(f"sayso: {', '.join(parts)}", file=sys.stderr)
    return 0
