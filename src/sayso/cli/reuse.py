"""`sayso reuse`."""

from __future__ import annotations

import click

from sayso import service
from sayso.service.lines import dump, shown

__all__ = ["command"]

SHOWN = 160


@click.command("reuse")
@click.argument("case", metavar="CASE")
@click.argument("page", required=False, metavar="[PAGE]")
@click.option("--json", "as_json", is_flag=True, help="Pairs with passages, then each page's family and parent.")
def command(case: str, page: str | None, as_json: bool) -> None:
    """Passages that pages of CASE share: aligned, earlier → later, and of what kind; of one PAGE, if given."""
    opened = service.Case(case)
    pairs = opened.reuse(page)
    if as_json:
        for row in [*pairs, *opened.families(page)]:
            click.echo(dump(row))
        return
    for pair in pairs:
        click.echo(shown(service.reuse_heading(pair)))
        for row in opened.passages(pair):
            click.echo(f"    “{_cut(row['a'])}”")
            click.echo(f"  ↔ “{_cut(row['b'])}”")
    if not pairs:
        click.echo("no passage is shared")


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"
