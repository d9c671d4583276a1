"""`sayso pack`."""

from __future__ import annotations

import sys

import click

from sayso import service

__all__ = ["command"]


@click.command("pack")
@click.argument("sources", nargs=-1, required=True, metavar="CASE|PAGE...")
@click.option("--output", "-o", "out", required=True, metavar="OUT.wacz", help="The package.")
@click.option("--story", metavar="STORY", help="Of a case, only this story: its id, or one of its pages.")
def command(sources: tuple[str, ...], out: str, story: str | None) -> int:
    """Pack a case, or pages, as evidence: pages as received, readings and annotations, each with its hash.

    Prints the digest that stands for all of it: keep it apart from the package, for `sayso verify --digest`.
    """
    failed = []

    def skipped(name: str, error: Exception) -> None:
        failed.append(name)
        print(f"sayso: {name}: {error}", file=sys.stderr)

    packed = service.pack(sources, out, story=story, skipped=skipped)
    print(f"sayso: {packed.documents} pages, {packed.statements} statements → {out}", file=sys.stderr)
    click.echo(f"sha256:{packed.digest}")
    return 2 if failed else 0
