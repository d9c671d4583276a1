"""`sayso schema`."""

from __future__ import annotations

import click

from sayso import service

__all__ = ["command"]


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of reading/1."""
    click.echo(service.schema_text())
