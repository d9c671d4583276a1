"""`sayso eval`."""

from __future__ import annotations

import json
from typing import Any

import click

from sayso import service

__all__ = ["command"]


@click.command("eval")
@click.argument("task", metavar="attributions|timexes|article|claims|origins")
@click.argument("gold", metavar="GOLD")
@click.option("--readings", metavar="FILE", help="Score readings made before instead of reading the gold's texts.")
@click.option("--heads", metavar="FILE", help="Syntactic heads of gold sources (attributions).")
@click.option("--speech-only", is_flag=True, help="Only cues with a speech word (attributions).")
@click.option("--workers", type=click.IntRange(1), default=1, help="Processes to read with.")
@click.option("--errors", type=click.IntRange(0), default=0, help="Print that many mistakes.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(
    task: str,
    gold: str,
    readings: str | None,
    heads: str | None,
    speech_only: bool,
    workers: int,
    errors: int,
    as_json: bool,
) -> None:
    """Score a task against GOLD, a JSON Lines file of gold documents."""
    figures, mistakes = service.evaluate(
        task, gold, readings_path=readings, heads_path=heads, speech_only=speech_only, workers=workers
    )
    if as_json:
        click.echo(json.dumps(figures))
    else:
        for name, value in figures.items():
            if name != "by_class":
                click.echo(f"{name:<18} {_shown(value)}")
    for line in mistakes[:errors]:
        click.echo(line)


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return "P {:.4f}  R {:.4f}  F1 {:.4f}".format(*value)
    return f"{value:.4f}" if isinstance(value, float) else str(value)
