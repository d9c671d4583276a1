"""`sayso export`."""

from __future__ import annotations

import sys

import click

from sayso import service

__all__ = ["command"]


@click.command("export")
@click.argument("sources", nargs=-1, metavar="CASE|PAGE...")
@click.option("--format", "-f", "format", metavar="NAME", help="Which format; see --list.")
@click.option("--output", "-o", "out", metavar="OUT", help="A file, or a folder for formats of several; - for stdout.")
@click.option("--story", metavar="STORY", help="Of a case, only this story: its id, or one of its pages.")
@click.option("--list", "listed", is_flag=True, help="List the formats.")
def command(sources: tuple[str, ...], format: str | None, out: str | None, story: str | None, listed: bool) -> int:
    """Write a case, or pages (files, folders, archives), in another tool's format."""
    if listed:
        for one in service.formats():
            kind = "folder" if one.many else f".{one.extension}"
            click.echo(f"{one.name:<16} {kind:<10} {one.summary}")
        return 0
    if not sources or format is None or out is None:
        raise click.UsageError("expected a case or pages, --format and -o; `sayso export --list` names the formats")
    failed = []

    def skipped(name: str, error: Exception) -> None:
        failed.append(name)
        print(f"sayso: {name}: {error}", file=sys.stderr)

    written = service.export(sources, format, sys.stdout.buffer if out == "-" else out, story=story, skipped=skipped)
    if written:
        print(f"sayso: {len(written)} file{'' if len(written) == 1 else 's'} → {out}", file=sys.stderr)
    return 2 if failed else 0
