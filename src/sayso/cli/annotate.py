"""`sayso annotate`."""

from __future__ import annotations

import sys
import time

import click

from sayso import service
from sayso.service.progress import Progress

__all__ = ["command"]


@click.command("annotate")
@click.argument("source", metavar="IN.jsonl")
@click.option(
    "--output", "-o", default="-", metavar="OUT.jsonl", help="JSON Lines file to write; - for standard output."
)
@click.option("--workers", type=click.IntRange(1), default=1, help="Processes; changes no byte of the result.")
@click.option("--layers", metavar="A,B", help="Compute only these layers and what they need.")
@click.option("--min-score", type=click.FloatRange(0, 1), default=0.0, help="Leave out attributions below it.")
@click.option("--resume", is_flag=True, help="Go on after the last whole line of an interrupted run.")
def command(source: str, output: str, workers: int, layers: str | None, min_score: float, resume: bool) -> int:
    """Read every record of IN.jsonl (- is standard input) and write one reading a line, in order.

    A record is {"id": "x1", "text": "…"} or {"id": "x1", "html": "…"} or {"id": "x1", "path": "page.html"},
    each with optional "url", "published", "title", "publisher".
    """
    with Progress(sys.stderr, clock=time.monotonic) as progress:
        report = service.annotate(
            source,
            output,
            layers=service.layers_of(layers),
            workers=workers,
            min_score=min_score,
            resume=resume,
            progress=progress.show,
        )
    if report.unknown_keys:
        print(f"sayso: unknown keys were left out: {', '.join(report.unknown_keys)}", file=sys.stderr)
    if report.failed:
        print(f"sayso: {report.failed} of {report.answered} records answered by an error object", file=sys.stderr)
    return 0
